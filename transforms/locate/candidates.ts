import type { FormColumn, FormGrid, FormLine } from '../forms/form.ts';
import { groupedBy } from '../grouped.ts';
import { isNumber, parsePrinted } from '../printed/number.ts';
import { GROUP } from './header-lines.ts';
import { sequenceOf, wholeWidth } from './lexicon.ts';
import type { Match } from './lines.ts';
import { isUnderHeader, type Row, type Value } from './row.ts';

/** One cell of the form. */
export interface Slot {
  line: FormLine;
  column: FormColumn;
}

/**
 * Why a row's values stand in these cells, the strongest reason first: the `header` above each; the order of the
 * `header_order`; the `count`, as many as the line has; the same `padding` with empty cells in the rows around it. `blanks`
 * is a supposition where its empty cells are, which only the equations can confirm.
 */
export type Reason = 'header' | 'header_order' | 'count' | 'padding' | 'blanks';

/** One way to read a row: its values in the cells of the form. */
export interface Way {
  because: Reason;
  cells: { slot: Slot; value: Value }[];
  /** Numbers of the row that are in none of these cells. */
  leaves: Value[];
}

/** A row, the cells it should fill, and every way that its print allows: one is a reading, none or several a doubt. */
export interface Candidate {
  row: Row;
  slots: Slot[];
  ways: Way[];
}

/** Cells too many in a row of a table; with more, another table stands beside it. */
const MOST_TOO_MANY = 2;

const slotsOf = (line: FormLine): Slot[] => line.columns.map((column) => ({ line, column }));

/** More ways than these are not enumerated: all ways to place numbers in the 15 cells of section 四 are fewer. */
const MAX_WAYS = 6_500;

/** Every row that is a line of the form (or, printed side by side, all its lines), with the ways to read it. */
export function candidatesOf(rows: Row[], matches: (Match | null)[], grid: FormGrid): (Candidate | null)[] {
  const whole = grid.lines.flatMap(slotsOf);
  const slots = rows.map((row, i) => (isWhole(row, grid) ? whole : matches[i] ? slotsOf(matches[i].line) : null));
  const cuts = paddingOf(rows, slots);
  return rows.map((row, i) => {
    const own = slots[i];
    if (isUnderHeader(row)) return underHeader(row, grid, matches[i]?.line ?? null);
    return own ? { row, slots: own, ways: waysInOrder(row, own, cuts.get(row) ?? []) } : null;
  });
}

/** A row that holds all lines of its grid side by side, as section 四 is printed. */
const isWhole = (row: Row, grid: FormGrid): boolean =>
  !isUnderHeader(row) && wholeWidth(grid.code) !== null && row.values.length > grid.lines[0]!.columns.length;

/** Each value is of the column above it; its line is the row's own, or the header's where that holds the lines. */
function underHeader(row: Row, grid: FormGrid, line: FormLine | null): Candidate | null {
  const holdsLines = row.values.some((v) => v.target!.line !== null);
  if (!holdsLines && !line) return null;
  const way: Way = { because: 'header', cells: [], leaves: [] };
  for (const value of row.values) {
    const own = holdsLines ? grid.lines.find((l) => l.code === value.target!.line) : line;
    const column = own?.columns.find((c) => c.code === value.target!.col);
    if (own && column) way.cells.push({ slot: { line: own, column }, value });
    else if (isNumber(value.raw)) way.leaves.push(value);
  }
  return { row, slots: way.cells.map((c) => c.slot), ways: [way] };
}

/** Ways to read values whose positions are lost: as many as the cells, with empty cells too many, or with blanks lost. */
function waysInOrder(row: Row, slots: Slot[], cuts: number[]): Way[] {
  const order = headerOrder(row, slots);
  if (!order) return [];
  const { values } = row;
  const because = order === slots ? 'count' : 'header_order';
  if (values.length === order.length) return [inOrder(because, order, values)];
  if (order.length === 1 && isOneCopied(row)) return [inOrder(because, order, values.slice(0, 1))];
  if (values.length > order.length) {
    if (cuts.length > 0) {
      const ways = distinct(cuts.map((cut) => inOrder('padding', order, values.slice(cut, cut + order.length))));
      // Equations do not choose among these: the sum of a row with one number also holds where its total is left out.
      return ways.length === 1 ? ways : [];
    }
    const isMisprint = row.cells === 'spans' && values.length - order.length <= MOST_TOO_MANY;
    return isMisprint ? withoutSome(values, order) : [];
  }
  return blanksBetween(values, order);
}

