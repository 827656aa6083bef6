import { afterEach, describe, expect, test } from 'vitest';
import { readShell } from '../scrapers/catalogue.ts';
import { discover } from '../scrapers/discover.ts';
import { BrowserMissing } from '../scrapers/errors.ts';
import { families } from '../scrapers/families/index.ts';
import { createClient } from '../scrapers/http.ts';
import type { Portal } from '../scrapers/portals.ts';
import { dateIn } from '../scrapers/rows.ts';
import type { Io } from '../scrapers/run.ts';
import { clientOptions, lookHere, serve, servePages, type Serving } from './serving.ts';

const HOST = 'http://www.shili.simulator.test';
const opened: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

function portal(family: string, path: string): Portal {
  return {
    id: 'shili',
    division: '990100',
    name: '示例市（虚构）',
    family,
    index_url: HOST + path,
    from: null,
    until: null,
    vantage: 'any',
    note: 'invented',
  };
}

async function list(
  server: Serving,
  family: string,
  path: string,
  render: Io['render'] = () => Promise.reject(new BrowserMissing(['/none'], 'none')),
) {
  const client = createClient(clientOptions({ '*.simulator.test': server.address }));
  opened.push(client, server);
  const system = families.get(family);
  if (!system) throw new Error(family);
  return discover(portal(family, path), system, {
    get: async (url, kind) => {
      const { capture, body } = await client.get(url, 'shili', kind);
      return {
        bytes: body,
        contentType: capture.headers['content-type'] ?? null,
        status: capture.status,
        url: capture.final_url,
        outcome: capture.outcome,
        error: capture.error,
      };
    },
    render,
    look: lookHere,
    now: () => new Date('2026-01-31T04:00:00Z'),
  });
}

const row = (id: number, title: string, date: string) =>
  `<li><a title="${title}" href="${HOST}/zwgk/nb/content/post_${id}.html" target="_blank">${title.slice(0, 12)}...</a><span>${date}</span></li>`;
const listPage = (rows: string) =>
  `<html><body><div class="nav"><a href="/">首页</a><a href="javascript:void(0)">分享</a></div><ul class="news_list">${rows}</ul></body></html>`;

