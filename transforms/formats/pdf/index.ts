import type { Doc } from '../../doc/doc.ts';
import { said, Unreadable } from '../../findings.ts';
import { extractPage } from './extract.ts';
import { bareFields, type Field } from './fields.ts';
import { groupLines, wholeMarks } from './lines.ts';
import { isTrap, readMetas, withPage, withPdf, type OpenPdf } from './pdfium.ts';
import { hasText, picturesOf } from './pictures.ts';
import { flowToBlocks } from '../geometry/prose.ts';
import { readingOrder, type ReadPage } from './reading-order.ts';
import { findRules } from '../geometry/rules.ts';
import { ruledTables } from './ruled-tables.ts';
import { PDF_LIMITS, type Budget, type PageGeometry, type PdfLimits } from './types.ts';

/**
 * PDF with a text layer → Doc. Tables from ruling lines (`aligned`), or from the places of numbers where there are
 * none; prose as paragraphs; pages that are images as pictures with source `page N`.
 * @throws Unreadable `encrypted`, `unreadable`, `too_large`, or `needs_ocr` when no page has text that can be read
 */
export async function readPdf(bytes: Uint8Array, limits: PdfLimits = PDF_LIMITS): Promise<Doc> {
  const lost: Lost[] = [];
  const { metas, pages } = await withPdf(bytes, (pdf) => {
    if (pdf.pages > limits.pages)
      throw new Unreadable('too_large', { what: 'pages', count: pdf.pages, limit: limits.pages });
    const budget: Budget = { glyphs: limits.glyphs, segments: limits.segments };
    const read: ReadPage[] = [];
    for (let i = 0; i < pdf.pages; i++) read.push(readPage(pdf, i, budget, lost));
    return { metas: readMetas(pdf), pages: read };
  });
  if (!pages.some((page) => page.hasText)) {
    for (const { error } of lost) throw error;
    const drawn = pages.some((page) => page.pictures.length > 0 && page.width > 0);
    if (drawn) throw new Unreadable('needs_ocr', { what: 'pdf' });
    throw new Unreadable('unreadable', { why: 'pages_without_text' });
  }
  const doc: Doc = { title: metas.Title ?? null, metas, blocks: flowToBlocks(readingOrder(pages)) };
  const [first] = lost;
  if (!first) return doc;
  const why = `page ${first.number}: ${said(first.error)}`;
  return { ...doc, cut: { read: pages.length - lost.length, pages: pages.length, lost: why } };
}

/** A page that an error of our own cost. */
interface Lost {
  number: number;
  error: unknown;
}

/** A page that cannot be read costs only itself. */
function readPage(pdf: OpenPdf, index: number, budget: Budget, lost: Lost[]): ReadPage {
  try {
    const page = withPage<ReadPage, Field[]>(
      pdf,
      index,
      (handle, fields) => findTables(extractPage(pdf, handle, index + 1, budget, fields ?? [])),
      (handle) => bareFields(pdf, handle),
    );
    return page ?? lostPage(index + 1, 'this page cannot be opened');
  } catch (error) {
    if (error instanceof Unreadable || isTrap(error)) throw error;
    lost.push({ number: index + 1, error });
    return lostPage(index + 1, 'this page was not read');
  }
}

function findTables(geometry: PageGeometry): ReadPage {
  const rules = findRules(geometry.strokes, geometry.fills);
  const { tables, rest } = ruledTables(geometry, rules);
  return {
    number: geometry.number,
    width: geometry.width,
    height: geometry.height,
    tables,
    lines: wholeMarks(groupLines(rest)),
    across: rules.across,
    pictures: picturesOf(geometry),
    hasText: hasText(geometry),
  };
}

/** Stands in the document for a page that was lost, as a picture: something was there that is not read. */
function lostPage(number: number, alt: string): ReadPage {
  const origin = `page ${number}`;
  const picture = { kind: 'picture', source: origin, alt, origin } as const;
  const pictures = [{ box: { x0: 0, y0: 0, x1: 0, y1: 0 }, picture }];
  return { number, width: 0, height: 0, tables: [], lines: [], across: [], pictures, hasText: false };
}
