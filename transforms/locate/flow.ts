import type { Block, Doc } from '../doc.ts';
import { isNumber, isValueLike } from '../number.ts';
import type { Span } from '../sections.ts';
import { meaningOf } from './lexicon.ts';
import type { GridCode, Row, Value } from './row.ts';

/** Text where columns were lost: labels and numbers in printed order, nothing more. */
type Item =
  | { kind: 'label'; text: string; block: number; row: number }
  | { kind: 'values'; values: string[]; blanksKept: boolean; block: number; row: number };

/** Values in one full row of a grid, where rows of bare numbers must be told apart. */
const WIDTH: Record<GridCode, number[]> = { requests: [7], disputes: [15, 5], proactive: [3], annex: [1] };
const SECTION_GRID: Record<number, GridCode> = { 2: 'proactive', 3: 'requests', 4: 'disputes' };

/**
 * Rows of numbers in tab-separated tables and running text. Between two runs of numbers stands text that may hold the
 * rest of one label, header fragments, a page number and the beginning of the next label: all of it is kept as
 * evidence (`before`, `after`), none of it is cut by rules here.
 */
export function flowRows(doc: Doc, spans: Span[]): { rows: Row[]; consumed: Set<number> } {
  const rows: Row[] = [];
  const consumed = new Set<number>();
  for (const region of regionsOf(doc, spans)) {
    const made = rowsOf(region.items, region.grid);
    if (made.length > 0) for (const item of region.items) consumed.add(item.block);
    rows.push(...made);
  }
  return { rows, consumed };
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
        if (cue && cue !== current?.grid && (!prose || cue === 'annex')) regions.push((current = { grid: cue, items: [] }));
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
  if (block.kind === 'table') return block.aligned ? [] : block.rows.flatMap((row, r) => tableRow(row.map((c) => c.text), index, r));
  if (/^[-—–]\s*\d{1,4}\s*[-—–]$|^第?\s*\d{1,4}\s*页(\s*[,，/共]\s*(共\s*)?\d{1,4}\s*页)?$/.test(block.text.trim())) return [];
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
  if (label.length > 0) items.push({ kind: 'label', text: label.join('\n'), block, row });
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
  const values = (from: number, to: number): Item => ({ kind: 'values', values: words.slice(from, to), blanksKept: false, block, row });
  if (start > 0) items.push(values(0, start));
  if (label !== '') items.push({ kind: 'label', text: prose ? `${label} ${words.slice(end).join(' ')}` : label, block, row });
  if (end < words.length && !prose) items.push(values(end, words.length));
  return items;
}

const isPlainValue = (word: string): boolean => isNumber(word) || /^[-—–/／]+$/.test(word);

function tokens(text: string): string[] | null {
  const words = text.trim().split(/\s+/);
  return words.length > 1 && words.every(isPlainValue) ? words : null;
}

function rowsOf(items: Item[], grid: GridCode): Row[] {
  const runs = mergeRuns(items.filter((item) => !isHeaderPadding(item, grid)), WIDTH[grid]);
  const rows: Row[] = [];
  let labels: Extract<Item, { kind: 'label' }>[] = [];
  for (const item of runs) {
    if (item.kind === 'label') {
      labels.push(item);
      if (rows.length > 0) rows.at(-1)!.after += item.text;
      continue;
    }
    const own = labels.at(-1);
    rows.push({
      grid,
      block: item.block,
      row: item.row,
      own: own && own.block === item.block && own.row === item.row ? (own.text.split('\n').at(-1) ?? '') : '',
      before: labels.map((l) => l.text).join(''),
      after: '',
      bounded: false,
      values: item.values.map((raw, column): Value => ({ raw, column, target: null })),
      positioned: false,
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

/** Join numbers that stand one a line into rows, and part rows of bare numbers that follow each other. */
function mergeRuns(items: Item[], widths: number[]): Item[] {
  const out: Item[] = [];
  const full = widths[0]!;
  for (const item of items) {
    const last = out.at(-1);
    if (item.kind === 'values' && last?.kind === 'values' && !last.blanksKept && !item.blanksKept) {
      const joined = last.values.length + item.values.length;
      if (!widths.includes(last.values.length) || joined <= full) {
        if (joined <= full && !(widths.includes(last.values.length) && widths.includes(item.values.length))) {
          last.values = [...last.values, ...item.values];
          continue;
        }
      }
    }
    if (item.kind === 'values' && !item.blanksKept && item.values.length > full && item.values.length % full === 0)
      for (let i = 0; i < item.values.length; i += full) out.push({ ...item, values: item.values.slice(i, i + full) });
    else out.push(item.kind === 'values' ? { ...item, values: [...item.values] } : item);
  }
  return out;
}
