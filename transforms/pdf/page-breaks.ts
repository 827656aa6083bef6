import type { Cell } from '../doc.ts';
import type { Line } from './lines.ts';
import type { PlacedTable } from './tables.ts';

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
 * them. Changes the tables.
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
    next.table.rows.unshift(...part.table.rows);
    next.edges.unshift(...part.edges);
    gone.add(part);
  }
}

const hasNumber = (row: Cell[]): boolean => row.some(({ text }) => /^[-+]?[\d０-９][\d０-９,.，．]*$/.test(text));

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
