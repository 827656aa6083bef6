import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdingsOf, nothingHeld } from '../pipelines/accounts/holdings.ts';
import { openArchive } from '../pipelines/archive/folder.ts';
import { createLog } from '../pipelines/cli/progress.ts';
import { defaultConfig } from '../pipelines/config.ts';
import { realEffects } from '../pipelines/effects.ts';
import { nightly } from '../pipelines/nightly.ts';
import { bare, page, portal } from './invented.ts';
import { serve, type Serving } from './serving.ts';

/**
 * Every small portal of the shared corpus by the name of its folder, which says in words what it answers: two nights of all
 * of them in one archive, everything asked for again on the second.
 */

type Answer = string | Buffer | { status: number; headers: Record<string, string>; body?: Buffer } | undefined;
interface Case {
  /** Folder in the shared corpus, without `scrape-`. */
  of: string;
  family?: 'nfcms' | 'plain';
  /** `path` with its query, at the portal or at a host under it. */
  site: (path: string, night: number, host: string) => Answer;
  /** Reports with numbers that are held after each night. */
  reports: [number, number];
  /** Codes of what each night tells, each once. */
  told?: [string[], string[]];
  documents?: number;
}

const years = [2020, 2021, 2022, 2023, 2024];
const title = (year: number) => `虚构县人民政府${year}年政府信息公开工作年度报告`;
const li = (year: number, href = `${year}.htm`, text = title(year), date = `${year + 1}-01-20`) =>
  `<li><a href="${href}">${text}</a><span>${date}</span></li>`;
const html = (...parts: string[]) => `<html><head><meta charset="utf-8"></head><body>${parts.join('\n')}</body></html>`;
const rows = (...of: number[]) => of.map((year) => li(year)).join('');
const prose = '虚构县人民政府门户网站正在维护，给您带来不便敬请谅解，数字均属虚构。'.repeat(6);
const maintenance = bare('系统维护公告', `<p>${prose}</p>`);
const pdf = readFileSync('test/pages/pdf-ruled/source.pdf');
const asPdf: Answer = { status: 200, headers: { 'content-type': 'application/pdf' }, body: pdf };
const pdfTitle = (year: number) => `示例市丙区水务局${year}年政府信息公开工作年度报告`;

/** The list, and what else is not an article; every other address that names a year is the report of it. */
const pages =
  (lists: Record<string, Answer>): Case['site'] =>
  (path) => {
    const year = /20[12]\d/.exec(path)?.[0];
    return path in lists ? lists[path] : year === undefined ? undefined : page(title(Number(year)));
  };
const twoPages = (pager: string, base = ''): Case['site'] =>
  pages({
    '/nb/': html(base, `<ul>${rows(2024, 2023, 2022)}</ul>`, pager),
    '/nb/list2.htm': html(`<ul>${rows(2021, 2020)}</ul>`),
    '/nb/sub/list2.htm': html(`<ul>${rows(2021, 2020)}</ul>`),
  });
const total = '<p>共5条 第1/2页</p>';
const onePage = (...more: string[]): Case['site'] =>
  pages({ '/nb/': html(`<ul>${rows(2024, 2023, 2022)}${more.join('')}</ul>`) });
const list = html(`<ul>${rows(...years)}</ul>`);
/** Well on the first night; `instead` of the years named on the second. */
const refreshed =
  (of: number[], instead: (year: number) => Answer, more: Record<string, Answer> = {}): Case['site'] =>
  (path, night) => {
    const year = of.find((one) => path === `/nb/${one}.htm`);
    return night === 2 && year !== undefined ? instead(year) : pages({ '/nb/': list, ...more })(path, night, '');
  };
const gbk = (text: string) => iconv.encode(text.replace('charset="utf-8"', 'charset="gbk"'), 'gb18030');

