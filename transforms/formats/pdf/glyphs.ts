import { viewScratch, type OpenPdf } from './pdfium.ts';
import { foldRadicals } from '../../characters/radicals.ts';
import type { Box } from '../geometry/box.ts';
import type { Cover } from './objects.ts';
import type { Budget, Glyph } from './types.ts';

/** A glyph in the page's own space, y upwards; `turn` is the direction of its text there. */
export interface RawGlyph extends Glyph {
  object: number;
  invisible: boolean;
  /** It may be that nothing of it is seen: in a layer, of the colour of paper, clipped away, or under something. */
  doubtful: boolean;
  /** Something is painted over it, if not opaque. */
  covered: boolean;
  /** Grey of its ink, 0 to 255, where the file does not hold its font: at most another shape is drawn of it. */
  shade?: number;
}

/** Rendering modes that put no ink on the page: 3 invisible, 7 clip only. */
const INKLESS = new Set([3, 7]);
/** Ems: no glyph of a report is wider or taller. */
const OVERSIZE = 4;
const REPLACEMENT = 0xfffd;

/** Glyphs in content order. Blanks are not glyphs: they mark the one that follows. */
export function extractGlyphs(
  pdf: OpenPdf,
  page: number,
  budget: Budget,
  cover: Cover,
): { glyphs: RawGlyph[]; unmapped: number } {
  const { lib, scratch } = pdf;
  const text = lib._FPDFText_LoadPage(page);
  if (!text) return { glyphs: [], unmapped: 0 };
  const glyphs: RawGlyph[] = [];
  let unmapped = 0;
  let spaced = false;
  let object = 0;
  let size = 0;
  let turn = 0;
  let invisible = false;
  let doubtful = false;
  let shade: number | null = null;
  let over: Box[] = [];
  let clip: Box | undefined;
  const count = lib._FPDFText_CountChars(text);
  budget.glyphs -= count;
  for (let i = 0; i < count && budget.glyphs >= 0; i++) {
    // Where the font does not say what its glyph means, this is the number of the glyph: 32 is no blank, 2 no dash, 48 no 0.
    const isLost = lib._FPDFText_HasUnicodeMapError(text, i) > 0;
    const code = isLost ? REPLACEMENT : lib._FPDFText_GetUnicode(text, i);
    if (isBlank(code)) {
      // PDFium adds blanks and line ends of its own guessing; only printed ones count.
      if (!lib._FPDFText_IsGenerated(text, i)) spaced = true;
      continue;
    }
    if (isInvisible(code)) continue;
    const owner = lib._FPDFText_GetTextObject(text, i);
    if (owner !== object) {
      object = owner;
      invisible = INKLESS.has(lib._FPDFTextObj_GetTextRenderMode(owner));
      clip = cover.clipped.get(owner);
      const layered = isLayered(pdf, owner);
      doubtful = clip !== undefined || isPale(pdf, owner) || layered;
      shade = doubtful && !layered ? shadeOf(pdf, owner) : null;
      over = cover.over.get(owner) ?? [];
      lib._FPDFText_GetMatrix(text, i, scratch);
      const m = viewScratch(pdf).floats;
      turn = quarter(m[0]!, m[1]!);
      size = lib._FPDFText_GetFontSize(text, i) * Math.hypot(m[2]!, m[3]!);
    }
    if (isUnmapped(code)) unmapped++;
    lib._FPDFText_GetLooseCharBox(text, i, scratch);
    lib._FPDFText_GetCharOrigin(text, i, scratch + 16, scratch + 24);
    const { floats: box, doubles } = viewScratch(pdf);
    const x = doubles[2]!;
    const y = doubles[3]!;
    // PDFium forgets the text matrix in the loose box of fonts for vertical writing; the origin is right.
    const sane = size > 0 && Math.max(box[2]! - box[0]!, box[1]! - box[3]!) < OVERSIZE * size;
    const x0 = sane ? box[0]! : x;
    const y0 = sane ? box[3]! : y - 0.12 * size;
    const x1 = sane ? box[2]! : x + size;
    const y1 = sane ? box[1]! : y + 0.88 * size;
    const [middle, height] = [(x0 + x1) / 2, (y0 + y1) / 2];
    const covered = over.some((area) => holds(area, middle, height));
    glyphs.push({
      char: charOf(code),
      x0,
      y0,
      x1,
      y1,
      base: turn % 180 === 0 ? y : x,
      size,
      turn,
      spaced,
      object,
      invisible: invisible || (clip !== undefined && !holds(clip, middle, height)),
      doubtful: doubtful || covered,
      covered,
      ...(shade !== null && { shade }),
    });
    spaced = false;
  }
  lib._FPDFText_ClosePage(text);
  return { glyphs, unmapped };
}

