import type { IncomingMessage } from 'node:http';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { merge } from '../pipelines/merge.ts';
import { discover } from '../scrapers/discover.ts';
import { families } from '../scrapers/families/index.ts';
import { createClient } from '../scrapers/http.ts';
import { judgeTitle } from '../transforms/printed/title.ts';
import { portal } from './invented.ts';
import { clientOptions, lookHere, serve } from './serving.ts';

/** Small portals that lists lost documents of, in the order of what they do; each with siblings that do it in another way. Their nights: `scrape-nights.test.ts`. */

type Answer = string | Buffer | undefined;
type Site = (path: string, night: number, request: IncomingMessage) => Answer;
interface Case {
  name: string;
  /** Folder of the case in the shared corpus. */
  of: string;
  family?: 'nfcms' | 'plain' | 'trs';
  site: Site;
  /** Years of the reports that are listed, at addresses that answer. */
  years?: number[];
  /** Codes of what is told. */
  told?: string[];
  /** How many documents there are after two nights. */
  documents?: number;
}

const title = (year: number | '') => `虚构县人民政府${year === '' ? '' : `${year}年`}政府信息公开工作年度报告`;
const li = (year: number, href = `${year}.htm`, text = title(year), date = `${year + 1}-01-20`) =>
  `<li><a href="${href}">${text}</a><span>${date}</span></li>`;
const html = (...parts: string[]) => `<html><head><meta charset="utf-8"></head><body>${parts.join('\n')}</body></html>`;
const years = [2020, 2021, 2022, 2023, 2024];
const rows = (...of: number[]) => of.map((year) => li(year)).join('');

/** Every other address of these is an article. */
const pages =
  (lists: Record<string, Answer>): Site =>
  (path) =>
    path in lists ? lists[path] : /\d{4}/.test(path) ? html(path) : undefined;

const twoPages = (pager: string, base = ''): Site =>
  pages({
    '/nb/': html(base, `<ul>${rows(2024, 2023, 2022)}</ul>`, pager),
    '/nb/list2.htm': html(`<ul>${rows(2021, 2020)}</ul>`),
    '/nb/sub/list2.htm': html(`<ul>${rows(2021, 2020)}</ul>`),
  });
const total = '<p>共5条 第1/2页</p>';
const three = rows(2024, 2023, 2022);
const onePage = (...more: string[]): Site => pages({ '/nb/': html(`<ul>${three}${more.join('')}</ul>`) });

const gbk = (text: string) => iconv.encode(text, 'gb18030');
const inGbk = (encoded: string, text: string): Site => {
  const href = (id: number) => `show.asp?title=${text}&id=${id}`;
  const page = gbk(
    html(years.map((year) => li(year, href(year))).join('')).replace('charset="utf-8"', 'charset="gbk"'),
  );
  const known = new Set(years.map((year) => `/nb/show.asp?title=${encoded}&id=${year}`));
  return (path) => (path === '/nb/' ? page : known.has(path) ? gbk(html(path)) : undefined);
};

const sessions =
  (href: (session: string, year: number) => string, article: RegExp): Site =>
  (path, night) =>
    path === '/nb/'
      ? html(years.map((year) => li(year, href(`${night}F0A17B2C3D4E5${year}`, year))).join(''))
      : article.test(path)
        ? html(path)
        : undefined;

