import { composeFigures } from './figures.ts';
import { drawLook, looks } from './looks.ts';
import { createRandom, seedOf } from './random.ts';
import type { PdfStyleName } from './pdf.ts';
import { repacked, textOf } from './ooxml.ts';
import type { PageRecipe } from './recipe.ts';
import { cleanStyle } from './styles.ts';
import { xlsxFile, xlsxStyles } from './xlsx.ts';

/** Golden pages whose numbers have something beside them that is no part of them, in every way a format has for it. */

const bureau = composeFigures({
  seed: 31,
  publisher: '示例市壬区水务局',
  division_code: '990109',
  year: 2023,
  edition: '2021',
  size: 'large',
});

const page =
  (name: keyof typeof looks, format: Parameters<typeof drawLook>[2]): PageRecipe =>
  () => {
    const { f, alter } = looks[name](bureau, createRandom(seedOf('look', name)));
    return drawLook(f, alter, format);
  };

const pdf =
  (name: keyof typeof looks, style: PdfStyleName = 'solid'): PageRecipe =>
  async (browser) => {
    const { composePdf, pdfStyles } = await import('./pdf.ts');
    const { redated } = await import('./paged.ts');
    const { f, alter } = looks[name](bureau, createRandom(seedOf('look', name)));
    const { bytes } = await composePdf(f, { ...cleanStyle, alter }, pdfStyles[style], await browser());
    return { extension: 'pdf', bytes: await redated(bytes) };
  };

/** A workbook with one of its numbers in a cell whose whole font is struck. */
const struckCell: PageRecipe = () => ({
  extension: 'xlsx',
  bytes: repacked(xlsxFile(bureau, xlsxStyles.plain), (parts) => ({
    ...parts,
    'xl/styles.xml': textOf(parts['xl/styles.xml']!)
      .replace('</fonts>', '<font><strike/></font></fonts>')
      .replace('</cellXfs>', '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0"/></cellXfs>'),
    'xl/worksheets/sheet1.xml': textOf(parts['xl/worksheets/sheet1.xml']!).replace(
      /(行政许可<\/v><\/c><c r="[A-Z]+\d+")/,
      '$1 s="1"',
    ),
  })),
});

/** A workbook that hides the row of one line of the form. */
const hiddenRow: PageRecipe = () => ({
  extension: 'xlsx',
  bytes: repacked(xlsxFile(bureau, xlsxStyles.plain), (parts) => ({
    ...parts,
    'xl/worksheets/sheet1.xml': textOf(parts['xl/worksheets/sheet1.xml']!).replace(
      /<row (?=(?:(?!<\/row>).)*属于行政执法案卷)/,
      '<row hidden="1" ',
    ),
  })),
});

export const lookPages: Record<string, PageRecipe> = {
  'xlsx-struck-cell': struckCell,
  'xlsx-hidden-row': hiddenRow,
  'html-note-marks': page('note_mark', 'html'),
  'html-struck-numbers': page('struck', 'html'),
  'html-unseen-digits': page('unseen', 'html'),
  'html-only-struck-numbers': page('only_struck', 'html'),
  'html-digits-by-style-sheet': page('styled', 'html'),
  'html-digits-as-pictures': page('pictured', 'html'),
  'docx-note-marks': page('note_mark', 'docx'),
  'docx-struck-numbers': page('struck', 'docx'),
  'docx-unseen-digits': page('unseen', 'docx'),
  'doc-note-marks': page('note_mark', 'doc'),
  'doc-struck-numbers': page('struck', 'doc'),
  'doc-unseen-digits': page('unseen', 'doc'),
  'rtf-note-marks': page('note_mark', 'rtf'),
  'rtf-struck-numbers': page('struck', 'rtf'),
  'rtf-unseen-digits': page('unseen', 'rtf'),
  'html-white-digits': page('white', 'html'),
  'html-white-on-colour': page('light', 'html'),
  'html-pale-digits': page('pale', 'html'),
  'docx-white-digits': page('white', 'docx'),
  'docx-white-on-colour': page('light', 'docx'),
  'docx-pale-digits': page('pale', 'docx'),
  'doc-white-digits': page('white', 'doc'),
  'doc-white-on-colour': page('light', 'doc'),
  'doc-pale-digits': page('pale', 'doc'),
  'xlsx-note-marks': page('note_mark', 'xlsx'),
  'xlsx-struck-numbers': page('struck', 'xlsx'),
  'xlsx-white-digits': page('white', 'xlsx'),
  'xlsx-pale-digits': page('pale', 'xlsx'),
  'xls-note-marks': page('note_mark', 'xls'),
  'xls-struck-numbers': page('struck', 'xls'),
  'xls-only-struck-numbers': page('only_struck', 'xls'),
  'xls-white-digits': page('white', 'xls'),
  'xls-pale-digits': page('pale', 'xls'),
  'pdf-note-marks': pdf('note_mark'),
  'pdf-struck-numbers': pdf('struck'),
  'pdf-unseen-digits': pdf('unseen'),
  'pdf-only-struck-numbers': pdf('only_struck'),
  'pdf-only-struck-numbers-without-rules': pdf('only_struck', 'borderless'),
  'pdf-white-on-colour': pdf('light'),
  'pdf-white-on-colour-without-rules': pdf('light', 'borderless'),
  'pdf-pale-digits': pdf('pale'),
  'pdf-covered-digits': pdf('covered'),
  'pdf-clipped-digits': pdf('clipped'),
  'pdf-fields-without-appearance': pdf('field'),
};
