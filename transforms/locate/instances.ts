import type { Doc } from '../doc.ts';
import { forms } from '../forms/index.ts';
import { keyOf, labelKeys } from '../labels.ts';
import type { GridCode, Row } from './row.ts';

/** Lines whose labels already stood above begin the grid anew: another year's or organ's table. */
export function instancesOf(rows: Row[]): Row[][] {
  const instances: { rows: Row[]; labels: Set<string> }[] = [];
  for (const [i, row] of rows.entries()) {
    const label = labelOf(row);
    const current = instances.at(-1);
    const repeated = current !== undefined && label.length > 3 && current.labels.has(label);
    if (!current || (repeated && restOfBlockRepeats(rows, i, current.labels)))
      instances.push({ rows: [row], labels: new Set([label]) });
    else {
      current.rows.push(row);
      current.labels.add(label);
    }
  }
  return instances.map((i) => i.rows);
}

/** What tells a row from others; a row under a header that holds the lines is the whole grid. */
const labelOf = (row: Row): string =>
  row.positioned && row.values[0]?.target?.line ? 'whole grid' : keyOf(row.before).slice(-40);

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

/**
 * A label that a page break cut: a row with a label and no numbers, then a row whose label continues it. They are one
 * row when the labels together are a label of the form and neither is one alone.
 */
export function rejoin(rows: Row[]): Row[] {
  const out: Row[] = [];
  for (const row of rows) {
    const last = out.at(-1);
    const empty = last?.values.every((v) => v.raw === '') ?? false;
    if (last && empty && row.block >= last.block && joins(last.own, row.own, row.grid))
      out[out.length - 1] = { ...row, own: last.own + row.own, before: last.before + row.own };
    else out.push(row);
  }
  return out;
}

function joins(first: string, second: string, grid: GridCode): boolean {
  if (keyOf(first).length < 2 || endsLabel(first, grid) || endsLabel(second, grid)) return false;
  return endsLabel(first + second, grid);
}

function endsLabel(text: string, grid: GridCode): boolean {
  const key = keyOf(text);
  return labelsOf(grid).some((label) => key.endsWith(label) && key.length <= label.length + 3);
}

const labelsOfGrid = new Map<GridCode, string[]>();

function labelsOf(grid: GridCode): string[] {
  let labels = labelsOfGrid.get(grid);
  if (!labels) {
    labels = forms.flatMap((f) => f.grids.filter((g) => g.code === grid).flatMap((g) => g.lines.flatMap(labelKeys)));
    labelsOfGrid.set(grid, labels);
  }
  return labels;
}
