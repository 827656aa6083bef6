import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWarehouse, type Built } from '../warehouse/build.ts';
import { query, withDatabase } from '../warehouse/duckdb.ts';
import type { CaptureRow } from '../warehouse/inputs.ts';
import { tables, tableOf } from '../warehouse/tables.ts';
import { inputsOf } from './warehouse.fixture.ts';

const inputs = inputsOf([
  { year: 2021, values: { 'proactive/fees/amount': 14715991600, 'requests/received/total': 12 } },
  { year: 2022, values: { 'proactive/fees/amount': 69449300.5, 'requests/granted/enterprise': null } },
  { year: 2020, edition: '2019', values: { 'proactive/licensing/change': -8 } },
  { publisher: '示例市乙区人民政府\ud800\0', division: '990102', year: 2022 },
]);

let folder: string;
let built: Built;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'warehouse-'));
  built = await buildWarehouse({ inputs, outDir: join(folder, 'build') });
});
afterAll(() => rm(folder, { recursive: true }));

const json = async (sql: string): Promise<unknown> =>
  JSON.parse((await query(built.database, sql, { format: 'json' })).text);
const hashes = (paths: string[]) =>
  Object.fromEntries(paths.map((p) => [basename(p), createHash('sha256').update(readFileSync(p)).digest('hex')]));

describe('buildWarehouse', () => {
  it('makes every declared table', async () => {
    expect(built.parquet.map((p) => basename(p, '.parquet'))).toEqual(tables.map((t) => t.name));
    expect(built.counts['reports']).toBe(4);
    expect(built.counts['facts']).toBe(inputs.readings.reduce((n, r) => n + r.reading.facts.length, 0));
  });

  it('keeps amounts and signs exactly as read', async () => {
    const sql = `SELECT value, raw FROM facts WHERE value NOT IN (0, 12) ORDER BY value`;
    expect(await json(sql)).toEqual([
      { value: -8, raw: '-8' },
      { value: 69449300.5, raw: '69449300.5' },
      { value: 14715991600, raw: '14715991600' },
    ]);
  });

  it('loads text that no decoder should have let through', async () => {
    expect(await json(`SELECT publisher FROM reports WHERE division_code = '990102'`)).toEqual([
      { publisher: '示例市乙区人民政府\ufffd\ufffd' },
    ]);
  });

  it.each(tables.map((t) => [t.name, t] as const))('gives a second reader the same %s as DuckDB', async (_, table) => {
    const path = built.parquet.find((p) => basename(p) === `${table.name}.parquet`)!;
    const file = await asyncBufferFromFile(path);
    const seen = (await parquetReadObjects({ file, compressors })).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, comparable(value)])),
    );
    const order = table.key.map((k) => `"${k}"`).join(', ');
    const rows = await withDatabase(built.database, { readOnly: true }, (sql) =>
      sql.rows(`SELECT * FROM "${table.name}" ORDER BY ${order}`),
    );
    expect(rows).toHaveLength(built.counts[table.name] ?? -1);
    const dates = table.fields.filter((f) => f.type === 'DATE' || f.type === 'TIMESTAMP').map((f) => f.name);
    for (const row of rows)
      for (const name of dates)
        if (row[name] !== null) row[name] = new Date(`${row[name]}`.replace(/ (.*)$/, 'T$1Z')).toISOString();
    expect(seen).toEqual(rows);
  });

  it('carries the descriptions in the files and in the database', async () => {
    const facts = built.parquet.find((p) => p.endsWith('facts.parquet'))!;
    const { key_value_metadata } = await parquetMetadataAsync(await asyncBufferFromFile(facts));
    const kept = Object.fromEntries((key_value_metadata ?? []).map(({ key, value }) => [key, value]));
    expect(kept['title']).toBe(tableOf('facts').zh);
    const schema = JSON.parse(kept['schema'] ?? '') as {
      fields: { name: string; constraints: { required: boolean } }[];
    };
    expect(schema.fields.map((f) => f.name)).toEqual(tableOf('facts').fields.map((f) => f.name));
    expect(schema.fields.find((f) => f.name === 'value')?.constraints.required).toBe(false);
    const [comment] = (await json(
      `SELECT comment FROM duckdb_columns() WHERE table_name = 'facts' AND column_name = 'absence'`,
    )) as { comment: string }[];
    expect(comment?.comment).toMatch(/空白不等于零 · .*absent is not zero/);
  });

  it('makes the same bytes again, whatever the order of the input and the number of threads', async () => {
    const first = hashes(built.parquet);
    const { portals, captures, documents, readings } = inputs;
    const shuffled = {
      portals,
      captures: captures.toReversed(),
      documents: documents.toReversed(),
      readings: readings.toReversed(),
    };
    for (const threads of [1, 4]) {
      const again = await buildWarehouse({ inputs: shuffled, outDir: join(folder, `again-${threads}`), threads });
      expect(hashes(again.parquet)).toEqual(first);
    }
  });

  it('numbers captures of one address at one instant by their content, whatever their order', async () => {
    const [capture] = inputs.captures;
    const other = { ...capture!, status: 404, outcome: 'not_found' };
    const numbered = async (name: string, captures: CaptureRow[]) => {
      const { database } = await buildWarehouse({ inputs: inputsOf([], { captures }), outDir: join(folder, name) });
      return withDatabase(database, { readOnly: true }, (sql) =>
        sql.rows('SELECT nth, status FROM captures ORDER BY url, requested_at, nth'),
      );
    };
    const rows = await numbered('numbered', [capture!, other, capture!]);
    expect(rows).toEqual([200, 200, 404].map((status, nth) => ({ nth, status })));
    expect(await numbered('otherwise', [other, capture!, capture!])).toEqual(rows);
  });

  it('replaces an earlier build, removing a stale log and the scratch of a crashed build', async () => {
    const outDir = join(folder, 'replaced');
    const { database } = await buildWarehouse({ inputs, outDir });
    writeFileSync(`${database}.wal`, 'left behind');
    await withDatabase(':memory:', {}, (sql) => sql.run(`COPY (SELECT 1) TO '${join(outDir, '.building-dead')}'`));
    await buildWarehouse({ inputs: inputsOf([{ year: 2023 }]), outDir });
    expect(existsSync(`${database}.wal`)).toBe(false);
    expect(existsSync(join(outDir, '.building-dead'))).toBe(false);
    expect((await query(database, 'SELECT year FROM reports', { format: 'csv' })).text).toBe('year\n2023\n');
  });

  it('keeps the earlier build when the new one fails', async () => {
    const outDir = join(folder, 'kept');
    const { database } = await buildWarehouse({ inputs, outDir });
    const wrong = inputsOf([{ year: 2023 }]);
    wrong.captures[0]!.kind = 'rumour';
    await expect(buildWarehouse({ inputs: wrong, outDir })).rejects.toThrow('captures.kind is not in its vocabulary');
    expect((await query(database, 'SELECT count(*) AS n FROM reports', { format: 'csv' })).text).toBe('n\n4\n');
  });

  it('builds from nothing at all', async () => {
    const empty = { portals: [], captures: [], documents: [], readings: [] };
    const { counts } = await buildWarehouse({ inputs: empty, outDir: join(folder, 'empty') });
    expect(counts).toMatchObject({ reports: 0, facts: 0, captures: 0 });
    expect(counts['form_lines']).toBeGreaterThan(50);
  });
});

