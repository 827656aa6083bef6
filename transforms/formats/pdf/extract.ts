import { Unreadable } from '../../findings.ts';
import { extractGlyphs, type RawGlyph } from './glyphs.ts';
import { extractObjects } from './objects.ts';
import { viewScratch, type OpenPdf } from './pdfium.ts';
import { turnBox, turnGlyph, turnStroke, uprightTurn, type Turn } from './upright.ts';
import type { Box, PageGeometry } from './types.ts';

/** What is left of the limits of one document; counts down. */
export interface Budget {
  glyphs: number;
  segments: number;
}

/** Everything the geometry modules need from one page. @throws Unreadable `too_large` */
export function extractPage(pdf: OpenPdf, page: number, number: number, budget: Budget): PageGeometry {
  const { lib } = pdf;
  const objects = extractObjects(pdf, page, budget);
  const raw = extractGlyphs(pdf, page, budget);
  if (budget.glyphs < 0) throw new Unreadable('too_large', `too much text on page ${number}`);
  if (budget.segments < 0) throw new Unreadable('too_large', `too much drawing on page ${number}`);

  const paper: Box = pageBox(pdf, page);
  const fallback = (90 * lib._FPDFPage_GetRotation(page)) as Turn;
  const turn = uprightTurn(raw.glyphs, fallback, paper);
  const shown = raw.glyphs.filter((glyph) => isShown(glyph, objects.cover));
  // Outlined text often carries an invisible text layer, which is then the only text there is; a scan is OCR's.
  const outlined = shown.length === 0 && objects.images.length === 0;
  const glyphs = outlined ? raw.glyphs : shown;
  return {
    number,
    width: turn.width,
    height: turn.height,
    glyphs: glyphs.map((glyph) => turnGlyph(glyph, turn)),
    strokes: objects.strokes.map((stroke) => turnStroke(stroke, turn)),
    fills: objects.fills.map((box) => turnBox(box, turn)),
    images: objects.images.map((image) => ({ ...image, ...turnBox(image, turn) })),
    hidden: raw.glyphs.length - glyphs.length,
    unmapped: raw.unmapped,
    curves: objects.curves,
  };
}

function isShown(glyph: RawGlyph, cover: { order: Map<number, number>; last: number }): boolean {
  if (glyph.invisible) return false;
  return cover.last < 0 || (cover.order.get(glyph.object) ?? Infinity) > cover.last;
}

function pageBox(pdf: OpenPdf, page: number): Box {
  const { lib, scratch } = pdf;
  if (!lib._FPDF_GetPageBoundingBox(page, scratch)) {
    return { x0: 0, y0: 0, x1: lib._FPDF_GetPageWidthF(page), y1: lib._FPDF_GetPageHeightF(page) };
  }
  const [left = 0, top = 0, right = 0, bottom = 0] = viewScratch(pdf).floats;
  return { x0: left, y0: bottom, x1: right, y1: top };
}
