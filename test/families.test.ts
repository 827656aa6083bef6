import { describe, expect, test } from 'vitest';
import { discover } from '../scrapers/discover.ts';
import { families } from '../scrapers/families/index.ts';
import type { Family } from '../scrapers/family.ts';
import { createClient } from '../scrapers/http.ts';
import { JUDGED_BYTES, outcomeOf } from '../scrapers/capture.ts';
import { judgeAnswer } from '../scrapers/outcome.ts';
import { readRows } from '../scrapers/rows.ts';
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
const uuid = '0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';
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
  expect(asked).toEqual([
    '/nb/list.shtml',
    '/nb/list_1.shtml',
    '/nb/list_2.shtml',
    '/nb/list_3.shtml',
    '/nb/list_4.shtml',
  ]);
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
        paging: { by: 'pager' },
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

describe('lists in a list', () => {
  const years: Family = {
    id: 'invented',
    zh: '虚构内容管理系统',
    en: 'invented, years and units have lists of their own',
    listing: {
      how: 'pages',
      rows: {
        address: /\/art\/(?<id>\d+)\.html$/,
        files: /^\/down\//,
        only: 'all',
        columns: { root: /^.*\//, address: /^[\w-]+\/$/ },
      },
      paging: { by: 'pager' },
      render: 'never',
    },
    twins: [],
  };
  const to = (...hrefs: string[]) => hrefs.map((href) => `<a href="${href}">栏目</a>`).join('');
  const pathsOf = (links: { url: string }[]) => links.map(({ url }) => new URL(url).pathname);

  test('are followed downwards: not beside, not back, not to what is an article', async () => {
    const { links, problems, asked } = await list(years, '/nb/', {
      '/nb/': to('/nb/', './', '../zn/', '/', '2023/', '/nb/2022/', 'http://www.elsewhere.test/nb/2021/', 'sm.html'),
      '/nb/2023/': to('../', '../2022/', 'bm/') + row('/nb/art/1.html', report(2023)),
      '/nb/2023/bm/': row('/nb/art/2.html', report(2023)) + row('/nb/2023/art/3.html', report(2023)),
      '/nb/2022/': row('/nb/2022/art/4.html', report(2022)),
    });
    expect(problems).toEqual([]);
    expect(asked).toEqual(['/nb/', '/nb/2023/', '/nb/2022/', '/nb/2023/bm/']);
    expect(pathsOf(links)).toEqual(['/nb/art/1.html', '/nb/2022/art/4.html', '/nb/art/2.html', '/nb/2023/art/3.html']);
  });

  test('that are empty or not there are told, each by its address', async () => {
    const { problems } = await list(years, '/nb/', {
      '/nb/': to('2023/', '2022/') + row('/nb/art/1.html', report(2024)),
      '/nb/2022/': '<p>暂无信息，敬请期待，欢迎常来看看。</p>',
    });
    expect(problems.map(({ code, details }) => [code, (details as { list: string }).list])).toEqual([
      ['list_missing', 'http://one.simulator.test/nb/2023/'],
      ['list_empty', 'http://one.simulator.test/nb/2022/'],
    ]);
  });

  test('beside it that are called as reports are no rows; what is called so and is a report is one', async () => {
    const prose = '本年度收到政府信息公开申请三件，均已办结并答复。'.repeat(20);
    const { links, problems } = await list(years, '/nb/2023/', {
      '/nb/2023/':
        `<a href="../2022/">2022年政府信息公开年度报告</a><a href="/nb/2021/">${report(2021)}</a>` +
        `<a href="../2020/">${report(2020)}</a>${row('/art/1.html', report(2023))}`,
      '/nb/2022/': row('/art/2.html', report(2022)),
      '/nb/2021/': `<h1>${report(2021)}</h1><p>${prose}</p>${row('/art/1.html', report(2023))}`,
      '/nb/2020/': `<h1>${report(2020)}</h1><p><img src="1.png"></p>`,
    });
    expect(pathsOf(links)).toEqual(['/art/1.html', '/nb/2021/', '/nb/2020/']);
    // Of a page that says nothing its reading decides, and a person is told.
    expect(problems.map(({ code, details }) => [code, (details as { reports: number }).reports])).toEqual([
      ['rows_unlike', 1],
    ]);
  });

  test('end at a depth and a number, which is told', async () => {
    const deep = Object.fromEntries(
      ['', 'a/', 'a/a/', 'a/a/a/', 'a/a/a/a/'].map((path) => [
        `/nb/${path}`,
        to('a/') + row('/nb/art/1.html', report(2024)),
      ]),
    );
    const down = await list(years, '/nb/', deep);
    expect(down.asked).toHaveLength(4);
    expect(down.problems.map(({ code }) => code)).toEqual(['page_limit']);
    const names = Array.from({ length: 300 }, (_, i) => `u${i}/`);
    const wide = await list(years, '/nb/', {
      '/nb/': to(...names),
      ...Object.fromEntries(names.map((name, i) => [`/nb/${name}`, row(`/art/${i}.html`, report(2024))])),
    });
    expect(wide.asked).toHaveLength(200);
    expect(wide.problems).toMatchObject([{ code: 'page_limit', details: { columns: 301, read: 200 } }]);
  });

  test('where a report stands in place of a list, it is the article; a list that is called as one is not', async () => {
    const prose = '本年度收到政府信息公开申请三件，均已办结并答复。'.repeat(20);
    const { links, problems } = await list(years, '/nb/', {
      '/nb/': to('2023/', '2022/', '2021/', 'zn/'),
      '/nb/zn/': `<h1>政府信息公开指南</h1><p>${prose}</p>`,
      '/nb/2023/': `<title>虚构县</title><h1>${report(2023)}</h1><p>${prose}</p>`,
      '/nb/2022/': `<title>${report(2022)}</title><p>暂无信息，敬请期待，欢迎常来看看。</p>`,
      '/nb/2021/': `<title>${report(2021)}</title>${row('/art/1.html', report(2021))}<p>${prose}</p>`,
    });
    expect(links.map(({ url, title }) => [new URL(url).pathname, title])).toEqual([
      ['/nb/2023/', report(2023)],
      ['/art/1.html', report(2021)],
      ['/nb/zn/', '政府信息公开指南'],
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['list_empty']);
  });
});

test.each([
  ['trs', '/zwgk/nb/index_1.html', '/zwgk/nb/2023n/bm/', '/zwgk/zn/'],
  ['trs', '/zwgk/nb/', '/zwgk/nb/bm_229/index.shtml', '/zwgk/nb/202301/t20230120_123456.html'],
  ['vsb', '/zwgk/nb.htm', '/zwgk/nb/n2023n/xjbm.htm', '/zwgk/nb/2.htm'],
  ['vsb', '/zwgk/nb/2.htm', '/zwgk/nb/n2023n.htm', '/zwgk/zn.htm'],
  ['vsb', '/zwgk/nb/index.htm', '/zwgk/nb/n2023n.htm', '/zwgk/nb/index.htm'],
  ['ucap', '/xian/nb/common_list.shtml', '/xian/nb/bm/xxgk_navs.shtml', '/xian/nb/common_list_2.shtml'],
  ['ucap', '/xian/nb/list.shtml', '/xian/nb/c117594/', `/xian/nb/202301/${'0a'.repeat(16)}.shtml`],
  ['trs', '/zwgk/nb/', '/zwgk/nb/2023%E5%B9%B4/', '/zwgk/nb/zn.html'],
  [
    'openness',
    '/xxgk/opennessAnnualReport/',
    `/xxgk/opennessAnnualReport/?branch_id=${'0a'.repeat(12)}`,
    '/xxgk/guide/',
  ],
  ['openness', '/XxgkAnnualReport/showList/', '/XxgkAnnualReport/showList/865/page_1.html', '/XxgkContent/showList/1/'],
  ['folders', '/zwgk/nb/1.html', '/zwgk/nb/bm/1.html', '/zwgk/nb/2.html'],
  ['folders', '/25221/index.htm', '/25221/25222/index.htm', '/25221/content_123456.html'],
  ['nfcms', '/zwgk/nb/', '/zwgk/nb/bm/2019n/', '/zwgk/nb/content/post_7.html'],
])('%s: a list %s leads to the list %s and not to %s', (id, page, column, other) => {
  const listing = families.get(id)?.listing;
  if (listing?.how !== 'pages') throw new Error(id);
  const html = [column, other].map((href) => `<a href="${href}">政府信息公开年报</a>`).join('');
  const { columns } = readRows(html, `http://one.simulator.test${page}`, listing.rows);
  expect(columns).toEqual([`http://one.simulator.test${column}`]);
});

test.each(['1.html', 'page_1.html'])(
  'a list that is called %s goes on by number where it has no pager',
  async (name) => {
    const at = (number: number) => `/nb/${name.replace('1', String(number))}`;
    const { links, problems, asked } = await list(families.get('folders')!, at(1), {
      [at(1)]: row('content_101.html', report(2023)),
      [at(2)]: row('content_102.html', report(2022)),
    });
    expect([links.length, problems]).toEqual([2, []]);
    expect(asked).toEqual([at(1), at(2), at(3), at(4)]);
  },
);

test('of the list of one unit the other units are not followed', () => {
  const { listing } = families.get('openness')!;
  if (listing.how !== 'pages') throw new Error('openness');
  const units = ['0a', '0b'].map((digits) => `/opennessAnnualReport/?branch_id=${digits.repeat(12)}`);
  const html = units.map((href) => `<a href="${href}">某局</a>`).join('');
  expect(readRows(html, `http://one.simulator.test${units[0]}`, listing.rows).columns).toEqual([]);
});

test.each([
  ['trs', '/zwgk/nb/202501/t20250120_123456.html', '123456'],
  ['trs', '/zwgk/nb/202501/t20250120_123456.shtml', '123456'],
  ['trs', '/zwgk/nb/202501/t20250120_123456_app.shtml', '123456'],
  ['trs', '/zwgk/nb/t19646926.shtml', '19646926'],
  ['trs', '/zwgk/nb/202501/t20250120_123456', '123456'],
  ['ucap', `/xian/c1/202501/${'0a'.repeat(16)}.shtml`, '0a'.repeat(16)],
  ['ucap', '/xian/c111239/202301/c01_868731.shtml', 'c01_868731'],
  ['ucap', '/xian/c109616/202009/1314732.shtml', '1314732'],
  ['ucap', '/csrc/c106256/c7654321/content.shtml', null],
  ['vsb', '/info/14051/918940.htm', '918940'],
  ['openness', `/xxgk/openness/detail/annual_report/${'0a'.repeat(12)}.html`, '0a'.repeat(12)],
  ['openness', `/zwgk/channel_${'0b'.repeat(12)}/doc_${'0a'.repeat(12)}.html`, '0a'.repeat(12)],
  ['openness', '/openness/OpennessAnnualReport/show/2396.html', null],
  ['folders', '/zwgk/nb/1891733808520740865.html', '1891733808520740865'],
  ['folders', `/zwgk/nb/${'0a'.repeat(12)}.html`, '0a'.repeat(12)],
  ['folders', '/25221/25222/content_2267980.html', '2267980'],
  ['folders', '/Content-2267980.html', '2267980'],
  ['folders', '/c/2025-01-20/6712345.shtml', '6712345'],
  ['folders', '/zwgk/2025-01/20/article_2025012017242828970.html', '2025012017242828970'],
  ['folders', '/c26829/20250126/i2310545.html', '2310545'],
  ['folders', `/nw12344/20250331/${'0a'.repeat(16)}.html`, '0a'.repeat(16)],
  ['folders', '/zwgkcontent-12-34567.html', '34567'],
  ['folders', `/zwgk/nb/content/${uuid}.html`, uuid],
  ['folders', '/gi_news/16112345', '16112345'],
  ['folders', '/gongkai/show/812.html', '812'],
  ['folders', '/xxgk-show-4711.html', '4711'],
  ['folders', '/contents/6822/238168.html', '238168'],
  ['folders', '/gov/pub/description/9031.html', '9031'],
  ['hebei', `/columns/${uuid}/202502/14/${uuid}.html`, uuid],
])('%s: %s is an article', (id, href, article) => {
  const listing = families.get(id)?.listing;
  if (listing?.how !== 'pages') throw new Error(id);
  const { rows } = readRows(row(href, report(2024)), 'http://one.simulator.test/nb/', listing.rows);
  expect(rows.map((found) => found.id)).toEqual([article]);
});

test.each([
  ['folders', '/zwgk/nb/2.html'],
  ['folders', '/zwgk/nb/2024.html'],
  ['folders', '/zwgk/nb/index_2.html'],
  ['folders', '/zwgk/show/'],
  ['trs', '/zwgk/nb/index_1.html'],
  ['trs', '/zwgk/zfxxgkzn/'],
  ['vsb', '/zwgk/nb/4.htm'],
  ['ucap', '/xian/nb/common_list_2.shtml'],
  ['hebei', `/columns/${uuid}/index.html`],
])('%s: %s is none', (id, href) => {
  const listing = families.get(id)?.listing;
  if (listing?.how !== 'pages') throw new Error(id);
  expect(readRows(row(href, '办事指南'), 'http://one.simulator.test/nb/', listing.rows).rows).toEqual([]);
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

test('what is longer than is judged counts as content, and nobody looks into it', async () => {
  const refusal = Buffer.from(
    `<html><script>document.cookie='__jsl_clearance_s=1'</script>${' '.repeat(JUDGED_BYTES)}</html>`,
  );
  const answer = { status: 200, kind: 'article', mediaType: 'text/html' } as const;
  const never = () => Promise.reject(new Error('looked'));
  const judged = await outcomeOf(never, { ...answer, body: refusal });
  expect(judged).toEqual(judgeAnswer({ ...answer, bytes: refusal.subarray(0, JUDGED_BYTES) }));
  await expect(outcomeOf(never, { ...answer, status: 503, body: refusal })).rejects.toThrow('looked');
});
