import type { Table } from '../doc/doc.ts';
import { finding, type CellRef, type Finding } from '../findings.ts';
import { cellsOf, layOut, type Grid, type Placed } from '../doc/grid.ts';
import { gridsOf } from '../forms/index.ts';
import { unitAlone, statedAround, type Stated } from '../printed/money.ts';
import { withoutNumber } from '../printed/labels.ts';
import { isNumber, isValueLike } from '../printed/number.ts';
import { headersOf, type Header } from './headers.ts';
import { meaningOf } from './lexicon.ts';
import type { Row, Target, Value } from './row.ts';

/** What an earlier table on the page leaves open: its columns hold for a table that goes on without a header. */
export interface Carry {
  columns: number;
  header: Header;
}

/** Rows of numbers of a table whose spans are exact. */
export function rowsOfTable(
  table: Table,
  block: number,
  year: number | null,
  carry: Carry | null,
): { rows: Row[]; findings: Finding[]; unread: string[]; headers: Header[]; carry: Carry | null } {
  const grid = layOut(table);
  const findings: Finding[] = [];
  if (grid.cut) findings.push(finding('table_too_large', [], { where: table.origin }));
  const headers = headersOf(grid, year);
  if (headers.some((header) => header.repeated))
    findings.push(finding('columns_repeated', [], { where: table.origin }));
  for (const header of headers) {
    for (const { col, text } of header.guessed)
      findings.push(
        finding('column_guessed', cellsUnder(header, col), {
          where: table.origin,
          header: text,
          grid: header.grid,
          col,
        }),
      );
    for (const { column, text } of header.unknown)
      if (column > header.firstValue && hasNumbersBelow(grid, header, column))
        findings.push(finding('column_unknown', [], { where: table.origin, header: text }));
  }
  const inherited = headers.length === 0 && carry?.columns === grid.columns ? continued(carry.header) : null;
  const around = unitsOfTable(grid, headers);
  const rows: Row[] = [];
  for (const [i, header] of headers.entries()) {
    const end = headers[i + 1]?.from ?? grid.rows;
    if (isNarrower(grid, header, end) || hasHeadless(grid, header, end)) header.overflowing = true;
  }
  const context: { grid: string | null } = { grid: carry?.header.grid ?? null };
  for (let row = 0; row < grid.rows; row++) {
    if (headers.some((h) => row >= h.from && row < h.to)) continue;
    const header = headers.findLast((h) => h.to <= row) ?? inherited;
    const whole = cellsOf(grid, row);
    // A header cell whose rowspan is too long is no label, and pushes the cells of the row to the right.
    const cells = whole.filter((p) => !headers.some((h) => p.row >= h.from && p.row < h.to));
    const made = readRow(grid, row, cells, block, header, cells.length === whole.length, context);
    if (!made) continue;
    if (around.length > 0) made.around = around;
    if (header?.overflowing) made.displaced = table.origin;
    rows.push(made);
  }
  const unread = headers.filter((h) => h.repeated).map((h) => h.grid);
  if (headers.length === 0 && !inherited && !isOfTheForm(rows)) return { rows: [], findings, unread, headers, carry };
  const last = headers.at(-1) ?? inherited;
  return { rows, findings, unread, headers, carry: last ? { columns: grid.columns, header: last } : carry };
}

/** The header of an earlier table, whose columns are those of this one because they are as many. */
const continued = (header: Header): Header => ({
  ...header,
  targets: new Map([...header.targets].map(([column, target]) => [column, { inferred: 'by_count', ...target }])),
});

/** As many lines of the form stand in no table of other things. */
const MANY_LINES = 10;

/**
 * Without a header, rows are of the form when most of those with its labels have as many cells as its lines, or when they
 * are so many that the cells have to be said to be too few or too many.
 */
function isOfTheForm(rows: Row[]): boolean {
  let known = 0;
  let fitting = 0;
  for (const row of rows) {
    const meaning = meaningOf(row.own);
    const codes = meaning?.kind === 'line' ? meaning.of.filter((m) => m.grid === row.grid).map((m) => m.line) : [];
    const lines = gridsOf(row.grid)
      .flatMap((g) => g.lines)
      .filter((l) => codes.includes(l.code));
    if (lines.length > 0) known++;
    if (lines.some((l) => l.columns.length === row.values.length)) fitting++;
  }
  return known === 0 || known >= MANY_LINES || fitting * 2 >= known;
}

const widthOf = (grid: Grid, row: number): number => grid.at[row]?.length ?? 0;

/** Most rows below print a cell, were it an empty one, to the right of all header cells: one of those is lost. */
function isNarrower(grid: Grid, header: Header, end: number): boolean {
  const width = commonWidth(grid, header.to, end);
  return width !== null && width > header.reach;
}

