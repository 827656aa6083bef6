import { cell, type Cell } from '../../doc/doc.ts';
import { splitLine } from './lines.ts';
import { CAPTION, toPiece, type Band, type Piece, type CutLine } from './unruled-zones.ts';

/** Ems between words of different columns. */
const HEADER_GAP = 0.25;

/** What is printed over one column: its lines, and where they stand. */
interface Own {
  pieces: Piece[];
  top: number;
  bottom: number;
}

/**
 * Header rows over the columns of numbers. Words over one column are its header, from top to bottom; words over
 * several get rows of their own above, and reach as far as they can be the middle of.
 */
export function headerRows(
  header: CutLine[],
  bands: Band[] | null,
  left: number,
  depth: number,
  columns: number,
): Cell[][] {
  if (!bands) return header.map((row) => row.pieces.map((piece) => cell(piece.text)));
  if (header.length === 0) return [];
  const rooms = bands.map((band, i) => ({
    x0: i === 0 ? -Infinity : (bands[i - 1]!.x1 + band.x0) / 2,
    x1: i === bands.length - 1 ? Infinity : (band.x1 + bands[i + 1]!.x0) / 2,
  }));
  const own = bands.map((): Own => ({ pieces: [], top: Infinity, bottom: -Infinity }));
  const corner: string[] = [];
  const rows: Cell[][] = [];
  const spreads: Piece[][] = [];
  for (const row of header) {
    const spread: Piece[] = [];
    // Headers of neighbouring columns stand closer than words of a sentence do: their room tells them apart.
    const pieces = splitLine(row.line, HEADER_GAP).map(toPiece);
    // In a line with words over most columns, a word that only leans over its neighbour's room is its own column's.
    const lean = pieces.length > 0.6 * bands.length ? 0.9 : 0.3;
    for (const piece of pieces) {
      if (CAPTION.test(piece.text)) rows.push([cell(piece.text, depth + columns)]);
      else if (depth > 0 && piece.x1 < left) corner.push(piece.text);
      else if (rooms.filter((room) => overlap(room, piece) > lean * piece.size).length > 1) spread.push(piece);
      else addOwn(own[rooms.findIndex((room) => middleOf(piece) < room.x1)]!, piece);
    }
    if (spread.length > 0) spreads.push(spread);
  }
  for (const column of own) freeWide(column, spreads);
  const deepest = deepestBands(own);
  const last = bands.length - 1;
  const span = (from: number, to: number): number => to - from + (to > last ? columns - bands.length : 0);
  for (const [i, spread] of spreads.entries()) {
    // The lowest of these rows covers only the columns whose own headers stand lowest.
    const under = i === spreads.length - 1 ? deepest : bands.map((_, band) => band);
    const ranges = reach(spread, bands, under);
    // Words wider than the one column that they stand over are its own.
    if (ranges?.every(([from, to]) => to - from === 1)) {
      for (const [j, [band]] of ranges.entries()) own[band]!.pieces.unshift(spread[j]!);
    } else if (ranges) rows.push(wideRow(spread, ranges, depth, bands.length, span));
    else corner.push(...spread.map((piece) => piece.text));
  }
  const cells = own.map(({ pieces }, i) => cell(pieces.map((piece) => piece.text).join('\n'), span(i, i + 1)));
  if (corner.length > 0 || own.some(({ pieces }) => pieces.length > 0)) {
    rows.push(depth > 0 ? [cell(corner.join('\n'), depth), ...cells] : cells);
  }
  return rows;
}

/** Columns that the words right of `from` stand over, told from the lowest line upwards. */
export function headerColumns(header: CutLine[], from: number): Band[] {
  const found: Band[] = [];
  for (const row of header.toReversed()) {
    if (row.pieces.some((piece) => CAPTION.test(piece.text))) continue;
    for (const { x0, x1 } of splitLine(row.line, HEADER_GAP)) {
      if (x0 < from) continue;
      const below = found.filter((column) => overlap(column, { x0, x1 }) > 0);
      if (below.length === 0) found.push({ x0, x1 });
      else if (below.length === 1 && Math.abs(middleOf(below[0]!) - middleOf({ x0, x1 })) < row.line.size) {
        below[0]!.x0 = Math.min(below[0]!.x0, x0);
        below[0]!.x1 = Math.max(below[0]!.x1, x1);
      }
    }
  }
  return found;
}

