import type { PrintedRun, PrintedTable } from './printed.ts';
import { chromium, type Browser } from 'playwright';
import { degrees, PDFDict, PDFDocument, PDFHexString, PDFName, PDFRef, PDFString } from 'pdf-lib';
import { findBrowser } from '../../scrapers/browser.ts';
import type { Figures } from './figures.ts';
import { inventedNotice, reportSections, titleOf } from './prose.ts';
import { escapeHtml } from './shell.ts';
import { printedTables, type Splits } from './tables.ts';
import type { Wording } from './wording.ts';

/** How a PDF is laid out and drawn; what it says comes from `Wording` and `Splits`. */
export interface PdfStyle {
  /**
   * `fills`: no lines, cells of two colours; `gaps`: filled cells with white room between; `white`: white lines on
   * colour; `open`: no lines at the sides; `across`: only horizontal lines; `none`: no lines at all.
   */
  rules:
    | 'solid'
    | 'hairline'
    | 'thick'
    | 'dashed'
    | 'dotted'
    | 'double'
    | 'separate'
    | 'fills'
    | 'gaps'
    | 'white'
    | 'open'
    | 'across'
    | 'none';
  /** CSS font family. */
  font: string;
  /** Points. */
  size: number;
  padding: string;
  landscape: boolean;
  /** The header block of section 三 is printed again on every page. */
  repeatHeader: boolean;
  /** A row may be cut in two by the end of a page. */
  cutRows: boolean;
  pageNumbers: 'none' | 'dashes' | 'bare' | 'browser';
  /** `/Rotate` of every page, with the content left as it is. */
  rotate: 0 | 90 | 180 | 270;
  /** Millimetres that push the tables down, so that page ends fall elsewhere. */
  push: number;
  align: 'middle' | 'top';
  /** Text drawn twice, a third of a point apart. */
  fakeBold: boolean;
  /** Sections whose tables are pictures. */
  pictured: number[];
}

const plainPdf: PdfStyle = {
  rules: 'solid',
  font: 'Noto Sans CJK SC',
  size: 10.5,
  padding: '2pt 3pt',
  landscape: false,
  repeatHeader: false,
  cutRows: false,
  pageNumbers: 'none',
  rotate: 0,
  push: 0,
  align: 'middle',
  fakeBold: false,
  pictured: [],
};

/** Each names what is peculiar about it. */
export const pdfStyles = {
  solid: plainPdf,
  hairline: { ...plainPdf, rules: 'hairline', font: 'Noto Serif CJK SC', pageNumbers: 'bare' },
  thick: { ...plainPdf, rules: 'thick', size: 9 },
  dashed: { ...plainPdf, rules: 'dashed', pageNumbers: 'dashes' },
  dotted: { ...plainPdf, rules: 'dotted' },
  double: { ...plainPdf, rules: 'double', padding: '4pt' },
  separate: { ...plainPdf, rules: 'separate' },
  fills: { ...plainPdf, rules: 'fills' },
  gaps: { ...plainPdf, rules: 'gaps' },
  white: { ...plainPdf, rules: 'white' },
  open: { ...plainPdf, rules: 'open' },
  landscape: { ...plainPdf, landscape: true, pageNumbers: 'dashes', repeatHeader: true },
  repeated: { ...plainPdf, repeatHeader: true, push: 40, pageNumbers: 'bare' },
  cut: { ...plainPdf, cutRows: true, padding: '6pt 3pt', push: 31, pageNumbers: 'dashes' },
  cut_top: { ...plainPdf, cutRows: true, align: 'top', size: 14, padding: '8pt 2pt', push: 12 },
  tight: { ...plainPdf, size: 7, padding: '0' },
  large: { ...plainPdf, size: 14, padding: '6pt 2pt', font: 'Noto Serif CJK SC', pageNumbers: 'browser' },
  turned: { ...plainPdf, rotate: 90 },
  turned_back: { ...plainPdf, rotate: 270, landscape: true },
  upside_down: { ...plainPdf, rotate: 180, rules: 'dashed' },
  fake_bold: { ...plainPdf, fakeBold: true },
  across: { ...plainPdf, rules: 'across' },
  borderless: { ...plainPdf, rules: 'none', padding: '3pt 8pt' },
  borderless_top: { ...plainPdf, rules: 'none', padding: '4pt 8pt', align: 'top', pageNumbers: 'dashes' },
} satisfies Record<string, PdfStyle>;

