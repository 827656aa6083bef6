import { afterEach, describe, expect, test } from 'vitest';
import { discover } from '../scrapers/discover.ts';
import { families } from '../scrapers/families/index.ts';
import { BrowserMissing, UnexpectedPage } from '../scrapers/errors.ts';
import { createClient } from '../scrapers/http.ts';
import { interfaces } from '../scrapers/interfaces/index.ts';
import type { Io } from '../scrapers/run.ts';
import { portal } from './invented.ts';
import { clientOptions, lookHere, serve, type Serving } from './serving.ts';

/** The lists that lie behind interfaces, of an invented county, over HTTP. */

const opened: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

interface Request {
  method: string;
  host: string;
  path: string;
  /** Of the address and of what was posted. */
  query: URLSearchParams;
  form: URLSearchParams;
  /** As it was posted, and what it was said to be. */
  posted: string;
  type: string | undefined;
  referer: string | undefined;
}

/** Serves what `answer` gives, as 200 unless it gives a status; undefined is 404. */
const site = (answer: (request: Request) => string | number | undefined): Promise<Serving> =>
  serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://x');
      const posted = Buffer.concat(chunks).toString();
      const form = new URLSearchParams(posted);
      const given = answer({
        method: request.method ?? '',
        host: request.headers.host ?? '',
        path: url.pathname,
        query: url.searchParams,
        form,
        posted,
        type: request.headers['content-type'],
        referer: request.headers.referer,
      });
      const status = typeof given === 'number' ? given : given === undefined ? 404 : 200;
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
      response.end(typeof given === 'string' ? given : '页面不存在');
    });
  });

const noBrowser = () => Promise.reject(new Error('no page needs a browser'));

async function list(server: Serving, family: string, path: string, render: Io['render'] = noBrowser) {
  const client = createClient(clientOptions({ '*.simulator.test': server.address }));
  opened.push(client, server);
  const one = portal('one', { family, index_url: `http://one.simulator.test${path}` });
  const found = await discover(one, families.get(family)!, {
    get: async (url, kind, init) => {
      const { capture, body } = await client.get(url, 'one', kind, init);
      const { status, final_url, outcome, error } = capture;
      return { bytes: body, contentType: 'text/html; charset=utf-8', status, url: final_url, outcome, error };
    },
    render,
    look: lookHere,
    now: () => new Date('2026-01-31T04:00:00Z'),
  });
  const titles = found.links.map((link) => link.title);
  return { ...found, titles, codes: found.problems.map(({ code }) => code) };
}

