import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { combine, documentsOf, outcomeOf } from '../pipelines/archive/documents.ts';
import { createLog } from '../pipelines/cli/progress.ts';
import { readFiles } from '../pipelines/reading/read-files.ts';
import { readArchive } from '../pipelines/read.ts';
import { readingKey, type Archive, type StoredCapture } from '../pipelines/archive/archive.ts';
import { openArchive } from '../pipelines/archive/folder.ts';
import { finding } from '../transforms/findings.ts';
import type { Fact, Reading } from '../transforms/report.ts';
import { unreadable } from './reading.fixture.ts';

const log = createLog({ quiet: true, terminal: false });
let dir: string;
let archive: Archive;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  archive = openArchive(dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const page = (year: number) =>
  `<html><head><title>虚构县人民政府${year}年政府信息公开工作年度报告</title></head><body><h1>虚构县人民政府${year}年政府信息公开工作年度报告</h1>
  <p>一、总体情况</p><p>${year}年，虚构县（虚构的地方）新收政府信息公开申请7件。</p></body></html>`;

async function read(paths: string[]): Promise<{ readings: Reading[]; notes: string[]; unreadable: number }> {
  const lines: string[] = [];
  const notes: string[] = [];
  const result = await readFiles({
    paths,
    json: true,
    print: (line) => void lines.push(line),
    note: (line) => notes.push(line),
  });
  return { readings: lines.map((line) => JSON.parse(line) as Reading), notes, unreadable: result.unreadable };
}

test('a folder is read in name order, one line a document, whatever cannot be read', async () => {
  mkdirSync(join(dir, 'b'));
  writeFileSync(join(dir, 'c.html'), page(2023));
  writeFileSync(join(dir, 'b', 'source.txt'), '虚构县人民政府2022年政府信息公开工作年度报告\n\n一、总体情况\n');
  writeFileSync(join(dir, 'a.pdf'), '%PDF-1.7 cut off');
  writeFileSync(join(dir, 'b', 'truth.json'), '{"report": {}}');
  const { readings, notes, unreadable } = await read([dir]);
  expect(readings.map(({ source }) => source.path.slice(dir.length + 1))).toEqual(['a.pdf', 'b/source.txt', 'c.html']);
  expect(readings[0]?.report).toBeNull();
  expect(readings[0]?.findings.map(({ code }) => code)).toEqual(['unreadable']);
  expect(readings[2]?.source.sha256).toBe(createHash('sha256').update(page(2023)).digest('hex'));
  expect(readings[2]?.report?.year).toBe(2023);
  expect(unreadable).toBe(1);
  expect(notes).toEqual([`ignored ${join(dir, 'b', 'truth.json')}: JSON data, not a document`]);
});

test('a page in a file with a wrong name is read for what it is', async () => {
  writeFileSync(join(dir, 'page.json'), page(2021));
  const { readings } = await read([join(dir, 'page.json')]);
  expect(readings[0]?.source.media_type).toBe('text/html');
});

test('links are followed to files only, so that a folder cannot contain itself', async () => {
  writeFileSync(join(dir, 'a.html'), page(2023));
  symlinkSync(join(dir, 'a.html'), join(dir, 'b.html'));
  symlinkSync(dir, join(dir, 'loop'));
  symlinkSync(join(dir, 'gone'), join(dir, 'nowhere'));
  const { readings, notes } = await read([dir]);
  expect(readings).toHaveLength(2);
  expect(notes.map((note) => note.replace(/^.*: /, ''))).toEqual(['a link to a folder', 'a link that leads nowhere']);
});

test('a file larger than any report is not loaded', async () => {
  writeFileSync(join(dir, 'huge.html'), '');
  truncateSync(join(dir, 'huge.html'), 300 * 2 ** 20);
  const before = process.memoryUsage().rss;
  const { readings, unreadable } = await read([dir]);
  expect(readings[0]?.findings[0]?.code).toBe('too_large');
  expect(readings[0]?.source.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(unreadable).toBe(1);
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20);
});

test('a path that does not exist is told before anything is read', async () => {
  writeFileSync(join(dir, 'a.html'), page(2023));
  await expect(read([dir, join(dir, 'missing')])).rejects.toThrow(/missing: no such file/);
});

const capture = (url: string, hash: string, over: Partial<StoredCapture> = {}): StoredCapture => ({
  url,
  final_url: url,
  portal: 'one',
  kind: 'article',
  requested_at: '2026-02-01T00:00:00.000Z',
  status: 200,
  headers: { 'content-type': 'text/html' },
  sha256: hash,
  bytes: 1,
  media_type: 'text/html',
  outcome: 'ok',
  error: null,
  vantage: 'test',
  simulated: true,
  via: 'http',
  document_url: url,
  ...over,
});

const address = (year: number) => `http://one.simulator.test/content/post_${year}.html`;

async function fill(years: number[]): Promise<void> {
  for (const year of years) {
    const hash = await archive.blobs.put(Buffer.from(page(year)));
    await archive.captures.append(capture(address(year), hash));
  }
  await archive.links.write(portalLinks(years));
}

const readNew = () => readArchive({}, { archive, log });

const portalLinks = (years: number[]) => ({
  portal: {
    id: 'one',
    division: '990100',
    name: '虚构县',
    family: 'nfcms',
    index_url: 'http://one.simulator.test/',
    from: null,
    until: null,
    vantage: 'any',
    note: '',
  },
  listed_at: '2026-02-01T00:00:00.000Z',
  listed: years.length,
  problems: [],
  links: years.map((year) => ({
    portal: 'one',
    url: address(year),
    title: `虚构县人民政府${year}年政府信息公开工作年度报告`,
    date: null,
    id: String(year),
    first_seen: '2026-02-01T00:00:00.000Z',
  })),
});

test('what this code has read is not read again; what is new is', async () => {
  await fill([2020, 2021]);
  expect(await readNew()).toMatchObject({ archived: 2, read: 2 });
  expect(await readNew()).toMatchObject({ archived: 2, read: 0 });
  await fill([2020, 2021, 2022]);
  expect(await readNew()).toMatchObject({ archived: 3, read: 1 });
});

test('the files that a page offers are kept with its reading, as seen from where it was sent to', async () => {
  await fill([2020]);
  const hash = await archive.blobs.put(Buffer.from(`${page(2020)}<a href="a.pdf">全文</a>`));
  const moved = capture(address(2020), hash, { final_url: 'http://one.simulator.test/elsewhere/' });
  await archive.captures.append(moved);
  await readNew();
  const readings = await archive.openReadings();
  expect((await readings.get(readingKey(moved)))?.files).toEqual(['http://one.simulator.test/elsewhere/a.pdf']);
});

test('bytes that are gone from the archive are a finding of their document and stop nothing', async () => {
  await fill([2020, 2021]);
  const hash = createHash('sha256').update(page(2020)).digest('hex');
  rmSync(archive.blobs.placeOf(hash));
  expect(await readNew()).toMatchObject({ archived: 2, read: 2 });
  // Once the file is back, so is the report.
  await archive.blobs.put(Buffer.from(page(2020)));
  expect(await readNew()).toMatchObject({ archived: 2, read: 1 });
});

test('a picture that is gone costs nothing but itself, until it is back', async () => {
  await fill([2020]);
  const seen = capture(
    address(2020),
    await archive.blobs.put(Buffer.from(`${page(2020)}<img src="a.png"><img src="b.png">`)),
  );
  await archive.captures.append(seen);
  const pictures: StoredCapture[] = [];
  for (const name of ['a.png', 'b.png'])
    pictures.push(
      capture(`http://one.simulator.test/content/${name}`, await archive.blobs.put(Buffer.from(name)), {
        kind: 'attachment',
        media_type: 'image/png',
        document_url: address(2020),
      }),
    );
  for (const picture of pictures) await archive.captures.append(picture);
  const unreadFiles = async () => {
    const found = await (await archive.openReadings()).get(readingKey(seen, ...pictures));
    expect(found?.reading.report?.year).toBe(2020);
    return found?.reading.findings.flatMap((f) => (f.code === 'unreadable' ? [f.details.file] : []));
  };
  rmSync(archive.blobs.placeOf(pictures[1]?.sha256 ?? ''));
  // The page as it was before, too: none of them has a number.
  expect(await readNew()).toMatchObject({ archived: 3, read: 3 });
  expect(await unreadFiles()).toEqual(['http://one.simulator.test/content/b.png']);
  await archive.blobs.put(Buffer.from('b.png'));
  expect(await readNew()).toMatchObject({ archived: 3, read: 1 });
  expect(await unreadFiles()).toEqual([]);
});

test('an archive that cannot be read is not taken for one whose bytes are gone', async () => {
  await fill([2020]);
  const path = archive.blobs.placeOf(createHash('sha256').update(page(2020)).digest('hex'));
  rmSync(path);
  mkdirSync(path);
  await expect(readNew()).rejects.toThrow(/EISDIR/);
});

test('an attachment belongs to the page as it was when last captured, a failed one to the night before', () => {
  const url = address(2020);
  const file = (name: string, at: string, over: Partial<StoredCapture> = {}) =>
    capture(`http://one.simulator.test/${name}`, 'f', {
      kind: 'attachment',
      document_url: url,
      requested_at: at,
      ...over,
    });
  const captures = [
    capture(url, 'p', { requested_at: '2026-02-01T00:00:00.000Z' }),
    file('old.pdf', '2026-02-01T00:00:01.000Z'),
    file('kept.pdf', '2026-02-01T00:00:02.000Z'),
    capture(url, 'q', { requested_at: '2026-03-01T00:00:00.000Z' }),
    file('kept.pdf', '2026-03-01T00:00:01.000Z', { outcome: 'error', sha256: null }),
  ];
  const [document] = documentsOf([portalLinks([2020])], captures);
  expect(document?.article?.sha256).toBe('q');
  expect(
    document?.attachments.map(({ url: name, requested_at }) => [name.slice(-8), requested_at.slice(0, 10)]),
  ).toEqual([['kept.pdf', '2026-02-01']]);
});

const identity = { publisher: '虚构县', division_code: '990101', year: 2020, title: null, published_on: '2021-01-20' };
const fact: Fact = {
  grid: 'requests',
  line: 'received',
  col: 'total',
  edition: '2019',
  value: 7,
  absence: null,
  unit: 'count',
  raw: '7',
  status: 'unverified',
  proofs: 0,
  place: { block: 0, row: 0, column: 0 },
};
const reading = (over: Partial<Reading>): Reading => ({ ...unreadable('page', 'p'), findings: [], ...over });

test('the page speaks for a document, or its file where only that holds numbers', () => {
  const numbers = reading({ report: { ...identity, published_on: null }, facts: [fact] });
  const bare = reading({ report: identity });
  const scan = unreadable('http://one.simulator.test/scan.pdf', 's');
  expect(combine(numbers, [bare])).toBe(numbers);
  expect(combine(bare, [])).toBe(bare);
  expect(combine(bare, [scan, numbers])).toMatchObject({ facts: [fact], report: { published_on: '2021-01-20' } });
  const unread = combine(bare, [scan]);
  expect(unread.report).toEqual(identity);
  expect(unread.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'unreadable http://one.simulator.test/scan.pdf: the file is empty',
  ]);
});