const cases: Case[] = [
  {
    name: 'the base of a page',
    of: 'base-href-next',
    site: twoPages('<a href="list2.htm">下一页</a>', '<base href="/nb/sub/">'),
  },
  {
    name: 'the base of a page, by number',
    of: 'base-href-next',
    site: twoPages('<b>1</b> <a href="list2.htm">2</a>', '<base href="/nb/sub/">'),
  },
  { name: 'a query in GBK', of: 'gbk-query', site: inGbk('%C4%EA%B1%A8%C8A', '年报華') },
  { name: 'a query in GBK, partly escaped', of: 'gbk-query', site: inGbk('%C4%EA%B1%A8+x', '年报+x') },
  {
    name: 'jsessionid',
    of: 'jsessionid',
    site: sessions((id, year) => `show.jsp;jsessionid=${id}?id=${year}`, /show\.jsp\?id=\d{4}$/),
    documents: 5,
  },
  {
    name: 'a session in the query',
    of: 'jsessionid',
    site: sessions((id, year) => `show.php?PHPSESSID=${id}&amp;id=${year}`, /show\.php\?id=\d{4}$/),
    documents: 5,
  },
  {
    name: 'sid',
    of: 'jsessionid',
    site: sessions((id, year) => `show.do?id=${year}&amp;sid=${id}`, /show\.do\?id=\d{4}$/),
    documents: 5,
  },
  {
    name: 'a next link that is a script',
    of: 'next-link-hash',
    site: twoPages(`<a href="#" onclick="go(2)">下一页</a>${total}`),
    years: [2022, 2023, 2024],
    told: ['pages_scripted'],
  },
  {
    name: 'a next link without any effect',
    of: 'next-link-hash',
    site: twoPages(`<a href="#">下一页</a>${total}`),
    years: [2022, 2023, 2024],
    told: ['list_short'],
  },
  {
    name: 'a next link that is a picture',
    of: 'next-link-picture',
    site: twoPages('<a href="list2.htm"><img alt="下一页"></a>'),
  },
  {
    name: 'a next link that is a picture without words',
    of: 'next-link-picture',
    site: twoPages('<p>第1/2页<a href="list2.htm" title="下一页"><img src="n.gif"></a></p>'),
  },
  { name: 'numbers', of: 'next-numbers-only', site: twoPages('<a href="./">1</a> <a href="list2.htm">2</a>') },
  {
    name: 'numbers in brackets',
    of: 'next-numbers-only',
    site: twoPages('<div><span>[1]</span><a href="list2.htm">[2]</a></div>'),
  },
  {
    name: 'a span',
    of: 'next-span-or-select',
    site: twoPages(`<span onclick="go(2)">下一页</span>${total}`),
    years: [2022, 2023, 2024],
    told: ['pages_scripted'],
  },
  {
    name: 'a drop-down list',
    of: 'next-span-or-select',
    site: twoPages(`<select onchange="go(this.value)"><option>1</option><option>2</option></select>${total}`),
    years: [2022, 2023, 2024],
    told: ['pages_scripted'],
  },
  {
    name: 'a drop-down list of addresses',
    of: 'next-span-or-select',
    site: twoPages(
      `<select onchange="go(this.value)"><option value="./">1</option><option value="list2.htm">2</option></select>${total}`,
    ),
  },
  {
    name: 'an old copy of page 1',
    of: 'page-2-repeats-page-1',
    family: 'nfcms',
    site: (path) => {
      const row = (year: number) => li(year, `/nb/content/post_${year}.html`);
      if (path === '/nb/' || path === '/nb/index_2.html') return html(row(2024), row(2023), row(2022));
      if (path === '/nb/index_3.html') return html(row(2021), row(2020));
      return path.includes('post_') ? html(path) : undefined;
    },
    told: ['pages_lost'],
  },
  {
    name: 'rows by script',
    of: 'rows-by-script',
    site: onePage(li(2021, 'javascript:openArt(2021)'), li(2020, 'javascript:openArt(2020)')),
    years: [2022, 2023, 2024],
    told: ['rows_astray'],
  },
  {
    name: 'rows by script that is given the address',
    of: 'rows-by-script',
    site: onePage(
      li(2021, `javascript:openArt('2021.htm')`),
      li(2020, `javascript:window.open('/nb/2020.htm','_blank')`),
    ),
  },
  {
    name: 'rows that a script makes lead somewhere',
    of: 'rows-by-script',
    site: onePage(
      ...[2021, 2020].map((year) => `<li data-id="${year}"><p>${title(year)}</p><i>${year + 1}-01-20</i></li>`),
    ),
    years: [2022, 2023, 2024],
    told: ['rows_astray'],
  },
  {
    name: 'rows that are clicked',
    of: 'rows-onclick',
    site: onePage(
      ...[2021, 2020].map(
        (year) => `<li onclick="location.href='${year}.htm'"><a>${title(year)}</a><span>${year + 1}-01-20</span></li>`,
      ),
    ),
  },
  {
    name: 'rows that are clicked, by a function',
    of: 'rows-onclick',
    site: onePage(
      ...[2021, 2020].map(
        (year) => `<li onclick="show(${year})"><a>${title(year)}</a><span>${year + 1}-01-20</span></li>`,
      ),
    ),
    years: [2022, 2023, 2024],
    told: ['rows_astray'],
  },
  {
    name: 'addresses without an ending',
    of: 'rows-without-extension',
    site: onePage(li(2021, '/detail/102021'), li(2020, '/xxgk/nb/2020/')),
  },
  {
    name: 'addresses that are none of the family',
    of: 'rows-without-extension',
    family: 'nfcms',
    site: pages({
      '/nb/': html(
        ...[2024, 2023, 2022].map((year) => li(year, `/nb/content/post_${year}.html`)),
        li(2021, '/n/detail?id=2021'),
        li(2020, '/n/2020.shtml'),
      ),
    }),
    told: ['rows_unlike'],
  },
  {
    name: 'titles without a year beside half a date',
    of: 'rows-yearless',
    site: onePage(
      '<h3>2021年</h3>',
      li(2021, '2021.htm', title(''), '[01-31]'),
      '<h3>2020年</h3>',
      li(2020, '2020.htm', title(''), '昨天'),
    ),
  },
  {
    name: 'the same id on several hosts',
    of: 'same-id-on-two-hosts',
    family: 'nfcms',
    site: (path) =>
      path === '/nb/'
        ? html(...years.map((year, i) => li(year, `http://dept${i}.one.simulator.test/content/post_100.html`)))
        : path.includes('post_100')
          ? html(path)
          : undefined,
    documents: 5,
  },
  {
    name: 'titles that end in a year, a version or a notice',
    of: 'titles-year-last',
    site: pages({
      '/nb/': html(
        li(2019, '2019.htm', '虚构县政府信息公开工作年度报告2019年'),
        li(2020, '2020.htm', '虚构县2020年政府信息公开工作年度报告修订版'),
        li(2021, '2021.htm', '关于公布虚构县2021年政府信息公开工作年度报告的公告'),
        li(2022, '2022.htm', '虚构县政府信息公开年报（2022）'),
        li(2023, '2023.htm', '虚构县政府信息公开年报2023'),
      ),
    }),
    years: [2019, 2020, 2021, 2022, 2023],
  },
];