export type PdfStyleName = keyof typeof pdfStyles;

const borders: Record<PdfStyle['rules'], string> = {
  solid: 'table { border-collapse: collapse } td { border: 0.75pt solid #000 }',
  hairline: 'table { border-collapse: collapse } td { border: 0.25pt solid #888 }',
  thick: 'table { border-collapse: collapse; border: 3pt solid #000 } td { border: 1.5pt solid #333 }',
  dashed: 'table { border-collapse: collapse } td { border: 0.75pt dashed #000 }',
  dotted: 'table { border-collapse: collapse } td { border: 1pt dotted #000 }',
  double: 'table { border-collapse: collapse } td { border: 2.25pt double #000 }',
  separate: 'table { border: 0.75pt solid #000; border-spacing: 1.5pt } td { border: 0.75pt solid #666 }',
  fills:
    'table { border-collapse: collapse } tr:nth-child(odd) td { background: #dde } tr:nth-child(even) td { background: #eed } ' +
    'tr:nth-child(odd) td:nth-child(even) { background: #cdc } tr:nth-child(even) td:nth-child(even) { background: #ecc }',
  gaps: 'table { border-spacing: 2pt } td { background: #dde6f0 }',
  white: 'table { border-collapse: collapse } td { background: #cfe2f3; border: 1pt solid #fff }',
  open: 'table { border-collapse: collapse } td { border: 0.75pt solid #000 } tr td:first-child[data-edge] { border-left: none } td:last-child[data-edge] { border-right: none }',
  across: 'table { border-collapse: collapse } td { border-top: 0.5pt solid #000; border-bottom: 0.5pt solid #000 }',
  none: 'table { border-collapse: collapse }',
};

export interface ComposedPdf {
  bytes: Uint8Array;
  /** The tables as printed: the truth of every cell. */
  tables: PrintedTable[];
}

/** Prints with a real browser: give one that is already running. */
export async function composePdf(
  f: Figures,
  wording: Wording & Splits,
  style: PdfStyle,
  browser: Browser,
): Promise<ComposedPdf> {
  const tables = printedTables(f, wording, wording);
  const pictures = await picturesOf(pdfHtml(f, wording, tables, style), tables, style, browser);
  const page = await browser.newPage({ javaScriptEnabled: false });
  try {
    await page.setContent(pdfHtml(f, wording, tables, style, pictures));
    const numbered = style.pageNumbers !== 'none';
    const bytes = await page.pdf({
      format: 'A4',
      landscape: style.landscape,
      printBackground: true,
      margin: { top: '20mm', bottom: '20mm', left: '18mm', right: '18mm' },
      displayHeaderFooter: numbered,
      headerTemplate:
        style.pageNumbers === 'browser'
          ? `<span style="font-size:8pt;margin-left:20pt">${escapeHtml(titleOf(f))}</span>`
          : '<span></span>',
      footerTemplate: footers[style.pageNumbers],
    });
    const hasFields = tables.some(({ rows }) => rows.flat().some((c) => c.runs?.some(({ look }) => look === 'field')));
    const filled = hasFields ? await withFields(bytes) : bytes;
    return { bytes: style.rotate === 0 ? filled : await rotate(filled, style.rotate), tables };
  } finally {
    await page.close();
  }
}

