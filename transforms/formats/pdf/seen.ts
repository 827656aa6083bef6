import type { RawGlyph } from './glyphs.ts';
import { viewScratch, type OpenPdf } from './pdfium.ts';
import { boundsOf, type Box } from '../geometry/box.ts';
import { draw, sizeOf, type RenderedPage } from './draw.ts';
import { DARK, FAINT, VISIBLE } from '../../doc/ink.ts';

type Size = Pick<RenderedPage, 'width' | 'height'>;

/** Dots an inch at which glyphs are looked for: a digit of a table is some 12 dots high. */
const DPI = 144;
/** Share of its width and of the em in which a glyph is looked for: its neighbours and the rules of its cell stay outside. */
const INSIDE = { left: 0.15, right: 0.85, bottom: 0.05, top: 0.65 };
/**
 * In place of `left` for digits where PDFium draws shapes of its own: the one before is wider than its place, and may reach
 * a third into the next; the shape of a digit is wider still.
 */
const INSIDE_OTHERS = 0.45;

/** Characters up to this one PDFium has shapes of, whatever the file holds. */
const LATIN = '\xff';

/**
 * Of glyphs of which some may not be seen (in a layer, white, transparent, clipped away, under something) those that are:
 * what the page shows where it is drawn decides, not why.
 */
export function seenOf(pdf: OpenPdf, page: number, glyphs: RawGlyph[]): RawGlyph[] {
  if (!glyphs.some((glyph) => glyph.doubtful)) return glyphs;
  const size = sizeOf(pdf, page, DPI);
  const spots = new Map(glyphs.filter((g) => g.doubtful).map((glyph) => [glyph, spotOf(pdf, page, glyph, size)]));
  const part = partAround([...spots.values()], size);
  const drawn = draw(pdf, page, DPI, part);
  return glyphs.flatMap((glyph) => {
    const spot = spots.get(glyph);
    if (!spot) return [glyph];
    const { darkest, lightest } = tonesIn(drawn, part, spot);
    const { shade, covered, char } = glyph;
    // Nothing is drawn of ideographs whose font is not there: whoever reads them sees them.
    const contrast = shade === undefined || char <= LATIN || covered ? lightest - darkest : Math.abs(shade - lightest);
    // What is blacked out is no blank: a reader sees that something stood there.
    if (contrast < VISIBLE) return covered && lightest < DARK ? [{ ...glyph, struck: true as const }] : [];
    return [contrast < FAINT ? { ...glyph, pale: true as const } : glyph];
  });
}

/** The part of the page that holds all spots: to draw it alone takes a fraction of the time. */
function partAround(spots: Box[], { width, height }: Size): Box {
  const { x0, y0, x1, y1 } = boundsOf(spots.flatMap((spot) => [spot.x0, spot.y0, spot.x1, spot.y1]));
  const onPage = (at: number, length: number) => Math.max(0, Math.min(length - 1, at));
  return { x0: onPage(x0, width), y0: onPage(y0, height), x1: onPage(x1, width), y1: onPage(y1, height) };
}

/** Of the dots at a spot of the page, of which a part is drawn. */
function tonesIn({ width, gray }: RenderedPage, part: Box, spot: Box): { darkest: number; lightest: number } {
  let darkest = 255;
  let lightest = 0;
  for (let y = Math.max(part.y0, spot.y0); y <= Math.min(part.y1, spot.y1); y++) {
    for (let x = Math.max(part.x0, spot.x0); x <= Math.min(part.x1, spot.x1); x++) {
      const dot = gray[(y - part.y0) * width + x - part.x0]!;
      darkest = Math.min(darkest, dot);
      lightest = Math.max(lightest, dot);
    }
  }
  return { darkest, lightest };
}

/** Where a glyph stands among the dots of the page. */
function spotOf(pdf: OpenPdf, page: number, glyph: RawGlyph, { width, height }: Size): Box {
  const { lib, scratch } = pdf;
  const across = glyph.turn % 180 === 0;
  const { char, x0, y0, x1, y1, base, size, turn, shade } = glyph;
  const up = turn === 0 || turn === 90 ? 1 : -1;
  const along = across ? [x0, x1] : [y0, y1];
  const length = along[1]! - along[0]!;
  const left = shade !== undefined && /[0-9]/.test(char) ? INSIDE_OTHERS : INSIDE.left;
  const at = (share: number): number => (turn < 180 ? along[0]! + share * length : along[1]! - share * length);
  const [from, to] = [at(left), at(INSIDE.right)];
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
