import { changedTable } from './changes.ts';
import { composedTruth, utf8, withoutDivision } from './composed.ts';
import { docFile, docStyles } from './doc.ts';
import { docxFile, docxStyles } from './docx.ts';
import { drawFigures } from './draw.ts';
import { composeFigures, type Figures } from './figures.ts';
import { htmlPage } from './html.ts';
import { createRandom, seedOf } from './random.ts';
import type { Recipe } from './recipe.ts';
import { rtfFile, rtfStyles } from './rtf.ts';
import { cleanStyle } from './styles.ts';
import { textPage, textStyles } from './text.ts';
import { oneUnit, placings, twoUnits, unknownUnit, withUnit, type PlacingName } from './units.ts';
import { xlsxFile, xlsxStyles } from './xlsx.ts';

const AMOUNT = 'proactive/fees/amount';
const TITLE = '主动公开政府信息情况';

export const formats = ['html', 'tabs', 'markdown', 'pasted', 'docx', 'doc', 'rtf', 'xlsx', 'pdf'] as const;
type Format = (typeof formats)[number];
/** Formats in which a page of text is printed, whose headings may state the unit too. */
const ofPages: readonly Format[] = ['html', 'tabs', 'markdown', 'pasted'];

const placesIn = (format: Format): PlacingName[] =>
  (Object.keys(placings) as PlacingName[]).filter((name) => name !== 'heading' || ofPages.includes(format));

/** What the documents of a format show, in turn. */
export const kinds = (format: Format): string[] => [...placesIn(format), 'conflict', 'unknown'];

/** One document whose amount is in a unit of the grammar, in none, or in two; format and place follow the seed in turn. */
export const unit: Recipe = async (seed, browser) => {
  const random = createRandom(seedOf(seed, 'unit'));
  const format = formats[seed % formats.length]!;
  const names = placesIn(format);
  const what = kinds(format)[Math.floor(seed / formats.length) % kinds(format).length]!;
  const name = names.find((place) => place === what) ?? random.pick(names);
  const printed =
    what === 'conflict' ? twoUnits(random) : what === 'unknown' ? unknownUnit(name, random) : oneUnit(name, random);
  const digits = `${random.whole(1, 999)}.${random.whole(1, 9)}`;
  const drawn = drawFigures(seed);
  const whole = composeFigures({ ...drawn, seed, year: 2021 + (seed % 3), edition: '2021', size: 'large' });
  const value = printed.places === null ? Number(digits) : Number(`${digits}e${printed.places}`);
  const f: Figures = { ...whole, cells: new Map(whole.cells).set(AMOUNT, value) };
  const altered = { ...changedTable('proactive', withUnit(digits, printed)) };
  const page = (text: string) => text.replace(TITLE, TITLE + printed.stated.heading);
  const truth = composedTruth(f, ['unit', what, format], '万元');
  const bare = { extension: format as string, truth: withoutDivision(truth) };
  switch (format) {
    case 'html':
      return { ...bare, bytes: utf8(page(htmlPage(f, { ...cleanStyle, ...altered }))), truth };
    case 'docx':
      return { ...bare, bytes: docxFile(f, { ...docxStyles.plain, ...altered }) };
    case 'doc':
      return { ...bare, bytes: docFile(f, { ...docStyles.plain, ...altered }) };
    case 'rtf':
      return { ...bare, bytes: rtfFile(f, { ...rtfStyles.plain, ...altered }) };
    case 'xlsx':
      return { ...bare, bytes: xlsxFile(f, { ...xlsxStyles.plain, ...altered }) };
    case 'pdf': {
      const { pdfDocument } = await import('./paged.ts');
      const { bytes } = await pdfDocument(f, { ...cleanStyle, ...altered }, seed, await browser());
      return { ...bare, bytes };
    }
    default:
      return { ...bare, extension: 'txt', bytes: utf8(page(textPage(f, { ...textStyles[format], ...altered }))) };
  }
};