const report = (year: number) => `虚构县人民政府${year}年政府信息公开工作年度报告`;
const years = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => from - i);
const page = (body: string) =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><title>年报</title></head><body><div class="nav"><a href="/">首页</a></div>${body}</body></html>`;

describe('jpage', () => {
  const all = years(2024, 2019);
  const record = (year: number) =>
    `<record><![CDATA[<li><a href="/art/${year + 1}/1/29/art_9_${year}.html" title="${report(year)}">${report(year).slice(0, 9)}...</a><span>${year + 1}-01-\n29</span></li>]]></record>`;
  const column = (inside: number[], total: number) =>
    page(
      `<div id="77"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&amp;webid=3&amp;path=http://one.simulator.test/&amp;columnid=9&amp;unitid=77&amp;webname=%E8%99%9A%E6%9E%84%E5%8E%BF"></a>]]></nextgroup><recordset>${inside.map(record).join('\n')}</recordset></datastore></script></div>` +
        `<script>$("#77").jpage({ totalRecord:${total}, perPage:1, dataBefore:'<ul>', dataAfter:'</ul>', proxyUrl:'/module/web/jpage/dataproxy.jsp' });</script>`,
    );
  const answer = (rows: number[], total: number) =>
    `<datastore><totalrecord>${total}</totalrecord><totalpage>${total}</totalpage><recordset>${rows.map(record).join('')}<record><![CDATA[]]></record></recordset></datastore>`;
  const range = ({ query }: Request) => [Number(query.get('startrecord')), Number(query.get('endrecord'))] as const;

  test('reads the records of the page, and the others by what the page names', async () => {
    const asked: string[] = [];
    const server = await site((request) => {
      if (request.path === '/col/col9/index.html') return column(all.slice(0, 3), 6);
      if (request.method !== 'POST' || request.form.get('columnid') !== '9' || request.form.get('unitid') !== '77')
        return '<datastore></datastore>';
      const [first, last] = range(request);
      asked.push(`${first}-${last}`);
      return answer(all.slice(first - 1, last), 6);
    });
    const { links, titles, problems } = await list(server, 'jpage', '/col/col9/index.html');
    expect(titles).toEqual(all.map(report));
    expect(links[0]).toMatchObject({ date: '2025-01-29', id: '2024' });
    expect(problems).toEqual([]);
    expect(asked).toEqual(['4-6', '7-9']);
  });

  test('asks in the address where nothing may be posted', async () => {
    const server = await site((request) => {
      if (request.path === '/col/col9/index.html') return column(all.slice(0, 3), 6);
      if (request.method === 'POST') return 405;
      const [first, last] = range(request);
      return request.query.get('columnid') === '9' ? answer(all.slice(first - 1, last), 6) : undefined;
    });
    expect(await list(server, 'jpage', '/col/col9/index.html')).toMatchObject({ titles: all.map(report), codes: [] });
  });

  test.each([
    ['an empty answer', () => '<datastore></datastore>'],
    ['an encrypted one', () => 'kY3mZQ=='],
    ['none', () => undefined],
  ])('says what is missing after %s', async (_, empty) => {
    const server = await site(({ path }) => (path === '/col/col9/index.html' ? column(all.slice(0, 3), 6) : empty()));
    const { titles, problems } = await list(server, 'jpage', '/col/col9/index.html');
    expect(titles).toEqual(all.slice(0, 3).map(report));
    expect(problems.find(({ code }) => code === 'list_short')).toMatchObject({ details: { articles: 3, stated: 6 } });
  });

  test('a page that holds all of its records is complete, whatever the interface says', async () => {
    const server = await site(({ path }) => (path === '/col/col9/index.html' ? column(all, 6) : ''));
    expect(await list(server, 'jpage', '/col/col9/index.html')).toMatchObject({ titles: all.map(report), codes: [] });
  });
});

test('a column that leads to the home page is gone, whatever is listed there', async () => {
  const home = page(
    `<div id="1"><script type="text/xml"><datastore><recordset><record><![CDATA[<li><a href="/art/2024/1/2/art_1_2.html">${report(2023)}</a></li>]]></record></recordset></datastore></script></div>`,
  );
  const server = await serve((request, response) => {
    const there = request.url === '/';
    response.writeHead(there ? 200 : 302, { 'content-type': 'text/html', ...(there ? {} : { location: '/' }) });
    response.end(there ? home : '');
  });
  for (const family of ['jpage', 'auto'])
    expect(await list(server, family, '/col/col9/index.html')).toMatchObject({ links: [], codes: ['list_error'] });
});

