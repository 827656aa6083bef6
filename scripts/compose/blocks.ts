import type { PrintedTable, PrintedCell, PrintedBlock } from './printed.ts';
import type { Figures } from './figures.ts';
import { inventedNotice, reportSections, titleOf } from './prose.ts';
import { printedTables, type Splits } from './tables.ts';
import type { Wording } from './wording.ts';

export function printedBlocks(f: Figures, style: Wording & Splits): PrintedBlock[] {
  if (f.printed) return f.printed;
  const tables = printedTables(f, style, style);
  const blocks: PrintedBlock[] = [{ kind: 'title', text: titleOf(f) }];
  for (const section of reportSections(f, style)) {
    blocks.push({ kind: 'heading', text: section.title });
    for (const text of section.paragraphs) blocks.push({ kind: 'paragraph', text });
    for (const [i, table] of tables.filter((t) => t.section === section.number).entries()) {
      if (i > 0) blocks.push({ kind: 'paragraph', text: '（续表）' });
      blocks.push({ kind: 'table', table });
    }
  }
  if (f.invented) blocks.push({ kind: 'paragraph', text: inventedNotice });
  return blocks;
}

/** A cell in its columns; `continues` stands where a cell above goes on, over the same columns. */
export interface PlacedCell {
  cell: PrintedCell;
  column: number;
  continues: boolean;
}

/** Rows with the continuations that word processors write out and HTML leaves out. */
export function placedRows(table: PrintedTable): PlacedCell[][] {
  let open: { cell: PrintedCell; column: number; left: number }[] = [];
  return table.rows.map((row) => {
    const placed: PlacedCell[] = open.map(({ cell, column }) => ({ cell, column, continues: true }));
    const next = open.flatMap((o) => (o.left > 1 ? [{ ...o, left: o.left - 1 }] : []));
    let column = 0;
    for (const cell of row) {
      for (let over = at(open, column); over; over = at(open, column)) column += over.cell.colspan;
      placed.push({ cell, column, continues: false });
      if (cell.rowspan > 1) next.push({ cell, column, left: cell.rowspan - 1 });
      column += cell.colspan;
    }
    open = next;
    return placed.toSorted((a, b) => a.column - b.column);
  });
}

const at = <T extends { cell: PrintedCell; column: number }>(open: T[], column: number) =>
  open.find((o) => o.column <= column && column < o.column + o.cell.colspan);

/** Columns of the whole table. */
export const widthOf = (table: PrintedTable) => (table.rows[0] ?? []).reduce((sum, cell) => sum + cell.colspan, 0);