export const holds = (area: Box, x: number, y: number): boolean =>
  x > area.x0 && x < area.x1 && y > area.y0 && y < area.y1;

/** From this on a colour of paper: what is drawn under it decides whether it is seen. */
const PALE = 160;
/** Less opaque than this, of 255, text is a shade at most. */
const FAINT = 60;

function isPale(pdf: OpenPdf, object: number): boolean {
  const { lib, scratch } = pdf;
  if (!lib._FPDFPageObj_GetFillColor(object, scratch, scratch + 4, scratch + 8, scratch + 12)) return false;
  const [r = 0, g = 0, b = 0, alpha = 255] = viewScratch(pdf).uints;
  return alpha < FAINT || Math.min(r, g, b) >= PALE;
}

/** Of text that covers what is under it, in a font that the file does not hold. */
function shadeOf(pdf: OpenPdf, object: number): number | null {
  const { lib, scratch } = pdf;
  if (lib._FPDFFont_GetIsEmbedded(lib._FPDFTextObj_GetFont(object)) !== 0) return null;
  if (!lib._FPDFPageObj_GetFillColor(object, scratch, scratch + 4, scratch + 8, scratch + 12)) return null;
  const [r = 0, g = 0, b = 0, alpha = 255] = viewScratch(pdf).uints;
  return alpha < 255 ? null : (77 * r + 150 * g + 29 * b) >> 8;
}

/** In content that is marked as optional: whether its layer is shown is up to the document. */
function isLayered(pdf: OpenPdf, object: number): boolean {
  const { lib, scratch } = pdf;
  const count = lib._FPDFPageObj_CountMarks(object);
  for (let i = 0; i < count; i++) {
    const mark = lib._FPDFPageObj_GetMark(object, i);
    // "OC" and its end, in UTF-16.
    if (lib._FPDFPageObjMark_GetName(mark, scratch, 64, scratch + 64) && viewScratch(pdf).uints[16] === 6) {
      const [name] = viewScratch(pdf).uints;
      if (name === 0x0043004f) return true;
    }
  }
  return false;
}

/** Direction of the x axis of the text, to the nearest quarter, in degrees against the clock. */
function quarter(a: number, b: number): number {
  if (Math.abs(a) >= Math.abs(b)) return a >= 0 ? 0 : 180;
  return b > 0 ? 90 : 270;
}

const isBlank = (code: number): boolean =>
  code === 0x20 ||
  code === 0xa0 ||
  code === 0x3000 ||
  (code >= 0x09 && code <= 0x0d) ||
  (code >= 0x2000 && code <= 0x200a);

/** Zero-width characters and byte order marks. */
const isInvisible = (code: number): boolean => (code >= 0x200b && code <= 0x200f) || code === 0xfeff || code === 0x2060;

const isUnmapped = (code: number): boolean =>
  code === 0 || code === REPLACEMENT || (code >= 0xe000 && code <= 0xf8ff) || (code < 0x20 && code !== 2);

function charOf(code: number): string {
  // PDFium replaces a hyphen at the end of a line by 2 or U+FFFE: here it may be the dash of an empty cell.
  if (code === 2 || code === 0xfffe || code === 0xad) return '-';
  if (code === 0) return String.fromCharCode(REPLACEMENT);
  return foldRadicals(String.fromCodePoint(code));
}
