import { describe, expect, it } from 'vitest';
import { key, printedGrids, type Figures } from '../scripts/compose/figures.ts';
import { check } from '../transforms/forms/check.ts';
import { kindOf } from '../transforms/forms/form.ts';
import { formOf, forms } from '../transforms/forms/index.ts';
import type { Fact, Mention } from '../transforms/report.ts';
import { figuresOf, withCells } from './reading.fixture.ts';

type Absence = Fact['absence'];
const factOf = (
  edition: string,
  path: string,
  value: number | null,
  absence: Absence = value === null ? 'blank' : null,
): Fact => {
  const [grid, line, col] = path.split('/') as [string, string, string];
  return {
    grid,
    line,
    col,
    edition,
    value,
    absence,
    unit: 'count',
    raw: String(value ?? ''),
    status: 'unverified',
    proofs: 0,
    place: { block: 0, row: 0, column: 0 },
  };
};
const factsOf = (f: Figures): Fact[] =>
  printedGrids(f).flatMap(({ code, edition, lines }) =>
    lines.flatMap((l) =>
      l.columns.flatMap((c) =>
        f.cells.has(key(code, l.code, c.code))
          ? [factOf(edition, key(code, l.code, c.code), f.cells.get(key(code, l.code, c.code))!)]
          : [],
      ),
    ),
  );
const statusOf = (facts: Fact[], path: string) => facts.find((x) => `${x.grid}/${x.line}/${x.col}` === path)?.status;
const nameOf = (c: { grid: string; line: string; col: string }) => `${c.grid}/${c.line}/${c.col}`;

const editions = {
  '2019': figuresOf({ edition: '2019', year: 2020 }),
  '2021': figuresOf(),
  mixed: figuresOf({ mixed: true }),
};
const f = editions['2021'];

/** A filled annex whose equations all hold. */
const annex = (): Fact[] => {
  const form = formOf('2014');
  const grid = form.grids[0]!;
  const values = new Map(grid.lines.map((l, i) => [l.code, i + 1]));
  for (let pass = 0; pass < 3; pass++)
    for (const e of form.equations)
      values.set(
        e.left[0]!.line!,
        e.right.reduce((n, { line }) => n + values.get(line!)!, 0),
      );
  return grid.lines.map((l) => factOf('2014', `annex/${l.code}/value`, values.get(l.code)!));
};

describe('a report whose sums are right', () => {
  it.each(Object.entries(editions))(
    '%s: every cell that an equation covers is verified, the others are not',
    (_, figures) => {
      const { facts, findings } = check(factsOf(figures), []);
      expect(findings).toEqual([]);
      for (const fact of facts)
        expect([nameOf(fact), fact.status]).toEqual([
          nameOf(fact),
          fact.grid === 'proactive' ? 'unverified' : 'verified',
        ]);
    },
  );
  it('the annex of 2014', () => {
    const { facts, findings } = check(annex(), []);
    expect(findings).toEqual([]);
    expect(statusOf(facts, 'annex/received_online/value')).toBe('verified');
    expect(statusOf(facts, 'annex/complaints/value')).toBe('unverified');
  });
  it('values and their raw text are left alone', () => {
    const given = factsOf(f);
    const { facts } = check(given, []);
    expect(facts.map((x) => ({ ...x, status: 'unverified', proofs: 0 }))).toEqual(given);
  });
  it('no facts, no findings', () => {
    expect(check([], [])).toEqual({ facts: [], findings: [] });
  });
});

