import { composedTruth } from './composed.ts';
import { drawDamage, drawFigures } from './draw.ts';
import { encode } from './encode.ts';
import { htmlPage, type HtmlStyle } from './html.ts';
import { mhtFile, mhtStyles, type MhtStyle } from './mht.ts';
import { createRandom, seedOf } from './random.ts';
import { named, type Recipe } from './recipe.ts';
import { styleOf } from './styles.ts';

/** A page saved in one file. */
export const mht: Recipe = (seed) => {
  const random = createRandom(seed);
  const { f, damage } = drawDamage(drawFigures(seed), seed);
  const [name, saved] = named<MhtStyle>(mhtStyles, random);
  const charset = random.pick(['utf-8', 'gb18030'] as const);
  const style: HtmlStyle = { ...styleOf(seedOf(seed, 'style')), script: 'simplified', charset: saved.label };
  return {
    extension: random.pick(['mht', 'mhtml']),
    bytes: mhtFile(encode(htmlPage(f, style), charset), saved),
    truth: composedTruth(f, ['mht', name, damage, charset], style.amounts),
  };
};
