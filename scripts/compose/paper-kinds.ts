import { composedTruth, withoutDivision } from './composed.ts';
import { drawnPdf, drawDrawnStyle } from './drawn.ts';
import { drawDamage, drawFigures } from './draw.ts';
import type { HtmlStyle } from './html.ts';
import { looks, onPaper, type LookName } from './looks.ts';
import type { PdfStyle } from './pdf.ts';
import { createRandom, seedOf } from './random.ts';
import type { Recipe } from './recipe.ts';
import { cleanStyle, styleOf } from './styles.ts';

export const pdf: Recipe = async (seed, browser) => {
  const { f, damage } = drawDamage(drawFigures(seed), seed);
  const random = createRandom(seedOf(seed, 'look'));
  const { pdfDocument, pdfStyleOf } = await import('./paged.ts');
  const [, { rules }] = pdfStyleOf(seed);
  const look = random.pick(['none', 'none', ...onPaper.filter((name) => canStandOn(name, rules))] as const);
  const wording: HtmlStyle = {
    ...cleanStyle,
    ...styleOf(seedOf(seed, 'style')),
    script: 'simplified',
    ...(look === 'none' ? {} : { alter: looks[look](f, random).alter }),
  };
  const { bytes, style } = await pdfDocument(f, wording, seed, await browser());
  return {
    extension: 'pdf',
    bytes,
    truth: withoutDivision(
      composedTruth(f, ['pdf', style, damage, ...(look === 'none' ? [] : [look])], wording.amounts),
    ),
  };
};

export const drawn: Recipe = (seed) => {
  const { f, damage } = drawDamage(drawFigures(seed), seed);
  const style = drawDrawnStyle(createRandom(seedOf(seed, 'drawn')));
  const random = createRandom(seedOf(seed, 'look'));
  const look = random.pick([
    'none',
    'none',
    ...onPaper.filter((name) => name !== 'light' && name !== 'field'),
  ] as const);
  const { f: printed, ...altered } = look === 'none' ? { f } : looks[look](f, random);
  const tags = ['drawn', style.text, style.rules, style.page, damage, ...(look === 'none' ? [] : [look])];
  return {
    extension: 'pdf',
    bytes: drawnPdf(printed, { ...cleanStyle, ...altered }, style),
    truth: withoutDivision(composedTruth(printed, tags, cleanStyle.amounts)),
  };
};

/** White text is not as unseen on a tint as on paper, and cells of a colour draw uprights that a table with rules across has none of. */
const canStandOn = (name: LookName, rules: PdfStyle['rules']): boolean =>
  name === 'light'
    ? rules !== 'across'
    : !((name === 'white' || name === 'unseen') && ['fills', 'gaps', 'white'].includes(rules));

export const scan: Recipe = async (seed, browser) => {
  const { f, damage } = drawDamage(drawFigures(seed), seed);
  // Needs an optional dependency, which the other kinds do not.
  const { scannedDocument } = await import('./scanned.ts');
  const { bytes, extension, dpi, amounts } = await scannedDocument(f, seed, await browser());
  return { extension, bytes, truth: withoutDivision(composedTruth(f, ['scan', `${dpi}dpi`, damage], amounts)) };
};
