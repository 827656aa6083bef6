import { kindOf, type Equation, type FormGrid } from '../forms/form.ts';
import { evaluate, nameOf, type Cells } from '../forms/check.ts';
import type { Candidate, Way } from './candidates.ts';
import { printedIn, refOfSlot } from './facts.ts';

/** More combinations of several rows than these are not searched. */
const MAX_JOINT = 4_000;
/** Rows that must agree before whole columns are taken for blank: fewer may agree by chance. */
const COMMON_ROWS = 5;

/** How a row is read: null where none or several of its ways are left. */
export interface Settled {
  way: Way | null;
  /** The equations chose among several ways. */
  byEquation: boolean;
  /** How many ways were left. */
  left: number;
}

/**
 * A row with one way is read so. Of several, one is kept only if it is the only one that the equations of its row and
 * columns accept, blanks read as 0. Rows decided earlier help to decide the others; then the same columns blank in
 * every row are tried, and all rows together. Where the equations do not decide, nothing is guessed.
 */
export function settle(candidates: Candidate[], grid: FormGrid, equations: Equation[]): Map<Candidate, Settled> {
  const within = equations.filter((e) => kindOf(e) === 'within' && e.grid === grid.code);
  const known: Cells = new Map();
  const settled = new Map<Candidate, Settled>();
  const know = (way: Way) => {
    for (const { slot, value } of way.cells) known.set(nameOf(refOfSlot(grid.code, slot)), printedIn(value));
  };
  const take = (candidate: Candidate, way: Way) => {
    settled.set(candidate, { way, byEquation: true, left: 1 });
    know(way);
  };
  const accepts = (ways: Way[], unknown: string[] = []) => accept(within, grid, known, ways, unknown);

  for (const candidate of candidates) {
    const way = candidate.ways[0];
    if (way && candidate.ways.length === 1 && way.because !== 'blanks')
      settled.set(candidate, { way, byEquation: false, left: 1 });
  }
  let open = candidates.filter((c) => !settled.has(c)).map((of) => ({ of, ways: of.ways }));
  if (open.length === 0) return settled;
  for (const { way } of settled.values()) know(way!);
  for (let progress = true; progress;) {
    progress = false;
    for (const item of open) {
      item.ways = item.ways.filter((way) => accepts([way]));
      if (item.ways.length !== 1 || item.ways[0]!.leaves.length > 0) continue;
      progress = true;
      take(item.of, item.ways[0]!);
    }
    open = open.filter((item) => !settled.has(item.of));
  }
  const joint = onlyCommonBlanks(open, accepts) ?? onlyJointWays(open, accepts);
  for (const [i, { of, ways }] of open.entries())
    if (joint) take(of, joint[i]!);
    else settled.set(of, { way: null, byEquation: false, left: ways.length });
  return settled;
}

type Open = { of: Candidate; ways: Way[] }[];
type Accepts = (ways: Way[], unknown?: string[]) => boolean;

/**
 * No equation that touches the rows on trial is violated, and at least one holds; equations with other unprinted cells
 * say nothing. A blank is supposed to be 0, but in an `unknown` column, which is blank in the whole table, nothing.
 */
function accept(equations: Equation[], grid: FormGrid, known: Cells, ways: Way[], unknown: string[]): boolean {
  const cells: Cells = new Map(known);
  const tried = new Set<string>();
  for (const way of ways)
    for (const { slot, value } of way.cells) {
      const number = printedIn(value).value;
      const absent = number === null && unknown.includes(slot.column.code);
      const name = nameOf(refOfSlot(grid.code, slot));
      cells.set(name, absent ? { value: null, absence: 'blank' } : { value: number ?? 0, absence: null });
      tried.add(name);
    }
  let applied = false;
  for (const equation of equations)
    for (const verdict of evaluate(equation, grid, cells)) {
      if (![...verdict.left, ...verdict.right].some((t) => tried.has(t.name))) continue;
      if (verdict.result === 'fails') return false;
      applied ||= verdict.result === 'holds';
    }
  return applied;
}

/**
 * The same columns blank in every row, where the equations accept that for one choice of columns alone. What stood in
 * them is not known: numbers that lack a column of parts add up in columns as well as numbers that lack their totals.
 */
function onlyCommonBlanks(open: Open, accepts: Accepts): Way[] | null {
  const [first, ...others] = open.map((o) => o.of);
  // Only words lose their blanks: where cells are kept, the column that all rows lack is not printed, which may be any.
  if (!first || open.length < COMMON_ROWS || open.some((o) => o.of.row.cells !== 'words')) return null;
  if (others.some((o) => o.row.values.length !== first.row.values.length || o.slots.length !== first.slots.length))
    return null;
  // Each row has its ways in the same order: the n-th of every row leaves the same columns blank.
  const [only, ...more] = first.ways
    .map((_, n) => open.map((o) => o.of.ways[n]!))
    .filter((ways) => accepts(ways, blankColumns(ways)));
  return only && more.length === 0 ? only : null;
}

/** Columns without a number in any of the ways. */
const blankColumns = (ways: Way[]): string[] => {
  const cells = ways.flatMap((way) => way.cells);
  const filled = new Set(cells.flatMap(({ slot, value }) => (value.raw === '' ? [] : [slot.column.code])));
  return [...new Set(cells.map(({ slot }) => slot.column.code))].filter((col) => !filled.has(col));
};

/** The one combination of the ways left that the equations accept. */
function onlyJointWays(open: Open, accepts: Accepts): Way[] | null {
  if (open.length < 2 || open.some((o) => o.ways.length === 0)) return null;
  if (open.reduce((product, o) => product * o.ways.length, 1) > MAX_JOINT) return null;
  let found: Way[] | null = null;
  /** False as soon as a second combination is accepted. */
  const extend = (chosen: Way[]): boolean => {
    if (chosen.length < open.length) return open[chosen.length]!.ways.every((way) => extend([...chosen, way]));
    if (!accepts(chosen)) return true;
    if (found) return false;
    found = chosen;
    return true;
  };
  return extend([]) && (found ?? []).every((way: Way) => way.leaves.length === 0) ? found : null;
}
