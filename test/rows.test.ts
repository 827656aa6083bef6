import { describe, expect, it } from 'vitest';
import type { TableRow } from '../warehouse/schema.ts';
import { rowsOf } from '../warehouse/rows.ts';
import { inputsOf, portal, told, type Told } from './warehouse.fixture.ts';
import type { WarehouseInputs } from '../warehouse/inputs.ts';
import { finding, type Finding } from '../transforms/findings.ts';
import { brokenRow } from './reading.fixture.ts';

const table = (inputs: WarehouseInputs, name: string): TableRow[] => [...(rowsOf(inputs)[name] ?? [])];
const reportsOf = (tellings: Told[]) => table(inputsOf(tellings), 'reports');
const findingsOf = (tellings: Told[]) => table(inputsOf(tellings), 'findings');
const cell = (row: TableRow[], name: string) => {
  const fact = row.find((f) => `${f['grid']}/${f['line']}/${f['col']}` === name);
  return fact?.['value'];
};

const received = 'requests/received/total';
const invented = (tellings: Told[]) => reportsOf(tellings).map((r) => r['invented']);
const half = (name: string) => name.startsWith('requests');
const series = (tellings: Told[]) =>
  findingsOf(tellings).map(({ code, level, cells, expected, actual, scope }) => ({
    code,
    level,
    cells,
    expected,
    actual,
    scope,
  }));
const items = (year: number, last: number, change: number): Told => ({
  year,
  edition: '2019',
  values: { 'proactive/licensing/items_last_year': last, 'proactive/licensing/change': change },
});
/** Cells of the edition 2021. */
const cellCount = 200;
const mirror = { url: 'https://mirror.simulator.test/a.html' };

describe('one report is a publisher and a year', () => {
  it('makes one of several documents and counts them as witnesses', () => {
    const [report, ...more] = reportsOf([{}, mirror]);
    expect(more).toEqual([]);
    expect(report).toMatchObject({
      publisher: '示例市甲区人民政府',
      year: 2022,
      witnesses: 2,
      facts: cellCount,
      simulated: true,
    });
    expect(report?.['report_id']).toMatch(/^990101-[0-9a-f]{8}-2022$/);
  });

  it('keeps an office apart from its government, and years apart', () => {
    expect(reportsOf([{}, { publisher: '示例市甲区人民政府办公室' }, { year: 2023 }])).toHaveLength(3);
  });

  it.each<[string, (string | null)[], (string | null)[]]>([
    ['no code joins the only code', ['990101', null], ['990101']],
    ['the code of the prefecture joins the district', ['990101', '990100'], ['990101']],
    ['the code of the province joins the district', ['990000', '990101', null], ['990101']],
    ['two districts of one name stay apart', ['990101', '990201'], ['990101', '990201']],
    ['what could be either stays by itself', ['990101', '990102', null], ['990101', '990102', null]],
    ['none at all is none', [null, null], [null]],
  ])('%s', (_, divisions, expected) => {
    const reports = reportsOf(divisions.map((division, i) => ({ division, url: `https://x.simulator.test/${i}` })));
    expect(reports.map((r) => r['division_code']).sort()).toEqual([...expected].sort());
  });

  it('settles a division over all years of a publisher, so that its series has one id', () => {
    const ids = reportsOf([{ year: 2021, division: null }, { year: 2022 }]).map((r) => String(r['report_id']));
    expect(new Set(ids.map((id) => id.slice(0, -4))).size).toBe(1);
  });

  it('knows an invented place by its code, or by that of its portal', () => {
    expect(invented([{ division: '440118' }])).toEqual([false]);
    expect(invented([{ division: '990101' }])).toEqual([true]);
    expect(invented([{ division: null }])).toEqual([true]);
    const elsewhere = inputsOf([{ division: null }], { portals: [{ ...portal, division: '440118' }] });
    expect(table(elsewhere, 'reports').map((r) => r['invented'])).toEqual([false]);
  });

  it('drops a date of publication that no calendar has', () => {
    expect(reportsOf([{ published_on: '2023-02-30' }])[0]?.['published_on']).toBeNull();
    expect(reportsOf([{ published_on: '2023-02-28' }])[0]?.['published_on']).toBe('2023-02-28');
  });
});