describe('jpaas', () => {
  const all = years(2024, 2013);
  const row = (year: number) =>
    `<li><a href="/zfxxgk/zfxxgknb/art/2022/art_${String(year).repeat(8)}.html">${report(year)} 公告类型：年报 ${year + 1}-01-20</a></li>`;
  const column = (quoted: (text: string) => string) =>
    page(
      `<div class="nav" querydata="{'webId':'38','pageId':'12','parseType':'bulidstatic','pageType':'column','tagId':'导航','tplSetId':'Xy'}"></div>` +
        `<div class="list" ${quoted("{'webId':'38','pageId':'12','parseType':'bulidstatic','pageType':'column','tagId':'概览信息列表','tplSetId':'Lpc'}")}></div>`,
    );
  const html = (rows: number[], total: number) =>
    JSON.stringify({
      success: true,
      data: { html: `<ul>${rows.map(row).join('')}</ul><div class="page" count="${total}" rows="10"></div>` },
    });
  const pageOf = ({ query }: Request): number =>
    (JSON.parse(query.get('paramJson') ?? '{}') as { pageNo: number }).pageNo;
  const isAsked = ({ path, query, referer }: Request) =>
    path === '/api-gateway/jpaas-publish-server/front/page/build/unit' &&
    query.get('tagId') === '概览信息列表' &&
    query.get('tplSetId') === 'Lpc' &&
    referer === 'http://one.simulator.test/col/col12/index.html';

  test.each([
    ['single quotes', (text: string) => `querydata="${text}"`],
    ['entities', (text: string) => `queryData='${text.replaceAll("'", '&quot;')}'`],
    ['double quotes', (text: string) => `querydata='${text.replaceAll("'", '"')}'`],
  ])('asks for the list of the column, page after page: %s', async (_, quoted) => {
    const server = await site((request) => {
      if (request.path === '/col/col12/index.html') return column(quoted);
      if (!isAsked(request)) return 403;
      const number = pageOf(request);
      return html(all.slice((number - 1) * 10, number * 10), 12);
    });
    const { titles, links, codes } = await list(server, 'jpaas', '/col/col12/index.html');
    expect(links).toHaveLength(12);
    expect(titles.every((title) => title.includes('政府信息公开工作年度报告'))).toBe(true);
    expect(links[0]?.date).toBe('2025-01-20');
    expect(codes).toEqual([]);
  });

  test('pieces that are not called lists are asked too, and those that are none are no fault', async () => {
    const units = ['面包屑', '当前栏目', '页脚'].map(
      (tag) => `<div querydata="{'webId':'38','pageId':'12','tagId':'${tag}','tplSetId':'Lpc'}"></div>`,
    );
    const answers: Record<string, () => string | number> = {
      面包屑: () => JSON.stringify({ success: false, data: null }),
      当前栏目: () => html(all.slice(0, 4), 4),
      页脚: () => 403,
    };
    const server = await site((request) =>
      request.path === '/col/col12/index.html' ? page(units.join('')) : answers[request.query.get('tagId') ?? '']?.(),
    );
    expect((await list(server, 'jpaas', '/col/col12/index.html')).codes).toEqual([]);
    const refused = await site(({ path }) => (path === '/col/col12/index.html' ? page(units[0]!) : 403));
    expect((await list(refused, 'jpaas', '/col/col12/index.html')).codes).toEqual(['list_blocked']);
  });

  test('a page that cannot be had is told once', async () => {
    const server = await site((request) => {
      if (request.path === '/col/col12/index.html') return column((text) => `querydata="${text}"`);
      return pageOf(request) === 1 ? html(all.slice(0, 10), 12) : 500;
    });
    const { codes, problems } = await list(server, 'jpaas', '/col/col12/index.html');
    expect(codes).toEqual(['page_error']);
    // As the same trouble, whichever of the pages it is tonight.
    expect(problems).toMatchObject([
      { details: { list: 'http://one.simulator.test/col/col12/index.html', page: 2, status: 500 } },
    ]);
  });

  test('says what is missing where every page is the first', async () => {
    const server = await site((request) =>
      request.path === '/col/col12/index.html' ? column((text) => `querydata="${text}"`) : html(all.slice(0, 10), 12),
    );
    const { links, problems } = await list(server, 'jpaas', '/col/col12/index.html');
    expect(links).toHaveLength(10);
    expect(problems).toMatchObject([{ code: 'list_short', details: { articles: 10, stated: 12 } }]);
  });
});

describe('xxgk', () => {
  const row = (year: number) =>
    `<tr><td>${year}-00012</td><td><a target="_blank" href="/art/${year + 1}/1/8/art_5_${year}.html" title="${report(year)}">${report(year).slice(0, 12)}…</a></td><td>${year + 1}-01-08</td></tr>`;
  const fragment = (rows: number[], pages: number) =>
    `<table>${rows.map(row).join('')}</table><div>共<b>${pages}</b>页 <a href="#" onclick="turn(2)">下一页</a></div>`;

  test.each([
    [
      'an address in a script',
      "$.get('/module/xxgk/search.jsp?standardXxgk=0&area=113707&infotypeId=A0202&jdid=2&divid=div101706&currpage=1&sortfield=createdatetime:0')",
    ],
    [
      'variables',
      "var vc_xxgkarea='113707'; var infotypeId = \"A0202\"; var jdid = 2; load('/module/xxgk/search.jsp');",
    ],
  ])('reads the directory to its last page: %s', async (_, script) => {
    const server = await site(({ path, query }) => {
      if (path === '/col/col5/index.html') return page(`<script>${script}</script>`);
      if (query.get('area') !== '113707' || query.get('infotypeId') !== 'A0202') return fragment([], 0);
      return (
        { 1: fragment([2024, 2023], 2), 2: fragment([2022], 2) }[Number(query.get('currpage'))] ?? fragment([2022], 2)
      );
    });
    const { titles, codes, links } = await list(server, 'xxgk', '/col/col5/index.html');
    expect(titles).toEqual([2024, 2023, 2022].map(report));
    expect(links[2]?.date).toBe('2023-01-08');
    expect(codes).toEqual([]);
  });

  test('tells of pages that were stated and hold nothing', async () => {
    const server = await site(({ query }) => (query.get('currpage') === '1' ? fragment([2024], 3) : fragment([], 3)));
    const { codes } = await list(server, 'xxgk', '/module/xxgk/search.jsp?area=113707&infotypeId=A0202');
    expect(codes).toEqual(['page_error']);
  });
});

