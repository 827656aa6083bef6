import { widen, type Box } from './box.ts';

/**
 * A ruling line along one axis: `at` on the other axis, from `from` to `to`. The unit is that of the page: points of a
 * PDF, pixels of a scan. Tolerances are in points; what takes pixels takes the length of a point in pixels as well.
 */
export interface Rule {
  at: number;
  from: number;
  to: number;
}

export interface Rules {
  across: Rule[];
  down: Rule[];
}

/** A straight piece of ink along an axis: a stroked line, a thin filled rectangle, or the edge of a filled area. */
export interface Stroke extends Box {
  across: boolean;
}

/** Points: strokes this close are one rule drawn twice. */
const SAME = 1.2;
/** Points between the dashes of one rule. */
const DASH_GAP = 4;
/** Points: shorter rules are dots and text decoration. */
const SHORTEST = 5;

/** Rules of a page in points: dashes joined, doubles dropped; edges of filled areas count as rules. */
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

/** Rules from the least `at` to the largest, those that lie on one line together. */
export function levelsOf(rules: Rule[]): { at: number; rules: Rule[] }[] {
  const levels: { at: number; rules: Rule[] }[] = [];
  for (const rule of rules.toSorted((a, b) => a.at - b.at)) {
    const last = levels.at(-1);
    if (last && rule.at - last.at <= SAME) last.rules.push(rule);
    else levels.push({ at: rule.at, rules: [rule] });
  }
  return levels;
}

/** Points by which rules may miss each other and still meet: half of a thick rule; less than text keeps away from rules. */
export const MEET = 2.4;

/**
 * Sets of rules that hang together by their intersections; each may be the grid of a table.
 * @param point length of a point in the unit of the rules
 */
export function groupRules({ across, down }: Rules, point = 1): Rules[] {
  const meet = MEET * point;
  const uprights = down.toSorted((a, b) => a.at - b.at);
  const sets = createSets(across.length + uprights.length);
  for (const [i, rule] of across.entries()) {
    for (let j = firstAtLeast(uprights, rule.from - meet); j < uprights.length; j++) {
      const upright = uprights[j]!;
      if (upright.at > rule.to + meet) break;
      if (upright.from - meet <= rule.at && rule.at <= upright.to + meet) sets.join(across.length + j, i);
    }
  }
  const groups = new Map<number, Rules>();
  const groupOf = (i: number): Rules => {
    const root = sets.find(i);
    const known = groups.get(root) ?? { across: [], down: [] };
    groups.set(root, known);
    return known;
  };
  for (const [i, rule] of across.entries()) groupOf(i).across.push(rule);
  for (const [j, rule] of uprights.entries()) groupOf(across.length + j).down.push(rule);
  return adoptLoneUprights([...groups.values()], point);
}

/** Points: strokes of a title's characters are as tall as one another too, but not as tall as this. */
const TALL = 72;

/**
 * Where a page begins and ends inside one tall cell, the line beside that cell meets no other on the page. It belongs to
 * the grid that is exactly as tall.
 */
function adoptLoneUprights(groups: Rules[], point: number): Rules[] {
  const lone = groups.filter(
    ({ across, down: [upright, ...others] }) =>
      across.length === 0 && others.length === 0 && upright!.to - upright!.from >= TALL * point,
  );
  const grids = groups.filter((group) => group.across.length > 0 && group.down.length > 0);
  for (const { down } of lone) {
    const [upright] = down;
    const home = grids.find((grid) => {
      const top = Math.min(...grid.down.map((rule) => rule.from));
      const bottom = Math.max(...grid.down.map((rule) => rule.to));
      return Math.abs(upright!.from - top) < MEET * point && Math.abs(upright!.to - bottom) < MEET * point;
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

/** Disjoint sets of whole numbers from 0, by union and find. */
interface Sets {
  /** One more set of one; its number. */
  add(): number;
  join(a: number, b: number): void;
  /** A number that stands for the whole set. */
  find(of: number): number;
}

export function createSets(count = 0): Sets {
  const parent = Array.from({ length: count }, (_, i) => i);
  const find = (of: number): number => {
    let i = of;
    while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!;
    return i;
  };
  return {
    add: () => parent.push(parent.length) - 1,
    join: (a, b) => (parent[find(a)] = find(b)),
    find,
  };
}

/** Points: a filled shape up to this thick is a rule, not an area. */
export const THIN = 3.2;
/** Points that a "straight" line may be off its axis. */
const SKEW = 0.8;

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
  widen(last, box);
  return true;
}

/** A stroked line, when it runs along an axis. */
export function addLine(ink: Ink, ax: number, ay: number, bx: number, by: number): void {
  if (Math.min(Math.abs(ax - bx), Math.abs(ay - by)) > SKEW) return;
  addBar(ink, { x0: Math.min(ax, bx), y0: Math.min(ay, by), x1: Math.max(ax, bx), y1: Math.max(ay, by) });
}
