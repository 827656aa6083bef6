import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { docxFile, docxStyles } from '../scripts/compose/docx.ts';
import { composeFigures } from '../scripts/compose/figures.ts';
import { articleOf, htmlPage } from '../scripts/compose/html.ts';
import { titleOf } from '../scripts/compose/prose.ts';
import { seedOf } from '../scripts/compose/random.ts';
import { articlePage } from '../scripts/compose/shell.ts';
import { cleanStyle } from '../scripts/compose/styles.ts';

/** Small portals of invented counties, and what can go wrong with one from one night to the next. */

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** `hang`: never answers; `reset`: closes at once; `cut`: closes in the middle, no length told; `short`: tells more than it sends. */
  how?: 'hang' | 'reset' | 'cut' | 'short';
}

export interface Article {
  id: number;
  title: string;
  /** What the list prints. */
  shown: string;
  date: string;
  path: string;
  page: string;
  /** The same report as a file, for a page that only links to it. */
  file: () => Uint8Array;
}

/** How one content system lists: what the faults of the table below are tried on. */
export interface System {
  family: string;
  folder: string;
  frame: 'nfcms' | 'trs' | 'plain';
  pathOf(id: number, date: string): string;
  /** Name of page `n` of the list, from 1. */
  page(n: number): string;
  pager(n: number, pages: number): string;
}

export const systems: System[] = [
  {
    family: 'nfcms',
    folder: '/zwgk/nb/',
    frame: 'nfcms',
    pathOf: (id) => `content/post_${id}.html`,
    page: (n) => (n === 1 ? 'index.html' : `index_${n}.html`),
    pager: (_, pages) =>
      `<div class="page">${anchors(pages, (k) => (k === 1 ? 'index.html' : `index_${k}.html`))} 共${pages}页</div>`,
  },
  {
    family: 'plain',
    folder: '/xxgk/nianbao/',
    frame: 'plain',
    pathOf: (id, date) => `${date.slice(0, 4)}_${id}.htm`,
    page: (n) => (n === 1 ? 'list.htm' : `list${n}.htm`),
    pager: (n, pages) => `<p>第${n}/${pages}页 ${n < pages ? `<a href="list${n + 1}.htm">下一页</a>` : '下一页'}</p>`,
  },
  {
    family: 'trs',
    folder: '/zfxxgk/zfxxgknb/',
    frame: 'trs',
    pathOf: (id, date) => `${date.slice(0, 4)}${date.slice(5, 7)}/t${date.replaceAll('-', '')}_${id}.html`,
    page: (n) => (n === 1 ? 'index.html' : `index_${n - 1}.html`),
    pager: (n, pages) => `<script>createPageHTML(${pages}, ${n - 1}, "index", "html");</script>`,
  },
];

const anchors = (pages: number, name: (n: number) => string) =>
  Array.from({ length: pages }, (_, i) => `<a href="${name(i + 1)}">${i + 1}</a>`).join(' ');

export interface Site {
  system: System;
  host: string;
  /** Newest first. */
  articles: Article[];
  /** By path; what is not there is a 404. */
  answers: Map<string, Answer>;
  at(article: Article): string;
  lists(): string[];
  /** Writes the pages of the list anew: of these rows, so many on a page. */
  relist(articles: Article[], perPage?: number): void;
}

const YEARS = [2024, 2023, 2022, 2021, 2020, 2019];
const PER_PAGE = 4;
const stems = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥';

/** Two letters of the cycles, so that no two portals publish for one organ. */
export const countyOf = (index: number) =>
  `虚构${stems[index % stems.length]}${stems[Math.floor(index / stems.length) % stems.length]}县`;

export function articleFor(system: System, index: number, year: number, body?: string): Article {
  const publisher = `${countyOf(index)}人民政府`;
  const figures = composeFigures({ seed: seedOf(publisher, year), publisher, division_code: '990100', year });
  const id = 7_000_000 + index * 100 + (year - 2000);
  const title = titleOf(figures);
  const date = `${year + 1}-01-2${year % 9}`;
  const style = { ...cleanStyle, frame: system.frame };
  const page =
    body === undefined
      ? htmlPage(figures, style, { published: date, id })
      : articlePage({ ...articleOf(figures), published: date, id, body }, style);
  const file = () => docxFile(figures, docxStyles.plain);
  return { id, title, shown: title, date, path: system.pathOf(id, date), page, file };
}

