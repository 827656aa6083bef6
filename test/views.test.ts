import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWarehouse } from '../warehouse/build.ts';
import { query } from '../warehouse/duckdb.ts';
import { views } from '../warehouse/views.ts';
import { inputsOf, told } from './warehouse.fixture.ts';
import { broken } from '../transforms/findings.ts';
import { equationOf } from '../transforms/forms/index.ts';

let folder: string;
let database: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'views-'));
  const warning = broken(equationOf('prose.received'), [], { stated: [3] }, { expected: 3, actual: 4 });
  const inputs = inputsOf([
    { year: 2020, edition: '2019', values: { 'proactive/licensing/change': -8, 'requests/other/total': 2 } },
    {
      year: 2022,
      values: { 'requests/received/natural_person': 9, 'requests/received/enterprise': null },
      findings: [warning],
    },
    { year: 2021, publisher: '示例市乙区人民政府', division: '990102' },
  ]);
  inputs.readings[1]!.reading.facts.find((f) => f.line === 'received' && f.col === 'total')!.status = 'contradicted';
  const prose = told({ year: 2022, publisher: '示例市丙区人民政府', division: '990103', only: () => false });
  inputs.documents.push(prose.document);
  inputs.readings.push({ document_id: prose.document.document_id, reading: prose.reading });
  ({ database } = await buildWarehouse({ inputs, outDir: folder }));
});
afterAll(() => rm(folder, { recursive: true }));

const json = async (sql: string): Promise<unknown> => JSON.parse((await query(database, sql, { format: 'json' })).text);

it('are all there, and described', async () => {
  const there = (await json(`SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL`)) as {
    view_name: string;
    comment: string;
  }[];
  expect(there.map((v) => v.view_name)).toEqual(
    views()
      .map((v) => v.name)
      .sort(),
  );
  expect(there.map((v) => v.view_name)).toEqual(
    expect.arrayContaining(['coverage', 'disputes', 'open_findings', 'proactive', 'report_wide', 'requests']),
  );
  for (const { comment } of there) expect(comment).toMatch(/[\u4e00-\u9fff].* · \w/);
});

it('requests has one row per report and line, in printed order, blank kept as null', async () => {
  const rows = await json(
    `SELECT line, label, natural_person, enterprise, contradicted FROM requests WHERE year = 2022 LIMIT 2`,
  );
  expect(rows).toEqual([
    { line: 'received', label: '本年新收政府信息公开申请数量', natural_person: 9, enterprise: null, contradicted: 1 },
    { line: 'carried_in', label: '上年结转政府信息公开申请数量', natural_person: 0, enterprise: 0, contradicted: 0 },
  ]);
  expect(
    await json(`SELECT line, count(*) AS n FROM requests WHERE line LIKE 'other%' GROUP BY ALL ORDER BY ALL`),
  ).toEqual([
    { line: 'other', n: 1 },
    { line: 'other_fee_unpaid', n: 2 },
    { line: 'other_not_corrected', n: 2 },
    { line: 'other_other', n: 2 },
  ]);
});

it('proactive keeps the columns of the editions apart', async () => {
  expect(
    await json(`SELECT year, change, decisions, items_last_year FROM proactive WHERE line = 'licensing' ORDER BY year`),
  ).toEqual([
    { year: 2020, change: -8, decisions: 0, items_last_year: 0 },
    { year: 2021, change: null, decisions: 0, items_last_year: null },
    { year: 2022, change: null, decisions: 0, items_last_year: null },
  ]);
});

it('disputes has a row for each of its lines', async () => {
  expect(await json(`SELECT line, upheld, total FROM disputes WHERE year = 2021`)).toHaveLength(3);
});

it('report_wide has one row per report and one column per cell of any edition', async () => {
  const wide = `SELECT year, requests__received__natural_person AS np, requests__received__enterprise AS e,
    requests__other__total AS other, proactive__licensing__change AS change, disputes__reconsideration__total AS d
    FROM report_wide ORDER BY ALL`;
  expect(await json(wide)).toEqual([
    { year: 2020, np: 0, e: 0, other: 2, change: -8, d: 0 },
    { year: 2021, np: 0, e: 0, other: null, change: null, d: 0 },
    { year: 2022, np: 9, e: null, other: null, change: null, d: 0 },
    { year: 2022, np: null, e: null, other: null, change: null, d: null },
  ]);
  const [{ cells } = {}] = (await json(`SELECT count(DISTINCT grid || line || col) AS cells FROM form_columns`)) as {
    cells: number;
  }[];
  expect(
    await json(
      `SELECT count(*) AS n FROM duckdb_columns() WHERE table_name = 'report_wide' AND column_name LIKE '%\\_\\_%' ESCAPE '\\'`,
    ),
  ).toEqual([{ n: cells }]);
});

it('coverage names the years that are missing', async () => {
  expect(
    await json(`SELECT publisher, year, has_report FROM coverage WHERE division_code = '990101' ORDER BY year`),
  ).toEqual([
    { publisher: '示例市甲区人民政府', year: 2020, has_report: true },
    { publisher: '示例市甲区人民政府', year: 2021, has_report: false },
    { publisher: '示例市甲区人民政府', year: 2022, has_report: true },
  ]);
});

it('open_findings says whom a finding is about', async () => {
  expect(await json(`SELECT code, publisher, year, portal FROM open_findings`)).toEqual([
    { code: 'prose.received', publisher: '示例市甲区人民政府', year: 2022, portal: 'shili-demo' },
  ]);
});
