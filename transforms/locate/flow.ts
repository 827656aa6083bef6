import type { Block, Doc } from '../doc.ts';
import type { Finding } from '../finding.ts';
import { finding } from '../findings.ts';
import { keyOf } from '../labels.ts';
import { isNumber, isValueLike } from '../number.ts';
import type { Span } from '../sections.ts';
import { COUNTER } from './bands.ts';
import { meaningOf } from './lexicon.ts';
import type { GridCode, Row, Value } from './row.ts';

/** Text where columns were lost: labels and numbers in printed order, nothing more. */
type Item =
  | { kind: 'label'; text: string; cells?: string[]; block: number; row: number }
  | { kind: 'values'; values: string[]; blanksKept: boolean; block: number; row: number };

/** Values in one full row of a grid, where rows of bare numbers must be told apart. */
const WIDTH: Record<GridCode, number[]> = { requests: [7], disputes: [15, 5], proactive: [3], annex: [1] };
const SECTION_GRID: Record<number, GridCode> = { 2: 'proactive', 3: 'requests', 4: 'disputes' };

/**
 * Rows of numbers in tab-separated tables and running text. Between two runs of numbers stands text that may hold the
 * rest of one label, header fragments, a page number and the beginning of the next label: all of it is kept as
 * evidence (`before`, `after`), none of it is cut by rules here.
 */
export function flowRows(doc: Doc, spans: Span[]): { rows: Row[]; consumed: Set<number>; findings: Finding[] } {
  const rows: Row[] = [];
  const consumed = new Set<number>();
  const findings: Finding[] = [];
  for (const region of regionsOf(doc, spans)) {
    const made = rowsOf(region.items, region.grid);
    if (made.length > 0) for (const item of region.items) consumed.add(item.block);
    if (!made.some(hasColumnsTwice)) rows.push(...made);
    else
      findings.push(
        finding('columns_repeated', [], `${region.grid}: the same columns stand side by side; none was read`),
      );
  }
  return { rows, consumed, findings };
}

/** One header with the same columns twice: years side by side, whose numbers cannot be told apart once blanks are lost. */
function hasColumnsTwice({ grid, before }: Row): boolean {
  if (grid !== 'requests') return false;
  const header = keyOf(before);
  return ['科研机构', '商业企业', '法律服务机构'].every((label) => header.split(label).length > 2);
}

interface Region {
  grid: GridCode;
  items: Item[];
}

/**
 * Stretches of text that may hold a grid: a section heading begins one, and so do words of another grid's form where a
 * heading was lost. Prose sections hold none, unless the document has no statutory headings at all.
 */
function regionsOf(doc: Doc, spans: Span[]): Region[] {
  const regions: Region[] = [];
  const headed = spans.some((s) => SECTION_GRID[s.number]);
  for (const span of spans) {
    const grid = SECTION_GRID[span.number];
    const prose = !grid && (headed || span.number > 4);
    let current: Region | null = grid ? { grid, items: [] } : null;
    if (current) regions.push(current);
    for (let index = grid ? span.from + 1 : span.from; index < span.to; index++)
      for (const item of itemsOf(doc.blocks[index]!, index)) {
        const cue = item.kind === 'label' ? gridOfText(item.text) : null;
        // The annex of the older reports stands after all sections.
        if (cue && cue !== current?.grid && (!prose || cue === 'annex'))
          regions.push((current = { grid: cue, items: [] }));
        current?.items.push(item);
      }
  }
  return regions;
}

function gridOfText(text: string): GridCode | null {
  if (text.length > 200) return null;
  for (const part of text.split('\n')) {
    const meaning = part.length > 80 ? null : meaningOf(part);
    if (meaning?.kind === 'furniture') return meaning.of[0]!;
    if (meaning?.kind === 'line' && meaning.of.length === 1) return meaning.of[0]!.grid;
  }
  return null;
}

function itemsOf(block: Block, index: number): Item[] {
  if (block.aside || block.kind === 'picture') return [];
  if (block.kind === 'table')
    return block.aligned
      ? []
      : block.rows.flatMap((row, r) =>
          tableRow(
            row.map((c) => c.text),
            index,
            r,
          ),
        );
  if (/^[-—–]\s*\d{1,4}\s*[-—–]$|^第?\s*\d{1,4}\s*页(\s*[,，/共]\s*(共\s*)?\d{1,4}\s*页)?$/.test(block.text.trim()))
    return [];
  return line(block.text, index, 0);
}

/** Cells of one row: leading text is label; what follows the last text is values, blanks included. */
function tableRow(cells: string[], block: number, row: number): Item[] {
  const printed = cells.filter((c) => c !== '');
  if (printed.length <= 1 && cells.length < 5) return printed.flatMap((c) => line(c, block, row));
  const last = cells.findLastIndex((c) => !isValueLike(c) && !tokens(c));
  const label = cells.slice(0, last + 1).filter((c) => c !== '' && !/^([条件次个人]|万?元|[—-]+)$/.test(c));
  const values = cells.slice(last + 1);
  const items: Item[] = [];
  if (label.length > 0) items.push({ kind: 'label', text: label.join('\n'), cells: label, block, row });
  if (!values.some((v) => v !== '') && values.length < 3) return items;
  const split = values.flatMap((v) => (isValueLike(v) ? [v] : (tokens(v) ?? [v])));
  items.push({ kind: 'values', values: split, blanksKept: split.length === values.length, block, row });
  return items;
}

