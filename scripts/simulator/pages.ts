import { encode, type Charset } from '../compose/encode.ts';
import { articleOf, htmlPage, toTraditional } from '../compose/html.ts';
import { inventedNotice } from '../compose/prose.ts';
import { articlePage, escapeHtml, type Article } from '../compose/shell.ts';
import type { Entry, Plan, Reply, Route } from './types.ts';

/** What every family has in common: articles, attachments and the frame of a list. */

const simulatedNotice = '本页由门户模拟器排版：数字取自公开的年度报告，文字为模拟。';

const noticeOf = (plan: Plan) => (plan.invented ? inventedNotice : simulatedNotice);

export const text = (body: string, charset: Charset, type: string, status = 200): Reply => ({
  status,
  type,
  body: encode(body, charset),
});

/**
 * A report shown on the portal of a higher place carries that portal's code, and its title tells the real division. The
 * titles of invented places tell none, so there the meta has to.
 */
const siteDivision = (entry: Entry, plan: Plan) =>
  plan.invented && entry.kind === 'report' ? entry.figures.division_code : plan.division;

const siteOf = (entry: Entry, plan: Plan): Partial<Article> => ({
  title: entry.title,
  siteName: `${plan.name}门户网站（模拟）`,
  siteIdCode: `${siteDivision(entry, plan)}0001`,
  column: '政府信息公开年报',
  published: entry.date,
  notice: noticeOf(plan),
  id: entry.id,
});

export function articleRoute(entry: Entry, plan: Plan): Route {
  return {
    kind: 'article',
    reply: () => {
      const site = siteOf(entry, plan);
      const page = entry.kind === 'report' ? htmlPage(entry.figures, entry.style, site) : otherPage(entry, plan, site);
      return text(page, entry.charset, plan.contentType);
    },
  };
}

function otherPage(entry: Exclude<Entry, { kind: 'report' }>, plan: Plan, site: Partial<Article>): string {
  const page = articlePage({ ...bare(entry, plan), ...site, body: entry.body }, entry.style);
  return entry.style.script === 'traditional' ? toTraditional(page) : page;
}

const bare = (entry: Entry, plan: Plan): Article => ({
  ...articleOf({
    publisher: plan.name,
    division_code: plan.division,
    year: Number(entry.date.slice(0, 4)) - 1,
    published_on: entry.date,
    invented: plan.invented,
  }),
});

/** Page around the rows of a list, with navigation that is not part of it. */
export function listPage(plan: Plan, rows: string, after = ''): string {
  const page =
    `<!DOCTYPE html>\n<html><head><meta charset="${plan.listCharset}"><title>政府信息公开年报 - ${escapeHtml(plan.name)}（模拟）</title></head><body>` +
    '<div class="nav"><a href="/">首页</a> <a href="/zwgk/">政务公开</a> <a href="javascript:void(0)">无障碍</a></div>' +
    `${rows}${after}<div class="footer"><p>${noticeOf(plan)}</p></div></body></html>\n`;
  return plan.traditional ? toTraditional(page) : page;
}

export const pagesOf = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.max(1, Math.ceil(items.length / size)) }, (_, i) => items.slice(i * size, (i + 1) * size));