describe('xxgk-annual', () => {
  const frame = (body: string) => page(`<div>点击收听年报语音朗读</div><select><option>2024</option></select>${body}`);
  const text = (year: number) =>
    `<h2>${report(year)}</h2><p>${'本年度依法公开政府信息，办理申请若干件。'.repeat(15)}</p>`;

  test('asks for every year of a unit; a frame without text is no report', async () => {
    const asked: string[] = [];
    const server = await site(({ query }) => {
      asked.push(query.get('fbtime') ?? '');
      const year = Number(query.get('fbtime'));
      return frame(query.get('area') === '1137A' && [2024, 2022, 2019].includes(year) ? text(year) : '');
    });
    const { titles, links, codes } = await list(server, 'xxgk-annual', '/module/xxgk/xxgkAnnualReport.jsp?area=1137A');
    expect(titles).toEqual([2024, 2022, 2019].map(report));
    expect(links[0]).toMatchObject({
      id: '1137A 2024',
      url: 'http://one.simulator.test/module/xxgk/xxgkAnnualReport.jsp?area=1137A&fbtime=2024',
    });
    expect(codes).toEqual([]);
    expect(asked).toEqual(['', ...years(2026, 2008).map(String)]);
  });

  test('takes the units from the tree', async () => {
    const tree = ['11A', '11B'].map(
      (area) => `<li><a href="xxgkAnnualReport.jsp?fbtime=2024&amp;area=${area}">局</a></li>`,
    );
    const server = await site(({ path, query }) => {
      if (path === '/module/xxgk/tree.jsp')
        return page(`<ul>${tree.join('').replaceAll('href="', 'href="/module/xxgk/')}</ul>`);
      return frame(query.get('fbtime') === '2024' ? text(2024) + query.get('area') : '');
    });
    const { links, codes } = await list(server, 'xxgk-annual', '/module/xxgk/tree.jsp');
    expect(links.map(({ id }) => id)).toEqual(['11A 2024', '11B 2024']);
    expect(codes).toEqual([]);
  });

  test('counts a report once that is shown whatever the year', async () => {
    const server = await site(() => frame(text(2024)));
    const { links } = await list(server, 'xxgk-annual', '/module/xxgk/xxgkAnnualReport.jsp?area=1');
    expect(links).toHaveLength(1);
  });

  test('but not reports that are in files alone, of which the page says the same each year', async () => {
    const server = await site(({ query }) => frame(`<p>附件</p><a href="/att/${query.get('fbtime')}.pdf">下载</a>`));
    const { links } = await list(server, 'xxgk-annual', '/module/xxgk/xxgkAnnualReport.jsp?area=1');
    expect(links).toHaveLength(19);
  });

  test('whatever counters and clocks that report stands between, but not where it is of another year', async () => {
    let asked = 4011;
    const counted = (body: string) => frame(`<p>浏览次数：${(asked += 7)} 11月25日 08:14:${asked % 60}</p>${body}`);
    const same = await site(() => counted(text(2024)));
    const { links } = await list(same, 'xxgk-annual', '/module/xxgk/xxgkAnnualReport.jsp?area=1');
    expect(links).toHaveLength(1);
    const each = await site(({ query }) => counted(text(Number(query.get('fbtime') ?? 2024))));
    expect((await list(each, 'xxgk-annual', '/module/xxgk/xxgkAnnualReport.jsp?area=1')).links).toHaveLength(19);
  });
});