/** A line of text: numbers at its end (or its beginning) are values when nothing but white space parts them. */
function line(text: string, block: number, row: number): Item[] {
  const words = text.trim().split(/\s+/);
  let end = words.length;
  while (end > 0 && isPlainValue(words[end - 1]!)) end--;
  let start = 0;
  while (start < end && isPlainValue(words[start]!)) start++;
  // Numbers before the text are values only in a run: "2 月" is prose.
  if (start < 3) start = 0;
  const label = words.slice(start, end).join(' ');
  const items: Item[] = [];
  const prose = label.length > 60 || /[。；]/.test(label);
  const values = (from: number, to: number): Item => ({
    kind: 'values',
    values: words.slice(from, to),
    blanksKept: false,
    block,
    row,
  });
  if (start > 0) items.push(values(0, start));
  if (label !== '')
    items.push({ kind: 'label', text: prose ? `${label} ${words.slice(end).join(' ')}` : label, block, row });
  if (end < words.length && !prose) items.push(values(end, words.length));
  return items;
}

const isPlainValue = (word: string): boolean => isNumber(word) || /^[-—–/／]+$/.test(word);

function tokens(text: string): string[] | null {
  const words = text.trim().split(/\s+/);
  return words.length > 1 && words.every(isPlainValue) ? words : null;
}

function rowsOf(items: Item[], grid: GridCode): Row[] {
  const runs = mergeRuns(
    items.filter((item) => !isHeaderPadding(item, grid)),
    WIDTH[grid],
  );
  const rows: Row[] = [];
  let labels: Extract<Item, { kind: 'label' }>[] = [];
  let header: Header = NO_HEADER;
  let fresh = false;
  for (const item of runs) {
    if (item.kind === 'label') {
      labels.push(item);
      const next = headerOf(item.cells ?? [], grid);
      if (next) {
        header = fresh ? joinHeaders(header, next) : next;
        fresh = true;
      }
      if (rows.length > 0) rows.at(-1)!.after += item.text;
      continue;
    }
    const own = labels.at(-1);
    fresh = false;
    const values = header.counter && isNumber(item.values[0] ?? '') ? item.values.slice(1) : item.values;
    rows.push({
      grid,
      block: item.block,
      row: item.row,
      own: own && own.block === item.block && own.row === item.row ? (own.text.split('\n').at(-1) ?? '') : '',
      before: labels.map((l) => l.text).join(''),
      after: '',
      bounded: false,
      values: values.map((raw, column): Value => ({ raw, column, target: null })),
      positioned: false,
      headers: header.orders,
      extraColumn: header.extra,
      blanksKept: item.blanksKept,
    });
    labels = [];
  }
  return rows;
}

/** Empty cells beside a header or caption; a line of the form left blank has at least as many cells as the form has columns. */
const isHeaderPadding = (item: Item, grid: GridCode): boolean =>
  item.kind === 'values' &&
  item.values.every((v) => v === '') &&
  !((grid === 'requests' || grid === 'disputes') && item.values.length >= WIDTH[grid][0]!);

/** Header lines that follow each other, above rows whose positions are lost. */
interface Header {
  /** Columns of the form in the order each line prints them. */
  orders: string[][];
  /** The table numbers its rows in a column of its own. */
  counter: boolean;
  /** The header has a column that is not of the form. */
  extra: boolean;
}
const NO_HEADER: Header = { orders: [], counter: false, extra: false };

const joinHeaders = (a: Header, b: Header): Header => ({
  orders: [...a.orders, ...b.orders],
  counter: a.counter || b.counter,
  extra: a.extra || b.extra,
});

/** A line of the text that is a header: two columns of the form, or one beside its furniture. */
function headerOf(cells: string[], grid: GridCode): Header | null {
  const order = cells.flatMap((text) => {
    const meaning = meaningOf(text);
    return meaning?.kind === 'column' ? meaning.of.filter((m) => m.grid === grid).map((m) => m.col) : [];
  });
  // A number before the label is no value; one after it would be taken for one.
  const counter = cells.findIndex((text) => COUNTER.test(keyOf(text))) > 0;
  const furniture = cells.some((text) => meaningOf(text)?.kind === 'furniture');
  if (order.length < 2 && !(furniture && (order.length > 0 || counter))) return null;
  const extra = cells.some(
    (text) => text !== '' && meaningOf(text) === null && !COUNTER.test(keyOf(text)) && keyOf(text).length <= 6,
  );
  // Section 四 prints the same columns once for each of its lines.
  return { orders: new Set(order).size === order.length ? [order] : [], counter, extra };
}

/** Join numbers that stand one a line into rows. Numbers on one line are one row, however many they are. */
function mergeRuns(items: Item[], widths: number[]): Item[] {
  const out: Item[] = [];
  const full = widths[0]!;
  for (const item of items) {
    const last = out.at(-1);
    if (item.kind === 'values' && last?.kind === 'values' && !last.blanksKept && !item.blanksKept) {
      const whole = widths.includes(last.values.length) && widths.includes(item.values.length);
      if (last.values.length + item.values.length <= full && !whole) {
        last.values = [...last.values, ...item.values];
        continue;
      }
    }
    out.push(item.kind === 'values' ? { ...item, values: [...item.values] } : item);
  }
  return out;
}
