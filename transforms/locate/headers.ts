import { columnsOf } from '../forms/form.ts';
import { forms } from '../forms/index.ts';
import { cellsOf, type Grid, type Placed } from '../doc/grid.ts';
import { similarity, splitNumbering } from '../printed/labels.ts';
import { isNumber } from '../printed/number.ts';
import { cellKeys, meaningOf } from './lexicon.ts';
import type { GridCode, Target } from './row.ts';

/** A run of header rows and what each grid column below it means. */
export interface Band {
  grid: GridCode;
  from: number;
  to: number;
  /** By grid column, left to right; absent for label columns and for columns that are not of the form. */
  targets: Map<number, Target>;
  /** First grid column that holds values. */
  firstValue: number;
  /** Grid column that states the unit of each row, if the table has one. */
  unit: number | null;
  /** Grid columns that number the rows (行次): never values. */
  counters: Set<number>;
  /** True when header cells overflow their group, so that they no longer stand above their values. */
  overflowing: boolean;
  /** Header texts that stand over numbers but are no column of the form, with their grid column. */
  unknown: { column: number; text: string }[];
  /** Header cells taken for a column by order or likeness, not by their exact label. */
  guessed: { col: string; text: string }[];
  /** True when two sets of the same columns stand side by side and none could be chosen. */
  repeated: boolean;
}

/** All header bands of a table, in order. `year` chooses among columns printed side by side for several years. */
export function bandsOf(grid: Grid, year: number | null): Band[] {
  const bands: Band[] = [];
  let row = 0;
  while (row < grid.rows) {
    if (!isHeaderRow(grid, row, false)) {
      row++;
      continue;
    }
    const from = row;
    while (row < grid.rows && (isHeaderRow(grid, row, row > from) || isGap(grid, row))) row++;
    const band = readBand(grid, from, row, year);
    if (band) bands.push(band);
  }
  return bands;
}

/** A row without cells of its own between two header rows. */
const isGap = (grid: Grid, row: number): boolean =>
  row + 1 < grid.rows && cellsOf(grid, row).every((p) => p.row !== row) && isHeaderRow(grid, row + 1, true);

function isHeaderRow(grid: Grid, row: number, inBand: boolean): boolean {
  let columns = 0;
  let furniture = 0;
  let lines = 0;
  for (const { cell, row: top } of cellsOf(grid, row)) {
    if (top !== row) continue;
    if (isNumber(cell.text)) return false;
    const meaning = meaningOf(cell.text);
    // Header cells carry no numbering: a numbered line is a row, however blank.
    if (meaning?.kind === 'line' && splitNumbering(cell.text).number !== '') return false;
    if (meaning?.kind === 'column') columns++;
    else if (meaning?.kind === 'line') lines++;
    else if (meaning?.kind === 'furniture') furniture++;
  }
  if (furniture > 0 && lines <= 1 && (columns > 0 || lines > 0 || startsTable(grid, row))) return true;
  return columns >= 2 || (inBand && (columns > 0 || lines >= 2));
}

/** Furniture alone (申请人情况) heads a table only when a row with columns follows within the next two rows. */
function startsTable(grid: Grid, row: number): boolean {
  for (let next = row + 1; next <= row + 2 && next < grid.rows; next++) {
    const found = cellsOf(grid, next).filter((p) => p.row === next && meaningOf(p.cell.text)?.kind === 'column');
    if (found.length > 0) return true;
  }
  return false;
}

function readBand(grid: Grid, from: number, to: number, year: number | null): Band | null {
  const code = vote(grid, from, to);
  if (!code) return null;
  const targets = new Map<number, Target>();
  const unknown: Band['unknown'] = [];
  const band: Band = {
    grid: code,
    from,
    to,
    targets,
    firstValue: 0,
    unit: null,
    counters: new Set(),
    overflowing: false,
    unknown,
    guessed: [],
    repeated: false,
  };
  const years = new Map<number, string>();
  for (let column = 0; column < grid.columns; column++) {
    const path = pathAbove(grid, from, to, column);
    const target = targetOf(code, path);
    if (target) targets.set(column, target);
    else if (path.some((p) => meaningOf(p.cell.text)?.kind !== 'furniture' && cellKeys(p.cell.text).whole !== ''))
      unknown.push({ column, text: path.at(-1)!.cell.text });
    if (path.some((p) => /^(计量)?单位$/.test(cellKeys(p.cell.text).whole))) band.unit = column;
    if (path.some((p) => COUNTER.test(cellKeys(p.cell.text).whole))) band.counters.add(column);
    const stated = /(20\d\d)\s*年?/.exec(path.map((p) => p.cell.text.normalize('NFKC')).join(' '))?.[1];
    if (stated) years.set(column, stated);
  }
  band.unknown = unknown.filter((u) => !band.counters.has(u.column) && u.column !== band.unit);
  fillByOrder(grid, band);
  band.overflowing = overflows(grid, band);
  chooseYear(grid, band, years, year);
  band.targets = new Map([...band.targets].sort((a, b) => a[0] - b[0]));
  band.firstValue = Math.min(...band.targets.keys(), grid.columns);
  return band.targets.size > 0 || band.repeated ? band : null;
}

