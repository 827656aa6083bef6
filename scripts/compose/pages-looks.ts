import { utf8 } from './composed.ts';
import { composeFigures } from './figures.ts';
import { htmlPage } from './html.ts';
import { looks } from './looks.ts';
import { createRandom, seedOf } from './random.ts';
import type { PageRecipe } from './recipe.ts';
import { cleanStyle } from './styles.ts';

/** Golden pages whose numbers have something beside them that is no part of them, in every way a format has for it. */

const bureau = composeFigures({
  seed: 31,
  publisher: '示例市壬区水务局',
  division_code: '990109',
  year: 2023,
  edition: '2021',
  size: 'large',
});

const lookOf = (name: keyof typeof looks) => looks[name](bureau, createRandom(seedOf('look', name)));

const html =
  (name: keyof typeof looks): PageRecipe =>
  () => {
    const { f, alter } = lookOf(name);
    return { extension: 'html', bytes: utf8(htmlPage(f, { ...cleanStyle, alter })) };
  };

export const lookPages: Record<string, PageRecipe> = {
  'html-note-marks': html('note_mark'),
  'html-struck-numbers': html('struck'),
  'html-unseen-digits': html('unseen'),
  'html-only-struck-numbers': html('only_struck'),
  'html-digits-by-style-sheet': html('styled'),
  'html-digits-as-pictures': html('pictured'),
};
