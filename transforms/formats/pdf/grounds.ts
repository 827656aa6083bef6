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
    return [fill.x0, fill.x1].some((x) => hasAlong(uprights, x, fill));
  });
}

const isOn = ({ x0, x1, base }: Glyph, fill: Box): boolean =>
  (x0 + x1) / 2 > fill.x0 && (x0 + x1) / 2 < fill.x1 && base > fill.y0 && base < fill.y1 + 1;

const sidesOf = (fill: Box): (Box & { of: Box })[] => [
  { ...fill, x1: fill.x0, of: fill },
  { ...fill, x0: fill.x1, of: fill },
];

/** Something else is drawn down beside an edge of `fill`, over a part of its height. */
function hasAlong(uprights: (Box & { of?: Box })[], x: number, fill: Box): boolean {
  let low = 0;
  for (let high = uprights.length; low < high;) {
    const middle = (low + high) >> 1;
    if (uprights[middle]!.x0 < x - ALONG) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < uprights.length && uprights[i]!.x0 <= x + ALONG; i++) {
    const { y0, y1, of } = uprights[i]!;
    if (of !== fill && Math.min(y1, fill.y1) > Math.max(y0, fill.y0)) return true;
  }
  return false;
}
