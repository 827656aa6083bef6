import { finding, type CellRef, type Finding } from '../findings.ts';
import { memo } from '../memo.ts';
import { formOf } from './index.ts';
import { columnsOf, type Equation, type FormGrid } from './form.ts';
import type { Fact, Mention } from '../report.ts';

/** Facts by `nameOf`: what equations look up. A cell that is not printed is not in it. */
export type Cells = Map<string, { value: number | null; absence: Fact['absence'] }>;

export interface Verdict {
  equation: Equation;
  /** Line (each: line) or column (each: column) it was evaluated for. */
  at: string;
  left: Term[];
  right: Term[];
  /** `open`: an absent cell or a line that is not printed makes it not applicable. */
  result: 'holds' | 'fails' | 'open';
  leftSum: number;
  rightSum: number;
}

/**
 * Evaluate the equations of the form on the facts of one report: sets each fact's status and gives a finding for each
 * violation, and for each cell in which a failing row and a failing column cross. The facts' values stay as printed.
 */
export function check(facts: Fact[], mentions: Mention[]): { facts: Fact[]; findings: Finding[] } {
  const verdicts = facts.length === 0 ? [] : verdictsOf(facts);
  const held = new Set<string>();
  const failed = new Set<string>();
  for (const { result, left, right } of verdicts) {
    if (result === 'open') continue;
    const names = result === 'holds' ? held : failed;
    for (const term of left) names.add(term.name);
    for (const term of right) names.add(term.name);
  }
  const judged = facts.map((fact): Fact => {
    const name = nameOf(fact);
    const status = failed.has(name)
      ? 'contradicted'
      : held.has(name) && provesRead(fact, verdicts)
        ? 'verified'
        : 'unverified';
    return { ...fact, status };
  });
  const failures = verdicts.filter((v) => v.result === 'fails');
  return {
    facts: judged,
    findings: [...suspects(failures, facts), ...failures.map(toFinding), ...proseFindings(facts, mentions)],
  };
}

export const nameOf = (ref: CellRef): string => `${ref.grid}/${ref.line}/${ref.col}`;

/** A cell of an equation; its name is made once, not for each report. */
interface Term extends CellRef {
  name: string;
}

/** A number that OCR read is verified only when both its row and a column equation hold. */
function provesRead(fact: Fact, verdicts: Verdict[]): boolean {
  if (fact.read_by !== 'ocr') return true;
  const name = nameOf(fact);
  const covering = verdicts.filter((v) => v.result === 'holds' && [...v.left, ...v.right].some((t) => t.name === name));
  const columnEquations = formOf(fact.edition).equations.some(
    (e) => e.kind === 'within' && e.grid === fact.grid && e.each === 'column',
  );
  return (
    covering.some((v) => v.equation.each === 'line') &&
    (!columnEquations || covering.some((v) => v.equation.each === 'column'))
  );
}

function verdictsOf(facts: Fact[]): Verdict[] {
  const verdicts: Verdict[] = [];
  const blocks = new Map<string, Fact[]>();
  for (const fact of facts) {
    const name = `${fact.edition}/${fact.grid}`;
    const block = blocks.get(name);
    if (block) block.push(fact);
    else blocks.set(name, [fact]);
  }
  for (const [name, block] of blocks) {
    const [edition, gridCode] = name.split('/') as [string, string];
    const form = formOf(edition);
    const grid = form.grids.find((g) => g.code === gridCode);
    if (!grid) continue;
    const cells: Cells = new Map(block.map((f) => [nameOf(f), f]));
    for (const equation of form.equations)
      if (equation.kind === 'within' && equation.grid === gridCode) verdicts.push(...evaluate(equation, grid, cells));
  }
  return verdicts;
}

/** One equation, for every line or column of its grid that has a printed cell. */
export function evaluate(equation: Equation, grid: FormGrid, cells: Cells): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const instance of instancesOf(grid)(equation)) {
    const left = addUp(instance.left, cells);
    const right = addUp(instance.right, cells);
    if (!left.printed && !right.printed) continue;
    const result = left.open || right.open ? 'open' : judge(left.sum, right.sum, left.absent, right.absent);
    verdicts.push({
      equation,
      at: instance.at,
      left: instance.left,
      right: instance.right,
      result,
      leftSum: left.sum,
      rightSum: right.sum,
    });
  }
  return verdicts;
}

type Instance = Pick<Verdict, 'at' | 'left' | 'right'>;

/** The cells an equation speaks of, for each line or column: the same for every report. */
const instancesOf = memo((grid: FormGrid) =>
  memo((equation: Equation): Instance[] => {
    const over = equation.each === 'line' ? grid.lines.map((l) => l.code) : columnsOf(grid).map((c) => c.code);
    const refOf = (at: string, term: string): Term => {
      const ref =
        equation.each === 'line' ? { grid: grid.code, line: at, col: term } : { grid: grid.code, line: term, col: at };
      return { ...ref, name: nameOf(ref) };
    };
    return over.map((at) => ({
      at,
      left: equation.left.map((t) => refOf(at, t)),
      right: equation.right.map((t) => refOf(at, t)),
    }));
  }),
);

