import { composedTruth, utf8 } from './composed.ts';
import { drawFigures } from './draw.ts';
import type { Figures } from './figures.ts';
import { htmlPage } from './html.ts';
import { looks, type Looks } from './looks.ts';
import { createRandom, type Random } from './random.ts';
import { named, type Recipe } from './recipe.ts';
import { cleanStyle } from './styles.ts';

export const look: Recipe = (seed) => {
  const random = createRandom(seed);
  const [name, make] = named<(f: Figures, random: Random) => Looks>(looks, random);
  const { f, alter } = make(drawFigures(seed), random);
  const format = random.pick(['html'] as const);
  const truth = composedTruth(f, ['look', name, format], '万元');
  switch (format) {
    case 'html':
      return { extension: 'html', bytes: utf8(htmlPage(f, { ...cleanStyle, alter })), truth };
  }
};
