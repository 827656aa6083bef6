import type { Cell } from '../../doc/doc.ts';
import { isNumber } from '../../printed/number.ts';
import type { Box } from './box.ts';
import type { PlacedCell, PlacedTable } from './placed-table.ts';

/** Points that the same line may be off from page to page: half a character of table text, and no column is narrower. */
const SAME_LINE = 6;

/** Tables of one page from top to bottom, and the lines of the report outside of them, without page numbers. */
interface PageTables {
  tables: PlacedTable[];
  lines: Box[];
}

/**
 * A table that page ends have cut becomes one again, on the page where it begins: its parts get the same columns, a
 * header printed again goes, and cells that a page end has cut are joined. Changes the tables.
 * @returns tables that begin on each page
 */
export function joinAcrossPages(pages: PageTables[]): PlacedTable[][] {
  let open: PlacedTable | null = null;
  const joined = new Set<PlacedTable>();
  const beginning = pages.map((page, i) =>
    page.tables.flatMap((part, j) => {
      if (open && j === 0 && goesOn(open, part, pages[i - 1]!, page)) {
        join(open, part);
        joined.add(open);
        return [];
      }
      open = part;
      return [part];
    }),
  );
  for (const { rows } of joined) shareColumns(rows);
  return beginning;
}

const widthOf = ({ rows }: PlacedTable): number => Math.max(...rows.flat().map(({ to }) => to));

/** Nothing stands between the last table of a page and the first of the next, and they are equally wide. */
function goesOn(open: PlacedTable, part: PlacedTable, before: PageTables, page: PageTables): boolean {
  const last = before.tables.at(-1);
  if (!last || !isSame(widthOf(open), widthOf(part))) return false;
  return before.lines.every((line) => line.y0 <= last.box.y1) && page.lines.every((line) => line.y1 >= part.box.y0);
}

const isSame = (a: number, b: number): boolean => Math.abs(a - b) < SAME_LINE;

function join(table: PlacedTable, part: PlacedTable): void {
  dropHeader(part, table.rows);
  joinCells(table, part);
  table.rows.push(...part.rows);
  table.origin = `${table.origin.split(' to ')[0]} to ${part.origin}`;
}

/** The header that is printed again on each page. */
function dropHeader({ rows }: PlacedTable, header: Cell[][]): void {
  const text = (row: Cell[] | undefined): string | undefined => row?.map((c) => c.text).join('|');
  let count = 0;
  while (count < rows.length && text(rows[count]) === text(header[count]) && !hasNumber(rows[count]!)) count++;
  // Cells that reach further down belong to rows that stay.
  if (rows.slice(0, count).some((row, i) => row.some((c) => i + c.rowspan > count))) return;
  rows.splice(0, count);
}

const hasNumber = (row: Cell[]): boolean => row.some(({ text }) => isNumber(text));

/** Cells that the end of a page cuts in two go on in the first row of the next page, in the same column. */
function joinCells({ rows }: PlacedTable, part: PlacedTable): void {
  const [first] = part.rows;
  if (!first) return;
  // A rule closes a header cell at the end of the page as well, where its text runs down.
  const inHeader = !rows.some(hasNumber) && !hasNumber(first);
  const goesOver = (upper: PlacedCell, lower: PlacedCell): boolean =>
    (upper.openBottom && lower.openTop) || (inHeader && upper.text !== '' && isVertical(upper) && isVertical(lower));
  const joined = new Set<PlacedCell>();
  const cut = rows.flatMap((row, i) => row.filter((cell) => i + cell.rowspan === rows.length));
  for (const upper of cut) {
    const lower = first.find(({ from, to }) => isSame(upper.from, from) && isSame(upper.to, to));
    if (!lower || !goesOver(upper, lower)) continue;
    upper.text = [upper.text, lower.text].filter((text) => text !== '').join('\n');
    upper.rowspan += lower.rowspan;
    upper.openBottom = lower.openBottom;
    if (upper.ocr !== undefined && lower.ocr !== undefined) upper.ocr = Math.min(upper.ocr, lower.ocr);
    joined.add(lower);
  }
  const rest = first.filter((cell) => !joined.has(cell));
  if (rest.length > 0) part.rows[0] = rest;
  else {
    part.rows.shift();
    for (const upper of cut) upper.rowspan--;
  }
}

export const isVertical = ({ text }: Cell): boolean => /^(?:\p{L}(?:\n\p{L})*)?$/u.test(text);

/** Spans are counted in the columns of all rows: a page may end before the first row that uses all of them. */
function shareColumns(rows: PlacedCell[][]): void {
  const starts = rows.flat().map(({ from }) => from);
  const lines = starts.sort((a, b) => a - b).filter((x, i, all) => i === 0 || !isSame(x, all[i - 1]!));
  for (const row of rows) {
    for (const cell of row) {
      const within = lines.filter((x) => x > cell.from - SAME_LINE && x < cell.to - SAME_LINE);
      cell.colspan = Math.max(1, within.length);
    }
  }
}
