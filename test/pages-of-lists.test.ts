import { expect, test } from 'vitest';
import { discover } from '../scrapers/discover.ts';
import { families } from '../scrapers/families/index.ts';
import { createClient } from '../scrapers/http.ts';
import { portal } from './invented.ts';
import { clientOptions, lookHere, servePages } from './serving.ts';

/** Lists of several pages over HTTP: what their pagers lead to, and what is missing by their own account. */

const row = (year: number) =>
  `<li><a href="/nb/content/post_${year}.html">虚构县人民政府${year}年政府信息公开工作年度报告</a><span>${year + 1}-01-20</span></li>`;
const page = (pager: string, ...years: number[]) =>
  `<html><body><ul>${years.map(row).join('')}</ul><div>${pager}</div></body></html>`;

async function list(family: 'nfcms' | 'plain', pages: Record<string, string>, start = '/nb/') {
  const server = await servePages(pages);
  const client = createClient(clientOptions({ '*.simulator.test': server.address }));
  const one = portal('one', { family, index_url: `http://one.simulator.test${start}` });
  const { links, problems } = await discover(one, families.get(family)!, {
    get: async (url, kind) => {
      const { capture, body } = await client.get(url, 'one', kind);
      const { status, final_url, outcome, error } = capture;
      return {
        bytes: body,
        contentType: capture.headers['content-type'] ?? null,
        status,
        url: final_url,
        outcome,
        error,
      };
    },
    render: () => Promise.reject(new Error('no page needs a browser')),
    now: () => new Date('2026-01-31T04:00:00Z'),
    look: lookHere,
  });
  await client.close();
  await server.close();
  return {
    years: links.map(({ id, title }) => Number(id ?? /\d{4}/.exec(title)?.[0])).sort(),
    problems: problems.map(({ code, details }) => ({ code, ...details })),
    asked: server.asked.map((request) => request.replace('GET ', '')),
  };
}

const all = [2021, 2022, 2023, 2024];

test('rows beside the list make up for no page that is not there', async () => {
  const news = [1, 2, 3].map((i) => `<li><a href="/xw/${i}.html">召开第${i}次会议</a><span>2025-01-0${i}</span></li>`);
  const first = page('共5条 第1/2页 <a href="list2.htm">下一页</a>', 2024, 2023).replace(
    '</ul>',
    `${news.join('')}</ul>`,
  );
  const { problems } = await list('plain', { '/nb/': first });
  expect(problems.map(({ code }) => code)).toEqual(['pages_lost']);
});

