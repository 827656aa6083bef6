import { describe, expect, test } from 'vitest';
import { blankTotals, blankZeros, plantWrongSum, revised, withoutLines } from '../scripts/compose/damage.ts';
import { composeFigures, key, printedGrids, tenThousands, truthOf, type Figures } from '../scripts/compose/figures.ts';
import { formOf } from '../transforms/forms/index.ts';
import { eachOf, kindOf, type Equation, type Term } from '../transforms/forms/form.ts';

const base = { publisher: '示例市甲区人民政府', division_code: '990101', year: 2022 };
const make = (seed: number, more: Partial<Parameters<typeof composeFigures>[0]> = {}) =>
  composeFigures({ ...base, seed, edition: '2021', ...more });

/** Places of the `within` equations that do not hold, evaluated from the form alone. */
function broken(f: Figures): string[] {
  return printedGrids(f).flatMap(({ code, edition, grid, lines }) =>
    formOf(edition)
      .equations.filter((e) => kindOf(e) === 'within' && e.grid === code)
      .flatMap((e) => {
        const places = eachOf(e) === 'line' ? lines.map((l) => l.code) : grid.lines[0]!.columns.map((c) => c.code);
        const sum = (terms: Term[], place: string) =>
          terms.reduce((n, { line = place, col = place }) => n + (f.cells.get(key(code, line, col)) ?? 0), 0);
        return places.filter((p) => sum(e.left, p) !== sum(e.right, p)).map((p) => `${e.code} ${p}`);
      }),
  );
}

describe('composed figures', () => {
  test.each([
    ['2019', 'small'],
    ['2019', 'large'],
    ['2021', 'small'],
    ['2021', 'large'],
  ] as const)('keep every equation of the form: %s %s', (edition, size) => {
    for (let seed = 0; seed < 20; seed++) {
      const f = make(seed, { edition, size });
      expect(f.cells.size).toBe(
        formOf(edition)
          .grids.filter((g) => g.code !== 'annex')
          .flatMap((g) => g.lines.flatMap((l) => l.columns)).length,
      );
      expect(broken(f)).toEqual([]);
    }
  });

  test('are the same for the same seed and differ for another', () => {
    expect(truthOf(make(3))).toEqual(truthOf(make(3)));
    expect(truthOf(make(3, { size: 'large' }))).not.toEqual(truthOf(make(4, { size: 'large' })));
  });

  test('are large for governments and mostly zero for departments', () => {
    const zeros = [...make(1).cells.values()].filter((v) => v === 0).length;
    expect(zeros).toBeGreaterThan(150);
    expect(make(1, { size: 'large' }).cells.get('requests/received/total')).toBeGreaterThan(400);
  });

  test('continue the series of last year', () => {
    for (const edition of ['2019', '2021'] as const) {
      for (let seed = 0; seed < 10; seed++) {
        const previous = make(seed, { edition, size: 'large', year: 2022 });
        const next = make(seed + 100, { edition, size: 'large', year: 2023, previous });
        const series = formOf(edition).equations.filter((e) => kindOf(e) === 'series');
        expect(series.length).toBe(2);
        expect(series.filter((e) => !seriesHolds(e, previous, next)).map((e) => e.code)).toEqual([]);
      }
    }
  });

  test('state in words what the tables say', () => {
    const { cells, prose } = make(5, { size: 'large' });
    expect(prose.received).toBe(cells.get('requests/received/total'));
    expect(prose.litigation).toBe(
      cells.get('disputes/litigation_direct/total')! + cells.get('disputes/litigation_after_reconsideration/total')!,
    );
  });

  test('mixed editions print the single row of 2019 under the columns of 2021', () => {
    const f = make(6, { mixed: true, size: 'large' });
    expect(printedGrids(f).map((g) => g.edition)).toEqual(['2021', '2019', '2021']);
    expect(f.cells.has('requests/other/total')).toBe(true);
    expect(f.cells.has('requests/other_other/total')).toBe(false);
    expect(broken(f)).toEqual([]);
  });
});

function seriesHolds(e: Equation, previous: Figures, next: Figures): boolean {
  const at = (f: Figures, line: string, col: string) => f.cells.get(key(e.grid, line, col));
  if (e.code === 'series.carry') {
    return ['natural_person', 'enterprise', 'total'].every(
      (col) => at(next, 'carried_in', col) === at(previous, 'carried_out', col),
    );
  }
  const lines = [
    ...new Set([...next.cells.keys()].filter((k) => k.endsWith(`/${e.left[0]!.col}`)).map((k) => k.split('/')[1]!)),
  ];
  expect(lines.length).toBeGreaterThan(1);
  if (e.code === 'series.items') {
    return lines.every(
      (l) => at(next, l, 'items_last_year') === at(previous, l, 'items_last_year')! + at(previous, l, 'change')!,
    );
  }
  return lines.every(
    (l) => at(next, l, 'in_force') === at(previous, l, 'in_force')! + at(next, l, 'issued')! - at(next, l, 'repealed')!,
  );
}

describe('damage', () => {
  const f = make(8, { size: 'large' });

  test('a planted wrong number breaks its row and its column and is named', () => {
    const wrong = plantWrongSum(f, 1);
    const [, line, col] = wrong.error_planted!;
    expect(broken(wrong)).toEqual([`requests.row ${line}`, `requests.outcomes ${col}`]);
    expect(truthOf(wrong).error_planted).toEqual(wrong.error_planted);
    expect(broken(f)).toEqual([]);
  });

  test('blank zeros and blank totals have no value in the truth', () => {
    const zero = truthOf(f).facts.filter((x) => x.value === 0 && x.grid !== 'proactive').length;
    expect(zero).toBeGreaterThan(0);
    expect(truthOf(blankZeros(f)).facts.filter((x) => x.value === null).length).toBe(zero);
    expect(truthOf(blankTotals(f)).facts.filter((x) => x.value === null).length).toBe(25);
  });

  test('a line that is not printed has no fact', () => {
    const less = withoutLines(f, 'requests', ['received']);
    expect(truthOf(less).facts.length).toBe(truthOf(f).facts.length - 7);
  });

  test('a silent revision keeps every equation', () => {
    expect(broken(revised(f))).toEqual([]);
    expect(revised(f).prose.received).toBe(f.prose.received! + 1);
  });
});

test('amounts are exact in 万元', () => {
  expect([480526708.34, 251000, 0, 100, 0.01, 2122500000].map(tenThousands)).toEqual([
    '48052.670834',
    '25.1',
    '0',
    '0.01',
    '0.000001',
    '212250',
  ]);
});

test('amounts without a unit are in the truth as printed', () => {
  const f = { ...make(1), cells: new Map([['proactive/fees/amount', 251000]]) };
  expect(truthOf(f).facts).toEqual([{ grid: 'proactive', line: 'fees', col: 'amount', value: 251000 }]);
  expect(truthOf(f, 'none').facts[0]?.value).toBe(25.1);
});
