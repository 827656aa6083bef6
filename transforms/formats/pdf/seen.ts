import type { RawGlyph } from './glyphs.ts';
import { viewScratch, type OpenPdf } from './pdfium.ts';
import type { Box } from '../geometry/box.ts';
import { draw, type RenderedPage } from './draw.ts';

/** Dots an inch at which glyphs are looked for: a digit of a table is some 12 dots high. */
const DPI = 144;
/** Difference between the lightest and the darkest dot from which there is something to see. */
const VISIBLE = 24;
/** Less than this is no part of a number in black: browsers print white text in such a grey. */
const FAINT = 96;
/** Share of its width and of the em in which a glyph is looked for: its neighbours and the rules of its cell stay outside. */
const INSIDE = { left: 0.15, right: 0.85, bottom: 0.05, top: 0.65 };

/**
 * Of glyphs of which some may not be seen (in a layer, white, transparent) those that are: what the page shows where it is
 * drawn decides, not why.
 */
export function seenOf(pdf: OpenPdf, page: number, glyphs: RawGlyph[]): RawGlyph[] {
  if (!glyphs.some((glyph) => glyph.doubtful)) return glyphs;
  const drawn = draw(pdf, page, DPI);
  return glyphs.filter((glyph, i) => {
    if (!glyph.doubtful) return true;
    const contrast = contrastIn(drawn, spotOf(pdf, page, glyph, drawn));
    return (
      contrast >= FAINT || (contrast >= VISIBLE && !touchesOrdinary(glyphs, i, -1) && !touchesOrdinary(glyphs, i, 1))
    );
  });
}

/** Whether what touches a glyph, or the pale ones beside it, is of ordinary colour. */
function touchesOrdinary(glyphs: RawGlyph[], at: number, step: 1 | -1): boolean {
  for (let i = at; Math.abs(i - at) < LONGEST_PALE; i += step) {
    const next = glyphs[i + step];
    if (!next || !touches(glyphs[i]!, next)) return false;
    if (!next.doubtful) return true;
  }
  return false;
}
/** Glyphs of a pale piece beside a number; longer ones are a text of their own. */
const LONGEST_PALE = 20;

/** Beside each other in a line, or where the end of a cell broke it. */
const touches = (a: RawGlyph, b: RawGlyph): boolean =>
  Math.max(b.x0 - a.x1, a.x0 - b.x1) < 0.3 * a.size && Math.max(b.y0 - a.y1, a.y0 - b.y1) < 0.8 * a.size;

function contrastIn({ width, height, gray }: RenderedPage, spot: Box): number {
  let darkest = 255;
  let lightest = 0;
  for (let y = Math.max(0, spot.y0); y <= Math.min(height - 1, spot.y1); y++) {
    for (let x = Math.max(0, spot.x0); x <= Math.min(width - 1, spot.x1); x++) {
      const dot = gray[y * width + x]!;
      darkest = Math.min(darkest, dot);
      lightest = Math.max(lightest, dot);
    }
  }
  return lightest - darkest;
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
