import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildWarehouse } from '../warehouse/build.ts';
import { withDatabase } from '../warehouse/duckdb.ts';
import { expectedPublishers } from '../warehouse/expected.ts';
import { tableOf } from '../warehouse/tables.ts';
import { inputsOf, portal } from './warehouse.fixture.ts';

const at = (...divisions: string[]) => divisions.map((division) => ({ ...portal, division }));
const rows = (latest: number, ...divisions: string[]) => [...expectedPublishers(at(...divisions), latest, [])];

test('every government of the provinces of the portals, in every year since the Regulations', () => {
  const guangdong = rows(2023, '440100', '440118', '440118', '990101', '000000');
  expect(new Set(guangdong.map(({ year }) => year))).toEqual(new Set(Array.from({ length: 16 }, (_, i) => 2008 + i)));
  const in2023 = guangdong.filter(({ year }) => year === 2023);
  const count = (level: string) => in2023.filter((row) => row.level === level).length;
  expect([count('province'), count('prefecture'), count('county')]).toEqual([1, 21, 122]);
  expect(in2023.find((row) => row.division_code === '440118')).toEqual({
    division_code: '440118',
    kind: 'government',
    year: 2023,
    publisher: '广州市增城区人民政府',
    level: 'county',
    uncertain: false,
    portals: 2,
    source: 'regulations',
  });
  expect(in2023.find((row) => row.division_code === '440100')).toMatchObject({
    publisher: '广州市人民政府',
    portals: 1,
  });
});

test('a division is expected under the code and name it had; of its last year the successor may report', () => {
  const of = (code: string) => rows(2016, code).filter((row) => row.division_code === code);
  expect(of('440183').map(({ year, publisher, uncertain }) => [year, publisher, uncertain])).toEqual([
    ...[2008, 2009, 2010, 2011, 2012].map((year) => [year, '增城市人民政府', false]),
    [2013, '增城市人民政府', true],
  ]);
  expect(of('440118').map(({ year }) => year)).toEqual([2014, 2015, 2016]);
});

test('zones, islands and what lies outside the Regulations are not expected, and no key comes twice', () => {
  const everywhere = rows(
    2023,
    ...'11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'
      .split(' ')
      .map((code) => `${code}0000`),
  );
  const { key } = tableOf('expected_publishers');
  expect(new Set(everywhere.map((row) => key.map((name) => row[name]).join(' '))).size).toBe(everywhere.length);
  const in2023 = everywhere.filter(({ year }) => year === 2023);
  expect(in2023.filter(({ level }) => level === 'province')).toHaveLength(31);
  expect(
    in2023.map(({ division_code }) => String(division_code)).filter((code) => /7\d$|^(?:71|81|82)/.test(code)),
  ).toEqual([]);
  expect(in2023.filter(({ publisher }) => /群岛|委员会|开发区/.test(String(publisher)))).toEqual([]);
});

test('of departments and townships those who have reported, from then on, as long as the code of their place is in force', () => {
  const reported = (publisher: string, division_code: string | null, ...of: number[]) =>
    of.map((year) => ({ publisher, division_code, year }));
  const others = [
    ...expectedPublishers([], 2016, [
      ...reported('广州市增城区教育局', '440118', 2014, 2015),
      ...reported('增城市水务局', '440183', 2011),
      ...reported('广州市增城区新塘镇人民政府', '440118', 2016),
      ...reported('广州市增城区人民政府', '440118', 2014),
      ...reported('某局', null, 2014),
    ]),
  ].map(({ publisher, kind, level, year, uncertain, source }) =>
    [publisher, kind, level, year, uncertain, source].join(' '),
  );
  expect(others).toEqual([
    '广州市增城区教育局 department county 2014 false derived',
    '广州市增城区教育局 department county 2015 false derived',
    '广州市增城区教育局 department county 2016 true derived',
    '增城市水务局 department county 2011 false derived',
    '增城市水务局 department county 2012 true derived',
    '增城市水务局 department county 2013 true derived',
    '广州市增城区新塘镇人民政府 township township 2016 false derived',
  ]);
});

test('without a report or a portal nothing is expected', () => {
  expect(rows(0, '440100')).toEqual([]);
  expect(rows(2023)).toEqual([]);
});

test('the view counts expected and found reports of governments, each division once', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  const report = (publisher: string, division: string) => ({ publisher, division, year: 2022, only: () => false });
  const inputs = inputsOf(
    [
      report('广州市增城区人民政府', '440118'),
      report('增城区人民政府', '440118'),
      report('广州市增城区教育局', '440118'),
      report('广州市从化区人民政府办公室', '440117'),
    ],
    { portals: at('440118') },
  );
  const { database } = await buildWarehouse({ inputs, outDir: dir });
  const found = await withDatabase(database, { readOnly: true }, (db) =>
    db.rows(
      "SELECT expected::INT AS expected, with_portal::INT AS with_portal, with_report::INT AS with_report FROM expected_coverage WHERE province_code = '440000' AND level = 'county' AND year = 2022 ORDER BY kind DESC",
    ),
  );
  expect(found).toEqual([
    // Of the office, the government and the department; a portal under their own code have two of them.
    { expected: 1, with_portal: 0, with_report: 1 },
    { expected: 122, with_portal: 1, with_report: 1 },
    { expected: 1, with_portal: 1, with_report: 1 },
  ]);
  rmSync(dir, { recursive: true, force: true });
});