test.each<[string, string, Record<string, string>]>([
  [
    'of TRS',
    '/nb/',
    {
      '/nb/': page('<script>createPageHTML(3, 0, "index", "html");</script>', 2024, 2023),
      '/nb/index_1.html': page('<script>createPageHTML(3, 1, "index", "html");</script>', 2022),
      '/nb/index_2.html': page('<script>createPageHTML(3, 2, "index", "html");</script>', 2021),
    },
  ],
  [
    'of UCAP',
    '/nb/list.shtml',
    {
      '/nb/list.shtml': page(`<script>createPageHTML('d', 3, 1, 'list', 'shtml', 4);</script>`, 2024, 2023),
      '/nb/list_2.shtml': page(`<script>createPageHTML('d', 3, 2, 'list', 'shtml', 4);</script>`, 2022),
      '/nb/list_3.shtml': page(`<script>createPageHTML('d', 3, 3, 'list', 'shtml', 4);</script>`, 2021),
    },
  ],
  [
    'of TRS, numbered one further',
    '/nb/',
    {
      '/nb/': page('<script>createPageHTML(3, 0, "index", "html");</script>', 2024, 2023),
      '/nb/index_1.html': page('<script>createPageHTML(3, 0, "index", "html");</script>', 2024, 2023),
      '/nb/index_2.html': page('<script>createPageHTML(3, 1, "index", "html");</script>', 2022),
      '/nb/index_3.html': page('<script>createPageHTML(3, 2, "index", "html");</script>', 2021),
    },
  ],
  [
    'that count down',
    '/nb.htm',
    {
      '/nb.htm': page('共4条 1/3 <a href="nb/2.htm">下页</a>', 2024, 2023),
      '/nb/2.htm': page('共4条 2/3 <a href="1.htm">下页</a>', 2022),
      '/nb/1.htm': page('共4条 3/3 下页', 2021),
    },
  ],
  [
    'by number, without a word',
    '/nb/',
    {
      '/nb/': page('<b>1</b> <a href="l2.htm">2</a> <a href="l3.htm">3</a>', 2024, 2023),
      '/nb/l2.htm': page('<a href="./">1</a> <b>2</b> <a href="l3.htm">3</a>', 2022),
      '/nb/l3.htm': page('<a href="./">1</a> <a href="l2.htm">2</a> <b>3</b>', 2021),
    },
  ],
  [
    'by a drop-down list',
    '/nb/',
    {
      '/nb/': page(
        '<select onchange="go(this)"><option value="./">1<option value="l2.htm">2<option value="l3.htm">3</select>',
        2024,
        2023,
      ),
      '/nb/l2.htm': page('', 2022),
      '/nb/l3.htm': page('', 2021),
    },
  ],
])('pages %s are read, and no more is asked', async (_, start, pages) => {
  const { years, problems, asked } = await list('plain', pages, start);
  expect(years).toEqual(all);
  expect(problems).toEqual([]);
  expect(asked.sort()).toEqual(Object.keys(pages).sort());
});

const pagerOf = (pages: number, rows: number) =>
  `共${rows}条 第1/${pages}页 <a href="l2.htm">2</a> <a href="l3.htm">3</a> <a href="l4.htm">4</a>`;
const lost = (more: Record<string, string>) => ({
  '/nb/': page(pagerOf(4, 4), 2024),
  '/nb/l2.htm': page('', 2023),
  '/nb/l4.htm': page('', 2021),
  ...more,
});

test.each<[string, Record<string, string>, string]>([
  ['is not there', lost({}), 'missing'],
  ['has no row', lost({ '/nb/l3.htm': page('栏目正在建设中，敬请期待。') }), 'empty'],
  ['is a stub', lost({ '/nb/l3.htm': '<html></html>' }), 'empty'],
  ['repeats the first', lost({ '/nb/l3.htm': page('', 2024) }), 'repeated'],
])('a page in the middle that %s is told, and those after it are read', async (_, pages, how) => {
  const { years, problems } = await list('plain', pages);
  expect(years).toEqual([2021, 2023, 2024]);
  expect(problems).toEqual([{ code: 'pages_lost', list: 'http://one.simulator.test/nb/', pages: [3], how }]);
});

test.each<[string, string | null, string]>([
  ['is not there', null, 'missing'],
  ['is an old copy of the first', page('', 2024), 'repeated'],
])('where nothing names the pages, one that %s is told once the next one is there', async (_, second, how) => {
  const pages = {
    '/nb/': page('', 2024),
    ...(second ? { '/nb/index_2.html': second } : {}),
    '/nb/index_3.html': page('', 2021),
  };
  const { years, problems } = await list('nfcms', pages);
  expect(years).toEqual([2021, 2024]);
  expect(problems).toEqual([{ code: 'pages_lost', list: 'http://one.simulator.test/nb/', pages: [2], how }]);
});

