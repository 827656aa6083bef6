import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StoredCapture } from '../pipelines/archive/archive.ts';
import { documentsOf } from '../pipelines/archive/documents.ts';
import { openArchive } from '../pipelines/archive/folder.ts';
import { believe } from '../pipelines/believe.ts';
import { createLog } from '../pipelines/cli/progress.ts';
import { defaultConfig } from '../pipelines/config.ts';
import { realEffects } from '../pipelines/effects.ts';
import { fetchPortals, isDue } from '../pipelines/fetch.ts';
import { needsPerson, nightly } from '../pipelines/nightly.ts';
import { statusOf } from '../pipelines/status.ts';
import { withDatabase } from '../warehouse/duckdb.ts';
import { bare, list, page, portal, report, row } from './invented.ts';
import { serve, type Serving } from './serving.ts';

let dir: string;
let server: Serving;
let pages: Record<string, string>;
let now: Date;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  now = new Date('2026-02-01T02:00:00Z');
  pages = {
    '/nb/': list(row(1, report(2022)), row(2, report(2023))),
    '/nb/content/post_1.html': page(report(2022)),
    '/nb/content/post_2.html': page(report(2023)),
  };
  server = await serve((request, response) => {
    const answer = pages[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(answer);
  });
});
afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

const archive = () => openArchive(dir);
const effects = () => ({
  ...realEffects(archive(), createLog({ quiet: true, terminal: false })),
  now: () => now,
});
const options = (refresh: boolean) => ({
  config: defaultConfig({ simulated: true, connect: { '*.simulator.test': server.address }, delay_ms: 0 }),
  portals: [portal('one')],
  refresh,
});
const tomorrow = () => (now = new Date(now.getTime() + 86_400_000));
const askedFor = (part: string) => server.asked.filter((line) => line.includes(part)).length;
const kept = () =>
  withDatabase(archive().local.database, { readOnly: true }, (db) =>
    db.rows("SELECT code, message FROM findings WHERE code = 'report_kept'"),
  );

const long = '虚构县人民政府门户网站，数字均属虚构。'.repeat(20);
test.each([
  ['the form of a login', bare('用户登录', `<form>用户名 密码</form><p>${long}</p>`)],
  ['a notice of maintenance', bare('系统维护公告', `<p>${long}</p>`)],
  ['its title alone', bare(report(2023), `<p>${long}</p>`)],
  ['another text', bare('虚构县动物园开放通知', `<p>${long}</p>`)],
])('a report whose page turned into %s stays published and needs a person, until it is back', async (_, instead) => {
  const good = await nightly(options(false), effects());
  expect([good.counts['reports'], needsPerson(good.account)]).toEqual([2, false]);

  pages['/nb/content/post_2.html'] = instead;
  tomorrow();
  const lost = await nightly(options(true), effects());
  expect(lost.counts).toMatchObject({ reports: 2, facts: 2 });
  expect(lost.account.problems).toMatchObject([
    { code: 'report_lost', portal: 'one', url: expect.stringMatching(/post_2/) },
  ]);
  expect(needsPerson(lost.account)).toBe(true);
  expect(await kept()).toMatchObject([{ message: expect.stringMatching(/^read from the copy of 2026-02-01; /) }]);
  expect(await statusOf(['one'], archive())).toMatchObject([{ report: 2, unread: 0, unfinished: [{}] }]);

  pages['/nb/content/post_2.html'] = page(report(2023));
  tomorrow();
  const before = askedFor('post_1');
  const back = await nightly(options(false), effects());
  expect([back.counts['reports'], back.account.problems, needsPerson(back.account)]).toEqual([2, [], false]);
  expect([askedFor('post_1') - before, await kept()]).toEqual([0, []]);
});

test('a file that turned into a page of an error leaves the numbers of the file before', async () => {
  const only = bare(report(2023), '<a href="/attachment/1/2.txt">点击下载</a>');
  const file = page(report(2023));
  pages['/nb/content/post_2.html'] = only;
  pages['/attachment/1/2.txt'] = file;
  const good = await nightly(options(false), effects());
  expect([good.counts['facts'], needsPerson(good.account)]).toEqual([2, false]);
  pages['/attachment/1/2.txt'] = bare('错误', `<p>${long}</p>`);
  tomorrow();
  const lost = await nightly(options(true), effects());
  expect([lost.counts['reports'], lost.counts['facts'], needsPerson(lost.account)]).toEqual([2, 2, true]);
});

