import type { Equation, Form } from '../transforms/forms/form.ts';
import type { Fact } from '../transforms/report.ts';
import type { CellRef, Finding } from '../transforms/findings.ts';
import { forms } from '../transforms/forms/index.ts';
import { cellKey } from './witnesses.ts';

/** Equations between two years of one publisher. */

/** Sign of each term of the right side, which is last year's unless listed as this year's. */
interface Reading {
  minus?: string[];
  thisYear?: string[];
}

/** The form names the terms of a series equation; which year and which sign each has is said here. */
const readings: Record<string, Reading> = {
  'series.carry': {},
  'series.in_force': { minus: ['repealed'], thisYear: ['issued', 'repealed'] },
  'series.items': {},
};

/**
 * What `now` contradicts of `before`, the facts of the same publisher's previous report. An equation with an absent
 * cell is not applicable. Throws on a series equation that this module does not know how to read.
 */
export function checkSeries(before: Fact[], now: Fact[]): Finding[] {
  const past = new Map(before.map((f) => [cellKey(f), f]));
  const present = new Map(now.map((f) => [cellKey(f), f]));
  const findings: Finding[] = [];
  for (const { equation, cells } of instances()) {
    const reading = readings[equation.code];
    if (!reading) throw new Error(`series equation ${equation.code} is not known to the warehouse`);
    const left = cells(equation.left).map((c) => present.get(cellKey(c)));
    // A line that changed its edition between the years has other columns, so its cells are simply not there.
    if (left.some((f) => f?.edition !== undefined && !equation.editions.includes(f.edition))) continue;
    const right = cells(equation.right).map((c, i) => {
      const term = equation.right[i]!;
      const fact = (reading.thisYear?.includes(term) ? present : past).get(cellKey(c));
      return { value: fact?.value, sign: reading.minus?.includes(term) ? -1 : 1 };
    });
    const actual = sum(left.map((f) => f?.value));
    const expected = sum(right.map((r) => (r.value === undefined || r.value === null ? null : r.sign * r.value)));
    if (actual === null || expected === null || actual === expected) continue;
    findings.push({
      code: equation.code,
      level: equation.level,
      cells: cells(equation.left),
      expected,
      actual,
      message: `${equation.zh}：应为 ${expected}，实为 ${actual} · ${equation.en}`,
    });
  }
  return findings;
}

/** Null when a term is absent; counts are integers, so no rounding is involved. */
const sum = (terms: (number | null | undefined)[]): number | null => {
  let total = 0;
  for (const term of terms) {
    if (term === null || term === undefined) return null;
    total += term;
  }
  return total;
};

interface Instance {
  equation: Equation & { editions: string[] };
  cells(terms: string[]): CellRef[];
}

let cached: Instance[] | null = null;

/** Every series equation at every line or column it runs over; one that several editions share occurs once. */
function instances(): Instance[] {
  cached ??= [...merged(forms).values()].flatMap(({ equation, along }) =>
    [...along].map((each) => ({
      equation,
      cells: (terms: string[]) =>
        terms.map((term) =>
          equation.each === 'line'
            ? { grid: equation.grid, line: each, col: term }
            : { grid: equation.grid, line: term, col: each },
        ),
    })),
  );
  return cached;
}

function merged(all: Form[]): Map<string, { equation: Instance['equation']; along: Set<string> }> {
  const byCode = new Map<string, { equation: Instance['equation']; along: Set<string> }>();
  for (const form of all) {
    for (const equation of form.equations.filter((e) => e.kind === 'series')) {
      const entry = byCode.get(equation.code) ?? { equation: { ...equation, editions: [] }, along: new Set<string>() };
      entry.equation.editions.push(form.edition);
      for (const line of form.grids.find((g) => g.code === equation.grid)?.lines ?? []) {
        if (equation.each === 'line') entry.along.add(line.code);
        else for (const col of line.columns) entry.along.add(col.code);
      }
      byCode.set(equation.code, entry);
    }
  }
  return byCode;
}
