import type { Box } from '../geometry/box.ts';
import type { Stroke } from '../geometry/rules.ts';
import type { Glyph } from './types.ts';

/** Ems: highlighting ends with the text that it is under, cells leave room beside it. */
const CLOSE = 0.25;
/** Ems: highlighting is one line high. */
const HIGHEST = 1.8;
/** Points between the edge of an area and another rule or area that is drawn along it. */
const ALONG = 3.5;

/** Areas without those that only highlight a piece of a line: those are no cells, whatever is written on them. */
export function withoutHighlights(fills: Box[], glyphs: Glyph[], strokes: Stroke[]): Box[] {
  const largest = glyphs.reduce((size, glyph) => Math.max(size, glyph.size), 0);
  const rows = new Map<number, Glyph[]>();
  for (const glyph of glyphs) {
    const row = Math.floor(glyph.base);
    const own = rows.get(row);
    if (own) own.push(glyph);
    else rows.set(row, [glyph]);
  }
  const uprights = [...strokes.filter(({ across }) => !across), ...fills.flatMap(sidesOf)].sort((a, b) => a.x0 - b.x0);
  return fills.filter((fill) => {
    if (fill.y1 - fill.y0 > HIGHEST * largest) return true;
    const under: Glyph[] = [];
    for (let row = Math.floor(fill.y0); row <= fill.y1; row++)
      for (const glyph of rows.get(row) ?? []) if (isOn(glyph, fill)) under.push(glyph);
    const size = under[0]?.size ?? 0;
    if (size === 0 || fill.y1 - fill.y0 > HIGHEST * size) return true;
    const left = Math.min(...under.map(({ x0 }) => x0));
    const right = Math.max(...under.map(({ x1 }) => x1));
    if (Math.max(Math.abs(left - fill.x0), Math.abs(right - fill.x1)) > CLOSE * size) return true;
    if (isInside(uprights, fill)) return false;
    return [fill.x0, fill.x1].some((x) => near(uprights, x - ALONG, x + ALONG).some((other) => goesAlong(other, fill)));
  });
}

const isOn = ({ x0, x1, base }: Glyph, fill: Box): boolean =>
  (x0 + x1) / 2 > fill.x0 && (x0 + x1) / 2 < fill.x1 && base > fill.y0 && base < fill.y1 + 1;

type Upright = Box & { of?: Box };

const sidesOf = (fill: Box): Upright[] => [
  { ...fill, x1: fill.x0, of: fill },
  { ...fill, x0: fill.x1, of: fill },
];

/** Those that begin from `from` to `to`. */
function near(uprights: Upright[], from: number, to: number): Upright[] {
  let low = 0;
  for (let high = uprights.length; low < high;) {
    const middle = (low + high) >> 1;
    if (uprights[middle]!.x0 < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < uprights.length && uprights[end]!.x0 <= to) end++;
  return uprights.slice(low, end);
}

/** Something else is drawn down beside an edge of `fill`, over a part of its height. */
const goesAlong = ({ y0, y1, of }: Upright, fill: Box): boolean =>
  of !== fill && Math.min(y1, fill.y1) > Math.max(y0, fill.y0);

/** Points that a narrow cell leaves free around what is highlighted in it; its own ground reaches its rules. */
const INSET = 1;
const WIDEST_INSET = 8;

/** A narrow cell is closely around `fill`: its own ground on all sides, or a rule on both. */
function isInside(uprights: Upright[], fill: Box): boolean {
  const over = ({ y0, y1 }: Box) => y0 < fill.y0 - INSET && y1 > fill.y1 + INSET;
  const left = near(uprights, fill.x0 - WIDEST_INSET, fill.x0 - INSET).filter(over);
  const right = near(uprights, fill.x1 + INSET, fill.x1 + WIDEST_INSET).filter(over);
  return left.some(({ of }) => right.some((other) => other.of === of));
}
