import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../pipelines/errors.ts';
import { lock } from '../pipelines/archive/lock.ts';
import { appendLines, linesOf } from '../pipelines/archive/ndjson.ts';
import { openReadings } from '../pipelines/archive/readings.ts';
import type { Reading } from '../transforms/report.ts';
import { notRead } from '../pipelines/reading/pool.ts';
import { finding } from '../transforms/findings.ts';
import { unreadable } from './reading.fixture.ts';
import {
  addCapture,
  blobPath,
  claimArchive,
  getBlob,
  putBlob,
  readCaptures,
  readLinks,
  type StoredCapture,
} from '../pipelines/archive/archive.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
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

test('a blob is kept once under its hash and comes back byte for byte', () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) % 256);
  const hash = putBlob(dir, bytes);
  expect(putBlob(dir, bytes)).toBe(hash);
  expect(Buffer.compare(getBlob(dir, hash), bytes)).toBe(0);
  expect(readdirSync(join(dir, 'blobs', hash.slice(0, 2)))).toEqual([hash]);
});

test('a damaged blob is refused', () => {
  const hash = putBlob(dir, Buffer.from('as published'));
  writeFileSync(blobPath(dir, hash), 'as edited');
  expect(() => getBlob(dir, hash)).toThrow(/damaged/);
  writeFileSync(blobPath(dir, hash), 'as');
  putBlob(dir, Buffer.from('as published'));
  expect(getBlob(dir, hash)).toEqual(Buffer.from('as published'));
});

test('links that cannot be parsed are told with their file', () => {
  mkdirSync(join(dir, 'links'));
  writeFileSync(join(dir, 'links', 'one.json'), '{"portal":');
  expect(() => readLinks(dir, 'one')).toThrow(/one\.json: not JSON/);
});

test('captures come back oldest first over several days', () => {
  addCapture(dir, capture({ requested_at: '2026-02-01T00:00:00.000Z', status: 2 }));
  addCapture(dir, capture({ requested_at: '2026-01-31T00:00:00.000Z', status: 1 }));
  addCapture(dir, capture({ requested_at: '2026-02-01T01:00:00.000Z', status: 3 }));
  expect(readCaptures(dir).map(({ status }) => status)).toEqual([1, 2, 3]);
});

test('a last line cut by a crash is left out, and the next capture does not run into it', () => {
  addCapture(dir, capture({ status: 1 }));
  const log = join(dir, 'captures', '2026-01-31.ndjson');
  appendFileSync(log, '{"url":"http://example.test/b.ht');
  expect(readCaptures(dir).map(({ status }) => status)).toEqual([1]);
  addCapture(dir, capture({ status: 2 }));
  expect(readCaptures(dir).map(({ status }) => status)).toEqual([1, 2]);
  expect(readFileSync(log, 'utf8').trimEnd().split('\n')).toHaveLength(2);
});

test('a damaged line inside the log is named, not skipped', () => {
  addCapture(dir, capture());
  appendFileSync(join(dir, 'captures', '2026-01-31.ndjson'), 'not json\n');
  addCapture(dir, capture());
  expect(() => readCaptures(dir)).toThrow(/2026-01-31\.ndjson:2/);
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

const readAs = (reading: Reading) => ({ reading, files: [] });

test('readings are kept by the code that made them', () => {
  const [one, two] = ['1'.repeat(64), '2'.repeat(64)];
  const before = openReadings(dir, 'code-a');
  before.put(one, readAs(unreadable('a.pdf', 'x')));
  before.flush();
  before.put(two, readAs(unreadable('b.pdf', 'y')));
  const after = openReadings(dir, 'code-a');
  expect(after.get(one)?.reading.source.path).toBe('a.pdf');
  expect(after.has(two)).toBe(false);
  const changed = openReadings(dir, 'code-b');
  expect(changed.has(one)).toBe(false);
  changed.put(two, readAs(unreadable('b.pdf', 'y')));
  changed.flush();
  changed.prune();
  expect(readdirSync(join(dir, 'read'))).toEqual(['code-b']);
});

test('the files a page offers are kept with its reading', () => {
  const key = 'a'.repeat(64);
  const page = { reading: unreadable('a.html'), files: ['http://example.test/a.pdf'] };
  const first = openReadings(dir, 'code');
  first.put(key, page);
  expect(first.get(key)).toEqual(page);
  first.flush();
  expect(openReadings(dir, 'code').get(key)).toMatchObject(page);
});

test('a reading that a crash spoiled is kept, and tried again by the next run', () => {
  const key = 'a'.repeat(64);
  const first = openReadings(dir, 'code');
  first.put(key, readAs(notRead('a.pdf', '', finding('crashed', [], { how: 'not_started' }))));
  first.flush();
  const second = openReadings(dir, 'code');
  expect(second.has(key)).toBe(false);
  expect(second.get(key)?.reading.findings[0]?.code).toBe('crashed');
  second.put(key, readAs(unreadable('a.pdf')));
  second.flush();
  expect(openReadings(dir, 'code').has(key)).toBe(true);
});

test('more readings than are held back at a time are all found again', () => {
  const keys = Array.from({ length: 120 }, (_, i) => String(i).padStart(64, '0'));
  const readings = openReadings(dir, 'code');
  for (const key of keys) readings.put(key, readAs(unreadable(key)));
  for (const key of keys) expect(readings.get(key)?.reading.source.path).toBe(key);
  readings.flush();
  const again = openReadings(dir, 'code');
  expect(keys.map((key) => again.get(key)?.reading.source.path)).toEqual(keys);
});

test('real and simulated captures never share an archive', () => {
  claimArchive(dir, true);
  claimArchive(dir, true);
  expect(() => claimArchive(dir, false)).toThrow(UsageError);
});

test('a second run on a data folder is told who is at work; the folder is free afterwards', () => {
  const release = lock(dir, 'nightly');
  expect(() => lock(dir, 'fetch')).toThrow(/gongkai nightly.*process/);
  release();
  lock(dir, 'fetch')();
  expect(existsSync(join(dir, 'lock'))).toBe(false);
});

test('the lock of a process that is gone, or half a lock, is taken over; that of another machine is not', () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(join(dir, 'lock'), JSON.stringify({ pid: gone, host: hostname(), command: 'nightly' }));
  lock(dir, 'fetch')();
  writeFileSync(join(dir, 'lock'), '{"pid":');
  lock(dir, 'fetch')();
  writeFileSync(join(dir, 'lock'), JSON.stringify({ pid: gone, host: 'elsewhere.example', command: 'nightly' }));
  expect(() => lock(dir, 'fetch')).toThrow(/elsewhere\.example/);
});
