import type { FormGrid } from '../forms/form.ts';

export type GridCode = FormGrid['code'];

/**
 * One printed row of numbers, wherever it stood: what is printed beside it, and its cells in printed order. Which
 * line of the form it is, and (when positions were lost) which column each cell is, is decided later.
 */
export interface Row {
  grid: GridCode;
  /** Index of the block in the Doc, and of the row in its grid. */
  block: number;
  row: number;
  /** Label printed in the row itself; '' when it was lost. */
  own: string;
  /** All label text before the numbers, groups included, outermost first. */
  before: string;
  /** Text after the numbers up to the next ones: a label may go on there when lines were wrapped. */
  after: string;
  /** True when labels are cells of their own (a table); false when label and neighbours may run together (text). */
  bounded: boolean;
  values: Value[];
  /** True when every value carries the column its printed position gives. */
  positioned: boolean;
  /** Label and numbers stood in two rows: the row was cut by a page break. */
  rejoined?: true;
  /** Unit printed in a column of its own beside the label. */
  unit?: string;
  /** Columns in the order of each header line above, where the text prints them and positions are lost. */
  headers?: string[][];
  /** True when such a header has a column that is not of the form. */
  extraColumn?: boolean;
  /** True when blanks are among `values`, so that n values for n columns are exactly those. */
  blanksKept: boolean;
}

export interface Value {
  raw: string;
  /** Column in the grid, or order in the row where positions are not known. */
  column: number;
  /** Column (and, where the header holds the lines, line) of the form that stands above it. */
  target: Target | null;
  /** The cell shows something that is not text. */
  unread?: true;
  ocr?: number;
}

export interface Target {
  col: string;
  line: string | null;
  /** Header text above, for units: "采购总金额（元）". */
  header: string;
}
