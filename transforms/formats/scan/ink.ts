import type { GrayImage } from './image.ts';

/** 1 where there is ink. */
export interface InkMap {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Brightness of paper on a flattened page: grain has room on both sides of it. */
export const paperLevel = 220;

/**
 * Divides by the local colour of the paper, so that shaded header cells, grey scans and dark edges become paper.
 * `block` is the side of the squares whose paper is measured, in pixels: larger than a character.
 */
export function flatten(image: GrayImage, block: number): GrayImage {
  const { width, height, data } = image;
  const across = Math.ceil(width / block);
  const down = Math.ceil(height / block);
  const paper = new Float64Array(across * down);
  for (let by = 0; by < down; by++)
    for (let bx = 0; bx < across; bx++) {
      const histogram = new Uint32Array(256);
      let count = 0;
      for (let y = by * block; y < Math.min(height, (by + 1) * block); y += 2)
        for (let x = bx * block; x < Math.min(width, (bx + 1) * block); x += 2) {
          histogram[data[y * width + x]!]!++;
          count++;
        }
      // Ink seldom covers a third of a square: the 65th percentile from below is paper, noise included.
      let level = 0;
      for (let seen = 0; level < 255; level++) if ((seen += histogram[level]!) > count * 0.65) break;
      paper[by * across + bx] = Math.max(level, 60);
    }
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / block) * across;
    for (let x = 0; x < width; x++) {
      const value = (data[y * width + x]! * paperLevel) / paper[row + Math.floor(x / block)]!;
      out[y * width + x] = value > 255 ? 255 : value;
    }
  }
  return { width, height, data: out };
}

/** Brightness of paper, of the darkest ink, and up to which a pixel is ink. */
export interface Levels {
  paper: number;
  dark: number;
  ink: number;
}

/**
 * A pixel is ink from a `share` of the way from paper to the darkest ink on, and at least five standard deviations of
 * the grain away from paper. Only the bright side of the histogram tells about grain: the dark side holds the ink.
 */
export function levelsOf(page: GrayImage, share = 0.4): Levels {
  const { data } = page;
  const histogram = new Uint32Array(256);
  // An iterator over millions of pixels takes ten times as long.
  for (let i = 0; i < data.length; i++) histogram[data[i]!]!++;
  const level = (part: number): number => {
    let seen = 0;
    for (let i = 0; i < 256; i++) if ((seen += histogram[i]!) >= part * data.length) return i;
    return 255;
  };
  const paper = level(0.5);
  const dark = level(0.01);
  return { paper, dark, ink: paper - Math.max(25, 5 * (level(0.84) - paper), share * (paper - dark)) };
}

/** Faint ink becomes black and paper white: what recognisers were trained on. */
export function stretch(page: GrayImage, levels: Levels): GrayImage {
  const black = Math.min(levels.dark, levels.ink - 20);
  const table = Uint8Array.from({ length: 256 }, (_, value) =>
    Math.max(0, Math.min(255, ((value - black) * 255) / (levels.paper - black))),
  );
  return throughTable(page, table);
}

export const inkMap = (image: GrayImage, threshold: number): InkMap =>
  throughTable(
    image,
    Uint8Array.from({ length: 256 }, (_, value) => (value <= threshold ? 1 : 0)),
  );

function throughTable({ width, height, data }: GrayImage, table: Uint8Array): GrayImage {
  const out = new Uint8Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = table[data[i]!]!;
  return { width, height, data: out };
}

/** Standard deviation of the paper's brightness: 0 to 3 for a clean page, 8 and more for a grainy one. */
export function grain(image: GrayImage): number {
  let sum = 0;
  let count = 0;
  for (let i = 1; i < image.data.length; i += 3) {
    const a = image.data[i - 1]!;
    const b = image.data[i]!;
    if (a < 160 || b < 160) continue;
    sum += Math.abs(a - b);
    count++;
  }
  // Mean of |a−b| of two independent normals is 2σ/√π.
  return count === 0 ? 0 : (sum / count) * 0.886;
}

/** 3×3 box mean: enough to tell strokes from grain. */
export function smooth(image: GrayImage): GrayImage {
  const { width, height, data } = image;
  const rows = new Uint16Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0, at = y * width; x < width; x++, at++)
      rows[at] = data[x > 0 ? at - 1 : at]! + data[at]! + data[x < width - 1 ? at + 1 : at]!;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0, at = y * width; x < width; x++, at++)
      out[at] = (rows[y > 0 ? at - width : at]! + rows[at]! + rows[y < height - 1 ? at + width : at]!) / 9;
  return { width, height, data: out };
}
