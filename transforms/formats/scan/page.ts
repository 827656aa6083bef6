import { buildLattice, type Lattice } from '../geometry/lattice.ts';
import type { TextLine } from '../geometry/prose.ts';
import { placeTable, type Content, type PlacedTable } from '../geometry/placed-table.ts';
import { groupRules } from '../geometry/rules.ts';
import { contains, type Box } from '../geometry/box.ts';
import { type GrayImage, resize, rotate, transpose } from './image.ts';
import { flatten, grain, inkMap, levelsOf, smooth, stretch, type InkMap } from './ink.ts';
import { bandsOf, blotsIn, linesOf, looksLikeNumber, piecesOf, writing, type Blot } from './blots.ts';
import type { Recognised } from './ctc.ts';
import { readsAsDigits, readWritings, unread, type Piece, type Recogniser } from './reading.ts';
import { drawnOn, findRuling, type RuleOptions, type Segment } from './ruling-pixels.ts';
import { skewOf } from './skew.ts';
import { proseLines, sizeLines } from './prose.ts';

export interface ScanPage {
  tables: PlacedTable[];
  /** Outside of tables, from top to bottom. */
  lines: TextLine[];
  width: number;
  height: number;
  /** Degrees by which the page was turned. */
  skew: number;
}

/** How a page is read again when what was read does not add up. */
interface Attempt {
  detector: 'runs' | 'mean';
  contrast: number;
  /** Added to the ink threshold: a lower level parts characters that run together, a higher one closes faint strokes. */
  level: number;
  /** White around a crop, as a share of the line height. */
  margin: number;
}

/** Number of different attempts there are: `attempt` counts from 0. */
export const attempts = 4;

function attemptOf(attempt: number, grainy: boolean): Attempt {
  const other = grainy ? 'runs' : 'mean';
  const all: Attempt[] = [
    { detector: grainy ? 'mean' : 'runs', contrast: 50, level: 0, margin: 0.12 },
    { detector: other, contrast: 50, level: 0, margin: 0.2 },
    { detector: 'mean', contrast: 30, level: 15, margin: 0.08 },
    { detector: 'runs', contrast: 50, level: -25, margin: 0.16 },
  ];
  return all[Math.min(Math.max(0, Math.floor(attempt)), all.length - 1)]!;
}

/** Reads one page. `origin` is said of every block ("page 3"). Never throws for a page without a table: it has only lines. */
export async function readScan(
  image: GrayImage,
  recogniser: Recogniser,
  attempt = 0,
  origin = 'page 1',
): Promise<ScanPage> {
  const { page, calm, ink, grainy, skew } = straighten(image, attempt);
  const how = attemptOf(attempt, grainy);
  const levels = levelsOf(page);
  const threshold = levels.ink + how.level;
  // Longer than a character of table text, not longer than a row is high: a page may begin with one row of a table.
  const length = Math.max(20, Math.round(Math.min(page.width, 1.5 * page.height) / 50));
  const options: RuleOptions = { detector: how.detector, threshold, length, contrast: how.contrast };
  const point = page.width / A4_WIDTH;
  const across = findRuling(page, options);
  const down = findRuling(transpose(page), options);
  const sides = { across: drawnOn(across.mask, point), down: drawnOn(down.mask, point) };
  const lattices = groupRules({ across: across.segments, down: down.segments }, point)
    .map((rules) => buildLattice(rules, sides, point))
    .filter((lattice) => lattice !== null)
    .filter((lattice, i, all) => isTable(lattice, point) && !all.some((l, k) => k !== i && contains(l, lattice)));
  const insets = { x: thickness(down.segments), y: thickness(across.segments) };

  const cells = lattices.map((lattice) => cellBoxes(lattice, insets).map((box) => writingIn(ink, box, grainy)));
  const size = lineSize(
    cells.flat().map((blots) => bandsOf(blots)),
    page.width,
  );
  const prose = proseLines(ink, lattices.map(toPixels), size, grainy ? 5 : 3);

  const print = stretch(calm, levels);
  const writings = [
    ...cells.flat().map((blots) => piecesOfCell(blots, size)),
    ...prose.map((line): Piece[] => [{ lines: [line], size: line.y1 - line.y0, like: 'prose' }]),
  ];
  const read = await readWritings(print, writings, how.margin, recogniser);
  const contents = cells.map((grid) => read.splice(0, grid.length).map(contentOf));

  const tables = lattices.map((lattice, t) => placeTable(lattice, contents[t]!, origin, point));
  const lines = prose
    .map((box, i) => ({ ...box, text: read[i]![0]!.text.trim() }))
    .filter((line) => line.text !== '')
    .sort((a, b) => a.y0 - b.y0);
  return {
    tables,
    lines: sizeLines(lines, point),
    width: page.width,
    height: page.height,
    skew,
  };
}

