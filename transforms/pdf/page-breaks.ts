import type { PlacedTable } from './tables.ts';

/** Points that the same line may be off from page to page. */
const SAME_LINE = 3;

/**
 * The parts of a table that page ends have cut are grids of their own: a part that shows only a wide header has fewer
 * columns than the rest. Parts of the same width get the same columns, so that spans mean the same in all of them.
 * @param pages tables of each page from top to bottom; changed in place
 */
export function alignParts(pages: PlacedTable[][]): void {
  let parts: PlacedTable[] = [];
  const finish = (): void => {
    if (parts.length > 1) shareColumns(parts);
    parts = [];
  };
  for (const tables of pages) {
    const first = tables[0];
    const before = parts.at(-1);
    if (!first || !before || !isSameWidth(first, before)) finish();
    for (const [i, table] of tables.entries()) {
      if (i > 0) finish();
      parts.push(table);
    }
  }
  finish();
}

/**
 * A header that a page end has cut off from its numbers goes before the table at the top of the next page.
 * @returns whether it did
 */
export function joinHeader(part: PlacedTable, next: PlacedTable): boolean {
  const printed = part.table.rows.flat().map((c) => c.text);
  if (!isSameWidth(part, next) || printed.some((text) => /^[-+]?[\d０-９][\d０-９,.，．]*$/.test(text))) return false;
  next.table.rows.unshift(...part.table.rows);
  next.edges.unshift(...part.edges);
  return true;
}

const widthOf = ({ box }: PlacedTable): number => box.x1 - box.x0;

const isSameWidth = (a: PlacedTable, b: PlacedTable): boolean =>
  a.edges.length > 0 && b.edges.length > 0 && Math.abs(widthOf(a) - widthOf(b)) < SAME_LINE;

function shareColumns(parts: PlacedTable[]): void {
  // Margins may differ between left and right pages: positions count from the table's own left side.
  const starts = parts.flatMap(({ box, edges }) => edges.flat().map(({ from }) => from - box.x0));
  const lines = starts.sort((a, b) => a - b).filter((x, i, all) => i === 0 || x - all[i - 1]! >= SAME_LINE);
  for (const { box, edges, table } of parts) {
    for (const [r, row] of edges.entries()) {
      for (const [c, { from, to }] of row.entries()) {
        const within = lines.filter((x) => x > from - box.x0 - SAME_LINE && x < to - box.x0 - SAME_LINE);
        table.rows[r]![c]!.colspan = Math.max(1, within.length);
      }
    }
  }
}
