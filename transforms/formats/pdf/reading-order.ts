import { dropFurniture } from './furniture.ts';
import { lineText, type Line } from './lines.ts';
import type { PlacedPicture } from './pictures.ts';
import { looseTable } from './unruled-tables.ts';
import { isVertical, joinAcrossPages } from '../geometry/page-breaks.ts';
import { flowOf, type Flow } from '../geometry/prose.ts';
import { toTable, type PlacedTable } from '../geometry/placed-table.ts';
import type { Box } from '../geometry/box.ts';
import type { Rule } from '../geometry/rules.ts';
import { joinWrapped } from './unruled-numbers.ts';
import { findZones, headerLine, type Band, type Zone } from './unruled-zones.ts';

/** One page, read: tables that rules draw, all other lines, and pictures that may hold what its text lacks. */
export interface ReadPage {
  number: number;
  width: number;
  height: number;
  tables: PlacedTable[];
  lines: Line[];
  /** Rules that run across, of tables and others. */
  across: Rule[];
  pictures: PlacedPicture[];
  /** The page says something in text that can be read, whether or not it also has pictures. */
  hasText: boolean;
}

/** Tables, pictures and lines in reading order. */
export function readingOrder(pages: ReadPage[]): Flow[] {
  const flow: Flow[] = [];
  const kept = dropFurniture(pages);
  const ruled = joinAcrossPages(
    pages.map((page, i) => {
      const tables = page.tables.toSorted((a, b) => a.box.y0 - b.box.y0);
      takeHanging(tables.at(-1), kept[i]!.lines);
      return { tables, lines: kept[i]!.lines };
    }),
  );
  let carried: Line[] = [];
  /** Columns of the table without rules that the page before ended with. */
  let bands: Band[] | null = null;
  for (const [i, page] of pages.entries()) {
    const { zones, rest } = findZones([...carried, ...kept[i]!.lines], page.width);
    const next = pages[i + 1];
    const loose = zones.map((zone, j) =>
      looseTable(joinWrapped(zone, page.across), page.number, j === 0 && isTop(zone, rest) ? bands : null),
    );
    const tables = [...ruled[i]!.map((placed) => ({ box: placed.box, block: toTable(placed) })), ...loose];
    const foot = loose.at(-1);
    bands = foot && rest.every((line) => line.y0 <= foot.box.y1) ? foot.bands : null;
    carried = next ? carryHeader(rest, tables, kept[i + 1]!.lines, next.width) : [];
    const own = carried.length > 0 ? rest.slice(0, -carried.length) : rest;
    const texts = own.map((line) => ({ ...line, text: lineText(line) }));
    const pictures = page.pictures.map(({ box, picture }) => ({ box, block: picture }));
    flow.push(...flowOf(page.number, [...tables, ...pictures], texts));
  }
  return flow;
}

const isTop = (zone: Zone, rest: Line[]): boolean => rest.every((line) => line.y0 > zone.rows[0]!.line.y0);

/** Header lines at the foot of a page, moved above the first line of the next, when numbers without rules follow there. */
function carryHeader(rest: Line[], tables: { box: Box }[], next: Line[], width: number): Line[] {
  const foot = Math.max(0, ...tables.map(({ box }) => box.y1));
  let from = rest.length;
  while (from > 0 && rest[from - 1]!.y0 > foot && headerLine(rest[from - 1]!, width)) from--;
  while (from < rest.length && !headerLine(rest[from]!, width)!.several) from++;
  const lines = rest.slice(from);
  const last = lines.at(-1);
  if (!last || !next[0]) return [];
  const shift = next[0].base - last.base - 1.5 * last.size;
  const moved = lines.map((line) => ({ ...lowered(line, shift), glyphs: line.glyphs.map((g) => lowered(g, shift)) }));
  const used = findZones([...moved, ...next], width).zones[0]?.rows.some((row) => row.line === moved[0]);
  return used ? moved : [];
}

const lowered = <T extends Box & { base: number }>(drawn: T, by: number): T => ({
  ...drawn,
  y0: drawn.y0 + by,
  y1: drawn.y1 + by,
  base: drawn.base + by,
});

/** Producers that clip a cell at the end of the page draw a line of it below the rule there: it goes into the table. */
function takeHanging(last: PlacedTable | undefined, lines: Line[]): void {
  if (!last) return;
  const { box, rows } = last;
  const at = lines.findIndex((line) => line.y0 > box.y0 && line.y0 < box.y1 && line.base > box.y1);
  if (at === -1) return;
  const homes = lines[at]!.glyphs.map(({ x0, x1, char }) => {
    return { char, cell: rows.at(-1)?.find(({ from, to }) => x0 >= box.x0 + from && x1 <= box.x0 + to) };
  });
  // One more character under each of the cells whose text runs down, and nothing else.
  const cells = new Set(homes.map((home) => home.cell));
  if (cells.size < homes.length || homes.some(({ cell }) => !cell || !isVertical(cell) || cell.text === '')) return;
  for (const { char, cell } of homes) cell!.text += `\n${char}`;
  lines.splice(at, 1);
}
