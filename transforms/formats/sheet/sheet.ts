import type { Block, Cell } from '../../doc/doc.ts';
import { Unreadable } from '../../findings.ts';
import { groupedBy } from '../../grouped.ts';
import { isNumbered } from '../../printed/numbering.ts';

const maxCovered = 1_000_000;
export const maxColumns = 500;

/** What a sheet shows: texts by position, merged ranges, and what is hidden. Rows and columns from 0. */
export interface Sheet {
  cells: { row: number; column: number; text: string; unread?: Cell['unread'] }[];
  merges: { s: { r: number; c: number }; e: { r: number; c: number } }[];
  hiddenRows: Set<number>;
  hiddenColumns: Set<number>;
}

interface Merge {
  right: number;
  bottom: number;
}

/**
 * A sheet as blocks: rows without text part it into pieces; lines of text above a table, and titles and sentences that
 * span its whole width, are paragraphs; the rest are rows of tables.
 */
export function sheetBlocks(sheet: Sheet, origin: string): Block[] {
  if (sheet.cells.length === 0) return [];
  const grid = shownGrid(sheet);
  const blocks: (Block | { rows: number[]; origin: string })[] = [];
  let table: { rows: number[]; origin: string } | null = null;
  let seenTable = false;
  let previous = -1;
  for (const [row, cells] of grid.rows) {
    if (row > previous + 1) table = null;
    previous = row;
    const place = `${origin}, row ${grid.rowNames.get(row) ?? row + 1}`;
    const line = grid.lineOf(row, cells, seenTable);
    if (line !== null) {
      table = null;
      blocks.push({ kind: 'paragraph', text: line, origin: place });
      continue;
    }
    seenTable = true;
    if (!table) {
      table = { rows: [], origin: place };
      blocks.push(table);
    }
    table.rows.push(row);
  }
  return blocks.map((block): Block => {
    if ('kind' in block) return block;
    // Columns that only a wider table of the sheet uses are not columns of this one.
    const right = block.rows.reduce((last, row) => Math.max(last, grid.rightOf(row)), 0);
    return {
      kind: 'table',
      rows: block.rows.map((row) => grid.rowOf(row, right)),
      aligned: true,
      origin: block.origin,
    };
  });
}

