import { isNumber, isValueLike } from '../../printed/number.ts';
import { unreadWith, type Said } from '../../doc/runs.ts';
import { isNumbered } from '../../printed/numbering.ts';
import { sayLine, splitLine, type Line } from './lines.ts';

/** A line of a page cut into pieces at its gaps; `values` counts the pieces at its end that are numbers or stand for one. */
export interface CutLine {
  line: Line;
  pieces: Piece[];
  values: number;
}

export interface Piece {
  text: string;
  /** Why its text does not say what stands there. */
  unread?: 'struck' | 'pale' | undefined;
  /** The value of a field. */
  field?: true;
  x0: number;
  x1: number;
  base: number;
  size: number;
}

/** Rows of numbers that belong together, with the header lines above and the label lines between and below. */
export interface Zone {
  rows: CutLine[];
  /** Indexes into `rows` of the rows of numbers. */
  anchors: number[];
}

/** Horizontal room of one column of numbers. */
export interface Band {
  x0: number;
  x1: number;
}

/** A value, or the beginning of a number that ends on the line below ("1471599."). */
export const isValue = (text: string): boolean => isValueLike(withoutSeparator(text));
/** A number, or a part of one that a line end cuts. */
export const isDigits = (text: string): boolean => isNumber(withoutSeparator(text));
const withoutSeparator = (text: string): string => text.replace(/(?<=[\d０-９])[.．,，]$/, '');

export const CAPTION = /^第[一二三四五六七八九十百]+条/;

/** Zones of rows of numbers among lines that no rules enclose, and the lines outside them. */
export function findZones(lines: Line[], width: number): { zones: Zone[]; rest: Line[] } {
  const rows = markBetween(lines.map(cutLine));
  const isBreak = (i: number): boolean => hasOwnLine(rows, i) && endsZone(rows[i]!, width);
  const used = new Set<Line>();
  const zones: Zone[] = [];
  for (let start = 0; start < rows.length;) {
    if (rows[start]!.values === 0) {
      start++;
      continue;
    }
    let end = start;
    for (let i = start + 1; i < rows.length && !isBreak(i) && isNear(rows[i - 1]!, rows[i]!, 8); i++) {
      if (rows[i]!.values > 0) end = i;
    }
    let top = start;
    const room = headerRoom(rows.slice(start, end + 1));
    while (top > 0 && !isBreak(top - 1) && isNear(rows[top - 1]!, rows[top]!, room) && !used.has(rows[top - 1]!.line))
      top--;
    let bottom = end + 1;
    while (bottom < rows.length && !isBreak(bottom) && isNear(rows[bottom - 1]!, rows[bottom]!, 2)) bottom++;
    const zone = rows.slice(top, bottom);
    const anchors = [...zone.keys()].filter((i) => zone[i]!.values > 0);
    // One number behind some words is prose or a page number; several rows, or one long one, are a table.
    if (anchors.length > 1 || zone[anchors[0]!]!.values > 3) {
      zones.push({ rows: zone, anchors });
      for (const row of zone) used.add(row.line);
    }
    start = bottom;
  }
  return { zones, rest: lines.filter((line) => !used.has(line)) };
}

const DIGIT_GAP = 0.3;
const WORD_GAP = 0.7;

function cutLine(line: Line): CutLine {
  const pieces = splitLine(line, DIGIT_GAP).map(toPiece).reduce<Piece[]>(joinWords, []);
  return { line, pieces, values: countValues(pieces) };
}

/** Numbers at the end of a row. */
export function countValues(pieces: Piece[]): number {
  let values = 0;
  while (values < pieces.length && isValue(pieces[pieces.length - 1 - values]!.text)) values++;
  // A number alone needs a label before it; numbers without a label come in long rows only.
  return values === pieces.length && values < 4 ? 0 : values;
}

/** Ems between a line and the lines of a label that it stands between: half their distance, as lines are grouped. */
const BESIDE = 1.2;

