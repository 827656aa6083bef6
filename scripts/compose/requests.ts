import { columnsOf } from '../../transforms/forms/form.ts';
import { key, type Drawer } from './cells.ts';
import type { Random } from './random.ts';

/** How often an outcome is chosen; outcomes not named here are rare. */
const weights: Record<string, number> = {
  granted: 40,
  granted_in_part: 10,
  denied_third_party: 3,
  denied_internal_affairs: 3,
  denied_administrative_query: 4,
  unavailable_not_held: 24,
  unavailable_needs_creation: 6,
  not_processed_petition: 5,
  not_processed_duplicate: 3,
  other: 5,
  other_not_corrected: 4,
  other_other: 3,
};

/** Most requests a kind of applicant makes in a year; small organs hear from most kinds rarely or never. */
const appetite: Record<string, [small: number, large: number]> = {
  natural_person: [25, 5200],
  enterprise: [4, 480],
  research_institution: [1, 12],
  public_welfare_org: [1, 25],
  legal_service_org: [2, 60],
  other_org: [2, 90],
};

/** Totals are left to the equations. */
export const composeRequests: Drawer = (cells, grid, size, random, before) => {
  const outcomes = grid.lines.map((l) => l.code).filter((l) => !boundary.has(l));
  for (const line of grid.lines) for (const c of line.columns) cells.set(key(grid.code, line.code, c.code), 0);
  const set = (line: string, col: string, n: number) => {
    const path = key(grid.code, line, col);
    if (cells.has(path)) cells.set(path, n);
  };
  for (const { code: col } of columnsOf(grid)) {
    if (col === 'total') continue;
    const [small, large] = appetite[col] ?? [2, 60];
    const asks = size === 'large' || random.chance(0.5);
    const received = asks
      ? random.whole(size === 'large' ? Math.floor(large / 9) : 0, size === 'large' ? large : small)
      : 0;
    const carriedIn = before
      ? (before.get(key(grid.code, 'carried_out', col)) ?? 0)
      : random.whole(0, Math.floor(received / 12));
    const carriedOut = Math.min(received + carriedIn, random.whole(0, Math.ceil((received + carriedIn) / 10)));
    const concluded = received + carriedIn - carriedOut;
    set('received', col, received);
    set('carried_in', col, carriedIn);
    set('carried_out', col, carriedOut);
    for (const [outcome, n] of drawn(outcomes, concluded, random)) set(outcome, col, n);
  }
};

const boundary = new Set(['received', 'carried_in', 'concluded', 'carried_out']);

/** `n` requests fall into outcomes by weight. */
function drawn(outcomes: string[], n: number, random: Random): Map<string, number> {
  const upTo: number[] = [];
  for (const outcome of outcomes) upTo.push((upTo.at(-1) ?? 0) + (weights[outcome] ?? 1));
  const sum = upTo.at(-1) ?? 0;
  const counts = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const at = random.next() * sum;
    const outcome = outcomes[upTo.findIndex((limit) => at < limit)];
    if (outcome === undefined) throw new Error('no outcomes to draw from');
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return counts;
}

export const composeDisputes: Drawer = (cells, grid, size, random) => {
  for (const { code: line, columns } of grid.lines)
    for (const { code: col } of columns) {
      const some = col !== 'total' && random.chance(size === 'large' ? 0.7 : 0.08);
      cells.set(key(grid.code, line, col), some ? random.whole(1, size === 'large' ? 30 : 2) : 0);
    }
};
