import type { Box } from '../geometry/box.ts';
import type { Stroke } from '../geometry/rules.ts';

/**
 * Geometry of one page, in points, turned so that its text is upright: x to the right, y downwards, origin at the
 * top left corner of the page as it is read (whatever `/Rotate` says).
 */
export interface PageGeometry {
  /** From 1. */
  number: number;
  width: number;
  height: number;
  /** A viewer shows it upright as well. */
  upright: boolean;
  glyphs: Glyph[];
  strokes: Stroke[];
  fills: Box[];
  images: PageImage[];
  /** Glyphs that a reader of the page does not see: rendering mode 3, clipped away, or behind something opaque. */
  hidden: number;
  /** Glyphs without a known character. */
  unmapped: number;
  /** Curved segments of paths: text drawn as outlines has thousands. */
  curves: number;
}

export interface Glyph extends Box {
  char: string;
  /** Y of the baseline. */
  base: number;
  /** Em size. */
  size: number;
  /** Degrees that this glyph is turned against the text of the page: 0, 90, 180 or 270. */
  turn: number;
  /** A blank stands between this glyph and the one before it in the content. */
  spaced: boolean;
  /** A line is drawn through it. */
  struck?: true;
  /** Of a field, laid out by us: only about where a viewer draws it, and in one cell. */
  field?: true;
  /** So light that it may not be meant to be seen. */
  pale?: true;
}

export interface PageImage extends Box {
  /** Size of the embedded image itself, before it is placed on the page. */
  pixelWidth: number;
  pixelHeight: number;
}

/** Limits of one document; a report has about 10 pages, 10,000 glyphs and 5,000 path segments (dotted rules: 150,000). */
export interface PdfLimits {
  pages: number;
  glyphs: number;
  segments: number;
}

export const PDF_LIMITS: PdfLimits = { pages: 300, glyphs: 600_000, segments: 3_000_000 };

/** What is left of the limits of one document; counts down. */
export interface Budget {
  glyphs: number;
  segments: number;
}