/** The sheet without what is hidden, rows and columns numbered anew. */
function shownGrid(sheet: Sheet) {
  const lastRow = sheet.cells.reduce((last, cell) => Math.max(last, cell.row), 0);
  const lastText = sheet.cells.reduce((last, cell) => Math.max(last, cell.column), 0);
  // A header over columns that print nothing below it stands over them all the same.
  const lastColumn = widestMerge(sheet, lastText);
  const rowAt = renumber(lastRow, sheet.hiddenRows);
  const columnAt = renumber(lastColumn, sheet.hiddenColumns);
  const firstColumn = sheet.cells.reduce((first, cell) => Math.min(first, columnAt(cell.column)), Infinity);
  const texts = new Map<number, Map<number, string>>();
  const unread = new Map<string, Cell['unread']>();
  const rowNames = new Map<number, number>();
  for (const { row, column, text, unread: shows } of sheet.cells) {
    const r = rowAt(row);
    rowNames.set(r, row + 1);
    if (!texts.has(r)) texts.set(r, new Map());
    texts.get(r)?.set(columnAt(column), text);
    if (shows) unread.set(`${r} ${columnAt(column)}`, shows);
  }
  const merges = new Map<number, Map<number, Merge>>();
  const coveredRows = new Set<number>();
  const covered = new Map<number, Set<number>>();
  const right = columnAt(lastText + 1) - 1;
  let area = 0;
  for (const { s, e } of sheet.merges) {
    if (s.r > lastRow || s.c > lastColumn) continue;
    // A merge goes on over what is shown of it: hidden rows and columns do not count.
    const merge = { right: columnAt(Math.min(e.c, lastColumn) + 1) - 1, bottom: rowAt(Math.min(e.r, lastRow) + 1) - 1 };
    const top = rowAt(s.r);
    const left = columnAt(s.c);
    if (merge.bottom < top || merge.right < left) continue;
    area += (merge.bottom - top + 1) * (merge.right - left + 1);
    if (area > maxCovered) throw new Unreadable('too_large', { what: 'merged_cells', limit: maxCovered });
    if (!merges.has(top)) merges.set(top, new Map());
    merges.get(top)?.set(left, merge);
    for (let r = top; r <= merge.bottom; r++) {
      // A row that only continues merges has no text, and is a row.
      if (r > top && !texts.has(r)) texts.set(r, new Map());
      if (r > top) coveredRows.add(r);
      if (!covered.has(r)) covered.set(r, new Set());
      for (let c = left; c <= merge.right; c++) if (r > top || c > left) covered.get(r)?.add(c);
    }
  }

  /** Last column with text of a row, with the merge that the text is in. */
  const rightOf = (row: number): number =>
    Math.max(
      firstColumn,
      ...[...(texts.get(row)?.keys() ?? [])].map((c) =>
        covered.get(row)?.has(c) ? 0 : (merges.get(row)?.get(c)?.right ?? c),
      ),
    );

  function rowOf(row: number, until: number): Cell[] {
    const cells: Cell[] = [];
    for (let c = firstColumn; c <= until; c++) {
      if (covered.get(row)?.has(c)) continue;
      const merge = merges.get(row)?.get(c);
      const [colspan, rowspan] = merge ? [Math.min(merge.right, until) - c + 1, merge.bottom - row + 1] : [1, 1];
      const cell: Cell = { text: texts.get(row)?.get(c) ?? '', colspan, rowspan };
      const shows = unread.get(`${row} ${c}`);
      cells.push(shows ? { ...cell, unread: shows } : cell);
    }
    return cells;
  }

  /** The text of a row that is a line of text and no row of a table; null for a row of a table. */
  function lineOf(row: number, cells: Map<number, string>, seenTable: boolean): string | null {
    const [only, ...more] = [...cells].filter(([column]) => !covered.get(row)?.has(column));
    if (!only || more.length > 0 || coveredRows.has(row)) return null;
    const [column, text] = only;
    const merge = merges.get(row)?.get(column);
    // A merge downwards, blank or not, makes it the first row of a table.
    if ([...(merges.get(row)?.values() ?? [])].some(({ bottom }) => bottom > row)) return null;
    if (column !== firstColumn) return null;
    // A label whose numbers are blank stands alone too: below the first table only what spans all columns is a line.
    if ((merge?.right ?? column) >= right) {
      return !seenTable || isNumbered(text, 'chinese') || /[。；;]|^注/.test(text.trim()) ? text : null;
    }
    return !seenTable && merge === undefined ? text : null;
  }

  return {
    rows: [...texts].toSorted(([a], [b]) => a - b),
    rowNames,
    rightOf,
    rowOf,
    lineOf,
  };
}

/** Last column of the cells with text and of what is merged with them; a line that stands alone may reach over all of a sheet. */
function widestMerge({ cells, merges }: Sheet, lastText: number): number {
  const inRows = groupedBy(cells, ({ row }) => [row]);
  const texts = new Set(cells.flatMap(({ row, column }) => (inRows.get(row)!.length > 1 ? [`${row} ${column}`] : [])));
  return merges.reduce(
    (last, { s, e }) => (texts.has(`${s.r} ${s.c}`) ? Math.max(last, Math.min(e.c, maxColumns - 1)) : last),
    lastText,
  );
}

/** Position from 0 of a row or column among those shown; of a hidden one, that of the next shown. */
function renumber(last: number, hidden: Set<number>): (at: number) => number {
  const positions: number[] = [];
  let shown = 0;
  for (let i = 0; i <= last + 1; i++) {
    positions.push(shown);
    if (!hidden.has(i)) shown++;
  }
  return (at) => positions[Math.min(at, last + 1)] ?? shown;
}
