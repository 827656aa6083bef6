import { cellsOf, type Grid, type Placed } from '../doc/grid.ts';
import { memo } from '../memo.ts';
import { similarity } from '../printed/labels.ts';
import { unitAlone } from '../printed/money.ts';
import { isNumber } from '../printed/number.ts';
import { cellKeys, meaningOf, sequenceOf } from './lexicon.ts';
import type { Target } from './row.ts';

/** Header rows of a table that follow each other, and what each grid column below them means. */
export interface Header {
  grid: string;
  from: number;
  to: number;
  /** By grid column, left to right; absent for label columns and for columns that are not of the form. */
  targets: Map<number, Target>;
  /** First grid column to the right of all its cells. */
  reach: number;
  /** First grid column that holds values. */
  firstValue: number;
  /** Grid columns that print what the one before them prints: a cell of several columns, written out. */
  copies: Set<number>;
  /** Grid column that states the unit of each row, if the table has one. */
  unit: number | null;
  /** Grid columns that number the rows (行次): never values. */
  counters: Set<number>;
  /** True when header cells overflow their group, or one is lost, so that they no longer stand above their values. */
  overflowing: boolean;
  /** Header texts that stand over numbers but are no column of the form, with their grid column. */
  unknown: { column: number; text: string }[];
  /** Header cells taken for a column by order or likeness, not by their exact label. */
  guessed: { col: string; text: string }[];
  /** True when two sets of the same columns stand side by side and none could be chosen. */
  repeated: boolean;
  /** Header cells above each grid column, outermost first. */
  above: Placed[][];
}

/** All headers of a table, in order. `year` chooses among columns printed side by side for several years. */
export function headersOf(grid: Grid, year: number | null): Header[] {
  const headers: Header[] = [];
  let row = 0;
  while (row < grid.rows) {
    if (!isHeaderRow(grid, row, false)) {
      row++;
      continue;
    }
    const from = row;
    while (row < grid.rows && isHeaderRow(grid, row, row > from)) row++;
    const header = readHeader(grid, from, row, year);
    if (header) headers.push(header);
  }
  return headers;
}

function isHeaderRow(grid: Grid, row: number, inHeader: boolean): boolean {
  let columns = 0;
  let furniture = 0;
  const lines = new Set<string>();
  for (const { cell, row: top } of cellsOf(grid, row)) {
    if (top !== row) continue;
    if (isNumber(cell.text)) return false;
    const meaning = meaningOf(cell.text);
    // Header cells carry no numbering: a numbered line is a row, however blank.
    if (meaning?.kind === 'line' && cellKeys(cell.text).number !== '') return false;
    if (meaning?.kind === 'column') columns++;
    else if (meaning?.kind === 'line') lines.add(cell.text);
    else if (meaning?.kind === 'furniture') furniture++;
  }
  if (furniture > 0 && lines.size <= 1) return true;
  return columns >= 2 || (inHeader && (columns > 0 || lines.size >= 2));
}

function readHeader(grid: Grid, from: number, to: number, year: number | null): Header | null {
  const code = vote(grid, from, to);
  if (!code) return null;
  const targets = new Map<number, Target>();
  const unknown: Header['unknown'] = [];
  const header: Header = {
    grid: code,
    from,
    to,
    targets,
    reach: Math.max(...grid.at.slice(from, to).map((row) => row.length)),
    firstValue: 0,
    copies: copiesIn(grid, from, to),
    unit: null,
    counters: new Set(),
    overflowing: false,
    unknown,
    guessed: [],
    repeated: false,
    above: Array.from({ length: grid.columns }, (_, column) => pathAbove(grid, from, to, column)),
  };
  const years = new Map<number, string>();
  for (const [column, path] of header.above.entries()) {
    if (header.copies.has(column)) continue;
    const target = targetOf(code, path);
    if (target) targets.set(column, target);
    // Under a line or a group without a column of its own the header lacks a cell: that is no column, but a doubt.
    else if (path.length > 0 && isColumnHeader(path.at(-1)!.cell.text))
      unknown.push({ column, text: path.at(-1)!.cell.text });
    for (const { cell } of path) {
      const { isUnit, isCounter, stated } = headingOf(cell.text);
      if (isUnit) header.unit = column;
      if (isCounter) header.counters.add(column);
      if (stated && !years.has(column)) years.set(column, stated);
    }
  }
  header.unknown = unknown.filter((u) => !header.counters.has(u.column) && u.column !== header.unit);
  fillByOrder(header);
  header.overflowing = overflows(header) || lacksLine(header) || lacksColumn(header);
  chooseYear(header, years, year);
  header.targets = new Map([...header.targets].sort((a, b) => a[0] - b[0]));
  header.firstValue = Math.min(...header.targets.keys(), grid.columns);
  return header.targets.size > 0 || header.repeated ? header : null;
}