describe('nfcms', () => {
  test('reads page after page until one is not there', async () => {
    const server = await servePages({
      '/zwgk/nb/': listPage(
        row(101, '示例市财政局2023年政府信息公开工作年度报告', '2024-01-29') +
          row(102, '示例市教育局2023年政府信息公开工作年度报告', '2024-01-28'),
      ),
      '/zwgk/nb/index_2.html': listPage(row(103, '示例市民政局2022年政府信息公开工作年度报告', '2023-01-31')),
    });
    const { links, problems, pages, ignored } = await list(server, 'nfcms', '/zwgk/nb/');
    expect(links).toEqual([
      {
        portal: 'shili',
        url: `${HOST}/zwgk/nb/content/post_101.html`,
        title: '示例市财政局2023年政府信息公开工作年度报告',
        date: '2024-01-29',
        id: '101',
      },
      {
        portal: 'shili',
        url: `${HOST}/zwgk/nb/content/post_102.html`,
        title: '示例市教育局2023年政府信息公开工作年度报告',
        date: '2024-01-28',
        id: '102',
      },
      {
        portal: 'shili',
        url: `${HOST}/zwgk/nb/content/post_103.html`,
        title: '示例市民政局2022年政府信息公开工作年度报告',
        date: '2023-01-31',
        id: '103',
      },
    ]);
    expect(problems).toEqual([]);
    expect(pages).toBe(2);
    expect(ignored.not_http).toBe(2);
    // One page on from the end, which could be a hole.
    expect(server.asked).toEqual(['GET /zwgk/nb/', ...[2, 3, 4].map((n) => `GET /zwgk/nb/index_${n}.html`)]);
  });

  test('ends where a page repeats what is known', async () => {
    const page = listPage(row(1, '示例市2023年政府信息公开工作年度报告', '2024-01-29'));
    const server = await servePages(
      Object.fromEntries(['index.html', 'index_2.html', 'index_3.html'].map((name) => [`/nb/${name}`, page])),
    );
    const { links, problems } = await list(server, 'nfcms', '/nb/index.html');
    expect(links).toHaveLength(1);
    expect(problems).toEqual([]);
    expect(server.asked).toEqual(['GET /nb/index.html', 'GET /nb/index_2.html', 'GET /nb/index_3.html']);
  });

  test('ends at a stub', async () => {
    const server = await servePages({
      '/nb/': listPage(row(1, '示例市2023年政府信息公开工作年度报告', '2024-01-29')),
      '/nb/index_2.html': '<html><head><title>年报</title></head><body></body></html>',
    });
    expect(await list(server, 'nfcms', '/nb/')).toMatchObject({ problems: [], pages: 1 });
  });

  test('keeps each article once, and its page rather than its twin', async () => {
    const title = '示例市2023年政府信息公开工作年度报告';
    const anchor = (href: string) => `<li><a href="${href}">${title}</a><span>2024-01-29</span></li>`;
    const server = await servePages({
      '/nb/': listPage(
        anchor('/nb/content/mpost_7.html') +
          anchor('/nb/content/post_7.html') +
          anchor(`https://shili.simulator.test/nb/content/post_7.html#top`) +
          anchor('/nb/content/post_7_app.html') +
          anchor('/other/content/post_7.html') +
          anchor('http://www.elsewhere.test/nb/content/post_8.html') +
          anchor('https://jiaoyu.shili.simulator.test/nb/content/post_9.html'),
      ),
    });
    const { links, ignored } = await list(server, 'nfcms', '/nb/');
    expect(links.map(({ url }) => url)).toEqual([
      `${HOST}/nb/content/post_7.html`,
      'https://jiaoyu.shili.simulator.test/nb/content/post_9.html',
    ]);
    expect(ignored).toEqual({ off_site: 1, not_http: 1, duplicate: 4 });
  });

  test('reports on other sites are told, other links there are not', async () => {
    const title = '示例市甲区人民政府2023年政府信息公开工作年度报告';
    const rows =
      row(1, title, '2024-01-29') +
      `<li><a href="http://jia.other.test/content/post_8.html">${title}</a></li>` +
      '<li><a href="http://jia.other.test/content/post_9.html">示例市甲区统计公报</a></li>';
    const server = await servePages({ '/zwgk/nb/': listPage(rows) });
    const { links, problems } = await list(server, 'nfcms', '/zwgk/nb/');
    expect(links).toHaveLength(1);
    expect(problems.map(({ code }) => code)).toEqual(['links_off_site']);
    expect(problems[0]?.details).toMatchObject({ reports: 1, examples: [expect.stringMatching(/post_8\.html$/)] });
  });

  test('a page that nests without end is refused before it is parsed', async () => {
    const server = await servePages({ '/zwgk/nb/': listPage('<div>'.repeat(150_000)) });
    const started = performance.now();
    const { problems } = await list(server, 'nfcms', '/zwgk/nb/');
    expect(problems).toMatchObject([
      { code: 'list_failed', details: { said: expect.stringMatching(/nests more than/) } },
    ]);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('dates inside the anchor, titles cut short, rows with a picture', async () => {
    const server = await servePages({
      '/nb/': listPage(
        `<li><a href="/nb/content/post_1.html"><img src="a.png"></a><a href="/nb/content/post_1.html">
           示例市第1局2023年政府
           信息公开工作年度报告 <span>[2024-01-29]</span></a></li>
         <li><a href="/nb/content/post_2.html">示例市第2局2023年政…</a></li>
         <li><a href="/nb/content/post_3.html" title="查看详情">2024-01-27 示例市第3局信息公开年报</a></li>
         <li><a href="/nb/content/post_2.html">示例市第2局2023年政府信息公开工作年度报告</a> 2024年1月28日</li>`,
      ),
    });
    const { links } = await list(server, 'nfcms', '/nb/');
    expect(links.map(({ id, title, date }) => [id, title, date])).toEqual([
      ['1', '示例市第1局2023年政府 信息公开工作年度报告', '2024-01-29'],
      ['2', '示例市第2局2023年政府信息公开工作年度报告', '2024-01-28'],
      ['3', '示例市第3局信息公开年报', '2024-01-27'],
    ]);
  });

  test('pages are numbered beside the page that the address leads to', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/nb') response.writeHead(301, { location: '/nb/' }).end();
      else if (request.url === '/nb/')
        response.end(listPage(row(1, '示例市2023年政府信息公开工作年度报告', '2024-01-29')));
      else response.writeHead(404).end();
    });
    expect(await list(server, 'nfcms', '/nb')).toMatchObject({ problems: [] });
    expect(server.asked[2]).toBe('GET /nb/index_2.html');
  });

  test.each<[string, number, string, string]>([
    ['is not there', 404, '', 'list_missing'],
    ['is refused', 403, '', 'list_blocked'],
    ['fails', 500, '', 'list_error'],
    ['is a shell', 200, '<html><script>location.href="/x"</script></html>', 'list_empty'],
    ['lists nothing', 200, listPage(''), 'list_empty'],
    [
      'lists only others',
      200,
      listPage('<a href="http://www.elsewhere.test/content/post_1.html">年报</a>'),
      'list_empty',
    ],
  ])('a list that %s is a problem', async (_, status, body, code) => {
    const server = await serve(
      (__, response) => void response.writeHead(status, { 'content-type': 'text/html' }).end(body),
    );
    const { links, problems } = await list(server, 'nfcms', '/nb/');
    expect(links).toEqual([]);
    expect(problems).toMatchObject([{ portal: 'shili', code, details: { list: `${HOST}/nb/` } }]);
  });

  test('a page that fails in the middle is a problem and keeps what was read', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/nb/') response.end(listPage(row(1, '示例市2023年政府信息公开工作年度报告', '2024-01-29')));
      else response.writeHead(500).end();
    });
    const { links, problems } = await list(server, 'nfcms', '/nb/');
    expect(links).toHaveLength(1);
    expect(problems).toMatchObject([
      { code: 'page_error', details: { list: `${HOST}/nb/index_2.html`, page: 2, status: 500 } },
    ]);
  });
});

