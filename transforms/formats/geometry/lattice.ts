import type { Rule, Rules } from './rules.ts';
import type { Box } from './box.ts';

/** A table's grid: positions of its lines, and its cells as rectangles of grid squares. */
export interface Lattice extends Box {
  xs: number[];
  ys: number[];
  cells: LatticeCell[];
  /** Index into `cells` of each grid square, row by row. */
  owner: Int32Array;
}

interface LatticeCell {
  row: number;
  column: number;
  rowspan: number;
  colspan: number;
}

/** Points: rules nearer than this are one line of the grid (double rules, gaps between filled cells). */
const ONE_LINE = 4.5;
/** Share of a grid square's side that a rule may leave open at either end. */
const SLACK = 0.3;
/** Points: crossing rules that end this far out only overshoot the outermost line; further out the table is open. */
const OVERSHOOT = 8;
const MAX_SQUARES = 200_000;

/** Cells that the rules enclose; null when they enclose fewer than two columns or are no table. */
export function buildLattice({ across, down }: Rules): Lattice | null {
  if (across.length < 2 || down.length === 0) return null;
  // Tables may be open at the sides, and at a page break also at the top or bottom.
  const xs = gridLines(down, across);
  const ys = gridLines(across, down);
  const columns = xs.length - 1;
  const rows = ys.length - 1;
  if (columns < 2 || rows < 1 || rows * columns > MAX_SQUARES) return null;
  const lineAbove = markSides(across, ys, xs);
  const lineBefore = markSides(down, xs, ys);

  const closedAbove = (r: number, c: number): boolean => lineAbove[r * columns + c] === 1;
  const closedBefore = (r: number, c: number): boolean => lineBefore[c * rows + r] === 1;
  const owner = new Int32Array(rows * columns).fill(-1);
  const cells: LatticeCell[] = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      if (owner[r * columns + c] !== -1) continue;
      let right = c + 1;
      while (right < columns && owner[r * columns + right] === -1 && !closedBefore(r, right)) right++;
      let bottom = r + 1;
      while (bottom < rows && isOpenRow(bottom, c, right)) bottom++;
      for (let y = r; y < bottom; y++) owner.fill(cells.length, y * columns + c, y * columns + right);
      cells.push({ row: r, column: c, rowspan: bottom - r, colspan: right - c });
    }
  }
  function isOpenRow(row: number, from: number, to: number): boolean {
    for (let c = from; c < to; c++) {
      if (closedAbove(row, c) || owner[row * columns + c] !== -1) return false;
      if (c > from && closedBefore(row, c)) return false;
    }
    // A square that is open to its neighbour belongs to a wider cell of its own row.
    return !(to < columns && !closedBefore(row, to)) && !(from > 0 && !closedBefore(row, from));
  }
  return { x0: xs[0]!, y0: ys[0]!, x1: xs[columns]!, y1: ys[rows]!, xs, ys, cells, owner };
}

function gridLines(rules: Rule[], crossing: Rule[]): number[] {
  const sorted = rules.map((rule) => rule.at).sort((a, b) => a - b);
  const lines: number[] = [];
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && sorted[end]! - sorted[end - 1]! < ONE_LINE) end++;
    lines.push((sorted[start]! + sorted[end - 1]!) / 2);
    start = end;
  }
  const low = crossing.reduce((least, rule) => Math.min(least, rule.from), Infinity);
  const high = crossing.reduce((most, rule) => Math.max(most, rule.to), -Infinity);
  if (low < lines[0]! - OVERSHOOT) lines.unshift(low);
  if (high > lines.at(-1)! + OVERSHOOT) lines.push(high);
  return lines;
}

/** 1 where a rule runs along the side of a square: at line `i` of `lines`, square `j` between `stops`. */
function markSides(rules: Rule[], lines: number[], stops: number[]): Uint8Array {
  const squares = stops.length - 1;
  const marks = new Uint8Array(lines.length * squares);
  for (const rule of rules) {
    const line = nearest(lines, rule.at);
    for (let j = 0; j < squares; j++) {
      const slack = Math.max((stops[j + 1]! - stops[j]!) * SLACK, 2);
      if (rule.from <= stops[j]! + slack && rule.to >= stops[j + 1]! - slack) marks[line * squares + j] = 1;
    }
  }
  return marks;
}

/** Index of the line nearest to `at`. */
function nearest(lines: number[], at: number): number {
  const after = intervalOf(lines, at) + 1;
  if (after <= 0) return 0;
  if (after >= lines.length) return lines.length - 1;
  return lines[after]! - at < at - lines[after - 1]! ? after : after - 1;
}

/** Index of the interval that holds `at`; -1 before the first line, the last index after the last line. */
export function intervalOf(lines: number[], at: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
