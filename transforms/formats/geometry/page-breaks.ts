import type { Cell } from '../../doc/doc.ts';
import { isNumber } from '../../printed/number.ts';
import type { Line } from '../pdf/lines.ts';
import type { PlacedTable } from '../pdf/ruled-tables.ts';

/** Points that the same line may be off from page to page. */
const SAME_LINE = 3;

/** Tables of one page from top to bottom, and the lines outside them. */
export interface PageTables {
  tables: PlacedTable[];
  lines: Line[];
}

/**
 * The parts of a table that page ends have cut are grids of their own. Parts of the same width get the same columns, so
 * that spans mean the same in all of them; a header printed again goes, and a header cut off from its numbers joins
 * them. Changes the tables, and takes lines of cells from the lines.
 * @returns tables that remain on each page
 */
export function mendPageBreaks(pages: PageTables[]): PlacedTable[][] {
  const gone = new Set<PlacedTable>();
  let parts: PlacedTable[] = [];
  const finish = (): void => {
    if (parts.length > 1) mend(parts, gone);
    parts = [];
  };
  for (const [i, page] of pages.entries()) {
    takeHanging(page);
    if (parts.length === 0 || !goesOn(pages[i - 1]!, page)) finish();
    for (const [j, table] of page.tables.entries()) {
      if (j > 0) finish();
      parts.push(table);
    }
  }
  finish();
  return pages.map(({ tables }) => tables.filter((table) => !gone.has(table)));
}

/** Nothing stands between the last table of a page and the first of the next, and they are equally wide. */
function goesOn(before: PageTables, after: PageTables): boolean {
  const last = before.tables.at(-1);
  const first = after.tables[0];
  if (!last || !first || Math.abs(widthOf(last) - widthOf(first)) >= SAME_LINE) return false;
  return before.lines.every((line) => line.y0 <= last.box.y1) && after.lines.every((line) => line.y1 >= first.box.y0);
}

function mend(parts: PlacedTable[], gone: Set<PlacedTable>): void {
  shareColumns(parts);
  const header = parts[0]!.table.rows;
  for (const part of parts.slice(1)) dropHeader(part, header);
  for (const [i, part] of parts.slice(0, -1).entries()) {
    if (part.table.rows.some(hasNumber)) continue;
    const next = parts[i + 1]!;
    joinHalves(part, next);
    next.table.rows.unshift(...part.table.rows);
    next.edges.unshift(...part.edges);
    gone.add(part);
  }
}

/** Producers that clip a cell at the end of the page draw a line of it below the rule there. */
function takeHanging({ tables, lines }: PageTables): void {
  const last = tables.at(-1);
  if (!last) return;
  const { box, table, edges } = last;
  const at = lines.findIndex((line) => line.y0 > box.y0 && line.y0 < box.y1 && line.base > box.y1);
  if (at === -1) return;
  const homes = lines[at]!.glyphs.map(({ x0, x1, char }) => {
    const index = (edges.at(-1) ?? []).findIndex(({ from, to }) => x0 >= from && x1 <= to);
    return { char, cell: table.rows.at(-1)?.[index] };
  });
  // One more character under each of the cells whose text runs down, and nothing else.
  const cells = new Set(homes.map((home) => home.cell));
  if (cells.size < homes.length || homes.some(({ cell }) => !cell || !isVertical(cell) || cell.text === '')) return;
  for (const { char, cell } of homes) cell!.text += `\n${char}`;
  lines.splice(at, 1);
}

const isVertical = ({ text }: Cell): boolean => /^(?:\p{L}(?:\n\p{L})*)?$/u.test(text);

/** Header cells of vertical text that the end of the page cuts in two: the same column begins the next page. */
function joinHalves(part: PlacedTable, next: PlacedTable): void {
  const [upper, upperEdges] = [part.table.rows.at(-1), part.edges.at(-1)];
  const [lower, lowerEdges] = [next.table.rows[0], next.edges[0]];
  if (!upper || !upperEdges || !lower || !lowerEdges || hasNumber(lower)) return;
  const same = (a: number, b: number): boolean => Math.abs(a - part.box.x0 - (b - next.box.x0)) < SAME_LINE;
  const joined = new Set<number>();
  for (const [i, cell] of upper.entries()) {
    const { from, to } = upperEdges[i]!;
    const j = lowerEdges.findIndex((edge) => same(from, edge.from) && same(to, edge.to));
    const below = lower[j];
    if (!below || cell.text === '' || !isVertical(cell) || !isVertical(below)) continue;
    cell.text = [cell.text, below.text].filter((text) => text !== '').join('\n');
    cell.rowspan += below.rowspan;
    joined.add(j);
  }
  next.table.rows[0] = lower.filter((_, j) => !joined.has(j));
  next.edges[0] = lowerEdges.filter((_, j) => !joined.has(j));
  if (next.table.rows[0].length > 0) return;
  next.table.rows.shift();
  next.edges.shift();
  for (const cell of upper) cell.rowspan = 1;
}

const hasNumber = (row: Cell[]): boolean => row.some(({ text }) => isNumber(text));

function dropHeader(part: PlacedTable, header: Cell[][]): void {
  const { rows } = part.table;
  const text = (row: Cell[] | undefined): string | undefined => row?.map((c) => c.text).join('|');
  let count = 0;
  while (count < rows.length && text(rows[count]) === text(header[count]) && !hasNumber(rows[count]!)) count++;
  // Cells that reach further down belong to rows that stay.
  if (rows.slice(0, count).some((row, i) => row.some((c) => i + c.rowspan > count))) return;
  rows.splice(0, count);
  part.edges.splice(0, count);
}

const widthOf = ({ box }: PlacedTable): number => box.x1 - box.x0;

function shareColumns(parts: PlacedTable[]): void {
  // Margins may differ between left and right pages: positions count from the table's own left side.
  const starts = parts.flatMap(({ box, edges }) => edges.flat().map(({ from }) => from - box.x0));
  const lines = starts.sort((a, b) => a - b).filter((x, i, all) => i === 0 || x - all[i - 1]! >= SAME_LINE);
  for (const { box, edges, table } of parts) {
    for (const [r, row] of edges.entries()) {
      for (const [c, { from, to }] of row.entries()) {
        const within = lines.filter((x) => x > from - box.x0 - SAME_LINE && x < to - box.x0 - SAME_LINE);
        table.rows[r]![c]!.colspan = Math.max(1, within.length);
      }
    }
  }
}
