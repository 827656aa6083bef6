import {
  annexFigures,
  annexPage,
  annexText,
  blankAnnexZeros,
  composeAnnex,
  drawAnnexStyle,
  type AnnexStyle,
} from './annex.ts';
import { cloneDamages, type CloneDamageName } from './clones.ts';
import { utf8 } from './composed.ts';
import { blankTotals, blankZeros, onlyTotals, plantWrongSum, withoutLines } from './damage.ts';
import { docFile, docStyles } from './doc.ts';
import { docxFile, docxStyles } from './docx.ts';
import { embeddings } from './embedded.ts';
import { encode, type Charset } from './encode.ts';
import { composeFigures, type Figures } from './figures.ts';
import { htmlPage, toTraditional, type HtmlStyle } from './html.ts';
import { tableDamages, type TableDamageName } from './labels.ts';
import { mhtFile, mhtStyles } from './mht.ts';
import { manyPages, type ManyName } from './many.ts';
import { mojibake, type Mojibake } from './mojibake.ts';
import { insteadPages } from './pages-instead.ts';
import { lookPages } from './pages-looks.ts';
import { shapedPages } from './pages-shaped.ts';
import type { PdfStyleName } from './pdf.ts';
import { createRandom, seedOf } from './random.ts';
import type { Page, PageRecipe } from './recipe.ts';
import { rtfFile, rtfStyles } from './rtf.ts';
import type { ScanDamage } from './scan.ts';
import { cleanStyle, htmlStyles, type HtmlStyleName } from './styles.ts';
import { textPage, textStyles, type TextStyle } from './text.ts';
import { titles } from './titles.ts';
import { hz, inTwoEncodings } from './two-encodings.ts';
import { xlsxFile, xlsxStyles } from './xlsx.ts';

const county = composeFigures({
  seed: 1,
  publisher: '示例市甲区人民政府',
  division_code: '990101',
  year: 2022,
  edition: '2021',
  size: 'large',
});
const office = composeFigures({
  seed: 2,
  publisher: '示例市乙区人民政府办公室',
  division_code: '990102',
  year: 2020,
  edition: '2019',
  size: 'large',
});
const bureau = composeFigures({
  seed: 3,
  publisher: '示例市丙区水务局',
  division_code: '990103',
  year: 2023,
  edition: '2021',
});
const mixed = composeFigures({ ...bureau, seed: 4, mixed: true });

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsVPZKQAAAABJRU5ErkJggg==',
  'base64',
);

const html = (f: Figures, style: HtmlStyle = cleanStyle, charset: Charset = 'utf-8'): Page => ({
  extension: 'html',
  bytes: encode(htmlPage(f, style), charset),
});
const styled =
  (name: HtmlStyleName, f: Figures = county): PageRecipe =>
  () =>
    html(f, htmlStyles[name]);
/** What the bytes are in, and what the page says they are in. */
const inCharset =
  (charset: Charset, label: string | null, style: HtmlStyle = cleanStyle): PageRecipe =>
  () =>
    html(bureau, { ...style, charset: label }, charset);

const saved =
  (name: keyof typeof mhtStyles, charset: Charset, style: HtmlStyle = cleanStyle): PageRecipe =>
  () => ({ extension: 'mht', bytes: mhtFile(encode(htmlPage(bureau, style), charset), mhtStyles[name]) });

const txt = (text: string): Page => ({ extension: 'txt', bytes: utf8(text) });
const text =
  (style: TextStyle, f: Figures = county): PageRecipe =>
  () =>
    txt(textPage(f, style));
const markdown =
  (style: TextStyle): PageRecipe =>
  () => ({ extension: 'md', bytes: utf8(textPage(office, style)) });

const docx =
  (name: keyof typeof docxStyles): PageRecipe =>
  () => ({ extension: 'docx', bytes: docxFile(county, docxStyles[name]) });
const doc =
  (name: keyof typeof docStyles): PageRecipe =>
  () => ({ extension: 'doc', bytes: docFile(office, docStyles[name]) });
