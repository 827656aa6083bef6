import type { Cell, Paragraph, Table } from '../../doc/doc.ts';
import { findGrids, type Grid, type GridCell } from './grid.ts';
import { contains, type Box } from '../geometry/box.ts';
import { type GrayImage, resize, rotate, transpose } from './image.ts';
import { flatten, grain, inkMap, levelsOf, smooth, stretch, type InkMap } from './ink.ts';
import { bandsOf, blotsIn, linesOf, piecesOf, writing, type Blot } from './blots.ts';
import type { Recognised } from './ctc.ts';
import { readsAsDigits, readPieces, unread, type Piece, type Recogniser } from './reading.ts';
import { findRules, type RuleOptions } from './ruling-pixels.ts';
import { skewOf } from './skew.ts';
import { joinLines, proseLines, type TextLine } from './prose.ts';

/** One table of a page, with what is needed to join it to its other half on the next page. */
export interface ScannedTable {
  table: Table;
  grid: Grid;
}

export interface ScanPage {
  tables: Table[];
  /** Text outside of tables, in reading order, page lines joined into paragraphs. */
  lines: Paragraph[];
  /** The same in reading order, with geometry. */
  parts: (ScannedTable | TextLine)[];
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
  const { page, ink, grainy, skew } = straighten(image, attempt);
  const how = attemptOf(attempt, grainy);
  const levels = levelsOf(page);
  const threshold = levels.ink + how.level;
  // Longer than a character of table text, not longer than a row is high: a page may begin with one row of a table.
  const length = Math.max(20, Math.round(Math.min(page.width, 1.5 * page.height) / 50));
  const options: RuleOptions = { detector: how.detector, threshold, length, contrast: how.contrast };
  const grids = findGrids(findRules(page, options), findRules(transpose(page), options), length).filter(
    (grid, i, all) => !all.some((other, k) => k !== i && contains(other.box, grid.box)),
  );

  const cells = grids.map((grid) => grid.cells.map((cell) => writingIn(ink, cell.box, grainy)));
  const size = lineSize(
    cells.flat().map((blots) => bandsOf(blots)),
    page.width,
  );
  const prose = proseLines(
    ink,
    grids.map((grid) => grid.box),
    size,
    grainy ? 5 : 3,
  );

  const pieces: Piece[] = [];
  const take = (lines: Box[], height: number): number => pieces.push({ lines, size: height }) - 1;
  const piecesOfCells = cells.map((grid) =>
    grid.map((blots) => {
      const lines = linesOf(blots, size).filter((line) => !isSpeck(line, size));
      return piecesOf(lines, size).map((piece) => take(piece, size));
    }),
  );
  const proseCrops = prose.map((line) => take([line], line.y1 - line.y0));
  const print = stretch(grainy ? smooth(page) : page, levels);
  const read = await readPieces(print, pieces, how.margin, recogniser);

  const scanned = grids.map((grid, g): ScannedTable => ({
    grid,
    table: tableOf(grid, (cell) => textOf(piecesOfCells[g]![grid.cells.indexOf(cell)]!.map((i) => read[i]!)), origin),
  }));
  const lines = prose
    .map((box, i): TextLine => ({ ...box, text: read[proseCrops[i]!]!.text.trim() }))
    .filter((line) => line.text !== '');
  const parts = [...scanned, ...lines].sort((a, b) => topOf(a) - topOf(b));
  return {
    tables: scanned.map((item) => item.table),
    lines: joinLines(lines, size, origin),
    parts,
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

const topOf = (part: ScannedTable | TextLine): number => ('grid' in part ? part.grid.box.y0 : part.y0);

/** Flat, straight, and large enough for the rules to have a row of their own. */
function straighten(
  image: GrayImage,
  attempt: number,
): { page: GrayImage; ink: InkMap; grainy: boolean; skew: number } {
  // Pictures of tables on web pages are about 100 dpi: their rules and the gaps between strokes are one pixel wide.
  const sized = image.width < 1000 ? resize(image, image.width * 2, image.height * 2) : image;
  const block = Math.max(32, Math.round(sized.width / 30));
  let page = flatten(sized, block);
  const grainy = grain(page) > 5;
  const forInk = (from: GrayImage): InkMap => {
    const calm = grainy ? smooth(smooth(from)) : from;
    return inkMap(calm, levelsOf(calm, grainy ? 0.28 : 0.4).ink + attemptOf(attempt, grainy).level);
  };
  let ink = forInk(page);
  const skew = skewOf(ink);
  if (Math.abs(skew) >= 0.03) {
    page = rotate(page, -skew);
    ink = forInk(page);
  }
  return { page, ink, grainy, skew };
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

function tableOf(
  grid: Grid,
  read: (cell: GridCell) => { text: string; confidence: number } | null,
  origin: string,
): Table {
  const rows: Cell[][] = Array.from({ length: grid.rows }, () => []);
  for (const cell of grid.cells) {
    const found = read(cell);
    rows[cell.row]!.push({
      text: found?.text ?? '',
      colspan: cell.colspan,
      rowspan: cell.rowspan,
      // Blanks were read from the image too: nobody but the equations can say whether faint ink was missed.
      ocr: found?.confidence ?? 1,
    });
  }
  return { kind: 'table', rows, aligned: true, origin };
}

function textOf(lines: Recognised[]): { text: string; confidence: number } | null {
  if (lines.length === 0) return null;
  const only = lines.length === 1 ? lines[0]! : null;
  if (only && readsAsDigits(only)) return { text: only.digits, confidence: only.digitsConfidence };
  return {
    text: lines.map((line) => line.text || unread).join('\n'),
    confidence: Math.min(...lines.map((line) => line.confidence)),
  };
}
