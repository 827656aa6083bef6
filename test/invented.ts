import type { Portal } from '../scrapers/portals.ts';

/** An invented portal of the family nfcms and its pages, small enough to see what a test is about. */

export const portal = (id: string, over: Partial<Portal> = {}): Portal => ({
  id,
  division: '990100',
  name: `虚构的${id}`,
  family: 'nfcms',
  index_url: `http://${id}.simulator.test/nb/`,
  from: null,
  until: null,
  vantage: 'any',
  note: '',
  ...over,
});

export const row = (id: number, title: string) =>
  `<li><a title="${title}" href="content/post_${id}.html">${title}</a><span>2024-01-2${id % 10}</span></li>`;
export const list = (...rows: string[]) => `<html><body><ul>${rows.join('')}</ul></body></html>`;
export const report = (year: number) => `虚构县人民政府${year}年政府信息公开工作年度报告`;
/** One table of the form, so that the page is a report: a report without any number is none. */
const numbers = `<table><tr><td colspan="2">第二十条第（五）项</td></tr><tr><td>信息内容</td><td>本年处理决定数量</td></tr>
  <tr><td>行政许可</td><td>5</td></tr></table>`;
export const bare = (title: string, body = '') =>
  `<html><head><title>${title}</title></head><body><h1>${title}</h1><div class="article-content"><p>本报告所列地方纯属虚构，数字亦然，仅供测试之用。</p>${body}</div></body></html>`;
export const page = (title: string, body = '') => bare(title, `<h2>二、主动公开政府信息情况</h2>${numbers}${body}`);
