import {
  annexFigures,
  annexPage,
  annexText,
  annexTruth,
  blankAnnexZeros,
  composeAnnex,
  drawAnnexStyle,
} from './annex.ts';
import { utf8, withoutDivision } from './composed.ts';
import { docFile, docStyles } from './doc.ts';
import { docxFile, docxStyles } from './docx.ts';
import { encode } from './encode.ts';
import { departmentOf, departments, districts, governmentOf } from './names.ts';
import { createRandom, seedOf } from './random.ts';
import { drawCharset, type Recipe } from './recipe.ts';
import { styleOf } from './styles.ts';
import { xlsxFile, xlsxStyles } from './xlsx.ts';

export const annex: Recipe = (seed) => {
  const random = createRandom(seed);
  const place = random.pick(districts);
  const size = random.pick(['small', 'large'] as const);
  const publisher = size === 'large' ? governmentOf(place) : departmentOf(place, random.pick(departments));
  const { division_code } = place;
  const whole = composeAnnex({
    seed: seedOf(seed, 'figures'),
    size,
    publisher,
    division_code,
    year: random.whole(2014, 2018),
  });
  const blank = random.chance(0.25);
  const a = blank ? blankAnnexZeros(whole) : whole;
  const style = drawAnnexStyle(seedOf(seed, 'style'));
  const format = random.pick(['html', 'html', 'html', 'tabs', 'blanks', 'cells', 'docx', 'doc', 'xlsx'] as const);
  const truth = annexTruth(a, ['annex', format, ...(blank ? ['blank_zeros'] : [])]);
  switch (format) {
    case 'html': {
      const { charset, style: shell } = drawCharset(
        { ...styleOf(seedOf(seed, 'style')), script: 'simplified' },
        random,
      );
      return { extension: 'html', bytes: encode(annexPage(a, style, shell), charset), truth };
    }
    case 'docx':
      return {
        extension: 'docx',
        bytes: docxFile(annexFigures(a, style), docxStyles.plain),
        truth: withoutDivision(truth),
      };
    case 'doc':
      return {
        extension: 'doc',
        bytes: docFile(annexFigures(a, style), docStyles.plain),
        truth: withoutDivision(truth),
      };
    case 'xlsx':
      return {
        extension: 'xlsx',
        bytes: xlsxFile(annexFigures(a, style), xlsxStyles.plain),
        truth: withoutDivision(truth),
      };
    default:
      return { extension: 'txt', bytes: utf8(annexText(a, style, format)), truth: withoutDivision(truth) };
  }
};
