import type { Box } from '../geometry/box.ts';
import type { InkMap } from './ink.ts';
import type { Rules, Segment } from './ruling-pixels.ts';

/** A cell of a ruled table: where it is on the page and which rows and columns it covers. */
export interface GridCell {
  row: number;
  column: number;
  rowspan: number;
  colspan: number;
  /** Inside of the cell, rules excluded, in pixels of the straightened page. */
  box: Box;
  /** True when no rule closes the cell there: it goes on over the page break. */
  openTop: boolean;
  openBottom: boolean;
}

export interface Grid {
  box: Box;
  /** Positions of the column borders, first and last included, in pixels. */
  xs: number[];
  rows: number;
  columns: number;
  /** In reading order. */
  cells: GridCell[];
}

/** `vertical` was found on the transposed page: `at` is x, from and to are y. `length` as for `findRules`. */
export function findGrids(horizontal: Rules, vertical: Rules, length: number): Grid[] {
  const near = Math.max(4, Math.round(length / 5));
  return groups(horizontal.segments, vertical.segments, near)
    .map((group) => gridOf(group, horizontal.mask, vertical.mask, near, length))
    .filter((grid) => grid !== null)
    .sort((a, b) => a.box.y0 - b.box.y0 || a.box.x0 - b.box.x0);
}

interface Group {
  across: Segment[];
  down: Segment[];
}

/** Rules that cross or touch belong to one table. A stroke of text touches no rule and falls out. */
function groups(across: Segment[], down: Segment[], near: number): Group[] {
  const parent = Array.from({ length: across.length + down.length }, (_, i) => i);
  const find = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!;
    return i;
  };
  across.forEach((h, i) =>
    down.forEach((v, k) => {
      const touch = v.at >= h.from - near && v.at <= h.to + near && h.at >= v.from - near && h.at <= v.to + near;
      if (touch) parent[find(i)] = find(across.length + k);
    }),
  );
  const found = new Map<number, Group>();
  const groupOf = (i: number): Group => {
    const key = find(i);
    const group = found.get(key) ?? { across: [], down: [] };
    found.set(key, group);
    return group;
  };
  across.forEach((h, i) => groupOf(i).across.push(h));
  down.forEach((v, k) => groupOf(across.length + k).down.push(v));
  return [...found.values()].filter((group) => group.across.length >= 1 && group.down.length >= 2);
}

function gridOf(group: Group, hMask: InkMap, vMask: InkMap, near: number, length: number): Grid | null {
  const ys = positions(group.across, group.down, near);
  const xs = positions(group.down, group.across, near);
  const rows = ys.length - 1;
  const columns = xs.length - 1;
  // One row alone is the last of a table that began on the page before.
  if (rows < 1 || columns < (rows === 1 ? 3 : 2) || rows * columns > 20_000) return null;
  // A fifth of the page: large characters of a title have rules and corners too.
  if (xs[columns]! - xs[0]! < 10 * length || ys[rows]! - ys[0]! < length) return null;
  const thickAcross = thickness(group.across);
  const thickDown = thickness(group.down);

  // A wall is a border between neighbouring elementary cells, measured on the page: how much of it is drawn.
  const right = (r: number, c: number): number => drawn(vMask, xs[c + 1]!, ys[r]!, ys[r + 1]!, near);
  const below = (r: number, c: number): number => drawn(hMask, ys[r + 1]!, xs[c]!, xs[c + 1]!, near);
  const rightWalls = table(rows, columns - 1, right);
  const belowWalls = table(rows - 1, columns, below);

  const keptRows = [0, ...ys.slice(1, -1).flatMap((_, i) => (belowWalls[i]!.some(isWall) ? [i + 1] : [])), rows];
  const keptColumns = [
    0,
    ...xs.slice(1, -1).flatMap((_, i) => (rightWalls.some((row) => isWall(row[i]!)) ? [i + 1] : [])),
    columns,
  ];
  return assemble(
    keptRows.map((i) => ys[i]!),
    keptColumns.map((i) => xs[i]!),
    hMask,
    vMask,
    near,
    thickAcross,
    thickDown,
  );
}

const isWall = (share: number): boolean => share >= 0.7;

function assemble(
  ys: number[],
  xs: number[],
  hMask: InkMap,
  vMask: InkMap,
  near: number,
  thickAcross: number,
  thickDown: number,
): Grid | null {
  const rows = ys.length - 1;
  const columns = xs.length - 1;
  if (rows < 1 || columns < 2) return null;
  const rightWalls = table(rows, columns - 1, (r, c) => drawn(vMask, xs[c + 1]!, ys[r]!, ys[r + 1]!, near));
  const belowWalls = table(rows - 1, columns, (r, c) => drawn(hMask, ys[r + 1]!, xs[c]!, xs[c + 1]!, near));
  const owner = regions(rows, columns, rightWalls, belowWalls);
  const cells: GridCell[] = [];
  for (const spot of owner) {
    const box = {
      x0: Math.round(xs[spot.column]!) + thickDown,
      x1: Math.round(xs[spot.column + spot.colspan]!) - thickDown + 1,
      y0: Math.round(ys[spot.row]!) + thickAcross,
      y1: Math.round(ys[spot.row + spot.rowspan]!) - thickAcross + 1,
    };
    const edge = (y: number): boolean =>
      !isWall(drawn(hMask, y, xs[spot.column]!, xs[spot.column + spot.colspan]!, near));
    cells.push({
      ...spot,
      box,
      openTop: spot.row === 0 && edge(ys[0]!),
      openBottom: spot.row + spot.rowspan === rows && edge(ys[rows]!),
    });
  }
  return {
    box: { x0: Math.round(xs[0]!), x1: Math.round(xs[columns]!), y0: Math.round(ys[0]!), y1: Math.round(ys[rows]!) },
    xs,
    rows,
    columns,
    cells,
  };
}