test.each([
  ['in a frame', bare(report(2023), '<iframe src="../body/2.html"></iframe>')],
  ['in a set of frames', '<html><frameset><frame src="/nb/top.html"><frame src="/nb/body/2.html"></frameset></html>'],
  [
    'where the page is sent to',
    '<html><head><meta http-equiv="refresh" content="0;url=/nb/body/2.html"></head></html>',
  ],
  ['one step on', '<html><body><p>正在跳转，请点击<a href="/nb/body/2.html">这里</a></p></body></html>'],
])('a report %s is read', async (_, instead) => {
  pages['/nb/content/post_2.html'] = instead;
  pages['/nb/body/2.html'] = page(report(2023));
  const night = await nightly(options(false), effects());
  expect(night.counts).toMatchObject({ reports: 2, facts: 2 });
  expect(night.account.problems).toEqual([]);
});

test('a new report without any number is unread, and a new one with them is not', async () => {
  pages['/nb/content/post_2.html'] = bare(report(2023), `<p>${long}</p>`);
  const night = await nightly(options(false), effects());
  expect(night.counts).toMatchObject({ documents: 2, reports: 1 });
  expect(night.account.problems).toMatchObject([
    { code: 'document_unread', details: { said: 'it holds neither a number nor the text of the report' } },
  ]);
  expect(needsPerson(night.account)).toBe(true);
  expect(await statusOf(['one'], archive())).toMatchObject([{ report: 1, unread: 1 }]);
});

test('a new report that prints no table, where the others do, is told until somebody has seen it', async () => {
  const words = '<p>一、总体情况</p><p>全年新收政府信息公开申请3件，行政复议0件。</p>';
  pages['/nb/content/post_2.html'] = bare(report(2023), words);
  const night = await nightly(options(false), effects());
  expect(night.counts).toMatchObject({ reports: 2, facts: 1 });
  const [problem] = night.account.problems;
  expect(problem).toMatchObject({ code: 'report_without_table', acknowledged: false });
  const { id = '', portal: of = '', code = '', url = '' } = problem ?? {};
  await archive().accounts.acknowledge([
    { id, portal: of ?? '', code, url: url ?? '', until: '2026-12-31', why: 'so it is', extent: 1 },
  ]);
  tomorrow();
  const before = askedFor('post_2');
  const next = await nightly(options(false), effects());
  expect(next.account.problems).toMatchObject([{ id, since: problem?.since, acknowledged: true }]);
  expect([needsPerson(next.account), askedFor('post_2') - before]).toEqual([false, 0]);
});

test('a page that is gone is told, withdrawn after three days as such, and its report stays', async () => {
  await nightly(options(false), effects());
  delete pages['/nb/content/post_2.html'];
  const nights: unknown[] = [];
  for (let night = 1; night <= 4; night += 1) {
    tomorrow();
    const { account, counts, publish } = await nightly(options(night === 1), effects());
    nights.push([counts['reports'], needsPerson(account), publish.changes?.withdrawn.length ?? null]);
  }
  expect(nights).toEqual([
    [2, true, null],
    [2, true, null],
    [2, false, 1],
    [2, false, null],
  ]);
  const [gone] = await withDatabase(archive().local.database, { readOnly: true }, (db) =>
    db.rows('SELECT outcome, withdrawn_on::VARCHAR AS day FROM documents WHERE withdrawn_on IS NOT NULL'),
  );
  expect(gone).toEqual({ outcome: 'report', day: '2026-02-02' });
});

test('a counter on a page is no news: nothing is published anew, and the first copy is cited', async () => {
  const counted = (n: number) => page(report(2023), `<p>浏览次数：${n}次</p>`);
  pages['/nb/content/post_2.html'] = counted(17);
  const first = await nightly(options(false), effects());
  for (const n of [18, 4021]) {
    pages['/nb/content/post_2.html'] = counted(n);
    tomorrow();
    const next = await nightly(options(true), effects());
    expect(next.fetch.changed).toBe(1);
    expect(next.publish).toMatchObject({ published: false, digest: first.publish.digest });
  }
  pages['/nb/content/post_2.html'] = counted(4022).replace('<td>5</td>', '<td>6</td>');
  tomorrow();
  const revised = await nightly(options(true), effects());
  expect(revised.publish.changes?.revised).toEqual([expect.stringContaining('5 → 6')]);
});

/** Nights of `of` on which an article is asked for that answers as it is told. */
function nightsAsked(of: number, answerOn: (night: number) => Partial<StoredCapture>, isWrong: boolean): number[] {
  const link = { portal: 'one', url: 'http://one.simulator.test/1', title: report(2023), date: null, id: null };
  const links = [{ ...link, first_seen: '' }];
  const listed = { portal: portal('one'), listed_at: '', listed: 1, links, problems: [] };
  const answer = {
    status: 200,
    headers: {},
    sha256: 'a',
    bytes: 1,
    media_type: null,
    outcome: 'ok',
    error: null,
  } as const;
  const asked = { ...answer, url: link.url, final_url: link.url, portal: 'one', kind: 'article', via: 'http' } as const;
  const captures: StoredCapture[] = [];
  const nights: number[] = [];
  for (let night = 0; night < of; night += 1, tomorrow()) {
    const [document] = documentsOf([listed], captures);
    if (!isDue(document!, isWrong && night > 0 ? '2026-02-01T02:00:00Z' : null, options(false), now)) continue;
    nights.push(night);
    captures.push({
      ...asked,
      ...answerOn(night),
      requested_at: now.toISOString(),
      document_url: link.url,
      vantage: 'any',
      simulated: true,
    });
  }
  return nights;
}