/**
 * A number of any row stands under an empty header cell: which columns the others stand above is as doubtful. One row alone
 * that goes on behind the last column (sheets pad all rows to one width) has a number too many itself.
 */
function hasHeadless(grid: Grid, header: Header, end: number): boolean {
  const last = Math.max(...header.targets.keys());
  let behind = 0;
  for (let row = header.to; row < end; row++) {
    const headless = cellsOf(grid, row).filter(
      (p) => p.column >= header.firstValue && p.column < header.reach && isHeadless(p, header),
    );
    if (headless.some((p) => p.column < last)) return true;
    if (headless.length > 0) behind++;
  }
  return behind > 1;
}

const isHeadless = ({ column, cell }: Placed, { targets, unknown, counters, copies, unit }: Header): boolean =>
  !targets.has(column) &&
  !copies.has(column) &&
  !counters.has(column) &&
  column !== unit &&
  !unknown.some((u) => u.column === column) &&
  isNumber(cell.text);

/** The width that most rows with numbers have. */
function commonWidth(grid: Grid, from: number, end: number): number | null {
  const counts = new Map<number, number>();
  for (let row = from; row < end; row++) {
    if (!cellsOf(grid, row).some((p) => p.row === row && isNumber(p.cell.text))) continue;
    counts.set(widthOf(grid, row), (counts.get(widthOf(grid, row)) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** Cells of the form in one column: what a doubt about the column is about. */
function cellsUnder({ grid }: Header, col: string): CellRef[] {
  const lines = gridsOf(grid).flatMap((g) => g.lines.filter((l) => l.columns.some((c) => c.code === col)));
  return [...new Set(lines.map((l) => l.code))].map((line) => ({ grid, line, col }));
}

function hasNumbersBelow(grid: Grid, header: Header, column: number): boolean {
  for (let row = header.to; row < grid.rows; row++) {
    const placed = grid.at[row]?.[column];
    if (placed && isNumber(placed.cell.text)) return true;
  }
  return false;
}

function readRow(
  grid: Grid,
  row: number,
  printed: Placed[],
  block: number,
  header: Header | null,
  fits: boolean,
  context: { grid: string | null },
): Row | null {
  const unit = unitCell(grid, row, header);
  const cells = printed.filter((p) => p !== unit || p.column === header?.unit);
  // A row without any text is spacing, unless it is the one row of values under a header that holds the lines.
  const awaited = header !== null && row === header.to && [...header.targets.values()].some((t) => t.line !== null);
  if (!awaited && cells.every((p) => p.cell.text === '')) return null;
  if (cells.length === 1 && !isNumber(cells[0]!.cell.text)) return null;
  const code = gridOfRow(cells, header, context);
  if (!code || header?.repeated) return null;
  const byPosition = header && fits && !header.overflowing ? positioned(grid, row, header, unit) : null;
  const { labels, values } = byPosition ?? inOrder(cells, row, header);
  if (values.length === 0) return null;
  const texts = labels.map((p) => p.cell.text).filter((t) => t !== '');
  // Cells that began in a row above are groups, wherever a wrong rowspan puts them; an empty cell is a lost label.
  const own = labels.findLast((p) => p.row === row) ?? labels.at(-1);
  return {
    grid: code,
    block,
    row,
    own: own?.cell.text ?? '',
    before: texts.join(''),
    after: '',
    cells: 'spans',
    values,
    ...(unit && { unit: unit.cell.text }),
  };
}

/** The cell that states the unit of a row: in a column of units, or beside the amount. */
function unitCell(grid: Grid, row: number, header: Header | null): Placed | null {
  const ofColumn = header === null || header.unit === null ? undefined : grid.at[row]?.[header.unit];
  // A number there has lost its place: it is no unit, and is to be read or named.
  if (ofColumn && !isNumber(ofColumn.cell.text)) return ofColumn;
  const cells = cellsOf(grid, row).filter((p) => p.row === row);
  if (!cells.some((p) => isNumber(p.cell.text))) return null;
  return cells.find((p) => unitAlone(p.cell.text)) ?? null;
}

/** Units that captions, corners and notes in a table state: they stand in rows without numbers, and not over the amounts. */
function unitsOfTable(grid: Grid, headers: Header[]): Stated[] {
  const isOverAmounts = ({ row, column }: Placed) =>
    headers.some((h) => row >= h.from && row < h.to && h.targets.has(column));
  return Array.from({ length: grid.rows }, (_, row) => cellsOf(grid, row).filter((p) => p.row === row))
    .filter((cells) => !cells.some((p) => isNumber(p.cell.text)))
    .flatMap((cells) => cells.filter((p) => !isOverAmounts(p)).map((p) => p.cell.text))
    .flatMap((text) => statedAround(text));
}

/** A row is of the grid of its header; without one its label says of which, or that of the row above. */
function gridOfRow(cells: Placed[], header: Header | null, context: { grid: string | null }): string | null {
  if (header) return header.grid;
  for (const { cell } of cells) {
    const meaning = meaningOf(cell.text);
    if (meaning?.kind !== 'line') continue;
    const codes = meaning.of.map((m) => m.grid);
    if (!context.grid || !codes.includes(context.grid)) context.grid = codes[0]!;
    break;
  }
  return context.grid;
}

/** Values by the header above them; null when the row does not fit its header and positions cannot be trusted. */
function positioned(
  grid: Grid,
  row: number,
  header: Header,
  unit: Placed | null,
): { labels: Placed[]; values: Value[] } | null {
  const labels: Placed[] = [];
  const values: Value[] = [];
  const taken = new Set<Placed>();
  for (const placed of cellsOf(grid, row)) {
    if (placed === unit) continue;
    const end = placed.column + placed.colspan;
    if (placed.column < header.firstValue && end > header.firstValue) return null;
    if (end > header.firstValue) {
      // Under no header at all: the row is longer than its header, so nothing says which cells are extra.
      if (placed.column >= header.reach || isHeadless(placed, header)) return null;
      continue;
    }
    if (header.counters.has(placed.column)) continue;
    // A number, or a mark that stands for one, is no label: the row is shifted.
    if (placed.row === row && placed.cell.text !== '' && isValueLike(placed.cell.text)) return null;
    labels.push(placed);
  }
  for (const [column, target] of header.targets) {
    const placed = grid.at[row]?.[column];
    if (placed && placed === unit) continue;
    if (!placed || sharedByLines(grid, placed, header)) return null;
    if (taken.has(placed)) {
      if (values.at(-1)!.target!.col !== target.col || values.at(-1)!.target!.line !== target.line) return null;
      continue;
    }
    if (!isValueLike(placed.cell.text) && meaningOf(placed.cell.text)?.kind === 'line') return null;
    const isSame = ({ raw, target: other }: Value) =>
      raw !== '' && other!.col === target.col && other!.line === target.line;
    // A header cell over two that are filled is too wide, and those behind it have moved.
    if (placed.cell.text !== '' && values.some(isSame)) return null;
    taken.add(placed);
    values.push(valueOf(placed, column, target));
  }
  return { labels, values };
}

/** A value cell merged over rows that have labels of their own: the number is neither line's. */
function sharedByLines(grid: Grid, placed: Placed, header: Header): boolean {
  for (let row = placed.row + 1; row < placed.row + placed.rowspan; row++)
    if (cellsOf(grid, row).some((p) => p.row === row && p.column < header.firstValue && p.cell.text !== ''))
      return true;
  return false;
}

/** Labels are what stands before the values, which may have a word among them (无, 12.5%, a remark); the rest are values in order. */
function inOrder(cells: Placed[], row: number, header: Header | null): { labels: Placed[]; values: Value[] } {
  const told = cells.filter(
    (p) => (p.column !== header?.unit || isNumber(p.cell.text)) && !header?.counters.has(p.column),
  );
  const lastLabel = endOfLabels(told.map((p) => p.cell.text));
  const own = told.slice(lastLabel + 1).filter((p) => p.row === row);
  // A value cell merged over several lines is of none of them in an order either.
  const merged = own.some((p) => p.rowspan > 1);
  return {
    labels: told.slice(0, lastLabel + 1),
    values: merged
      ? own.map((p) => ({ ...valueOf(p, p.column, null), unread: 'merged' as const }))
      : own.map((p) => valueOf(p, p.column, null)),
  };
}

/** A shorter text that is none of the words of the form stands in the place of a number. */
const SHORTEST_LABEL = 4;

/** The label that the most values follow, of several the last; where no text is like a label, the last text. */
function endOfLabels(texts: string[]): number {
  const isLabel = (text: string) =>
    !isValueLike(text) &&
    (meaningOf(withoutNumber(text)) !== null || text.replace(/[^\p{L}]/gu, '').length >= SHORTEST_LABEL);
  let [end, most] = [-1, -1];
  for (const [at, text] of texts.entries()) {
    if (!isLabel(text)) continue;
    const next = texts.findIndex((other, i) => i > at && isLabel(other));
    const values = texts.slice(at + 1, next < 0 ? undefined : next).filter(isValueLike).length;
    if (values >= most) [end, most] = [at, values];
  }
  return most < 1 ? texts.findLastIndex((text) => !isValueLike(text)) : end;
}

function valueOf({ cell }: Placed, column: number, target: Target | null): Value {
  const value: Value = { raw: cell.text, column, target };
  if (cell.unread) value.unread = cell.unread;
  else if (cell.text === '' && cell.nested) value.unread = 'table';
  if (cell.ocr !== undefined) value.ocr = cell.ocr;
  return value;
}
