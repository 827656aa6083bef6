import { broken, finding, type CellRef, type Finding } from '../findings.ts';
import { mayMean } from './across.ts';
import { formOf, type EquationCode } from './index.ts';
import { columnsOf, eachOf, kindOf, type Equation, type Form, type FormGrid, type Term } from './form.ts';
import { memo } from '../memo.ts';
import type { Fact, Mention } from '../report.ts';

/** Facts by `nameOf`: what equations look up. A cell that is not printed is not in it. */
export type Cells = Map<string, { value: number | null; absence: Fact['absence'] }>;

export interface Verdict<C extends string = EquationCode> {
  equation: Equation<C>;
  /** Line or column it was evaluated for; null for an equation that holds once. */
  at: string | null;
  left: Operand[];
  right: Operand[];
  /** `open`: an absent cell or a line that is not printed makes it not applicable. */
  result: 'holds' | 'fails' | 'open';
  leftSum: number;
  rightSum: number;
}

/**
 * Evaluate the equations of the form on the facts of one report: sets each fact's status and gives a finding for each
 * violation, and for each cell in which a failing row and a failing column cross. The facts' values stay as printed. What
 * is `doubted` no equation verifies.
 */
export function check(
  facts: Fact[],
  mentions: Mention[],
  doubted: CellRef[] = [],
): { facts: Fact[]; findings: Finding[] } {
  const names = facts.map(nameOf);
  const grids = filledGrids(facts, names);
  const verdicts = verdictsIn(grids, 'within');
  const held = new Map<string, Equation[]>();
  const failed = new Set<string>();
  const unprovable = new Set(doubted.map(nameOf));
  for (const { equation, result, left, right } of verdicts) {
    if (result === 'open') continue;
    for (const side of [left, right])
      for (const { name } of side) {
        const proofs = held.get(name);
        if (result === 'fails') failed.add(name);
        else if (proofs) proofs.push(equation);
        else held.set(name, [equation]);
      }
  }
  const judged = facts.map((fact, i): Fact => {
    const name = names[i]!;
    const proofs = held.get(name) ?? [];
    const isProved = independent(proofs) >= neededFor(fact) && !unprovable.has(name);
    const status = failed.has(name) ? 'contradicted' : isProved ? 'verified' : 'unverified';
    return { ...fact, status, proofs: proofs.length };
  });
  const failures = verdicts.filter((v) => v.result === 'fails');
  return {
    facts: judged,
    findings: [...suspects(failures, facts), ...failures.map(toFinding), ...proseFindings(grids, mentions)],
  };
}

export const nameOf = ({ grid, line, col }: CellRef): string => namesIn(grid)(line)(col);
/** Each name is made once: as the same string it is found in a map without being read. */
const namesIn = memo((grid: string) => memo((line: string) => memo((col: string) => `${grid}/${line}/${col}`)));
/** The cell alone, of whatever is in it. */
export const refOf = ({ grid, line, col }: CellRef): CellRef => ({ grid, line, col });

/** A term of an equation in one place of the grid; its name is made once, not for each report. */
interface Operand extends CellRef, Pick<Term, 'sign' | 'year'> {
  name: string;
}

/** Independent proofs that verify a cell: one where printed labels name its line and column, else two. */
export const neededFor = ({ placed, read_by }: { placed?: unknown; read_by?: unknown }): 1 | 2 =>
  placed || read_by ? 2 : 1;

/** Both numbers, for a person. */
export const proofsOf = (fact: { proofs?: unknown; placed?: unknown; read_by?: unknown }): string =>
  `equations that hold: ${Number(fact.proofs)}, needed: ${neededFor(fact) === 1 ? '1' : '2, one along its line and one along its column'}`;

/**
 * Equations are independent when they run in different directions. A sum along a line holds as well for the numbers of
 * another line, and a sum along a column for those of another column, however many of them there are: so two of one
 * direction (all outcomes, and the flow) prove a place no better than one of them, and one of each proves both its line
 * and its column.
 */
const independent = (equations: Equation[]): number =>
  equations.length < 2 ? equations.length : new Set(equations.map(eachOf)).size;

