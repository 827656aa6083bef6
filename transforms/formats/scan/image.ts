import type { Box } from '../geometry/box.ts';

/** A page or a piece of one: a byte a pixel, rows from the top, 0 black and 255 white. */
export interface GrayImage {
  width: number;
  height: number;
  data: Uint8Array;
}

export function blankImage(width: number, height: number): GrayImage {
  return { width, height, data: new Uint8Array(width * height).fill(255) };
}

/** The part of the image inside the box; what lies outside of the image is white. */
export function crop(image: GrayImage, box: Box): GrayImage {
  const out = blankImage(Math.max(1, box.x1 - box.x0), Math.max(1, box.y1 - box.y0));
  const from = Math.max(0, box.x0);
  const to = Math.min(image.width, box.x1);
  if (to <= from) return out;
  for (let y = Math.max(0, box.y0); y < Math.min(image.height, box.y1); y++) {
    const row = y * image.width;
    out.data.set(image.data.subarray(row + from, row + to), (y - box.y0) * out.width + (from - box.x0));
  }
  return out;
}

/** Bilinear when growing, mean of the covered pixels when shrinking (bilinear alone would skip thin strokes). */
export function resize(image: GrayImage, width: number, height: number): GrayImage {
  if (width === image.width && height === image.height) return image;
  const across = new Uint8Array(width * image.height);
  resample(image.data, image.width, image.height, width, across, 1, image.width, 1, width);
  const out = new Uint8Array(width * height);
  resample(across, image.height, width, height, out, width, 1, width, 1);
  return { width, height, data: out };
}

/** One axis of `resize`: `lines` lines of `from` pixels become lines of `to` pixels. */
function resample(
  source: Uint8Array,
  from: number,
  lines: number,
  to: number,
  out: Uint8Array,
  step: number,
  sourceLine: number,
  outStep: number,
  outLine: number,
): void {
  const scale = from / to;
  const reach = Math.max(1, scale);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale - 0.5;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(from - 1, Math.floor(centre + reach));
    const weights: number[] = [];
    let total = 0;
    for (let k = first; k <= last; k++) {
      const weight = Math.max(0, 1 - Math.abs(k - centre) / reach);
      weights.push(weight);
      total += weight;
    }
    for (let line = 0; line < lines; line++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * source[line * sourceLine + (first + k) * step]!;
      out[line * outLine + i * outStep] =
        total > 0 ? Math.round(sum / total) : source[line * sourceLine + first * step]!;
    }
  }
}

/** Turns the page about its centre by `degrees` (positive: clockwise on the screen); the corners that come in are white. */
export function rotate(image: GrayImage, degrees: number): GrayImage {
  const { width, height, data } = image;
  const out = blankImage(width, height);
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const cx = (width - 1) / 2;
  const cy = (height - 1) / 2;
  // Places in 4096ths of a pixel: whole numbers take half the time.
  const one = 1 << 12;
  const dx = Math.round(cos * one);
  const dy = Math.round(-sin * one);
  const most = [(width - 1) * one, (height - 1) * one] as const;
  for (let y = 0; y < height; y++) {
    let sx = Math.round((cos * -cx + sin * (y - cy) + cx) * one);
    let sy = Math.round((sin * cx + cos * (y - cy) + cy) * one);
    for (let x = 0; x < width; x++, sx += dx, sy += dy) {
      if (sx < 0 || sy < 0 || sx >= most[0] || sy >= most[1]) continue;
      const fx = sx & (one - 1);
      const at = (sy >> 12) * width + (sx >> 12);
      const a = data[at]!;
      const c = data[at + width]!;
      const top = a * one + (data[at + 1]! - a) * fx;
      const bottom = c * one + (data[at + width + 1]! - c) * fx;
      out.data[y * width + x] = (top + ((bottom - top) / one) * (sy & (one - 1))) / one + 0.5;
    }
  }
  return out;
}

/** Rows become columns: what is written once for rows serves columns too. */
export function transpose(image: GrayImage): GrayImage {
  const { width, height, data } = image;
  const out = new Uint8Array(data.length);
  const tile = 32;
  for (let ty = 0; ty < height; ty += tile)
    for (let tx = 0; tx < width; tx += tile) {
      const bottom = Math.min(height, ty + tile);
      const right = Math.min(width, tx + tile);
      for (let x = tx; x < right; x++)
        for (let y = ty, at = ty * width + x; y < bottom; y++, at += width) out[x * height + y] = data[at]!;
    }
  return { width: height, height: width, data: out };
}