test.each(cases)('$of: $name', async ({ family = 'plain', site, told = [], ...expected }) => {
  let night = 1;
  const server = await serve((request, response) => {
    const body = site(request.url ?? '', night, request);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(body ?? '404');
  });
  const client = createClient(clientOptions({ '*.simulator.test': server.address }));
  const one = portal('one', { family, index_url: 'http://one.simulator.test/nb/' });
  const get = async (url: string, kind: 'list' | 'api' | 'article') => {
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
  };
  const list = () =>
    discover(one, families.get(family)!, {
      get,
      render: () => Promise.reject(new Error('no page needs a browser')),
      now: () => new Date('2026-01-31T04:00:00Z'),
      look: lookHere,
    });
  try {
    const { links, problems } = await list();
    expect(problems.map(({ code }) => code)).toEqual(told);
    expect(links.every((link) => judgeTitle(link.title).kind !== 'other')).toBe(true);
    const fetched = await Promise.all(links.map(({ url }) => get(url, 'article')));
    expect(fetched.map(({ status }) => status)).toEqual(links.map(() => 200));
    const wanted = expected.years ?? years;
    expect(links).toHaveLength(wanted.length);
    const told2 = links.map((link) => Number(/20\d\d/.exec(link.title)?.[0] ?? /20\d\d/.exec(link.url)?.[0]));
    expect(told2.sort()).toEqual(wanted);
    night = 2;
    const { twins } = families.get(family)!;
    const known = merge({ portal: one, twins, known: [], found: links }, true, 'night 1');
    const after = merge({ portal: one, twins, known, found: (await list()).links }, true, 'night 2');
    expect(after).toHaveLength(expected.documents ?? wanted.length);
  } finally {
    await client.close();
    await server.close();
  }
});
