import { expect, test } from 'vitest';
import { discover } from '../scrapers/discover.ts';
import type { Family } from '../scrapers/family.ts';
import { createClient } from '../scrapers/http.ts';
import { judgeAnswer } from '../scrapers/outcome.ts';
import { portal } from './invented.ts';
import { clientOptions, lookHere, servePages } from './serving.ts';

/** Lists the portal `one` of a family over HTTP, as the pipeline does. */
async function list(family: Family, index: string, pages: Record<string, string>) {
  const server = await servePages(pages);
  const client = createClient(clientOptions({ '*.simulator.test': server.address }));
  const get = async (url: string, kind: 'list' | 'api') => {
    const { capture, body } = await client.get(url, 'one', kind);
    const { status, final_url, outcome, error } = capture;
    const contentType = capture.headers['content-type'] ?? null;
    return { bytes: body, contentType, status, url: final_url, outcome, error };
  };
  const one = portal('one', { family: family.id, index_url: `http://one.simulator.test${index}` });
  const found = await discover(one, family, {
    get,
    render: () => Promise.reject(new Error('no page needs a browser')),
    look: lookHere,
    now: () => new Date('2026-01-31T04:00:00Z'),
  });
  await client.close();
  await server.close();
  return { ...found, asked: server.asked.map((request) => request.replace('GET ', '')) };
}

const row = (href: string, title: string) => `<li><a href="${href}">${title}</a><span>2024-01-20</span></li>`;
const report = (year: number) => `虚构县人民政府${year}年政府信息公开工作年度报告`;

test('a family of static lists is one literal', async () => {
  const invented: Family = {
    id: 'invented',
    zh: '虚构内容管理系统',
    en: 'invented, static lists of art/N.shtml',
    listing: {
      how: 'pages',
      rows: { address: /\/art\/(?<id>\d+)\.shtml$/, files: /^\/down\//, only: 'all' },
      paging: { by: 'number', name: 'list_{number}.shtml', second: 1 },
      render: 'never',
    },
    twins: [{ part: /^\/wap(?=\/)/, article: '' }],
  };
  const { links, problems, asked } = await list(invented, '/nb/list.shtml', {
    '/nb/list.shtml':
      row('/art/index.shtml', '首页') +
      row('/wap/art/7.shtml', report(2023)) +
      row('/art/7.shtml', report(2023)) +
      row('/down/app.apk', '客户端'),
    '/nb/list_1.shtml': row('/art/6.shtml', report(2022)),
    '/nb/list_2.shtml': row('/down/5/2021.wps', report(2021)),
  });
  expect(problems).toEqual([]);
  expect(links.map(({ url, id, title }) => [new URL(url).pathname, id, title])).toEqual([
    ['/art/7.shtml', '7', report(2023)],
    ['/art/6.shtml', '6', report(2022)],
    ['/down/5/2021.wps', null, report(2021)],
  ]);
  expect(asked).toEqual(['/nb/list.shtml', '/nb/list_1.shtml', '/nb/list_2.shtml', '/nb/list_3.shtml']);
});

test('a family of catalogues is one literal', async () => {
  const invented: Family = {
    id: 'invented',
    zh: '虚构公开目录',
    en: 'invented catalogue',
    listing: {
      how: 'catalogue',
      root: /^[^?#]*\/open(?=\/)/,
      articles: '{root}/{site}/{column}/{page}.json',
      nodes: /年报/,
      columns: {
        how: 'pages',
        rows: { address: /\.html$/, files: /^\/down\//, only: 'dated' },
        paging: { by: 'next_link' },
        render: 'never',
      },
    },
    twins: [],
  };
  const articles = [{ id: 3, title: report(2023), url: '/open/c/3.html', created_at: '2024-01-20' }];
  const { links, problems, asked } = await list(invented, '/jia/open/index', {
    '/jia/open/index': '<script>var c = { SID: "42", TREE: [{"id": 9, "name": "政府信息公开年报"}] }</script>',
    '/jia/open/42/9/1.json': JSON.stringify({ total: 1, articles }),
  });
  expect(problems).toEqual([]);
  expect(links).toMatchObject([{ url: 'http://one.simulator.test/open/c/3.html', id: '3', date: '2024-01-20' }]);
  expect(asked).toEqual(['/jia/open/index', '/jia/open/42/9/1.json', '/jia/open/42/9/2.json']);
});

test.each([
  ['Jiasule', "document.cookie='__jsl_clearance_s=1'"],
  ['Aliyun', "var name = 'acw_sc__v2'"],
  ['River Security', '$_ts = window["$_ts"]'],
  ['JSVMP', 'function _$jsvmprt(b){}'],
  ['Cloudflare', 'window._cf_chl_opt = {}'],
  ['WZWS', 'var wzwschallenge = 1'],
  ['of no known maker', 'document.cookie = "a=1"; location.reload()'],
])('the challenge of a firewall is a refusal: %s', (name, script) => {
  const judge = (text: string) => {
    const bytes = Buffer.from(`<html><script>${script}</script>${text}</html>`);
    return judgeAnswer({ status: 200, kind: 'article', mediaType: 'text/html', bytes });
  };
  const { outcome, error } = judge('');
  expect([outcome, error]).toEqual(['blocked', expect.stringContaining(`(${name})`)]);
  // A page that says something is a page, whatever its scripts do.
  expect(judge('虚构县年度报告'.repeat(20)).outcome).toBe('ok');
});
