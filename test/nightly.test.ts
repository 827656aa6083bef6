import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../pipelines/build.ts';
import { defaultConfig, type Config } from '../pipelines/config.ts';
import { realEffects, type Effects } from '../pipelines/effects.ts';
import { describe, explain } from '../pipelines/explain.ts';
import { needsPerson, nightly, type NightlySummary } from '../pipelines/nightly.ts';
import type { Archive } from '../pipelines/archive/archive.ts';
import { openArchive } from '../pipelines/archive/folder.ts';
import { importWarc } from '../pipelines/archive/unwarc.ts';
import { exportWarc } from '../pipelines/archive/warc.ts';
import { createLog } from '../pipelines/cli/progress.ts';
import * as render from '../pipelines/cli/render.ts';
import { readArchive } from '../pipelines/read.ts';
import { statusOf } from '../pipelines/status.ts';
import { parseRegister, type Portal } from '../scrapers/portals.ts';
import { startSimulator, type Simulator } from '../scripts/simulator/server.ts';
import { withDatabase } from '../warehouse/duckdb.ts';
import { list, page, portal, report, row } from './invented.ts';
import { serve } from './serving.ts';

/** One of each kind of portal, and the one with a closed folder; no browser, which has its own tests. */
const chosen = ['sim-guangzhou', 'sim-huadu', 'sim-nansha', 'sim-shili-bing', 'sim-shili-xin'];
const nameOf = (...parts: unknown[]): string => parts.join('/');
const effectsOn = (archive: Archive): Effects => realEffects(archive, createLog({ quiet: true, terminal: false }));
const dirs: string[] = [];
const newDir = () => {
  const dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  dirs.push(dir);
  return dir;
};

let simulator: Simulator;
let archive: Archive;
let effects: Effects;
let config: Config;
let portals: Portal[];
let first: NightlySummary;
beforeAll(async () => {
  simulator = await startSimulator();
  archive = openArchive(newDir());
  effects = effectsOn(archive);
  config = defaultConfig({
    connect: simulator.connect,
    vantage: 'simulator',
    simulated: true,
    per_host: 4,
    delay_ms: 0,
  });
  portals = parseRegister(simulator.register).filter(({ id }) => chosen.includes(id));
  first = await nightly({ config, portals, refresh: false }, effects);
});
afterAll(async () => {
  await simulator.close();
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

const rows = (sql: string) => withDatabase(archive.local.database, { readOnly: true }, (db) => db.rows(sql));

test('from portals to a snapshot: every link ends somewhere, and the status adds up', async () => {
  expect(first.fetch.portals.flatMap(({ problems }) => problems)).toEqual([]);
  expect(first.fetch.failed).toEqual([]);
  expect(first.check.failures).toEqual([]);
  expect(first.publish).toMatchObject({ published: true, latest: first.publish.version });
  expect(needsPerson(first.account)).toBe(false);
  for (const status of await statusOf(chosen, archive)) {
    const { portal, discovered, report, not_a_report, unread, not_fetched } = status;
    expect([portal, report + not_a_report + unread + not_fetched]).toEqual([portal, discovered]);
    const { reports, copies, waiting, cells, repeated, copied_cells, waiting_cells } = status.tables;
    expect([portal, reports + copies, waiting]).toEqual([portal, report, 0]);
    expect([portal, cells + repeated + copied_cells, waiting_cells]).toEqual([portal, status.facts, 0]);
    const there = simulator.documents.filter((document) => document.portal === portal);
    expect([portal, not_fetched]).toEqual([portal, there.filter(({ closed }) => closed).length]);
  }
});

test('every number that is told follows from the others', async () => {
  const { account, counts, fetch, read } = first;
  const all = await statusOf(chosen, archive);
  const sum = (of: (status: (typeof all)[number]) => number) => all.reduce((total, status) => total + of(status), 0);
  expect(sum(({ tables }) => tables.reports)).toBe(counts['reports']);
  expect(sum(({ tables }) => tables.cells)).toBe(counts['facts']);
  expect(account.documents).toEqual({
    reports: counts['reports'],
    copies: sum(({ tables }) => tables.copies),
    unread: sum(({ unread }) => unread),
    not_a_report: sum(({ not_a_report }) => not_a_report),
    not_fetched: sum(({ not_fetched }) => not_fetched),
  });
  expect(sum(({ discovered }) => discovered)).toBe(fetch.discovered);
  expect(counts['documents']).toBe(fetch.discovered);
  expect(read.pages + read.files + read.pictured).toBe(read.archived);
  const text = render.nightly(first);
  expect(text).toContain(`${counts['documents']} documents: ${counts['reports']} give a report each, `);
  const [, parts = ''] = new RegExp(`^${counts['documents']} documents: (.*)$`, 'm').exec(text) ?? [];
  expect([...parts.matchAll(/\d+/g)].reduce((total, [number]) => total + Number(number), 0)).toBe(counts['documents']);
});

test('every published number is the one that was printed', async () => {
  const truths = simulator.documents.filter(({ portal, truth, closed }) => chosen.includes(portal) && truth && !closed);
  const expected = new Map<string, number | null>();
  for (const { truth } of truths) {
    const { publisher, year } = truth?.report ?? {};
    for (const { grid, line, col, value } of truth?.facts ?? []) {
      // Zero has a sign in JavaScript and none in print.
      expected.set(nameOf(publisher, year, grid, line, col), value === 0 ? 0 : value);
    }
  }
  const facts = await rows('SELECT publisher, year, grid, line, col, value FROM facts JOIN reports USING (report_id)');
  const published = new Map(
    facts.map((f) => [nameOf(f['publisher'], f['year'], f['grid'], f['line'], f['col']), f['value']]),
  );
  expect(published.size).toBe(facts.length);
  const names = [...new Set([...expected.keys(), ...published.keys()])];
  const wrong = names.filter((name) => expected.get(name) !== published.get(name));
  expect(wrong).toEqual([]);
  expect(names.length).toBeGreaterThan(4000);
});

test('a second run finds nothing new and publishes nothing', async () => {
  const again = await nightly({ config, portals, refresh: false }, effects);
  expect(again.fetch).toMatchObject({ new_links: 0, fetched: 0, changed: 0 });
  expect(again.read.read).toBe(0);
  expect(again.publish).toMatchObject({ published: false, digest: first.publish.digest });
  expect(readdirSync(join(archive.local.releases, 'snapshots'))).toEqual([first.publish.version]);
});

const hashes = ({ local } = archive) =>
  Object.fromEntries(
    readdirSync(local.build)
      .filter((name) => name.endsWith('.parquet'))
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(local.build, name)))
          .digest('hex'),
      ]),
  );