describe('the best witness gives the numbers', () => {
  const error = brokenRow();
  const urls = { a: 'https://a.simulator.test/1', b: 'https://b.simulator.test/1' };
  it.each<[string, Told, Told]>([
    ['official before known', { trust: 'official', findings: [error] }, { trust: 'known' }],
    ['known before simulated', { trust: 'known', findings: [error] }, { trust: 'simulated' }],
    ['simulated before a clone', { trust: 'simulated', findings: [error] }, { trust: 'clone' }],
    ['a table with errors before no table', { findings: [error] }, { only: () => false }],
    ['fewest errors before most cells', { only: half }, { findings: [error] }],
    ['most cells', {}, { only: half }],
  ])('%s', (_, better, worse) => {
    for (const [x, y] of [
      [urls.a, urls.b],
      [urls.b, urls.a],
    ] as const) {
      const [report] = reportsOf([
        { ...worse, url: y, values: { [received]: 2 } },
        { ...better, url: x, values: { [received]: 1 } },
      ]);
      expect(report?.['url']).toBe(x);
    }
  });

  it('is the same whatever the order of the documents', () => {
    const inputs = inputsOf([{ url: urls.a }, { url: urls.b }]);
    const reversed = { ...inputs, documents: inputs.documents.toReversed(), readings: inputs.readings.toReversed() };
    expect(table(reversed, 'reports')).toEqual(table(inputs, 'reports'));
  });

  it('finds every cell on which a witness disagrees, a blank against a zero too', () => {
    const findings = findingsOf([
      { trust: 'official', values: { [received]: 5, 'requests/granted/total': 0 } },
      { ...mirror, trust: 'known', values: { [received]: 6, 'requests/granted/total': null } },
    ]);
    expect(
      findings.map(({ code, scope, cells, expected, actual }) => ({ code, scope, cells, expected, actual })),
    ).toEqual(
      expect.arrayContaining([
        { code: 'witness.disagree', scope: 'witness', cells: received, expected: 5, actual: 6 },
        { code: 'witness.disagree', scope: 'witness', cells: 'requests/granted/total', expected: 0, actual: null },
      ]),
    );
    expect(findings).toHaveLength(2);
  });

  it('takes the same number in yuan and without a unit for a disagreement', () => {
    const twins = [{ trust: 'official' as const }, { ...mirror, trust: 'known' as const }];
    expect(findingsOf(twins)).toEqual([]);
    const [found, ...more] = findingsOf([twins[0]!, { ...twins[1]!, withoutUnit: true }]);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'witness.disagree', cells: 'proactive/fees/amount', expected: 0, actual: 0 });
    expect(found?.['message']).toMatch(/; only the chosen document states the unit$/);
  });

  it('says which cells only one of them has', () => {
    const findings = findingsOf([
      { trust: 'official', only: (c) => c !== received },
      { ...mirror, only: (c) => c !== 'disputes/reconsideration/total' },
    ]);
    expect(findings.map((f) => [f['code'], f['cells']]).sort()).toEqual([
      ['witness.extra', received],
      ['witness.missing', 'disputes/reconsideration/total'],
    ]);
  });

  it('publishes the first of a cell that a document prints twice, and says so', () => {
    const inputs = inputsOf([{ values: { [received]: 5 } }]);
    const { facts } = inputs.readings[0]!.reading;
    const first = facts.find((f) => f.grid === 'requests' && f.line === 'received' && f.col === 'total')!;
    facts.push({ ...first, value: 7, raw: '7' });
    expect(cell(table(inputs, 'facts'), received)).toBe(5);
    expect(table(inputs, 'facts')).toHaveLength(cellCount);
    expect(table(inputs, 'findings')).toMatchObject([
      { code: 'fact.repeated', cells: received, expected: 5, actual: 7 },
    ]);
    expect(table(inputs, 'reports')).toMatchObject([{ errors: 1 }]);
  });
});

describe('documents', () => {
  it('stay with their outcome and reason, and their findings', () => {
    const inputs = inputsOf([{}]);
    const { document, reading } = told({ year: 2020 });
    inputs.documents.push({ ...document, outcome: 'unread', reason: 'encrypted' });
    const encrypted = finding('encrypted', [], { what: 'document' });
    const unread = { ...reading, report: null, facts: [], findings: [encrypted] };
    inputs.readings.push({ document_id: document.document_id, reading: unread });
    const kept = table(inputs, 'documents').find((d) => d['document_id'] === document.document_id);
    expect(kept).toMatchObject({ outcome: 'unread', reason: 'encrypted', report_id: null, witness: null });
    expect(table(inputs, 'findings')).toMatchObject([
      { code: 'encrypted', scope: 'document', document_id: document.document_id, portal: portal.id, report_id: null },
    ]);
  });

  it.each<[string, (i: WarehouseInputs) => void, string]>([
    ['no reading', (i) => void (i.readings = []), 'there is no reading of it'],
    ['no publisher', (i) => void (i.readings[0]!.reading.report!.publisher = null), 'its publisher is not known'],
    ['no year', (i) => void (i.readings[0]!.reading.report!.year = null), 'its year is not known'],
    ['a reading of older bytes', (i) => void (i.documents[0]!.sha256 = 'f'.repeat(64)), 'there is no reading of it'],
  ])('that claim a report with %s are unread, with a finding', (_, spoil, reason) => {
    const inputs = inputsOf([{}]);
    spoil(inputs);
    expect(table(inputs, 'reports')).toEqual([]);
    expect(table(inputs, 'documents')).toMatchObject([{ outcome: 'unread', reason, report_id: null }]);
    expect(table(inputs, 'findings')).toMatchObject([{ code: 'identity.incomplete', level: 'error' }]);
  });

  it('of one address are revisions: the latest counts, and how many there were is kept', () => {
    const old = told({ values: { [received]: 1 } });
    const now = told({ values: { [received]: 2 } });
    now.document.captured_at = '2023-05-01T00:00:00Z';
    now.document.revisions = 2;
    now.capture.requested_at = '2023-05-01T00:00:00.000Z';
    const later = { ...now.capture, requested_at: '2023-06-01T00:00:00.000Z' };
    const inputs: WarehouseInputs = {
      portals: [portal],
      captures: [later, now.capture, old.capture],
      documents: [now.document, old.document],
      readings: [now, old].map(({ document, reading }) => ({ document_id: document.document_id, reading })),
    };
    expect(cell(table(inputs, 'facts'), received)).toBe(2);
    expect(table(inputs, 'captures')).toHaveLength(3);
    // Seeing the same bytes again in June is not news: the time is that of the first sight.
    expect(table(inputs, 'documents')).toMatchObject([{ revisions: 2, captured_at: '2023-05-01T00:00:00.000Z' }]);
  });

  it('keep a listed date only when it is one', () => {
    const inputs = inputsOf([{}]);
    inputs.documents[0]!.listed_on = '2023-13-01';
    expect(table(inputs, 'documents')).toMatchObject([{ listed_on: null }]);
    expect(table(inputs, 'findings')).toMatchObject([{ code: 'date.invalid', level: 'warning' }]);
  });

  it('must exist for every reading', () => {
    const inputs = inputsOf([{}]);
    inputs.documents = [];
    expect(() => rowsOf(inputs)).toThrow('not listed');
  });
});

