import type { Stroke } from '../geometry/rules.ts';
import type { Glyph } from './types.ts';

/** Ems above the baseline between which a line strikes text through: below it underlines, above it is a rule. */
const LOW = 0.15;
const HIGH = 0.6;
/** Share of a line that must lie over glyphs, and of a glyph that must lie under it. */
const OVER_TEXT = 0.7;
const OVER_GLYPH = 0.5;
/** Ems: dots and the points of arrows are shorter. */
const SHORTEST = 0.4;

/** Marks the glyphs that a line strikes through, and takes such lines away: they are no rules of a table. */
export function takeStrikes(glyphs: Glyph[], strokes: Stroke[]): Stroke[] {
  const rows = new Map<number, Glyph[]>();
  let largest = 0;
  for (const glyph of glyphs) {
    if (glyph.turn !== 0) continue;
    const row = Math.floor(glyph.base);
    const own = rows.get(row);
    if (own) own.push(glyph);
    else rows.set(row, [glyph]);
    largest = Math.max(largest, glyph.size);
  }
  const below = (y: number): Glyph[] => {
    const found: Glyph[] = [];
    for (let row = Math.floor(y); row <= y + HIGH * largest; row++) found.push(...(rows.get(row) ?? []));
    return found;
  };
  return strokes.filter((stroke) => {
    const { x0, x1, across } = stroke;
    const length = x1 - x0;
    if (!across || length < SHORTEST * MOST_SMALL) return true;
    const y = (stroke.y0 + stroke.y1) / 2;
    let over = 0;
    const struck = below(y).filter((glyph) => {
      const { base, size } = glyph;
      if (y < base - HIGH * size || y > base - LOW * size || length < SHORTEST * size) return false;
      const shared = Math.min(x1, glyph.x1) - Math.max(x0, glyph.x0);
      if (shared <= 0) return false;
      over += shared;
      return shared > OVER_GLYPH * (glyph.x1 - glyph.x0);
    });
    if (struck.length === 0 || over < OVER_TEXT * length) return true;
    for (const glyph of struck) glyph.struck = true;
    return false;
  });
}
/** Points of the smallest text: what is shorter than a part of it needs no look at the glyphs. */
const MOST_SMALL = 5;
