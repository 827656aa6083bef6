import type { RawGlyph } from './glyphs.ts';
import { viewScratch, type OpenPdf } from './pdfium.ts';
import type { Box } from '../geometry/box.ts';
import { draw, type RenderedPage } from './draw.ts';
import { DARK, FAINT, VISIBLE } from '../../doc/ink.ts';

/** Dots an inch at which glyphs are looked for: a digit of a table is some 12 dots high. */
const DPI = 144;
/** Share of its width and of the em in which a glyph is looked for: its neighbours and the rules of its cell stay outside. */
const INSIDE = { left: 0.15, right: 0.85, bottom: 0.05, top: 0.65 };

/**
 * Of glyphs of which some may not be seen (in a layer, white, transparent, clipped away, under something) those that are:
 * what the page shows where it is drawn decides, not why.
 */
export function seenOf(pdf: OpenPdf, page: number, glyphs: RawGlyph[]): RawGlyph[] {
  if (!glyphs.some((glyph) => glyph.doubtful)) return glyphs;
  const drawn = draw(pdf, page, DPI);
  return glyphs.flatMap((glyph) => {
    if (!glyph.doubtful) return [glyph];
    const { darkest, lightest } = tonesIn(drawn, spotOf(pdf, page, glyph, drawn));
    const contrast = lightest - darkest;
    // What is blacked out is no blank: a reader sees that something stood there.
    if (contrast < VISIBLE) return glyph.covered && lightest < DARK ? [{ ...glyph, struck: true as const }] : [];
    return [contrast < FAINT ? { ...glyph, pale: true as const } : glyph];
  });
}

function tonesIn({ width, height, gray }: RenderedPage, spot: Box): { darkest: number; lightest: number } {
  let darkest = 255;
  let lightest = 0;
  for (let y = Math.max(0, spot.y0); y <= Math.min(height - 1, spot.y1); y++) {
    for (let x = Math.max(0, spot.x0); x <= Math.min(width - 1, spot.x1); x++) {
      const dot = gray[y * width + x]!;
      darkest = Math.min(darkest, dot);
      lightest = Math.max(lightest, dot);
    }
  }
  return { darkest, lightest };
}

/** Where a glyph stands among the dots of the page. */
function spotOf(pdf: OpenPdf, page: number, glyph: RawGlyph, { width, height }: RenderedPage): Box {
  const { lib, scratch } = pdf;
  const across = glyph.turn % 180 === 0;
  const { x0, y0, x1, y1, base, size, turn } = glyph;
  const up = turn === 0 || turn === 90 ? 1 : -1;
  const along = across ? [x0, x1] : [y0, y1];
  const length = along[1]! - along[0]!;
  const from = along[0]! + INSIDE.left * length;
  const to = along[0]! + INSIDE.right * length;
  const low = base + up * (across ? 1 : -1) * INSIDE.bottom * size;
  const high = base + up * (across ? 1 : -1) * INSIDE.top * size;
  const corner = (x: number, y: number): [number, number] => {
    lib._FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, scratch, scratch + 4);
    const [left = 0, top = 0] = viewScratch(pdf).ints;
    return [left, top];
  };
  const [ax, ay] = across ? corner(from, low) : corner(low, from);
  const [bx, by] = across ? corner(to, high) : corner(high, to);
  return { x0: Math.min(ax, bx), x1: Math.max(ax, bx), y0: Math.min(ay, by), y1: Math.max(ay, by) };
}