const shell = (tree: unknown) => `<!DOCTYPE html><html><body><div id="app"></div><script>
  window._CONFIG = { LOGO: 'x]', SID: '990165', // it's no JSON
    TREE: ${JSON.stringify(tree)}, SERVICE_AREA_ID: '1', fn: function () { return [1]; } };</script></body></html>`;
const tree = [
  {
    id: 700,
    name: '政府信息公开 "目录]"',
    parent: 0,
    jump_url: '',
    post_count: 150,
    children: [
      {
        id: 721,
        name: '政府信息公开年度报告',
        parent: 700,
        jump_url: '',
        post_count: '120',
        children: [{ id: '722', name: '部门', children: [], jump_url: null }],
      },
      { id: 730, name: '规章', parent: 700, jump_url: '', children: [] },
    ],
  },
];

const article = (id: number, more: object = {}) => ({
  id,
  title: `示例市第${id}局2024年政府信息公开工作年度报告`,
  url: `${HOST}/gkmlpt/content/0/${Math.floor(id / 1000)}/post_${id}.html`,
  post_url: '',
  created_at: '2025-01-02 00:25:04',
  create_time: 1735748704,
  attachment: [],
  relation: '[]',
  ...more,
});

const jumping = (to: string) => [{ id: 1, name: '政府信息公开年报', jump_url: to, children: [] }];

const codes = async (run: Promise<{ problems: { code: string }[] }>) => (await run).problems.map(({ code }) => code);

const broken = (body: string) =>
  servePages({ '/gkmlpt/index': body }).then((server) => list(server, 'gkmlpt', '/gkmlpt/index'));

/** `after`: what the site says past its last page. */
async function catalogue(
  articles: Record<string, object[]>,
  after: 'empty' | 404,
  shellOf = tree as unknown,
  path = '/gkmlpt/index',
) {
  const server = await serve((request, response) => {
    const url = new URL(request.url ?? '', HOST);
    const category = /\/gkmlpt\/api\/all\/(\d+)$/.exec(url.pathname)?.[1];
    if (url.pathname.endsWith('/gkmlpt/index'))
      return void response.writeHead(200, { 'content-type': 'text/html' }).end(shell(shellOf));
    if (url.pathname === '/nb/')
      return void response.end(listPage(row(55, '示例市2018年政府信息公开工作年度报告', '2019-01-29')));
    const page = Math.max(1, Number(url.searchParams.get('page')));
    const all = articles[category ?? ''] ?? [];
    const rows = all.slice((page - 1) * 100, page * 100);
    if (url.searchParams.get('sid') !== '990165' || (rows.length === 0 && after === 404))
      return void response.writeHead(404).end();
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ total: String(all.length), articles: rows, classify: {} }));
  });
  return { server, ...(await list(server, 'gkmlpt', path)) };
}

