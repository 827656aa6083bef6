import { evaluate, type Verdict } from '../../transforms/forms/check.ts';
import { kindOf, termsOf, type Equation, type FormGrid, type Term } from '../../transforms/forms/form.ts';
import type { Cells } from './cells.ts';

/**
 * Makes the equations of one grid hold, those within the report and those with last year's: each decides one of its
 * terms, over and over until none fails. Throws when they cannot all hold.
 */
export function balance(equations: Equation[], grid: FormGrid, cells: Cells, before: Cells = new Map()): void {
  const own = equations.filter((e) => e.grid === grid.code && kindOf(e) !== 'prose');
  const decided = decidedTerms(own);
  const past = printed(before);
  // Sums of sums settle from the inside: no later than one round for each equation.
  for (let round = 0; round <= own.length; round++) {
    let settled = true;
    for (const equation of own)
      for (const verdict of evaluate(equation, grid, printed(cells), past))
        if (verdict.result === 'fails') {
          settle(verdict, decided, cells);
          settled = false;
        }
    if (settled) return;
  }
  throw new Error(`no numbers make the equations of ${grid.code} hold`);
}

const printed = (cells: Cells) =>
  new Map([...cells].map(([name, value]) => [name, { value, absence: value === null ? ('blank' as const) : null }]));

/** For each equation its first term of this year that no other decides. */
function decidedTerms(equations: Equation[]): Map<Equation, Term> {
  const decided = new Map<Equation, Term>();
  for (const equation of equations) {
    const first = termsOf(equation).find((t) => t.year === 0 && ![...decided.values()].some((d) => isSame(d, t)));
    if (!first) throw new Error(`every term of ${equation.code} follows from other equations`);
    decided.set(equation, first);
  }
  return decided;
}

const isSame = (a: Term, b: Term) => a.line === b.line && a.col === b.col;

/** Counts are not negative: what the decided term cannot take, the terms do that no equation decides. */
function settle(
  { equation, left, right, leftSum, rightSum }: Verdict<string>,
  decided: Map<Equation, Term>,
  cells: Cells,
) {
  let difference = leftSum - rightSum;
  const operands = [...left, ...right];
  const move = (at: number) => {
    const { name, sign } = operands[at]!;
    const weight = at < left.length ? sign : -sign;
    const value = cells.get(name) ?? 0;
    const next = Math.max(0, value - difference * weight);
    cells.set(name, next);
    difference += (next - value) * weight;
  };
  const terms = termsOf(equation);
  move(terms.indexOf(decided.get(equation)!));
  terms.forEach((term, at) => {
    if (difference !== 0 && term.year === 0 && ![...decided.values()].some((d) => isSame(d, term))) move(at);
  });
}
