import type { Box } from './box.ts';
import type { Rule, Rules } from './rules.ts';

/** A table's grid: positions of its lines, and its cells as rectangles of grid squares. */
export interface Lattice extends Box {
  xs: number[];
  ys: number[];
  /** In reading order; at least one begins at each line but the last. */
  cells: LatticeCell[];
  /** Index into `cells` of each grid square, row by row. */
  owner: Int32Array;
  /** Whether each column has no rule at the top of the first row, and none at the foot of the last: a page end cut it. */
  openTop: boolean[];
  openBottom: boolean[];
}

interface LatticeCell {
  row: number;
  column: number;
  rowspan: number;
  colspan: number;
}

/**
 * How much of each side of a square is drawn, 0 to 1: sides lie on `lines` between neighbouring `stops`, and are given
 * line by line.
 */
export type Drawn = (lines: number[], stops: number[]) => Float32Array;

/** What is drawn of sides that run across, and of sides that run down. */
interface Sides {
  across: Drawn;
  down: Drawn;
}

/** Points: rules nearer than this are one line of the grid: double rules, borders of neighbouring cells and gaps between filled ones are up to 2.5 apart. */
const ONE_LINE = 2.6;
/** Points: crossing rules that end this far out only overshoot the outermost line; no row or column is as narrow, so further out the table is open. */
const OVERSHOOT = 5;
/** Share of a side from which on it parts two cells: corners are rounded, and rules of scans have holes. */
const WALL = 0.7;
/** A page of the smallest print has 150 rows of 30 columns. */
const MAX_SQUARES = 20_000;

const isWall = (share: number): boolean => share >= WALL;

/**
 * Cells that rules enclose; null when they enclose fewer than two columns, or are too many to be a table.
 * @param sides what is drawn between intersections; of a PDF, its rules themselves
 * @param point length of a point in the unit of the rules
 */
export function buildLattice(rules: Rules, sides: Sides = sidesOfRules(rules), point = 1): Lattice | null {
  // A page may begin with the last row of a table, which has a rule below and none above; fewer enclose nothing.
  if (rules.across.length === 0 || rules.down.length === 0 || rules.across.length + rules.down.length < 3) return null;
  // Tables may be open at the sides, and at a page break also at the top or bottom.
  const allXs = gridLines(rules.down, rules.across, point);
  const allYs = gridLines(rules.across, rules.down, point);
  if ((allXs.length - 1) * (allYs.length - 1) > MAX_SQUARES) return null;
  const ys = linesWithWalls(sides.across, allYs, allXs);
  const xs = linesWithWalls(sides.down, allXs, allYs);
  if (xs.length < 3 || ys.length < 2) return null;
  const cells = findCells(sides.across(ys, xs), sides.down(xs, ys), ys.length - 1, xs.length - 1);
  const lattice = dropLines(xs, ys, cells);
  const ends = [...sides.across([lattice.y0, lattice.y1], lattice.xs)].map((share) => !isWall(share));
  const columns = lattice.xs.length - 1;
  return { ...lattice, openTop: ends.slice(0, columns), openBottom: ends.slice(columns) };
}

/** Where rules lie, and where the table ends without one. */
function gridLines(rules: Rule[], crossing: Rule[], point: number): number[] {
  const clusters: { sum: number; weight: number; last: number }[] = [];
  for (const { at, from, to } of rules.toSorted((a, b) => a.at - b.at)) {
    const cluster = clusters.at(-1);
    if (cluster && at - cluster.last < ONE_LINE * point) {
      cluster.sum += at * (to - from);
      cluster.weight += to - from;
      cluster.last = at;
    } else clusters.push({ sum: at * (to - from), weight: to - from, last: at });
  }
  const lines = clusters.map(({ sum, weight }) => sum / weight);
  const low = secondLeast(crossing.map((rule) => rule.from));
  const high = -secondLeast(crossing.map((rule) => -rule.to));
  if (low < lines[0]! - OVERSHOOT * point) lines.unshift(low);
  if (high > lines.at(-1)! + OVERSHOOT * point) lines.push(high);
  return lines;
}

/** One rule that overshoots makes no border. */
function secondLeast(values: number[]): number {
  let [least, second] = [Infinity, Infinity];
  for (const value of values) {
    if (value < least) [least, second] = [value, least];
    else second = Math.min(second, value);
  }
  return values.length > 1 ? second : least;
}

/** The lines without those inside the grid on which no whole side is drawn. */
function linesWithWalls(drawn: Drawn, lines: number[], stops: number[]): number[] {
  const shares = drawn(lines, stops);
  const squares = stops.length - 1;
  return lines.filter(
    (_, i) => i === 0 || i === lines.length - 1 || shares.subarray(i * squares, (i + 1) * squares).some(isWall),
  );
}

/** Points at either end of a side where other rules cross: what is drawn there tells nothing. */
const CROSSING = 2;

/** What rules cover of sides; in points. */
function sidesOfRules({ across, down }: Rules): Sides {
  return { across: coverOf(across), down: coverOf(down) };
}

