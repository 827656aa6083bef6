import { Unreadable } from '../../findings.ts';
import type { Part } from '../../doc/doc.ts';
import type { Box } from '../geometry/box.ts';
import { draw, sizeOf, type RenderedPage } from './draw.ts';
import { extractPage } from './extract.ts';
import { withPage, withPdf, type OpenPdf } from './pdfium.ts';
import { PDF_LIMITS, type PageImage } from './types.ts';

/** The pictures of one page, in points from its top left corner as it is read. */
export interface PageImages {
  width: number;
  height: number;
  images: PageImage[];
  /** Resolution at which the largest picture is as it was scanned; null when the page has none. */
  dpi: number | null;
}

/**
 * Draws a page, or a part of it, turned as `/Rotate` says.
 * @param pageIndex from 0
 * @throws Unreadable `too_large` above 60 million pixels, `unreadable` when there is no such page
 */
export function renderPage(bytes: Uint8Array, pageIndex: number, dpi: number, part?: Part): Promise<RenderedPage> {
  return withPdf(bytes, (pdf) =>
    onPage(pdf, pageIndex, (page) => draw(pdf, page, dpi, part && dotsOf(part, sizeOf(pdf, page, dpi)))),
  );
}

const dotsOf = ({ x0, y0, x1, y1 }: Part, { width, height }: Pick<RenderedPage, 'width' | 'height'>): Box => ({
  x0: Math.max(0, Math.floor(x0 * width)),
  y0: Math.max(0, Math.floor(y0 * height)),
  x1: Math.min(width, Math.ceil(x1 * width)) - 1,
  y1: Math.min(height, Math.ceil(y1 * height)) - 1,
});

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