/** The equations of one kind on the facts of one report; `before` are those of the year before, which a series needs. */
export function verdictsOf(facts: Fact[], kind: 'within' | 'series', before: Fact[] = []): Verdict[] {
  return verdictsIn(filledGrids(facts), kind, cellsOf(before));
}

const verdictsIn = (grids: ReadGrid[], kind: 'within' | 'series', past?: Cells): Verdict[] =>
  grids.flatMap(({ equations, grid, cells }) => equations[kind].flatMap((e) => evaluate(e, grid, cells, past)));

interface ReadGrid {
  grid: FormGrid;
  equations: Record<ReturnType<typeof kindOf>, Equation<EquationCode>[]>;
  cells: Cells;
}

/** The equations of each grid of a form, by kind. */
const equationsOf = memo((form: Form<EquationCode>) =>
  memo((code: string): ReadGrid['equations'] => {
    const of = (kind: keyof ReadGrid['equations']) =>
      form.equations.filter((e) => e.grid === code && kindOf(e) === kind);
    return { within: of('within'), series: of('series'), prose: of('prose') };
  }),
);

/** The grids that the facts fill, each with the equations of the edition it follows. */
function filledGrids(facts: Fact[], names = facts.map(nameOf)): ReadGrid[] {
  const blocks = new Map<string, Map<string, Cells>>();
  facts.forEach((fact, i) => {
    let grids = blocks.get(fact.edition);
    if (!grids) blocks.set(fact.edition, (grids = new Map()));
    let cells = grids.get(fact.grid);
    if (!cells) grids.set(fact.grid, (cells = new Map()));
    cells.set(names[i]!, fact);
  });
  return [...blocks].flatMap(([edition, grids]) => {
    const form = formOf(edition);
    return [...grids].flatMap(([code, cells]) => {
      const grid = form.grids.find((g) => g.code === code);
      return grid ? [{ grid, equations: equationsOf(form)(code), cells }] : [];
    });
  });
}

const cellsOf = (facts: Fact[]): Cells => new Map(facts.map((f) => [nameOf(f), f]));
const NO_CELLS: Cells = new Map([]);

/** One equation, for every line or column of its grid that has a printed cell. */
export function evaluate<C extends string>(
  equation: Equation<C>,
  grid: FormGrid,
  cells: Cells,
  before: Cells = NO_CELLS,
): Verdict<C>[] {
  const verdicts: Verdict<C>[] = [];
  for (const { at, left, right } of instancesOf(grid)(equation)) {
    const l = addUp(left, cells, before);
    const r = addUp(right, cells, before);
    if (!l.printed && !r.printed) continue;
    const result = l.open || r.open ? 'open' : judge(equation, l, r);
    verdicts.push({ equation, at, left, right, result, leftSum: l.sum, rightSum: r.sum });
  }
  return verdicts;
}

type Instance = Pick<Verdict, 'at' | 'left' | 'right'>;

/** The cells an equation speaks of, for each line or column: the same for every report. */
const instancesOf = memo((grid: FormGrid) =>
  memo((equation: Equation): Instance[] => {
    const each = eachOf(equation);
    const places = each === 'line' ? grid.lines : each === 'column' ? columnsOf(grid) : [{ code: null }];
    return places.map(({ code: at }) => {
      const operand = ({ sign, year, line = at ?? '', col = at ?? '' }: Term): Operand => {
        const ref = { grid: grid.code, line, col };
        return { ...ref, name: nameOf(ref), sign, year };
      };
      return { at, left: equation.left.map(operand), right: equation.right.map(operand) };
    });
  }),
);

interface Side {
  sum: number;
  printed: boolean;
  /** A cell is text, or not printed at all. */
  open: boolean;
  /** What cells printed without a number may add to the sum, or take from it. */
  more: boolean;
  less: boolean;
}