describe('public-column', () => {
  const row = (year: number, cut: number) =>
    `<li class="xxgk_nav_con"><a href="/public/6596/${year}0.html">${report(year).slice(0, cut)}${cut < 20 ? '...' : ''}</a><span class="date">${year + 1}-01-30</span></li>`;
  const answer = ({ path, query }: Request) => {
    if (path !== '/site/label/8888' || query.get('siteId') !== '67' || query.get('catId') !== '7065') return undefined;
    if (query.get('file') !== '/c3/hs/publicInfoList_newest' || query.get('organId') !== '6596') return '暂无相关信息';
    const rows = { 1: [2024, 2023], 2: [2022] }[Number(query.get('pageIndex'))];
    return rows
      ? `<ul>${rows.map((year) => row(year, Number(query.get('length')) / 5)).join('')}</ul>`
      : '暂无相关信息';
  };

  test.each([
    [
      'an address',
      `$("#list").load("/site/label/8888?IsAjax=1&dataType=html&_=0.5&labelName=publicInfoList&siteId=67&pageSize=2&pageIndex=1&action=list&length=50&organId=6596&type=4&catId=7065&cId=&result=%E6%9A%82%E6%97%A0%E7%9B%B8%E5%85%B3%E4%BF%A1%E6%81%AF&file=/c3/hs/publicInfoList_newest")`,
    ],
    [
      'an object',
      `Ls.ajax({ url: '/site/label/8888', data: { labelName: 'publicInfoList', siteId: 67, pageSize: 2, action: "list", length: 50, organId: 6596, type: 4, catId: 7065, file: '/c3/hs/publicInfoList_newest' } }); Ls.pagination({ pageCount:2 });`,
    ],
    [
      'an object and the address of the column',
      `Ls.ajax({ url: '/site/label/8888', data: { labelName: 'publicInfoList', "siteId": "67", file: '/c3/hs/publicInfoList_newest' } });`,
    ],
  ])('asks the label for titles that are not cut: %s', async (_, script) => {
    const server = await site((request) =>
      request.path === '/public/column/6596'
        ? page(`<div id="list"></div><script>${script}</script>`)
        : answer(request),
    );
    const { titles, codes } = await list(server, 'public-column', '/public/column/6596?type=4&catId=7065&action=list');
    expect(titles).toEqual([2024, 2023, 2022].map(report));
    expect(codes).toEqual([]);
  });

  test('an empty category is empty', async () => {
    const script = `Ls.ajax({ url: '/site/label/8888', data: { siteId: 67, catId: 7065 } })`;
    const server = await site((request) =>
      request.path === '/public/column/6596' ? page(`<script>${script}</script>`) : answer(request),
    );
    expect((await list(server, 'public-column', '/public/column/6596?catId=7065')).codes).toEqual(['list_empty']);
  });
});

