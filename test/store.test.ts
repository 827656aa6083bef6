import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../pipelines/errors.ts';
import { appendLines, linesOf } from '../pipelines/archive/ndjson.ts';
import { openReadings as openReadingsIn } from '../pipelines/archive/readings.ts';
import type { Reading } from '../transforms/report.ts';
import { notRead } from '../pipelines/reading/pool.ts';
import { finding } from '../transforms/findings.ts';
import { unreadable } from './reading.fixture.ts';
import type { Archive, StoredCapture } from '../pipelines/archive/archive.ts';
import { openArchive } from '../pipelines/archive/folder.ts';

let dir: string;
let archive: Archive;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  archive = openArchive(dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const capture = (over: Partial<StoredCapture> = {}): StoredCapture => ({
  url: 'http://example.test/a.html',
  final_url: 'http://example.test/a.html',
  portal: 'example',
  kind: 'article',
  requested_at: '2026-01-31T16:00:00.000Z',
  status: 200,
  headers: {},
  sha256: null,
  bytes: 0,
  media_type: null,
  outcome: 'ok',
  error: null,
  vantage: 'test',
  simulated: false,
  via: 'http',
  document_url: 'http://example.test/a.html',
  ...over,
});

test('a blob is kept once under its hash and comes back byte for byte', async () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) % 256);
  const hash = await archive.blobs.put(bytes);
  expect(await archive.blobs.put(bytes)).toBe(hash);
  expect(Buffer.compare(await archive.blobs.get(hash), bytes)).toBe(0);
  expect(readdirSync(join(dir, 'blobs', hash.slice(0, 2)))).toEqual([hash]);
});

test('a damaged blob is refused', async () => {
  const hash = await archive.blobs.put(Buffer.from('as published'));
  writeFileSync(archive.blobs.placeOf(hash), 'as edited');
  await expect(archive.blobs.get(hash)).rejects.toThrow(/damaged/);
  writeFileSync(archive.blobs.placeOf(hash), 'as');
  await archive.blobs.put(Buffer.from('as published'));
  expect(await archive.blobs.get(hash)).toEqual(Buffer.from('as published'));
});

test('links that cannot be parsed are told with their file', async () => {
  mkdirSync(join(dir, 'links'));
  writeFileSync(join(dir, 'links', 'one.json'), '{"portal":');
  await expect(archive.links.read('one')).rejects.toThrow(/one\.json: not JSON/);
});

test('captures come back oldest first over several days', async () => {
  await archive.captures.append(capture({ requested_at: '2026-02-01T00:00:00.000Z', status: 2 }));
  await archive.captures.append(capture({ requested_at: '2026-01-31T00:00:00.000Z', status: 1 }));
  await archive.captures.append(capture({ requested_at: '2026-02-01T01:00:00.000Z', status: 3 }));
  expect((await archive.captures.read()).map(({ status }) => status)).toEqual([1, 2, 3]);
});

test('a last line cut by a crash is left out, and the next capture does not run into it', async () => {
  await archive.captures.append(capture({ status: 1 }));
  const log = join(dir, 'captures', '2026-01-31.ndjson');
  appendFileSync(log, '{"url":"http://example.test/b.ht');
  expect((await archive.captures.read()).map(({ status }) => status)).toEqual([1]);
  await archive.captures.append(capture({ status: 2 }));
  expect((await archive.captures.read()).map(({ status }) => status)).toEqual([1, 2]);
  expect(readFileSync(log, 'utf8').trimEnd().split('\n')).toHaveLength(2);
});

test('a damaged line inside the log is named, not skipped', async () => {
  await archive.captures.append(capture());
  appendFileSync(join(dir, 'captures', '2026-01-31.ndjson'), 'not json\n');
  await archive.captures.append(capture());
  await expect(archive.captures.read()).rejects.toThrow(/2026-01-31\.ndjson:2/);
});

test('lines longer than a read block, with characters cut by its border, come back whole', () => {
  const path = join(dir, 'long.ndjson');
  const long = '政府信息公开'.repeat(150_000);
  appendLines(path, ['short', long, 'end']);
  appendLines(path, ['later']);
  expect([...linesOf(path)].map(({ bytes }) => bytes.toString())).toEqual(['short', long, 'end', 'later']);
  const [, , end] = [...linesOf(path)];
  expect([...linesOf(path, end?.offset)].map(({ bytes }) => bytes.toString())).toEqual(['end', 'later']);
});

const openReadings = (code: string) => openReadingsIn(join(dir, 'read'), code);
const readAs = (reading: Reading) => ({ reading, files: [] });

test('readings are kept by the code that made them', async () => {
  const [one, two] = ['1'.repeat(64), '2'.repeat(64)];
  const before = openReadings('code-a');
  await before.put(one, readAs(unreadable('a.pdf', 'x')));
  await before.flush();
  await before.put(two, readAs(unreadable('b.pdf', 'y')));
  const after = openReadings('code-a');
  expect((await after.get(one))?.reading.source.path).toBe('a.pdf');
  expect(after.has(two)).toBe(false);
  const changed = openReadings('code-b');
  expect(changed.has(one)).toBe(false);
  await changed.put(two, readAs(unreadable('b.pdf', 'y')));
  await changed.flush();
  await changed.prune();
  expect(readdirSync(join(dir, 'read'))).toEqual(['code-b']);
});

test('the files a page offers are kept with its reading', async () => {
  const key = 'a'.repeat(64);
  const page = { reading: unreadable('a.html'), files: ['http://example.test/a.pdf'] };
  const first = openReadings('code');
  await first.put(key, page);
  expect(await first.get(key)).toEqual(page);
  await first.flush();
  expect(await openReadings('code').get(key)).toMatchObject(page);
});

test('a reading that a crash spoiled is kept, and tried again by the next run', async () => {
  const key = 'a'.repeat(64);
  const first = openReadings('code');
  await first.put(key, readAs(notRead('a.pdf', '', finding('crashed', [], { how: 'not_started' }))));
  await first.flush();
  const second = openReadings('code');
  expect(second.has(key)).toBe(false);
  expect((await second.get(key))?.reading.findings[0]?.code).toBe('crashed');
  await second.put(key, readAs(unreadable('a.pdf')));
  await second.flush();
  expect(openReadings('code').has(key)).toBe(true);
});

test('more readings than are held back at a time are all found again', async () => {
  const keys = Array.from({ length: 120 }, (_, i) => String(i).padStart(64, '0'));
  const readings = openReadings('code');
  for (const key of keys) await readings.put(key, readAs(unreadable(key)));
  for (const key of keys) expect((await readings.get(key))?.reading.source.path).toBe(key);
  await readings.flush();
  const again = openReadings('code');
  for (const key of keys) expect((await again.get(key))?.reading.source.path).toBe(key);
});

test('real and simulated captures never share an archive', async () => {
  expect(await archive.isSimulated()).toBeNull();
  await archive.claim(true);
  await archive.claim(true);
  await expect(archive.claim(false)).rejects.toThrow(UsageError);
  expect(await archive.isSimulated()).toBe(true);
});
