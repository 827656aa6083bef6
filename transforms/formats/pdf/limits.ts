/** Limits of one document; a report has about 10 pages, 10,000 glyphs and 5,000 path segments (dotted rules: 150,000). */
export interface PdfLimits {
  pages: number;
  glyphs: number;
  segments: number;
  milliseconds: number;
}

export const PDF_LIMITS: PdfLimits = { pages: 300, glyphs: 600_000, segments: 3_000_000, milliseconds: 60_000 };
