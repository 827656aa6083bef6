import type { Doc } from '../doc/doc.ts';
import { finding, type Finding } from '../findings.ts';
import { keyOf } from '../printed/labels.ts';
import { isNumber } from '../printed/number.ts';
import type { Span } from '../prose/sections.ts';
import { headerOf, joinHeaders, NO_HEADER, type Header } from './flow-header.ts';
import { itemsOf, type Item } from './flow-items.ts';
import { meaningOf } from './lexicon.ts';
import type { GridCode, Row, Value } from './row.ts';

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
    else findings.push(finding('columns_repeated', [], { where: region.grid }));
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
      ...(item.unit ? { unit: item.unit } : {}),
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
