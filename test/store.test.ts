import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../pipelines/errors.ts';
import { appendLines, linesOf } from '../pipelines/archive/ndjson.ts';
import { openReadings as openReadingsIn } from '../pipelines/archive/readings.ts';
import type { Reading } from '../transforms/report.ts';
import { notRead } from '../pipelines/reading/pool.ts';
import { finding } from '../transforms/findings.ts';
import { unreadable } from './reading.fixture.ts';
import { DiskFull, sha256, type Archive, type PortalLinks, type StoredCapture } from '../pipelines/archive/archive.ts';
import { nameAfter } from '../pipelines/archive/captures.ts';
import { byText, sayFull } from '../pipelines/archive/files.ts';
import { portal as invented } from './invented.ts';
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

const page = Buffer.from('<p>政府信息公开</p>'.repeat(500));
/** As what a gzip or a picture holds. */
const noise = Buffer.from(Array.from({ length: 100 }, (_, i) => sha256(String(i))).join(''), 'hex');

test.each([
  ['a page, packed', page, '.gz'],
  ['what does not get smaller, as it came', noise, ''],
])('a blob is kept once under its hash and comes back byte for byte: %s', async (_, bytes, ending) => {
  const hash = await archive.blobs.put(bytes);
  expect(await archive.blobs.put(bytes)).toBe(hash);
  expect(Buffer.compare(await archive.blobs.get(hash), bytes)).toBe(0);
  expect(readdirSync(join(dir, 'blobs', hash.slice(0, 2)))).toEqual([hash + ending]);
  expect(archive.blobs.placeOf(hash)).toBe(join(dir, 'blobs', hash.slice(0, 2), hash + ending));
});

test('a blob of an older version, which packed none, is read and not written again', async () => {
  const hash = sha256(page);
  const path = join(dir, 'blobs', hash.slice(0, 2), hash);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, page);
  expect([archive.blobs.has(hash), archive.blobs.placeOf(hash)]).toEqual([true, path]);
  expect(await archive.blobs.get(hash)).toEqual(page);
  await archive.blobs.put(page);
  expect(readdirSync(dirname(path))).toEqual([hash]);
});

test.each([
  ['one bit of a plain file', noise, (file: Buffer) => ((file[100]! ^= 1), file)],
  ['one bit of a packed file', page, (file: Buffer) => ((file[file.length >> 1]! ^= 1), file)],
  ['half of it', page, (file: Buffer) => file.subarray(0, file.length >> 1)],
  ['all of it, by zeros', page, (file: Buffer) => file.fill(0)],
])('a damaged blob is refused, and healed when its bytes come again: %s', async (_, bytes, damage) => {
  const hash = await archive.blobs.put(bytes);
  const path = archive.blobs.placeOf(hash);
  writeFileSync(path, damage(readFileSync(path)));
  await expect(archive.blobs.get(hash)).rejects.toThrow(/damaged/);
  await archive.blobs.put(bytes);
  expect(await archive.blobs.get(hash)).toEqual(bytes);
});

test('of a blob in both forms the damaged one does not stay', async () => {
  const hash = sha256(page);
  const path = join(dir, 'blobs', hash.slice(0, 2), hash);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, page.subarray(1));
  await archive.blobs.put(page);
  expect(readdirSync(dirname(path))).toEqual([`${hash}.gz`]);
});

const links = (id: string, ...titles: string[]): PortalLinks => ({
  portal: invented(id),
  listed_at: '2026-02-01T00:00:00.000Z',
  listed: titles.length,
  links: titles.map((title) => ({
    portal: id,
    url: `http://example.test/${title}`,
    title,
    date: null,
    id: null,
    first_seen: '2020-01-01T00:00:00.000Z',
  })),
  problems: [],
});

test.each([
  ['half of it', (text: string) => text.slice(0, text.length >> 1)],
  ['another thing', () => '{"portal":3}'],
  ['zeros', (text: string) => '\0'.repeat(text.length)],
])('links that are damaged cost what the last listing added, are told once, and put aside: %s', async (_, damage) => {
  const file = join(dir, 'links', 'one.json');
  await archive.links.write(links('one', 'a', 'b'));
  await archive.links.write(links('one', 'a', 'b', 'c'));
  writeFileSync(file, damage(readFileSync(file, 'utf8')));
  expect((await archive.links.read('one'))?.links.map(({ title }) => title)).toEqual(['a', 'b']);
  expect(archive.damaged()).toEqual([expect.stringContaining('links/one.json')]);
  expect(await archive.mend()).toEqual([expect.stringContaining('one.json.damaged')]);
  expect((await openArchive(dir).links.read('one'))?.links).toHaveLength(2);
  expect([archive.damaged(), await archive.mend()]).toEqual([[], []]);
  expect(readdirSync(join(dir, 'links')).sort()).toEqual(['one.json', 'one.json.damaged', 'one.json~']);
});

