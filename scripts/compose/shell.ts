/** Whole pages around an article, in the markup of the content systems that portals run on. */

export interface Article {
  title: string;
  /** Inner HTML of the article. */
  body: string;
  siteName: string;
  /** Ten digits; the first six are the division code. */
  siteIdCode: string;
  column: string;
  /** YYYY-MM-DD, local. */
  published: string;
  source: string;
  /** Printed at the foot of the page; '' for none. */
  notice: string;
  invented: boolean;
  id?: number;
}

export interface Shell {
  frame: 'nfcms' | 'trs' | 'plain' | 'layout' | 'gkmlpt' | 'ucap' | 'vsb' | 'indexed';
  /** What the page says its charset is; null: it does not say. */
  charset: string | null;
  /** Where the metas stand. `twice`: a header include repeats them with its own ColumnName first. */
  metas: 'head' | 'after_script' | 'twice' | 'body';
}

export const escapeHtml = (text: string) =>
  text.replace(/[&<>"\u00a0]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? '&nbsp;');

const meta = (name: string, content: string) => `<meta name="${name}" content="${escapeHtml(content)}">`;

function metasOf(a: Article, column = a.column): string {
  return [
    meta('SiteName', a.siteName),
    meta('SiteIDCode', a.siteIdCode),
    meta('ColumnName', column),
    meta('ArticleTitle', a.title),
    meta('PubDate', `${a.published} 10:21`),
    meta('ContentSource', a.source),
    ...(a.invented ? [meta('invented', 'true')] : []),
  ].join('');
}

const nav =
  '<div class="nav"><table><tr><td><a href="/">首页</a></td><td><a href="/zwgk/">政务公开</a></td><td>总计</td><td>12</td></tr></table></div>';

export function articlePage(a: Article, shell: Shell): string {
  const charset =
    shell.charset === null ? '' : `<meta http-equiv="Content-Type" content="text/html; charset=${shell.charset}">`;
  const metas = shell.metas === 'twice' ? metasOf(a, '头部') + metasOf(a) : metasOf(a);
  const script = '<script>var page = { total: 12, rows: [3, 4] };</script>';
  const head = { head: charset + metas, twice: charset + metas, after_script: script + charset + metas, body: '' }[
    shell.metas
  ];
  const footer = a.notice === '' ? '' : `<div class="footer"><p>${escapeHtml(a.notice)}</p></div>`;
  const late = shell.metas === 'body' ? charset + metas : '';
  return `<!DOCTYPE html>\n<html><head>${head}<title>${escapeHtml(a.title)}</title></head><body>${late}${nav}${framed(a, shell)}${footer}</body></html>\n`;
}

function framed(a: Article, shell: Shell): string {
  const title = escapeHtml(a.title);
  const byline = `发布时间：${a.published} 来源：${escapeHtml(a.source)}`;
  switch (shell.frame) {
    case 'nfcms':
      return `<div class="mainContent"><h1>${title}</h1><div class="date">${byline}</div><div class="article-content">${a.body}</div></div>`;
    case 'trs':
      return `<div class="xl"><h2>${title}</h2><p class="ly">${byline}</p><div id="zoom"><div class="TRS_Editor">${a.body}</div></div></div>`;
    case 'plain':
      return `<div class="content"><center><b>${title}</b></center>${byline}<br>${a.body}</div>`;
    case 'layout':
      return (
        `<table width="980" align="center"><tr><td colspan="2" class="bt">${title}</td></tr><tr><td width="200"><table><tr><td>栏目</td></tr>` +
        `<tr><td>访问量</td><td>2</td></tr><tr><td>总计</td><td>35</td></tr></table></td><td class="nr">${a.body}</td></tr></table>`
      );
    case 'ucap':
      return `<div class="article"><h1>${title}</h1><div class="info"><span>${byline}</span></div><div class="article-content" id="zoomcon"><ucapcontent>${a.body}</ucapcontent></div></div>`;
    case 'vsb':
      return `<form name="_newscontent_fromname"><h1>${title}</h1><div>${byline}</div><div id="vsb_content_2" class="v_news_content">${a.body}</div></form>`;
    case 'indexed':
      return `${indexed(a)}<div class="trs_editor_view TRS_UEDITOR" id="zoom">${a.body}</div>`;
    case 'gkmlpt':
      return `${catalogue(a)}<div id="app"></div><script>${embedded(a)}</script>`;
  }
}

/** The eight labels above every article of the catalogue platform. */
const catalogue = (a: Article) =>
  '<table class="metadata"><tr>' +
  [
    ['索引号:', `SL${a.siteIdCode}/${a.published.slice(0, 4)}-${String(a.id ?? 0).padStart(5, '0')}`],
    ['分类:', '年度报告'],
    ['发布机构:', a.source],
    ['成文日期:', a.published],
    ['名称:', a.title],
    ['文号:', ''],
    ['发布日期:', `${a.published} 10:21:00`],
    ['主题词:', ''],
  ]
    .map(([label = '', value = '']) => `<td>${label}</td><td>${escapeHtml(value)}</td>`)
    .join('</tr><tr>') +
  '</tr></table>';

/** The table above an article of disclosed information, five cells wide. */
const indexed = (a: Article) =>
  `<table class="xxgk" border="1"><tr><td rowspan="3">公开信息</td><td>索引号</td><td>${a.siteIdCode}/${a.published.slice(0, 4)}-${a.id ?? 0}</td><td>发布机构</td><td>${escapeHtml(a.source)}</td></tr>` +
  `<tr><td>名称</td><td colspan="3">${escapeHtml(a.title)}</td></tr><tr><td>文号</td><td>无</td><td>发布日期</td><td>${a.published}</td></tr></table>`;

/** A JavaScript object, not JSON: unquoted keys, single quotes, and the body with escaped markup inside double quotes. */
function embedded(a: Article): string {
  const time = Date.parse(`${a.published}T10:21:00+08:00`) / 1000;
  return (
    `window._CONFIG = { SID: '${a.siteIdCode.slice(0, 6)}', NAME: ${scriptString(a.siteName)}, ` +
    `DETAIL: {"id": ${a.id ?? 0}, "title": ${scriptString(a.title)}, "display_publish_time": ${time}, "content": ${scriptString(a.body)}}, LIST: null };`
  );
}

export const scriptString = (text: string) =>
  `"${JSON.stringify(text).slice(1, -1).replace(/\\"/g, '\\u0022').replaceAll('<', '\\u003C').replaceAll('>', '\\u003E').replaceAll('&', '\\u0026').replaceAll('/', '\\/')}"`;
