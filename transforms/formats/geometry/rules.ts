import type { Box } from './box.ts';

/** A ruling line along one axis: `at` on the other axis, from `from` to `to`. */
export interface Rule {
  at: number;
  from: number;
  to: number;
}

export interface Rules {
  across: Rule[];
  down: Rule[];
}

/** Points: strokes this close are one rule drawn twice. */
const SAME = 1.2;
/** Points between the dashes of one rule. */
const DASH_GAP = 4;
/** Points: shorter rules are dots and text decoration. */
const SHORTEST = 5;

/** Dashes joined, doubles dropped; edges of filled areas count as rules. */
export function findRules(strokes: Stroke[], fills: Box[]): Rules {
  const across: Rule[] = [];
  const down: Rule[] = [];
  for (const s of strokes) {
    if (s.across) across.push({ at: (s.y0 + s.y1) / 2, from: s.x0, to: s.x1 });
    else down.push({ at: (s.x0 + s.x1) / 2, from: s.y0, to: s.y1 });
  }
  for (const f of fills) {
    across.push({ at: f.y0, from: f.x0, to: f.x1 }, { at: f.y1, from: f.x0, to: f.x1 });
    down.push({ at: f.x0, from: f.y0, to: f.y1 }, { at: f.x1, from: f.y0, to: f.y1 });
  }
  return { across: mergeCollinear(across), down: mergeCollinear(down) };
}

export function mergeCollinear(rules: Rule[]): Rule[] {
  const sorted = rules.toSorted((a, b) => a.at - b.at);
  const merged: Rule[] = [];
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && sorted[end]!.at - sorted[start]!.at <= SAME) end++;
    const level = sorted.slice(start, end).sort((a, b) => a.from - b.from);
    let current: Rule | null = null;
    for (const rule of level) {
      if (current && rule.from - current.to <= DASH_GAP) current.to = Math.max(current.to, rule.to);
      else merged.push((current = { ...rule }));
    }
    start = end;
  }
  return merged.filter((rule) => rule.to - rule.from >= SHORTEST);
}

/** Points by which rules may miss each other and still meet. */
const TOUCH = 3;

/** Sets of rules that hang together; each may be the grid of a table. */
export function groupRules({ across, down }: Rules): Rules[] {
  const parent = Array.from({ length: across.length + down.length }, (_, i) => i);
  const find = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!;
    return i;
  };
  // Both lists are sorted by `at`, so the uprights that a rule can meet are one slice.
  for (const [i, rule] of across.entries()) {
    for (let j = firstAtLeast(down, rule.from - TOUCH); j < down.length; j++) {
      const upright = down[j]!;
      if (upright.at > rule.to + TOUCH) break;
      if (upright.from - TOUCH <= rule.at && rule.at <= upright.to + TOUCH) parent[find(across.length + j)] = find(i);
    }
  }
  const groups = new Map<number, Rules>();
  const groupOf = (i: number): Rules => {
    const root = find(i);
    const known = groups.get(root) ?? { across: [], down: [] };
    groups.set(root, known);
    return known;
  };
  for (const [i, rule] of across.entries()) groupOf(i).across.push(rule);
  for (const [j, rule] of down.entries()) groupOf(across.length + j).down.push(rule);
  return adoptLoneUprights([...groups.values()]);
}

/**
 * Where a page begins and ends inside one tall cell, the line beside that cell meets no other on the page. It belongs to
 * the grid that is exactly as tall.
 */
function adoptLoneUprights(groups: Rules[]): Rules[] {
  const lone = groups.filter((group) => group.across.length === 0 && group.down.length === 1);
  const grids = groups.filter((group) => group.across.length > 0 && group.down.length > 0);
  for (const { down } of lone) {
    const [upright] = down;
    const home = grids.find((grid) => {
      const top = Math.min(...grid.down.map((rule) => rule.from));
      const bottom = Math.max(...grid.down.map((rule) => rule.to));
      return Math.abs(upright!.from - top) < TOUCH && Math.abs(upright!.to - bottom) < TOUCH;
    });
    home?.down.push(upright!);
  }
  return grids;
}

function firstAtLeast(rules: Rule[], at: number): number {
  let low = 0;
  let high = rules.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rules[middle]!.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Points: a filled shape up to this thick is a rule, not an area. */
export const THIN = 3.2;
/** Points that a "straight" line may be off its axis. */
const SKEW = 0.8;

/** A straight piece of ink along an axis: a stroked line, a thin filled rectangle, or the edge of a filled area. */
export interface Stroke extends Box {
  across: boolean;
}

/** Strokes of a page as they are drawn; dashes that follow each other are joined at once, there may be 50,000 of them. */
export interface Ink {
  strokes: Stroke[];
  lastAcross: Stroke | null;
  lastDown: Stroke | null;
}

export const createInk = (): Ink => ({ strokes: [], lastAcross: null, lastDown: null });

/** A thin bar. A dot may belong to a rule of either direction: its neighbours decide. */
export function addBar(ink: Ink, box: Box): void {
  const width = box.x1 - box.x0;
  const height = box.y1 - box.y0;
  const isDot = Math.max(width, height) <= THIN;
  if ((isDot || width >= height) && extend(ink.lastAcross, box)) return;
  if ((isDot || height >= width) && extend(ink.lastDown, box)) return;
  if (isDot || width >= height) ink.strokes.push((ink.lastAcross = { ...box, across: true }));
  if (isDot || height > width) ink.strokes.push((ink.lastDown = { ...box, across: false }));
}

function extend(last: Stroke | null, box: Box): boolean {
  if (!last) return false;
  const aligned = last.across
    ? Math.abs(last.y0 - box.y0) < 0.1 && Math.abs(last.y1 - box.y1) < 0.1
    : Math.abs(last.x0 - box.x0) < 0.1 && Math.abs(last.x1 - box.x1) < 0.1;
  if (!aligned) return false;
  const gap = last.across ? Math.max(box.x0 - last.x1, last.x0 - box.x1) : Math.max(box.y0 - last.y1, last.y0 - box.y1);
  if (gap > DASH_GAP) return false;
  last.x0 = Math.min(last.x0, box.x0);
  last.x1 = Math.max(last.x1, box.x1);
  last.y0 = Math.min(last.y0, box.y0);
  last.y1 = Math.max(last.y1, box.y1);
  return true;
}

/** A stroked line, when it runs along an axis. */
export function addLine(ink: Ink, ax: number, ay: number, bx: number, by: number): void {
  if (Math.min(Math.abs(ax - bx), Math.abs(ay - by)) > SKEW) return;
  addBar(ink, { x0: Math.min(ax, bx), y0: Math.min(ay, by), x1: Math.max(ax, bx), y1: Math.max(ay, by) });
}
