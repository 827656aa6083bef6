import { composedTruth, utf8, withoutDivision } from './composed.ts';
import { blankZeros } from './damage.ts';
import { docxFile, docxStyles } from './docx.ts';
import { drawFigures } from './draw.ts';
import type { Figures } from './figures.ts';
import { htmlPage } from './html.ts';
import { layouts, type Layout } from './layouts.ts';
import { createRandom, type Random } from './random.ts';
import { named, type Recipe } from './recipe.ts';
import { cleanStyle } from './styles.ts';
import { textPage, textStyles } from './text.ts';
import { xlsxFile, xlsxStyles } from './xlsx.ts';

export const layout: Recipe = (seed) => {
  const random = createRandom(seed);
  const all = drawFigures(seed);
  // Blanks keep the equations from saying what the layout hides.
  const drawn = random.chance(0.4) ? blankZeros(all, ['requests']) : all;
  const [name, lay] = named<(f: Figures, random: Random) => Layout>(layouts, random);
  const { f = drawn, alter, formats, page = (text: string) => text, undecidable } = lay(drawn, random);
  const format = random.pick(formats);
  const truth = composedTruth(f, ['layout', name, format], '万元', undecidable);
  switch (format) {
    case 'html':
      return { extension: 'html', bytes: utf8(page(htmlPage(f, { ...cleanStyle, alter }))), truth };
    case 'docx':
      return { extension: 'docx', bytes: docxFile(f, { ...docxStyles.plain, alter }), truth: withoutDivision(truth) };
    case 'xlsx':
      return { extension: 'xlsx', bytes: xlsxFile(f, { ...xlsxStyles.plain, alter }), truth: withoutDivision(truth) };
    default:
      return {
        extension: 'txt',
        bytes: utf8(textPage(f, { ...textStyles[format], alter })),
        truth: withoutDivision(truth),
      };
  }
};
