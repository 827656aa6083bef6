import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { archivedDocuments, readArchive, readDocuments } from '../pipelines/read.ts';
import { defaultConfig } from '../pipelines/config.ts';
import { outcomeOf, type Result } from '../pipelines/archive/documents.ts';
import { realEffects, type Effects } from '../pipelines/effects.ts';
import { Stopped, UsageError } from '../pipelines/errors.ts';
import { fetchPortals, type FetchSummary } from '../pipelines/fetch.ts';
import { createLog } from '../pipelines/cli/progress.ts';
import { statusOf } from '../pipelines/status.ts';
import { DiskFull, ifThere, type Archive, type PortalLinks, type StoredCapture } from '../pipelines/archive/archive.ts';
import { openArchive } from '../pipelines/archive/folder.ts';
import { BrowserMissing } from '../scrapers/errors.ts';
import type { Portal } from '../scrapers/portals.ts';
import { bare, list, page, portal, report, row } from './invented.ts';
import { serve, type Serving } from './serving.ts';

let dir: string;
let archive: Archive;
let pages: Record<string, string | Uint8Array | number>;
let server: Serving;
let now: Date;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  archive = openArchive(dir);
  now = new Date('2026-02-01T02:00:00Z');
  pages = {
    'one.simulator.test/nb/': list(
      row(1, report(2023)),
      row(2, report(2022)),
      row(3, '关于做好年度报告编制工作的通知'),
    ),
    'one.simulator.test/nb/content/post_1.html': page(report(2023)),
    'one.simulator.test/nb/content/post_2.html': page(report(2022)),
    'two.simulator.test/nb/': list(row(1, report(2023))),
    'two.simulator.test/nb/content/post_1.html': page(report(2023), '<p>另一门户</p>'),
  };
  server = await serve((request, response) => {
    const answer = pages[`${request.headers.host}${request.url}`] ?? 404;
    response.writeHead(typeof answer === 'number' ? answer : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(typeof answer === 'number' ? String(answer) : answer);
  });
});
afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

const effects = (): Effects => ({
  ...realEffects(archive, createLog({ quiet: true, terminal: false })),
  now: () => now,
});

function run(portals: Portal[], refresh = false, through = effects()): Promise<FetchSummary> {
  const config = defaultConfig({
    simulated: true,
    connect: { '*.simulator.test': server.address },
    delay_ms: 0,
    timeout_ms: 2000,
    // These reports are two years old: after 18 to 30 days.
    refresh_days: 2,
  });
  return fetchPortals({ config, portals, refresh }, through);
}

const askedFor = (part: string) => server.asked.filter((line) => line.includes(part)).length;

test('lists, fetches what is a report by its title, and archives every byte with its capture', async () => {
  const summary = await run([portal('one')]);
  expect(summary).toMatchObject({ discovered: 3, new_links: 3, fetched: 2, changed: 2, failed: [] });
  const articles = (await archive.captures.read()).filter(({ kind }) => kind === 'article');
  expect(articles.map(({ url }) => url.slice(-11))).toEqual(expect.arrayContaining(['post_1.html', 'post_2.html']));
  for (const { sha256, bytes, simulated, document_url, url } of articles) {
    expect((await archive.blobs.get(sha256 ?? '')).length).toBe(bytes);
    expect([simulated, document_url]).toEqual([true, url]);
  }
  expect(askedFor('post_3')).toBe(0);
  expect((await archive.captures.read()).map(({ kind }) => kind).sort()).toEqual([
    'article',
    'article',
    'list',
    'list',
    'list',
    'robots',
  ]);
});

test('a capture is logged only once its bytes are in the archive', async () => {
  const put = async (bytes: Uint8Array) => {
    if (Buffer.from(bytes).includes('另一门户')) throw new Error('no space left');
    return archive.blobs.put(bytes);
  };
  const full = { ...archive, blobs: { ...archive.blobs, put } };
  const summary = await run([portal('one'), portal('two')], false, { ...effects(), archive: full });
  expect(summary).toMatchObject({ fetched: 2, failed: [{ portal: 'two', reason: 'no space left' }] });
  expect((await archive.captures.read()).filter((c) => c.portal === 'two' && c.kind === 'article')).toEqual([]);
});