/** Calming a grainy page spreads the rules by two pixels into the cells. */
function writingIn(ink: InkMap, cell: Box, grainy: boolean): Blot[] {
  const inset = grainy ? 2 : 0;
  const box = { x0: cell.x0 + inset, y0: cell.y0 + inset, x1: cell.x1 - inset, y1: cell.y1 - inset };
  return writing(blotsIn(ink, box), box, grainy ? 5 : 3);
}

function piecesOfCell(blots: Blot[], size: number): Piece[] {
  const lines = linesOf(blots, size).filter((line) => !isSpeck(line, size));
  return piecesOf(lines, size).map((piece) => ({
    lines: piece,
    size,
    like: piece.every((line) => looksLikeNumber(line, blots, size)) ? 'number' : 'words',
  }));
}

/** Points: a scan says nothing of the size of its paper. */
const A4_WIDTH = 595;

/** Large characters of a title have rules and corners too: a table is a fifth of the page wide, and more than one row of two cells. */
const isTable = ({ x0, x1, y0, y1, xs, ys }: Lattice, point: number): boolean =>
  x1 - x0 >= (A4_WIDTH / 5) * point && y1 - y0 >= 12 * point && xs.length + ys.length > 5;

const toPixels = ({ x0, y0, x1, y1 }: Box): Box => ({
  x0: Math.round(x0),
  y0: Math.round(y0),
  x1: Math.round(x1),
  y1: Math.round(y1),
});

/** Insides of the cells, without rules. */
function cellBoxes({ xs, ys, cells }: Lattice, inset: { x: number; y: number }): Box[] {
  return cells.map(({ row, column, rowspan, colspan }) => ({
    x0: Math.round(xs[column]!) + inset.x,
    x1: Math.round(xs[column + colspan]!) - inset.x + 1,
    y0: Math.round(ys[row]!) + inset.y,
    y1: Math.round(ys[row + rowspan]!) - inset.y + 1,
  }));
}

function thickness(rules: Segment[]): number {
  const sorted = rules.map((rule) => rule.thick).sort((a, b) => a - b);
  // Half of the rule lies on either side of its middle; one pixel more for blur.
  return Math.ceil(Math.min(sorted[sorted.length >> 1] ?? 0, 12) / 2) + 1;
}

/** Flat, straight, and large enough for the rules to have a row of their own; `calm` is the page without grain. */
function straighten(
  image: GrayImage,
  attempt: number,
): { page: GrayImage; calm: GrayImage; ink: InkMap; grainy: boolean; skew: number } {
  // Pictures of tables on web pages are about 100 dpi: their rules and the gaps between strokes are one pixel wide.
  const sized = image.width < 1000 ? resize(image, image.width * 2, image.height * 2) : image;
  const block = Math.max(32, Math.round(sized.width / 30));
  let page = flatten(sized, block);
  const grainy = grain(page) > 5;
  const calmed = (from: GrayImage): GrayImage => (grainy ? smooth(from) : from);
  const inkOf = (calm: GrayImage): InkMap => {
    const calmer = calmed(calm);
    return inkMap(calmer, levelsOf(calmer, grainy ? 0.28 : 0.4).ink + attemptOf(attempt, grainy).level);
  };
  let calm = calmed(page);
  let ink = inkOf(calm);
  const skew = skewOf(ink);
  if (Math.abs(skew) >= 0.03) {
    page = rotate(page, -skew);
    calm = calmed(page);
    ink = inkOf(calm);
  }
  return { page, calm, ink, grainy, skew };
}

/** Usual height of a line of table text, in pixels. */
function lineSize(lines: Box[][], width: number): number {
  const heights = lines
    .flat()
    .map((line) => line.y1 - line.y0)
    .filter((height) => height >= width / 250)
    .sort((a, b) => a - b);
  // Digits are three quarters of a Chinese character: most cells hold digits, the labels give the size.
  return heights[Math.floor(heights.length * 0.75)] ?? width / 60;
}

/** Too small in both directions to be even a dash. */
const isSpeck = (line: Box, size: number): boolean => line.x1 - line.x0 < 0.25 * size && line.y1 - line.y0 < 0.3 * size;

/** Blanks were read from the image too: nobody but the equations can say whether faint ink was missed. */
function contentOf(lines: Recognised[]): Content {
  const [only] = lines;
  if (!only) return { text: '', ocr: 1 };
  if (lines.length === 1 && readsAsDigits(only)) return { text: only.digits, ocr: only.digitsConfidence };
  return {
    text: lines.map((line) => line.text || unread).join('\n'),
    ocr: Math.min(...lines.map((line) => line.confidence)),
  };
}
