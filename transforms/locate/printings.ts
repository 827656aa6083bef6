import type { Doc } from '../doc/doc.ts';
import { gridsOf } from '../forms/index.ts';
import { keyOf, labelKeys, splitNumbering } from '../printed/labels.ts';
import { labelsOf } from './lexicon.ts';
import { isUnderHeader, type Row } from './row.ts';

/** Lines whose labels already stood above begin the grid anew: another year's or organ's table. */
export function printingsOf(rows: Row[]): Row[][] {
  const printings: { rows: Row[]; labels: Set<string> }[] = [];
  for (const [i, row] of rows.entries()) {
    const label = labelOf(row);
    const current = printings.at(-1);
    const repeated = current !== undefined && label.length > 3 && current.labels.has(label);
    if (!current || (repeated && restOfBlockRepeats(rows, i, current.labels)))
      printings.push({ rows: [row], labels: new Set([label]) });
    else {
      current.rows.push(row);
      current.labels.add(label);
    }
  }
  return printings.map((p) => p.rows);
}

/** What tells a row from others; a row under a header that holds the lines is the whole grid. */
const labelOf = (row: Row): string =>
  isUnderHeader(row) && row.values[0]?.target?.line ? 'whole grid' : keyOf(row.before).slice(-40);

/** One label twice is a misprint; a grid that begins anew repeats several. */
function restOfBlockRepeats(rows: Row[], from: number, labels: Set<string>): boolean {
  const next = rows.slice(from, from + 4);
  const again = next.filter((r) => labels.has(labelOf(r))).length;
  return again >= Math.min(3, next.length);
}

/** Year that a caption in the table or the text just above states for the numbers below it. */
export function yearAbove(doc: Doc, row: Row): number | null {
  const own = doc.blocks[row.block]!;
  const captions =
    own.kind === 'table' ? own.rows.slice(Math.max(0, row.row - 6), row.row).flatMap((r) => r.map((c) => c.text)) : [];
  const above = doc.blocks
    .slice(Math.max(0, row.block - 2), row.block)
    .flatMap((b) => (b.kind === 'paragraph' || b.kind === 'heading' ? [b.text] : []));
  const years = [...above, ...captions].flatMap((text) => text.normalize('NFKC').match(/20\d\d(?=\s*年)/g) ?? []);
  return years.length > 0 ? Number(years.at(-1)) : null;
}

/** Longer text is prose, which tells of other years. */
const LONGEST_CAPTION = 40;

/** The caption right above a table says that it is of a year before. */
export function captionIsEarlier(doc: Doc, row: Row, year: number): boolean {
  const above = doc.blocks[row.block - 1];
  if (above?.kind !== 'paragraph' && above?.kind !== 'heading') return false;
  if (above.text.length > LONGEST_CAPTION) return false;
  const years = above.text.normalize('NFKC').match(/20\d\d(?=\s*年)/g) ?? [];
  return years.length > 0 && years.every((stated) => Number(stated) < year);
}

/**
 * A row that a page break cut: a label and no numbers, then numbers with the rest of the label, or with none of it.
 * Labels are joined when together they are a label of the form and neither is one alone; numbers without any label
 * belong to the line above when the next label is that of the next line, so that no other line is open for them.
 */
export function rejoin(rows: Row[]): Row[] {
  const out: Row[] = [];
  for (const [i, row] of rows.entries()) {
    const last = out.at(-1);
    const empty = last?.values.every((v) => v.raw === '') ?? false;
    if (last && empty && joins(last.own, row.own, row.grid))
      out[out.length - 1] = { ...row, own: last.own + row.own, before: last.before + row.own };
    else if (last && empty && row.own === '' && row.block !== last.block && follows(last, rows[i + 1]))
      out[out.length - 1] = { ...row, own: last.own, before: last.before, rejoined: true };
    else out.push(row);
  }
  return out;
}

/** True when the second row is the line after the first in an edition of the form. */
function follows(first: Row, second: Row | undefined): boolean {
  if (!second) return false;
  return gridsOf(first.grid).some(({ lines }) => {
    const place = (row: Row) => lines.findIndex((l) => labelKeys(l).includes(keyOf(splitNumbering(row.own).rest)));
    return place(first) >= 0 && place(second) === place(first) + 1;
  });
}

function joins(first: string, second: string, grid: string): boolean {
  if (keyOf(first).length < 2 || endsLabel(first, grid) || endsLabel(second, grid)) return false;
  return endsLabel(first + second, grid);
}

function endsLabel(text: string, grid: string): boolean {
  const key = keyOf(text);
  return labelsOf(grid).some((label) => key.endsWith(label) && key.length <= label.length + 3);
}