test.each<[string, string, object]>([
  [
    'a script turns its pages',
    '共4条 第1/2页 <a href="#" onclick="go(2)">下一页</a>',
    { code: 'pages_scripted', next: 'go(2)' },
  ],
  ['nothing turns its pages', '共4条 第1/2页', { code: 'list_short', pages: 1, stated: 2 }],
  ['it states more articles', '共4条记录', { code: 'list_short', articles: 2, stated: 4 }],
  [
    'it states more articles to a script',
    '<script>var totalRecord = 4;</script>',
    { code: 'list_short', articles: 2, stated: 4 },
  ],
  [
    'the next page is on another site',
    '<a href="http://www.other.test/l2.htm">下一页</a>',
    { code: 'pages_scripted', next: 'http://www.other.test/l2.htm' },
  ],
])('a list is incomplete where %s', async (_, pager, problem) => {
  const { problems } = await list('plain', { '/nb/': page(pager, 2024, 2023) });
  expect(problems).toEqual([{ ...problem, list: 'http://one.simulator.test/nb/' }]);
});

test.each<[string, Record<string, string>]>([
  ['what is stated is there', { '/nb/': page('共4条 第1/1页 <a href="javascript:go(2)">下一页</a>', ...all) }],
  [
    'the last page leads on to itself',
    {
      '/nb/': page('共4条 <a href="?page=2">下一页</a>', 2024, 2023),
      '/nb/?page=2': page('共4条 <a href="?page=3">下一页</a>', 2022, 2021),
      '/nb/?page=3': page('', 2022, 2021),
    },
  ],
  [
    'every page beyond the end is the last one again',
    {
      '/nb/': page('<a href="?page=2">下一页</a>', 2024, 2023),
      '/nb/?page=2': page('<a href="?page=3">下一页</a>', 2022, 2021),
      '/nb/?page=3': page('<a href="?page=4">下一页</a>', 2022, 2021),
      '/nb/?page=4': page('<a href="?page=5">下一页</a>', 2022, 2021),
    },
  ],
])('nothing is told where %s', async (_, pages) => {
  const { years, problems } = await list('plain', pages);
  expect(years).toEqual(all);
  expect(problems).toEqual([]);
});

test('a list that gives its first page for every page is told', async () => {
  const first = (next: number) => page(`<a href="?page=${next}">下一页</a>`, 2024, 2023);
  const { problems } = await list('plain', {
    '/nb/': first(2),
    '/nb/?page=2': first(3),
    '/nb/?page=3': first(4),
  });
  expect(problems).toMatchObject([{ code: 'pages_lost', how: 'repeated' }]);
});

const empty = '<p>位置</p>';
test.each<[string, Record<string, string>]>([
  ['a frame', { '/nb/': `${empty}<iframe src="rows.html"></iframe>`, '/nb/rows.html': page('', ...all) }],
  [
    'a set of frames, one of which holds it in another',
    {
      '/nb/': '<frameset rows="80,*"><frame src="/top.html"><frame src="main.html"></frameset>',
      '/top.html': empty,
      '/nb/main.html': `${empty}<iframe src="/nb/rows.html"></iframe>`,
      '/nb/rows.html': page('', ...all),
    },
  ],
  [
    'the page to which it sends its reader',
    { '/nb/': '<META HTTP-EQUIV="Refresh" CONTENT="0; URL=list.htm">', '/nb/list.htm': page('', ...all) },
  ],
  [
    'a frame, beside the lists of other years',
    {
      '/nb/': `<a href="2023/">2023年</a><a href="2022/">2022年</a><iframe src="rows.html"></iframe>`,
      '/nb/rows.html': page('', 2024),
      '/nb/2023/': page('', 2023),
      '/nb/2022/': page('', 2022, 2021),
    },
  ],
  [
    'tabs of years, which ask the page itself',
    {
      '/nb/': page('<a href="?nd=2024">2024年</a><a href="?nd=2023">2023年度</a>', 2024),
      '/nb/?nd=2024': page('', 2024),
      '/nb/?nd=2023': page('', 2023, 2022, 2021),
    },
  ],
  [
    'pages of years beside it, and of those before',
    {
      '/nb/': page('<a href="n2023.html">2023</a><a href="wn/">往年年报</a>', 2024),
      '/nb/n2023.html': page('', 2023),
      '/nb/wn/': page('', 2022, 2021),
    },
  ],
  [
    'a choice of years',
    {
      '/nb/': page(
        '<form><select name="nd"><option value="2024">2024年<option value="2023">2023年</select></form>',
        2024,
      ),
      '/nb/?nd=2024': page('', 2024),
      '/nb/?nd=2023': page('', 2023, 2022, 2021),
    },
  ],
  [
    'rows that are clicked as a whole',
    { '/nb/': page('', ...all).replace(/<a href="([^"]*)">(.*?)<\/a>/g, `<b onclick="location.href='$1'">$2</b>`) },
  ],
])('a list is read from %s', async (_, pages) => {
  const { years, problems } = await list('plain', pages);
  expect(problems).toEqual([]);
  expect(years).toEqual(all);
});

