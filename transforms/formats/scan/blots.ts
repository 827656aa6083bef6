import { widen, type Box } from '../geometry/box.ts';
import { blankImage, crop, type GrayImage } from './image.ts';
import type { InkMap } from './ink.ts';

/** A connected blot of ink; the box is in pixels of the page. */
export interface Blot extends Box {
  area: number;
}

/** Blots of ink inside the box, diagonal neighbours included. */
export function blotsIn(ink: InkMap, box: Box): Blot[] {
  const x0 = Math.max(0, box.x0);
  const y0 = Math.max(0, box.y0);
  const width = Math.min(ink.width, box.x1) - x0;
  const height = Math.min(ink.height, box.y1) - y0;
  if (width <= 0 || height <= 0) return [];
  // A border of paper, so that no neighbour has to be asked whether it is there.
  const stride = width + 2;
  const left = new Uint8Array(stride * (height + 2));
  for (let y = 0; y < height; y++)
    left.set(ink.data.subarray((y0 + y) * ink.width + x0, (y0 + y) * ink.width + x0 + width), (y + 1) * stride + 1);
  const around = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
  const blots: Blot[] = [];
  const stack: number[] = [];
  for (let start = left.indexOf(1); start >= 0; start = left.indexOf(1, start + 1)) {
    const blot = { x0: width, y0: height, x1: 0, y1: 0, area: 0 };
    stack.push(start);
    left[start] = 0;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = (at % stride) - 1;
      const y = Math.floor(at / stride) - 1;
      blot.area++;
      if (x < blot.x0) blot.x0 = x;
      if (x >= blot.x1) blot.x1 = x + 1;
      if (y < blot.y0) blot.y0 = y;
      if (y >= blot.y1) blot.y1 = y + 1;
      for (let i = 0; i < 8; i++) {
        const next = at + around[i]!;
        if (left[next] === 1) {
          left[next] = 0;
          stack.push(next);
        }
      }
    }
    blots.push({ x0: blot.x0 + x0, y0: blot.y0 + y0, x1: blot.x1 + x0, y1: blot.y1 + y0, area: blot.area });
  }
  return blots;
}

/** Blots of a cell that are writing: not remains of its rules, not specks. */
export function writing(blots: Blot[], cell: Box, specks: number): Blot[] {
  return blots.filter((blot) => {
    if (blot.area < specks) return false;
    const width = blot.x1 - blot.x0;
    const height = blot.y1 - blot.y0;
    const atSide = blot.x0 <= cell.x0 + 1 || blot.x1 >= cell.x1 - 1;
    const atEnd = blot.y0 <= cell.y0 + 1 || blot.y1 >= cell.y1 - 1;
    if (atEnd && height <= 5 && width >= 3 * height) return false;
    if (atSide && width <= 5 && height >= 3 * width) return false;
    // A piece of the frame: as long as the cell and mostly empty, whatever its corners add.
    const frame = width > 0.7 * (cell.x1 - cell.x0) || height > 0.7 * (cell.y1 - cell.y0);
    return (
      !(frame && (atSide || atEnd) && blot.area < 0.12 * width * height) &&
      !(height <= 4 && frame && width > 8 * height)
    );
  });
}

/** Text lines among the blots of a cell, top to bottom. `size` is the usual height of a line of the page's tables. */
export function linesOf(blots: Blot[], size: number): Box[] {
  return joinStrokes(bandsOf(blots), size).flatMap((band) => split(band, blots, size));
}

/** Stretches of rows that hold ink. */
export function bandsOf(blots: Blot[]): Box[] {
  const sorted = [...blots].sort((a, b) => a.y0 - b.y0);
  const bands: Box[] = [];
  for (const blot of sorted) {
    const band = bands.at(-1);
    if (band && blot.y0 < band.y1) widen(band, blot);
    else bands.push({ x0: blot.x0, y0: blot.y0, x1: blot.x1, y1: blot.y1 });
  }
  return bands;
}

