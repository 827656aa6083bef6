import { cell, type PrintedCell, type PrintedTable } from './printed.ts';
import { placedRows, widthOf } from './blocks.ts';

/** Cells of rows above `at` that reach into or past it. */
const crossing = (table: PrintedTable, at: number) =>
  table.rows.slice(0, at).flatMap((row, r) => row.filter((c) => r + c.rowspan > at).map((c) => ({ c, r })));

/** A new row before row `at`: one cell over all columns that spans from above leave free. */
export function insertRow(table: PrintedTable, at: number, text: string): PrintedTable {
  const spans = crossing(table, at);
  const free = widthOf(table) - spans.reduce((sum, { c }) => sum + c.colspan, 0);
  const longer = new Set(spans.map(({ c }) => c));
  const rows = table.rows.map((row) => row.map((c) => (longer.has(c) ? { ...c, rowspan: c.rowspan + 1 } : c)));
  return { ...table, rows: rows.toSpliced(at, 0, [cell(text, 'caption', free)]) };
}

/** Two tables, the second beginning with row `at`; spans that cross go on in an empty cell, as page breaks leave them. */
export function splitBefore(table: PrintedTable, at: number): [PrintedTable, PrintedTable] {
  const spans = crossing(table, at);
  const above = table.rows
    .slice(0, at)
    .map((row, r) => row.map((c) => (r + c.rowspan > at ? { ...c, rowspan: at - r } : c)));
  const continued = spans.map(({ c, r }) => cell('', 'continued', c.colspan, r + c.rowspan - at));
  const below = table.rows.slice(at).map((row, r) => (r === 0 ? [...continued, ...row] : row));
  return [
    { ...table, rows: above },
    { ...table, rows: below },
  ];
}

/** The row with its label cell changed. */
export const withLabel = (row: PrintedCell[], change: (label: PrintedCell) => PrintedCell): PrintedCell[] =>
  row.map((c) => (c.role === 'label' ? change(c) : c));

/** Each cell of several rows or columns as so many cells, as converters that know no merges write it. */
export const writtenOut = (table: PrintedTable): PrintedTable => ({
  ...table,
  rows: placedRows(table).map((row) =>
    row.flatMap(({ cell: c }) => Array.from({ length: c.colspan }, () => ({ ...c, colspan: 1, rowspan: 1 }))),
  ),
});