describe('trs-search', () => {
  test('WAS: line breaks in strings, and a template where a page is empty', async () => {
    const doc = (title: string, url: string, pubtime: string) =>
      `{"title":"${title}","pubtime":"${pubtime}","url":"${url}","content":"第一行\n第二行\t"}`;
    const server = await site(({ path, query }) => {
      if (path === '/zfxxgk/zfxxgknb/')
        return page(
          `<script>var u = '/was5/web/search?channelid=29&amp;templet=advsch.jsp&classsql=chnlid%3D35&prepage=2&page=1';</script>`,
        );
      if (query.get('channelid') !== '29' || query.get('classsql') !== 'chnlid=35') return undefined;
      const rows = { 1: [2024, 2023], 2: [2022] }[Number(query.get('page'))];
      const docs = rows?.map((y) =>
        doc(
          `虚构县&nbsp;<font>${y}</font>年政府信息公开工作年度报告`,
          `http://one.simulator.test/nb/t${y + 1}0120_${y}.htm`,
          `${y + 1}.01.20 09:30`,
        ),
      );
      return `{"docs":[${docs?.join(',\n') ?? doc('文章标题', '', '')}]}`;
    });
    const { titles, links, codes } = await list(server, 'trs-search', '/zfxxgk/zfxxgknb/');
    expect(titles).toEqual([2024, 2023, 2022].map((y) => `虚构县 ${y}年政府信息公开工作年度报告`));
    expect(links[0]).toMatchObject({ date: '2025-01-20' });
    expect(codes).toEqual([]);
  });

  test('a call with marks of byte order, on another host than the articles', async () => {
    const server = await site(({ host, path, query }) => {
      if (path === '/ndbg/')
        return page(
          `<script src="http://info.simulator.test/govsearch/jsonp/gkml/zf_list.jsp?page=1&lb=58&sword=&searchYear=all&channelId=58&callback=result"></script>`,
        );
      if (!host.startsWith('info.') || query.get('channelId') !== '58') return undefined;
      const number = Number(query.get('page'));
      const rows = { 1: [2024, 2023], 2: [2022] }[number] ?? [];
      const data = rows.map((y) => ({
        title: `虚构县人民政府${y}年政府信息公开工作年度报告`,
        puburl: `http://one.simulator.test/ndbg/${y + 1}01/t${y + 1}0120_${y}.html`,
        tip: { dates: `${y + 1}-01-20` },
      }));
      return `\r\n\r\n\uFEFF\r\nresult(${JSON.stringify({ num: '3', nPage: 2, data })});\n`;
    });
    const { titles, codes } = await list(server, 'trs-search', '/ndbg/');
    expect(titles).toEqual([2024, 2023, 2022].map(report));
    expect(codes).toEqual([]);
  });

  test.each([
    ['http://info.elsewhere.test', ['column_off_site']],
    ['http://203.0.113.7', ['column_off_site']],
  ])('a search at a stranger, %s, is told and not asked', async (origin, expected) => {
    const server = await site(({ path }) =>
      path === '/ndbg/' ? page(`<script src="${origin}/was5/web/search?channelid=1&page=1"></script>`) : undefined,
    );
    expect((await list(server, 'trs-search', '/ndbg/')).codes).toEqual(expected);
    expect(server.asked.filter((line) => line.includes('was5'))).toEqual([]);
  });

  test('an answer that is none is told', async () => {
    const server = await site(({ path }) =>
      path === '/ndbg/'
        ? page(`<script src="/was5/web/search?channelid=1&page=1"></script>`)
        : '<p>系统维护中，请稍后再来访问本站点。</p><a>1</a><a>2</a>',
    );
    expect((await list(server, 'trs-search', '/ndbg/')).codes).toEqual(['page_error']);
  });
});

describe('irs', () => {
  const asked = (rest: string) =>
    `<script>$.ajax({ url: '/irs/front/list', data: JSON.stringify({ ${rest} pageNo: n, pageSize: '10', }) })</script>`;
  const literal = `code:'18a', "tableName":"t_1", customFilter:{operator:"and",properties:[{property:'channel_id',operator:'eq',value:'5'}]},`;
  const answers =
    (script: string, fields: (year: number) => Record<string, unknown>) =>
    ({ path, posted, type }: Request) => {
      if (path === '/nb/') return page(script);
      const { tableName, code, pageNo, customFilter } = JSON.parse(posted);
      const known = tableName === 't_1' && code === '18a' && customFilter.properties[0].value === '5';
      if (path !== '/irs/front/list' || type !== 'application/json' || !known) return 400;
      const list = years(2024, 2013)
        .slice((pageNo - 1) * 10, pageNo * 10)
        .map(fields);
      return JSON.stringify({ success: true, data: { list, pager: { total: 12 } } });
    };
  const made = (year: number) => ({
    f_1: '虚构县人民政府办公室与其他三十个单位联合发布的若干信息之一',
    f_2: `<b>${report(year)}</b>`,
    f_3: `本报告说明${report(year)}。`.repeat(30),
    f_4: `/nb/t${year + 1}0120_${year}.html`,
    f_5: `${year + 1}-01-20 09:00:00`,
    f_6: 7,
    f_7: null,
  });

  test.each([
    ['literals', asked(literal)],
    ['a variable', `<script>var channel = "5";</script>${asked(literal.replace("'5'", 'channel'))}`],
  ])('posts what the script posts, page by page, and finds titles by what they are: %s', async (_, script) => {
    const { titles, links, codes } = await list(await site(answers(script, made)), 'irs', '/nb/');
    expect(titles).toEqual(years(2024, 2013).map(report));
    expect(links[0]).toMatchObject({ url: 'http://one.simulator.test/nb/t20250120_2024.html', date: '2025-01-20' });
    expect(codes).toEqual([]);
  });

  test.each([
    ['no table', '<script>post("/irs/front/list", query())</script>'],
    ['what is not set', asked(literal.replace("'5'", 'channelOf'))],
    ['what is computed', asked(literal.replace("'5'", "'' + (4 + 1)"))],
    ['an object without end', `<script>x = '/irs/front/list'; y = { tableName: 't_1', </script>`],
  ])('a page that says %s is told, by auto too', async (_, script) => {
    const missing = () => Promise.reject(new BrowserMissing(['/none'], 'none'));
    const told = { irs: ['list_failed'], auto: ['list_failed', 'browser_missing'] };
    for (const [family, expected] of Object.entries(told)) {
      const { titles, codes } = await list(await site(answers(script, made)), family, '/nb/', missing);
      expect([titles, codes]).toEqual([[], expected]);
    }
  });

  test('rows without a title that can be known are told', async () => {
    const bare = (year: number) => ({ f_2: String(year), f_4: `/nb/t${year + 1}0120_${year}.html` });
    const { codes } = await list(await site(answers(asked(literal), bare)), 'irs', '/nb/');
    expect(codes).toEqual(['row_unreadable']);
  });
});