/** Strokes of one character that do not overlap (二, 三, the heart of 总) are one line. */
export function joinStrokes(bands: Box[], size: number): Box[] {
  const joined: Box[] = [];
  for (const band of bands) {
    const before = joined.at(-1);
    const small = before && Math.min(band.y1 - band.y0, before.y1 - before.y0) < 0.45 * size;
    if (before && small && band.y1 - before.y0 <= 1.4 * size && band.y0 - before.y1 < 0.5 * size) widen(before, band);
    else joined.push({ ...band });
  }
  return joined;
}

/** Two lines that touch: parted where the fewest blots cross. */
function split(band: Box, blots: Blot[], size: number): Box[] {
  const height = band.y1 - band.y0;
  const count = Math.round(height / (1.3 * size));
  if (height < 1.9 * size || count < 2) return [band];
  const mine = blots.filter((blot) => blot.y0 >= band.y0 && blot.y1 <= band.y1);
  const lines: Box[] = [];
  const placed = Array.from({ length: count }, (): Blot[] => []);
  for (const blot of mine) {
    const middle = (blot.y0 + blot.y1) / 2 - band.y0;
    placed[Math.min(count - 1, Math.floor((middle * count) / height))]!.push(blot);
  }
  for (const group of placed) {
    const first = group[0];
    if (!first) continue;
    const line = { x0: first.x0, y0: first.y0, x1: first.x1, y1: first.y1 };
    for (const blot of group) widen(line, blot);
    lines.push(line);
  }
  return lines;
}

/**
 * Which lines of a cell are read as one: recognisers know words, so 自然 / 人 and the single characters of a vertical
 * heading are set side by side. Long lines stay alone.
 */
export function piecesOf(lines: Box[], size: number): Box[][] {
  const pieces: Box[][] = [];
  let width = 0;
  for (const line of lines) {
    const own = line.x1 - line.x0;
    const piece = pieces.at(-1);
    if (piece && (width + own <= 16 * size || own <= 2.5 * size)) {
      piece.push(line);
      width += own;
    } else {
      pieces.push([line]);
      width = own;
    }
  }
  return pieces;
}

/**
 * Whether a line looks like digits: nothing in it is as wide as most characters are, whose parts may be narrow. Digits
 * that touch look like a character.
 */
export function looksLikeNumber(line: Box, blots: Blot[], size: number): boolean {
  const own = blots.filter((blot) => blot.y0 >= line.y0 && blot.y1 <= line.y1).sort((a, b) => a.x0 - b.x0);
  let from = -Infinity;
  let to = -Infinity;
  return own.every((blot) => {
    if (blot.x0 > to) from = blot.x0;
    to = Math.max(to, blot.x1);
    return to - from <= 0.7 * size;
  });
}

/**
 * Lines set side by side in one crop, with white `beside` and `above` them that is a share of `size`. A dash alone is
 * given the height of a line, or it would look like a block.
 */
export function cropLines(page: GrayImage, lines: Box[], size: number, beside: number, above: number): GrayImage {
  const pad = (margin: number) => Math.max(1, Math.round(margin * size));
  const lacking = Math.max(0, 0.7 * size - Math.max(...lines.map((line) => line.y1 - line.y0)));
  return framed(
    lines.map((line) => crop(page, line)),
    pad(beside),
    Math.round(lacking / 2) + pad(above),
  );
}

function framed(pieces: GrayImage[], side: number, above: number): GrayImage {
  const height = Math.max(...pieces.map((piece) => piece.height));
  const width = pieces.reduce((sum, piece) => sum + piece.width + side, side);
  const out = blankImage(width, height + 2 * above);
  let x = side;
  for (const piece of pieces) {
    const y = above + Math.floor((height - piece.height) / 2);
    for (let row = 0; row < piece.height; row++)
      out.data.set(piece.data.subarray(row * piece.width, (row + 1) * piece.width), (y + row) * width + x);
    x += piece.width + side;
  }
  return out;
}
