import type { PrintedTable } from './printed.ts';
import * as OpenCC from 'opencc-js';
import type { Figures } from './figures.ts';
import { inventedNotice, reportSections, titleOf } from './prose.ts';
import { createRandom, seedOf, type Random } from './random.ts';
import { articlePage, escapeHtml, type Article, type Shell } from './shell.ts';
import { printedTables, type Splits } from './tables.ts';
import type { Wording } from './wording.ts';

export interface HtmlStyle extends Wording, Splits, Shell {
  /** `word`: as exported by Word, one label or number over several spans. */
  markup: 'clean' | 'word';
  /** Every statutory table inside a cell of another table. */
  nested: boolean;
  /** The six headings of the sections are there. */
  headings: boolean;
  /** A blank cell is empty or holds a no-break space. */
  blank: 'empty' | 'nbsp';
  /** A paragraph `- 4 -` between the parts of a table cut in two. */
  pageNumbers: boolean;
  script: 'simplified' | 'traditional';
}

/** By characters and phrases, without Taiwan vocabulary. The Taiwan characters (為, not 爲) are those that Big5 has. */
export const toTraditional: (text: string) => string = OpenCC.Converter({ from: 'cn', to: 'tw' });

/** Whole article page. `site` overrides what the page says about its portal. */
export function htmlPage(f: Figures, style: HtmlStyle, site: Partial<Article> = {}): string {
  const page = articlePage({ ...articleOf(f), body: htmlBody(f, style), ...site }, style);
  return style.script === 'traditional' ? toTraditional(page) : page;
}

export const articleOf = (f: Omit<Figures, 'edition' | 'cells' | 'prose'>): Article => ({
  title: titleOf(f),
  body: '',
  siteName: `${f.publisher}门户网站`,
  siteIdCode: `${f.division_code}0001`,
  column: '政府信息公开年报',
  published: f.published_on,
  source: f.publisher,
  notice: f.invented ? inventedNotice : '',
  invented: f.invented,
});

/** The article alone, Simplified: text of the six sections and the tables in their places. */
export function htmlBody(f: Figures, style: HtmlStyle): string {
  const random = createRandom(seedOf(f.publisher, f.year, 'markup'));
  const tables = printedTables(f, style, style);
  const parts: string[] = [];
  for (const section of reportSections(f, style)) {
    if (style.headings) parts.push(paragraph(section.title, style, random));
    for (const text of section.paragraphs) parts.push(paragraph(text, style, random));
    const own = tables.filter((t) => t.section === section.number).map((t) => tableHtml(t, style, random));
    const between = style.pageNumbers ? '\n<p class="pagenum">- 4 -</p>\n' : '\n';
    if (own.length > 0) parts.push(own.join(between));
  }
  return parts.join('\n');
}

const paragraph = (text: string, style: HtmlStyle, random: Random) =>
  style.markup === 'word'
    ? `<p class="MsoNormal" style="text-indent:32pt">${wordRuns(text, random)}</p>`
    : `<p>${escapeHtml(text)}</p>`;

function tableHtml(table: PrintedTable, style: HtmlStyle, random: Random): string {
  const rows = table.rows.map((row) => {
    const cells = row.map((c) => {
      const spans = (c.colspan > 1 ? ` colspan="${c.colspan}"` : '') + (c.rowspan > 1 ? ` rowspan="${c.rowspan}"` : '');
      return `<td${spans}>${cellHtml(c.text, style, random)}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  const open =
    style.markup === 'word'
      ? '<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0">'
      : '<table border="1" cellspacing="0">';
  const html = `${open}${rows.join('\n')}</table>`;
  return style.nested ? `<table width="100%"><tbody><tr><td align="center">${html}</td></tr></tbody></table>` : html;
}

function cellHtml(text: string, style: HtmlStyle, random: Random): string {
  const blank = style.blank === 'nbsp' ? '&nbsp;' : '';
  const lines = text.split('\n');
  const inner = (line: string) =>
    line === '' ? blank : style.markup === 'word' ? wordRuns(line, random) : escapeHtml(line);
  const content = lines.map(inner).join('<br>');
  return style.markup === 'word'
    ? `<p class="MsoNormal" align="center" style="text-align:center">${content}</p>`
    : content;
}

/** Word gives Latin and Chinese characters, and every edit, a span of their own. */
function wordRuns(text: string, random: Random): string {
  const chars = [...text];
  const cut = chars.length < 2 ? chars.length : random.whole(1, chars.length - 1);
  const chinese = `<span style="font-family:仿宋_GB2312;mso-hansi-font-family:宋体">${escapeHtml(chars.slice(0, cut).join(''))}</span>`;
  const rest = chars.slice(cut).join('');
  const other = rest === '' ? '' : `<span lang="EN-US" style="font-size:10.5pt">${escapeHtml(rest)}</span>`;
  return `${chinese}${other}<span lang="EN-US"><o:p></o:p></span>`;
}
