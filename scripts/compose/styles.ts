import type { HtmlStyle } from './html.ts';
import { createRandom } from './random.ts';
import { unsplit } from './tables.ts';
import { plainWording } from './wording.ts';

export const cleanStyle: HtmlStyle = {
  ...plainWording,
  ...unsplit,
  frame: 'nfcms',
  charset: 'utf-8',
  metas: 'head',
  markup: 'clean',
  nested: false,
  headings: true,
  blank: 'nbsp',
  pageNumbers: true,
  script: 'simplified',
};

/** Each names what is peculiar about it; everything else is clean. */
export const htmlStyles = {
  clean: cleanStyle,
  word: { ...cleanStyle, frame: 'trs', markup: 'word', brackets: 'ascii', explanation: true },
  layout: { ...cleanStyle, frame: 'layout', vertical: true, metas: 'after_script' },
  nested: { ...cleanStyle, nested: true, frame: 'plain', metas: 'body' },
  split: { ...cleanStyle, parts: 2, vertical: true, explanation: true },
  split_three: { ...cleanStyle, parts: 3, markup: 'word', frame: 'trs', explanation: true },
  split_repeated: { ...cleanStyle, parts: 2, continued: 'repeated', vertical: true },
  dashes: { ...cleanStyle, absent: '-', explanation: true },
  long_dashes: { ...cleanStyle, absent: '—', frame: 'trs' },
  slashes: { ...cleanStyle, absent: '/', brackets: 'ascii' },
  empty_cells: { ...cleanStyle, blank: 'empty', vertical: true },
  commas: { ...cleanStyle, digits: 'commas', signs: 'plus' },
  fullwidth: { ...cleanStyle, digits: 'fullwidth', signs: 'fullwidth' },
  fullwidth_commas: { ...cleanStyle, digits: 'fullwidth_commas', signs: 'fullwidth', markup: 'word' },
  aliases: { ...cleanStyle, aliases: 1, metas: 'twice' },
  more_aliases: { ...cleanStyle, aliases: 2, brackets: 'ascii', frame: 'trs' },
  yuan: { ...cleanStyle, amounts: '元', digits: 'commas' },
  unitless: { ...cleanStyle, amounts: 'none' },
  notes: { ...cleanStyle, notes: true, explanation: true, signs: 'plus' },
  captionless: { ...cleanStyle, captions: false, headings: false },
  subtotals: { ...cleanStyle, subtotals: true },
  gkmlpt: { ...cleanStyle, frame: 'gkmlpt', brackets: 'ascii', vertical: true, counter: '宗' },
  traditional: { ...cleanStyle, script: 'traditional', counter: '宗' },
} satisfies Record<string, HtmlStyle>;

export type HtmlStyleName = keyof typeof htmlStyles;

/** A style drawn at random from everything that does not change the truth, for corpora of any size. */
export function styleOf(seed: number): HtmlStyle {
  const r = createRandom(seed);
  return {
    aliases: r.chance(0.5) ? seed : null,
    amounts: r.pick(['万元', '万元', '元'] as const),
    digits: r.pick(['plain', 'plain', 'commas', 'fullwidth', 'fullwidth_commas'] as const),
    signs: r.pick(['minus', 'plus', 'fullwidth'] as const),
    absent: r.pick(['', '-', '—', '/'] as const),
    brackets: r.pick(['fullwidth', 'ascii'] as const),
    explanation: r.chance(0.5),
    notes: r.chance(0.2),
    captions: r.chance(0.85),
    subtotals: false,
    vertical: r.chance(0.5),
    counter: r.pick(['件', '宗', '条', '起'] as const),
    parts: r.pick([1, 1, 2, 3] as const),
    continued: r.pick(['empty', 'repeated'] as const),
    frame: r.pick(['nfcms', 'trs', 'plain', 'layout', 'gkmlpt'] as const),
    charset: 'utf-8',
    metas: r.pick(['head', 'after_script', 'twice', 'body'] as const),
    markup: r.pick(['clean', 'word'] as const),
    nested: r.chance(0.2),
    headings: r.chance(0.9),
    blank: r.pick(['empty', 'nbsp'] as const),
    pageNumbers: r.chance(0.5),
    script: r.chance(0.2) ? 'traditional' : 'simplified',
  };
}