describe('ucap-channel', () => {
  const id = '0123456789abcdef0123456789abcdef';

  test('posts the channel that the page names, until nothing new comes', async () => {
    const all = years(2024, 2003);
    const server = await site(({ path, method, form }) => {
      if (path === '/c1/list.shtml') return page(`<script>var channelId = "${id}";</script>`);
      if (path !== '/getFileListByCodeId' || method !== 'POST' || form.get('channelId') !== id) return undefined;
      const [number, size] = [Number(form.get('page')), Number(form.get('size'))];
      const results = all.slice((number - 1) * size, number * size).map((year) => ({
        titleHtml: `<em>${report(year)}</em>`,
        url: `/c1/${year + 1}01/${String(year).repeat(8)}.shtml`,
        publishedTimeStr: `${year + 1}-01-15 10:00:00`,
      }));
      return JSON.stringify({ code: 200, results: { data: { total: 22, results } } });
    });
    const { titles, codes, links } = await list(server, 'ucap-channel', '/c1/list.shtml');
    expect(titles).toEqual(all.map(report));
    expect(links[0]?.date).toBe('2025-01-15');
    expect(codes).toEqual([]);
  });

  test('a total that is too small hides nothing, one that is too large is told', async () => {
    const answers = (total: number) => (request: Request) => {
      if (request.path === '/c1/list.shtml') return page(`<script>var channelId = '${id}'</script>`);
      const number = Number(request.form.get('page'));
      const results = years(2024, 2003)
        .slice((number - 1) * 11, number * 11)
        .map((year) => ({ title: report(year), redirectUrl: `/x/${year}.html`, writtendate: 1_700_000_000_000 }));
      return JSON.stringify({ code: 200, results: { data: { total, results } } });
    };
    const small = await list(await site(answers(5)), 'ucap-channel', '/c1/list.shtml');
    const large = await list(await site(answers(30)), 'ucap-channel', '/c1/list.shtml');
    expect([small.links.length, small.codes]).toEqual([22, []]);
    expect([large.links.length, large.codes]).toEqual([22, ['list_short']]);
  });
});