test('what is unread is asked for every night of a week, then after as long as it was so', () => {
  expect(nightsAsked(25, () => ({}), true)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 14]);
});

const notThere = { status: 404, outcome: 'not_found', sha256: null, bytes: 0 } as const;

test('so is what was there and is gone; what was never had is asked for every night', () => {
  const gone = nightsAsked(25, (night) => (night > 0 ? notThere : {}), true);
  expect(gone.at(-1)! - gone.at(-2)!).toBeGreaterThan(5);
  expect(nightsAsked(12, () => notThere, false)).toEqual(Array.from({ length: 12 }, (_, night) => night));
});

test('what a page shows now is published once a person believes it, where it is a report', async () => {
  await nightly(options(false), effects());
  pages['/nb/content/post_1.html'] = bare('用户登录', `<form>用户名 密码</form><p>${long}</p>`);
  pages['/nb/content/post_2.html'] = page(report(2021));
  tomorrow();
  const { problems } = (await nightly(options(true), effects())).account;
  const id = (post: string) => problems.find(({ url }) => url?.includes(post))?.id ?? '';
  const right = (ids: string[]) => believe(ids, 'seen', '2026-02-02', archive());
  await expect(right([id('post_1')])).rejects.toThrow(/no report.*form/);
  await expect(right(['0123456789ab'])).rejects.toThrow(/no problem 0123456789ab/);
  expect(archive().accounts.believed()).toEqual([]);
  expect(await right([id('post_2')])).toMatchObject([{ url: expect.stringContaining('post_2'), why: 'seen' }]);
  await expect(right([])).rejects.toThrow(/name the problems/);
  tomorrow();
  const { account } = await nightly(options(true), effects());
  expect(account.problems.map(({ url, code }) => [code, url?.slice(-11)])).toEqual([['report_lost', 'post_1.html']]);
  expect(account.publish?.changes?.new_reports).toEqual([expect.stringContaining('虚构县人民政府 2021')]);
  await expect(right([id('post_2')])).rejects.toThrow(/no problem/);
});

test('a page that two servers answer in turns is one problem, and publishes its second version alone', async () => {
  const versions = [page(report(2023)), page(report(2023), '<p>本年新收政府信息公开申请9件。</p>')];
  const nights: [boolean | undefined, string[]][] = [];
  for (let i = 0; i < 4; i++) {
    pages['/nb/content/post_2.html'] = versions[i % 2] ?? '';
    const { account } = await nightly(options(true), effects());
    nights.push([account.publish?.published, account.new.length > 0 ? account.problems.map(({ code }) => code) : []]);
    tomorrow();
  }
  expect(nights).toEqual([
    [true, []],
    [true, []],
    [false, ['report_unsteady']],
    [false, []],
  ]);
});

test('of many pages in turns a person believes all at once', async () => {
  const posts = [1, 2, 3, 4];
  pages['/nb/'] = list(...posts.map((post) => row(post, report(2020 + post))));
  for (let i = 0; i < 3; i++) {
    const more = i % 2 ? '<p>本年新收政府信息公开申请9件。</p>' : '';
    for (const post of posts) pages[`/nb/content/post_${post}.html`] = page(report(2020 + post), more);
    // Only the last is told.
    await (i < 2 ? fetchPortals : nightly)(options(true), effects());
    tomorrow();
  }
  const [problem, ...others] = archive().accounts.last()?.problems ?? [];
  expect([problem?.code, others]).toEqual(['articles_alike', []]);
  expect(await believe([problem?.id ?? ''], 'seen', '2026-02-05', archive())).toHaveLength(4);
});

test('a page that leads to another report by 下一页 does not give that one in its place', async () => {
  pages['/nb/content/post_2.html'] = bare(report(2023), `<p>${long}</p><a href="post_1.html">下一页</a>`);
  const { account, counts } = await nightly(options(false), effects());
  expect(account.problems.map(({ code, url }) => [code, url?.slice(-11)])).toEqual([
    ['document_unread', 'post_2.html'],
  ]);
  expect(counts).toMatchObject({ documents: 2, reports: 1 });
});