const decoy = (system: System, index: number, i: number, title: string): Article => {
  const id = 7_000_000 + index * 100 + 90 + i;
  const date = `202${i}-03-11`;
  const page = `<html><head><title>${title}</title></head><body><h1>${title}</h1><p>${'本通知纯属虚构，仅供测试之用。'.repeat(12)}</p></body></html>`;
  return { id, title, shown: title, date, path: system.pathOf(id, date), page, file: () => new Uint8Array() };
};

/** A portal as it is when nothing is wrong: six reports and two other articles on two pages. */
export function siteOf(system: System, host: string, index: number): Site {
  const reports = YEARS.map((year) => articleFor(system, index, year));
  const articles = [
    ...reports,
    decoy(system, index, 3, '关于做好政务服务便民工作的通知'),
    decoy(system, index, 4, '政府信息公开指南'),
  ];
  const answers = new Map<string, Answer>();
  const site: Site = {
    system,
    host,
    articles,
    answers,
    at: ({ path }) => system.folder + path,
    lists: () => [...answers.keys()].filter((path) => path.startsWith(system.folder) && isList(path, system)),
    relist(rows, perPage = PER_PAGE) {
      for (const path of site.lists()) answers.delete(path);
      const pages = Math.max(1, Math.ceil(rows.length / perPage));
      for (let n = 1; n <= pages; n += 1) {
        const some = rows.slice((n - 1) * perPage, n * perPage);
        const html = listPage(some.map(rowOf).join(''), system.pager(n, pages));
        answers.set(system.folder + system.page(n), { body: html });
        if (n === 1) answers.set(system.folder, { body: html });
      }
    },
  };
  for (const article of articles) answers.set(site.at(article), { body: article.page });
  answers.set('/', { body: home });
  answers.set('/robots.txt', { body: 'User-agent: *\nDisallow:\n', headers: { 'content-type': 'text/plain' } });
  site.relist(articles);
  return site;
}

const isList = (path: string, system: System) =>
  path === system.folder || Array.from({ length: 9 }, (_, i) => system.folder + system.page(i + 1)).includes(path);

const rowOf = ({ path, shown, date }: Article) => `<li><a href="${path}">${shown}</a><span>${date}</span></li>\n`;

export const listPage = (rows: string, after = '') =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报</title></head><body><div class="nav"><a href="/">首页</a> <a href="/zwgk/">政务公开</a></div><ul class="list">${rows}</ul>${after}</body></html>`;

const news = (i: number) =>
  `<li><a href="/xwzx/202${i % 5}/news_${i}.html">虚构县召开第${i}次政务服务工作推进会</a><span>2025-0${1 + (i % 9)}-1${i % 9}</span></li>`;

/** A home page: forty items of news with their dates. */
export const home = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>虚构县人民政府门户网站</title></head><body><div class="nav"><a href="/">首页</a></div><ul>${Array.from({ length: 40 }, (_, i) => news(i)).join('\n')}</ul></body></html>`;

/** Sends one answer as it is. */
export function send(response: ServerResponse, answer: Answer | undefined): void {
  const { status = 200, headers = {}, body = '', how } = answer ?? { status: 404, body: missing };
  if (how === 'hang') return;
  if (how === 'reset') return void response.socket?.destroy();
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const type = { 'content-type': 'text/html; charset=utf-8', ...headers };
  if (how === 'cut') {
    response.writeHead(status, { ...type, connection: 'close' });
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.end());
    return;
  }
  if (how === 'short') {
    response.writeHead(status, { ...type, 'content-length': String(bytes.length + 5000) });
    response.write(bytes, () => response.socket?.end());
    return;
  }
  response.writeHead(status, { ...type, 'content-length': String(bytes.length) });
  response.end(bytes);
}

const missing = '<html><head><title>404</title></head><body><p>您访问的页面不存在</p></body></html>';
const said =
  '系统正在进行升级维护，给您带来的不便敬请谅解。请稍后再次访问，如有疑问请与网站管理人员联系，联系方式见本站首页。';
