import { digitsBehind } from '../../printed/number.ts';
import { isNumbered } from '../../printed/numbering.ts';
import { levelsOf, type Rule } from '../geometry/rules.ts';
import type { Line } from './lines.ts';
import {
  countValues,
  isDigits,
  isValue,
  joinedOf,
  markBetween,
  type Band,
  type Piece,
  type CutLine,
  type Zone,
} from './unruled-zones.ts';

/** Lines of one cell stand as far apart as the closest lines of the zone do, but for this share. */
const SAME_LEADING = 1.12;
/** Ems: lines nearer than this are not one below the other. */
const CLOSEST = 0.9;
/** Ems that cells of one row may be off. */
const SAME_ROW = 0.25;

/** A number in one cell, over one line or several. */
interface Stack {
  pieces: Piece[];
  /** A label begins on one of its lines. */
  begins: boolean;
  segment: number;
}

/**
 * Numbers that wrap inside narrow cells, put together again: those that no rule parts, where rules part all rows (`across`).
 * Else the lines of one cell stand closer than rows do, a line that goes on is full, and the cells of one row share their
 * top, middle or bottom. A zone where they share none of these stays as it is.
 */
export function joinWrapped(zone: Zone, across: Rule[]): Zone {
  const lines = freeDigits(cutSegments(zone.rows.map(splitRow)));
  const parted = rowsBetween(lines, across);
  if (parted) return parted.every(({ stacks }) => stacks.every(isSingle)) ? zone : rebuild(lines, parted);
  const leading = closest(lines.flatMap(({ labels, numbers }) => [...labels, ...numbers]));
  const stacks = stackNumbers(lines, leading);
  if (stacks.every(isSingle)) return zone;
  const clusters = alignments.flatMap((keyOf) => clusterRows(stacks, keyOf));
  const fewest = Math.min(...clusters.map((rows) => rows.length));
  const best = clusters.find((rows) => rows.length === fewest);
  return best ? rebuild(lines, best) : zone;
}

const isSingle = ({ pieces }: Stack): boolean => pieces.length === 1;

/** A page with more is a drawing. */
const MOST_RULES = 1000;

/** Rows of numbers, when a rule runs above and below each and no two rows lie between the same: in each a cell has one line. */
function rowsBetween(lines: SplitRow[], across: Rule[]): NumberRow[] | null {
  if (across.length > MOST_RULES) return null;
  const levels = levelsOf(across);
  const rows = new Map<number, NumberRow>();
  for (const { numbers, segment } of lines) {
    for (const number of numbers) {
      const middle = number.base - 0.35 * number.size;
      const over = levels.filter(({ rules }) => rules.some(({ from, to }) => from <= number.x0 && number.x1 <= to));
      const below = over.findIndex(({ at }) => at > middle);
      const [above, foot] = [over[below - 1], over[below]];
      if (!above || !foot) return null;
      const row = rows.get(above.at) ?? { base: (above.at + foot.at) / 2 + 0.35 * number.size, stacks: [] };
      rows.set(above.at, row);
      const stack = row.stacks.find(({ pieces }) => pieces.some((piece) => overlaps(piece, number)));
      if (stack) stack.pieces.push(number);
      else row.stacks.push({ pieces: [number], begins: false, segment });
    }
  }
  const all = [...rows.values()];
  const isRow = ({ stacks }: NumberRow) =>
    stacks.some(isSingle) && stacks.every(({ pieces }) => isValue(textOf(pieces)));
  return all.every(isRow) ? all : null;
}

interface SplitRow {
  row: CutLine;
  labels: Piece[];
  numbers: Piece[];
  /** Counts the headers above: under each, columns may be others. */
  segment: number;
}

/** Numbers at the end of a line, as many as there are. */
function splitRow(row: CutLine): SplitRow {
  let count = 0;
  while (count < row.pieces.length && isValue(row.pieces[row.pieces.length - 1 - count]!.text)) count++;
  const first = row.pieces.length - count;
  return { row, labels: row.pieces.slice(0, first), numbers: row.pieces.slice(first), segment: 0 };
}

/** Words where numbers stand are a header. */
function cutSegments(lines: SplitRow[]): SplitRow[] {
  const edge = leftEdge(lines);
  let segment = 0;
  return lines.map((line) => {
    if (line.numbers.length === 0 && line.labels.at(-1)!.x1 > edge) segment++;
    return { ...line, segment };
  });
}

const leftEdge = (lines: SplitRow[]): number =>
  Math.min(...lines.flatMap(({ numbers }) => numbers.map(({ x0 }) => x0)));

/** Digits that touch the label before them, where the numbers of the other rows stand. */
function freeDigits(lines: SplitRow[]): SplitRow[] {
  const edges = new Map<number, number>();
  for (const { segment } of lines)
    edges.set(segment, edges.get(segment) ?? leftEdge(lines.filter((line) => line.segment === segment)));
  return lines.map((line) => {
    const label = line.labels.at(-1);
    const digits = digitsBehind(label?.text ?? '');
    if (!label || digits === '') return line;
    const glyphs = line.row.line.glyphs.filter((g) => g.x0 >= label.x0 && g.x1 <= label.x1);
    const first = glyphs.at(-digits.length);
    if (!first || first.x0 < edges.get(line.segment)! - 0.5) return line;
    const number = { ...label, text: digits, x0: first.x0 };
    const words = { ...label, text: label.text.slice(0, -digits.length), x1: first.x0 };
    return { ...line, labels: [...line.labels.slice(0, -1), words], numbers: [number, ...line.numbers] };
  });
}

const overlaps = (a: Band, b: Band): boolean => a.x0 < b.x1 && a.x1 > b.x0;
const widthOf = (piece: Band): number => piece.x1 - piece.x0;

