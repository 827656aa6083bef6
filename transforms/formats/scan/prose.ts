import { inPoints, widen, type Box } from '../geometry/box.ts';
import type { TextLine } from '../geometry/prose.ts';
import type { InkMap } from './ink.ts';
import { bandsOf, blotsIn, joinStrokes, type Blot } from './blots.ts';

/** Lines of text outside of the given boxes, top to bottom. `size` is the usual height of a line. */
export function proseLines(ink: InkMap, tables: Box[], size: number, specks: number): Box[] {
  const rest: InkMap = { width: ink.width, height: ink.height, data: ink.data.slice() };
  const around = Math.round(size / 4);
  for (const box of tables)
    for (let y = Math.max(0, box.y0 - around); y < Math.min(rest.height, box.y1 + around); y++)
      rest.data.fill(
        0,
        y * rest.width + Math.max(0, box.x0 - around),
        y * rest.width + Math.min(rest.width, box.x1 + around),
      );
  const blots = blotsIn(rest, { x0: 0, y0: 0, x1: ink.width, y1: ink.height }).filter(
    (blot) => blot.area >= specks && isWriting(blot, size, ink),
  );
  return joinStrokes(bandsOf(blots), size)
    .flatMap((line) => columnsOf(line, blots, size))
    .filter((line) => line.y1 - line.y0 >= 0.4 * size || line.x1 - line.x0 >= 2 * size);
}

/** Seals, photographs, underlines and the dark edge of a scan are no writing. */
function isWriting(blot: Blot, size: number, page: InkMap): boolean {
  const width = blot.x1 - blot.x0;
  const height = blot.y1 - blot.y0;
  const edge = blot.x0 <= 2 || blot.y0 <= 2 || blot.x1 >= page.width - 2 || blot.y1 >= page.height - 2;
  if (edge && (width > 2 * size || height > 2 * size)) return false;
  return height <= 5 * size && width <= 0.5 * page.width && !(height <= 4 && width > 4 * size);
}

/** Parts a line at wide gaps: text beside text. Specks on their own fall away. */
function columnsOf(line: Box, blots: Blot[], size: number): Box[] {
  const mine = blots.filter((blot) => blot.y0 >= line.y0 && blot.y1 <= line.y1).sort((a, b) => a.x0 - b.x0);
  const height = line.y1 - line.y0;
  const columns: { box: Box; area: number }[] = [];
  for (const blot of mine) {
    const column = columns.at(-1);
    if (column && blot.x0 - column.box.x1 <= Math.max(3 * height, 3 * size)) {
      widen(column.box, blot);
      column.area += blot.area;
    } else columns.push({ box: { x0: blot.x0, y0: blot.y0, x1: blot.x1, y1: blot.y1 }, area: blot.area });
  }
  return columns.filter((column) => column.area >= 0.1 * size * size).map((column) => column.box);
}

/**
 * Lines in points, with their size: figures are lower than words and of the same size, titles are larger.
 * @param point length of a point in pixels
 */
export function sizeLines(lines: (Box & { text: string })[], point: number): TextLine[] {
  const heights = lines.map(({ y0, y1 }) => y1 - y0).sort((a, b) => a - b);
  const usual = heights[heights.length >> 1] ?? 0;
  return lines.map((line) => {
    const height = line.y1 - line.y0;
    const size = Math.abs(height - usual) < 0.4 * usual ? usual : height;
    return { text: line.text, ...inPoints(line, point), base: line.y1 / point, size: size / point };
  });
}