/** Headers of columns that tables add: never a misprint of a column of the form. */
const OTHER_WORDS = /^(小计|备注|说明|占比|比例|百分比|同比|增减|上年|去年|上年数|\d*)$/;

/** Header of a column that numbers rows or lines. */
export const COUNTER = /^(行次|序号|代码|编号|项目编号|栏次)$/;

/**
 * A group's colspan that is too small pushes its last cells out from under it: then the order of the columns contradicts
 * the form's, and positions mean nothing.
 */
function overflows(grid: Grid, band: Band): boolean {
  if (band.grid !== 'requests') return false;
  const columns = columnsOf(forms.flatMap((f) => f.grids).find((g) => g.code === band.grid)!);
  const leaves = leavesOf(grid, band).filter((l) => l.target && !l.target.line);
  const places = leaves.map((l) => columns.findIndex((c) => c.code === l.target!.col));
  if (places.every((place, i) => i === 0 || place > places[i - 1]!)) return false;
  const under = (leaf: Leaf, group: string) =>
    pathAbove(grid, band.from, band.to, leaf.columns[0]!).some(
      (p) => cellKeys(p.cell.text).whole === cellKeys(group).whole,
    );
  const grouped = leaves.flatMap((leaf, i) => columns[places[i]!]!.group.map((group) => under(leaf, group)));
  return grouped.includes(true) && grouped.includes(false);
}

/** The grid whose words occur most in the band. */
function vote(grid: Grid, from: number, to: number): GridCode | null {
  const votes = new Map<GridCode, number>();
  for (let row = from; row < to; row++)
    for (const { cell, row: top } of cellsOf(grid, row)) {
      const meaning = top === row ? meaningOf(cell.text) : null;
      if (!meaning) continue;
      const codes = new Set<GridCode>(meaning.of.map((m) => (typeof m === 'string' ? m : m.grid)));
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

function targetOf(code: GridCode, path: Placed[]): Target | null {
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
    } else if (meaning?.kind === 'line') line = meaning.of.find((m) => m.grid === code)?.line ?? line;
  }
  return col ? { col, line, header } : null;
}

/**
 * Requests and disputes have a fixed sequence of columns: a header cell that no label matches, between two that
 * match, is the column that is missing there when exactly one is missing for each such cell.
 */
function fillByOrder(grid: Grid, band: Band): void {
  const form = forms.flatMap((f) => f.grids).find((g) => g.code === band.grid);
  if (!form || band.unknown.length === 0 || band.grid === 'proactive' || band.grid === 'annex') return;
  const expected = columnsOf(form);
  const leaves = leavesOf(grid, band);
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
    leaf.target = { col: guess.code, line, header: leaf.text };
    for (const column of leaf.columns) band.targets.set(column, leaf.target);
    band.guessed.push({ col: guess.code, text: leaf.text });
    band.unknown = band.unknown.filter((u) => !leaf.columns.includes(u.column));
  }
}

interface Leaf {
  placed: Placed;
  text: string;
  columns: number[];
  target: Target | null;
}

/** Lowest header cells over the value columns, left to right, each once. */
function leavesOf(grid: Grid, band: Band): Leaf[] {
  const leaves: Leaf[] = [];
  for (let column = 0; column < grid.columns; column++) {
    const placed = pathAbove(grid, band.from, band.to, column).at(-1);
    if (!placed) continue;
    const target = band.targets.get(column) ?? null;
    if (!target && !band.unknown.some((u) => u.column === column)) continue;
    if (leaves.at(-1)?.placed === placed) leaves.at(-1)!.columns.push(column);
    else leaves.push({ placed, text: placed.cell.text, columns: [column], target });
  }
  return leaves;
}

/** Two sets of the same columns (years side by side): keep the report's own year, or none. */
function chooseYear(grid: Grid, band: Band, years: Map<number, string>, year: number | null): void {
  const seen = new Set<string>();
  let repeated = false;
  for (const leaf of leavesOf(grid, band)) {
    if (!leaf.target) continue;
    const name = `${leaf.target.line}/${leaf.target.col}`;
    if (seen.has(name)) repeated = true;
    seen.add(name);
  }
  if (!repeated) return;
  const own = [...band.targets].filter(([column]) => years.get(column) === String(year));
  band.repeated = own.length === 0 || own.length === band.targets.size;
  band.targets = new Map(band.repeated ? [] : own);
}