test('a listing that finds its links damaged keeps what is left of them, and does not write it over the copy', async () => {
  const file = join(dir, 'links', 'one.json');
  await archive.links.write(links('one', 'a'));
  await archive.links.write(links('one', 'a', 'b'));
  writeFileSync(file, 'x');
  await archive.links.read('one');
  await archive.links.write(links('one', 'a', 'c'));
  await archive.mend();
  expect(readFileSync(`${file}.damaged`, 'utf8')).toBe('x');
  expect((await archive.links.read('one'))?.links.map(({ title }) => title)).toEqual(['a', 'c']);
  rmSync(file);
  expect((await archive.links.read('one'))?.links.map(({ title }) => title)).toEqual(['a']);
  expect(await archive.links.portals()).toEqual(['one']);
});

test('what the archive is stands in its captures too', async () => {
  await archive.claim(true);
  await archive.captures.append(capture({ simulated: true }));
  writeFileSync(join(dir, 'archive.json'), '{"simul');
  expect(await archive.isSimulated()).toBe(true);
  await expect(archive.claim(false)).rejects.toThrow(UsageError);
  expect(await archive.mend()).toEqual([expect.stringMatching(/archive\.json.*captures/)]);
  expect(readFileSync(join(dir, 'archive.json'), 'utf8')).toBe('{"simulated":true}\n');
});

const statuses = async (from = archive) => (await from.captures.read()).map(({ status }) => status);

test('captures come back in the order in which they were made over several days', async () => {
  await archive.captures.append(capture({ requested_at: '2026-01-31T00:00:00.000Z', status: 1 }));
  await archive.captures.append(capture({ requested_at: '2026-02-01T00:00:00.000Z', status: 2 }));
  await archive.captures.append(capture({ requested_at: '2026-02-01T01:00:00.000Z', status: 3 }));
  expect(await statuses()).toEqual([1, 2, 3]);
  expect([...archive.captures.all()].map(({ status }) => status)).toEqual([1, 2, 3]);
});

