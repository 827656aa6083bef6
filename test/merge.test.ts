import { expect, test } from 'vitest';
import type { KnownLink } from '../pipelines/archive/archive.ts';
import { merge, missedOn, unlisted } from '../pipelines/merge.ts';
import { isNeighbour, collector, keysOf, resolve, type Link } from '../scrapers/links.ts';
import { twins } from '../scrapers/families/nfcms.ts';
import { portal, report } from './invented.ts';

const one = portal('one', { aliases: ['old.simulator.test'] });
const HOST = 'http://one.simulator.test';
const link = (path: string, title = report(2023), id: string | null = null): Link => ({
  portal: 'one',
  url: path.startsWith('http') ? path : HOST + path,
  title,
  date: null,
  id,
});
const BEFORE = '2000-01-01T02:00:00Z';
const known = (...links: Link[]): KnownLink[] => links.map((found) => ({ ...found, first_seen: BEFORE }));
const merged = (before: KnownLink[], found: Link[], whole = true, at = 'now') =>
  merge({ portal: one, twins, known: before, found }, whole, at);

const same = (a: string, b: string) => {
  const [x, y] = [a, b].map((url) => resolve(url, HOST)?.href ?? '');
  const keys = keysOf({ url: x ?? '', id: null }, one, twins);
  return keysOf({ url: y ?? '', id: null }, one, twins).some((key) => keys.includes(key));
};

test.each([
  ['/nb/a.jsp;jsessionid=0A1B?id=7', '/nb/a.jsp;jsessionid=FF00!-12?id=7'],
  ['/nb/a.jsp;jsessionid=0A1B', '/nb/a.jsp'],
  ['/nb/a.php?PHPSESSID=q1w2&id=7', '/nb/a.php?id=7'],
  ['/nb/a.do?id=7&sid=a1b2c3d4e5f60718', '/nb/a.do?id=7'],
  ['/nb/a.do?t=1767225600123&id=7', '/nb/a.do?id=7'],
  ['/nb/post_7.html?jump=true', '/nb/post_7.html'],
  ['/nb/post_7.html?from=timeline&isappinstalled=0', '/nb/post_7.html'],
  ['/m/annual.jsp?area=11A&fbtime=2024', '/m/annual.jsp?fbtime=2024&area=11A'],
  ['https://www.one.simulator.test/nb/a.htm', '/nb/a.htm'],
  ['http://one.simulator.test:80//nb/index.html', '/nb/'],
  ['/nb/mpost_7.html', '/nb/post_7_app.html'],
  ['http://old.simulator.test/nb/a.htm', '/nb/a.htm'],
  ['http://www.old.simulator.test/nb/a.htm', '/nb/a.htm'],
  ['http://jyj.old.simulator.test/nb/a.htm', 'http://jyj.one.simulator.test/nb/a.htm'],
])('%s is the document at %s', (a, b) => expect(same(a, b)).toBe(true));

test.each([
  ['/nb/a.jsp?id=7', '/nb/a.jsp?id=8'],
  ['/m/annual.jsp?area=11A&fbtime=2024', '/m/annual.jsp?area=11A&fbtime=2023'],
  ['http://jyj.one.simulator.test/nb/post_7.html', '/nb/post_7.html'],
  ['/api?sid=990165&id=7', '/api?sid=990166&id=7'],
  ['/show?t=1&v=2', '/show?t=2&v=2'],
  ['/show?sid=a1b2c3d4e5f60718', '/show?sid=a1b2c3d4e5f60719'],
  ['/list.htm?from=10', '/list.htm?from=20'],
  // A number to go to is whose it is.
  ['/go.do?jump=7059803', '/go.do?jump=7059804'],
])('%s is not the document at %s', (a, b) => expect(same(a, b)).toBe(false));

test('a query in another encoding stays as it is written when a session leaves it', () => {
  expect(resolve('/a.asp?PHPSESSID=x&t=%C4%EA%B1%A8', HOST)?.href).toBe(`${HOST}/a.asp?t=%C4%EA%B1%A8`);
});

test('a known article keeps its first address and date, and is asked for where it is listed now', () => {
  const links = merged(known(link('/nb/a.htm')), [link('https://www.one.simulator.test/nb/a.htm'), link('/nb/b.htm')]);
  expect(links.map(({ url, at, first_seen }) => [url, at, first_seen])).toEqual([
    [`${HOST}/nb/a.htm`, 'https://www.one.simulator.test/nb/a.htm', BEFORE],
    [`${HOST}/nb/b.htm`, undefined, 'now'],
  ]);
  expect(merged(links, [link('/nb/a.htm')])[0]).not.toHaveProperty('at');
});

