import type { Cell, Table } from '../../doc/doc.ts';
import { Unreadable } from '../../findings.ts';

/** A cell of a word processor: columns it covers, and its part in a merge downwards. */
export interface MergeCell {
  text: string;
  columns: number;
  down: 'first' | 'continued' | null;
  nested: Table[];
  unread?: Cell['unread'];
}

/** No word processor makes more columns than 63; a declared span beyond this is not believed. */
export const maxSpan = 1000;
const maxCells = 200_000;

/**
 * Cells that continue a merge go into the rowspan of its first cell. A continued cell with nothing above it that
 * starts and ends in the same columns is a cell of its own. What is typed in continued cells is not displayed.
 */
export function mergeDown(rows: MergeCell[][]): Cell[][] {
  let open = new Map<number, { cell: Cell; columns: number }>();
  let total = 0;
  return rows.map((row) => {
    const next: typeof open = new Map();
    const cells: Cell[] = [];
    let column = 0;
    for (const raw of row) {
      if (++total > maxCells) throw new Unreadable('too_large', { what: 'cells', limit: maxCells });
      const columns = Math.min(Math.max(raw.columns, 1), maxSpan);
      const above = open.get(column);
      if (raw.down === 'continued' && above?.columns === columns) {
        above.cell.rowspan++;
        next.set(column, above);
      } else {
        const cell: Cell = { text: raw.text, colspan: columns, rowspan: 1 };
        if (raw.nested.length > 0) cell.nested = raw.nested;
        if (raw.unread) cell.unread = raw.unread;
        cells.push(cell);
        if (raw.down === 'first') next.set(column, { cell, columns });
      }
      column += columns;
    }
    open = next;
    return cells;
  });
}