test('built twice from one archive, read anew in between: the same bytes', async () => {
  // The night itself built them before its own account was complete.
  await build(effects);
  const before = hashes();
  expect(Object.keys(before).length).toBeGreaterThan(8);
  rmSync(archive.local.build, { recursive: true });
  rmSync(join(archive.place, 'read'), { recursive: true });
  await readArchive({}, effects);
  await build(effects);
  expect(hashes()).toEqual(before);
});

test('a number is explained down to bytes that are in the archive', async () => {
  const [cell] = await rows("SELECT report_id FROM reports WHERE publisher = '广州市南沙区人民政府' AND year = 2020");
  const found = await explain(`${cell?.['report_id']}/requests/received/total`, archive);
  expect(found.archive.intact).toBe(true);
  expect(found.captures).toMatchObject([{ simulated: true, status: 200 }]);
  expect(found.equations.map(({ kind, code }) => `${kind} ${code}`)).toEqual([
    'within requests.row',
    'within requests.flow',
    'prose prose.received',
    'prose prose.handled',
  ]);
  // As many lines of equations as there are proofs: a sentence is none.
  const lines = describe(found).split('\n');
  expect(lines.filter((line) => line.startsWith('equation '))).toHaveLength(Number(found.fact['proofs']));
  expect(gunzipSync(readFileSync(found.archive.path)).toString('latin1')).toContain(String(found.fact['raw']));
  const missing = explain(`${cell?.['report_id']}/requests/received/nobody`, archive);
  await expect(missing).rejects.toThrow(/prints no requests\/received\/nobody/);
});

test('a dead portal deletes nothing, and somebody is told', async () => {
  simulator.misbehave('sim-shili-xin', 'blocked');
  const night = await nightly({ config, portals, refresh: false }, effects);
  simulator.misbehave('sim-shili-xin', 'ok');
  expect(night.fetch.portals.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual(['list_blocked']);
  expect(night.counts['reports']).toBe(first.counts['reports']);
  expect(needsPerson(night.account)).toBe(true);
});

test('an archive made again from its WARC gives the same tables, byte for byte', async () => {
  const pieces: Uint8Array[] = [];
  const write = async (record: Uint8Array) => void pieces.push(record);
  expect((await exportWarc({ write, packed: true }, effects)).lost).toEqual([]);
  const copy = openArchive(newDir());
  expect((await importWarc(Readable.from(pieces), effectsOn(copy))).faults).toEqual([]);
  await readArchive({}, effectsOn(copy));
  await build(effectsOn(copy));
  await build(effects);
  expect(hashes(copy)).toEqual(hashes());
});

test('a bad page in the middle of a run is a finding, and everything around it is published', async () => {
  const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31 + (i >> 3)) % 256));
  const pages: Record<string, string | Buffer> = {
    '/nb/': list(row(1, report(2021)), row(2, report(2022)), row(3, report(2023))),
    '/nb/content/post_1.html': page(report(2021)),
    '/nb/content/post_2.html': noise,
    '/nb/content/post_3.html': page(report(2023)),
  };
  const server = await serve((request, response) => {
    const body = pages[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(body);
  });
  const other = openArchive(newDir());
  try {
    const o = { ...config, connect: { '*.simulator.test': server.address } };
    const summary = await nightly({ config: o, portals: [portal('one')], refresh: false }, effectsOn(other));
    expect(summary.read.read).toBe(3);
    expect(summary.counts).toMatchObject({ documents: 3, reports: 2 });
    expect(await statusOf(['one'], other)).toMatchObject([
      { discovered: 3, report: 2, unread: 1, unfinished: [{ reason: 'unreadable' }] },
    ]);
    expect(summary.publish.published).toBe(true);
  } finally {
    await server.close();
  }
});