async function picturesOf(html: string, tables: PrintedTable[], { pictured }: PdfStyle, browser: Browser) {
  const pictures = new Map<PrintedTable, Uint8Array>();
  if (pictured.length === 0) return pictures;
  // As wide as the text of a page, in twice the dots of a screen.
  const page = await browser.newPage({ viewport: { width: 658, height: 900 }, deviceScaleFactor: 2 });
  await page.setContent(html);
  for (const [i, table] of tables.entries())
    if (pictured.includes(table.section)) pictures.set(table, await page.locator('table').nth(i).screenshot());
  await page.close();
  return pictures;
}

const footer = (inner: string) => `<div style="font-size:9pt;width:100%;text-align:center">${inner}</div>`;
const number = '<span class="pageNumber"></span>';
const footers: Record<PdfStyle['pageNumbers'], string> = {
  none: '<span></span>',
  dashes: footer(`- ${number} -`),
  bare: footer(number),
  browser: footer(`https://www.example.invalid/art/1.html ${number}/<span class="totalPages"></span>`),
};

function pdfHtml(
  f: Figures,
  wording: Wording & Splits,
  tables: PrintedTable[],
  style: PdfStyle,
  pictures = new Map<PrintedTable, Uint8Array>(),
): string {
  const parts = [`<h1>${escapeHtml(titleOf(f))}</h1>`];
  if (f.invented) parts.push(`<p>${inventedNotice}</p>`);
  for (const section of reportSections(f, wording)) {
    parts.push(
      `<h2>${escapeHtml(section.title)}</h2>`,
      ...section.paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    );
    if (section.number === 3) parts.push(`<div style="height:${style.push}mm"></div>`);
    for (const table of tables) {
      const picture = pictures.get(table);
      const source = picture && `data:image/png;base64,${Buffer.from(picture).toString('base64')}`;
      if (table.section === section.number)
        parts.push(source ? `<img src="${source}" style="width:100%">` : tableHtml(table, style));
    }
  }
  const css = `
    body { font: ${style.size}pt/1.5 '${style.font}'; margin: 0${style.fakeBold ? '; text-shadow: 0.33pt 0 0 #000' : ''} }
    h1 { text-align: center; font-size: 1.7em } h2 { font-size: 1.1em; text-indent: 2em } p { text-indent: 2em }
    table { width: 100%; margin: 8pt 0 } td { text-align: center; padding: ${style.padding}; vertical-align: ${style.align} }
    tr { break-inside: ${style.cutRows ? 'auto' : 'avoid'} }
    ${borders[style.rules]}`;
  return `<!doctype html><html lang="zh-CN"><head><title>${escapeHtml(titleOf(f))}</title><style>${css}</style></head><body>${parts.join('\n')}</body></html>`;
}

