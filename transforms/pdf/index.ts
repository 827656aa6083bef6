import type { Doc } from '../doc.ts';
import { Unreadable } from '../unreadable.ts';
import { extractPage, type Budget } from './extract.ts';
import { PDF_LIMITS, type PdfLimits } from './limits.ts';
import { groupLines } from './lines.ts';
import { readMetas, withPage, withPdf } from './pdfium.ts';
import { pictureOf } from './pictures.ts';
import { flowToBlocks } from './prose.ts';
import { readingOrder, type ReadPage } from './reading-order.ts';
import { ruledTables } from './tables.ts';
import type { PageGeometry } from './types.ts';

/**
 * PDF with a text layer → Doc. Tables from ruling lines (`aligned`), or from the places of numbers where there are
 * none; prose as paragraphs; pages that are images as pictures with source `page N`.
 * @throws Unreadable `encrypted`, `unreadable`, `too_large`, or `needs_ocr` when no page has text that can be read
 */
export async function readPdf(bytes: Uint8Array, limits: PdfLimits = PDF_LIMITS): Promise<Doc> {
  const { metas, pages } = await withPdf(bytes, (pdf) => {
    if (pdf.pages > limits.pages) throw new Unreadable('too_large', `${pdf.pages} pages; the limit is ${limits.pages}`);
    const budget: Budget = { glyphs: limits.glyphs, segments: limits.segments };
    const deadline = performance.now() + limits.milliseconds;
    const read: ReadPage[] = [];
    for (let i = 0; i < pdf.pages; i++) {
      if (performance.now() > deadline) throw new Unreadable('too_large', `not read within ${limits.milliseconds} ms`);
      const page = withPage(pdf, i, (handle) => readPage(extractPage(pdf, handle, i + 1, budget)));
      if (page) read.push(page);
    }
    return { metas: readMetas(pdf), pages: read };
  });
  if (pages.length === 0) throw new Unreadable('unreadable', 'no page of the PDF can be opened');
  if (pages.every((page) => page.glyphs === 0 || page.picture !== null)) {
    if (pages.some((page) => page.picture)) throw new Unreadable('needs_ocr', 'the pages of the PDF are pictures');
    throw new Unreadable('unreadable', 'the PDF has no text and no pictures');
  }
  return { title: metas.Title ?? null, metas, blocks: flowToBlocks(readingOrder(pages)) };
}

function readPage(geometry: PageGeometry): ReadPage {
  const { tables, rest } = ruledTables(geometry);
  return {
    number: geometry.number,
    width: geometry.width,
    height: geometry.height,
    tables,
    lines: groupLines(rest),
    picture: pictureOf(geometry),
    glyphs: geometry.glyphs.length,
  };
}
