import { Unreadable } from '../../findings.ts';
import { extractPage } from './extract.ts';
import { withPage, withPdf, type OpenPdf } from './pdfium.ts';
import { PDF_LIMITS, type PageImage } from './types.ts';

/** One page as a picture: one byte a pixel, 0 black to 255 white, row by row from the top. */
export interface RenderedPage {
  width: number;
  height: number;
  gray: Uint8Array;
}

/** The pictures of one page, in points from its top left corner as it is read. */
export interface PageImages {
  width: number;
  height: number;
  images: PageImage[];
  /** Resolution at which the largest picture is as it was scanned; null when the page has none. */
  dpi: number | null;
}

const MAX_PIXELS = 60_000_000;
const BGRX = 3;
const WHITE = 0xffffffff;
const WITH_ANNOTATIONS = 1;

/**
 * Draws a page, turned as `/Rotate` says.
 * @param pageIndex from 0
 * @throws Unreadable `too_large` above 60 million pixels, `unreadable` when there is no such page
 */
export function renderPage(bytes: Uint8Array, pageIndex: number, dpi: number): Promise<RenderedPage> {
  return withPdf(bytes, (pdf) => onPage(pdf, pageIndex, (page) => draw(pdf, page, dpi)));
}

/** Pictures of a page and the resolution to render it at for recognition. @param pageIndex from 0 */
export function pageImages(bytes: Uint8Array, pageIndex: number): Promise<PageImages> {
  return withPdf(bytes, (pdf) =>
    onPage(pdf, pageIndex, (page) => {
      const budget = { glyphs: PDF_LIMITS.glyphs, segments: PDF_LIMITS.segments };
      const { width, height, images } = extractPage(pdf, page, pageIndex + 1, budget);
      const largest = images.reduce<PageImage | null>((a, b) => (a && area(a) >= area(b) ? a : b), null);
      return { width, height, images, dpi: largest ? resolution(largest) : null };
    }),
  );
}

const area = (image: PageImage): number => (image.x1 - image.x0) * (image.y1 - image.y0);

/** The placing may turn the picture: compare its long sides. */
function resolution({ x0, y0, x1, y1, pixelWidth, pixelHeight }: PageImage): number {
  return Math.round((72 * Math.max(pixelWidth, pixelHeight)) / Math.max(x1 - x0, y1 - y0));
}

function onPage<T>(pdf: OpenPdf, index: number, use: (page: number) => T): T {
  const result = index < pdf.pages ? withPage(pdf, index, (page) => ({ value: use(page) })) : null;
  if (!result) throw new Unreadable('unreadable', { why: 'page_broken', said: `page ${index + 1}` });
  return result.value;
}

function draw({ lib }: OpenPdf, page: number, dpi: number): RenderedPage {
  const width = Math.max(1, Math.round((lib._FPDF_GetPageWidthF(page) * dpi) / 72));
  const height = Math.max(1, Math.round((lib._FPDF_GetPageHeightF(page) * dpi) / 72));
  if (!(width * height <= MAX_PIXELS)) throw new Unreadable('too_large', { what: 'pixels', width, height });
  const bitmap = lib._FPDFBitmap_CreateEx(width, height, BGRX, 0, 0);
  if (!bitmap) throw new Unreadable('too_large', { what: 'memory', said: 'the picture of a page' });
  lib._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
  lib._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, WITH_ANNOTATIONS);
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
