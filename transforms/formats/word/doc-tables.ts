import type { Table } from '../../doc/doc.ts';
import { mergeDown, type MergeCell } from './merges.ts';
import type { RowDefinition } from './doc-properties.ts';

export interface WordRow {
  cells: Pick<MergeCell, 'text' | 'nested' | 'unread'>[];
  definition: RowDefinition | null;
}

/** Less than the narrowest column that holds a digit (2 mm, in twips): edges this close are one edge. */
const sameEdge = 110;

/**
 * Rows of a Word table know the edges of their cells, not columns: columns are the distinct edges of all rows.
 * Where a row has lost its definition only the order of its cells is known, and the table is not aligned.
 */
export function tableOf(rows: WordRow[], origin: string): Table {
  const definitions = rows.flatMap((row) =>
    row.definition?.cells.length === row.cells.length ? [row.definition] : [],
  );
  if (definitions.length < rows.length) {
    const cells = rows.map((row) => row.cells.map((cell): MergeCell => ({ ...cell, columns: 1, down: null })));
    return { kind: 'table', origin, rows: mergeDown(cells), aligned: false };
  }
  const columns = columnIndex(definitions.flatMap((definition) => definition.edges));
  const first = Math.min(...definitions.map(({ edges }) => columns(edges[0] ?? 0)));
  const merged = rows.map((row, i) => mergeAcross(row, definitions[i] ?? { edges: [], cells: [] }, columns, first));
  return { kind: 'table', origin, rows: mergeDown(merged), aligned: true };
}

function mergeAcross(
  row: WordRow,
  definition: RowDefinition,
  columns: (edge: number) => number,
  first: number,
): MergeCell[] {
  const cells: MergeCell[] = [];
  let start = columns(definition.edges[0] ?? 0);
  if (start > first) cells.push({ text: '', columns: start - first, down: null, nested: [] });
  let opened = 0;
  for (const [i, cell] of row.cells.entries()) {
    const { down = null, across = 0 } = definition.cells[i] ?? {};
    // A cell of no width in the clusters still takes its place.
    const end = Math.max(columns(definition.edges[i + 1] ?? 0), start + 1);
    const last = cells.at(-1);
    // The two descriptions of the format number "first" and "merged" differently; that they differ is enough.
    if (across !== 0 && opened !== 0 && across !== opened && last) last.columns += end - start;
    else {
      cells.push({ ...cell, columns: end - start, down });
      opened = across;
    }
    if (across === 0) opened = 0;
    start = end;
  }
  return cells;
}

function columnIndex(edges: number[]): (edge: number) => number {
  const clusters: number[] = [];
  for (const edge of [...new Set(edges)].toSorted((a, b) => a - b)) {
    if (edge - (clusters.at(-1) ?? -Infinity) > sameEdge) clusters.push(edge);
  }
  const index = new Map<number, number>();
  let at = 0;
  for (const edge of [...new Set(edges)].toSorted((a, b) => a - b)) {
    while (edge >= (clusters[at + 1] ?? Infinity)) at++;
    index.set(edge, at);
  }
  return (edge) => index.get(edge) ?? 0;
}
