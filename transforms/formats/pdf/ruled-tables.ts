import { cell, type Cell, type Table } from '../../doc/doc.ts';
import { buildLattice, intervalOf, type Lattice } from '../geometry/lattice.ts';
import { isValueLike } from '../../printed/number.ts';
import { cellText, groupLines, lineText, splitLine } from './lines.ts';
import { findRules, groupRules } from '../geometry/rules.ts';
import type { Glyph, PageGeometry } from './types.ts';
import { contains, type Box } from '../geometry/box.ts';

/** A table and where it stands on its page. */
export interface PlacedTable {
  box: Box;
  table: Table;
  /** Tables with rules: where the cells of each row begin, and where they end. */
  edges: { from: number; to: number }[][];
}

/** Tables drawn with rules, and the glyphs that stand in none of them. */
export function ruledTables(page: PageGeometry): { tables: PlacedTable[]; rest: Glyph[] } {
  const lattices = groupRules(findRules(page.strokes, page.fills))
    .map(buildLattice)
    .filter((lattice) => lattice !== null)
    .sort((a, b) => area(a) - area(b));
  if (lattices.length === 0) return { tables: [], rest: page.glyphs };
  let candidates = lattices;
  for (;;) {
    const { filled, rest } = fillLattices(candidates, page.glyphs);
    const accepted = filled.filter(isTable);
    // Glyphs of a grid that turns out to be no table may belong to a larger grid around it.
    if (accepted.length === candidates.length) return { tables: nest(accepted, page.number), rest };
    candidates = accepted.map((one) => one.lattice);
  }
}

interface Filled {
  lattice: Lattice;
  /** Glyphs of each cell, in content order. */
  glyphs: Glyph[][];
}

const area = (box: Box): number => (box.x1 - box.x0) * (box.y1 - box.y0);

function fillLattices(lattices: Lattice[], glyphs: Glyph[]): { filled: Filled[]; rest: Glyph[] } {
  const filled = lattices.map((lattice) => ({ lattice, glyphs: lattice.cells.map((): Glyph[] => []) }));
  const rest: Glyph[] = [];
  for (const glyph of glyphs) {
    const x = (glyph.x0 + glyph.x1) / 2;
    // Not the middle of the box: fonts differ in how much room they reserve above and below.
    const y = glyph.turn === 0 ? glyph.base - 0.35 * glyph.size : (glyph.y0 + glyph.y1) / 2;
    // The smallest grid comes first: it may stand inside a cell of a larger one.
    const home = filled.find(({ lattice: l }) => x >= l.x0 && x < l.x1 && y >= l.y0 && y < l.y1);
    if (home) home.glyphs[cellAt(home.lattice, x, y)]!.push(glyph);
    else rest.push(glyph);
  }
  return { filled, rest };
}

function cellAt(lattice: Lattice, x: number, y: number): number {
  const row = intervalOf(lattice.ys, y);
  return lattice.owner[row * (lattice.xs.length - 1) + intervalOf(lattice.xs, x)]!;
}

/** A grid is a table when text stands in it side by side, and no cell holds a row of numbers that rules do not part. */
function isTable({ lattice, glyphs }: Filled): boolean {
  const rows = new Map<number, number>();
  let crowded = 0;
  for (const [i, { row }] of lattice.cells.entries()) {
    rows.set(row, (rows.get(row) ?? 0) + 1);
    if (glyphs[i]!.length > 4 && groupLines(glyphs[i]!).some(isNumberRow)) crowded++;
  }
  const sideBySide = [...rows.values()].some((count) => count > 1);
  return sideBySide && crowded < 3 && glyphs.some((text) => text.length > 0);
}

function isNumberRow(line: ReturnType<typeof groupLines>[number]): boolean {
  return splitLine(line, 1).filter((piece) => isValueLike(lineText(piece))).length > 2;
}

/** Tables inside cells of other tables belong to those; the smallest come first. */
function nest(filled: Filled[], page: number): PlacedTable[] {
  const nested = filled.map(({ lattice }) => lattice.cells.map((): Table[] => []));
  return filled.flatMap((one, i) => {
    const placed = toTable(one, nested[i]!, page);
    const j = filled.findIndex((other, k) => k > i && contains(other.lattice, one.lattice));
    if (j === -1) return [placed];
    const { lattice } = one;
    const home = cellAt(filled[j]!.lattice, (lattice.x0 + lattice.x1) / 2, (lattice.y0 + lattice.y1) / 2);
    nested[j]![home]!.unshift(placed.table);
    return [];
  });
}

/** Grid lines where no cell begins carry nothing and are left out of the spans. */
function toTable({ lattice, glyphs }: Filled, nested: Table[][], page: number): PlacedTable {
  const hollow = hollowRows(
    lattice,
    glyphs.map((text, i) => text.length > 0 || nested[i]!.length > 0),
  );
  const kept = lattice.cells.filter((c) => !hollow.has(c.row));
  const rowStarts = new Set(kept.map((c) => c.row));
  const columnStarts = new Set(kept.map((c) => c.column));
  const rows: Cell[][] = [];
  const edges: PlacedTable['edges'] = [];
  let row = -1;
  for (const [i, c] of lattice.cells.entries()) {
    if (hollow.has(c.row)) continue;
    if (c.row !== row) {
      rows.push([]);
      edges.push([]);
    }
    row = c.row;
    const colspan = countWithin(columnStarts, c.column, c.colspan);
    const made = cell(cellText(glyphs[i]!), colspan, countWithin(rowStarts, c.row, c.rowspan));
    rows.at(-1)!.push(nested[i]!.length > 0 ? { ...made, nested: nested[i]! } : made);
    edges.at(-1)!.push({ from: lattice.xs[c.column]!, to: lattice.xs[c.column + c.colspan]! });
  }
  // What a page break leaves of a row's padding is a row without text.
  while (isEmptyRow(rows[0])) edges.splice(0, rows.splice(0, 1).length);
  while (isEmptyRow(rows.at(-1))) edges.splice(-1, rows.splice(-1, 1).length);
  return { box: lattice, table: { kind: 'table', rows, aligned: true, origin: `page ${page}` }, edges };
}

/**
 * Browsers that cut a table end a tall cell a little above the row it ends with: a sliver of a row, where one or two
 * cells without content begin and all content reaches in from above.
 */
function hollowRows({ cells }: Lattice, full: boolean[]): Set<number> {
  const begins = new Map<number, { cells: number; full: boolean }>();
  for (const [i, { row }] of cells.entries()) {
    const known = begins.get(row) ?? { cells: 0, full: false };
    begins.set(row, { cells: known.cells + 1, full: known.full || full[i]! });
  }
  const reachesIn = (row: number): number =>
    cells.filter((c, i) => c.row === row - 1 && c.rowspan > 1 && full[i]).length;
  return new Set(
    [...begins].flatMap(([row, begun]) => (!begun.full && begun.cells < 3 && reachesIn(row) > 1 ? [row] : [])),
  );
}

const isEmptyRow = (row: Cell[] | undefined): boolean =>
  row?.length === 1 && row[0]!.text === '' && !row[0]!.nested && row[0]!.rowspan === 1;

function countWithin(starts: Set<number>, from: number, span: number): number {
  let count = 0;
  for (let i = from; i < from + span; i++) if (starts.has(i)) count++;
  return count;
}