interface Spot {
  row: number;
  column: number;
  rowspan: number;
  colspan: number;
}

/**
 * Parts the grid into rectangles. A border broken by noise would join two cells into a shape that is no rectangle:
 * the walls inside such a shape count as drawn from a smaller share on, until only rectangles are left.
 */
function regions(rows: number, columns: number, right: number[][], below: number[][]): Spot[] {
  const taken = table(rows, columns, () => 0);
  const spots: Spot[] = [];
  const visit = (r0: number, c0: number, inside: (r: number, c: number) => boolean, needed: number): void => {
    const members: [number, number][] = [];
    const seen = new Set<number>([r0 * columns + c0]);
    const queue: [number, number][] = [[r0, c0]];
    for (let next = queue.pop(); next; next = queue.pop()) {
      const [r, c] = next;
      members.push(next);
      const step = (r2: number, c2: number, wall: number): void => {
        if (wall >= needed || seen.has(r2 * columns + c2) || !inside(r2, c2)) return;
        seen.add(r2 * columns + c2);
        queue.push([r2, c2]);
      };
      if (c + 1 < columns) step(r, c + 1, right[r]![c]!);
      if (c > 0) step(r, c - 1, right[r]![c - 1]!);
      if (r + 1 < rows) step(r + 1, c, below[r]![c]!);
      if (r > 0) step(r - 1, c, below[r - 1]![c]!);
    }
    const top = Math.min(...members.map(([r]) => r));
    const bottom = Math.max(...members.map(([r]) => r));
    const left = Math.min(...members.map(([, c]) => c));
    const end = Math.max(...members.map(([, c]) => c));
    if (members.length === (bottom - top + 1) * (end - left + 1)) {
      for (const [r, c] of members) taken[r]![c] = 1;
      spots.push({ row: top, column: left, rowspan: bottom - top + 1, colspan: end - left + 1 });
      return;
    }
    const mine = new Set(seen);
    // At a share of 0 every elementary cell stands alone, so this ends.
    const lower = needed > 0.35 ? needed - 0.1 : 0;
    for (const [r, c] of members.sort((a, b) => a[0] - b[0] || a[1] - b[1]))
      if (taken[r]![c] === 0) visit(r, c, (r2, c2) => mine.has(r2 * columns + c2) && taken[r2]![c2] === 0, lower);
  };
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) if (taken[r]![c] === 0) visit(r, c, (r2, c2) => taken[r2]![c2] === 0, 0.7);
  return spots.sort((a, b) => a.row - b.row || a.column - b.column);
}

/** Share of the stretch from `from` to `to` that is drawn near row `at`. The mask of vertical rules is transposed. */
function drawn(mask: InkMap, at: number, from: number, to: number, near: number): number {
  const start = Math.round(from) + 2;
  const end = Math.round(to) - 1;
  if (end <= start) return 0;
  let best = 0;
  for (let offset = -near; offset <= near; offset++) {
    const row = Math.round(at) + offset;
    if (row < 1 || row >= mask.height - 1) continue;
    let count = 0;
    for (let x = Math.max(0, start); x < Math.min(mask.width, end); x++) {
      const spot = row * mask.width + x;
      if (mask.data[spot] === 1 || mask.data[spot - mask.width] === 1 || mask.data[spot + mask.width] === 1) count++;
    }
    best = Math.max(best, count / (end - start));
  }
  return best;
}

/** Where the rules lie, and where the table ends without one (cut by the page, or open at the sides). */
function positions(rules: Segment[], others: Segment[], near: number): number[] {
  const sorted = [...rules].sort((a, b) => a.at - b.at);
  const found: { sum: number; weight: number; last: number }[] = [];
  for (const rule of sorted) {
    const weight = rule.to - rule.from;
    const cluster = found.at(-1);
    if (cluster && rule.at - cluster.last <= near) {
      cluster.sum += rule.at * weight;
      cluster.weight += weight;
      cluster.last = rule.at;
    } else found.push({ sum: rule.at * weight, weight, last: rule.at });
  }
  const at = found.map((cluster) => cluster.sum / cluster.weight);
  const start = secondExtreme(others.map((rule) => rule.from));
  const end = -secondExtreme(others.map((rule) => -rule.to));
  if (start < at[0]! - 2 * near) at.unshift(start);
  if (end > at.at(-1)! + 2 * near) at.push(end);
  return at;
}

/** Second smallest: one rule that overshoots makes no border. */
const secondExtreme = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.min(1, values.length - 1)]!;

function thickness(rules: Segment[]): number {
  const sorted = rules.map((rule) => rule.thick).sort((a, b) => a - b);
  // Half of the rule lies on either side of its middle; one pixel more for blur.
  return Math.ceil(Math.min(sorted[Math.floor(sorted.length / 2)]!, 12) / 2) + 1;
}

const table = (rows: number, columns: number, value: (r: number, c: number) => number): number[][] =>
  Array.from({ length: Math.max(0, rows) }, (_, r) =>
    Array.from({ length: Math.max(0, columns) }, (_, c) => value(r, c)),
  );
