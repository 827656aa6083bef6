import type { Cell, Table } from '../../doc/doc.ts';
import { inPoints, type Box } from './box.ts';
import type { Lattice } from './lattice.ts';

/** A table and where it stands on its page, in points. */
export interface PlacedTable {
  box: Box;
  rows: PlacedCell[][];
  origin: string;
}

/**
 * A cell between two lines of its table, given in points from the left side of the table, since margins may differ
 * between left and right pages; open where it goes on over the end of the page.
 */
export interface PlacedCell extends Cell {
  from: number;
  to: number;
  openTop: boolean;
  openBottom: boolean;
}

/** What a cell holds, without its spans. */
export type Content = Pick<Cell, 'text' | 'nested' | 'unread' | 'ocr'>;

/**
 * The table of a lattice.
 * @param contents of its cells, in their order
 * @param point length of a point in the unit of the lattice
 */
export function placeTable(lattice: Lattice, contents: Content[], origin: string, point = 1): PlacedTable {
  const { xs, x0, openTop, openBottom } = lattice;
  const hollow = [...hollowRows(lattice, contents)];
  const rows = lattice.ys.slice(1).map((): PlacedCell[] => []);
  for (const [i, { row, column, rowspan, colspan }] of lattice.cells.entries()) {
    const { text, nested, unread, ocr } = contents[i]!;
    const cell: PlacedCell = {
      text,
      colspan,
      rowspan: rowspan - hollow.filter((r) => r > row && r < row + rowspan).length,
      from: (xs[column]! - x0) / point,
      to: (xs[column + colspan]! - x0) / point,
      openTop: row === 0 && isOpen(openTop, column, colspan),
      openBottom: row + rowspan === rows.length && isOpen(openBottom, column, colspan),
    };
    if (nested) cell.nested = nested;
    if (unread) cell.unread = unread;
    if (ocr !== undefined) cell.ocr = ocr;
    rows[row]!.push(cell);
  }
  const kept = rows.filter((_, row) => !hollow.includes(row));
  // What a page break leaves of a row's padding is a row without content.
  while (isPadding(kept[0], 'openTop')) kept.shift();
  while (isPadding(kept.at(-1), 'openBottom')) kept.pop();
  return { box: inPoints(lattice, point), rows: kept, origin };
}

const isOpen = (end: boolean[], column: number, colspan: number): boolean =>
  end.slice(column, column + colspan).every(Boolean);

/**
 * Browsers that cut a table end a tall cell a little above the row it ends with: a sliver of a row, where one or two
 * cells without content begin and all content reaches in from above.
 */
function hollowRows({ cells }: Lattice, contents: Content[]): Set<number> {
  const begins = new Map<number, { cells: number; full: boolean }>();
  for (const [i, { row }] of cells.entries()) {
    const known = begins.get(row) ?? { cells: 0, full: false };
    begins.set(row, { cells: known.cells + 1, full: known.full || !isEmpty(contents[i]!) });
  }
  const reachesIn = (row: number): number =>
    cells.filter((c, i) => c.row === row - 1 && c.rowspan > 1 && !isEmpty(contents[i]!)).length;
  return new Set(
    [...begins].flatMap(([row, begun]) => (!begun.full && begun.cells < 3 && reachesIn(row) > 1 ? [row] : [])),
  );
}

const isEmpty = ({ text, nested }: Content): boolean => text === '' && !nested;
const isPadding = (row: PlacedCell[] | undefined, end: 'openTop' | 'openBottom'): boolean =>
  row?.length === 1 && isEmpty(row[0]!) && row[0]!.rowspan === 1 && row[0]![end];

/** Without its place on the page. */
export const toTable = ({ rows, origin }: PlacedTable): Table => ({
  kind: 'table',
  rows: rows.map((row) => row.map(toCell)),
  aligned: true,
  origin,
});

function toCell({ text, colspan, rowspan, nested, unread, ocr }: PlacedCell): Cell {
  const cell: Cell = { text, colspan, rowspan };
  if (nested) cell.nested = nested;
  if (unread) cell.unread = unread;
  if (ocr !== undefined) cell.ocr = ocr;
  return cell;
}