const maintenance = `<html><head><title>系统维护</title></head><body><div class="main"><h1>系统维护公告</h1><p>${said.repeat(4)}</p></div></body></html>`;
const login = `<html><head><title>用户登录</title></head><body><div class="login"><h2>统一身份认证平台</h2><form action="/sso/login" method="post"><p>用户名 <input name="user"></p><p>密码 <input type="password" name="pass"></p><p>验证码 <input name="code"></p><button>登录</button></form><p>${'请使用统一身份认证平台账号登录，首次登录请先完成实名注册并妥善保管密码。'.repeat(5)}</p></div></body></html>`;
const wall = `<html><head><title>访问受限</title></head><body><div><h1>您的访问可能对网站造成威胁，已被拦截</h1><p>${'如果您是网站管理员，请登录知道创宇云安全或联系客服查看详情，并把本页编号告诉我们。'.repeat(6)}</p><p>事件编号：9f31c0de</p></div></body></html>`;
const shortWall = '<html><head><script>var _0x1=["x"];location.reload()</script></head><body></body></html>';

const captcha = `<html><head><title>安全验证</title></head><body><p>请输入验证码后继续访问</p><img src="/captcha.jpg"><input name="code"><p>${'为保障网站安全，请完成验证后继续浏览本站内容。'.repeat(8)}</p></body></html>`;
const otherColumn = Array.from(
  { length: 20 },
  (_, i) =>
    `<li><a href="/zcwj/2025${i + 10}/t2025_${i + 70000}.html">关于印发第${i}号文件的通知</a><span>2025-03-${10 + i}</span></li>`,
).join('');

/** One thing that goes wrong, on the second night and the third. */
export interface Fault {
  name: string;
  /** Whether a person has to be told while it lasts; null where either is right. */
  told: boolean | null;
  /** Wrong from the first night on. */
  first?: true;
  /** What is peculiar about the portal on every night. */
  always?: (site: Site) => void;
  apply(site: Site): void;
  /** What the portal has after its recovery that it did not have before. */
  after?: (site: Site) => void;
}

const onLists = (answer: Answer) => (site: Site) => {
  for (const path of site.lists()) site.answers.set(path, answer);
};
const onReports =
  (answer: (article: Article, site: Site) => Answer, some = 2) =>
  (site: Site) => {
    for (const article of site.articles.slice(1, 1 + some)) site.answers.set(site.at(article), answer(article, site));
  };
/** One report more than before, at the head of the list. */
const withNew = (site: Site, change: (article: Article) => Article = (a) => a): Article => {
  const index = Math.floor(((site.articles[0]?.id ?? 0) - 7_000_000) / 100);
  const article = change(articleFor(site.system, index, 2025));
  site.answers.set(new URL(article.path, `http://x${site.system.folder}`).pathname, { body: article.page });
  return article;
};

const elsewhere = (site: Site) => withNew(site, (a) => ({ ...a, path: `/nb2026/detail/${a.id}` }));