const missing = finding('grid_missing', [], { grid: 'requests', label: '' });

test('beside the file that speaks, what is wrong with page and other files stays visible', () => {
  const copied = finding('clone_text', [], { readings: 9 });
  const bare = reading({ report: identity, findings: [copied, missing] });
  const file = reading({ report: { ...identity, publisher: null, year: 2019 }, facts: [fact] });
  const scan = unreadable('scan.pdf', 's');
  const both = combine(bare, [file, scan]);
  expect(both.report).toMatchObject({ publisher: '虚构县', year: 2019 });
  expect(both.findings.map(({ code }) => code)).toEqual(['clone_text', 'unreadable', 'attachment.disagree']);
  const nameless = combine(bare, [reading({ facts: [fact] })]);
  expect([nameless.report, nameless.facts]).toEqual([identity, [fact]]);
});

test('where reading the pictures of a page fails, the page keeps what it says', () => {
  const foreign = finding('foreign_domain', [], { domain: 'www.shili.com' });
  const half = reading({ report: identity, facts: [fact], findings: [missing, foreign] });
  const failed = unreadable('page', 'p');
  expect(combine(half, [failed])).toMatchObject({ report: identity, facts: [fact] });
  expect(combine(half, [failed]).findings.map(({ code }) => code)).toContain('unreadable');
  const whole = reading({ report: identity, facts: [fact, { ...fact, col: 'enterprise' }], findings: [foreign] });
  expect(combine(half, [whole]).findings).toEqual([foreign]);
});