function closest(pieces: Piece[]): number {
  let least = Infinity;
  for (const [i, piece] of pieces.entries()) {
    for (let j = i - 1; j >= 0 && piece.base - pieces[j]!.base < least + piece.size; j--) {
      const step = piece.base - pieces[j]!.base;
      if (step > CLOSEST * piece.size && overlaps(piece, pieces[j]!)) least = Math.min(least, step);
    }
  }
  return least;
}

function stackNumbers(lines: SplitRow[], leading: number): Stack[] {
  const numbered = lines.some(({ labels }) => labels.some((label) => isNumbered(label.text)));
  const segments = new Map<number, Piece[]>();
  for (const { segment, numbers } of lines) {
    if (!segments.has(segment)) segments.set(segment, []);
    segments.get(segment)!.push(...numbers);
  }
  const stacks: Stack[] = [];
  let open: Stack[] = [];
  for (const { labels, numbers, segment } of lines) {
    // Two labels that begin make two rows; without numbered labels any label may begin one.
    const begins = numbered ? isNumbered(labels.at(-1)?.text ?? '') : labels.length > 0;
    const first = numbers[0];
    if (first) open = open.filter((stack) => first.base - bottomOf(stack) < 2 * leading);
    for (const number of numbers) {
      const above = open.findLast(({ pieces }) => overlaps(pieces.at(-1)!, number));
      const together = above && !(begins && (above.begins || !numbered)) && above.segment === segment;
      if (together && goesOn(above, number, leading, segments.get(segment)!)) {
        above.pieces.push(number);
        above.begins ||= begins;
      } else {
        const stack = { pieces: [number], begins, segment };
        stacks.push(stack);
        open.push(stack);
      }
    }
  }
  return stacks;
}

function goesOn({ pieces }: Stack, number: Piece, leading: number, all: Piece[]): boolean {
  const last = pieces.at(-1)!;
  // How wide a field is drawn, and that it wraps, is nothing the page says.
  if (last.field || number.field) return false;
  if (!isDigits(last.text) || !isDigits(number.text) || !isValue(textOf([...pieces, number]))) return false;
  const step = number.base - last.base;
  if (step > SAME_LEADING * leading || step < CLOSEST * number.size) return false;
  const column = Math.max(...all.filter((other) => !other.field && overlaps(other, last)).map(widthOf));
  // One more digit has no room on a line that wraps.
  return widthOf(last) + widthOf(number) / number.text.length > column + 0.1 * number.size;
}

const textOf = (pieces: Piece[]): string => pieces.map(({ text }) => text).join('');
const topOf = ({ pieces }: Stack): number => pieces[0]!.base;
const bottomOf = ({ pieces }: Stack): number => pieces.at(-1)!.base;
const alignments = [(s: Stack) => (topOf(s) + bottomOf(s)) / 2, topOf, bottomOf];

interface NumberRow {
  base: number;
  stacks: Stack[];
}

/** Rows of cells with the same key; none when two cells of one row stand in the same column. */
function clusterRows(stacks: Stack[], keyOf: (stack: Stack) => number): NumberRow[][] {
  const rows: NumberRow[] = [];
  for (const stack of stacks.toSorted((a, b) => keyOf(a) - keyOf(b))) {
    const base = keyOf(stack);
    const row = rows.at(-1);
    if (row && base - row.base < SAME_ROW * stack.pieces[0]!.size) row.stacks.push(stack);
    else rows.push({ base, stacks: [stack] });
  }
  const clash = rows.some(({ stacks: own }) => {
    const pieces = own.map(({ pieces: [first] }) => first!).sort((a, b) => a.x0 - b.x0);
    return pieces.some((piece, i) => i > 0 && overlaps(pieces[i - 1]!, piece));
  });
  return clash ? [] : [rows];
}

function rebuild(lines: SplitRow[], numberRows: NumberRow[]): Zone {
  const rows: CutLine[] = lines.flatMap(({ row, labels }) =>
    labels.length > 0 ? [{ line: without(row.line, labels), pieces: labels, values: 0 }] : [],
  );
  for (const { base, stacks } of numberRows) {
    const numbers = stacks.map(({ pieces }) => joinPieces(pieces, base)).sort((a, b) => a.x0 - b.x0);
    const size = numbers[0]!.size;
    const beside = rows.findIndex(({ line }) => Math.abs(line.base - base) < 0.45 * size);
    const labels = beside === -1 ? [] : rows[beside]!.pieces;
    const home = lines.find(({ row }) => Math.abs(row.line.base - base) < 0.45 * size) ?? lines[0]!;
    const line = { ...(rows[beside]?.line ?? home.row.line), base };
    const pieces = [...labels, ...numbers];
    const made = { line, pieces, values: countValues(pieces) };
    if (beside === -1) rows.push(made);
    else rows[beside] = made;
  }
  const marked = markBetween(rows.sort((a, b) => a.line.base - b.line.base));
  return { rows: marked, anchors: [...marked.keys()].filter((i) => marked[i]!.values > 0) };
}

/** The line without its numbers. */
function without(line: Line, labels: Piece[]): Line {
  const glyphs = line.glyphs.filter((g) => labels.some((label) => g.x0 >= label.x0 && g.x1 <= label.x1));
  return { ...line, glyphs, x0: labels[0]!.x0, x1: labels.at(-1)!.x1 };
}

const joinPieces = (pieces: Piece[], base: number): Piece => ({
  ...joinedOf(pieces),
  x0: Math.min(...pieces.map((piece) => piece.x0)),
  x1: Math.max(...pieces.map((piece) => piece.x1)),
  base,
  size: pieces[0]!.size,
});