const rtf =
  (name: keyof typeof rtfStyles): PageRecipe =>
  () => ({ extension: 'rtf', bytes: rtfFile(office, rtfStyles[name]) });
const sheet =
  (name: keyof typeof xlsxStyles): PageRecipe =>
  () => {
    const style = xlsxStyles[name];
    return { extension: style.format === 'biff8' ? 'xls' : 'xlsx', bytes: xlsxFile(county, style) };
  };

const annexOf = (size: 'small' | 'large') =>
  composeAnnex({
    seed: 5,
    size,
    publisher: size === 'large' ? '示例市丁区人民政府' : '示例市丁区教育局',
    division_code: '990104',
    year: 2016,
  });
const annexStyle: AnnexStyle = {
  unitColumn: true,
  aliases: null,
  brackets: 'fullwidth',
  indent: '\u3000',
  header: '统计数',
  partMark: '——',
  absent: '',
  numbers: true,
  commas: false,
};

const clone =
  (name: CloneDamageName, style: HtmlStyle = cleanStyle): PageRecipe =>
  () => ({
    extension: 'html',
    bytes: utf8(cloneDamages[name](htmlPage(bureau, style), createRandom(seedOf('clone', name)))),
  });
const garbled =
  (how: Mojibake): PageRecipe =>
  () => ({ extension: 'html', bytes: utf8(mojibake(htmlPage(bureau, cleanStyle), how)) });
const embedded =
  (name: keyof typeof embeddings): PageRecipe =>
  () => {
    const { text, extension } = embeddings[name](bureau, cleanStyle, createRandom(seedOf('embedded', name)));
    return { extension, bytes: utf8(text) };
  };
const many =
  (name: ManyName, seed = 1): PageRecipe =>
  () => ({
    extension: 'html',
    bytes: utf8(manyPages[name](county, cleanStyle, createRandom(seed)).page),
  });
const damagedTable =
  (name: TableDamageName, seed = 1): PageRecipe =>
  () => {
    const { splits, wording } = tableDamages[name](county, createRandom(seed)) as ReturnType<
      (typeof tableDamages)['subtotal_rows']
    >;
    return html(county, { ...cleanStyle, ...splits, ...wording });
  };

const titled = (name: keyof typeof titles): Figures => ({ ...bureau, title: titles[name](bureau) });

const pdf =
  (name: PdfStyleName): PageRecipe =>
  async (browser) => {
    const { composePdf, pdfStyles } = await import('./pdf.ts');
    const { redated } = await import('./paged.ts');
    const { bytes } = await composePdf(bureau, cleanStyle, pdfStyles[name], await browser());
    // Written anew: free of the time, and half the size.
    return { extension: 'pdf', bytes: await redated(bytes) };
  };
const scan =
  (type: 'pdf' | 'png'): PageRecipe =>
  async (browser) => {
    const { cleanScan, plainSheet, scanPdf, scanSheets, scanStrip } = await import('./scan.ts');
    const { redated } = await import('./paged.ts');
    const damage: ScanDamage = { ...cleanScan, dpi: 150, ...(type === 'pdf' ? { skew: 0.4, noise: 6, jpeg: 45 } : {}) };
    const sheets = await scanSheets(bureau, plainSheet, damage, await browser());
    if (type === 'png') {
      // Four greys: a third of the size.
      const strip = (await import('sharp')).default(await scanStrip(sheets, 'image/png'));
      return { extension: 'png', bytes: await strip.png({ palette: true, colours: 4, effort: 10 }).toBuffer() };
    }
    return { extension: 'pdf', bytes: await redated(await scanPdf(sheets, damage.dpi)) };
  };

/** A PDF with text, of which one page is a scan or tables are pictures. */
const mixedPaper =
  (as: 'page' | 'table', seed: number): PageRecipe =>
  async (browser) => {
    const { mixedPdf } = await import('./scanned.ts');
    const { cleanScan } = await import('./scan.ts');
    const { redated } = await import('./paged.ts');
    const damage: ScanDamage = { ...cleanScan, dpi: 150, noise: 4, jpeg: 50 };
    const bytes = await mixedPdf(bureau, cleanStyle, as, damage, createRandom(seed), await browser());
    return { extension: 'pdf', bytes: await redated(bytes) };
  };

