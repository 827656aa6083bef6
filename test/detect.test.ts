import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { detectFamily } from '../scrapers/detect.ts';
import { discover } from '../scrapers/discover.ts';
import { families } from '../scrapers/families/index.ts';
import { createClient, type Client } from '../scrapers/http.ts';
import { parseRegister } from '../scrapers/portals.ts';
import { allPlans } from '../scripts/simulator/plans.ts';
import { startSimulator, type Simulator } from '../scripts/simulator/server.ts';
import { judgeTitle } from '../transforms/printed/title.ts';
import { portal as portalNamed } from './invented.ts';
import { clientOptions, lookHere } from './serving.ts';

/** What is recognised of the systems of the simulator, by nothing but what they send. */

let simulator: Simulator;
let client: Client;
beforeAll(async () => {
  simulator = await startSimulator();
  client = createClient(clientOptions(simulator.connect, { maxBytes: 10_000_000 }));
});
afterAll(async () => {
  await client.close();
  await simulator.close();
});

// The one whose rows a script writes needs a browser (`test/browser.test.ts`).
const plans = allPlans().filter(({ scripted }) => !scripted);

test.each(plans.map((plan) => [plan.id, plan.family, plan] as const))('%s is %s', async (id, family, plan) => {
  const portal = { ...parseRegister(simulator.register).find((one) => one.id === id)!, family: 'auto' };
  const { links, problems, detected } = await discover(portal, families.get('auto')!, {
    get: async (url, kind, init) => {
      const { capture, body } = await client.get(url, id, kind, init);
      const { status, final_url, outcome, error, headers } = capture;
      return { bytes: body, contentType: headers['content-type'] ?? null, status, url: final_url, outcome, error };
    },
    render: () => Promise.reject(new Error('no page needs a browser')),
    look: lookHere,
    now: () => new Date('2026-01-31T04:00:00Z'),
  });
  expect(detected?.family).toBe(family);
  const isReport = (title: string) => judgeTitle(title).kind !== 'other';
  const listed = plan.entries.filter(({ kind }) => kind === 'report' || kind === 'attachment');
  const found = links.filter(({ title }) => isReport(title));
  // All of its reports and nothing else.
  expect([found.length, problems.map(({ code }) => code)]).toEqual([listed.length, []]);
});

const surest = (seen: ReturnType<typeof detectFamily>) => (Array.isArray(seen) ? seen[0]?.family : undefined);

describe('by the page and its address alone', () => {
  const report = (href: string, year = 2023) =>
    `<li><a href="${href}">虚构县${year}年政府信息公开工作年度报告</a></li>`;
  const page = (body: string) => `<!DOCTYPE html><html><body><a href="/">首页</a>${body}</body></html>`;

  test.each([
    ['gkmlpt', '/bgs/gkmlpt/annualreport#2629', '<script src="app.js"></script>'],
    ['gkmlpt', '/zfxxgk/', '<script>window._CONFIG = { "SID": "2", THEME: "x", "TREE": [] }</script>'],
    [
      'jpage',
      '/col/col1/',
      "<div id='u1'><script type='text/xml'><datastore><recordset></recordset></datastore></script></div>",
    ],
    ['jpaas', '/zfxxgk/', `<div queryData='{"webId":"1","pageId":"2","tagId":"当前列表","tplSetId":"q"}'></div>`],
    ['xxgk', '/col/col1/index.html', `<iframe src="/module/xxgk/search.jsp?infotypeId=A02&amp;area=11"></iframe>`],
    ['xxgk-annual', '/xxgk/tree.html', report('/module/xxgk/xxgkAnnualReport.jsp?fbtime=2023&amp;area=11')],
    ['public-column', '/huang/zwgk/public/column/21?type=4', ''],
    ['public-column', '/zwgk/nb/', '<script>get("/zwgk/site/label/8888?labelName=publicInfoList&siteId=1")</script>'],
    ['trs-search', '/zfxxgk/nb/', '<script>var u="/was5/web/search?channelid=1&templet=a.jsp&page=1"</script>'],
    ['ucap-channel', '/c1/xxgk_list.shtml', "<script>var channelId='0123456789abcdef0123456789abcdef';</script>"],
    ['irs', '/zfxxgknb/', '<script>post("/irs/front/list", { tableName: "t_1" })</script>'],
    ['ilist', '/info/iList.jsp?node_id=GKmzs&cat_id=15971&cur_page=1', ''],
    ['ilist', '/xxgk/nb/', report('/info/iList.jsp?tm_id=77&info_id=123')],
    ['ucap', '/c1/list.shtml', report('./202401/0123456789abcdef0123456789abcdef.shtml')],
    ['trs', '/ndbg_1/', report('../202401/t20240120_12345.htm')],
    ['nfcms', '/nb/', report('https://one.simulator.test/nb/content/mpost_12.html')],
    ['vsb', '/nb.htm', report('../info/1021/33.htm')],
    [
      'hebei',
      '/x/',
      report('/columns/8e49775e-0452-4f63-bc61-7aeae11e9ef3/202401/20/8e49775e-0452-4f63-bc61-7aeae11e9ef4.html'),
    ],
    ['openness', '/x/', report('/openness/OpennessAnnualReport/show/2396.html')],
    ['folders', '/35048/36291/index.htm', report('content_123456.html')],
    ['plain', '/x/', report('/gi_news/123')],
    ['plain', '/x/', ''],
  ])('%s at %s: %s', (family, path, body) => {
    expect(surest(detectFamily(page(body), `http://one.simulator.test${path}`))).toBe(family);
  });

  test('what sites have in the frame of every page says nothing of a list that stands in the page', () => {
    const frame =
      '<form action="/was5/web/search?channelid=1"></form><script>var channelId="0123456789abcdef0123456789abcdef"</script><a href="/module/xxgk/search.jsp?area=1">目录</a>';
    expect(
      surest(detectFamily(page(frame + report('./202401/t20240120_12345.html')), 'http://one.simulator.test/nb/')),
    ).toBe('trs');
  });

  test('the addresses of reports decide, not those of the news beside them', () => {
    const news = Array.from(
      { length: 9 },
      (_, i) => `<a href="/info/1001/${i}.htm">某某会议在本县召开并部署下一步工作</a>`,
    );
    expect(
      surest(detectFamily(page(news.join('') + report('t20240120_12345.html')), 'http://one.simulator.test/nb/')),
    ).toBe('trs');
  });
});

