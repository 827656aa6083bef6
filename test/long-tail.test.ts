import { expect, test } from 'vitest';
import { discover } from '../scrapers/discover.ts';
import { families } from '../scrapers/families/index.ts';
import { createClient } from '../scrapers/http.ts';
import { portal } from './invented.ts';
import { clientOptions, lookHere, servePages } from './serving.ts';

/**
 * A third of the hosts runs systems that nobody has described: their lists are read by what all lists have in common. Each
 * list here is of an address that was seen, rows as they are written, and something that turns the pages.
 */

const uuid = (n: number) => `8e49775e-0452-4f63-bc61-7aea${String(n).padStart(8, '0')}`;
const hex = (n: number) => `65f${String(n).padStart(21, '0')}`;
const articles: ((year: number, n: number) => string)[] = [
  (_, n) => `/Content-${n}.html`,
  (year, n) => `/c/${year}-01-20/${n}.shtml`,
  (_, n) => `/gov/pub/description/${n}.html`,
  (_, n) => `/gi_news/${n}`,
  (year, n) => `/doc/${year}/01/20/${n}.shtml`,
  (_, n) => `/35048/36291/content_${n}.html`,
  (_, n) => `/single/29/${n}.html`,
  (_, n) => `/zwgkcontent-5-${n}.html`,
  (_, n) => `/html/2827/${n}.html`,
  (year, n) => `/html/nb/${year}01/20240120${n}9876.html`,
  (year, n) => `/cms/html/nbxx/${year}-01-20/${n}.html`,
  (year, n) => `/aes/${year}-01/20/article_${n}.html`,
  (_, n) => `/detail/cid/71/aid/${n}`,
  (_, n) => `/govinfo/contents/61/${n}.html`,
  (_, n) => `/gongkai/show/${n}.html`,
  (_, n) => `/xxgk-show-${n}.html`,
  (year, n) => `/show/${year}/01/20/${n}.html`,
  (_, n) => `/rd/content/${uuid(n)}.html`,
  (year, n) => `/nw12344/${year}0120/${uuid(n).replaceAll('-', '')}.html`,
  (_, n) => `/22/36/${n}/index.html`,
  (_, n) => `/info/iList.jsp?tm_id=77&info_id=${n}`,
  (_, n) => `/public-policy.thtml?id=${n}`,
  (_, n) => `/yxgovfront/newDepartmentContentds.jspx?contentId=${n}`,
  (_, n) => `/channel_${hex(1)}/doc_${hex(n)}.html`,
];

const titleOf = (year: number) => `虚构县人民政府${year}年政府信息公开工作年度报告`;

interface Row {
  href: string;
  title: string;
  date: string;
}
const rows: [string, (row: Row) => string, (rows: string) => string][] = [
  [
    'a list',
    (r) => `<li><a href="${r.href}" title="${r.title}">${r.title.slice(0, 14)}...</a><span>${r.date}</span></li>`,
    (all) => `<ul>${all}</ul>`,
  ],
  [
    'a table',
    (r) => `<tr><td>·</td><td><a href="${r.href}">${r.title}</a></td><td>[${r.date}]</td></tr>`,
    (all) => `<table>${all}</table>`,
  ],
  [
    'cards whose anchor holds all',
    (r) => `<div class="card"><a href="${r.href}"><p class="t">${r.title}</p><p class="d">${r.date}</p></a></div>`,
    (all) => `<div>${all}</div>`,
  ],
  [
    'a table whose anchor says 查看',
    (r) => `<tr><td>${r.title}</td><td>${r.date}</td><td><a href="${r.href}">查看</a></td></tr>`,
    (all) => `<table><tr><th>名称</th><th>日期</th><th>操作</th></tr>${all}</table>`,
  ],
  [
    'rows that a script leads somewhere',
    (r) => `<li><a href="javascript:;" onclick="window.open('${r.href}')">${r.title}</a><i>${r.date}</i></li>`,
    (all) => `<ul>${all}</ul>`,
  ],
  [
    'definitions, the day apart from the month',
    (r) =>
      `<dl><dt><b>${r.date.slice(8)}</b><i>${r.date.slice(0, 7)}</i></dt><dd><a href="${r.href}">${r.title}</a></dd></dl>`,
    (all) => `<div>${all}</div>`,
  ],
];