/**
 * How the source of every golden page in `test/pages/` was made: a folder's name says what the page shows, its recipe
 * here gives the same bytes again (those that a browser prints, on one machine). Places and figures are invented.
 */
export const pages: Record<string, PageRecipe> = {
  // editions
  'html-edition-2021': styled('clean', county),
  'html-edition-2019': styled('clean', office),
  'html-edition-mixed': styled('clean', mixed),

  // markup and wording
  'html-word-export': styled('word'),
  'html-layout-table-vertical-headers': styled('layout', office),
  'html-nested-tables': styled('nested'),
  'html-split-in-three': () => html(office, { ...cleanStyle, parts: 3, explanation: true }),
  'html-split-group-repeated': styled('split_repeated'),
  'html-empty-cells': styled('empty_cells', blankZeros(bureau)),
  'html-long-dashes': styled('long_dashes', blankZeros(bureau)),
  'html-slashes': styled('slashes', blankZeros(office)),
  'html-fullwidth-digits': styled('fullwidth'),
  'html-thousands-separators': styled('commas', office),
  'html-label-variants': styled('aliases'),
  'html-label-variants-2019': styled('more_aliases', office),
  'html-amounts-in-yuan': styled('yuan'),
  'html-amounts-without-unit': styled('unitless'),
  'html-notes-beside-numbers': styled('notes'),
  'html-without-captions': styled('captionless', office),
  'html-subtotal-rows': styled('subtotals'),
  'html-traditional': styled('traditional'),

  // charsets
  'html-gb18030-labelled-gb2312': inCharset('gb18030', 'gb2312'),
  'html-gb18030-labelled-utf-8': inCharset('gb18030', 'utf-8'),
  'html-gb18030-unlabelled': inCharset('gb18030', null),
  'html-utf-8-labelled-gb2312': inCharset('utf-8', 'gb2312'),
  'html-big5': inCharset('big5', 'big5', htmlStyles.traditional),
  'html-big5-unlabelled': inCharset('big5', null, htmlStyles.traditional),
  'html-utf-16': () => ({
    extension: 'html',
    bytes: Buffer.from(`\ufeff${htmlPage(bureau, { ...cleanStyle, charset: 'utf-16' })}`, 'utf16le'),
  }),
  'html-mojibake-latin1': garbled({ readAs: 'latin1', bytes: 'kept' }),
  'html-mojibake-windows-1252': garbled({ readAs: 'windows-1252', bytes: 'kept' }),
  'html-mojibake-gbk': garbled({ readAs: 'gbk', bytes: 'kept' }),
  'html-mojibake-gbk-lost': garbled({ readAs: 'gbk', bytes: 'lost' }),

  // figures as some offices print them
  'html-blank-totals': () => html(blankTotals(county)),
  'html-only-totals': () => html(onlyTotals(county)),
  'html-wrong-sum': () => html(plantWrongSum(county, 1)),
  'html-lines-left-out': () =>
    html(withoutLines(office, 'requests', ['denied_enforcement_file', 'unavailable_still_unclear'])),

  // tables damaged
  'html-labels-misspelt': damagedTable('typos'),
  'html-label-lost': damagedTable('lost_label'),
  'html-subtotal-column': damagedTable('subtotal_column'),
  'html-rows-out-of-order': damagedTable('out_of_order'),
  'html-row-cut-by-page': damagedTable('row_cut'),
  'html-group-label-once': damagedTable('group_once'),
  'html-header-again': damagedTable('header_again'),
  'html-page-numbers-in-table': damagedTable('page_numbers'),
  'html-row-shifted-right': damagedTable('shifted_row', 1),
  'html-row-shifted-left': damagedTable('shifted_row', 4),

  // more tables than one report has, or fewer
  'html-years-side-by-side': many('years_side_by_side'),
  'html-last-year-after-named': many('last_year_after', 1),
  'html-last-year-after-unnamed': many('last_year_after', 3),
  'html-department-below': many('department_below'),
  'html-crowded-layout': many('crowded_layout'),
  'html-table-as-picture': many('picture_only'),

  // articles inside something else
  'html-catalogue-platform': embedded('catalogue'),
  'html-in-two-encodings': () => ({
    extension: 'html',
    bytes: inTwoEncodings(htmlPage(bureau, cleanStyle), 'gb18030', 'utf-8'),
  }),
  'html-in-two-encodings-big5': () => ({
    extension: 'html',
    bytes: inTwoEncodings(toTraditional(htmlPage(bureau, cleanStyle)), 'utf-8', 'big5'),
  }),
  'html-in-hz': () => ({ extension: 'html', bytes: hz(htmlPage(bureau, { ...cleanStyle, charset: 'hz-gb-2312' })) }),
  'html-in-textarea': embedded('textarea'),
  'html-in-template': embedded('template'),
  'html-in-attribute': embedded('attribute'),
  'html-escaped-once-too-often': embedded('escaped_once'),
  'html-in-script-backticks': embedded('backtick'),
  'html-in-script-percent-encoded': embedded('percent_u'),
  'html-in-script-in-pieces': embedded('joined'),
  'html-in-script': embedded('script'),
  'html-in-script-single-quoted': embedded('quoted'),
  'json-article': embedded('json'),

  // titles
  'html-title-trail': () => html(titled('trail')),
  'html-title-advertised': () => html(titled('advertised')),
  'html-title-notice': () => html(titled('notice')),
  'text-title-field': text(textStyles.tabs, titled('field')),
  'text-title-sentence': text(textStyles.tabs, titled('sentence')),
  'text-title-in-brackets': text(textStyles.tabs, titled('in_brackets')),
  'text-title-of-nobody': text(textStyles.tabs, { ...bureau, title: `我局${bureau.year}年政府信息公开工作年度报告` }),
  'text-title-after-list': text(textStyles.tabs, {
    ...bureau,
    title: `首页 > 示例市财政局${bureau.year}年政府信息公开工作年度报告\n\n${titles.year_last(bureau)}`,
  }),

  // sites that copy portals
  'clone-toned-readings': clone('toned'),
  'clone-plain-readings-traditional': clone('plain', htmlStyles.traditional),
  'clone-fullwidth-readings': clone('fullwidth'),
  'clone-nested-readings': clone('nested'),
  'clone-domain-in-text': clone('domain_in_text'),
  'clone-domain-in-organ': clone('domain_in_organ'),
  'clone-advertised-title': clone('advertised'),
  'clone-taiwan-vocabulary': clone('taiwan'),
  'clone-conversion-slips': clone('slips'),

  // text
  'text-tabs': text(textStyles.tabs),
  'text-tabs-split': text(textStyles.tabs_split, office),
  'text-pasted': text(textStyles.pasted),
  'text-pasted-split': text(textStyles.pasted_split, office),
  'text-pasted-numbers-after-first-piece': text(textStyles.pasted_first),
  'text-pasted-running-head': text(textStyles.pasted_heads),
  'text-pasted-blanks-collapsed': text(textStyles.pasted, blankZeros(bureau)),
  'text-cell-a-line': text(textStyles.cell_per_line),
  'text-cell-a-line-blanks-collapsed': text(textStyles.cell_per_line, blankZeros(bureau)),
  'text-gb18030': () => ({ extension: 'txt', bytes: encode(textPage(bureau, textStyles.tabs), 'gb18030') }),
  'text-with-byte-order-mark': () => txt(`\ufeff${textPage(bureau, textStyles.tabs)}`),
  'markdown-pipes': markdown(textStyles.markdown),
  'markdown-table-a-line': markdown(textStyles.markdown_lines),
  'markdown-cut-by-pages': markdown(textStyles.markdown_cut),

  // the annex of 2014 to 2018
  'annex-html': () => html2014(),
  'annex-html-label-variants': () => html2014({ ...annexStyle, aliases: 7, unitColumn: false, brackets: 'ascii' }),
  'annex-html-zeros-blank': () => ({
    extension: 'html',
    bytes: utf8(annexPage(blankAnnexZeros(annexOf('small')), { ...annexStyle, numbers: false }, cleanStyle)),
  }),
  'annex-text-tabs': () => txt(annexText(annexOf('large'), annexStyle, 'tabs')),
  'annex-text-pasted': () => txt(annexText(annexOf('large'), annexStyle, 'blanks')),
  'annex-text-cell-a-line': () => txt(annexText(annexOf('large'), drawAnnexStyle(3), 'cells')),
  'annex-docx': () => ({
    extension: 'docx',
    bytes: docxFile(annexFigures(annexOf('large'), annexStyle), docxStyles.plain),
  }),
  'annex-doc': () => ({
    extension: 'doc',
    bytes: docFile(annexFigures(annexOf('small'), annexStyle), docStyles.plain),
  }),
  'annex-xlsx': () => ({
    extension: 'xlsx',
    bytes: xlsxFile(annexFigures(annexOf('large'), { ...annexStyle, commas: true }), xlsxStyles.plain),
  }),

  // files of an office
  'docx-plain': docx('plain'),
  'mht-of-word': saved('word', 'gb18030', htmlStyles.word),
  'mht-mislabelled': saved('word_mislabelled', 'gb18030'),
  'mht-of-browser': saved('browser', 'utf-8'),
  'docx-edited-runs': docx('edited'),
  'docx-tracked-changes': docx('tracked'),
  'docx-nested-tables': docx('nested'),
  'docx-headings-in-text-boxes': docx('boxed'),
  'docx-automatic-numbers': docx('numbered'),
  'docx-content-controls': docx('controls'),
  'docx-split': docx('split'),
  'doc-plain': doc('plain'),
  'doc-crooked-edges': doc('crooked'),
  'doc-tracked-changes': doc('tracked'),
  'doc-nested-tables': doc('nested'),
  'doc-automatic-numbers': doc('numbered'),
  'doc-text-in-pieces': doc('pieces'),
  'doc-split': doc('split'),
  'rtf-plain': rtf('plain'),
  'rtf-characters-by-number': rtf('unicode'),
  'rtf-merged-across': rtf('merged'),
  'rtf-tracked-changes': rtf('tracked'),
  'rtf-nested-tables': rtf('nested'),
  'rtf-automatic-numbers': rtf('numbered'),
  'rtf-fields-and-notes': rtf('furnished'),
  'xlsx-one-sheet': sheet('plain'),
  'xlsx-a-sheet-a-table': sheet('sheets'),
  'xlsx-tight-texts': sheet('tight'),
  'xls-one-sheet': sheet('old'),
  'xls-a-sheet-a-table': sheet('old_sheets'),

  // paper
  'pdf-ruled': pdf('solid'),
  'pdf-rows-cut-by-pages': pdf('cut_top'),
  'pdf-header-on-every-page': pdf('repeated'),
  'pdf-rules-across-only': pdf('across'),
  'pdf-unruled': pdf('borderless'),
  'pdf-cells-of-colour': pdf('fills'),
  'pdf-printed-by-browser': pdf('large'),
  'pdf-turned': pdf('turned_back'),
  'scan-pdf': scan('pdf'),
  'scan-page-among-text': mixedPaper('page', 1),
  'scan-tables-in-text': mixedPaper('table', 2),
  'scan-picture': scan('png'),
  'picture-without-recognition': () => ({ extension: 'png', bytes: onePixel }),

  ...insteadPages,
  ...lookPages,
  ...shapedPages,
};

function html2014(style: AnnexStyle = annexStyle): Page {
  return { extension: 'html', bytes: utf8(annexPage(annexOf('large'), style, cleanStyle)) };
}