describe('one wrong number', () => {
  const changed = (figures: Figures, path: string) =>
    check(factsOf({ ...figures, cells: new Map(figures.cells).set(path, figures.cells.get(path)! + 1) }), []);

  it.each(Object.entries(editions))(
    'every cell of sections 三 and 四 by one, in turn: contradicted, and named: %s',
    (_, figures) => {
      for (const path of figures.cells.keys()) {
        if (path.startsWith('proactive/')) continue;
        const { facts, findings } = changed(figures, path);
        expect([path, statusOf(facts, path)]).toEqual([path, 'contradicted']);
        expect(findings.some((x) => x.cells.some((c) => nameOf(c) === path))).toBe(true);
      }
    },
  );

  it('the cell in which a failing row and a failing column cross is the suspect, with the value that would satisfy both', () => {
    const grid = printedGrids(f).find((g) => g.code === 'requests')!;
    for (const line of grid.lines)
      for (const { code: col } of line.columns) {
        const path = key('requests', line.code, col);
        const value = f.cells.get(path)!;
        const suspects = changed(f, path).findings.filter((x) => x.code === 'suspect_cell');
        expect([path, suspects.map((x) => [x.cells.map(nameOf), x.expected, x.actual])]).toEqual([
          path,
          [[[path], value, value + 1]],
        ]);
      }
  });

  it.each(
    forms.flatMap((form) =>
      form.equations.filter((e) => kindOf(e) === 'within').map((e) => [form.edition, e.code, e] as const),
    ),
  )('%s %s violated', (edition, code, equation) => {
    const given = edition === '2014' ? annex() : factsOf(editions[edition as keyof typeof editions]);
    const { line, col } = equation.left[0]!;
    const at = given.findIndex((x) => x.grid === equation.grid && (x.line === line || x.col === col));
    const wrong = given.map((x, i) => (i === at ? { ...x, value: x.value! + 5 } : x));
    const found = check(wrong, []).findings.filter((x) => x.code === code);
    expect(found.length).toBe(1);
    expect(found[0]).toMatchObject({ level: equation.level, actual: found[0]!.expected! + 5 });
    expect(found[0]!.cells.map(nameOf)).toContain(nameOf(given[at]!));
    expect(found[0]!.cells.length).toBe(equation.left.length + equation.right.length);
  });

  it('two wrong numbers in one row: the row and both columns fail', () => {
    const wrong = withCells(f, { 'requests/granted/natural_person': 1, 'requests/granted/enterprise': 1 });
    const { facts, findings } = check(factsOf(wrong), []);
    expect(findings.map((x) => x.code).filter((c) => c === 'requests.outcomes').length).toBe(2);
    for (const path of [
      'requests/granted/natural_person',
      'requests/granted/enterprise',
      'requests/concluded/enterprise',
    ])
      expect(statusOf(facts, path)).toBe('contradicted');
    expect(statusOf(facts, 'requests/received/other_org')).toBe('verified');
  });
});

describe('absent cells', () => {
  const path = (col: string) => `disputes/reconsideration/${col}`;
  const row = (...values: (number | Absence | undefined)[]) =>
    check(
      ['upheld', 'corrected', 'other', 'pending', 'total'].flatMap((col, i) => {
        const v = values[i];
        return v === undefined
          ? []
          : [typeof v === 'number' ? factOf('2021', path(col), v) : factOf('2021', path(col), null, v)];
      }),
      [],
    );
  const statuses = ({ facts }: { facts: Fact[] }) => [...new Set(facts.map((x) => x.status))];

  it.each(['blank', 'dash', 'slash'] as const)(
    '%s that the others force to 0: the equation holds, the cell stays absent',
    (absence) => {
      const { facts, findings } = row(3, absence, absence, 2, 5);
      expect(findings).toEqual([]);
      expect(statuses({ facts })).toEqual(['verified']);
      expect(facts.find((x) => x.col === 'other')).toMatchObject({ value: null, absence });
    },
  );
  it('a blank total of zeros', () => {
    expect(statuses(row(0, 0, 0, 0, 'blank'))).toEqual(['verified']);
  });
  it.each(['blank', 'dash', 'slash', 'text'] as const)(
    '%s that may be anything: open, nothing is verified or contradicted',
    (absence) => {
      expect(row(3, absence, 0, 0, 5)).toMatchObject({ findings: [] });
      expect(statuses(row(3, absence, 0, 0, 5))).toEqual(['unverified']);
      expect(statuses(row(3, 1, 0, 0, absence))).toEqual(['unverified']);
    },
  );
  it('all blank', () => {
    expect(statuses(row('blank', 'blank', 'blank', 'blank', 'blank'))).toEqual(['unverified']);
  });
  it('blank parts and a total of 0', () => {
    expect(statuses(row('blank', 'blank', 'blank', 'blank', 0))).toEqual(['verified']);
  });
  it('text is never read as 0', () => {
    expect(statuses(row(3, 'text', 0, 2, 5))).toEqual(['unverified']);
  });
  it('no blank can repair a side that is too large', () => {
    const { facts, findings } = row(3, 'blank', 0, 4, 5);
    expect(statuses({ facts })).toEqual(['contradicted']);
    expect(findings[0]).toMatchObject({ code: 'disputes.row', expected: 7, actual: 5 });
  });
  it('a cell that is not printed leaves the equation open', () => {
    expect(statuses(row(3, 0, 0, undefined, 3))).toEqual(['unverified']);
    expect(statuses(row(3, 0, 0, undefined, 2))).toEqual(['unverified']);
  });
});

