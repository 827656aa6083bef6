import type { Doc } from '../doc/doc.ts';
import { finding, type Finding } from '../findings.ts';
import { keyOf, labelKeys } from '../printed/labels.ts';
import { unitsAround, type Stated } from '../printed/money.ts';
import { isNumber } from '../printed/number.ts';
import type { Span } from '../prose/sections.ts';
import { headerOf, joinHeaders, NO_HEADER } from './header-lines.ts';
import { gridOfSection, isAnnex, lastSection, lineWidth, meaningOf, sequenceOf, wholeWidth } from './lexicon.ts';
import { pairLabelsAhead } from './labels-ahead.ts';
import type { HeaderLines, Row, Value } from './row.ts';
import { isPrinted, itemsOf, type Item } from './text-items.ts';

/**
 * Rows of numbers in tab-separated tables and running text. Between two runs of numbers stands text that may hold the
 * rest of one label, header fragments, a page number and the beginning of the next label: all of it is kept as
 * evidence (`before`, `after`), none of it is cut by rules here. `unread`: grids that are printed and cannot be read.
 */
export function rowsOfText(
  doc: Doc,
  spans: Span[],
): { rows: Row[]; consumed: Set<number>; findings: Finding[]; unread: Set<string> } {
  const rows: Row[] = [];
  const consumed = new Set<number>();
  const findings: Finding[] = [];
  const unread = new Set<string>();
  for (const { grid, heading, items } of regionsOf(doc, spans)) {
    const around = unitsOfText(items, heading);
    const made = pairLabelsAhead(rowsOfRegion(items, grid)).map((row) =>
      around.length > 0 ? { ...row, around } : row,
    );
    if (made.length > 0) for (const item of items) consumed.add(item.block);
    if (!made.some(hasColumnsTwice)) rows.push(...made);
    else {
      unread.add(grid);
      findings.push(finding('columns_repeated', [], { where: grid }));
    }
  }
  return { rows, consumed, findings, unread };
}

/** One header with the same columns twice: years side by side, whose numbers cannot be told apart once blanks are lost. */
function hasColumnsTwice({ grid, before }: Row): boolean {
  if (wholeWidth(grid) !== null) return false;
  const header = keyOf(before);
  // Short labels (其他, 总计) are those of lines too.
  const labels = (sequenceOf(grid) ?? []).flatMap((c) => labelKeys(c).slice(0, 1)).filter((label) => label.length >= 4);
  return labels.length > 1 && labels.every((label) => header.split(label).length > 2);
}

/** Units that the heading, captions and notes of a stretch of text state. */
const unitsOfText = (items: Item[], heading: string): Stated[] =>
  [heading, ...items.map((item) => (item.kind === 'label' ? item.text : ''))].flatMap((text) => unitsAround(text));

interface Region {
  grid: string;
  heading: string;
  items: Item[];
}

/**
 * Stretches of text that may hold a grid: a section heading begins one, and so do words of another grid's form where a
 * heading was lost. Prose sections hold none, unless the document has no statutory headings at all.
 */
function regionsOf(doc: Doc, spans: Span[]): Region[] {
  const regions: Region[] = [];
  const headed = spans.some((s) => gridOfSection(s.number) !== null);
  for (const span of spans) {
    const grid = gridOfSection(span.number);
    const prose = !grid && (headed || span.number > lastSection());
    const first = doc.blocks[span.from];
    const heading = first && 'text' in first ? first.text : '';
    let current: Region | null = grid ? { grid, heading, items: [] } : null;
    if (current) regions.push(current);
    for (let index = grid ? span.from + 1 : span.from; index < span.to; index++)
      for (const item of itemsOf(doc.blocks[index]!, index)) {
        const cue = item.kind === 'label' ? gridOfText(item.text) : null;
        if (cue && cue !== current?.grid && (!prose || isAnnex(cue)))
          regions.push((current = { grid: cue, heading: '', items: [] }));
        current?.items.push(item);
      }
  }
  return regions;
}

function gridOfText(text: string): string | null {
  if (text.length > 200) return null;
  for (const part of text.split('\n')) {
    const meaning = part.length > 80 ? null : meaningOf(part);
    if (meaning?.kind === 'furniture') return meaning.of[0]!;
    if (meaning?.kind === 'line' && meaning.of.length === 1) return meaning.of[0]!.grid;
  }
  return null;
}

function rowsOfRegion(items: Item[], grid: string): Row[] {
  const rows: Row[] = [];
  let labels: Extract<Item, { kind: 'label' }>[] = [];
  let header: HeaderLines = NO_HEADER;
  let fresh = false;
  for (const item of joinedNumbers(
    items.filter((i) => !isHeaderPadding(i, grid)),
    grid,
  )) {
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
    // Empty cells before the number of a row are of its label.
    const first = item.values.findIndex(isPrinted);
    const values =
      header.counter && isNumber(item.values[first]?.text ?? '') ? item.values.slice(first + 1) : item.values;
    rows.push({
      grid,
      block: item.block,
      row: item.row,
      cells: item.blanksKept ? 'order' : 'words',
      own: own && own.block === item.block && own.row === item.row ? (own.text.split('\n').at(-1) ?? '') : '',
      before: labels.map((l) => l.text).join(''),
      after: '',
      values: values.map(({ text, unread }, column): Value => {
        const value = { raw: text, column, target: null };
        return unread ? { ...value, unread } : value;
      }),
      ...(item.unit ? { unit: item.unit } : {}),
      header,
    });
    labels = [];
  }
  return rows;
}

/** Empty cells beside a header or caption; a line of the form left blank has at least as many cells as the form has columns. */
function isHeaderPadding(item: Item, grid: string): boolean {
  if (item.kind !== 'values' || item.values.some(isPrinted)) return false;
  const columns = sequenceOf(grid)?.length ?? 0;
  return columns < 2 || item.values.length < (wholeWidth(grid) ?? columns);
}

/** Numbers that stand one a line are a row together, as far as a row has room for them. */
function joinedNumbers(items: Item[], grid: string): Item[] {
  const full = wholeWidth(grid) ?? lineWidth(grid);
  const out: Item[] = [];
  for (const item of items) {
    const last = out.at(-1);
    if (item.kind === 'values' && last?.kind === 'values' && !last.blanksKept && !item.blanksKept) {
      if (last.values.length + item.values.length <= full) {
        last.values = [...last.values, ...item.values];
        continue;
      }
    }
    out.push(item.kind === 'values' ? { ...item, values: [...item.values] } : item);
  }
  return out;
}
