import { composedTruth, utf8, withoutDivision, type ComposedFact } from './composed.ts';
import { drawDamage, drawFigures } from './draw.ts';
import { encode } from './encode.ts';
import { printedGrids, type Figures } from './figures.ts';
import { createRandom, seedOf } from './random.ts';
import { named, type Recipe } from './recipe.ts';
import { styleOf } from './styles.ts';
import { textPage, textStyles, type TextStyle } from './text.ts';

/** Blanks that collapse leave nothing behind: the cells of a row with some are nobody's to place for certain. */
function collapsed(f: Figures, style: TextStyle): (fact: ComposedFact) => boolean {
  const pasted = style.layout === 'pasted' || style.layout === 'cell_per_line';
  if (!pasted || style.absent !== '') return () => false;
  const ofOneRow = printedGrids(f).flatMap(({ code, grid }) => (grid.oneRow ? [code] : []));
  const rowOf = (grid: string, line: string) => (ofOneRow.includes(grid) ? grid : `${grid}/${line}`);
  const gaps = new Set([...f.cells].filter(([, value]) => value === null).map(([path]) => rowOf(...split(path))));
  return ({ grid, line }) => gaps.has(rowOf(grid, line));
}
const split = (path: string) => path.split('/') as [string, string];

export const text: Recipe = (seed) => {
  const random = createRandom(seed);
  const { f, damage } = drawDamage(drawFigures(seed), seed);
  const [name, plain] = named<TextStyle>(textStyles, random);
  const { aliases, digits, signs, absent, counter } = styleOf(seedOf(seed, 'style'));
  const style = random.chance(0.5) ? plain : { ...plain, aliases, digits, signs, absent, counter };
  const page = textPage(f, style);
  const charset = random.pick(['utf-8', 'utf-8', 'gb18030'] as const);
  const marked = charset === 'utf-8' && random.chance(0.3);
  const bytes = encode(page, charset);
  return {
    extension: 'txt',
    bytes: marked ? Buffer.concat([utf8('\ufeff'), bytes]) : bytes,
    truth: withoutDivision(composedTruth(f, ['text', name, damage, charset], style.amounts, collapsed(f, style))),
  };
};
