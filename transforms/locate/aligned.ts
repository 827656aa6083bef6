import type { Table } from '../doc.ts';
import type { Finding } from '../finding.ts';
import { cellsOf, layOut, type Grid, type Placed } from '../grid.ts';
import { isNumber, isValueLike } from '../number.ts';
import { finding } from '../findings.ts';
import { bandsOf, type Band } from './bands.ts';
import { meaningOf } from './lexicon.ts';
import type { GridCode, Row, Value } from './row.ts';

/** What an earlier table on the page leaves open: its columns hold for a table that goes on without a header. */
export interface Carry {
  grid: GridCode;
  columns: number;
  band: Band;
}

/** Rows of numbers of a table whose spans are exact. */
export function alignedRows(
  table: Table,
  block: number,
  year: number | null,
  carry: Carry | null,
): { rows: Row[]; findings: Finding[]; carry: Carry | null } {
  const grid = layOut(table);
  const findings: Finding[] = [];
  if (grid.cut) findings.push(finding('table_too_large', [], `${table.origin}: the table was cut`));
  const bands = bandsOf(grid, year);
  for (const band of bands) {
    if (band.repeated) findings.push(finding('columns_repeated', [], `${table.origin}: the same columns stand side by side; none was read`));
    for (const { col, text } of band.guessed)
      findings.push(finding('column_guessed', [], `${table.origin}: header "${text}" taken for ${band.grid} ${col} by its place`));
    for (const { column, text } of band.unknown)
      if (column > band.firstValue && hasNumbersBelow(grid, band, column))
        findings.push(finding('column_unknown', [], `${table.origin}: column "${text}" is not of the form; its numbers were not read`));
  }
  const inherited = bands.length === 0 && carry?.columns === grid.columns ? carry.band : null;
  const rows: Row[] = [];
  const context: { grid: GridCode | null } = { grid: carry?.grid ?? null };
  for (let row = 0; row < grid.rows; row++) {
    if (bands.some((b) => row >= b.from && row < b.to)) continue;
    const band = bands.findLast((b) => b.to <= row) ?? inherited;
    const made = readRow(grid, row, block, band, context);
    if (made) rows.push(made);
  }
  const last = bands.at(-1) ?? inherited;
  return { rows, findings, carry: last ? { grid: last.grid, columns: grid.columns, band: last } : carry };
}

function hasNumbersBelow(grid: Grid, band: Band, column: number): boolean {
  for (let row = band.to; row < grid.rows; row++) {
    const placed = grid.at[row]?.[column];
    if (placed && isNumber(placed.cell.text)) return true;
  }
  return false;
}

function readRow(grid: Grid, row: number, block: number, band: Band | null, context: { grid: GridCode | null }): Row | null {
  const cells = cellsOf(grid, row);
  // A row without any text is spacing, unless it is the one row of values under a header that holds the lines.
  const awaited = band !== null && row === band.to && [...band.targets.values()].some((t) => t.line !== null);
  if (!awaited && cells.every((p) => p.cell.text === '')) return null;
  if (cells.length === 1 && !isNumber(cells[0]!.cell.text)) return null;
  const code = gridOfRow(cells, band, context);
  if (!code || band?.repeated) return null;
  const byPosition = band ? positioned(grid, row, band) : null;
  const { labels, values } = byPosition ?? inOrder(cells, row);
  if (values.length === 0) return null;
  const texts = labels.map((p) => p.cell.text).filter((t) => t !== '');
  return {
    grid: code,
    block,
    row,
    own: texts.at(-1) ?? '',
    before: texts.join(''),
    after: '',
    bounded: true,
    values,
    positioned: byPosition !== null,
    blanksKept: true,
  };
}

/** Line labels say which grid a row is of; a row without a known label is of the grid of its header. */
function gridOfRow(cells: Placed[], band: Band | null, context: { grid: GridCode | null }): GridCode | null {
  for (const { cell } of cells) {
    const meaning = meaningOf(cell.text);
    if (meaning?.kind !== 'line') continue;
    const codes = meaning.of.map((m) => m.grid);
    const own = band && codes.includes(band.grid) ? band.grid : context.grid && codes.includes(context.grid) ? context.grid : codes[0]!;
    context.grid = own;
    return own;
  }
  return band?.grid ?? context.grid;
}

/** Values by the header above them; null when the row does not fit its header and positions cannot be trusted. */
function positioned(grid: Grid, row: number, band: Band): { labels: Placed[]; values: Value[] } | null {
  const labels: Placed[] = [];
  const values: Value[] = [];
  const taken = new Set<Placed>();
  for (const placed of cellsOf(grid, row)) {
    const end = placed.column + placed.colspan;
    if (placed.column < band.firstValue && end > band.firstValue) return null;
    if (end > band.firstValue) continue;
    if (placed.row === row && isNumber(placed.cell.text)) return null;
    if (placed.column !== band.unit) labels.push(placed);
  }
  for (const [column, target] of [...band.targets].sort((a, b) => a[0] - b[0])) {
    const placed = grid.at[row]?.[column];
    if (!placed) return null;
    if (taken.has(placed)) {
      if (values.at(-1)!.target!.col !== target.col || values.at(-1)!.target!.line !== target.line) return null;
      continue;
    }
    if (!isValueLike(placed.cell.text) && meaningOf(placed.cell.text)?.kind === 'line') return null;
    taken.add(placed);
    const unit = band.unit === null ? '' : (grid.at[row]?.[band.unit]?.cell.text ?? '');
    values.push({ raw: placed.cell.text, column, target: unit ? { ...target, header: `${target.header} ${unit}` } : target, ...ocrOf(placed) });
  }
  return { labels, values };
}

/** Labels are what stands before the last cell that is no value; the rest are values in order. */
function inOrder(cells: Placed[], row: number): { labels: Placed[]; values: Value[] } {
  const lastLabel = cells.findLastIndex((p) => !isValueLike(p.cell.text));
  const own = cells.slice(lastLabel + 1).filter((p) => p.row === row);
  return {
    labels: cells.slice(0, lastLabel + 1),
    values: own.map((p) => ({ raw: p.cell.text, column: p.column, target: null, ...ocrOf(p) })),
  };
}

const ocrOf = ({ cell }: Placed): { ocr?: number } => (cell.ocr === undefined ? {} : { ocr: cell.ocr });
