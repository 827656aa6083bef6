import { composedTruth, utf8, withoutDivision } from './composed.ts';
import { docFile, docStyles } from './doc.ts';
import { docxFile, docxStyles } from './docx.ts';
import { drawFigures } from './draw.ts';
import { htmlPage } from './html.ts';
import { tableDamages, type TableDamage } from './labels.ts';
import { createRandom, seedOf } from './random.ts';
import { named, type Recipe } from './recipe.ts';
import { rtfFile, rtfStyles } from './rtf.ts';
import { styleOf } from './styles.ts';
import { textPage, textStyles } from './text.ts';
import { xlsxFile, xlsxStyles } from './xlsx.ts';

export const labels: Recipe = (seed) => {
  const random = createRandom(seed);
  const f = drawFigures(seed);
  const [name, spoil] = named(tableDamages, random);
  const { splits, wording, undecidable }: TableDamage = spoil(f, random);
  const change = { ...splits, ...wording };
  const format = random.pick(['html', 'html', 'html', 'tabs', 'markdown', 'docx', 'doc', 'rtf', 'xlsx'] as const);
  const drawn = styleOf(seedOf(seed, 'style'));
  const amounts = format === 'html' ? drawn.amounts : '万元';
  const truth = composedTruth(f, ['labels', name, format], amounts, undecidable);
  switch (format) {
    case 'html':
      return { extension: 'html', bytes: utf8(htmlPage(f, { ...drawn, ...change })), truth };
    case 'docx':
      return {
        extension: 'docx',
        bytes: docxFile(f, { ...docxStyles.plain, ...change }),
        truth: withoutDivision(truth),
      };
    case 'doc':
      return { extension: 'doc', bytes: docFile(f, { ...docStyles.plain, ...change }), truth: withoutDivision(truth) };
    case 'rtf':
      return { extension: 'rtf', bytes: rtfFile(f, { ...rtfStyles.plain, ...change }), truth: withoutDivision(truth) };
    case 'xlsx':
      return {
        extension: 'xlsx',
        bytes: xlsxFile(f, { ...xlsxStyles.plain, ...change }),
        truth: withoutDivision(truth),
      };
    default: {
      const page = textPage(f, { ...textStyles[format], ...change });
      return { extension: 'txt', bytes: utf8(page), truth: withoutDivision(truth) };
    }
  }
};
