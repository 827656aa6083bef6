import type { StatedLine } from './forms/across.ts';
import type { CellRef, Finding } from './findings.ts';

/** One number of one report, as printed. Shape and names are the contract of `gongkai read --json`. */
export interface Fact extends CellRef {
  /** Edition of the form that the table it was read from follows. */
  edition: string;
  /** In the unit of the column (`count` or `yuan`); null when nothing numeric is printed. */
  value: number | null;
  /** Why `value` is null; null when there is a value. */
  absence: 'blank' | 'dash' | 'slash' | 'text' | null;
  /** `unknown`: an amount printed without a unit, kept as printed. */
  unit: 'count' | 'yuan' | 'unknown';
  /** Text of the cell as printed. */
  raw: string;
  status: 'verified' | 'contradicted' | 'unverified';
  /** Equations over the cell that could be evaluated and hold; `neededFor` in `forms/check.ts` says how many verify it. */
  proofs: number;
  /** Index of the block in the Doc, and row and column in its grid, all from 0; column is the order in the row where positions are not known. */
  place: { block: number; row: number; column: number };
  /**
   * How its line and column were decided where a label of its own does not name both: by arithmetic; the line by its place
   * among its neighbours; the line or the column by a label that is like its own; the column by the number of cells.
   */
  placed?: 'by_equation' | 'by_order' | 'by_likeness' | 'by_count';
  read_by?: 'ocr';
}

/** A number stated in prose. Never becomes a fact; the `prose.*` equations compare it with the table. */
export interface Mention {
  /** One of `statedLines`. */
  line: StatedLine;
  value: number;
  /** 件 宗 条 起 … as printed. */
  unit: string;
  sentence: string;
  /** True when the sentence says the number is a part of the whole (其中…): not compared with the table. */
  part?: true;
}

export interface Section {
  /** 1 to 6 in the statutory order; 0 for text before the first heading. */
  number: number;
  title: string;
  text: string;
}

export interface ReportIdentity {
  publisher: string | null;
  /** GB/T 2260, six digits. */
  division_code: string | null;
  year: number | null;
  title: string | null;
  /** YYYY-MM-DD in local (+08:00) time, as the page states it. */
  published_on: string | null;
}

interface Source {
  /** Local path or url the bytes came from. */
  path: string;
  sha256: string;
  media_type: string;
  encoding: { declared: string | null; used: string; repaired: boolean } | null;
  script: 'simplified' | 'traditional' | 'mixed' | null;
  /** False where the mark that ends a page or a PDF is not there: it was written so, or cut short on its way. */
  ended?: false;
}

/** What reading one document gives, whether or not it is a report. One line of `gongkai read --json`. */
export interface Reading {
  source: Source;
  report: ReportIdentity | null;
  facts: Fact[];
  mentions: Mention[];
  sections: Section[];
  findings: Finding[];
  /**
   * Organs that titles name and that are not believed to have published the report, in the order of belief; left out
   * where there are none. `navigation`: a trail or list of links before the title.
   */
  details?: {
    publishers: { name: string; from: 'article' | 'line' | 'navigation' | 'page' | 'notice' | 'sentence' }[];
  };
}