/**
 * A converter that writes each cell of several columns as so many cells gives the same header again, and below it the same
 * numbers, in all rows: a second column of its own has others.
 */
function copiesIn(grid: Grid, from: number, to: number): Set<number> {
  let end = to;
  while (end < grid.rows && !isHeaderRow(grid, end, false)) end++;
  const copies = new Set<number>();
  const rows = grid.at.slice(from, end);
  for (let column = 1; column < grid.columns; column++) {
    const isCopy = rows.every((row) => {
      const [before, own] = [row[column - 1], row[column]];
      return before?.cell.text === own?.cell.text && before !== own;
    });
    if (isCopy && rows.some((row) => isNumber(row[column]?.cell.text ?? ''))) copies.add(column);
  }
  return copies;
}

/** What a header cell says of its column beside being one of the form. */
const headingOf = memo((text: string) => {
  const { whole } = cellKeys(text);
  const stated = /20\d\d/.exec(text.normalize('NFKC'))?.[0];
  return { isUnit: /^(计量)?单位$/.test(whole), isCounter: COUNTER.test(whole), stated };
});

/** Text that heads a column, whether the form knows it or not. */
function isColumnHeader(text: string): boolean {
  const kind = meaningOf(text)?.kind;
  return kind === undefined ? cellKeys(text).whole !== '' : kind === 'column';
}

/** Headers of columns that tables add: never a misprint of a column of the form. */
const OTHER_WORDS = /^(小计|备注|说明|占比|比例|百分比|同比|增减|上年|去年|上年数|\d*)$/;

/** Header of a column that numbers rows or lines. */
export const COUNTER = /^(行次|序号|代码|编号|项目编号|栏次)$/;

/**
 * A group's colspan that is too small pushes its last cells out from under it: then the order of the columns contradicts
 * the form's, and positions mean nothing.
 */
function overflows(header: Header): boolean {
  const columns = sequenceOf(header.grid);
  if (!columns) return false;
  const leaves = leavesOf(header).filter((l) => l.target && !l.target.line);
  const places = leaves.map((l) => columns.findIndex((c) => c.code === l.target!.col));
  if (places.every((place, i) => i === 0 || place > places[i - 1]!)) return false;
  const under = (leaf: Leaf, group: string) =>
    header.above[leaf.columns[0]!]!.some((p) => cellKeys(p.cell.text).whole === cellKeys(group).whole);
  const grouped = leaves.flatMap((leaf, i) => columns[places[i]!]!.group.map((group) => under(leaf, group)));
  // Cells in several rows stand there for a group, whose own cell is lost.
  const inRows = new Set(leaves.map((leaf) => leaf.placed.row)).size > 1;
  return grouped.includes(false) && (grouped.includes(true) || inRows);
}

/** A header that holds the lines, but none for one of its columns, lacks a cell: those beside it may have moved. */
function lacksLine({ targets }: Header): boolean {
  const lines = [...targets.values()].map((t) => t.line);
  return lines.includes(null) && lines.some((line) => line !== null);
}

/**
 * A group or a line that reaches over more columns than stand below it lacks a cell, and those after it have moved to the
 * left. A cell that is there and empty moves none, unless a column of the form is not printed at all.
 */
function lacksColumn(header: Header): boolean {
  const { above, targets, unknown, counters, unit } = header;
  const first = Math.min(...targets.keys(), above.length);
  const printed = new Set([...targets.values()].map((t) => `${t.line}/${t.col}`));
  const lines = new Set([...targets.values()].map((t) => t.line));
  const lacking = sequenceOf(header.grid)?.some((c) => [...lines].some((line) => !printed.has(`${line}/${c.code}`)));
  // A cell over two columns may stand over the one that is lacking.
  if (lacking && leavesOf(header).some((leaf) => leaf.target && leaf.columns.length > 1)) return true;
  for (let column = first + 1; column < header.reach; column++) {
    const told = targets.has(column) || counters.has(column) || column === unit || header.copies.has(column);
    if (told || unknown.some((u) => u.column === column)) continue;
    if (lacking || above[column]?.at(-1)?.cell.text) return true;
  }
  return false;
}

