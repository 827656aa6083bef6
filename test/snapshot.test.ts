import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWarehouse, type Built } from '../warehouse/build.ts';
import type { Verdict } from '../warehouse/checks.ts';
import { compareSnapshots } from '../warehouse/diff.ts';
import { withDatabase } from '../warehouse/duckdb.ts';
import { publish } from '../warehouse/snapshot.ts';
import { latestSnapshot, type Versions } from '../warehouse/versions.ts';
import type { WarehouseInputs } from '../warehouse/inputs.ts';
import { inputsOf } from './warehouse.fixture.ts';
import { finding } from '../transforms/findings.ts';

const good: Verdict = { ok: true, failures: [], warnings: [] };
const failed: Verdict = {
  ok: false,
  failures: [{ check: 'no_reports', message: '', count: 1, sample: [] }],
  warnings: [],
};

const first = inputsOf([{ year: 2021 }, { year: 2022, values: { 'requests/received/total': 12 } }]);
const second = inputsOf(
  [{ year: 2022, values: { 'requests/received/total': 13, 'requests/granted/total': null } }, { year: 2023 }],
  { problems: [{ portal: 'shili-demo', ...finding('list_empty', [], { list: 'http://shili.test/', how: 'page' }) }] },
);

let folder: string;
let a: Built;
let b: Built;
const build = (name: string, inputs: WarehouseInputs) => buildWarehouse({ inputs, outDir: join(folder, name) });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshot-'));
  a = await build('a', first);
  b = await build('b', second);
});
afterAll(() => rm(folder, { recursive: true }));

let releases: string;
let run = 0;
beforeEach(() => {
  releases = join(folder, `data-${run++}`);
  mkdirSync(releases);
});

const readVersions = (releases: string): Versions =>
  JSON.parse(readFileSync(join(releases, 'versions.json'), 'utf8')) as Versions;

