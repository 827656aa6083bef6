import { createHash } from 'node:crypto';
import { escapeHtml } from '../compose/shell.ts';
import type { Entry } from './types.ts';

/**
 * How content management systems write static lists: the names of pages and articles, rows, and what turns the pages.
 * Shapes as published crawlers and stored pages show them; every word on the pages is our own.
 */
export interface System {
  /** Name of a page of a list, from 1, beside the first one or from the root of the host. */
  page(number: number, list: List): string;
  /** What turns the pages. */
  pager(number: number, list: List): string;
  /** Address of an article, in the folder of its list or from the root of the host. */
  article(entry: Entry, folder: string): string;
  row(entry: Entry, href: string): string;
  /** The folder itself answers with the first page. */
  folder: boolean;
  /** What leads to the columns in it, in place of anchors. */
  leads?(addresses: string[]): string;
}

export interface List {
  pages: number;
  rows: number;
  /** Path of the list's folder. */
  folder: string;
}

export const hexOf = (text: string | number, digits: number): string =>
  createHash('sha256').update(`simulated ${text}`).digest('hex').slice(0, digits);

export const uuidOf = (text: string | number): string =>
  hexOf(text, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Most of these systems moved old articles: the month in the address is that of the move, years after the report. */
const monthOf = ({ date }: Entry) => (date < '2023' ? '202306' : date.slice(0, 7).replace('-', ''));

const cutTitle = (title: string, mark: string) => (title.length > 22 ? `${title.slice(0, 22)}${mark}` : title);
/** As far as a list goes whose server cuts: to the year, and hardly a word of what it is. */
const cutOnServer = (title: string) => (title.length > 14 ? `${title.slice(0, 14)}...` : title);

const item = (anchor: string, date: string) => `<li><span>${date}</span>${anchor}</li>`;
const whole = (entry: Entry, href: string) =>
  `<a href="${href}" title="${escapeHtml(entry.title)}">${escapeHtml(cutTitle(entry.title, '…'))}</a>`;

const anchors = ({ pages }: List, name: (number: number) => string) =>
  Array.from({ length: pages }, (_, i) => `<a href="${name(i + 1)}">${i + 1}</a>`).join(' ');

function trs(suffix: string, pager: System['pager']): System {
  return {
    folder: true,
    page: (number) => (number === 1 ? `index.${suffix}` : `index_${number - 1}.${suffix}`),
    pager,
    article: (entry) => `${monthOf(entry)}/t${monthOf(entry)}20_${entry.id}.${suffix}`,
    row: (entry, href) => item(whole(entry, `./${href}`), entry.date),
  };
}

const ucapPage =
  (prefix: string): System['page'] =>
  (number) =>
    number === 1 ? `${prefix}.shtml` : `${prefix}_${number}.shtml`;

export const systems = {
  /** Pages counted from 0; page 2 is `_1`. */
  trs: trs('html', (number, { pages }) => `<script>createPageHTML(${pages}, ${number - 1}, "index", "html");</script>`),
  /** The same count in variables that a script of the site reads. */
  trsCount: trs(
    'shtml',
    (number, { pages }) =>
      `<script>var currentPage = ${number - 1};//所在页从0开始\nvar prevPage = currentPage-1;//上一页\nvar countPage = ${pages};//共多少页\n</script><script src="../images/page.js"></script>`,
  ),
  /** The same names, but page 2 is `_2`, as the pager shows. */
  trsFromTwo: {
    ...trs(
      'shtml',
      (_, list) => `<div class="page">${anchors(list, (n) => `index${n === 1 ? '' : `_${n}`}.shtml`)}</div>`,
    ),
    page: (number: number) => (number === 1 ? 'index.shtml' : `index_${number}.shtml`),
  },
  nfcms: {
    folder: true,
    page: (number) => (number === 1 ? 'index.html' : `index_${number}.html`),
    pager: (_, list) =>
      `<div class="page">${anchors(list, (n) => (n === 1 ? 'index.html' : `index_${n}.html`))} 共${list.pages}页</div>`,
    article: (entry) => `content/post_${entry.id}.html`,
    row: (entry, href) => item(whole(entry, href), entry.date),
  },
  /** The same function of another maker: pages counted from 1 and after them the rows; page 2 is `_2`. */
  ucap: {
    folder: false,
    page: ucapPage('common_list'),
    pager: (number, { pages, rows }) =>
      `<div id="page_div"></div><script>createPageHTML('page_div',${pages}, ${number},'common_list','shtml',${rows});</script>`,
    article: (entry) => `${monthOf(entry)}/${hexOf(entry.id, 32)}.shtml`,
    row: (entry, href) => `<li>${whole(entry, href)}<span class="time">${entry.date}</span></li>`,
  },
  /** A page of columns holds no row and no anchor: its script fetches theirs. */
  ucapNumbered: {
    folder: false,
    leads: (addresses) =>
      `<div id="boxes"></div><script>var boxes = ${JSON.stringify(addresses)}; boxes.forEach(fill);</script>`,
    page: ucapPage('xxgk_list'),
    pager: (number, { pages, rows }) =>
      `<div id="fy"></div><script>createPageHTML('fy',${pages},${number},'xxgk_list','shtml',${rows});</script>`,
    article: (entry) => `${monthOf(entry)}/c01_${entry.id}.shtml`,
    row: (entry, href) => `<li>${whole(entry, href)}<span class="time">${entry.date}</span></li>`,
  },
  /** Pages count down: of five, page 2 is `4.htm`, so that a new article moves none of the old pages. */
  vsb: {
    folder: false,
    page: (number, { pages, folder }) =>
      number === 1 ? `${folder.slice(0, -1)}.htm` : `${folder}${pages - number + 1}.htm`,
    pager(number, { pages, rows, folder }) {
      const name = folder.split('/').at(-2) ?? '';
      const next = number === 1 ? `${name}/${pages - 1}.htm` : `${pages - number}.htm`;
      const turn = number < pages ? `<a href="${next}" class="Next">下页</a>` : '<span class="Next">下页</span>';
      return `<span class="p_pages"><span class="p_t">共${rows}条</span> <span class="p_no_d">${number}/${pages}</span> <span class="p_next p_fun">${turn}</span></span>`;
    },
    article: (entry) => `/info/1021/${entry.id}.htm`,
    row: (entry, href) =>
      `<li id="line_u9_${entry.id}"><a href="${href}" title="${escapeHtml(entry.title)}">${escapeHtml(cutTitle(entry.title, '...'))}</a><i>${entry.date}</i></li>`,
  },
  /** One column a branch; the server cuts titles and keeps the rest to itself. */
  branches: {
    folder: false,
    page: (number, { folder }) => `${folder}${number === 1 ? '' : `&page=${number}`}`,
    pager: (number, list) =>
      `<div class="pagination">${anchors(list, (n) => escapeHtml(`${list.folder}${n === 1 ? '' : `&page=${n}`}`))} <span>第${number}/${list.pages}页</span></div>`,
    article: (entry) => `/xxgk/openness/detail/annual_report/${hexOf(entry.id, 24)}.html`,
    row: (entry, href) =>
      `<tr class="is-tr"><td class="is-td"><div class="is-tda"><a href="${href}" target="_blank">${escapeHtml(cutOnServer(entry.title))}</a></div></td><td>${entry.date}</td></tr>`,
  },
  annualReports: {
    folder: false,
    page: (number, { folder }) => `${folder}page_${number}.html`,
    pager: (number, { pages, folder }) =>
      `<p class="page">${number} / ${pages} ${number < pages ? `<a href="${folder}page_${number + 1}.html">下一页</a>` : ''}</p>`,
    article: (entry) => `/XxgkAnnualReport/show/${entry.id}.html`,
    row: (entry, href) => item(whole(entry, href), entry.date),
  },
  /** Pages are named by their number alone, articles by one of 19 digits, which no floating-point number holds. */
  numbers: {
    folder: true,
    page: (number) => `${number}.html`,
    pager: (number, list) =>
      `<div class="pages">${anchors(list, (n) => `${n}.html`)} ${number < list.pages ? `<a href="${number + 1}.html">下一页</a>` : ''}</div>`,
    article: (entry) => `18912${String(entry.id).padStart(14, '0')}.html`,
    row: (entry, href) => item(whole(entry, href), entry.date),
  },
  /** One page for lists and articles; its pager runs a script, and parameters stand in either order. */
  ilist: {
    folder: false,
    page: (number) => `iList.jsp?cat_id=15971&cur_page=${number}&node_id=GKgx`,
    pager: (number, { pages, rows }) =>
      `<div class="pages">共${rows}条 第${number}/${pages}页 <a href="javascript:gotoPage(${number + 1})">下一页</a></div>`,
    article: (entry) => `/info/iList.jsp?info_id=${entry.id}&tm_id=77`,
    row: (entry) => item(whole(entry, `/info/iList.jsp?tm_id=77&amp;info_id=${entry.id}`), entry.date),
  },
  contents: {
    folder: true,
    page: (number) => (number === 1 ? 'index.htm' : `index_${number}.htm`),
    pager: (number, { pages }) =>
      `<div class="fy">共${pages}页 <a href="index.htm">首页</a> ${number < pages ? `<a href="index_${number + 1}.htm">下一页</a> <a href="index_${pages}.htm">尾页</a>` : ''}</div>`,
    article: (entry) => `content_${entry.id}.html`,
    row: (entry, href) => item(whole(entry, href), entry.date),
  },
  /** The first rows in the page, all others as a block of a template that a script of the page asks for. */
  blocks: {
    folder: true,
    page: (number, { folder }) => (number === 1 ? 'index.html' : `${blockOf(folder)}?fix=0&page=${number}`),
    pager: (number, { pages, folder }) =>
      `<div class="pagination">第${number}页 共${pages}页</div><script>turnPages("${blockOf(folder)}", { fix: 0, page: ${number} });</script>`,
    article: (entry, folder) => `${folder}${monthOf(entry)}/20/${uuidOf(entry.id)}.html`,
    row: (entry, href) =>
      `<li class="list-li"><p><a href="${href}" title="${escapeHtml(entry.title)}">${escapeHtml(cutTitle(entry.title, '…'))}</a></p><p>${entry.date}</p></li>`,
  },
} satisfies Record<string, System>;

const blockOf = (folder: string) => `${folder}templates/${uuidOf('template')}/blocks/${uuidOf('block')}`;

export type SystemName = keyof typeof systems;