function addUp(operands: Operand[], cells: Cells, before: Cells): Side {
  const side: Side = { sum: 0, printed: false, open: false, more: false, less: false };
  for (const { name, sign, year } of operands) {
    const cell = (year === 0 ? cells : before).get(name);
    if (!cell) {
      side.open = true;
      continue;
    }
    side.printed = true;
    if (cell.value !== null) side.sum += sign * cell.value;
    else if (sign > 0) side.more = true;
    else side.less = true;
    if (cell.absence === 'text') side.open = true;
  }
  return side;
}

/**
 * Counts are not negative, so what is absent can move the difference of the sides one way only: it is forced to 0
 * where the printed cells balance, and cannot repair a difference of the other way. Otherwise it leaves the equation
 * open, as it always does between two years: their reports need not leave the same cells blank.
 */
function judge(equation: Equation, left: Side, right: Side): Verdict['result'] {
  const difference = left.sum - right.sum;
  const rises = left.more || right.less;
  const falls = left.less || right.more;
  if ((rises && falls) || ((rises || falls) && kindOf(equation) === 'series')) return 'open';
  if (difference === 0) return 'holds';
  return (difference < 0 ? rises : falls) ? 'open' : 'fails';
}

function toFinding(verdict: Verdict): Finding {
  const { equation, at, left, right, leftSum, rightSum } = verdict;
  return broken(equation, [...left, ...right].map(refOf), { at }, { expected: rightSum, actual: leftSum });
}

/** The one cell in which a failing row and a failing column cross, with the value that would satisfy both. */
function suspects(failures: Verdict[], facts: Fact[]): Finding[] {
  if (failures.length < 2) return [];
  const values = new Map(facts.map((f) => [nameOf(f), f.value]));
  const wanted = (verdict: Verdict, name: string): number | null => {
    const value = values.get(name);
    if (value === undefined || value === null) return null;
    const { left, leftSum, rightSum } = verdict;
    const missing = left.some((t) => t.name === name) ? rightSum - leftSum : leftSum - rightSum;
    return value + missing * [...left, ...verdict.right].find((t) => t.name === name)!.sign;
  };
  const found = new Map<string, Finding>();
  for (const row of failures.filter((v) => eachOf(v.equation) === 'line'))
    for (const column of failures.filter((v) => eachOf(v.equation) === 'column')) {
      const crossing = new Set([...column.left, ...column.right].map((t) => t.name));
      const ref = [...row.left, ...row.right].find((t) => crossing.has(t.name));
      if (!ref || ref.grid !== column.left[0]!.grid) continue;
      const expected = wanted(row, ref.name);
      if (expected === null || expected !== wanted(column, ref.name) || expected < 0) continue;
      const actual = values.get(ref.name) ?? null;
      found.set(
        ref.name,
        finding(
          'suspect_cell',
          [refOf(ref)],
          { row: row.equation.code, column: column.equation.code },
          { expected, actual },
        ),
      );
    }
  return [...found.values()];
}

/** 新收 is what is new and nothing else. */
const SAYS_NEW = /新[收受接增登]/;

/** A number stated for the whole in the text should be that of the table; one statement that agrees is enough. */
function proseFindings(grids: ReadGrid[], mentions: Mention[]): Finding[] {
  return grids.flatMap(({ equations, grid, cells }) => {
    const sums = equations.prose.map((equation) => {
      const [instance] = instancesOf(grid)(equation);
      return {
        equation,
        line: equation.left[0]!.stated!,
        instance: instance!,
        table: addUp(instance!.right, cells, NO_CELLS),
      };
    });
    return sums.flatMap(({ equation, line, instance, table }): Finding[] => {
      const of = mentions.filter((m) => m.line === line && !m.part);
      const stated = of.map((m) => m.value);
      const other = sums.find((sum) => sum.line === mayMean.get(line))?.table;
      const meansOther = other && !other.open && of.some((m) => m.value === other.sum && !SAYS_NEW.test(m.sentence));
      const agrees = stated.includes(table.sum) || meansOther;
      if (stated.length === 0 || table.open || table.more || table.less || agrees) return [];
      const numbers = { expected: stated[0]!, actual: table.sum };
      return [broken(equation, instance.right.map(refOf), { stated }, numbers)];
    });
  });
}