function addUp(terms: Term[], cells: Cells): { sum: number; printed: boolean; absent: boolean; open: boolean } {
  const side = { sum: 0, printed: false, absent: false, open: false };
  for (const { name } of terms) {
    const cell = cells.get(name);
    if (!cell) {
      side.open = true;
      continue;
    }
    side.printed = true;
    if (cell.value === null) side.absent = true;
    else side.sum += cell.value;
    if (cell.absence === 'text') side.open = true;
  }
  return side;
}

/**
 * Counts are not negative, so absent cells on one side are forced to 0 when the printed cells balance without them,
 * and cannot repair a side that is already too large. Otherwise an absent cell leaves the equation open.
 */
function judge(leftSum: number, rightSum: number, absentLeft: boolean, absentRight: boolean): Verdict['result'] {
  if (!absentLeft && !absentRight) return leftSum === rightSum ? 'holds' : 'fails';
  if (absentLeft && absentRight) return 'open';
  if (leftSum === rightSum) return 'holds';
  const short = absentLeft ? leftSum < rightSum : rightSum < leftSum;
  return short ? 'open' : 'fails';
}

function toFinding(verdict: Verdict): Finding {
  const { equation, at, left, right, leftSum, rightSum } = verdict;
  const place = equation.each === 'line' ? 'line' : 'column';
  return {
    code: equation.code,
    level: equation.level,
    cells: [...left, ...right].map(({ grid, line, col }) => ({ grid, line, col })),
    expected: rightSum,
    actual: leftSum,
    message: `${equation.zh}: ${place} ${at}: ${leftSum} ≠ ${rightSum}`,
  };
}

/** The one cell in which a failing row and a failing column cross, with the value that would satisfy both. */
function suspects(failures: Verdict[], facts: Fact[]): Finding[] {
  if (failures.length < 2) return [];
  const values = new Map(facts.map((f) => [nameOf(f), f.value]));
  const wanted = (verdict: Verdict, { name }: Term): number | null => {
    const value = values.get(name);
    if (value === undefined || value === null) return null;
    const onLeft = verdict.left.some((t) => t.name === name);
    return onLeft ? value + verdict.rightSum - verdict.leftSum : value + verdict.leftSum - verdict.rightSum;
  };
  const found = new Map<string, Finding>();
  for (const row of failures.filter((v) => v.equation.each === 'line'))
    for (const column of failures.filter((v) => v.equation.each === 'column')) {
      const crossing = new Set([...column.left, ...column.right].map((t) => t.name));
      const ref = [...row.left, ...row.right].find((t) => crossing.has(t.name));
      if (!ref || ref.grid !== column.left[0]!.grid) continue;
      const expected = wanted(row, ref);
      if (expected === null || expected !== wanted(column, ref) || expected < 0) continue;
      const { grid, line, col } = ref;
      const actual = values.get(ref.name) ?? null;
      found.set(
        ref.name,
        finding(
          'suspect_cell',
          [{ grid, line, col }],
          `${row.equation.code} and ${column.equation.code} would both hold if ${ref.line} · ${ref.col} were ${expected}, not ${actual}`,
          { expected, actual },
        ),
      );
    }
  return [...found.values()];
}

/** A number stated for the whole in the text should be the total in the table; one statement that agrees is enough. */
function proseFindings(facts: Fact[], mentions: Mention[]): Finding[] {
  const edition = facts.find((f) => f.grid === 'requests')?.edition ?? facts[0]?.edition;
  if (!edition) return [];
  const totals = new Map(facts.filter((f) => f.col === 'total').map((f) => [`${f.grid}/${f.line}`, f.value]));
  const findings: Finding[] = [];
  for (const equation of formOf(edition).equations.filter((e) => e.kind === 'prose')) {
    const stated = mentions.filter((m) => m.line === equation.left[0] && !m.part);
    const terms = equation.right.map((line) => totals.get(`${equation.grid}/${line}`));
    if (stated.length === 0 || terms.some((t) => t === null || t === undefined)) continue;
    const total = terms.reduce((sum: number, t) => sum + t!, 0);
    if (stated.some((m) => m.value === total)) continue;
    findings.push({
      code: equation.code,
      level: equation.level,
      cells: equation.right.map((line) => ({ grid: equation.grid, line, col: 'total' })),
      expected: stated[0]!.value,
      actual: total,
      message: `${equation.zh}: the text says ${stated.map((m) => m.value).join(', ')}, the table ${total}`,
    });
  }
  return findings;
}