/** Few numbers alone on a line are a row where they stand between the lines of a label. */
export function markBetween(rows: CutLine[]): CutLine[] {
  return rows.map((row, i) => {
    if (row.values > 0 || !row.pieces.every((piece) => isValue(piece.text))) return row;
    const isLabel = (other: CutLine | undefined): boolean =>
      other?.values === 0 &&
      apart(other, row) < BESIDE * row.line.size &&
      other.pieces.every((piece) => piece.x1 <= row.pieces[0]!.x0);
    return isLabel(rows[i - 1]) && isLabel(rows[i + 1]) ? { ...row, values: row.pieces.length } : row;
  });
}

export function toPiece(line: Line): Piece {
  const { text, unread } = sayLine(line);
  const { x0, x1, size, glyphs } = line;
  // Its own baseline: a line only has about one.
  const [first] = glyphs;
  return { text, ...(unread && { unread }), ...(first!.field && { field: true }), x0, x1, base: first!.base, size };
}

/** What pieces of one cell say together: what is struck is nothing beside another number. */
export function joinedOf(pieces: Piece[]): Pick<Piece, 'text' | 'unread'> {
  const text = pieces.map((piece) => piece.text).join('');
  const unread = pieces.reduce<Said['unread']>((all, piece) => unreadWith(all, piece.unread ?? null), null);
  return { text, unread: unread === null || (unread === 'struck' && text !== '') ? undefined : unread };
}

/** Gaps inside words of a justified line are wider than those between digits. */
function joinWords(pieces: Piece[], piece: Piece): Piece[] {
  const last = pieces.at(-1);
  const isWord = last && !(isValue(last.text) && isValue(piece.text));
  if (last && isWord && piece.x0 - last.x1 < WORD_GAP * piece.size) {
    pieces[pieces.length - 1] = { ...last, ...joinedOf([last, piece]), x1: piece.x1 };
  } else pieces.push(piece);
  return pieces;
}

/** Ems around a line that is no part of the lines beside it. */
const OWN_LINE = 1.3;

/** A label that wraps stands between the lines of its row; headings and sentences have lines of their own. */
const hasOwnLine = (rows: CutLine[], i: number): boolean =>
  [rows[i - 1], rows[i + 1]].every((other) => !other || apart(other, rows[i]!) >= OWN_LINE * rows[i]!.line.size);
const apart = (a: CutLine, b: CutLine): number => Math.abs(a.line.base - b.line.base);

/** Headings and sentences end a zone. */
function endsZone({ pieces, values }: CutLine, width: number): boolean {
  if (values > 0) return false;
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  if (pieces.length === 1 && (isNumbered(first.text, 'chinese') || /[。；：]$/.test(first.text))) return true;
  if (pieces.length === 2 && last.x0 - first.x1 > 2 * last.size) return false;
  return pieces.length <= 2 && last.x1 - first.x0 > 0.6 * width && pieces.some((p) => p.x1 - p.x0 > 0.45 * width);
}

/** Words that may be part of a header; `several` of them side by side, as over columns. */
export function headerLine(line: Line, width: number): { several: boolean } | null {
  const row = cutLine(line);
  return endsZone(row, width) ? null : { several: row.pieces.length > 1 };
}

/** Ems that header lines may stand apart: tables with wide rows have wide headers. */
function headerRoom(rows: CutLine[]): number {
  const bases = rows.filter((row) => row.values > 0).map((row) => row.line.base);
  const steps = bases
    .slice(1)
    .map((base, i) => base - bases[i]!)
    .sort((a, b) => a - b);
  return Math.max(4.2, (1.5 * (steps[steps.length >> 1] ?? 0)) / rows[0]!.line.size);
}

const isNear = (above: CutLine, below: CutLine, ems: number): boolean =>
  below.line.base - above.line.base < ems * below.line.size;
