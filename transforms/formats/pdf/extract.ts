import { Unreadable } from '../../findings.ts';
import { extractGlyphs, holds, type RawGlyph } from './glyphs.ts';
import { extractObjects, type Cover, type Fill, type Objects } from './objects.ts';
import { fieldGlyphs, type Field } from './fields.ts';
import { seenOf } from './seen.ts';
import { withoutHighlights } from './grounds.ts';
import { takeStrikes } from './strikes.ts';
import { viewScratch, type OpenPdf } from './pdfium.ts';
import type { Budget, Glyph, PageGeometry } from './types.ts';
import type { Box } from '../geometry/box.ts';
import type { Stroke } from '../geometry/rules.ts';

/** Everything the geometry modules need from one page. @throws Unreadable `too_large` */
export function extractPage(
  pdf: OpenPdf,
  page: number,
  number: number,
  budget: Budget,
  fields: Field[] = [],
): PageGeometry {
  const { lib } = pdf;
  const objects = extractObjects(pdf, page, budget);
  const raw = extractGlyphs(pdf, page, budget, objects.cover);
  if (budget.glyphs < 0) throw new Unreadable('too_large', { what: 'text', page: number });
  if (budget.segments < 0) throw new Unreadable('too_large', { what: 'drawing', page: number });

  const paper: Box = pageBox(pdf, page);
  const fallback = (90 * lib._FPDFPage_GetRotation(page)) as Turn;
  const turn = uprightTurn(raw.glyphs, fallback, paper);
  const shown = seenOf(
    pdf,
    page,
    raw.glyphs.filter((glyph) => isShown(glyph, objects.cover)),
  );
  // Outlined text often carries an invisible text layer, which is then the only text there is; a scan is OCR's.
  const outlined = shown.length === 0 && objects.images.length === 0;
  const filled = fields.flatMap((field) => fieldGlyphs(field, turn.degrees));
  const glyphs = [...(outlined ? raw.glyphs : shown), ...filled];
  const placed = glyphs.map((glyph) => turnGlyph(glyph, turn));
  const strokes = takeStrikes(
    placed,
    objects.strokes.map((stroke) => turnStroke(stroke, turn)),
  );
  const fills = tableFills(objects, raw.glyphs, shown).map((box) => turnBox(box, turn));
  return {
    number,
    width: turn.width,
    height: turn.height,
    upright: turn.degrees === fallback,
    glyphs: placed,
    strokes,
    fills: withoutHighlights(fills, placed, strokes),
    images: objects.images.map((image) => ({ ...image, ...turnBox(image, turn) })),
    hidden: raw.glyphs.length + filled.length - glyphs.length,
    unmapped: raw.unmapped,
    curves: objects.curves,
  };
}

/** Areas but those that take text away: they are painted over a table and are no part of it. */
function tableFills({ fills, cover }: Objects, glyphs: RawGlyph[], shown: RawGlyph[]): Fill[] {
  const seen = new Set(shown.filter((glyph) => !glyph.struck));
  const hidden = glyphs.filter((glyph) => glyph.covered && !seen.has(glyph));
  if (hidden.length * fills.length > MOST_PAIRS) return fills;
  const hiding = new Set<Fill>();
  for (const glyph of hidden) {
    const [x, y] = [(glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2];
    const order = cover.order.get(glyph.object) ?? 0;
    for (const fill of fills) if (fill.order > order && holds(fill, x, y)) hiding.add(fill);
  }
  return fills.filter((fill) => !hiding.has(fill));
}

/** More than any page has that is not made to keep its reader busy. */
const MOST_PAIRS = 20_000_000;

function isShown(glyph: RawGlyph, cover: Cover): boolean {
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

/** Quarter turns are exact, so that equal coordinates stay equal. */
interface UprightTurn {
  degrees: Turn;
  width: number;
  height: number;
  /** Corner of the paper that becomes the origin, after turning. */
  left: number;
  top: number;
}

type Turn = 0 | 90 | 180 | 270;

/** The turn under which most glyphs stand upright; `/Rotate` alone says nothing about how the content is drawn. */
function uprightTurn(glyphs: RawGlyph[], fallback: Turn, paper: Box): UprightTurn {
  const votes = new Map<Turn, number>();
  for (const glyph of glyphs) votes.set(glyph.turn as Turn, (votes.get(glyph.turn as Turn) ?? 0) + 1);
  let degrees = fallback;
  let most = 0;
  for (const [turn, count] of votes) if (count > most) [degrees, most] = [turn, count];
  const box = place(paper, degrees);
  return { degrees, width: box.x1 - box.x0, height: box.y1 - box.y0, left: box.x0, top: box.y0 };
}

/** Into a space where text that runs in direction `degrees` runs to the right, and y goes down. */
function place(box: Box, degrees: Turn): Box {
  if (degrees === 0) return { x0: box.x0, x1: box.x1, y0: -box.y1, y1: -box.y0 };
  if (degrees === 90) return { x0: box.y0, x1: box.y1, y0: box.x0, y1: box.x1 };
  if (degrees === 180) return { x0: -box.x1, x1: -box.x0, y0: box.y0, y1: box.y1 };
  return { x0: -box.y1, x1: -box.y0, y0: -box.x1, y1: -box.x0 };
}

function turnBox(box: Box, turn: UprightTurn): Box {
  const placed = place(box, turn.degrees);
  return {
    x0: placed.x0 - turn.left,
    x1: placed.x1 - turn.left,
    y0: placed.y0 - turn.top,
    y1: placed.y1 - turn.top,
  };
}

function turnStroke(stroke: Stroke, turn: UprightTurn): Stroke {
  return { ...turnBox(stroke, turn), across: turn.degrees % 180 === 0 ? stroke.across : !stroke.across };
}

function turnGlyph(glyph: RawGlyph, turn: UprightTurn): Glyph {
  const box = turnBox(glyph, turn);
  const relative = (glyph.turn - turn.degrees + 360) % 360;
  // Only upright glyphs have a baseline that lines can share; a turned one stands on the bottom of its box.
  const flipped = turn.degrees === 0 || turn.degrees === 270;
  const base = relative === 0 ? (flipped ? -glyph.base : glyph.base) - turn.top : box.y1;
  const { char, size, spaced, pale, struck, field } = glyph;
  const marked = { ...(pale && { pale }), ...(struck && { struck }), ...(field && { field }) };
  return { char, ...box, base, size, turn: relative, spaced, ...marked };
}