test('what a row offers besides is no row that leads nowhere', async () => {
  const { problems } = await list('plain', {
    '/nb/': page('', ...all).replaceAll('</a>', '</a> <a href="javascript:share()">分享</a>'),
  });
  expect(problems).toEqual([]);
});

test('a page that sends its reader home is no list', async () => {
  const home = '<ul><li><a href="/xw/1.html">召开工作会议</a><span>2025-01-01</span></li></ul>';
  const { problems } = await list('plain', { '/nb/': '<meta http-equiv="refresh" content="0;url=/">', '/': home });
  expect(problems).toMatchObject([{ code: 'list_empty' }]);
});

test.each(['<meta http-equiv="refresh" content="3;url=/">', '<iframe src="/index.html"></iframe>'])(
  'nor is one whose reader finds there a report among all else: %s',
  async (sends) => {
    const home = page('', 2024);
    const { years, problems } = await list('plain', { '/nb/': sends, '/': home, '/index.html': home });
    expect(problems).toMatchObject([{ code: 'list_empty' }]);
    expect(years).toEqual([]);
  },
);

test('a page that names ten thousand others is told and ends, without comparing each with each', async () => {
  const options = Array.from({ length: 9999 }, (_, i) => `<option value="/nb/l${i + 1}.html">${i + 1}</option>`);
  const first = Buffer.from(page(`<select>${options.join('')}</select>`, 2024));
  const { problems } = await discover(portal('one', { family: 'plain' }), families.get('plain')!, {
    get: (url) =>
      Promise.resolve({
        bytes: !/\/l\d+\.html$/.test(url) ? first : Buffer.from(page('', 2023)),
        contentType: 'text/html',
        status: 200,
        url,
        outcome: 'ok',
        error: null,
      }),
    render: () => Promise.reject(new Error('no page needs a browser')),
    now: () => new Date('2026-01-31T04:00:00Z'),
    look: lookHere,
  });
  expect(problems).toMatchObject([{ code: 'page_limit', details: { pages: 500 } }]);
}, 15_000);

test('one article under two protocols counts once towards what the list states', async () => {
  const twice = row(2023).replace('"/nb', '"https://www.one.simulator.test/nb');
  const { years, problems } = await list('nfcms', {
    '/nb/': page('共4条 第1/1页', 2024, 2023, 2022).replace('</ul>', `${twice}</ul>`),
  });
  expect(years).toEqual([2022, 2023, 2024]);
  expect(problems).toMatchObject([{ code: 'list_short', articles: 3, stated: 4 }]);
});

test('articles of a portal that is a single page are told apart by what its script is to show', async () => {
  const routed = [2024, 2023].map((year) => row(year).replace(/href="[^"]*"/, `href="#/article/${year}"`));
  const elsewhere = [2022, 2021].map((year) => row(year).replace(/href="[^"]*"/, `href="/index.html#!/a?id=${year}"`));
  const place = row(2020).replace('.html"', '.html#zoom"');
  const { years } = await list('plain', {
    '/nb/': page('', 2019).replace('</ul>', `${[...routed, ...elsewhere, place].join('')}</ul>`),
  });
  expect(years).toEqual([2019, 2020, 2021, 2022, 2023, 2024]);
});
