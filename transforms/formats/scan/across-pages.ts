import type { Block, Cell, Table } from '../../doc/doc.ts';
import { isPageNumber } from '../../printed/page-number.ts';
import type { Grid, GridCell } from './grid.ts';
import type { ScanPage, ScannedTable } from './page.ts';
import { joinLines, type TextLine } from './prose.ts';

/** Blocks of all pages in reading order; a table cut by a page break becomes one table again. */
export function blocksOf(pages: ScanPage[]): Block[] {
  const blocks: Block[] = [];
  let open: { table: Table; grid: Grid; width: number; page: number } | null = null;
  pages.forEach((page, index) => {
    let text: TextLine[] = [];
    const flush = (): void => {
      const size = medianHeight(text);
      blocks.push(...joinLines(text, size, `page ${index + 1}`));
      text = [];
    };
    for (const part of page.parts) {
      if (!('grid' in part)) {
        text.push(part);
        if (!isFoot(part.text)) open = null;
        continue;
      }
      const joined =
        open === null || open.page === index ? null : joinTables(open.table, open.grid, open.width, part, page.width);
      if (joined && open) {
        const before: Table = open.table;
        blocks[blocks.indexOf(before)] = joined.table;
        open = { ...joined, width: page.width, page: index };
      } else {
        flush();
        blocks.push(part.table);
        open = { table: part.table, grid: part.grid, width: page.width, page: index };
      }
    }
    flush();
  });
  return blocks;
}

/** A page number at the head or foot of a page, of whose strokes the recogniser may have missed some. */
const isFoot = (text: string): boolean => isPageNumber(text) || /^\d{1,3}$/.test(text.replace(/[-—–─·•第页\s]/gu, ''));

function medianHeight(lines: TextLine[]): number {
  const heights = lines.map((line) => line.y1 - line.y0).sort((a, b) => a - b);
  return heights[Math.floor(heights.length / 2)] ?? 20;
}

/** Null when the second table does not go on with the columns of the first. */
function joinTables(
  table: Table,
  grid: Grid,
  width: number,
  next: ScannedTable,
  nextWidth: number,
): { table: Table; grid: Grid } | null {
  const own = grid.xs.map((x) => x / width);
  const others = next.grid.xs.map((x) => x / nextWidth);
  const spot = columnsWithin(own, others);
  if (!spot) {
    // The page break may come before the first row that uses all columns.
    const finer = columnsWithin(others, own);
    return finer && finer.length < others.length
      ? joinTables(
          ...widened(
            table,
            grid,
            finer,
            others.map((x) => x * width),
          ),
          width,
          next,
          nextWidth,
        )
      : null;
  }
  const rows: Cell[][] = [
    ...table.rows.map((row) => row.map((cell) => ({ ...cell }))),
    ...next.table.rows.map((): Cell[] => []),
  ];
  const cells: GridCell[] = [...grid.cells];
  next.grid.cells.forEach((cell, i) => {
    const column = spot[cell.column]!;
    const colspan = spot[cell.column + cell.colspan]! - column;
    const source = cellAt(next, i);
    const upper = cell.openTop
      ? cells.find(
          (one) =>
            one.openBottom && one.column === column && one.colspan === colspan && one.row + one.rowspan === grid.rows,
        )
      : undefined;
    if (upper) {
      const target = rows[upper.row]![orderInRow(cells, upper)]!;
      target.rowspan += source.rowspan;
      target.text = [target.text, source.text].filter((text) => text !== '').join('\n');
      if (source.ocr !== undefined) target.ocr = Math.min(source.ocr, target.ocr ?? 1);
      cells[cells.indexOf(upper)] = { ...upper, rowspan: upper.rowspan + cell.rowspan, openBottom: cell.openBottom };
      return;
    }
    rows[grid.rows + cell.row]!.push({ ...source, colspan });
    cells.push({ ...cell, row: grid.rows + cell.row, column, colspan });
  });
  return {
    table: { ...table, rows, origin: `${table.origin} to ${next.table.origin}` },
    grid: {
      ...next.grid,
      xs: grid.xs.map((x) => (x / width) * nextWidth),
      rows: grid.rows + next.grid.rows,
      columns: grid.columns,
      cells,
    },
  };
}

/** The same table with the columns of its other half: column i begins at column `spot[i]` of `xs`. */
function widened(table: Table, grid: Grid, spot: number[], xs: number[]): [Table, Grid] {
  const cells = grid.cells.map((cell) => {
    const column = spot[cell.column]!;
    return { ...cell, column, colspan: spot[cell.column + cell.colspan]! - column };
  });
  const rows = table.rows.map((row) => row.map((cell) => ({ ...cell })));
  for (const cell of cells) rows[cell.row]![orderInRow(cells, cell)]!.colspan = cell.colspan;
  return [
    { ...table, rows },
    { ...grid, xs, columns: xs.length - 1, cells },
  ];
}

const cellAt = (scanned: ScannedTable, index: number): Cell => {
  const cell = scanned.grid.cells[index]!;
  return scanned.table.rows[cell.row]![orderInRow(scanned.grid.cells, cell)]!;
};

/** Cells are kept row by row in column order, so the place in the row is the number of cells of that row before it. */
const orderInRow = (cells: GridCell[], cell: GridCell): number =>
  cells.filter((one) => one.row === cell.row && one.column < cell.column).length;

/** For each border of `inner` its index in `outer`; null unless both tables have the same edges and every border fits. Shares of the page width. */
function columnsWithin(outer: number[], inner: number[]): number[] | null {
  const tolerance = 0.012;
  const found = inner.map((x) => {
    const distances = outer.map((other) => Math.abs(other - x));
    const best = Math.min(...distances);
    return best <= tolerance ? distances.indexOf(best) : -1;
  });
  if (found.includes(-1) || found[0] !== 0 || found.at(-1) !== outer.length - 1) return null;
  return new Set(found).size === found.length ? found : null;
}