interface Pager {
  name: string;
  address: (number: number) => string;
  turn: (number: number, pages: number) => string;
}
const pagers: Pager[] = [
  {
    name: 'a link to the next, under a total',
    address: (n) => `/nb/list${n === 1 ? '' : `_p${n}`}.html`,
    turn: (n, pages) =>
      `<p>共8条 第${n}/${pages}页 ${n < pages ? `<a href="list_p${n + 1}.html">下一页</a>` : '<span>下一页</span>'}</p>`,
  },
  {
    name: 'numbers in the query',
    address: (n) => `/nb/list.jsp?cat=7${n === 1 ? '' : `&page=${n}`}`,
    turn: (_, pages) =>
      `<p>共${pages}页 ${Array.from({ length: pages }, (_, i) => `<a href="?cat=7&amp;page=${i + 1}">${i + 1}</a>`).join(' ')}</p>`,
  },
  {
    name: 'a choice',
    address: (n) => `/nb/list-${n}.html`,
    turn: (n, pages) =>
      `<div>第<select onchange="location=this.value">${Array.from({ length: pages }, (_, i) => `<option value="list-${i + 1}.html"${i + 1 === n ? ' selected' : ''}>${i + 1}</option>`).join('')}</select>页</div>`,
  },
  {
    name: 'a call',
    address: (n) => `/nb/${n === 1 ? 'index' : `index_${n - 1}`}.htm`,
    turn: (n, pages) => `<script>createPageHTML(${pages}, ${n - 1}, 'index', 'htm')</script>`,
  },
  {
    name: 'a script that hides the addresses',
    address: (n) => `/nb/${n === 1 ? 'index.html' : `x${n * 77}.html`}`,
    turn: (n, pages) =>
      `<div>第${n}/${pages}页 <a href="javascript:void(0)" onclick="goPage(${n + 1})">下一页</a></div>`,
  },
];

const years = [2024, 2023, 2022, 2021, 2020, 2019];
const perPage = 3;
const cases = articles.flatMap((article, i) =>
  [0, 1].map((turn) => ({
    article,
    row: rows[(i + turn * 3) % rows.length]!,
    pager: pagers[(i * 2 + turn) % pagers.length]!,
  })),
);

test.each(cases.map((one) => [one.article(2024, 71234), one.row[0], one.pager.name, one] as const))(
  '%s in %s, turned by %s',
  async (_, __, ___, { article, row: [, rowOf, listOf], pager }) => {
    const reports = years.map((year, i) => ({
      href: article(year + 1, 71234 + i * 7),
      title: titleOf(year),
      date: `${year + 1}-01-20`,
    }));
    const decoys = ['关于做好政府信息公开工作年度报告编制工作的通知', '虚构县政府信息公开指南'].map((title, i) => ({
      href: article(2022, 91234 + i),
      title,
      date: '2022-12-0' + (i + 1),
    }));
    const all = [...reports.slice(0, 2), ...decoys, ...reports.slice(2)];
    const pages = Math.ceil(all.length / perPage);
    const site = Object.fromEntries(
      Array.from({ length: pages }, (_, i) => [
        pager.address(i + 1),
        `<!DOCTYPE html><html><head><title>信息公开年报</title></head><body><div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/zwgk/gsgg/2024/index.html">公示公告</a></div>` +
          listOf(
            all
              .slice(i * perPage, (i + 1) * perPage)
              .map(rowOf)
              .join('\n'),
          ) +
          `${pager.turn(i + 1, pages)}<div class="footer">主办：虚构县人民政府办公室</div></body></html>`,
      ]),
    );
    if (pager.name.includes('query')) site['/nb/list.jsp?cat=7&page=1'] = site[pager.address(1)]!;
    const server = await servePages(site);
    const client = createClient(clientOptions({ '*.simulator.test': server.address }));
    const one = portal('one', { family: 'auto', index_url: `http://one.simulator.test${pager.address(1)}` });
    const { links, problems } = await discover(one, families.get('auto')!, {
      get: async (url, kind, init) => {
        const { capture, body } = await client.get(url, 'one', kind, init);
        const { status, final_url, outcome, error } = capture;
        return { bytes: body, contentType: 'text/html; charset=utf-8', status, url: final_url, outcome, error };
      },
      render: () => Promise.reject(new Error('no page needs a browser')),
      look: lookHere,
      now: () => new Date('2026-01-31T04:00:00Z'),
    });
    await client.close();
    await server.close();
    const codes = problems.map(({ code }) => code);
    const found = links
      .filter(({ title }) => title.includes('人民政府'))
      .map(({ url, title, date }) => ({ href: url.replace('http://one.simulator.test', ''), title, date }));
    // Everything, each with its own date; or it is said that pages are missing.
    if (pager.name.includes('hides'))
      expect([found.length, codes]).toEqual([2, expect.arrayContaining(['pages_scripted'])]);
    else expect([found.map(({ title }) => title), codes]).toEqual([reports.map(({ title }) => title), []]);
    for (const { href, title, date } of found)
      expect(reports).toContainEqual({ href, title, date: date ?? expect.any(String) });
  },
);