test('one id is one article in whatever folder of its host, and two at two hosts', () => {
  const before = known(link('/nb/post_7.html', report(2023), '7'));
  const found = [
    link('/other/post_7.html', report(2023), '7'),
    link('http://jyj.one.simulator.test/nb/post_7.html', report(2022), '7'),
  ];
  expect(merged(before, found)).toHaveLength(2);
});

test('one number under two titles is two articles: it may be a date, or count anew in each folder', () => {
  const [a, b] = ['/fgj/20240131.html', '/jyj/20240131.html'];
  const found = [link(a, '财政局2023年年度报告', '20240131'), link(b, '教育局2023年年度报告', '20240131')];
  const collected = collector(one, twins);
  found.forEach(({ url, ...row }) => collected.add({ href: url, base: url, ...row }));
  expect(collected.links.map(({ url }) => url)).toEqual([HOST + a, HOST + b]);
  expect(merged(known(...found), found).map(({ url }) => url)).toEqual([HOST + a, HOST + b]);
  const cut = link('/other/20240131.html', '财政局2023年…', '20240131');
  expect(merged(known(...found), [cut])).toHaveLength(2);
});

test('a title that was whole stays so when the list cuts it, and a date that it no longer prints', () => {
  const before = known({ ...link('/nb/a.htm'), date: '2024-01-20' });
  const cut = `${report(2023).slice(0, 12)}…`;
  expect(merged(before, [link('/nb/a.htm', cut)])[0]).toMatchObject({ title: report(2023), date: '2024-01-20' });
  expect(merged(known(link('/nb/a.htm', cut)), [link('/nb/a.htm')])[0]?.title).toBe(report(2023));
  expect(merged(before, [link('/nb/a.htm', `${report(2023)}（修订）`)])[0]?.title).toMatch(/修订/);
});

const nightOf = (i: number) => `2026-02-0${i + 1}T18:00:00Z`;

test('what the whole lists of three days leave out is told, unless it is listed elsewhere; lists that are not whole tell nothing', () => {
  const [gone, moved, stays] = [link('/nb/1.htm', report(2021)), link('/nb/2.htm', report(2022)), link('/nb/3.htm')];
  const found = [stays, link('/new/2.htm', report(2022))];
  const after = (whole: boolean, times: number) =>
    Array.from({ length: times }).reduce<KnownLink[]>(
      // A night that is run twice is one night.
      (links, _, i) => merged(merged(links, found, whole, nightOf(i)), found, whole, nightOf(i)),
      known(gone, moved, stays),
    );
  expect(unlisted(after(true, 2))).toEqual([]);
  expect(unlisted(after(false, 9))).toEqual([]);
  const three = after(true, 3);
  expect(unlisted(three).map(({ url }) => url)).toEqual([gone.url]);
  expect(unlisted(merged(three, [...found, gone]))).toEqual([]);
});

test('what stood beside it all the time under the same title is another unit, and not where it moved', () => {
  const title = '2023年政府信息公开工作年度报告';
  const [gone, other] = [link('/fgj/1.htm', title), link('/jyj/1.htm', title)];
  let links = known(gone, other);
  for (let night = 0; night < 3; night++) links = merged(links, [other], true, nightOf(night));
  expect(unlisted(links).map(({ url }) => url)).toEqual([gone.url]);
});

const listing = (before: Link[], found: Link[]) => ({ portal: one, twins, known: known(...before), found });
const news = [link('/xw/1.htm', '全市经济工作会议召开'), link('/xw/2.htm', '关于停水的通知')];
const reports = [2021, 2022, 2023].map((year) => link(`/nb/${year}.htm`, report(year)));

test.each<[string, Link[], Link[], boolean, number | null]>([
  ['news where reports are known', reports, news, false, 3],
  ['news where nothing is known', [], news, false, 0],
  ['a list as it was', reports, reports, false, null],
  ['one known report among them', reports, [...news, ...reports.slice(0, 1)], false, null],
  ['one known report on the page that the address leads to', reports, [...news, ...reports.slice(0, 1)], true, 3],
  ['all of them there', reports, [...news, ...reports], true, null],
  ['all of them at other addresses', reports, reports.map((r) => ({ ...r, url: `${r.url}?new=1` })), true, null],
  ['reports where nothing is known', [], reports, true, null],
  ['nothing at all, which is another problem', reports, [], true, null],
])('the page of a list with %s', (_, before, found, moved, missed) =>
  expect(missedOn(listing(before, found), moved)).toBe(missed),
);

test.each([
  ['http://zwgk.example.gov.cn/a', 'https://infogate.example.gov.cn/b', true],
  ['http://www.example.gov.cn/a', 'http://www.other.gov.cn/a', false],
  ['http://a.example.org/', 'http://b.example.org/', true],
  ['http://203.0.113.7/', 'http://203.1.113.7/', false],
])('%s and %s are of one owner: %s', (a, b, expected) => expect(isNeighbour(a, b)).toBe(expected));
