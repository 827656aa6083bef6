import { composedTruth, withoutDivision } from './composed.ts';
import { docFile, docStyles } from './doc.ts';
import { docxFile, docxStyles } from './docx.ts';
import { drawDamage, drawFigures } from './draw.ts';
import { printedGrids, type Figures } from './figures.ts';
import { createRandom, seedOf } from './random.ts';
import { named, type Recipe } from './recipe.ts';
import { rtfFile, rtfStyles } from './rtf.ts';
import { styleOf } from './styles.ts';
import type { Splits } from './tables.ts';
import type { Wording } from './wording.ts';
import { xlsxFile, xlsxStyles } from './xlsx.ts';

/** Grids of one row without a number. */
const emptyRows = (f: Figures): string[] =>
  printedGrids(f)
    .filter(
      ({ code, grid }) => grid.oneRow && [...f.cells].every(([path, v]) => !path.startsWith(`${code}/`) || v === null),
    )
    .map(({ code }) => code);

const office =
  <S extends Wording & Splits>(
    styles: Record<string, S>,
    write: (f: Figures, style: S) => Uint8Array,
    extensionOf: (style: S) => string,
  ): Recipe =>
  (seed) => {
    const random = createRandom(seed);
    const { f, damage } = drawDamage(drawFigures(seed), seed);
    const [name, plain] = named<S>(styles, random);
    const { aliases, digits, signs, absent, counter, vertical, amounts } = styleOf(seedOf(seed, 'style'));
    const style = random.chance(0.4) ? plain : { ...plain, aliases, digits, signs, absent, counter, vertical, amounts };
    const extension = extensionOf(style);
    // Spreadsheets do not store rows of empty cells: section 四 without a number is no row at all.
    const bare = extension.startsWith('xls') && style.absent === '' ? emptyRows(f) : [];
    return {
      extension,
      bytes: write(f, style),
      truth: withoutDivision(
        composedTruth(f, [extension, name, damage], style.amounts, ({ grid }) => bare.includes(grid)),
      ),
    };
  };

export const docx = office(docxStyles, docxFile, () => 'docx');
export const doc = office(docStyles, docFile, () => 'doc');
export const rtf = office(rtfStyles, rtfFile, () => 'rtf');
export const xlsx = office(xlsxStyles, xlsxFile, (style) => (style.format === 'biff8' ? 'xls' : 'xlsx'));
