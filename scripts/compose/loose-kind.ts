import { composedTruth, utf8, withoutDivision } from './composed.ts';
import { drawFigures } from './draw.ts';
import type { Figures } from './figures.ts';
import { loose as damages, type Loose } from './loose.ts';
import { createRandom, type Random } from './random.ts';
import { named, type Recipe } from './recipe.ts';

/** Text whose tables lost their layout in ways that no style prints. */
export const loose: Recipe = (seed) => {
  const random = createRandom(seed);
  const f = drawFigures(seed);
  const [name, spoil] = named<(f: Figures, random: Random) => Loose>(damages, random);
  const { text, undecidable, untitled, figures } = spoil(f, random);
  const truth = withoutDivision(composedTruth(figures ?? f, ['loose', name], '万元', undecidable));
  return {
    extension: 'txt',
    bytes: utf8(text),
    truth: untitled ? { ...truth, report: { ...truth.report, publisher: null } } : truth,
  };
};
