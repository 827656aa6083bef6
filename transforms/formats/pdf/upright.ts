import type { RawGlyph } from './glyphs.ts';
import type { Box, Glyph, Stroke } from './types.ts';

/** Quarter turns are exact, so that equal coordinates stay equal. */
export interface UprightTurn {
  degrees: Turn;
  width: number;
  height: number;
  /** Corner of the paper that becomes the origin, after turning. */
  left: number;
  top: number;
}

export type Turn = 0 | 90 | 180 | 270;

/** The turn under which most glyphs stand upright; `/Rotate` alone says nothing about how the content is drawn. */
export function uprightTurn(glyphs: RawGlyph[], fallback: Turn, paper: Box): UprightTurn {
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

export function turnBox(box: Box, turn: UprightTurn): Box {
  const placed = place(box, turn.degrees);
  return {
    x0: placed.x0 - turn.left,
    x1: placed.x1 - turn.left,
    y0: placed.y0 - turn.top,
    y1: placed.y1 - turn.top,
  };
}

export function turnStroke(stroke: Stroke, turn: UprightTurn): Stroke {
  return { ...turnBox(stroke, turn), across: turn.degrees % 180 === 0 ? stroke.across : !stroke.across };
}

export function turnGlyph(glyph: RawGlyph, turn: UprightTurn): Glyph {
  const box = turnBox(glyph, turn);
  const relative = (glyph.turn - turn.degrees + 360) % 360;
  // Only upright glyphs have a baseline that lines can share; a turned one stands on the bottom of its box.
  const flipped = turn.degrees === 0 || turn.degrees === 270;
  const base = relative === 0 ? (flipped ? -glyph.base : glyph.base) - turn.top : box.y1;
  const { char, size, spaced } = glyph;
  return { char, ...box, base, size, turn: relative, spaced };
}
