import type { Look } from './runs.ts';

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

export const BLACK: Colour = [0, 0, 0];
export const WHITE: Colour = [255, 255, 255];

/** Difference between ink and ground, of 255, from which there is something to see. */
export const VISIBLE = 24;
/**
 * Less than this is pale: browsers print white text in a grey with 84, and nobody can tell whether a reader is to see it.
 * The darkest grey in which offices set what they mean to be read, #999, has 102.
 */
export const FAINT = 96;

/**
 * How text of one colour looks on the ground that is behind it; null where that is not known, which may make white text
 * the clearest of all.
 */
export function lookOnGround(ink: Colour, ground: Colour | null): Look {
  const contrast = Math.max(...ink.map((part, i) => Math.abs(part - (ground ?? WHITE)[i]!)));
  if (contrast >= FAINT) return 'plain';
  if (contrast >= VISIBLE || ground === null) return 'pale';
  // What is blacked out is no blank: a reader sees that something stood there.
  return Math.max(...ground) < DARK ? 'struck' : 'unseen';
}

/** Darker than every colour on which text is set in black. */
export const DARK = 128;