/** A cell merged over several columns that a conversion wrote out in each of them (行政许可 | 12 | 12 | 12). */
const isOneCopied = ({ cells, values }: Row): boolean =>
  cells !== 'words' && isNumber(values[0]!.raw) && values.every(({ raw }) => raw === values[0]!.raw);

const inOrder = (because: Reason, order: (Slot | null)[], values: Value[]): Way => ({
  because,
  cells: order.flatMap((slot, i) => (slot ? [{ slot, value: values[i]! }] : [])),
  leaves: [],
});

/**
 * A row of a table with more cells than its header: any of them may be too many. Only empty ones are ever left out, the
 * ways without a number are rivals that the equations have to refuse.
 */
function withoutSome(values: Value[], order: (Slot | null)[]): Way[] {
  const ways = choicesOf(values.length, order.length).map((kept): Way => {
    const left = values.filter((v, i) => v.raw !== '' && !kept.includes(i));
    return {
      ...inOrder(
        'blanks',
        order,
        kept.map((i) => values[i]!),
      ),
      leaves: left,
    };
  });
  return distinct(ways);
}

/** Ways that read the same are one. */
function distinct(ways: Way[]): Way[] {
  const printed = (way: Way) => way.cells.map((c) => c.value.raw).join('\t');
  return ways.filter((way, i) => ways.findIndex((w) => printed(w) === printed(way)) === i);
}

/** Fewer values than columns, in their order; the columns between are blank. */
function blanksBetween(values: Value[], order: (Slot | null)[]): Way[] {
  const blank = (i: number): Value => ({ raw: '', column: i, target: null });
  return choicesOf(order.length, values.length).map((filled) =>
    inOrder(
      'blanks',
      order,
      order.map((_, i) => values[filled.indexOf(i)] ?? blank(i)),
    ),
  );
}

/** All ways to choose k of 0 … n − 1, each in rising order; none where they are too many. */
function choicesOf(n: number, k: number): number[][] {
  const choices: number[][] = [];
  if (choose(n, k) > MAX_WAYS) return choices;
  const extend = (chosen: number[], from: number) => {
    if (chosen.length === k) return void choices.push(chosen);
    for (let i = from; i <= n - (k - chosen.length); i++) extend([...chosen, i], i + 1);
  };
  extend([], 0);
  return choices;
}

/** Ways to choose k of n. */
function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 0; i < k; i++) ways = (ways * (n - i)) / (i + 1);
  return ways;
}

/**
 * The cells in the order of the header lines printed above (null for a column that is not of the line); the form's own
 * order where they say nothing against it, and null when they contradict it only in part.
 */
function headerOrder(row: Row, slots: Slot[]): (Slot | null)[] | null {
  if (slots.some((s) => s.line !== slots[0]!.line)) return slots;
  const slotOf = (col: string) => slots.find((s) => s.column.code === col) ?? null;
  const lines = row.header?.orders ?? [];
  const columns = (h: string[]) => h.filter((col) => slotOf(col));
  // A group stands on one line, its columns on the next.
  const [outer, inner] = lines.slice(-2);
  const joined = outer && inner ? outer.flatMap((col) => (col === GROUP ? inner : [col])) : [];
  const whole = [...lines, joined].findLast((h) => columns(h).length === slots.length && !h.includes(GROUP));
  const order = whole?.map(slotOf);
  if (order) return order.length === slots.length && order.every((s, i) => s === slots[i]) ? slots : order;
  const place = (col: string) => slots.findIndex((s) => s.column.code === col);
  const rising = lines.map(columns).every((h) => h.every((col, i) => i === 0 || place(col) > place(h[i - 1]!)));
  return rising ? slots : null;
}

/** Cells that a row should print; null where its header has a column that is not of the form and does not say where. */
function widthOf(row: Row, slots: Slot[]): number | null {
  const order = headerOrder(row, slots);
  const hasExtra = row.header !== undefined && row.header.extra !== null;
  if (order && (order.length !== slots.length || !hasExtra)) return order.length;
  return hasExtra ? null : slots.length;
}

/** A header column that is not of the form, whose place among the numbers is not known. */
export const hasColumnSomewhere = ({ row, slots }: Candidate): boolean =>
  row.header !== undefined && row.header.extra !== null && widthOf(row, slots) === null;

