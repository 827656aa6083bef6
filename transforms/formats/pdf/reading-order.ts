import type { Picture } from '../../doc/doc.ts';
import { dropFurniture } from './furniture.ts';
import type { Line } from './lines.ts';
import { looseTable } from './unruled-tables.ts';
import { mendPageBreaks } from '../geometry/page-breaks.ts';
import type { Flow } from '../geometry/prose.ts';
import type { PlacedTable } from './ruled-tables.ts';
import { joinWrapped } from './unruled-numbers.ts';
import { findZones, headerLine, type Band, type Zone } from './unruled-zones.ts';

/** One page, read: tables that rules draw, all other lines, and the page as a picture if it is one. */
export interface ReadPage {
  number: number;
  width: number;
  height: number;
  tables: PlacedTable[];
  lines: Line[];
  picture: Picture | null;
  /** The page says something in text that can be read, whether or not it also has pictures. */
  hasText: boolean;
}

/** Tables, pictures and lines in reading order. */
export function readingOrder(pages: ReadPage[]): Flow[] {
  const flow: Flow[] = [];
  const kept = dropFurniture(pages);
  const ruled = mendPageBreaks(
    pages.map((page, i) => ({
      tables: page.tables.toSorted((a, b) => a.box.y0 - b.box.y0),
      lines: kept[i]!.lines,
    })),
  );
  let carried: Line[] = [];
  /** Columns of the table without rules that the page before ended with. */
  let bands: Band[] | null = null;
  for (const [i, page] of pages.entries()) {
    const { zones, rest } = findZones([...carried, ...kept[i]!.lines], page.width);
    const next = pages[i + 1];
    const loose = zones.map((zone, j) =>
      looseTable(joinWrapped(zone), page.number, j === 0 && isTop(zone, rest) ? bands : null),
    );
    const tables = [...ruled[i]!, ...loose.map(({ placed }) => placed)];
    const foot = loose.at(-1);
    bands = foot && rest.every((line) => line.y0 <= foot.placed.box.y1) ? foot.bands : null;
    carried = next ? carryHeader(rest, tables, kept[i + 1]!.lines, next.width) : [];
    const own = carried.length > 0 ? rest.slice(0, -carried.length) : rest;

    const placed: { y: number; item: Flow }[] = tables.map(({ box, table }) => ({
      y: box.y0,
      item: { kind: 'block', block: table },
    }));
    for (const line of own) placed.push({ y: line.base, item: { kind: 'line', line, page: page.number } });
    placed.sort((a, b) => a.y - b.y);
    flow.push(...placed.map(({ item }) => item));
    if (page.picture) flow.push({ kind: 'block', block: page.picture });
  }
  return flow;
}

const isTop = (zone: Zone, rest: Line[]): boolean => rest.every((line) => line.y0 > zone.rows[0]!.line.y0);

/** Header lines at the foot of a page, moved above the first line of the next, when numbers without rules follow there. */
function carryHeader(rest: Line[], tables: PlacedTable[], next: Line[], width: number): Line[] {
  const foot = Math.max(0, ...tables.map(({ box }) => box.y1));
  let from = rest.length;
  while (from > 0 && rest[from - 1]!.y0 > foot && headerLine(rest[from - 1]!, width)) from--;
  while (from < rest.length && !headerLine(rest[from]!, width)!.several) from++;
  const lines = rest.slice(from);
  const last = lines.at(-1);
  if (!last || !next[0]) return [];
  const shift = next[0].base - last.base - 1.5 * last.size;
  const moved = lines.map((line) => ({ ...line, y0: line.y0 + shift, y1: line.y1 + shift, base: line.base + shift }));
  const used = findZones([...moved, ...next], width).zones[0]?.rows.some((row) => row.line === moved[0]);
  return used ? moved : [];
}