const comparable = (value: unknown): unknown =>
  value instanceof Date ? value.toISOString() : typeof value === 'bigint' ? Number(value) : value;

describe('query', () => {
  it('prints a table with Chinese columns aligned', async () => {
    const { text } = await query(
      built.database,
      `SELECT '示例' AS 名称, 5 AS n, NULL AS x UNION ALL SELECT 'ab', 12, 'y' ORDER BY n`,
    );
    expect(text).toBe('名称   n  x\n────  ──  ─\n示例   5\nab    12  y\n');
  });

  it('writes csv that keeps null and empty text apart', async () => {
    const { text } = await query(built.database, `SELECT NULL AS a, '' AS b, 'x,"y"' AS c`, { format: 'csv' });
    expect(text).toBe('a,b,c\n,"","x,""y"""\n');
  });

  it('says when it cut the answer', async () => {
    const answer = await query(built.database, 'SELECT * FROM range(10)', { maxRows: 3, format: 'json' });
    expect(answer).toMatchObject({ rows: 3, cut: true });
    expect(await query(built.database, 'SELECT * FROM range(3)', { maxRows: 3 })).toMatchObject({
      rows: 3,
      cut: false,
    });
  });

  it.each([
    ['reads a file', `SELECT * FROM read_text('/etc/hostname')`, 'disabled by configuration'],
    ['writes a file', `COPY reports TO 'never.csv'`, 'disabled by configuration'],
    ['attaches another database', `ATTACH 'never.duckdb'`, 'disabled by configuration'],
    ['changes the data', 'DELETE FROM facts', 'read-only'],
    ['unlocks itself', 'SET enable_external_access = true', 'locked'],
    ['hides a second statement', 'SELECT 1; SELECT 2', 'one statement at a time'],
    ['is blank', ' ', 'this is 0'],
    ['is no SQL', 'SELEKT', 'syntax error'],
  ])('refuses a query that %s', async (_, sql, message) => {
    await expect(query(built.database, sql)).rejects.toThrow(message);
    expect(await json('SELECT count(*) AS n FROM reports')).toEqual([{ n: 4 }]);
  });
});