/** The grid whose words occur most in the header. */
function vote(grid: Grid, from: number, to: number): string | null {
  const votes = new Map<string, number>();
  for (let row = from; row < to; row++)
    for (const { cell, row: top } of cellsOf(grid, row)) {
      const meaning = top === row ? meaningOf(cell.text) : null;
      if (!meaning) continue;
      const codes = new Set<string>(meaning.of.map((m) => (typeof m === 'string' ? m : m.grid)));
      for (const code of codes) votes.set(code, (votes.get(code) ?? 0) + 1 / codes.size);
    }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function pathAbove(grid: Grid, from: number, to: number, column: number): Placed[] {
  const path: Placed[] = [];
  for (let row = from; row < to; row++) {
    const placed = grid.at[row]?.[column];
    if (placed && placed.row >= from && placed !== path.at(-1)) path.push(placed);
  }
  return path;
}

function targetOf(code: string, path: Placed[]): Target | null {
  let col: string | null = null;
  let line: string | null = null;
  let header = '';
  for (const { cell } of path) {
    const meaning = meaningOf(cell.text);
    if (meaning?.kind === 'column') {
      const own = meaning.of.find((m) => m.grid === code);
      if (own) {
        col = own.col;
        header = cell.text;
      }
    } else if (col && unitAlone(cell.text)) header += ` ${cell.text}`;
    else if (meaning?.kind === 'line') line = meaning.of.find((m) => m.grid === code)?.line ?? line;
  }
  return col ? { col, line, header } : null;
}

/**
 * Where all lines of a grid have the same columns in the same order: a header cell that no label matches, between two that
 * match, is the column that is missing there when exactly one is missing for each such cell.
 */
function fillByOrder(header: Header): void {
  const expected = sequenceOf(header.grid);
  if (!expected || expected.length < 2 || header.unknown.length === 0) return;
  const leaves = leavesOf(header);
  for (let at = 0; at < leaves.length; at++) {
    const leaf = leaves[at]!;
    if (leaf.target || OTHER_WORDS.test(cellKeys(leaf.text).whole)) continue;
    const last = leaves.slice(0, at).findLast((l) => l.target);
    const next = leaves.slice(at + 1).find((l) => l.target);
    const first = last ? expected.findIndex((c) => c.code === last.target!.col) + 1 : 0;
    const end = next ? expected.findIndex((c) => c.code === next.target!.col) : expected.length;
    const gap = expected.slice(first, end);
    const open = leaves.slice(last ? leaves.indexOf(last) + 1 : 0, next ? leaves.indexOf(next) : leaves.length);
    const alike = (c: { zh: string }) => similarity(cellKeys(leaf.text).whole, cellKeys(c.zh).whole) >= 0.5;
    const guess = gap.length === open.length && (last || next) ? gap[open.indexOf(leaf)] : gap.find(alike);
    if (!guess || (!last && !alike(guess))) continue;
    const line = last?.target?.line ?? next?.target?.line ?? null;
    leaf.target = { col: guess.code, line, header: leaf.text, inferred: 'by_likeness' };
    for (const column of leaf.columns) header.targets.set(column, leaf.target);
    header.guessed.push({ col: guess.code, text: leaf.text });
    header.unknown = header.unknown.filter((u) => !leaf.columns.includes(u.column));
  }
}

interface Leaf {
  placed: Placed;
  text: string;
  columns: number[];
  target: Target | null;
}

/** Lowest header cells over the value columns, left to right, each once. */
function leavesOf(header: Header): Leaf[] {
  const leaves: Leaf[] = [];
  for (const [column, path] of header.above.entries()) {
    const placed = path.at(-1);
    if (!placed) continue;
    const target = header.targets.get(column) ?? null;
    if (!target && !header.unknown.some((u) => u.column === column)) continue;
    if (leaves.at(-1)?.placed === placed) leaves.at(-1)!.columns.push(column);
    else leaves.push({ placed, text: placed.cell.text, columns: [column], target });
  }
  return leaves;
}

/** Two sets of the same columns (years side by side): keep the report's own year, or none. */
function chooseYear(header: Header, years: Map<number, string>, year: number | null): void {
  const seen = new Set<string>();
  let repeated = false;
  for (const leaf of leavesOf(header)) {
    if (!leaf.target) continue;
    const name = `${leaf.target.line}/${leaf.target.col}`;
    if (seen.has(name)) repeated = true;
    seen.add(name);
  }
  if (!repeated) return;
  const own = [...header.targets].filter(([column]) => years.get(column) === String(year));
  header.repeated = own.length === 0 || own.length === header.targets.size;
  header.targets = new Map(header.repeated ? [] : own);
}