test('what was captured last is latest, whatever the clock said', async () => {
  const times = ['2026-11-24', '2030-11-24', '2026-11-25', '2026-11-25', '2026-11-26', '1970-01-01', '2026-11-27'];
  for (const [i, day] of times.entries()) {
    // Each in a run of its own.
    const { captures } = openArchive(dir);
    await captures.append(capture({ requested_at: `${day}T02:00:00.000Z`, status: i }));
  }
  expect(await statuses()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  await archive.captures.append(capture({ requested_at: '2031-01-01T00:00:00.000Z', status: 7 }));
  expect(await statuses()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(readdirSync(join(dir, 'captures')).at(-1)).toBe('2031-01-01.ndjson');
});

test.each([
  [undefined, '2026-01-01', '2026-01-01'],
  ['2026-01-01', '2026-01-01', '2026-01-01'],
  ['2026-01-01', '2026-01-02', '2026-01-02'],
  // Asked before midnight, answered after it.
  ['2026-01-02', '2026-01-01', '2026-01-02'],
  ['2030-01-01', '2026-01-01', '2030-01-01~2026-01-01'],
  ['2030-01-01~2026-01-01', '2026-01-01', '2030-01-01~2026-01-01'],
  ['2030-01-01~2026-01-01', '2026-01-02', '2030-01-01~2026-01-02'],
  ['2030-01-01~2026-01-01', '1970-01-01', '2030-01-01~2026-01-01~1970-01-01'],
  ['2030-01-01~2026-01-01~1970-01-01', '2026-01-05', '2030-01-01~2026-01-05'],
  ['2030-01-01~2026-01-01', '2030-01-01', '2030-01-01~2030-01-01'],
  ['2030-01-01~2026-01-01', '2030-01-02', '2030-01-02'],
])('after the file %s a capture of %s goes into %s', (last, date, name) => {
  expect(nameAfter(last, date)).toBe(name);
  expect(last === undefined || byText(`${last}.ndjson`, `${name}.ndjson`) <= 0).toBe(true);
});

test('of lists a night gets the last of each answer, of articles all; the log keeps everything', async () => {
  const list = (at: string, over: Partial<StoredCapture> = {}) =>
    capture({ url: 'http://example.test/nb/', kind: 'list', document_url: null, requested_at: at, ...over });
  const all = [
    list('2026-02-01T00:00:00.000Z'),
    capture({ requested_at: '2026-02-01T00:00:01.000Z' }),
    list('2026-02-01T00:00:02.000Z', { url: 'http://example.test/nb/?"b' }),
    list('2026-02-02T00:00:00.000Z', { status: 304 }),
    list('2026-02-02T00:00:01.000Z', { via: 'browser' }),
    capture({ requested_at: '2026-02-02T00:00:02.000Z' }),
    list('2026-02-03T00:00:00.000Z', { status: null, outcome: 'error', error: '"document_url":null}' }),
    list('2026-02-04T00:00:00.000Z', { status: 304 }),
    list('2026-02-04T00:00:01.000Z'),
  ];
  for (const one of all) await archive.captures.append(one);
  expect(await archive.captures.read()).toEqual([1, 2, 4, 5, 6, 7, 8].map((i) => all[i]));
  expect([...archive.captures.all()]).toEqual(all);
});

test('what was posted is part of what was asked: each page of a list behind one address is kept', async () => {
  const page = (form: string) =>
    capture({ kind: 'api', document_url: null, url: 'http://x.example/dataproxy.jsp', form });
  for (const form of ['page=1', 'page=2', 'page=1']) await archive.captures.append(page(form));
  expect((await archive.captures.read()).map(({ form }) => form)).toEqual(['page=2', 'page=1']);
});

test('what is written into the log meanwhile is seen, and days that did not change are not read again', async () => {
  await archive.captures.append(capture({ status: 1 }));
  const [first] = await archive.captures.read();
  await archive.captures.append(capture({ status: 2, requested_at: '2026-02-01T16:00:00.000Z' }));
  const again = await archive.captures.read();
  expect(again.map(({ status }) => status)).toEqual([1, 2]);
  expect(again[0]).toBe(first);
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

test.each([
  ['a cut line', '{"url":"http://example.test/b.ht\n'],
  ['zeros', '\0'.repeat(700) + '\n'],
  ['another thing', '{"url":3}\n'],
  ['a list, cut in the middle', '{"url":"http://example.test/","final_url":"http","document_url":null}\n'],
])('a damaged line inside the log costs itself, is told, and is moved out of the log: %s', async (_, line) => {
  await archive.captures.append(capture({ status: 1 }));
  const log = join(dir, 'captures', '2026-01-31.ndjson');
  appendFileSync(log, line);
  await archive.captures.append(capture({ status: 2 }));
  expect(await statuses()).toEqual([1, 2]);
  expect([...archive.captures.all()]).toHaveLength(2);
  expect(archive.damaged()).toEqual([expect.stringMatching(/2026-01-31\.ndjson: .*no capture/)]);
  expect(await archive.mend()).toEqual([expect.stringMatching(/2026-01-31\.ndjson\.damaged/)]);
  expect(readFileSync(`${log}.damaged`, 'utf8')).toBe(line);
  const later = openArchive(dir);
  expect(await statuses(later)).toEqual([1, 2]);
  expect(later.damaged()).toEqual([]);
  await archive.captures.append(capture({ status: 3 }));
  expect(await statuses()).toEqual([1, 2, 3]);
});

test('what killed runs left half written is removed by the next that has the folder to itself', async () => {
  await archive.blobs.put(page);
  await archive.links.write(links('one', 'a'));
  const folders = [dir, join(dir, 'links'), dirname(archive.blobs.placeOf(sha256(page)))];
  for (const folder of folders) writeFileSync(join(folder, 'x.8205.tmp'), 'half');
  const release = await archive.lock('nightly');
  expect(readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  await release();
});

test('a disk that takes nothing more is told with the folder', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(sayFull(full, '/data/blobs/aa/x')).toEqual(
    new DiskFull('nothing can be written into /data/blobs/aa: the disk is full (ENOSPC)'),
  );
  const other = Object.assign(new Error('EACCES'), { code: 'EACCES' });
  expect(sayFull(other, '/data/x')).toBe(other);
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