const lists: Fault[] = [
  { name: 'list-reset', told: true, apply: onLists({ how: 'reset' }) },
  { name: 'list-hangs', told: true, apply: onLists({ how: 'hang' }) },
  { name: 'list-403', told: true, apply: onLists({ status: 403, body: wall }) },
  { name: 'list-404', told: true, apply: onLists({ status: 404, body: missing }) },
  { name: 'list-412-challenge', told: true, apply: onLists({ status: 412, body: shortWall }) },
  { name: 'list-521-challenge', told: true, apply: onLists({ status: 521, body: shortWall }) },
  { name: 'list-503-for-an-hour', told: true, apply: onLists({ status: 503, headers: { 'retry-after': '3600' } }) },
  { name: 'list-wall-short', told: true, apply: onLists({ body: shortWall }) },
  { name: 'list-wall-long', told: true, apply: onLists({ body: wall }) },
  { name: 'list-login', told: true, apply: onLists({ body: login }) },
  { name: 'list-maintenance', told: true, apply: onLists({ body: maintenance }) },
  { name: 'list-without-rows', told: true, apply: onLists({ body: listPage('') }) },
  { name: 'list-gzip-unsaid', told: true, apply: onLists({ body: gzipSync(listPage('<li>x</li>')) }) },
  { name: 'list-short', told: true, apply: onLists({ body: listPage(''), how: 'short' }) },
  {
    name: 'list-loops',
    told: true,
    apply: (site) => onLists({ status: 302, headers: { location: site.system.folder } })(site),
  },
  { name: 'list-captcha', told: true, apply: onLists({ body: captcha }) },
  {
    name: 'list-is-an-error-in-json',
    told: true,
    apply: onLists({ body: '{"code":500,"msg":"系统繁忙"}', headers: { 'content-type': 'application/json' } }),
  },
  { name: 'list-is-another-column', told: true, apply: onLists({ body: listPage(otherColumn) }) },
  {
    name: 'list-is-another-organ',
    told: true,
    apply(site) {
      const others = YEARS.map((year) => articleFor(site.system, 900, year));
      site.relist(others);
      for (const article of others) site.answers.set(site.at(article), { body: article.page });
    },
  },
  { name: 'list-sent-home', told: true, apply: onLists({ status: 301, headers: { location: '/' } }) },
  { name: 'list-is-home', told: true, apply: onLists({ body: home }) },
  {
    name: 'list-sent-to-login',
    told: true,
    apply(site) {
      site.answers.set('/sso/login', { body: login });
      onLists({ status: 302, headers: { location: '/sso/login' } })(site);
    },
  },
  { name: 'robots-500', told: true, apply: (site) => site.answers.set('/robots.txt', { status: 500 }) },
  { name: 'robots-hangs', told: true, apply: (site) => site.answers.set('/robots.txt', { how: 'hang' }) },
  {
    name: 'robots-closes-all',
    told: true,
    apply: (site) =>
      site.answers.set('/robots.txt', {
        body: 'User-agent: *\nDisallow: /\n',
        headers: { 'content-type': 'text/plain' },
      }),
  },
  {
    name: 'page-2-fails',
    told: true,
    apply: (site) => site.answers.set(site.system.folder + site.system.page(2), { status: 500 }),
  },
  {
    name: 'page-2-hangs',
    told: true,
    apply: (site) => site.answers.set(site.system.folder + site.system.page(2), { how: 'hang' }),
  },
  {
    name: 'page-2-missing',
    told: true,
    first: true,
    apply: (site) => void site.answers.delete(site.system.folder + site.system.page(2)),
  },
  {
    name: 'page-2-stub',
    told: true,
    first: true,
    apply: (site) =>
      site.answers.set(site.system.folder + site.system.page(2), { body: '<html><head></head><body></body></html>' }),
  },
  {
    name: 'page-3-of-4-stub',
    told: true,
    first: true,
    apply(site) {
      site.relist(site.articles, 2);
      site.answers.set(site.system.folder + site.system.page(3), { body: listPage('') });
    },
  },
  {
    name: 'page-2-repeats-page-1',
    told: true,
    first: true,
    apply(site) {
      site.relist(site.articles, 2);
      const one = site.answers.get(site.system.folder);
      if (one) site.answers.set(site.system.folder + site.system.page(2), one);
    },
  },
  { name: 'list-lost-more-than-half', told: true, apply: (site) => site.relist(site.articles.slice(0, 3)) },
  { name: 'list-lost-half', told: true, apply: (site) => site.relist(site.articles.slice(0, 4)) },
  { name: 'list-lost-one-report', told: null, apply: (site) => site.relist(site.articles.filter((_, i) => i !== 2)) },
  {
    name: 'titles-cut',
    told: false,
    apply: (site) => site.relist(site.articles.map((a) => ({ ...a, shown: `${a.title.slice(0, 12)}…` }))),
  },
  {
    name: 'titles-cut-dots',
    told: false,
    apply: (site) => site.relist(site.articles.map((a) => ({ ...a, shown: `${a.title.slice(0, 14)}...` }))),
  },
  {
    name: 'new-elsewhere-on-site',
    told: null,
    after: (site) => site.relist([elsewhere(site), ...site.articles]),
    apply: (site) => site.relist([elsewhere(site), ...site.articles]),
  },
  {
    name: 'new-by-script',
    told: true,
    after: (site) => site.relist([withNew(site), ...site.articles]),
    apply(site) {
      const other = withNew(site);
      site.relist([{ ...other, path: `javascript:openArt(${other.id})` }, ...site.articles]);
    },
  },
  {
    name: 'new-off-site',
    told: true,
    after: (site) => site.relist([withNew(site), ...site.articles]),
    apply(site) {
      const other = withNew(site);
      site.relist([{ ...other, path: `http://weixin.elsewhere.test/s/${other.id}` }, ...site.articles]);
    },
  },
  {
    name: 'session-ids',
    told: false,
    apply: (site) => {
      site.relist(site.articles.map((a) => ({ ...a, path: `${a.path};jsessionid=${a.id}F0A${site.articles.length}` })));
      for (const a of site.articles)
        site.answers.set(`${site.at(a)};jsessionid=${a.id}F0A${site.articles.length}`, { body: a.page });
    },
  },
  {
    name: 'jump-true',
    told: false,
    apply(site) {
      site.relist(site.articles.map((a) => ({ ...a, path: `${a.path}?jump=true` })));
      for (const a of site.articles) site.answers.set(`${site.at(a)}?jump=true`, { body: a.page });
    },
  },
  {
    name: 'www-prepended',
    told: false,
    apply: (site) => site.relist(site.articles.map((a) => ({ ...a, path: `http://www.${site.host}${site.at(a)}` }))),
  },
];