function tableHtml({ rows }: PrintedTable, style: PdfStyle): string {
  const html = rows.map((row) => {
    const cells = row.map((c, i) => {
      const edge = style.rules === 'open' && (c.role === 'number' ? i === row.length - 1 : true) ? ' data-edge' : '';
      const light = c.runs?.find(({ look }) => look === 'light');
      const ground = light && light.way % 3 === 0 ? ' style="background:#4472c4"' : '';
      return `<td colspan="${c.colspan}" rowspan="${c.rowspan}"${edge}${ground}>${c.runs ? c.runs.map(runHtml).join('') : escapeHtml(c.text).replaceAll('\n', '<br>')}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  const head = style.repeatHeader ? rows.findIndex((row) => row.some((c) => c.role === 'number')) : 0;
  return `<table><thead>${html.slice(0, head).join('')}</thead><tbody>${html.slice(head).join('')}</tbody></table>`;
}

const styled = (css: string) => (text: string) => `<span style="${css}">${text}</span>`;

/** How a printed run comes to look so; text that a browser does not print at all is of no use here. */
const exact = '-webkit-print-color-adjust:exact;text-shadow:none';
const lookHtml: Partial<Record<PrintedRun['look'], ((text: string) => string)[]>> = {
  raised: [
    (text) => `<sup>${text}</sup>`,
    styled('vertical-align:super;font-size:0.65em'),
    styled('position:relative;top:-0.4em;font-size:0.6em'),
  ],
  struck: [(text) => `<s>${text}</s>`, styled('text-decoration:line-through'), (text) => `<del>${text}</del>`],
  white: [styled(`color:#fff;${exact}`), styled(`color:#fcfcfc;${exact}`)],
  // Without backgrounds, browsers print white text in the second of these.
  pale: [styled(`color:#ccc;${exact}`), styled(`color:#ababab;${exact}`)],
  light: [
    styled(`color:#fff;${exact}`),
    styled(`color:#fff;background:#1f4e79;${exact}`),
    styled(`color:#fff;background:#c00000;${exact}`),
  ],
  covered: ['#fff', '#000', '#888'].map(
    (colour) => (text: string) =>
      `<span style="position:relative">${text}<span style="position:absolute;inset:-1pt 0;background:${colour};${exact}"></span></span>`,
  ),
  clipped: [
    styled('position:absolute;clip-path:inset(0 99% 0 0)'),
    styled('position:absolute;clip:rect(0,0.2px,99px,0)'),
    styled('position:absolute;width:0.2px;overflow:hidden;white-space:nowrap'),
  ],
  field: [(text) => `<a href="${fieldAddress}${encodeURIComponent(text)}" style="display:block">&nbsp;</a>`],
  unseen: [
    styled('color:#fff;text-shadow:none;-webkit-print-color-adjust:exact'),
    styled('color:transparent;text-shadow:none;-webkit-print-color-adjust:exact'),
  ],
};

function runHtml({ text, look, way }: PrintedRun): string {
  const ways = lookHtml[look];
  return ways ? ways[way % ways.length]!(escapeHtml(text)) : escapeHtml(text);
}

/** A link that becomes a field with this value. */
const fieldAddress = 'https://field.example.invalid/';

/** Fields as forms of an office leave them when a program fills them in: a value, and nothing that says how it looks. */
async function withFields(bytes: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const { context } = document;
  const fields: PDFRef[] = [];
  for (const page of document.getPages()) {
    const annotations = page.node.Annots()?.asArray() ?? [];
    for (const reference of annotations) {
      const link = context.lookup(reference, PDFDict);
      const action = link.lookupMaybe(PDFName.of('A'), PDFDict);
      const address = action?.lookupMaybe(PDFName.of('URI'), PDFString)?.decodeText() ?? '';
      if (!address.startsWith(fieldAddress) || !(reference instanceof PDFRef)) continue;
      const value = PDFHexString.fromText(decodeURIComponent(address.slice(fieldAddress.length)));
      const name = PDFString.of(`f${fields.length}`);
      const kind = { Type: 'Annot', Subtype: 'Widget', Rect: link.get(PDFName.of('Rect'))!, F: 4 };
      // Every other field stands by itself, the rest are the only kid of theirs.
      if (fields.length % 2 === 0) {
        context.assign(reference, context.obj({ ...kind, FT: 'Tx', T: name, V: value }));
        fields.push(reference);
      } else {
        const field = context.register(context.obj({ FT: 'Tx', T: name, V: value, Kids: [reference] }));
        context.assign(reference, context.obj({ ...kind, Parent: field }));
        fields.push(field);
      }
    }
  }
  document.catalog.set(PDFName.of('AcroForm'), context.obj({ Fields: fields, DA: PDFString.of('/Helv 0 Tf 0 g') }));
  return document.save({ updateFieldAppearances: false });
}

async function rotate(bytes: Uint8Array, turn: number): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes);
  for (const page of document.getPages()) page.setRotation(degrees(turn));
  return document.save();
}

/** A browser for `composePdf`; close it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  return chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox', '--disable-gpu'] });
}