/** The same systems as other portals have them, and the register naming whatever address was seen. */
describe('recognised and read', () => {
  const row = (year: number, href: string) =>
    `<li><a href="${href}">${report(year)}</a><span>${year + 1}-01-20</span></li>`;

  test('/public/column/ under a prefix, its label too', async () => {
    const server = await site(({ path, query }) => {
      if (path === '/zwgk/public/column/21981')
        return page(
          `<script>var siteId = 6795621;</script><div id="l"></div><script>$('#l').load('/zwgk/site/label/8888?IsAjax=1&amp;labelName=publicInfoList&amp;pageSize=15&amp;pageIndex=1&amp;organId=21981&amp;catIds=7,8&amp;length=46')</script>`,
        );
      if (path !== '/zwgk/site/label/8888' || query.get('siteId') !== '6795621' || query.get('catIds') !== '7,8')
        return undefined;
      return query.get('pageIndex') === '1'
        ? [2024, 2023].map((y) => row(y, `/zwgk/public/21981/${y}.html`)).join('')
        : '暂无相关信息';
    });
    const { titles, codes, detected } = await list(server, 'auto', '/zwgk/public/column/21981?type=4&action=list');
    expect([titles, codes, detected?.family]).toEqual([[2024, 2023].map(report), [], 'public-column']);
  });

  test('/public/column/ that turns its own pages', async () => {
    const server = await site(({ path, query }) => {
      if (path !== '/public/column/42') return undefined;
      const years = { 1: [2024, 2023], 2: [2022] }[Number(query.get('pageIndex') ?? 1)] ?? [];
      return page(
        `<ul>${years.map((y) => row(y, `/public/42/${y}1.html`)).join('')}</ul><script>Ls.pagination({ pageCount:2, pageIndex: 1 })</script>`,
      );
    });
    const { titles, codes } = await list(server, 'auto', '/public/column/42?type=4&catId=9');
    expect([titles, codes]).toEqual([[2024, 2023, 2022].map(report), []]);
  });

  test('a register that names the search itself', async () => {
    const server = await site(({ query }) => {
      const rows = { 1: [2024, 2023], 2: [2022] }[Number(query.get('page'))];
      const docs = rows?.map((y) => ({
        title: report(y),
        url: `/nb/t${y + 1}0120_${y}.htm`,
        pubtime: `${y + 1}-01-20`,
      }));
      return JSON.stringify({ docs: docs ?? [{ title: '文章标题', url: '' }] });
    });
    const { titles, codes, detected } = await list(server, 'auto', '/was5/web/search?channelid=2&prepage=2&page=1');
    expect([titles, codes, detected?.family]).toEqual([[2024, 2023, 2022].map(report), [], 'trs-search']);
  });

  test('records without the element around them, and no address of the proxy', async () => {
    const record = (year: number) =>
      `<record><![CDATA[<tr><td>${year}</td><td><a href="/art/${year + 1}/1/2/art_3_${year}.html">${report(year)}</a></td><td>${year + 1}-01-02</td></tr>]]></record>`;
    const server = await site(({ path, query, form }) => {
      if (path === '/col/col3/')
        return page(
          `<div id='55'><script type='text/xml'><?xml version='1.0'?><datastore><recordset>${[2024, 2023, 2022].map(record).join('')}</recordset></datastore></script></div><script>jQuery('#55').jpage({ webid:'8', columnid:3, totalRecord:'4', perPage:'1' })</script>`,
        );
      const isAsked =
        path.endsWith('/dataproxy.jsp') &&
        form.get('webid') === '8' &&
        form.get('columnid') === '3' &&
        form.get('unitid') === '55';
      return isAsked && query.get('startrecord') === '4'
        ? `<datastore><totalrecord>4</totalrecord><recordset>${record(2021)}</recordset></datastore>`
        : '';
    });
    const { links, codes, detected } = await list(server, 'auto', '/col/col3/');
    expect([links.map(({ title, date }) => [title, date]), codes, detected?.family]).toEqual([
      [2024, 2023, 2022, 2021].map((y) => [report(y), `${y + 1}-01-02`]),
      [],
      'jpage',
    ]);
  });
});

/** Whoever writes a page chooses how much of what a reader looks for is in it. */
describe('a page made to keep a reader busy', () => {
  const rows = { address: /\.html$/, files: /^\//, only: 'all' as const };
  const url = 'http://one.simulator.test/col/col1/index.html';
  test.each([
    ['jpage', '<div id="1"><datastore><record>'],
    ['jpage', '<record><![CDATA[<td>'],
    ['jpaas', `<p querydata="{'webId':'1',`],
    ['jpaas', "querydata='{'"],
    ['label', '/site/label/1?siteId='],
    ['label', 'siteId: "'],
    ['xxgk', '/module/xxgk/search.jsp?vc_xxgkarea='],
    ['search', '/was5/web/search?page='],
    ['channel', 'channelId = "'],
  ] as const)('%s: %s', (system, piece) => {
    const page = piece.repeat(Math.ceil(300_000 / piece.length));
    const started = performance.now();
    try {
      interfaces[system].open(page, url, rows);
      interfaces[system].read(page, url, rows);
    } catch (error) {
      expect(error).toBeInstanceOf(UnexpectedPage);
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
