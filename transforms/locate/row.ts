import type { Stated } from '../printed/money.ts';
import type { Cell } from '../doc/doc.ts';

/**
 * One printed row of numbers, wherever it stood: what is printed beside it, and its cells in printed order. Which
 * line of the form it is (`lines.ts`), and which of its columns each cell is (`candidates.ts`), is decided later.
 */
export interface Row {
  grid: string;
  /** Index of the block in the Doc, and of the row in its grid. */
  block: number;
  row: number;
  /**
   * How its cells were told apart: laid out by the `spans` of a table; in printed `order`, blanks kept but spans lost
   * (tabs, old DOC); as `words` of a line, where blanks vanished and labels run into their neighbours.
   */
  cells: 'spans' | 'order' | 'words';
  /** Label printed in the row itself; '' when it was lost. */
  own: string;
  /** All label text before the numbers, groups included, outermost first. */
  before: string;
  /** Text after the numbers up to the next ones: a label may go on there when lines were wrapped. */
  after: string;
  /** Label and numbers stood in two rows: the row was cut by a page break. */
  rejoined?: true;
  /** Its header lacks cells or has wrong spans, so that it was read in order: where the table stands. */
  displaced?: string;
  /** Its label stood with others ahead of several rows: which, and how many rows. One object for all of them. */
  ahead?: LabelsAhead;
  values: Value[];
  /** Unit printed in a cell of its own, beside the label or the number. */
  unit?: string;
  /** Units that captions, corners and notes of its table state. */
  around?: Stated[];
  /** Header lines printed above, where positions are lost and only their order tells something. */
  header?: HeaderLines;
}

/** Something that a cell shows and that is no text of its own. */
export type Shown = NonNullable<Cell['unread']> | 'table' | 'merged';

/** Labels that stand together before rows without any. */
export interface LabelsAhead {
  /** Keys of the labels of the form. */
  labels: string[];
  rows: number;
  /**
   * As many rows, or numbers, as the labels have were read of `each` in their order. One row alone is of the `last`, as rows
   * of blanks leave only their labels behind. Otherwise the rows are nobody's.
   */
  read: 'each' | 'last' | 'none';
}

export interface Value {
  raw: string;
  /** Column in the grid, or order in the row where positions are not known. */
  column: number;
  /** What the printed header above it says it is; null where positions are lost. */
  target: Target | null;
  /** What the cell shows that is not in its text, so that its value is not known. */
  unread?: Shown;
  /** Confidence of the recogniser, 0 to 1, where the text was recognised in a picture. */
  ocr?: number;
}

/** Column (and, where the header holds the lines, line) of the form. */
export interface Target {
  col: string;
  line: string | null;
  /** Header text above, for units: "采购总金额（元）". */
  header: string;
  /** The header does not name it itself: a misspelt header cell, or the header of a table that this one continues. */
  inferred?: 'by_likeness' | 'by_count';
}

/** Header lines that follow each other, above rows whose positions are lost. */
export interface HeaderLines {
  /** Columns of the form in the order each line prints them (`GROUP` for a group, '' for another column). */
  orders: string[][];
  /** The table numbers its rows in a column of its own. */
  counter: boolean;
  /** Text of a column that is not of the form; null where there is none. */
  extra: string | null;
}

/** Every value stands under a header that says its column. */
export const isUnderHeader = (row: Row): boolean => row.values.every((v) => v.target !== null);