describe('gkmlpt', () => {
  test.each(['empty', 404] as const)(
    'reads the columns of reports with what is under them; past the end: %s',
    async (after) => {
      const articles = Array.from({ length: 120 }, (_, index) => article(1000 + index));
      const { links, problems, server } = await catalogue(
        { 721: articles, 722: [article(1000), article(5000)], 730: [article(9)] },
        after,
      );
      expect(problems).toEqual([]);
      expect(links).toHaveLength(121);
      expect(links[0]).toEqual({
        portal: 'shili',
        url: `${HOST}/gkmlpt/content/0/1/post_1000.html`,
        title: '示例市第1000局2024年政府信息公开工作年度报告',
        date: '2025-01-02',
        id: '1000',
      });
      expect(server.asked).toEqual([
        'GET /gkmlpt/index',
        ...[1, 2, 3].map((page) => `GET /gkmlpt/api/all/721?page=${page}&sid=990165`),
        ...[1, 2].map((page) => `GET /gkmlpt/api/all/722?page=${page}&sid=990165`),
      ]);
    },
  );

  test('under a path prefix, with the column in the fragment, attachments and a date from the epoch', async () => {
    const odd = article(3, {
      created_at: null,
      create_time: '1735748704',
      attachment: [{ id: 1, name: '报告.doc', type: 'doc', size: '26624', url: '/attachment/1.doc' }],
    });
    const { links, problems, server } = await catalogue({ 730: [odd] }, 404, tree, '/yjj/gkmlpt/index#730');
    expect(problems).toEqual([]);
    // 2025-01-01T16:25:04Z is the second of January in China.
    expect(links).toMatchObject([
      { date: '2025-01-02', attachments: [{ name: '报告.doc', url: `${HOST}/attachment/1.doc` }] },
    ]);
    expect(server.asked[1]).toBe('GET /yjj/gkmlpt/api/all/730?page=1&sid=990165');
  });

  test('a site that gives the last page for ever', async () => {
    const { links, problems } = await catalogue({ 721: [article(1)], 722: [] }, 'empty');
    expect(links).toHaveLength(1);
    expect(problems).toEqual([]);
    const server = await serve((request, response) => {
      if (request.url === '/gkmlpt/index') response.end(shell(tree));
      else response.end(JSON.stringify({ total: 1, articles: [article(1)] }));
    });
    expect(await list(server, 'gkmlpt', '/gkmlpt/index')).toMatchObject({ links: [{ id: '1' }], problems: [] });
  });

  test('a column that leads to an ordinary list', async () => {
    const inside = await catalogue({}, 404, jumping(`${HOST}/nb/`));
    expect(inside.links).toMatchObject([{ id: '55', date: '2019-01-29' }]);
    const outside = await catalogue({}, 404, jumping('http://www.elsewhere.test/nb/'));
    expect(outside.problems).toMatchObject([{ code: 'column_off_site' }]);
  });

  test('a column that leads to the catalogue of a unit, which leads back', async () => {
    const trees: Record<string, unknown> = {
      '/gkmlpt/index': [
        ...tree,
        { id: 2, name: '政府信息公开年报（单位）', jump_url: '/yjj/gkmlpt/index#730', children: [] },
        { id: 3, name: '政府信息公开年报（街道）', jump_url: '/jd/gkmlpt/index', children: [] },
      ],
      '/yjj/gkmlpt/index': [{ id: 730, name: '年报', children: [] }],
      '/jd/gkmlpt/index': jumping('/gkmlpt/index'),
    };
    const server = await serve((request, response) => {
      const at = (request.url ?? '').replace(/\?.*/, '');
      if (trees[at]) return void response.writeHead(200, { 'content-type': 'text/html' }).end(shell(trees[at]));
      const rows = { '/gkmlpt/api/all/721': [article(1)], '/yjj/gkmlpt/api/all/730': [article(9)] }[at];
      if (!rows || !request.url?.includes('page=1')) return void response.writeHead(404).end();
      response.end(JSON.stringify({ total: 1, articles: rows }));
    });
    const { links, problems } = await list(server, 'gkmlpt', '/gkmlpt/index');
    expect([links.map(({ id }) => id), problems.map(({ code }) => code)]).toEqual([['1', '9'], ['list_missing']]);
    expect(server.asked.filter((line) => line === 'GET /gkmlpt/index')).toHaveLength(1);
  });

  test('a column that is sent back to the catalogue it stands in', async () => {
    const here = [{ id: 2, name: '政府信息公开年报', jump_url: '/old/gkmlpt/index#2', children: [] }];
    const server = await serve((request, response) => {
      if (request.url === '/gkmlpt/index')
        return void response.writeHead(200, { 'content-type': 'text/html' }).end(shell(here));
      response.writeHead(server.asked.length > 20 ? 404 : 302, { location: '/gkmlpt/index' }).end();
    });
    await list(server, 'gkmlpt', '/gkmlpt/index');
    expect(server.asked).toEqual(['GET /gkmlpt/index', 'GET /old/gkmlpt/index', 'GET /gkmlpt/index']);
  });

  test('what cannot be read or is not complete is a problem', async () => {
    expect(await codes(catalogue({}, 404, [{ id: 1, name: '规章', children: [] }]))).toEqual(['column_missing']);
    expect(await codes(catalogue({ 721: [article(1), { id: 2 }], 722: [] }, 'empty'))).toEqual([
      'row_unreadable',
      'list_short',
    ]);
    expect(await codes(broken('<html><body>没有配置，只有一些文字在这里</body></html>'))).toEqual(['shell_unreadable']);
    expect(await codes(broken(`<html><body><script>window._CONFIG = {SID: '1'}</script></body></html>`))).toEqual([
      'shell_unreadable',
    ]);
    expect(
      await codes(broken(`<html><body><script>window._CONFIG = {SID: '1', TREE: [{"id":1}</script></body></html>`)),
    ).toEqual(['shell_unreadable']);
  });

  test('a shell is read, never run, and its depth is limited', () => {
    expect(readShell(`_CONFIG={"SID":"7","TREE":[{"id":1,"name":"a]\\"[","children":[]}]}`)).toEqual({
      sid: '7',
      tree: [{ id: '1', name: 'a]"[', jumpUrl: null, children: [] }],
    });
    expect(() => readShell(`SID: '1', TREE: ${'['.repeat(100_000)}`)).toThrow(/deep/);
  });
});