describe('where what is recognised lists nothing', () => {
  const title = '虚构县人民政府2023年政府信息公开工作年度报告';
  const column = 'http://one.simulator.test/nb/';
  const discoverOn = (pages: Record<string, string>, rendered: string | null) => {
    const page = (body: string | undefined, url: string) => ({
      bytes: Buffer.from(body ?? ''),
      contentType: 'text/html; charset=utf-8',
      url,
      status: body === undefined ? 403 : 200,
      outcome: body === undefined ? ('blocked' as const) : ('ok' as const),
      error: null,
    });
    return discover(portalNamed('one', { family: 'auto', index_url: column }), families.get('auto')!, {
      get: (url) => Promise.resolve(page(pages[url], url)),
      render: (url) => Promise.resolve(page(rendered ?? '<p>暂无数据，请稍后再来访问本栏目</p>', url)),
      look: lookHere,
      now: () => new Date('2026-01-31T04:00:00Z'),
    });
  };
  const script =
    '<html><body><a href="/">首页</a><script>ask("/was5/web/search?channelid=" + id + "&page=" + n)</script></body></html>';

  test('the page is read as any list, by a browser where a script writes it', async () => {
    const rows = `<ul><li><a href="/x/1">${title}</a><span>2024-01-20</span></li></ul>`;
    const { links, detected, problems } = await discoverOn({ [column]: script }, `<html><body>${rows}</body></html>`);
    // That the search refused is told: reports may be missing from what else stands on the page.
    expect([links.length, problems.map(({ code }) => code)]).toEqual([1, ['list_blocked']]);
    expect(detected).toMatchObject({ family: 'plain' });
  });

  test('a system that only a part of the page is of gives way to the other that lists reports', async () => {
    const side =
      '<div id="1"><script type="text/xml"><datastore><recordset><record><![CDATA[<li><a href="/art/2024/1/2/art_1_2.html">本县召开会议</a></li>]]></record></recordset></datastore></script></div>';
    const search = '/module/xxgk/search.jsp?area=11&infotypeId=A02&currpage=1';
    const { links, detected, problems } = await discoverOn(
      {
        [column]: `<html><body>${side}<script>load("${search}")</script></body></html>`,
        'http://one.simulator.test/module/xxgk/search.jsp?area=11&infotypeId=A02&currpage=1': `<table><tr><td><a href="/art/2024/1/20/art_2_3.html">${title}</a></td><td>2024-01-20</td></tr></table>`,
      },
      null,
    );
    expect([links.map((link) => link.title), detected?.family]).toEqual([[title], 'xxgk']);
    // Of the list of records nobody knows what else it holds.
    expect(problems.map(({ code }) => code)).toEqual(['page_error', 'list_blocked']);
  });

  test('the news beside a list that a script writes are not the list', async () => {
    const news = '<li><a href="/news/1.html">本县召开工作会议</a><span>2024-01-02</span></li>';
    const rows = `<li><a href="/x/1">${title}</a><span>2024-01-20</span></li>`;
    const shell = `<html><body><ul>${news}</ul><div id="app"></div><script src="/app.js"></script></body></html>`;
    const found = await discoverOn({ [column]: shell }, `<html><body><ul>${news}${rows}</ul></body></html>`);
    expect([found.links.map((link) => link.title).includes(title), found.problems]).toEqual([true, []]);
    const missed = await discoverOn({ [column]: shell }, shell);
    expect(missed.links).toHaveLength(1);
  });

  test('else it stays what it was recognised as, with its problem', async () => {
    const { links, detected, problems } = await discoverOn({ [column]: script }, null);
    expect([links.length, detected?.family, problems.length > 0]).toEqual([0, 'trs-search', true]);
  });
});
