import { composedTruth, withoutDivision } from './composed.ts';
import { drawDamage, drawFigures } from './draw.ts';
import type { HtmlStyle } from './html.ts';
import { looks } from './looks.ts';
import { createRandom, seedOf } from './random.ts';
import type { Recipe } from './recipe.ts';
import { cleanStyle, styleOf } from './styles.ts';

export const pdf: Recipe = async (seed, browser) => {
  const { f, damage } = drawDamage(drawFigures(seed), seed);
  const random = createRandom(seedOf(seed, 'look'));
  const look = random.pick(['none', 'none', 'note_mark', 'struck', 'unseen'] as const);
  const wording: HtmlStyle = {
    ...cleanStyle,
    ...styleOf(seedOf(seed, 'style')),
    script: 'simplified',
    ...(look === 'none' ? {} : { alter: looks[look](f, random).alter }),
  };
  const { pdfDocument } = await import('./paged.ts');
  const { bytes, style } = await pdfDocument(f, wording, seed, await browser());
  return {
    extension: 'pdf',
    bytes,
    truth: withoutDivision(
      composedTruth(f, ['pdf', style, damage, ...(look === 'none' ? [] : [look])], wording.amounts),
    ),
  };
};

export const scan: Recipe = async (seed, browser) => {
  const { f, damage } = drawDamage(drawFigures(seed), seed);
  // Needs an optional dependency, which the other kinds do not.
  const { scannedDocument } = await import('./scanned.ts');
  const { bytes, extension, dpi, amounts } = await scannedDocument(f, seed, await browser());
  return { extension, bytes, truth: withoutDivision(composedTruth(f, ['scan', `${dpi}dpi`, damage], amounts)) };
};