function coverOf(rules: Rule[]): Drawn {
  return (lines, stops) => {
    const squares = stops.length - 1;
    const shares = new Float32Array(lines.length * squares);
    for (const rule of rules) {
      const line = nearest(lines, rule.at);
      if (Math.abs(lines[line]! - rule.at) > ONE_LINE) continue;
      for (let j = Math.max(0, intervalOf(stops, rule.from)); j < squares && stops[j]! < rule.to; j++) {
        const from = stops[j]! + CROSSING;
        const to = stops[j + 1]! - CROSSING;
        const share = (Math.min(to, rule.to) - Math.max(from, rule.from)) / (to - from);
        const side = line * squares + j;
        shares[side] = Math.max(shares[side]!, share);
      }
    }
    return shares;
  };
}

/**
 * Parts the grid into rectangles. A border broken by noise would join two cells into a shape that is no rectangle:
 * the sides inside such a shape part it from a smaller share on, until only rectangles are left.
 * @param above shares of the sides above each square and below the last row, row by row
 * @param before shares of the sides before each square and after the last column, column by column
 */
function findCells(above: Float32Array, before: Float32Array, rows: number, columns: number): LatticeCell[] {
  const cells: LatticeCell[] = [];
  /** Squares that may still be one cell have the same number; 0 when they are in a shape. */
  const shapeOf = new Int32Array(rows * columns);
  let shapes = 0;
  const part = (squares: number[], needed: number): void => {
    const own = ++shapes;
    for (const square of squares) shapeOf[square] = own;
    for (const start of squares) {
      if (shapeOf[start] !== own) continue;
      const shape = flood(start, own, needed);
      const cell = rectangleAround(shape, columns);
      if (shape.length === cell.rowspan * cell.colspan) cells.push(cell);
      // From a share of 0 on every square stands alone, so this ends.
      else
        part(
          shape.sort((a, b) => a - b),
          needed > 0.35 ? needed - 0.1 : 0,
        );
    }
  };
  const flood = (start: number, own: number, needed: number): number[] => {
    const shape = [start];
    shapeOf[start] = 0;
    const step = (to: number, wall: number): void => {
      if (wall >= needed || shapeOf[to] !== own) return;
      shapeOf[to] = 0;
      shape.push(to);
    };
    for (let i = 0; i < shape.length; i++) {
      const square = shape[i]!;
      const column = square % columns;
      const row = (square - column) / columns;
      if (column + 1 < columns) step(square + 1, before[(column + 1) * rows + row]!);
      if (column > 0) step(square - 1, before[column * rows + row]!);
      if (row + 1 < rows) step(square + columns, above[square + columns]!);
      if (row > 0) step(square - columns, above[square]!);
    }
    return shape;
  };
  part([...shapeOf.keys()], WALL);
  return cells.sort((a, b) => a.row - b.row || a.column - b.column);
}

function rectangleAround(squares: number[], columns: number): LatticeCell {
  let [top, bottom, left, right] = [Infinity, 0, Infinity, 0];
  for (const square of squares) {
    const column = square % columns;
    const row = (square - column) / columns;
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
    left = Math.min(left, column);
    right = Math.max(right, column);
  }
  return { row: top, column: left, rowspan: bottom - top + 1, colspan: right - left + 1 };
}

/** The lattice without lines where no cell begins. */
function dropLines(xs: number[], ys: number[], cells: LatticeCell[]): Omit<Lattice, 'openTop' | 'openBottom'> {
  const columns = renumber(xs.length, new Set(cells.map((cell) => cell.column)));
  const rows = renumber(ys.length, new Set(cells.map((cell) => cell.row)));
  const kept = (lines: number[], numbers: number[]): number[] =>
    lines.filter((_, i) => i === lines.length - 1 || numbers[i + 1] !== numbers[i]);
  const [keptXs, keptYs] = [kept(xs, columns), kept(ys, rows)];
  const width = keptXs.length - 1;
  const owner = new Int32Array((keptYs.length - 1) * width);
  const renumbered = cells.map(({ row, column, rowspan, colspan }, i): LatticeCell => {
    const [top, bottom, left, right] = [rows[row]!, rows[row + rowspan]!, columns[column]!, columns[column + colspan]!];
    for (let r = top; r < bottom; r++) owner.fill(i, r * width + left, r * width + right);
    return { row: top, column: left, rowspan: bottom - top, colspan: right - left };
  });
  const [x0, y0, x1, y1] = [keptXs[0]!, keptYs[0]!, keptXs.at(-1)!, keptYs.at(-1)!];
  return { x0, y0, x1, y1, xs: keptXs, ys: keptYs, cells: renumbered, owner };
}

/** For each line how many lines before it are kept. */
function renumber(lines: number, kept: Set<number>): number[] {
  let count = 0;
  return Array.from({ length: lines }, (_, i) => (kept.has(i) ? count++ : count));
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
