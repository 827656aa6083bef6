import { describe, expect, it } from 'vitest';
import { createRandom } from '../scripts/compose/random.ts';
import { check, evaluate } from '../transforms/forms/check.ts';
import {
  columnsOf,
  eachOf,
  formulaOf,
  kindOf,
  ofColumns,
  term,
  termsOf,
  type Equation,
} from '../transforms/forms/form.ts';
import { formOf, forms, gridOf } from '../transforms/forms/index.ts';
import type { Fact } from '../transforms/report.ts';
import { formRows } from '../warehouse/form-rows.ts';
import { checkSeries } from '../warehouse/series.ts';

const all = forms.flatMap((form) => form.equations.map((e) => [form.edition, e.code, e] as const));

describe.each(all)('%s %s', (edition, _, equation) => {
  const grid = gridOf(edition, equation.grid);
  it('names cells that its grid has, all in the same way', () => {
    const lines = grid.lines.map((l) => l.code);
    const columns = columnsOf(grid).map((c) => c.code);
    for (const { line, col, stated } of termsOf(equation)) {
      if (stated !== undefined) continue;
      expect(line === undefined || lines.includes(line)).toBe(true);
      expect(col === undefined || columns.includes(col)).toBe(true);
      const names = {
        line: line === undefined,
        column: col === undefined,
        once: line !== undefined && col !== undefined,
      };
      expect(names[eachOf(equation)]).toBe(true);
    }
  });
  it('compares one number of the text with cells of this year, or only cells', () => {
    const stated = termsOf(equation).filter((t) => t.stated !== undefined);
    expect(stated).toEqual(kindOf(equation) === 'prose' ? [equation.left[0]] : []);
    if (kindOf(equation) === 'prose') expect(termsOf(equation).every((t) => t.year === 0)).toBe(true);
  });
});

it('an edition is data: nothing of it is lost in JSON', () => {
  expect(JSON.parse(JSON.stringify(forms))).toEqual(forms);
});

it('a formula shows signs and years', () => {
  const of = (edition: string, code: string) => formulaOf(formOf(edition).equations.find((e) => e.code === code)!);
  expect(of('2021', 'series.in_force')).toBe('in_force = in_force(y-1) + issued - repealed');
  expect(of('2019', 'series.items')).toBe('items_last_year = items_last_year(y-1) + change(y-1)');
  expect(of('2021', 'prose.handled')).toBe('stated(handled) = received/total + carried_in/total');
});

describe('the published terms, evaluated from their rows alone', () => {
  /** Every cell of an edition, small enough that some equations hold by chance. */
  const filled = (edition: string, seed: number): Fact[] => {
    const random = createRandom(seed);
    return formOf(edition).grids.flatMap((grid) =>
      grid.lines.flatMap((line) =>
        line.columns.map((c): Fact => ({
          grid: grid.code,
          line: line.code,
          col: c.code,
          edition,
          value: random.whole(0, 2),
          absence: null,
          unit: 'count',
          raw: '',
          status: 'unverified',
          proofs: 0,
          place: { block: 0, row: 0, column: 0 },
        })),
      ),
    );
  };
  const cell = (c: { grid: string; line: string; col: string }) => `${c.grid}/${c.line}/${c.col}`;
  const rows = formRows();

  /** Codes and sums of the equations of a kind that fail, each with the place that its first term has. */
  function failing(kind: 'within' | 'series', edition: string, now: Fact[], before: Fact[]): string[] {
    const years = new Map([0, -1].map((y) => [y, new Map((y === 0 ? now : before).map((f) => [cell(f), f.value!]))]));
    return rows.form_equations
      .filter((e) => e['edition'] === edition && e['kind'] === kind)
      .flatMap((e) => {
        const terms = rows.form_terms.filter((t) => t['edition'] === edition && t['code'] === e['code']);
        const grid = gridOf(edition, String(e['grid']));
        const places = e['over'] === 'line' ? grid.lines : columnsOf(grid);
        return places.flatMap(({ code: place }) => {
          const sums = { left: 0, right: 0 };
          for (const { side, sign, year, line, col } of terms) {
            const name = `${grid.code}/${String(line ?? place)}/${String(col ?? place)}`;
            const value = years.get(Number(year))!.get(name);
            if (value === undefined) return [];
            sums[side as 'left' | 'right'] += Number(sign) * value;
          }
          const { line, col } = terms[0]!;
          const first = `${grid.code}/${String(line ?? place)}/${String(col ?? place)}`;
          return sums.left === sums.right ? [] : [`${String(e['code'])} ${first} ${sums.left} ${sums.right}`];
        });
      })
      .sort();
  }

  it.each(forms.map((f) => f.edition))('%s: they fail where the check says so, and nowhere else', (edition) => {
    for (let seed = 0; seed < 5; seed++) {
      const [before, now] = [filled(edition, seed), filled(edition, seed + 100)];
      const found = (findings: ReturnType<typeof check>['findings']) =>
        findings
          .filter((f) => f.code !== 'suspect_cell')
          .map((f) => `${f.code} ${cell(f.cells[0]!)} ${f.actual} ${f.expected}`)
          .sort();
      expect(found(check(now, []).findings)).toEqual(failing('within', edition, now, []));
      expect(found(checkSeries(before, now))).toEqual(failing('series', edition, now, before));
      expect(failing('within', edition, now, []).length).toBeGreaterThan(0);
    }
  });
});

describe('an absent cell behind a minus sign', () => {
  const grid = gridOf('2021', 'disputes');
  const net: Equation = {
    code: 'invented.net',
    grid: 'disputes',
    left: ofColumns('total'),
    right: [term({ col: 'upheld' }), term({ col: 'pending', sign: -1 })],
    level: 'error',
    zh: '',
    en: '',
  };
  const result = (total: number | null, upheld: number | null, pending: number | null) => {
    const values = Object.entries({ total, upheld, pending });
    const cells = new Map(
      values.map(
        ([col, value]) =>
          [`disputes/reconsideration/${col}`, { value, absence: value === null ? 'blank' : null }] as const,
      ),
    );
    return evaluate(net, grid, cells)[0]!.result;
  };
  it('is 0 where the others balance, and can only make its side smaller', () => {
    expect([result(3, 5, 2), result(3, 5, 1)]).toEqual(['holds', 'fails']);
    expect([result(5, 5, null), result(3, 5, null), result(7, 5, null)]).toEqual(['holds', 'open', 'fails']);
    expect(result(null, 5, 2)).toBe('open');
    expect(result(null, 5, 7)).toBe('fails');
    expect(result(null, 5, null)).toBe('open');
  });
});
