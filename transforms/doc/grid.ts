import type { Cell, Table } from './doc.ts';

/** A table with its spans laid out on a rectangle. */
export interface Grid {
  rows: number;
  columns: number;
  /** `at[row][column]`: the cell that covers the position; undefined where the source prints no cell (ragged rows). */
  at: (Placed | undefined)[][];
  /** The cells that cover each row, left to right, each once, including those that began in a row above. */
  cells: Placed[][];
  /** True when the table was larger than is believable and was cut. */
  cut: boolean;
}

export interface Placed {
  cell: Cell;
  /** Top left position of the cell. */
  row: number;
  column: number;
  rowspan: number;
  colspan: number;
}

/** The HTML standard's own limits; a statutory table has 27 rows and 10 columns. */
const MAX_COLSPAN = 1000;
const MAX_POSITIONS = 200_000;

/**
 * Lay out a table as the HTML standard does. Occupancy is whether a position holds a cell, not whether the cell has
 * text: an empty cell with rowspan must still push the next row to the right. A rowspan ends with the table; a
 * rowspan of 0 reaches to the end.
 */
export function layOut(table: Table): Grid {
  const at: (Placed | undefined)[][] = table.rows.map(() => []);
  let positions = 0;
  let columns = 0;
  let cut = false;
  layout: for (let row = 0; row < table.rows.length; row++) {
    let column = 0;
    for (const cell of table.rows[row]!) {
      while (at[row]![column]) column++;
      const rowspan = Math.min(cell.rowspan === 0 ? Infinity : Math.max(1, cell.rowspan), table.rows.length - row);
      const colspan = Math.min(Math.max(1, cell.colspan), MAX_COLSPAN);
      const placed: Placed = { cell, row, column, rowspan, colspan };
      positions += rowspan * colspan;
      if (positions > MAX_POSITIONS) {
        cut = true;
        break layout;
      }
      for (let r = row; r < row + rowspan; r++) for (let c = column; c < column + colspan; c++) at[r]![c] ??= placed;
      column += colspan;
      columns = Math.max(columns, column);
    }
  }
  for (const row of at) columns = Math.max(columns, row.length);
  return { rows: table.rows.length, columns, at, cells: at.map(cellsIn), cut };
}

export const cellsOf = (grid: Grid, row: number): Placed[] => grid.cells[row] ?? [];

function cellsIn(row: (Placed | undefined)[]): Placed[] {
  const cells: Placed[] = [];
  let last: Placed | undefined;
  for (const placed of row) {
    if (placed && placed !== last) cells.push(placed);
    last = placed ?? last;
  }
  return cells;
}
