import type { Paragraph } from '../../doc/doc.ts';
import { isNumbered } from '../../printed/numbering.ts';
import { widen, type Box } from '../geometry/box.ts';
import type { InkMap } from './ink.ts';
import { bandsOf, blotsIn, joinStrokes, type Blot } from './blots.ts';

/** A line of text outside of tables. */
export interface TextLine extends Box {
  text: string;
}

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

/** Joins page lines into paragraphs: a line that reached the right margin goes on in one that starts at the left margin. */
export function joinLines(lines: TextLine[], size: number, origin: string): Paragraph[] {
  const left = Math.min(...lines.map((line) => line.x0));
  const right = Math.max(...lines.map((line) => line.x1));
  const paragraphs: Paragraph[] = [];
  let before: TextLine | null = null;
  for (const line of lines) {
    const height = line.y1 - line.y0;
    const goesOn =
      before !== null &&
      !isNumbered(line.text, 'chinese', 'bracketed') &&
      before.x1 >= right - 2.5 * size &&
      line.x0 <= left + 1.2 * size &&
      line.y0 - before.y1 < 2 * height &&
      Math.abs(before.y1 - before.y0 - height) < 0.4 * height;
    const last = paragraphs.at(-1);
    if (goesOn && last) last.text += line.text;
    else paragraphs.push({ kind: 'paragraph', text: line.text, origin });
    before = line;
  }
  return paragraphs;
}