const cases: Case[] = [
  {
    of: 'base-href-next',
    site: twoPages('<a href="list2.htm">下一页</a>', '<base href="/nb/sub/">'),
    reports: [5, 5],
  },
  {
    of: 'click-through',
    site: pages({
      '/nb/': html(`<ul>${rows(2023, 2022)}</ul>`),
      '/nb/2023.htm': html('<p>正在跳转…请点击<a href="r2023.htm">这里</a></p>'),
      '/nb/2022.htm':
        '<html><head><meta http-equiv="refresh" content="0;url=r2022.htm"></head><body>正在跳转</body></html>',
    }),
    reports: [2, 2],
  },
  {
    of: 'file-without-extension',
    site: pages({
      '/nb/': html(`<ul>${li(2023, '2023.htm', pdfTitle(2023))}</ul>`),
      '/nb/2023.htm': bare(pdfTitle(2023), `<a href="/download.do?id=7">${pdfTitle(2023)}</a>`),
      '/download.do?id=7': {
        status: 200,
        headers: { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="r.pdf"' },
        body: pdf,
      },
    }),
    reports: [1, 1],
  },
  {
    of: 'first-night-maintenance',
    site: (path, night) => (night === 1 && path !== '/nb/' ? maintenance : pages({ '/nb/': list })(path, night, '')),
    reports: [0, 5],
    told: [['articles_alike'], []],
  },
  {
    of: 'gbk-query',
    site: (path) => {
      const href = (year: number) => `show.asp?title=年报華&id=${year}`;
      if (path === '/nb/') return gbk(html(years.map((year) => li(year, href(year))).join('')));
      const year = /^\/nb\/show\.asp\?title=%C4%EA%B1%A8%C8A&id=(\d{4})$/.exec(path)?.[1];
      return year === undefined ? undefined : gbk(page(title(Number(year))));
    },
    reports: [5, 5],
  },
  {
    of: 'iframe-or-frame-body',
    site: pages({
      '/nb/': html(`<ul>${rows(2023, 2022)}</ul>`),
      '/nb/2023.htm': '<html><frameset><frame src="top.html"><frame src="b2023.html"></frameset></html>',
      '/nb/2022.htm': bare(title(2022), '<iframe src="b2022.html"></iframe>'),
      '/nb/top.html': html('<p>虚构县人民政府</p>'),
    }),
    reports: [2, 2],
  },
  {
    of: 'jsessionid',
    site: (path, night) => {
      const href = (year: number) => `show.jsp;jsessionid=${night}F0A17B2C3D4E5${year}?id=${year}`;
      if (path === '/nb/') return html(years.map((year) => li(year, href(year))).join(''));
      const year = /^\/nb\/show\.jsp\?id=(\d{4})$/.exec(path)?.[1];
      return year === undefined ? undefined : page(title(Number(year)));
    },
    reports: [5, 5],
    documents: 5,
  },
  {
    of: 'next-link-hash',
    site: twoPages(`<a href="#" onclick="go(2)">下一页</a>${total}`),
    reports: [3, 3],
    told: [['pages_scripted'], ['pages_scripted']],
  },
  { of: 'next-link-picture', site: twoPages('<a href="list2.htm"><img alt="下一页"></a>'), reports: [5, 5] },
  {
    of: 'next-numbers-only',
    site: twoPages('<a href="/nb/">1</a> <a href="list2.htm">2</a>'),
    reports: [5, 5],
  },
  {
    of: 'next-span-or-select',
    site: twoPages(`<span onclick="go(2)">下一页</span>${total}`),
    reports: [3, 3],
    told: [['pages_scripted'], ['pages_scripted']],
  },
  {
    of: 'next-span-or-select',
    site: twoPages(`<select onchange="go(this.value)"><option>1</option><option>2</option></select>${total}`),
    reports: [3, 3],
    told: [['pages_scripted'], ['pages_scripted']],
  },
  {
    of: 'page-2-repeats-page-1',
    family: 'nfcms',
    site: (path) => {
      const of = (...some: number[]) => html(...some.map((year) => li(year, `/nb/content/post_${year}.html`)));
      const first = of(2024, 2023, 2022);
      return pages({ '/nb/': first, '/nb/index_2.html': first, '/nb/index_3.html': of(2021, 2020) })(path, 1, '');
    },
    reports: [5, 5],
    told: [['pages_lost'], ['pages_lost']],
  },
  {
    of: 'refresh-emptied',
    site: refreshed([2022, 2023], (year) => bare(title(year), `<p>${prose}</p>`)),
    reports: [5, 5],
    told: [[], ['report_lost']],
  },
  {
    of: 'refresh-maintenance',
    site: refreshed(years, () => maintenance),
    reports: [5, 5],
    told: [[], ['articles_alike']],
  },
  {
    of: 'refresh-redirect-home',
    site: refreshed([2022, 2023], () => ({ status: 302, headers: { location: '/' } }), {
      '/': html(...Array.from({ length: 60 }, (_, i) => `<a href="/news/${i}.htm">虚构县新闻第${i}则</a>`)),
    }),
    reports: [5, 5],
    told: [[], ['report_lost']],
  },
  {
    of: 'rows-by-script',
    site: onePage(li(2021, 'javascript:openArt(2021)'), li(2020, 'javascript:openArt(2020)')),
    reports: [3, 3],
    told: [['rows_astray'], ['rows_astray']],
  },
  {
    of: 'rows-onclick',
    site: onePage(
      ...[2021, 2020].map(
        (year) => `<li onclick="location.href='${year}.htm'"><a>${title(year)}</a><span>${year + 1}-01-20</span></li>`,
      ),
    ),
    reports: [5, 5],
  },
  {
    of: 'rows-without-extension',
    site: (path) =>
      path === '/detail/102021'
        ? page(title(2021))
        : onePage(li(2021, '/detail/102021'), li(2020, '/xxgk/nb/2020/'))(path, 1, ''),
    reports: [5, 5],
  },
  {
    of: 'rows-yearless',
    site: onePage(
      ...[[2021, '[01-31]'] as const, [2020, '昨天'] as const].map(
        ([year, date]) => `<h3>${year}年</h3>${li(year, `${year}.htm`, '政府信息公开工作年度报告', date)}`,
      ),
    ),
    reports: [5, 5],
  },
  {
    of: 'same-id-on-two-hosts',
    family: 'nfcms',
    site: (path, _, host) => {
      const names = ['财政局', '教育局', '民政局', '公安局', '水务局'];
      const organ = (i: number) => `虚构县${names[i]}2023年政府信息公开工作年度报告`;
      const at = (i: number) => `http://dept${i}.${host}/content/post_100.html`;
      if (path === '/nb/') return html(...names.map((_, i) => li(2023, at(i), organ(i))));
      const i = /^dept(\d)/.exec(host)?.[1];
      return i === undefined ? undefined : page(organ(Number(i)));
    },
    reports: [5, 5],
    documents: 5,
  },
  {
    of: 'script-article',
    site: (path) =>
      path === '/nb/'
        ? list
        : html(`<h1>虚构县</h1><div id="body"></div><script>fetch("/api" + location.pathname).then(show)</script>`),
    reports: [0, 0],
    told: [['articles_alike'], ['articles_alike']],
  },
  {
    of: 'titles-year-last',
    site: (path) => {
      const titles = [
        '虚构县政府信息公开工作年度报告2019年',
        '虚构县2020年政府信息公开工作年度报告修订版',
        '关于公布虚构县2021年政府信息公开工作年度报告的公告',
        '虚构县政府信息公开年报（2022）',
        '虚构县政府信息公开年报2023',
      ];
      return pages({ '/nb/': html(...titles.map((one, i) => li(2019 + i, `${2019 + i}.htm`, one))) })(path, 1, '');
    },
    reports: [5, 5],
  },
  ...['of one county', 'of the other'].map((): Case => ({
    of: 'two-organs-one-name',
    site: (path) => {
      const organ = '教育局2023年政府信息公开工作年度报告';
      return path === '/nb/' ? html(li(2023, '2023.htm', organ)) : path === '/nb/2023.htm' ? page(organ) : undefined;
    },
    reports: [1, 1],
  })),
  {
    of: 'viewer-iframe',
    site: pages({
      '/nb/': html(`<ul>${li(2023, '2023.htm', pdfTitle(2023))}</ul>`),
      '/nb/2023.htm': bare(pdfTitle(2023), '<iframe src="/pdfjs/web/viewer.html?file=/upload/r.pdf"></iframe>'),
      '/pdfjs/web/viewer.html?file=/upload/r.pdf': html('<div id="viewer"></div><script src="viewer.js"></script>'),
      '/upload/r.pdf': asPdf,
    }),
    reports: [1, 1],
  },
  {
    of: 'viewer-iframe',
    site: pages({
      '/nb/': html(`<ul>${li(2023, '2023.htm', pdfTitle(2023))}</ul>`),
      '/nb/2023.htm': bare(
        pdfTitle(2023),
        '<iframe src="/pdfjs/web/viewer.html?file=%2Fupload%2Fr.pdf%3Fv%3D1"></iframe>',
      ),
      '/upload/r.pdf?v=1': asPdf,
    }),
    reports: [1, 1],
  },
];

const idOf = (i: number) => `case${i}`;
const portals = cases.map(({ family = 'plain' }, i) =>
  portal(idOf(i), { family, division: `9901${String(i + 1).padStart(2, '0')}` }),
);

interface Night {
  reports: number;
  told: string[];
  documents: number;
}
const nights: Night[][] = [];
let dir: string;
let server: Serving;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  let night = 0;
  server = await serve((request, response) => {
    const host = request.headers.host ?? '';
    const one = cases[Number(/case(\d+)\.simulator/.exec(host)?.[1])];
    const answer = request.url === '/robots.txt' ? undefined : one?.site(request.url ?? '', night, host);
    const type = { 'content-type': 'text/html' };
    if (answer === undefined) response.writeHead(404, type).end('404');
    else if (typeof answer === 'string' || Buffer.isBuffer(answer)) response.writeHead(200, type).end(answer);
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const archive = openArchive(dir);
  const config = defaultConfig({ simulated: true, connect: { '*.simulator.test': server.address }, delay_ms: 0 });
  for (night = 1; night <= 2; night += 1) {
    const effects = {
      ...realEffects(archive, createLog({ quiet: true, terminal: false })),
      now: () => new Date(`2026-02-0${night}T02:00:00Z`),
    };
    const { account } = await nightly({ config, portals, refresh: night > 1 }, effects);
    const held = await holdingsOf(archive.local.database);
    nights.push(
      await Promise.all(
        portals.map(async ({ id }) => ({
          reports: (held.get(id) ?? nothingHeld).reports,
          told: [...new Set(account.problems.filter((one) => one.portal === id).map(({ code }) => code))],
          documents: (await archive.links.read(id))?.links.length ?? 0,
        })),
      ),
    );
  }
});
afterAll(async () => {
  await server?.close();
  rmSync(dir, { recursive: true, force: true });
});

test.each(cases.map((one, i) => ({ ...one, i })))('$of', ({ i, reports, told = [[], []], documents }) => {
  const [first, second] = nights.map((night) => night[i]);
  expect([first?.reports, second?.reports]).toEqual(reports);
  expect([first?.told, second?.told]).toEqual(told);
  if (documents !== undefined) expect(second?.documents).toBe(documents);
});

const SHARED = '../shared/corpus/faults';

test('every small portal of the shared corpus is among these', ({ skip }) => {
  if (!existsSync(SHARED)) return skip(`${SHARED} is not there`);
  const there = readdirSync(SHARED).flatMap((name) => /^scrape-(.*)/.exec(name)?.[1] ?? []);
  expect([...new Set(cases.map(({ of }) => of))].toSorted()).toEqual(there.toSorted());
});
