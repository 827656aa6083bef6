import type { Look } from '../../transforms/doc/runs.ts';

/** What a report prints, before any file format: the recipes alter it, HTML, text, DOCX and PDF draw it. */

/** One report in the order it is printed, for the formats of an office. */
export type PrintedBlock =
  { kind: 'title' | 'heading' | 'paragraph'; text: string } | { kind: 'table'; table: PrintedTable };

/** The statutory tables of one report as printed, before any file format: HTML, text, DOCX and PDF all draw these. */
export interface PrintedTable {
  grid: string;
  /** Section it stands in; 0: none. */
  section: number;
  rows: PrintedCell[][];
}

/**
 * Looks that only some formats have: digits that a style sheet puts there, or a picture of them; white as the ground, or
 * white on a coloured cell; on paper covered, clipped away, or filled into a field without an appearance.
 */
type OwnLook = 'styled' | 'pictured' | 'white' | 'light' | 'covered' | 'clipped' | 'field';

/** `way`: which of the ways that a format has for this look, round and round. */
export interface PrintedRun {
  text: string;
  look: Look | OwnLook;
  way: number;
}

export interface PrintedCell {
  text: string;
  /** What is printed in place of `text` where it does not all look the same. */
  runs?: PrintedRun[];
  colspan: number;
  rowspan: number;
  role: 'caption' | 'header' | 'corner' | 'group' | 'label' | 'number' | 'continued';
}

export const cell = (text: string, role: PrintedCell['role'], colspan = 1, rowspan = 1): PrintedCell => ({
  text,
  colspan,
  rowspan,
  role,
});