const articles: Fault[] = [
  { name: 'report-login', told: true, apply: onReports(() => ({ body: login })) },
  { name: 'report-wall', told: true, apply: onReports(() => ({ body: wall })) },
  { name: 'report-wall-short', told: true, apply: onReports(() => ({ body: shortWall })) },
  { name: 'report-maintenance', told: true, apply: onReports(() => ({ body: maintenance })) },
  { name: 'all-reports-maintenance', told: true, apply: onReports(() => ({ body: maintenance }), 9) },
  { name: 'first-night-maintenance', told: true, first: true, apply: onReports(() => ({ body: maintenance }), 9) },
  { name: 'all-reports-wall-short', told: true, apply: onReports(() => ({ body: shortWall }), 9) },
  {
    name: 'all-reports-short',
    told: true,
    apply: onReports(({ page }) => ({ body: page.slice(0, 6000), how: 'short' }), 9),
  },
  { name: 'report-captcha', told: true, apply: onReports(() => ({ body: captcha })) },
  {
    name: 'report-is-that-of-next-year',
    told: true,
    apply: onReports((_, site) => ({ body: site.articles[0]?.page ?? '' }), 1),
  },
  { name: 'report-sent-home', told: true, apply: onReports(() => ({ status: 302, headers: { location: '/' } })) },
  {
    name: 'report-sent-to-login',
    told: true,
    apply(site) {
      site.answers.set('/sso/login', { body: login });
      onReports(() => ({ status: 302, headers: { location: '/sso/login' } }))(site);
    },
  },
  { name: 'report-is-home', told: true, apply: onReports(() => ({ body: home })) },
  {
    name: 'report-is-another-article',
    told: true,
    apply: onReports((_, site) => ({ body: site.articles.at(-1)?.page ?? '' })),
  },
  {
    name: 'report-is-another-report',
    told: true,
    apply: onReports((_, site) => ({ body: site.articles[4]?.page ?? '' }), 1),
  },
  {
    name: 'report-emptied',
    told: true,
    apply: onReports(({ title, page }) => ({
      body: page.replace(/<table[\s\S]*<\/table>/, '').replace(title, title),
    })),
  },
  {
    name: 'report-without-its-numbers',
    told: true,
    // The form is there, and what a script fills in did not come.
    apply: onReports(({ page }) => ({ body: page.replace(/(<td[^>]*>)[\d.,]+(?=<\/td>)/g, '$1') })),
  },
  { name: 'report-cut', told: true, apply: onReports(({ page }) => ({ body: page, how: 'cut' })) },
  {
    name: 'report-cut-unnoticed',
    told: true,
    apply: onReports(({ page }) => ({ body: page.slice(0, page.indexOf('</table>') + 9) })),
  },
  {
    name: 'first-night-report-cut',
    told: true,
    first: true,
    apply: onReports(({ page }) => ({ body: page.slice(0, page.indexOf('</table>') + 9) })),
  },
  { name: 'report-short', told: true, apply: onReports(({ page }) => ({ body: page.slice(0, 6000), how: 'short' })) },
  {
    name: 'report-gzip-cut',
    told: true,
    apply: onReports(({ page }) => ({
      body: gzipSync(page).subarray(0, 900),
      headers: { 'content-encoding': 'gzip' },
    })),
  },
  { name: 'report-404', told: true, apply: onReports(() => ({ status: 404, body: missing })) },
  { name: 'report-410', told: true, apply: onReports(() => ({ status: 410, body: missing })) },
  { name: 'report-500', told: true, apply: onReports(() => ({ status: 500 })) },
  { name: 'report-hangs', told: true, apply: onReports(() => ({ how: 'hang' }), 1) },
  { name: 'report-429', told: true, apply: onReports(() => ({ status: 429, headers: { 'retry-after': '3600' } })) },
  {
    name: 'report-is-picture',
    told: true,
    apply: onReports(() => ({
      body: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
      headers: { 'content-type': 'image/gif' },
    })),
  },
  {
    name: 'new-report-unreadable',
    told: true,
    after: (site) => site.relist([withNew(site), ...site.articles]),
    apply(site) {
      const other = withNew(site, (a) => ({
        ...a,
        page: articlePage(
          { ...bare(a), body: '<div class="canvas" data-src="r.json"></div><p>正文加载中，请稍候。</p>' },
          cleanStyle,
        ),
      }));
      site.relist([other, ...site.articles]);
    },
  },
  {
    name: 'view-counter',
    told: false,
    apply: onReports(({ page }, { host }) => ({
      body: page.replace('</body>', `<p>浏览次数：${host.length + page.length}</p></body>`),
    })),
  },
];