describe('publish', () => {
  it('writes a folder that describes itself', async () => {
    const { path, version, digest, published, latest } = await publish({
      releases,
      date: '2024-02-01',
      built: a,
      verdict: good,
    });
    expect({ published, latest }).toEqual({ published: true, latest: version });
    expect(version).toBe(`2024-02-01-${digest.slice(0, 8)}`);
    const files = (await readdir(path)).filter((f) => !f.endsWith('.parquet')).sort();
    expect(files).toEqual(['CHANGES.md', 'README.md', 'SHA256SUMS', 'datapackage.json']);
    execFileSync('sha256sum', ['--quiet', '-c', 'SHA256SUMS'], { cwd: path });
    const described = JSON.parse(readFileSync(join(path, 'datapackage.json'), 'utf8')) as {
      resources: { name: string; rows: number; path: string; schema: { fields: { name: string; title: string }[] } }[];
      sources: unknown[];
      licenses: unknown[];
    };
    const reports = described.resources.find((r) => r.name === 'reports');
    expect(reports?.rows).toBe(2);
    expect(reports?.schema.fields.find((f) => f.name === 'publisher')?.title).toBe('发布机关（标题所载名称）');
    expect(described.sources).toEqual([{ title: '示例市甲区', path: 'https://jia.simulator.test/nb/' }]);
    expect(described.licenses).toHaveLength(1);
  });

  it('gives researchers queries that work in that folder', async () => {
    const { path } = await publish({ releases, date: '2024-02-01', built: a, verdict: good });
    const readme = readFileSync(join(path, 'README.md'), 'utf8');
    const queries = [...readme.matchAll(/```sql\n([^]*?)```/g)].map((m) => m[1] ?? '');
    expect(queries.length).toBeGreaterThan(2);
    await withDatabase(':memory:', {}, async (sql) => {
      await sql.run(`SET file_search_path = '${path}'`);
      for (const query of queries) await sql.rows(query);
    });
    expect(readme).not.toContain('Do not use it');
  });

  it('publishes the same content once, though portals were looked at again', async () => {
    const { path, version } = await publish({ releases, date: '2024-02-01', built: a, verdict: good });
    const again = { ...first.captures[0]!, requested_at: '2024-02-02T00:00:00.000Z' };
    const seenAgain = await build('seen-again', { ...first, captures: [...first.captures, again] });
    expect(await publish({ releases, date: '2024-02-02', built: seenAgain, verdict: good })).toMatchObject({
      published: false,
      version,
      path,
      changes: null,
    });
    expect(await readdir(join(releases, 'snapshots'))).toEqual([version]);
  });

  it('publishes nothing for what comes and goes with a portal, and says it with the next change', async () => {
    const { version } = await publish({ releases, date: '2024-02-01', built: a, verdict: good });
    const list = 'http://shili.test/';
    const down = [{ portal: 'shili-demo', ...finding('list_missing', [], { list, status: 404 }) }];
    const kept = finding('report_kept', [], { captured: '2024-02-01', instead: 'login' });
    const readings = first.readings.map(({ document_id, reading }, i) => ({
      document_id,
      reading: i === 0 ? { ...reading, findings: [...reading.findings, kept] } : reading,
    }));
    const night = await build('down', { ...first, problems: down, readings });
    const told = await publish({ releases, date: '2024-02-02', built: night, verdict: good });
    expect(told).toMatchObject({ published: false, version });
    // A floor that fails is one time looked into, and not every night that something else is said beside it.
    const bad = await publish({ releases, date: '2024-02-03', built: night, verdict: failed });
    expect(bad).toMatchObject({ published: true, latest: version });
    const other = await build('down otherwise', { ...first, problems: down });
    expect(await publish({ releases, date: '2024-02-04', built: other, verdict: failed })).toMatchObject({
      published: false,
      version: bad.version,
    });
    const { changes } = await publish({ releases, date: '2024-02-05', built: b, verdict: good });
    expect(changes?.findings_opened).toHaveLength(1);
  });

  it.each([
    [
      'a finding of a report',
      (d: WarehouseInputs) => ({
        ...d,
        readings: d.readings.map((one) => ({
          ...one,
          reading: { ...one.reading, findings: [finding('local_regulations', [], { publisher: 'x' })] },
        })),
      }),
    ],
    [
      'a document',
      (d: WarehouseInputs) => ({ ...d, documents: d.documents.map((one) => ({ ...one, title: `${one.title} ` })) }),
    ],
    [
      'the bytes of a report',
      (d: WarehouseInputs) => ({ ...d, documents: d.documents.map((one) => ({ ...one, sha256: 'f'.repeat(64) })) }),
    ],
  ])('publishes %s that is another', async (name, change) => {
    await publish({ releases, date: '2024-02-01', built: a, verdict: good });
    const changed = await build(`other ${name}`, change(first));
    expect(await publish({ releases, date: '2024-02-02', built: changed, verdict: good })).toMatchObject({
      published: true,
    });
  });

  it('says what changed', async () => {
    await publish({ releases, date: '2024-02-01', built: a, verdict: good });
    const { changes, path } = await publish({ releases, date: '2024-02-02', built: b, verdict: good });
    expect(changes?.new_reports).toEqual([expect.stringContaining('示例市甲区人民政府 2023')]);
    expect(changes?.withdrawn).toEqual([expect.stringContaining('示例市甲区人民政府 2021')]);
    expect(changes?.revised).toEqual([
      expect.stringContaining('2 cells: requests/granted/total 0 → blank, requests/received/total 12 → 13'),
    ]);
    expect(changes?.findings_opened).toEqual([
      'error list_empty shili-demo: the page lists no article (http://shili.test/)',
    ]);
    expect(changes?.findings_closed).toEqual([]);
    const text = readFileSync(join(path, 'CHANGES.md'), 'utf8');
    expect(text.match(/^## .*$/gm)).toEqual([
      '## Schema (0)',
      '## New reports (1)',
      '## Revised (1)',
      '## Withdrawn (1)',
      '## Findings opened (1)',
      '## Findings closed (0)',
    ]);
  });

  it('keeps latest where it was when a floor failed, and does not publish that failure every night', async () => {
    const { version } = await publish({ releases, date: '2024-02-01', built: a, verdict: good });
    const bad = await publish({ releases, date: '2024-02-02', built: b, verdict: failed });
    expect(bad).toMatchObject({ published: true, latest: version });
    expect(readFileSync(join(bad.path, 'README.md'), 'utf8')).toContain('Do not use it');
    expect(await latestSnapshot(releases)).toBe(join(releases, 'snapshots', version));
    expect(await publish({ releases, date: '2024-02-03', built: b, verdict: failed })).toMatchObject({
      published: false,
    });
    const mended = await publish({ releases, date: '2024-02-04', built: b, verdict: good });
    expect(mended).toMatchObject({ published: true, latest: mended.version });
    expect(readVersions(releases).versions.map((v) => [v.date, v.ok, v.failures])).toEqual([
      ['2024-02-01', true, []],
      ['2024-02-02', false, ['no_reports']],
      ['2024-02-04', true, []],
    ]);
  });

  it('makes content that returns the latest again, on the same day too', async () => {
    const { version } = await publish({ releases, date: '2024-02-01', built: a, verdict: good });
    await publish({ releases, date: '2024-02-01', built: b, verdict: good });
    const back = await publish({ releases, date: '2024-02-01', built: a, verdict: good });
    expect(back).toMatchObject({ published: true, version, latest: version });
    expect(readVersions(releases).versions).toHaveLength(2);
    execFileSync('sha256sum', ['--quiet', '-c', 'SHA256SUMS'], { cwd: back.path });
  });

  it('recovers when a crash came between the folder and versions.json', async () => {
    const { version } = await publish({ releases, date: '2024-02-01', built: a, verdict: good });
    const before = readFileSync(join(releases, 'versions.json'));
    const { version: lost } = await publish({ releases, date: '2024-02-02', built: b, verdict: good });
    const complete = readVersions(releases);
    writeFileSync(join(releases, 'versions.json'), before);
    mkdirSync(join(releases, 'snapshots', '.publishing-dead'));
    expect(readVersions(releases).latest).toBe(version);
    const again = await publish({ releases, date: '2024-02-03', built: b, verdict: good });
    expect(again).toMatchObject({ published: false, version: lost, latest: lost, recovered: [lost] });
    expect(readVersions(releases)).toEqual(complete);
    expect(existsSync(join(releases, 'snapshots', '.publishing-dead'))).toBe(false);
  });

  it('does not recover a folder that is damaged', async () => {
    const { path, version } = await publish({ releases, date: '2024-02-01', built: a, verdict: good });
    rmSync(join(releases, 'versions.json'));
    appendFileSync(join(path, 'facts.parquet'), 'x');
    const next = await publish({ releases, date: '2024-02-02', built: b, verdict: good });
    expect(next.recovered).toEqual([]);
    expect(readVersions(releases).versions.map((v) => v.version)).toEqual([next.version]);
    const repaired = await publish({ releases, date: '2024-02-01', built: a, verdict: good });
    expect(repaired).toMatchObject({ published: true, version });
    execFileSync('sha256sum', ['--quiet', '-c', 'SHA256SUMS'], { cwd: path });
  });

  it('makes a damaged versions.json again from the snapshots, for what compares with the last one too', async () => {
    const { version } = await publish({ releases, date: '2024-02-01', built: a, verdict: good });
    await publish({ releases, date: '2024-02-02', built: b, verdict: failed });
    const complete = readVersions(releases);
    writeFileSync(join(releases, 'versions.json'), '{"latest":');
    expect(await latestSnapshot(releases)).toBe(join(releases, 'snapshots', version));
    const again = await publish({ releases, date: '2024-02-03', built: a, verdict: good });
    expect(again).toMatchObject({ published: false, version, latest: version });
    expect(again.recovered).toHaveLength(2);
    expect(readVersions(releases)).toEqual(complete);
  });
});