const anchor = (href: string, title: string, date: string) =>
  `<tr><td><a href="${href}">${title}</a></td><td>[${date}]</td></tr>`;

describe('plain', () => {
  test('a static list with a next page', async () => {
    const server = await servePages({
      '/gk/list.htm': `<body><a href="/about.htm">关于我们</a><table>${anchor('a1.htm', '示例县2023年政府信息公开工作年度报告', '2024年1月9日')}</table><a href="list2.htm">下一页</a></body>`,
      '/gk/list2.htm': `<body><table>${anchor('../files/a2.pdf', '示例县信息公开年报', '2023/2/28')}</table><a href="#">下一页</a></body>`,
    });
    const { links, problems } = await list(server, 'plain', '/gk/list.htm');
    expect(links).toEqual([
      {
        portal: 'shili',
        url: `${HOST}/gk/a1.htm`,
        title: '示例县2023年政府信息公开工作年度报告',
        date: '2024-01-09',
        id: null,
      },
      { portal: 'shili', url: `${HOST}/files/a2.pdf`, title: '示例县信息公开年报', date: '2023-02-28', id: null },
    ]);
    expect(problems).toEqual([]);
  });

  test('without a browser, a list that a script writes is a problem that says so', async () => {
    const server = await servePages({ '/gk/list.htm': '<body><script src="list.js"></script></body>' });
    const { links, problems } = await list(server, 'plain', '/gk/list.htm');
    expect(links).toEqual([]);
    expect(problems).toMatchObject([{ code: 'browser_missing', message: expect.stringContaining('/none') }]);
  });

  test('a challenge is not taken to a browser', async () => {
    let rendered = 0;
    const server = await servePages({ '/gk/list.htm': '<script>document.cookie="a=1";location.reload()</script>' });
    const { problems } = await list(server, 'plain', '/gk/list.htm', () =>
      Promise.reject(new Error(String((rendered += 1)))),
    );
    expect(problems).toMatchObject([{ code: 'list_blocked' }]);
    expect(rendered).toBe(0);
  });

  test('further pages that only a script opens are a problem', async () => {
    const server = await servePages({
      '/gk/list.htm': `<body><table>${anchor('a1.htm', '示例县2023年政府信息公开工作年度报告', '2024-01-09')}</table><a href="javascript:go(2)">下一页</a></body>`,
    });
    expect(await list(server, 'plain', '/gk/list.htm')).toMatchObject({
      links: [{}],
      problems: [{ code: 'pages_scripted' }],
    });
  });
});

test('a list of eight thousand rows in one element is read in seconds, with their dates', async () => {
  const rows = Array.from(
    { length: 8000 },
    (_, n) => `<p><a href="content/post_${n}.html">示例市第${n}局年报</a> 2024-01-09</p>`,
  );
  const server = await servePages({ '/nb/': listPage(rows.join('')) });
  // Of the processor: what else the machine does is none of it.
  const started = process.cpuUsage();
  const { links } = await list(server, 'nfcms', '/nb/');
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(5000);
  expect(links).toHaveLength(8000);
  expect(new Set(links.map(({ date }) => date))).toEqual(new Set(['2024-01-09']));
});

test.each([
  ['发布日期：2021-01-29 09:00', '2021-01-29'],
  ['[2021/1/9]', '2021-01-09'],
  ['二〇二一 2021年12月31日', '2021-12-31'],
  ['2021.02.30 2021.03.01', '2021-03-01'],
  ['12021-01-29', null],
  ['01-29', null],
])('the date in %s is %s', (text, date) => expect(dateIn(text)).toBe(date));
