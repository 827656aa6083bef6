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
  for (let y = 0; y < height; y++) {
    let sx = cos * -cx + sin * (y - cy) + cx;
    let sy = -sin * -cx + cos * (y - cy) + cy;
    for (let x = 0; x < width; x++, sx += cos, sy -= sin) {
      const ix = Math.floor(sx);
      const iy = Math.floor(sy);
      if (ix < 0 || iy < 0 || ix >= width - 1 || iy >= height - 1) continue;
      const fx = sx - ix;
      const at = iy * width + ix;
      const top = data[at]! + (data[at + 1]! - data[at]!) * fx;
      const bottom = data[at + width]! + (data[at + width + 1]! - data[at + width]!) * fx;
      out.data[y * width + x] = top + (bottom - top) * (sy - iy) + 0.5;
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
    for (let tx = 0; tx < width; tx += tile)
      for (let y = ty; y < Math.min(height, ty + tile); y++)
        for (let x = tx; x < Math.min(width, tx + tile); x++) out[x * height + y] = data[y * width + x]!;
  return { width: height, height: width, data: out };
}