test('a page that names its report while its numbers are not read is no success', () => {
  const [there] = documentsOf([portalLinks([2020])], [capture(address(2020), 'x')]);
  const picture = finding('picture_unread', [], { pictures: 1 });
  for (const found of [
    finding('needs_ocr', [], { what: 'image' }),
    finding('limit_time', [], { seconds: 60 }),
    finding('crashed', [], { how: 'not_started' }),
    finding('pages_unread', [], { read: 60, pages: 61 }),
    picture,
  ])
    expect(there && outcomeOf(there, reading({ report: identity, findings: [found] }))).toEqual({
      outcome: 'unread',
      reason: found.code,
    });
  const partly = reading({ report: identity, facts: [fact], findings: [picture] });
  expect(there && outcomeOf(there, partly).outcome).toBe('report');
});

test('every document ends somewhere', () => {
  const years = portalLinks([2020]);
  const [never] = documentsOf([years], []);
  const [failed] = documentsOf(
    [years],
    [capture(address(2020), 'x', { outcome: 'blocked', sha256: null, error: 'HTTP 412' })],
  );
  const [there] = documentsOf([years], [capture(address(2020), 'x')]);
  if (!never || !failed || !there) throw new Error('a link gave no document');
  const notice = documentsOf(
    [{ ...years, links: years.links.map((link) => ({ ...link, title: '关于做好年度报告编制工作的通知' })) }],
    [],
  )[0];
  expect(outcomeOf(never, null)).toEqual({ outcome: 'not_fetched', reason: 'not tried yet' });
  expect(outcomeOf(failed, null)).toEqual({ outcome: 'not_fetched', reason: 'blocked: HTTP 412' });
  expect(outcomeOf(there, null).outcome).toBe('unread');
  expect(outcomeOf(there, reading({ report: identity, facts: [fact] })).outcome).toBe('report');
  expect(outcomeOf(there, reading({ report: identity })).outcome).toBe('unread');
  expect(outcomeOf(there, reading({ report: { ...identity, publisher: null } })).outcome).toBe('unread');
  expect(outcomeOf(there, unreadable())).toEqual({ outcome: 'unread', reason: 'unreadable' });
  expect(outcomeOf(there, reading({})).outcome).toBe('unread');
  expect(notice && outcomeOf(notice, null)).toEqual({ outcome: 'not_a_report', reason: 'notice' });
});