/**
 * Where the values may begin in rows of text with empty cells too many: what is left of wide labels stands before the
 * numbers, and a table may be padded behind them. What is left for all rows of a block with as many cells too many is where
 * they begin; a longer row that is alone has a cell too many instead.
 */
function paddingOf(rows: Row[], slots: (Slot[] | null)[]): Map<Row, number[]> {
  const cuts = new Map<Row, number[]>();
  const width = new Map(
    rows.flatMap((row, i) => {
      const own = row.cells === 'spans' || isUnderHeader(row) ? null : slots[i];
      return own ? [[row, widthOf(row, own)] as const] : [];
    }),
  );
  const slotsOf = new Map(rows.map((row, i) => [row, slots[i] ?? []]));
  if (width.size === 0) return cuts;
  const extra = (row: Row) => Math.max(0, row.values.length - (width.get(row) ?? Infinity));
  for (const block of groupedBy(rows, (r) => [r.block]).values()) {
    const longer = block.filter((row) => extra(row) > 0);
    const fixed = sequenceOf(block[0]!.grid) !== null;
    // The empty cell of a lost label is one more before the numbers of its row alone.
    if (longer.length === 1 && block.length > 3 && longer[0]!.own !== '' && fixed) continue;
    const starts = new Map(longer.map((row) => [row, startsOf(row.values, width.get(row)!)]));
    for (const alike of groupedBy(longer, (row) => [extra(row)]).values()) {
      const common = alike.map((row) => starts.get(row)!).reduce((a, b) => a.filter((s) => b.includes(s)));
      for (const row of alike) cuts.set(row, common.length > 0 ? common : starts.get(row)!);
    }
  }
  // Where that leaves several: what is behind the numbers is the same in all rows, those of a table that was cut too.
  const longer = [...cuts.keys()];
  if (longer.every((row) => cuts.get(row)!.length === 1)) return cuts;
  const startsIn = (row: Row) => startsOf(row.values, width.get(row)!);
  const ends = longer
    .map((row) => startsIn(row).map((start) => extra(row) - start))
    .reduce((a, b) => a.filter((end) => b.includes(end)));
  const end = endBySums(longer, ends, (row, end) => {
    const order = headerOrder(row, slotsOf.get(row)!) ?? [];
    const start = extra(row) - end;
    return sumsOf(order, row.values.slice(start, start + order.length));
  });
  if (end !== null) for (const row of longer) cuts.set(row, [extra(row) - end]);
  return cuts;
}

/**
 * Of several numbers of cells behind the numbers of these rows, the one by which more totals are sums than by any other.
 * A row or two choose nothing: a sum of one number also holds where its total is left out.
 */
function endBySums(rows: Row[], ends: number[], sums: (row: Row, end: number) => number): number | null {
  if (rows.length < 3 || ends.length === 0) return null;
  const scored = ends.map((end) => ({ end, score: rows.reduce((sum, row) => sum + sums(row, end), 0) }));
  const [best, next] = scored.sort((a, b) => b.score - a.score);
  return next === undefined || best!.score > next.score ? best!.end : null;
}

/** Totals that are the sum of what stands before them, less those that are not; a total that is not printed is neither. */
function sumsOf(order: (Slot | null)[], values: Value[]): number {
  let score = 0;
  let sum = 0;
  for (const [i, slot] of order.entries()) {
    const raw = values[i]?.raw ?? '';
    const number = parsePrinted(raw).value ?? 0;
    if (slot?.column.code !== 'total') sum += number;
    else {
      if (raw !== '') score += number === sum ? 1 : -1;
      sum = 0;
    }
  }
  return score;
}

/** Where a run of `width` values may begin so that only empty cells are left out. */
function startsOf(values: Value[], width: number): number[] {
  const filled = values.flatMap((v, i) => (v.raw === '' ? [] : [i]));
  const first = filled[0] ?? values.length;
  const last = filled.at(-1) ?? -1;
  const starts: number[] = [];
  for (let s = 0; s + width <= values.length; s++) if (s <= first && s + width > last) starts.push(s);
  return starts;
}

/** More numbers than the form has columns: as in a row of two tables that stand side by side. */
export const isTooLong = ({ row, slots, ways }: Candidate): boolean =>
  row.cells === 'words'
    ? row.values.length > slots.length
    : ways.length === 0 && row.values.length > slots.length + MOST_TOO_MANY;