test('the next night lists again and fetches nothing that is there', async () => {
  await run([portal('one')]);
  const before = server.asked.length;
  now = new Date('2026-02-02T02:00:00Z');
  const summary = await run([portal('one')]);
  expect(summary).toMatchObject({ discovered: 3, new_links: 0, fetched: 0, changed: 0 });
  expect(server.asked.slice(before).filter((line) => line.includes('post_'))).toEqual([]);
  expect(readdirSync(join(dir, 'captures'))).toEqual(['2026-02-01.ndjson', '2026-02-02.ndjson']);
});

test('an article is fetched again when it is old or when asked, and an edit is noticed', async () => {
  await run([portal('one')]);
  pages['one.simulator.test/nb/content/post_1.html'] = page(report(2023), '<p>更正</p>');
  expect(await run([portal('one')], true)).toMatchObject({ fetched: 2, changed: 1 });
  now = new Date('2026-02-18T02:00:00Z');
  expect(await run([portal('one')])).toMatchObject({ fetched: 0 });
  now = new Date('2026-03-04T02:00:00Z');
  expect(await run([portal('one')])).toMatchObject({ fetched: 2, changed: 0 });
});

test('what a portal says is unchanged is not transferred again, until its word is half a year old', async () => {
  let bodies = 0;
  const careful = await serve((request, response) => {
    const answer = pages[`${request.headers.host}${request.url}`];
    if (typeof answer !== 'string') return void response.writeHead(404).end();
    const etag = `"${answer.length}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
    bodies += 1;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag }).end(answer);
  });
  const connect = { '*.simulator.test': careful.address };
  const config = defaultConfig({ simulated: true, connect, delay_ms: 0, refresh_days: 2 });
  const night = async (date: string) => {
    now = new Date(`${date}T02:00:00Z`);
    bodies = 0;
    return fetchPortals({ config, portals: [portal('one')], refresh: false }, effects());
  };
  try {
    await night('2026-02-01');
    expect(bodies).toBe(3);
    expect(await night('2026-03-05')).toMatchObject({ discovered: 3, fetched: 2, changed: 0, failed: [] });
    expect(bodies).toBe(0);
    const kept = (await archive.captures.read()).filter(({ status }) => status === 304);
    expect(kept.map(({ kind, outcome, media_type }) => [kind, outcome, media_type])).toEqual(
      expect.arrayContaining([['article', 'ok', 'text/html']]),
    );
    for (const { sha256, bytes } of kept) expect((await archive.blobs.get(sha256 ?? '')).length).toBe(bytes);
    pages['one.simulator.test/nb/content/post_1.html'] = page(report(2023), '<p>更正</p>');
    expect(await night('2026-04-10')).toMatchObject({ fetched: 2, changed: 1 });
    expect(bodies).toBe(1);
    // The edited article came in April; its list and the other article are as old as the archive.
    await night('2026-09-01');
    expect(bodies).toBe(2);
    // Whose bytes are gone has no copy that could be confirmed.
    const one = (await archive.captures.read()).findLast(({ url }) => url.endsWith('post_1.html'));
    rmSync(archive.blobs.placeOf(one?.sha256 ?? ''));
    await night('2026-10-05');
    expect(bodies).toBe(1);
  } finally {
    await careful.close();
  }
});

test('a portal that is down and an article that fails stop nothing else, and are tried again', async () => {
  pages['one.simulator.test/nb/'] = 404;
  pages['two.simulator.test/nb/'] = list(row(1, report(2023)), row(2, report(2022)));
  pages['two.simulator.test/nb/content/post_2.html'] = 403;
  const summary = await run([portal('one'), portal('two')]);
  expect(summary.portals[0]?.problems.map(({ code }) => code)).toEqual(['list_missing']);
  expect(summary).toMatchObject({ fetched: 1, failed: [{ portal: 'two', reason: 'blocked: HTTP 403' }] });
  pages['two.simulator.test/nb/content/post_2.html'] = page(report(2022));
  expect(await run([portal('one'), portal('two')])).toMatchObject({ fetched: 1, failed: [] });
});

test('where this machine looked for a browser is told, and neither kept nor published', async () => {
  pages['one.simulator.test/nb/'] = '<body><script src="list.js"></script></body>';
  const openBrowser = () => Promise.reject(new BrowserMissing(['/opt/someone/chrome'], 'no browser found'));
  const summary = await run([{ ...portal('one'), family: 'plain' }], false, { ...effects(), openBrowser });
  expect(summary.portals[0]?.problems).toMatchObject([
    { code: 'browser_missing', message: expect.stringContaining('no browser found; tried /opt/someone/chrome') },
  ]);
  const kept = (await archive.links.read('one'))?.problems;
  expect(kept).toMatchObject([{ code: 'browser_missing', details: { list: 'http://one.simulator.test/nb/' } }]);
  expect(JSON.stringify(kept)).not.toContain('/opt/someone');
});

test('links that vanish from a list stay known, and a list that shrinks is a problem', async () => {
  const rows = [1, 2, 3, 4].map((id) => row(id, report(2018 + id)));
  pages['two.simulator.test/nb/'] = list(...rows);
  for (const id of [1, 2, 3, 4]) pages[`two.simulator.test/nb/content/post_${id}.html`] = page(report(2018 + id));
  await run([portal('two')]);
  pages['two.simulator.test/nb/'] = list(row(1, report(2019)));
  const summary = await run([portal('two')]);
  expect(summary.discovered).toBe(4);
  expect(summary.portals[0]?.problems.map(({ code }) => code)).toEqual(['list_shrunk']);
  pages['two.simulator.test/nb/'] = 500;
  await run([portal('two')]);
  expect((await archive.links.read('two'))?.links).toHaveLength(4);
});

test('an article that only leads to a file takes the file along as the same document', async () => {
  const file = Buffer.from('%PDF-1.4 not much of one');
  pages['one.simulator.test/nb/content/post_1.html'] = page(report(2023), '<a href="/attachment/1/2.pdf">点击下载</a>');
  pages['one.simulator.test/attachment/1/2.pdf'] = file;
  await run([portal('one')]);
  const [first, second] = await archivedDocuments(archive);
  expect(first?.attachments.map(({ url, kind }) => [url, kind])).toEqual([
    ['http://one.simulator.test/attachment/1/2.pdf', 'attachment'],
  ]);
  expect(Buffer.from(await archive.blobs.get(first?.attachments[0]?.sha256 ?? ''))).toEqual(file);
  expect(second?.attachments).toEqual([]);
});

test(
  'the file behind a viewer, a program or a script is stored itself, whatever its address is called',
  { timeout: 30_000 },
  async () => {
    const file = Buffer.from('%PDF-1.4 not much of one');
    const links: [string, string][] = [
      ['<iframe src="/pdfjs/web/viewer.html?file=%2Ff%2F1.pdf&amp;page=1"></iframe>', '/f/1.pdf'],
      [
        '<a href="/download/downfile.jsp?classid=0&amp;filename=2.pdf">下载</a>',
        '/download/downfile.jsp?classid=0&filename=2.pdf',
      ],
      ['<a href="/download.do?id=3">下载</a>', '/download.do?id=3'],
      [`<a href="#" onclick="window.open('/f/4.pdf')">查看</a>`, '/f/4.pdf'],
      ['<a href="/f/t5.shtml">年度报告.pdf</a>', '/f/t5.shtml'],
    ];
    pages['one.simulator.test/nb/content/post_1.html'] = page(report(2023), links.map(([link]) => link).join(''));
    pages['one.simulator.test/pdfjs/web/viewer.html?file=%2Ff%2F1.pdf&page=1'] = page('viewer', '');
    for (const [, address] of links) pages[`one.simulator.test${address}`] = file;
    await run([portal('one')]);
    const [first] = await archivedDocuments(archive);
    expect(first?.attachments.map(({ url }) => url.replace('http://one.simulator.test', '')).sort()).toEqual(
      links.map(([, address]) => address).sort(),
    );
    for (const { sha256 } of first?.attachments ?? [])
      expect(Buffer.from(await archive.blobs.get(sha256 ?? ''))).toEqual(file);
  },
);

test('a file that could not be had is told and asked for again, though its page is not due', async () => {
  pages['two.simulator.test/nb/content/post_1.html'] = bare(
    report(2023),
    '<p>一、总体情况</p><p>全年新收政府信息公开申请3件。</p><iframe src="/attachment/1/2.pdf"></iframe>',
  );
  pages['two.simulator.test/attachment/1/2.pdf'] = 500;
  const first = await run([portal('two')]);
  expect(first.failed).toMatchObject([{ reason: expect.stringContaining('/attachment/1/2.pdf: error') }]);
  const { value: document } = (await readDocuments(archive).next()) as { value: Result | undefined };
  expect(document?.reading?.findings.map(({ code }) => code)).toContain('attachment.not_fetched');
  expect(document && outcomeOf(document.document, document.reading)).toEqual({
    outcome: 'unread',
    reason: 'attachment.not_fetched',
  });
  pages['two.simulator.test/attachment/1/2.pdf'] = '%PDF-1.4 not much of one';
  const second = await run([portal('two')]);
  expect([second.fetched, second.failed]).toEqual([0, []]);
  expect((await archivedDocuments(archive))[0]?.attachments).toHaveLength(1);
  const before = server.asked.length;
  await run([portal('two')]);
  expect(server.asked.slice(before).filter((line) => line.includes('attachment'))).toEqual([]);
});

test('a run killed between a page and its file is finished by the next', async () => {
  pages['two.simulator.test/nb/content/post_1.html'] = page(report(2023), '<a href="/attachment/1/2.pdf">下载</a>');
  pages['two.simulator.test/attachment/1/2.pdf'] = '%PDF-1.4 not much of one';
  await run([portal('two')]);
  // As it was when the page had just been archived.
  const log = join(dir, 'captures', '2026-02-01.ndjson');
  const lines = readFileSync(log, 'utf8').split('\n');
  writeFileSync(log, lines.filter((line) => !line.includes('"attachment"')).join('\n'));
  rmSync(join(dir, 'read'), { recursive: true, force: true });
  expect((await archivedDocuments(archive))[0]?.attachments).toEqual([]);
  await run([portal('two')]);
  expect((await archivedDocuments(archive))[0]?.attachments).toHaveLength(1);
});

test('a page that takes long to read holds up nothing else', async () => {
  // Closing tags of elements that are not open hide the depth from a count of tags.
  const hostile = `<title>${report(2023)}</title>${'<div></b>'.repeat(12_000)}<a href="/attachment/1/2.pdf">下载</a>`;
  pages['two.simulator.test/nb/content/post_1.html'] = hostile;
  pages['two.simulator.test/attachment/1/2.pdf'] = '%PDF-1.4 not much of one';
  const delay = monitorEventLoopDelay();
  delay.enable();
  await run([portal('two')]);
  delay.disable();
  expect(delay.max / 1e6).toBeLessThan(600);
});

test('what robots.txt closes is not asked for and is no failure', async () => {
  pages['one.simulator.test/robots.txt'] = 'User-agent: *\nDisallow: /nb/content/post_2.html';
  const summary = await run([portal('one')]);
  expect(summary).toMatchObject({ fetched: 1, disallowed: 1, failed: [] });
  expect(askedFor('post_2')).toBe(0);
  expect((await archivedDocuments(archive)).map(({ attempt }) => attempt?.outcome)).toEqual([
    'ok',
    'disallowed',
    undefined,
  ]);
});

/** As by a fault of the disk: the file is there and as long as before. */
function damage(hash: string | null | undefined): void {
  const path = archive.blobs.placeOf(hash ?? '');
  const file = readFileSync(path);
  file[file.length >> 1]! ^= 1;
  writeFileSync(path, file);
}
const forgetReadings = () => rmSync(join(dir, 'read'), { recursive: true, force: true });
const intact = async (hash: string | null | undefined) => (await ifThere(archive.blobs.get(hash ?? ''))) !== null;

test('a page that the disk lost, or damaged where it is to be read again, is fetched and healed the same night', async () => {
  await run([portal('one')]);
  const [first, second] = await archivedDocuments(archive);
  const [one, two] = [first?.article?.sha256, second?.article?.sha256];
  damage(one);
  rmSync(archive.blobs.placeOf(two ?? ''));
  // Read, so that nobody looks at the damaged one tonight.
  now = new Date('2026-02-02T02:00:00Z');
  expect(await run([portal('one')])).toMatchObject({ fetched: 1, changed: 0, failed: [] });
  expect([await intact(one), await intact(two)]).toEqual([false, true]);
  forgetReadings();
  now = new Date('2026-02-03T02:00:00Z');
  expect(await run([portal('one')])).toMatchObject({ fetched: 1, changed: 0, failed: [] });
  expect(await intact(one)).toBe(true);
  now = new Date('2026-02-04T02:00:00Z');
  expect(await run([portal('one')])).toMatchObject({ fetched: 0, failed: [] });
});

test('so is a file beside a page, and only that', async () => {
  pages['two.simulator.test/nb/content/post_1.html'] = page(report(2023), '<a href="/attachment/1/2.pdf">下载</a>');
  pages['two.simulator.test/attachment/1/2.pdf'] = '%PDF-1.4 not much of one';
  await run([portal('two')]);
  await readArchive({}, effects());
  const [document] = await archivedDocuments(archive);
  const hash = document?.attachments[0]?.sha256;
  damage(hash);
  forgetReadings();
  const before = server.asked.length;
  now = new Date('2026-02-02T02:00:00Z');
  expect(await run([portal('two')])).toMatchObject({ fetched: 0, failed: [] });
  expect(server.asked.slice(before).filter((line) => /post|attachment/.test(line))).toEqual([
    'GET /attachment/1/2.pdf',
  ]);
  expect(await intact(hash)).toBe(true);
});

test('a capture of the future is no reason to wait for it, and what comes after it is latest', async () => {
  now = new Date('2030-11-24T02:00:00Z');
  await run([portal('one')]);
  now = new Date('2026-02-02T02:00:00Z');
  pages['one.simulator.test/nb/content/post_1.html'] = page(report(2023), '<p>更正</p>');
  const warned: string[] = [];
  const through = { ...effects(), log: { ...effects().log, warn: (line: string) => void warned.push(line) } };
  expect(await run([portal('one')], false, through)).toMatchObject({ fetched: 2, changed: 1 });
  expect(warned.join()).toMatch(/the clock says 2026-02-02.*2030-11-24.*later/);
  const [document] = await archivedDocuments(archive);
  expect(document?.article?.requested_at).toBe('2026-02-02T02:00:00.000Z');
  now = new Date('2026-02-03T02:00:00Z');
  expect(await run([portal('one')])).toMatchObject({ fetched: 0 });
});

test('a file that was had after the clock was set back is one of its page all the same', async () => {
  pages['two.simulator.test/nb/content/post_1.html'] = page(report(2023), '<a href="/attachment/1/2.pdf">下载</a>');
  pages['two.simulator.test/attachment/1/2.pdf'] = 500;
  await run([portal('two')]);
  now = new Date('2026-01-31T02:00:00Z');
  pages['two.simulator.test/attachment/1/2.pdf'] = '%PDF-1.4 not much of one';
  await run([portal('two')]);
  expect((await archivedDocuments(archive))[0]?.attachments).toHaveLength(1);
});

test('a clock that is years off stops the run before it asks anybody', async () => {
  await run([portal('one')]);
  const before = server.asked.length;
  now = new Date('2030-11-24T02:00:00Z');
  await expect(run([portal('one')])).rejects.toThrow(/the clock says 2030-11-24.*set the clock/);
  expect(server.asked.length).toBe(before);
  expect(await run([portal('one')], true)).toMatchObject({ fetched: 2 });
});

test('lists that are lost are made again from captures: nothing is new, and what left the list stays', async () => {
  await run([portal('one')]);
  await readArchive({}, effects());
  rmSync(join(dir, 'links'), { recursive: true });
  pages['one.simulator.test/nb/'] = list(row(1, report(2023)));
  now = new Date('2026-02-01T12:00:00Z');
  const summary = await run([portal('one')]);
  expect(summary).toMatchObject({ discovered: 2, new_links: 0, fetched: 0 });
  const links = (await archive.links.read('one'))?.links;
  expect(links?.map(({ first_seen }) => first_seen)).toEqual(Array(2).fill('2026-02-01T02:00:00.000Z'));
  expect((await archivedDocuments(archive)).map(({ verdict }) => verdict.kind)).toEqual(['report', 'report']);
});

test('links and a line of the log that are damaged cost one portal nothing, and the others neither', async () => {
  await run([portal('one'), portal('two')]);
  const file = join(dir, 'links', 'one.json');
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 200));
  appendFileSync(join(dir, 'captures', '2026-02-01.ndjson'), '{"url":"http://one.sim\n');
  archive = openArchive(dir);
  expect((await statusOf(['one', 'two'], archive)).map(({ discovered }) => discovered)).toEqual([0, 1]);
  now = new Date('2026-02-02T02:00:00Z');
  expect(await run([portal('one'), portal('two')])).toMatchObject({ discovered: 4, fetched: 0, failed: [] });
  expect((await archive.mend()).map((line) => line.slice(dir.length, line.indexOf(':')))).toEqual(
    expect.arrayContaining(['/links/one.json', '/captures/2026-02-01.ndjson']),
  );
});

test('a host has its articles fetched while another is still listed, and its own portals listed before that', async () => {
  pages['one.simulator.test/other/'] = list('<li><a title="通知" href="content/post_9.html">通知</a></li>');
  let seen = (): void => undefined;
  const article = new Promise<void>((resolve) => (seen = resolve));
  await server.close();
  server = await serve(async ({ headers, url }, response) => {
    const asked = `${headers.host}${url}`;
    if (asked === 'one.simulator.test/nb/content/post_1.html') seen();
    if (asked === 'two.simulator.test/nb/') await article;
    response.writeHead(pages[asked] === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(pages[asked] ?? '404');
  });
  const beside = portal('beside', { index_url: 'http://one.simulator.test/other/' });
  const summary = await run([portal('two'), portal('one'), beside]);
  expect(summary).toMatchObject({ fetched: 3, failed: [] });
  expect(summary.portals.map((one) => one.portal)).toEqual(['two', 'one', 'beside']);
  const places = ['/other/', '/nb/content/post_1.html'].map((path) => server.asked.indexOf(`GET ${path}`));
  expect(places).toEqual(places.toSorted((x, y) => x - y));
  expect(places).not.toContain(-1);
});

test('a night ends only when its log is on the disk', async () => {
  const flush = async () => {
    throw new DiskFull('nothing can be written into /data/captures');
  };
  const full = { ...archive, captures: { ...archive.captures, flush } };
  await expect(run([portal('one')], false, { ...effects(), archive: full })).rejects.toThrow('/data/captures');
});

test.each([
  ['on the first page', 0],
  ['in the middle', 4],
])('a disk that is full stops asking at once, and the run says so: %s', async (_, after) => {
  const rows = Array.from({ length: 30 }, (_, i) => i + 1);
  pages['one.simulator.test/nb/'] = list(...rows.map((i) => row(i, report(2024 - i))));
  for (const i of rows) pages[`one.simulator.test/nb/content/post_${i}.html`] = page(report(2024 - i));
  let left = after;
  const put = async (bytes: Uint8Array) => {
    if (left-- <= 0) throw new DiskFull('nothing can be written into /data/blobs');
    return archive.blobs.put(bytes);
  };
  const full = { ...archive, blobs: { ...archive.blobs, put } };
  await expect(run([portal('one')], false, { ...effects(), archive: full })).rejects.toThrow('/data/blobs');
  // Those that were under way.
  expect(server.asked.length).toBeLessThanOrEqual(after + 2);
  expect(await run([portal('one')])).toMatchObject({ discovered: 30, failed: [] });
});

test('a run that fails asks for nothing more, and takes the end of it for no fault of a portal', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => i + 1);
  pages['one.simulator.test/nb/'] = list(...rows.map((i) => row(i, report(2024 - i))));
  for (const i of rows) pages[`one.simulator.test/nb/content/post_${i}.html`] = page(report(2024 - i));
  let fetched = (): void => undefined;
  const article = new Promise<void>((resolve) => (fetched = resolve));
  const append = async (capture: StoredCapture) => {
    await archive.captures.append(capture);
    if (capture.kind === 'article') fetched();
  };
  const write = async (links: PortalLinks) => {
    if (links.portal.id !== 'two') return archive.links.write(links);
    await article;
    throw new Error('EIO: i/o error');
  };
  const broken = { ...archive, captures: { ...archive.captures, append }, links: { ...archive.links, write } };
  await expect(run([portal('one'), portal('two')], false, { ...effects(), archive: broken })).rejects.toThrow('EIO');
  const asked = askedFor('post_');
  await setTimeout(200);
  expect([askedFor('post_') - asked, asked < 30]).toEqual([0, true]);
  expect((await archive.captures.read()).filter(({ outcome }) => outcome === 'error')).toEqual([]);
});

test('a run that is told to end asks for nothing more, and keeps what it has', async () => {
  const stopping = new AbortController();
  const append = async (capture: StoredCapture) => {
    await archive.captures.append(capture);
    if (capture.kind === 'article') stopping.abort(new Stopped('ended by SIGTERM', 143));
  };
  const told = { ...archive, captures: { ...archive.captures, append } };
  await expect(run([portal('one')], false, { ...effects(), archive: told, stop: stopping.signal })).rejects.toThrow(
    'SIGTERM',
  );
  expect(askedFor('post_')).toBe(1);
  expect(await run([portal('one')])).toMatchObject({ fetched: 1, failed: [] });
});

test('portals of another network or another time are left out, and a run that leaves out all is wrong usage', async () => {
  const others = [portal('one', { vantage: 'inside' }), portal('two', { until: '2025-12-31' })];
  const summary = await run([...others, portal('three')]);
  expect(summary.portals.map(({ portal }) => portal)).toEqual(['three']);
  server.asked.length = 0;
  const why = /none of 2 portals .*1 need the network inside, this one is .*, 1 are not in use on/;
  await expect(run(others)).rejects.toThrow(why);
  await expect(run(others)).rejects.toThrow(UsageError);
  await expect(run([])).rejects.toThrow(UsageError);
  expect(server.asked).toEqual([]);
});

test('an archive of real portals is not mixed with simulated ones', async () => {
  writeFileSync(join(dir, 'archive.json'), '{"simulated":false}');
  await expect(run([portal('one')])).rejects.toThrow(UsageError);
  expect(server.asked).toEqual([]);
});
