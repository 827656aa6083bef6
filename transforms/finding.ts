/** A cell of the form: the three codes of `docs/codebook`. */
export interface CellRef {
  grid: string;
  line: string;
  col: string;
}

/** What is wrong, as data. Never thrown: a finding is published beside the numbers it is about. */
export interface Finding {
  /** From the closed list in `findings` (codes.ts), or the code of a violated equation. */
  code: string;
  level: 'error' | 'warning' | 'info';
  cells: CellRef[];
  expected: number | null;
  actual: number | null;
  message: string;
}