const source = (t: string) => `FROM read_parquet('${join(folder, 'a', `${t}.parquet`)}')`;

describe('compareSnapshots', () => {
  it('names columns and tables that came or went', async () => {
    const older = join(folder, 'older');
    mkdirSync(older);
    const to = (t: string) => `TO '${join(older, `${t}.parquet`)}' (FORMAT parquet)`;
    await withDatabase(':memory:', {}, async (sql) => {
      await sql.run(`COPY (SELECT * EXCLUDE (script), 1 AS extra ${source('reports')}) ${to('reports')}`);
      await sql.run(`COPY (SELECT * REPLACE (row::VARCHAR AS row) ${source('facts')}) ${to('facts')}`);
    });
    const { schema, new_reports, revised } = await compareSnapshots(older, join(folder, 'a'));
    expect(schema).toEqual(
      expect.arrayContaining([
        'facts.row VARCHAR → INTEGER',
        'reports.extra removed',
        'reports.script added, VARCHAR',
        'table sections added',
      ]),
    );
    expect({ new_reports, revised }).toEqual({ new_reports: [], revised: [] });
  });

  it('reports a document that was edited without any number changing', async () => {
    const edited = inputsOf([
      { year: 2021 },
      { year: 2022, values: { 'requests/received/total': 12 }, published_on: '2023-01-30' },
    ]);
    await build('edited', edited);
    const { revised } = await compareSnapshots(join(folder, 'a'), join(folder, 'edited'));
    expect(revised).toEqual([expect.stringContaining('the document changed, no cell did')]);
  });
});
