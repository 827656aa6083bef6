import { evaluate, nameOf, type Cells } from '../forms/check.ts';
import { finding, type Finding } from '../findings.ts';
import { eachOf, kindOf, type Equation, type FormGrid } from '../forms/form.ts';
import { parsePrinted } from '../printed/number.ts';
import type { Fact } from '../report.ts';
import { toFact, type Pending } from './candidates.ts';

/** More placings than these are not searched; the rows become findings. All ways to place numbers in section 四 fit. */
const MAX_PLACINGS = 6_500;
const MAX_JOINT = 4_000;

/**
 * Rows with fewer numbers than columns, because blanks vanished with the text's columns. Enumerate the placings that
 * keep the order; keep one only if it is the only one that the equations of its row and columns accept, with blanks
 * read as 0. Rows decided earlier help to decide the others; then the same columns blank in every row are tried, and
 * all rows together. What stays undecided becomes a finding without values.
 */
export function placeCollapsed(
  pending: Pending[],
  known: Fact[],
  grid: FormGrid,
  equations: Equation[],
  edition: string,
): { facts: Fact[]; findings: Finding[] } {
  if (pending.length === 0) return { facts: [], findings: [] };
  const cells: Cells = new Map(known.map((f) => [nameOf(f), f]));
  const within = equations.filter((e) => kindOf(e) === 'within' && e.grid === grid.code);
  const facts: Fact[] = [];
  const findings: Finding[] = [];
  let open = pending.map((p) => ({ pending: p, candidates: placingsOf(p) }));
  for (let progress = true; progress;) {
    progress = false;
    for (const item of open) {
      item.candidates = item.candidates.filter((c) =>
        accepts(within, grid, cells, [{ pending: item.pending, placing: c }]),
      );
      if (item.candidates.length !== 1) continue;
      progress = true;
      settle(item.pending, item.candidates[0]!);
    }
    open = open.filter((item) => item.candidates.length !== 1);
  }
  const joint = onlyCommonPlacing(within, grid, cells, open) ?? onlyJointPlacing(within, grid, cells, open);
  if (joint) for (const [i, placing] of joint.entries()) settle(open[i]!.pending, placing);
  else
    for (const { pending: p, candidates } of open)
      findings.push(
        finding(
          candidates.length === 0 ? 'row_shape' : 'row_ambiguous',
          p.slots.map((s) => ({ grid: grid.code, line: s.line.code, col: s.column.code })),
          {
            label: p.slots[0]!.line.zh,
            values: p.values.map((v) => v.raw),
            columns: p.slots.length,
            placings: candidates.length,
          },
        ),
      );
  return { facts, findings };

  function settle(p: Pending, placing: number[]): void {
    p.slots.forEach((slot, i) => {
      const at = placing.indexOf(i);
      const value = at >= 0 ? p.values[at]! : { raw: '', column: i, target: null };
      const made = toFact(p.row, slot, value, edition);
      facts.push({ ...made.fact, placed: 'by_equation' });
      findings.push(...made.findings);
      cells.set(nameOf(made.fact), made.fact);
    });
  }
}

/** Ways to choose k of n. */
const choose = (n: number, k: number): number => {
  let ways = 1;
  for (let i = 0; i < k; i++) ways = (ways * (n - i)) / (i + 1);
  return ways;
};

/** Increasing choices of columns for the values: `placing[k]` is the column of value k. */
function placingsOf(p: Pending): number[][] {
  const values = p.values.length;
  const columns = p.slots.length;
  const out: number[][] = [];
  if (choose(columns, values) > MAX_PLACINGS) return out;
  const extend = (placing: number[], from: number) => {
    if (placing.length === values) return void out.push(placing);
    for (let c = from; c <= columns - (values - placing.length); c++) extend([...placing, c], c + 1);
  };
  extend([], 0);
  return out;
}

interface Trial {
  pending: Pending;
  placing: number[];
}

/**
 * No equation that touches the rows on trial is violated, and at least one holds; equations with other unprinted cells
 * say nothing. A blank is 0; a total that is blank in the whole table is unknown instead.
 */
function accepts(
  equations: Equation[],
  grid: FormGrid,
  known: Cells,
  trials: Trial[],
  unknown: string[] = [],
): boolean {
  const cells: Cells = new Map(known);
  const tried = new Set<string>();
  for (const { pending, placing } of trials)
    pending.slots.forEach(({ line, column }, i) => {
      const at = placing.indexOf(i);
      const value =
        at >= 0 ? (parsePrinted(pending.values[at]!.raw).value ?? 0) : unknown.includes(column.code) ? null : 0;
      const name = nameOf({ grid: grid.code, line: line.code, col: column.code });
      cells.set(name, { value, absence: value === null ? 'blank' : null });
      tried.add(name);
    });
  let applied = false;
  for (const equation of equations)
    for (const verdict of evaluate(equation, grid, cells)) {
      if (![...verdict.left, ...verdict.right].some((t) => tried.has(t.name))) continue;
      if (verdict.result === 'fails') return false;
      applied ||= verdict.result === 'holds';
    }
  return applied;
}

/** One placing for all rows, where whole columns were left blank; null unless exactly one is accepted. */
function onlyCommonPlacing(
  equations: Equation[],
  grid: FormGrid,
  cells: Cells,
  open: { pending: Pending; candidates: number[][] }[],
): number[][] | null {
  const first = open[0]?.pending;
  if (!first || open.length < 5) return null;
  if (open.some(({ pending: p }) => p.values.length !== first.values.length || p.slots.length !== first.slots.length))
    return null;
  const totals = equations.filter((e) => eachOf(e) === 'line').flatMap((e) => e.left.map((t) => t.col!));
  const accepted = placingsOf(first).filter((placing) =>
    accepts(
      equations,
      grid,
      cells,
      open.map((o) => ({ pending: o.pending, placing })),
      totals,
    ),
  );
  return accepted.length === 1 ? open.map(() => accepted[0]!) : null;
}

function onlyJointPlacing(
  equations: Equation[],
  grid: FormGrid,
  cells: Cells,
  open: { pending: Pending; candidates: number[][] }[],
): number[][] | null {
  if (open.length < 2 || open.some((o) => o.candidates.length === 0)) return null;
  if (open.reduce((product, o) => product * o.candidates.length, 1) > MAX_JOINT) return null;
  let found: number[][] | null = null;
  const extend = (chosen: number[][]): boolean => {
    if (chosen.length === open.length) {
      if (
        !accepts(
          equations,
          grid,
          cells,
          open.map((o, i) => ({ pending: o.pending, placing: chosen[i]! })),
        )
      )
        return true;
      if (found) return false;
      found = chosen;
      return true;
    }
    return open[chosen.length]!.candidates.every((c) => extend([...chosen, c]));
  };
  return extend([]) ? found : null;
}
