import { Unreadable } from '../../findings.ts';
import type { Box } from '../geometry/box.ts';
import type { OpenPdf } from './pdfium.ts';

/** One page as a picture: one byte a pixel, 0 black to 255 white, row by row from the top. */
export interface RenderedPage {
  width: number;
  height: number;
  gray: Uint8Array;
}

const MAX_PIXELS = 60_000_000;
const BGRX = 3;
const WHITE = 0xffffffff;
const WITH_ANNOTATIONS = 1;

/** Dots of a page that is open, as it is drawn. */
export const sizeOf = ({ lib }: OpenPdf, page: number, dpi: number): { width: number; height: number } => ({
  width: Math.max(1, Math.round((lib._FPDF_GetPageWidthF(page) * dpi) / 72)),
  height: Math.max(1, Math.round((lib._FPDF_GetPageHeightF(page) * dpi) / 72)),
});

/** A page that is open, or a part of it in dots, its last row and column included. @throws Unreadable `too_large` */
export function draw(pdf: OpenPdf, page: number, dpi: number, part?: Box): RenderedPage {
  const { lib } = pdf;
  const whole = sizeOf(pdf, page, dpi);
  const { x0, y0, x1, y1 } = part ?? { x0: 0, y0: 0, x1: whole.width - 1, y1: whole.height - 1 };
  const [width, height] = [x1 - x0 + 1, y1 - y0 + 1];
  if (!(width * height <= MAX_PIXELS)) throw new Unreadable('too_large', { what: 'pixels', width, height });
  const bitmap = lib._FPDFBitmap_CreateEx(width, height, BGRX, 0, 0);
  if (!bitmap) throw new Unreadable('too_large', { what: 'memory', said: 'the picture of a page' });
  lib._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
  lib._FPDF_RenderPageBitmap(bitmap, page, -x0, -y0, whole.width, whole.height, 0, WITH_ANNOTATIONS);
  const stride = lib._FPDFBitmap_GetStride(bitmap);
  const start = lib._FPDFBitmap_GetBuffer(bitmap);
  const gray = new Uint8Array(width * height);
  const pixels = lib.HEAPU8;
  for (let y = 0; y < height; y++) {
    let from = start + y * stride;
    for (let to = y * width; to < (y + 1) * width; to++, from += 4) {
      // Integer weights of Rec. 601 in 1/256: blue, green, red.
      gray[to] = (29 * pixels[from]! + 150 * pixels[from + 1]! + 77 * pixels[from + 2]!) >> 8;
    }
  }
  lib._FPDFBitmap_Destroy(bitmap);
  return { width, height, gray };
}
