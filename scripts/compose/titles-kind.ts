import { composedTruth, utf8, withoutDivision } from './composed.ts';
import { docFile, docStyles } from './doc.ts';
import { docxFile, docxStyles } from './docx.ts';
import { drawFigures } from './draw.ts';
import type { Figures } from './figures.ts';
import { htmlPage } from './html.ts';
import { createRandom } from './random.ts';
import { named, type Recipe } from './recipe.ts';
import { rtfFile, rtfStyles } from './rtf.ts';
import { cleanStyle } from './styles.ts';
import { textPage, textStyles } from './text.ts';
import { titles } from './titles.ts';
import { xlsxFile, xlsxStyles } from './xlsx.ts';

export const title: Recipe = (seed) => {
  const random = createRandom(seed);
  const drawn = drawFigures(seed);
  const [name, print] = named<(f: Figures) => string>(titles, random);
  const f = { ...drawn, title: print(drawn) };
  // Text that begins with a script is a web page.
  const format =
    name === 'script' ? 'html' : random.pick(['html', 'tabs', 'markdown', 'docx', 'doc', 'rtf', 'xlsx'] as const);
  const truth = composedTruth(f, ['title', name, format], '万元');
  switch (format) {
    case 'html':
      return { extension: 'html', bytes: utf8(htmlPage(f, cleanStyle)), truth };
    case 'docx':
      return { extension: 'docx', bytes: docxFile(f, docxStyles.plain), truth: withoutDivision(truth) };
    case 'doc':
      return { extension: 'doc', bytes: docFile(f, docStyles.plain), truth: withoutDivision(truth) };
    case 'rtf':
      return { extension: 'rtf', bytes: rtfFile(f, rtfStyles.plain), truth: withoutDivision(truth) };
    case 'xlsx':
      return { extension: 'xlsx', bytes: xlsxFile(f, xlsxStyles.plain), truth: withoutDivision(truth) };
    default:
      return { extension: 'txt', bytes: utf8(textPage(f, textStyles[format])), truth: withoutDivision(truth) };
  }
};
