import type { Table } from '../../doc/doc.ts';
import { buildLattice, intervalOf, type Lattice } from '../geometry/lattice.ts';
import { isValueLike } from '../../printed/number.ts';
import { cellText, groupLines, lineText, splitLine } from './lines.ts';
import { placeTable, toTable, type Content, type PlacedTable } from '../geometry/placed-table.ts';
import { groupRules, type Rules, type Stroke } from '../geometry/rules.ts';
import type { Glyph, PageGeometry } from './types.ts';
import { contains, overlaps, type Box } from '../geometry/box.ts';

/** Tables drawn with rules, and the glyphs that stand in none of them. */
export function ruledTables(page: PageGeometry, rules: Rules): { tables: PlacedTable[]; rest: Glyph[] } {
  const lattices = groupRules(rules)
    .map((group) => buildLattice(group))
    .filter((lattice) => lattice !== null)
    .sort((a, b) => area(a) - area(b));
  if (lattices.length === 0) return { tables: [], rest: page.glyphs };
  let candidates = lattices;
  for (;;) {
    const { filled, rest } = fillLattices(candidates, page.glyphs);
    const accepted = filled.filter((one) => isTable(one) && !isGround(one.lattice, page.strokes, rest));
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
    const [x, y] = middleOf(glyph);
    // The smallest grid comes first: it may stand inside a cell of a larger one.
    const home = filled.find(({ lattice: l }) => x >= l.x0 && x < l.x1 && y >= l.y0 && y < l.y1);
    if (home) home.glyphs[cellAt(home.lattice, x, y)]!.push(glyph);
    else rest.push(glyph);
  }
  return { filled, rest };
}

function middleOf(glyph: Glyph): [x: number, y: number] {
  // Not the middle of the box: fonts differ in how much room they reserve above and below.
  const y = glyph.turn === 0 ? glyph.base - 0.35 * glyph.size : (glyph.y0 + glyph.y1) / 2;
  return [(glyph.x0 + glyph.x1) / 2, y];
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

/** Cells of a colour, no grid: nothing but areas draws them, and most of their rows go on beside them without a rule. */
function isGround(lattice: Lattice, strokes: Stroke[], rest: Glyph[]): boolean {
  if (strokes.some((stroke) => overlaps(lattice, stroke))) return false;
  const rows = new Set(rest.map((glyph) => intervalOf(lattice.ys, middleOf(glyph)[1])));
  const goingOn = lattice.ys.slice(1).filter((_, row) => rows.has(row));
  return goingOn.length > (lattice.ys.length - 1) / 2;
}

function isNumberRow(line: ReturnType<typeof groupLines>[number]): boolean {
  return splitLine(line, 1).filter((piece) => isValueLike(lineText(piece))).length > 2;
}

/** Tables inside cells of other tables belong to those; the smallest come first. */
function nest(filled: Filled[], page: number): PlacedTable[] {
  const nested = filled.map(({ lattice }) => lattice.cells.map((): Table[] => []));
  return filled.flatMap(({ lattice, glyphs }, i) => {
    const contents = glyphs.map((own, k): Content => {
      const { text, unread } = cellText(own);
      return {
        text,
        ...(unread && { unread }),
        ...(nested[i]![k]!.length > 0 && { nested: nested[i]![k]! }),
      };
    });
    const placed = placeTable(lattice, contents, `page ${page}`);
    const j = filled.findIndex((other, k) => k > i && contains(other.lattice, lattice));
    if (j === -1) return [placed];
    const home = cellAt(filled[j]!.lattice, (lattice.x0 + lattice.x1) / 2, (lattice.y0 + lattice.y1) / 2);
    nested[j]![home]!.unshift(toTable(placed));
    return [];
  });
}
