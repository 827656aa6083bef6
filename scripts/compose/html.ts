import type { PrintedCell, PrintedRun, PrintedTable } from './printed.ts';
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
  if (tables.some(({ rows }) => rows.flat().some((c) => c.runs))) parts.push(lookSheet);
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
      return `<td${spans}${groundOf(c)}>${c.runs ? runsHtml(c.runs) : cellHtml(c.text, style, random)}</td>`;
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

const digitSheet = [...'0123456789'].map((digit) => `.v${digit}::before{content:"${digit}"}`).join(' ');
const lookSheet =
  '<style>@media print{b{display:none}} .zs{vertical-align:super} td .sc{text-decoration:line-through} .yc,#yc{display:none} p.yc{display:block} .bs{color:#fff} .qs{color:#cfcfcf} .tou{background-color:#24405c} .tou span{color:#FFFFFF} .v::before{content:attr(data-v)} .v2:after{content:attr(title)} ' +
  digitSheet +
  '</style>';

/** How pages make a run look so. */
const lookHtml: Partial<Record<PrintedRun['look'], ((text: string) => string)[]>> = {
  raised: [
    (text) => `<sup>${text}</sup>`,
    (text) => `<a href="#zhu"><sup><span>${text}</span></sup></a>`,
    (text) => `<sup><a href="#zhu">${text}</a></sup>`,
    (text) => `<span style="vertical-align:super;font-size:8pt">${text}</span>`,
    (text) => `<span style="font-size:8.0pt;position:relative;top:-5.0pt;mso-text-raise:5.0pt">${text}</span>`,
    (text) => `<b class="zs">${text}</b>`,
    (text) => `<span style="vertical-align: 0.5em">${text}</span>`,
    (text) => `<i style="font-variant-position:super">${text}</i>`,
    (text) => `<span style="font-size:8px;display:inline-block;transform:translateY(-5px)">${text}</span>`,
  ],
  struck: [
    (text) => `<s>${text}</s>`,
    (text) => `<del><span>${text}</span></del>`,
    (text) => `<strike>${text}</strike>`,
    (text) => `<span style="text-decoration:line-through">${text}</span>`,
    (text) => `<span style="TEXT-DECORATION-LINE: line-through">${text}</span>`,
    (text) => `<span class="a sc">${text}</span>`,
  ],
  white: [
    (text) => `<span style="color:#fff">${text}</span>`,
    (text) => `<font color="white"><b>${text}</b></font>`,
    (text) => `<span style="COLOR: rgb(255, 255, 255)">${text}</span>`,
    (text) => `<b class="bs">${text}</b>`,
    (text) => `<span style="color:transparent">${text}</span>`,
    (text) => `<span style="color:rgba(0,0,0,0)">${text}</span>`,
    (text) => `<span style="color:hsl(0,0%,100%)">${text}</span>`,
    (text) => `<span style="color:#fff"><b style="color:#fefefe">${text}</b></span>`,
    (text) => `<span style="background:#000;color:#000">${text}</span>`,
  ],
  pale: [
    (text) => `<span style="color:#ccc">${text}</span>`,
    (text) => `<font color="#d9d9d9">${text}</font>`,
    (text) => `<i class="qs">${text}</i>`,
  ],
  light: [
    (text) => `<span style="color:#fff">${text}</span>`,
    (text) => `<font color="#FFFFFF">${text}</font>`,
    (text) => `<span>${text}</span>`,
    (text) => `<b style="color:white">${text}</b>`,
    (text) => `<span style="background-color:#c00000;color:#fff">${text}</span>`,
  ],
  styled: [
    (text) => `<i class="v" data-v="${text}"></i>`,
    (text) => `<b class="v2" title="${text}">&nbsp;</b>`,
    (text) => `<i class="v${text[0]}"></i>`,
  ],
  pictured: [
    (text) => `<img src="d.gif" alt="${text}">`,
    (text) => `<img src="${text}.gif">`,
    (text) => `<math><mn>${text}</mn></math>`,
    (text) => `<svg width="20" height="12"><text y="10">${text}</text></svg>`,
    (text) => `${text.slice(0, -1)}<img src="d.gif" alt="${text.slice(-1)}">`,
  ],
  unseen: [
    (text) => `<span style="display:none">${text}</span>`,
    (text) => `<span style="DISPLAY : NONE">${text}</span>`,
    (text) => `<span style="visibility:hidden">${text}</span>`,
    (text) => `<span style="font-size:0"><b>${text}</b></span>`,
    (text) => `<span style="position:absolute;left:-9999px">${text}</span>`,
    (text) => `<span hidden>${text}</span>`,
    (text) => `<i class="yc">${text}</i>`,
    (text) => `<span style="opacity:0">${text}</span>`,
    (text) => `<!--[if supportFields]>${text}<![endif]-->`,
  ],
};

/** What the cell around white text has for it. */
const lightCells = [
  ' style="background:#1f4e79"',
  ' bgcolor="#336699"',
  ' class="tou"',
  ' style="background-color: navy"',
  '',
];

const wayOf = <T>(ways: T[], way: number): T => ways[way % ways.length]!;

function groundOf({ runs }: PrintedCell): string {
  const light = runs?.find(({ look }) => look === 'light');
  return light ? wayOf(lightCells, light.way) : '';
}

const runsHtml = (runs: PrintedRun[]): string =>
  runs
    .map(({ text, look, way }) => {
      if (look === 'plain') return escapeHtml(text);
      return lookHtml[look] ? wayOf(lookHtml[look], way)(escapeHtml(text)) : escapeHtml(text);
    })
    .join('');

/** Word gives Latin and Chinese characters, and every edit, a span of their own. */
function wordRuns(text: string, random: Random): string {
  const chars = [...text];
  const cut = chars.length < 2 ? chars.length : random.whole(1, chars.length - 1);
  const chinese = `<span style="font-family:仿宋_GB2312;mso-hansi-font-family:宋体">${escapeHtml(chars.slice(0, cut).join(''))}</span>`;
  const rest = chars.slice(cut).join('');
  const other = rest === '' ? '' : `<span lang="EN-US" style="font-size:10.5pt">${escapeHtml(rest)}</span>`;
  return `${chinese}${other}<span lang="EN-US"><o:p></o:p></span>`;
}