describe('cross-year checks', () => {
  const carriedOut = { year: 2021, values: { 'requests/carried_out/total': 4 } };

  it('compare what was carried in with what was carried out', () => {
    expect(series([carriedOut, { year: 2022, values: { 'requests/carried_in/total': 4 } }])).toEqual([]);
    expect(series([carriedOut, { year: 2022, values: { 'requests/carried_in/total': 3 } }])).toEqual([
      {
        code: 'series.carry',
        level: 'error',
        cells: 'requests/carried_in/total',
        expected: 4,
        actual: 3,
        scope: 'series',
      },
    ]);
  });

  it('do so across editions, and not across publishers or a missing year', () => {
    expect(series([{ ...carriedOut, edition: '2019' }, { year: 2022 }])).toMatchObject([{ code: 'series.carry' }]);
    expect(series([{ ...carriedOut, publisher: '示例市乙区人民政府' }, { year: 2022 }])).toEqual([]);
    expect(series([{ ...carriedOut, year: 2020 }, { year: 2022 }])).toEqual([]);
  });

  it('do not take a blank for a zero', () => {
    expect(series([carriedOut, { year: 2022, values: { 'requests/carried_in/total': null } }])).toEqual([]);
  });

  it('follow the documents in force of the edition 2021', () => {
    const before = { year: 2021, values: { 'proactive/regulations/in_force': 10 } };
    const now = { 'proactive/regulations/issued': 3, 'proactive/regulations/repealed': 1 };
    expect(series([before, { values: { ...now, 'proactive/regulations/in_force': 12 } }])).toEqual([]);
    expect(series([before, { values: { ...now, 'proactive/regulations/in_force': 14 } }])).toEqual([
      {
        code: 'series.in_force',
        level: 'warning',
        cells: 'proactive/regulations/in_force',
        expected: 12,
        actual: 14,
        scope: 'series',
      },
    ]);
  });

  it('follow the items of the edition 2019', () => {
    expect(series([items(2019, 100, -8), items(2020, 92, 0)])).toEqual([]);
    expect(series([items(2019, 100, -8), items(2020, 100, 0)])).toMatchObject([
      {
        code: 'series.items',
        level: 'warning',
        cells: 'proactive/licensing/items_last_year',
        expected: 92,
        actual: 100,
      },
    ]);
  });
});

describe('findings', () => {
  it('keep their id when their wording or numbers change, and have one each', () => {
    const ids = (...found: Finding[]) => findingsOf([{ findings: found }]).map((f) => f['finding_id']);
    expect(ids(brokenRow('granted', 2))).toEqual(ids({ ...brokenRow('granted', 3), message: 'worded anew' }));
    expect(new Set(ids(brokenRow(), brokenRow())).size).toBe(2);
  });

  it('include what discovery found wrong with a portal', () => {
    const blocked = finding('list_blocked', [], { list: portal.index_url, status: 403 });
    const problems = [{ portal: portal.id, ...blocked }];
    expect(table(inputsOf([], { problems }), 'findings')).toMatchObject([
      {
        scope: 'portal',
        portal: portal.id,
        code: 'list_blocked',
        level: 'error',
        details: JSON.stringify({ list: portal.index_url, status: 403 }),
        message: `the portal refuses (HTTP 403) (${portal.index_url})`,
      },
    ]);
  });
});