const fileOf = (article: Article, site: Site) => `${site.system.folder}files/${article.id}.docx`;
/** Two reports are files behind pages that only link to them. */
const attached = (site: Site) => {
  for (const article of site.articles.slice(1, 3)) {
    const link = `<p>全文见附件。</p><p><a href="${fileOf(article, site)}">附件：${article.title}.docx</a></p>`;
    site.answers.set(site.at(article), { body: articlePage({ ...bare(article), body: link }, cleanStyle) });
    site.answers.set(fileOf(article, site), { body: article.file(), headers: { 'content-type': DOCX } });
  }
};
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const onFiles = (answer: (article: Article) => Answer) => (site: Site) => {
  attached(site);
  for (const article of site.articles.slice(1, 3)) site.answers.set(fileOf(article, site), answer(article));
};

const files: Fault[] = [
  { name: 'file-404', told: true, always: attached, apply: onFiles(() => ({ status: 404, body: missing })) },
  { name: 'file-500', told: true, always: attached, apply: onFiles(() => ({ status: 500 })) },
  { name: 'file-login', told: true, always: attached, apply: onFiles(() => ({ body: login })) },
  {
    name: 'file-is-page',
    told: true,
    always: attached,
    apply: onFiles(() => ({ body: maintenance, headers: { 'content-type': DOCX } })),
  },
  {
    name: 'file-first-night-page',
    told: true,
    first: true,
    always: attached,
    apply: onFiles(() => ({ body: maintenance })),
  },
  { name: 'file-cut', told: true, always: attached, apply: onFiles((a) => ({ body: a.file().subarray(0, 3000) })) },
  {
    name: 'file-short',
    told: true,
    always: attached,
    apply: onFiles((a) => ({ body: a.file().subarray(0, 3000), how: 'short' })),
  },
  {
    name: 'file-empty',
    told: true,
    always: attached,
    apply: onFiles(() => ({ body: '', headers: { 'content-type': DOCX } })),
  },
  {
    name: 'file-host-without-robots',
    told: true,
    first: true,
    always: attached,
    apply(site) {
      for (const article of site.articles.slice(1, 3)) {
        const link = `<p>全文见附件。</p><p><a href="http://files.${site.host}/${article.id}.docx">附件：${article.title}.docx</a></p>`;
        site.answers.set(site.at(article), { body: articlePage({ ...bare(article), body: link }, cleanStyle) });
      }
    },
  },
];

const bare = (a: Article) => ({
  title: a.title,
  siteName: '虚构县人民政府门户网站',
  siteIdCode: '9901000001',
  column: '政府信息公开年报',
  published: a.date,
  source: '虚构县人民政府',
  notice: '',
  invented: true,
});

export const faults: Fault[] = [...lists, ...articles, ...files];