describe('proofs', () => {
  const proofsOf = (facts: Fact[], path: string) => facts.find((x) => nameOf(x) === path)?.proofs;
  it('are the equations over a cell that hold', () => {
    const { facts } = check(factsOf(f), []);
    expect(proofsOf(facts, 'requests/granted/enterprise')).toBe(2);
    expect(proofsOf(facts, 'requests/concluded/enterprise')).toBe(3);
    expect(proofsOf(facts, 'disputes/reconsideration/total')).toBe(1);
    expect(proofsOf(facts, 'proactive/licensing/decisions')).toBe(0);
  });
  it('that fail or cannot be evaluated are none', () => {
    const without = factsOf(f).filter((x) => x.line !== 'concluded');
    expect(proofsOf(check(without, []).facts, 'requests/granted/enterprise')).toBe(1);
    const broken = factsOf(f).map((x) => (nameOf(x) === 'requests/granted/total' ? { ...x, value: x.value! + 1 } : x));
    expect(proofsOf(check(broken, []).facts, 'requests/granted/enterprise')).toBe(1);
  });

  const ways: Partial<Fact>[] = [
    { read_by: 'ocr' },
    { placed: 'by_equation' },
    { placed: 'by_order' },
    { placed: 'by_likeness' },
    { placed: 'by_count' },
  ];
  describe.each(ways)('of a cell that its labels do not name: %o', (way) => {
    const unnamed = (facts: Fact[]) =>
      check(
        facts.map((x): Fact => ({ ...x, ...way })),
        [],
      ).facts;
    it('verify it when they run along its line and along its column', () => {
      const facts = unnamed(factsOf(f));
      expect(statusOf(facts, 'requests/granted/enterprise')).toBe('verified');
      expect(statusOf(facts, 'requests/received/enterprise')).toBe('verified');
      expect(statusOf(facts, 'disputes/reconsideration/total')).toBe('unverified');
      expect(unnamed(annex()).every((x) => x.status === 'unverified')).toBe(true);
    });
    it('do not when its line alone holds', () => {
      const facts = unnamed(factsOf(f).filter((x) => x.line !== 'concluded'));
      expect(statusOf(facts, 'requests/granted/enterprise')).toBe('unverified');
    });
    it('do not when two hold along its column and none along its line', () => {
      const facts = unnamed(factsOf(f).filter((x) => !(x.line === 'concluded' && x.col === 'total')));
      expect(facts.find((x) => nameOf(x) === 'requests/concluded/enterprise')).toMatchObject({
        proofs: 2,
        status: 'unverified',
      });
    });
  });
});

describe('numbers stated in the text', () => {
  const mention = (line: Mention['line'], value: number, more: Partial<Mention> = {}): Mention => ({
    line,
    value,
    unit: '件',
    sentence: `${value}件`,
    ...more,
  });
  const total = (line: string) => f.cells.get(`requests/${line}/total`)!;
  const found = (...mentions: Mention[]) =>
    check(factsOf(f), mentions).findings.map((x) => [x.code, x.level, x.expected, x.actual]);

  it.each(['received', 'carried_in', 'concluded', 'carried_out'] as const)('%s', (line) => {
    expect(found(mention(line, total(line)))).toEqual([]);
    expect(found(mention(line, total(line) + 1))).toEqual([[`prose.${line}`, 'warning', total(line) + 1, total(line)]]);
  });
  it('办理总数 is 新收 and 上年结转 together; litigation is direct and after reconsideration', () => {
    expect(found(mention('handled', total('received') + total('carried_in')))).toEqual([]);
    expect(found(mention('handled', total('received')))[0]![0]).toBe('prose.handled');
    const litigation =
      f.cells.get('disputes/litigation_direct/total')! +
      f.cells.get('disputes/litigation_after_reconsideration/total')!;
    expect(found(mention('litigation', litigation))).toEqual([]);
    expect(found(mention('litigation', litigation + 1))[0]![0]).toBe('prose.litigation');
    expect(found(mention('reconsideration', 0))[0]![0]).toBe('prose.reconsideration');
  });
  it('受理 may be said of what is new and what is carried in together', () => {
    const gross = total('received') + total('carried_in');
    expect(found(mention('received', gross, { sentence: `受理申请${gross}件` }))).toEqual([]);
    expect(found(mention('received', gross, { sentence: `新收申请${gross}件` }))[0]![0]).toBe('prose.received');
    expect(found(mention('received', gross + 1))[0]![0]).toBe('prose.received');
  });
  it('a part of the whole is not compared, and one statement that agrees is enough', () => {
    expect(found(mention('received', 1, { part: true }))).toEqual([]);
    expect(found(mention('received', 1), mention('received', total('received')))).toEqual([]);
  });
  it('a text that disagrees contradicts no cell: text and table may count different things', () => {
    const { facts } = check(factsOf(f), [mention('received', 1)]);
    expect(statusOf(facts, 'requests/received/total')).toBe('verified');
  });
  it('a total that is not printed is not compared', () => {
    const without = factsOf(f).map((x) =>
      x.line === 'received' && x.col === 'total' ? { ...x, value: null, absence: 'blank' as const } : x,
    );
    expect(check(without, [mention('received', 1)]).findings.map((x) => x.code)).not.toContain('prose.received');
  });
});