const middleOf = (band: Band): number => (band.x0 + band.x1) / 2;
const overlap = (a: Band, b: Band): number => Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);

function addOwn(own: Own, piece: Piece): void {
  own.pieces.push(piece);
  own.top = Math.min(own.top, piece.base);
  own.bottom = Math.max(own.bottom, piece.base);
}

/** Ems between the lines of one header. */
const HEADER_LEADING = 1.9;

/** A short header over several wide columns fits over one of them: what it shares a line with, and the gap below it, tell. */
function freeWide(own: Own, spreads: Piece[][]): void {
  const [first, second] = own.pieces;
  if (!first || !second || second.base - first.base < HEADER_LEADING * first.size) return;
  const beside = spreads.find((pieces) => Math.abs(pieces[0]!.base - first.base) < 0.5 * first.size);
  if (!beside) return;
  beside.push(first);
  beside.sort((a, b) => a.x0 - b.x0);
  own.pieces.shift();
  own.top = second.base;
}

/** Headers of one row share their middle (or their top), however many lines they have: the lowest such row. */
function deepestBands(own: Own[]): number[] {
  const printed = [...own.keys()].filter((i) => own[i]!.pieces.length > 0);
  if (printed.length === 0) return [...own.keys()];
  const middles = own.map(({ top, bottom }) => (top + bottom) / 2);
  const tops = own.map(({ top }) => top);
  const kinds = (values: number[]): number => new Set(printed.map((i) => Math.round(values[i]! / 4))).size;
  const heights = kinds(tops) < kinds(middles) ? tops : middles;
  const lowest = Math.max(...printed.map((i) => heights[i]!));
  return printed.filter((i) => lowest - heights[i]! < 4);
}

type Range = [from: number, to: number];

/** Ranges of columns that the pieces of one row are centred over: as even and as wide as possible; null when none fit. */
function reach(pieces: Piece[], bands: Band[], under: number[]): Range[] | null {
  let best: { ranges: Range[]; least: number; total: number } | null = null;
  const visit = (index: number, start: number, ranges: Range[]): void => {
    if (index === pieces.length) {
      const widths = ranges.map(([from, to]) => to - from);
      const least = Math.min(...widths);
      const total = widths.reduce((sum, width) => sum + width, 0);
      if (!best || least > best.least || (least === best.least && total > best.total)) best = { ranges, least, total };
      return;
    }
    for (let from = start; from < under.length; from++) {
      for (let to = from + 1; to <= under.length; to++) {
        const first = bands[under[from]!]!;
        const last = bands[under[to - 1]!]!;
        const off = Math.abs(middleOf({ x0: first.x0, x1: last.x1 }) - middleOf(pieces[index]!));
        const contiguous = to - 1 - from === under[to - 1]! - under[from]!;
        if (contiguous && off < pieces[index]!.size)
          visit(index + 1, to, [...ranges, [under[from]!, under[to - 1]! + 1]]);
      }
    }
  };
  if (pieces.length <= 4 && under.length <= 20) visit(0, 0, []);
  return (best as { ranges: Range[] } | null)?.ranges ?? null;
}

function wideRow(
  pieces: Piece[],
  ranges: Range[],
  depth: number,
  count: number,
  span: (a: number, b: number) => number,
): Cell[] {
  const cells = depth > 0 ? [cell('', depth)] : [];
  let at = 0;
  for (const [i, [from, to]] of ranges.entries()) {
    if (from > at) cells.push(cell('', span(at, from)));
    cells.push(cell(pieces[i]!.text, span(from, to)));
    at = to;
  }
  if (at < count) cells.push(cell('', span(at, count)));
  return cells;
}
