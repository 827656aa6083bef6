import type { Block } from '../../doc/doc.ts';
import { isNumbered } from '../../printed/numbering.ts';
import { parseSectionTitle } from '../../printed/section-titles.ts';
import type { Box } from './box.ts';

/** A line of text in points, with its baseline and the size of its characters. */
export interface TextLine extends Box {
  text: string;
  base: number;
  size: number;
}

/** A line of prose with the page it stands on; a table or picture between lines ends a paragraph. */
export type Flow = { kind: 'line'; line: TextLine; page: number } | { kind: 'block'; block: Block };

/** Margins, text size and distance of lines of the body text of a page. */
interface Measure {
  left: number;
  right: number;
  size: number;
  leading: number;
}

/** What stands on a page, from top to bottom. */
export function flowOf(page: number, blocks: { box: Box; block: Block }[], lines: TextLine[]): Flow[] {
  const placed = [
    ...blocks.map(({ box, block }) => ({ y: box.y0, item: { kind: 'block', block } as const })),
    ...lines.map((line) => ({ y: line.base, item: { kind: 'line', line, page } as const })),
  ];
  return placed.sort((a, b) => a.y - b.y).map(({ item }) => item);
}

/** Blocks of the whole document in reading order. */
export function flowToBlocks(flow: Flow[]): Block[] {
  const measures = measurePages(flow);
  const titleEnd = countTitleLines(flow, measures);
  const blocks: Block[] = [];
  const title = flow.slice(0, titleEnd).map((item) => (item.kind === 'line' ? item.line.text : ''));
  if (titleEnd > 0) blocks.push({ kind: 'heading', level: 1, text: joinTexts(title), origin: originOf(flow[0]!) });

  for (let start = titleEnd; start < flow.length;) {
    const item = flow[start]!;
    if (item.kind === 'block') {
      blocks.push(item.block);
      start++;
      continue;
    }
    let end = start + 1;
    while (end < flow.length && continues(flow[end - 1]!, flow[end]!, measures)) end++;
    const lines = flow.slice(start, end).flatMap((one) => (one.kind === 'line' ? [one.line.text] : []));
    const text = joinTexts(lines);
    const origin = originOf(item);
    if ((parseSectionTitle(text)?.number ?? 0) > 0) blocks.push({ kind: 'heading', level: 2, text, origin });
    else blocks.push({ kind: 'paragraph', text, origin });
    start = end;
  }
  return blocks;
}

const originOf = (item: Flow): string => (item.kind === 'line' ? `page ${item.page}` : item.block.origin);

/** Pages may differ in width; a page with little text takes the measure of the document. */
function measurePages(flow: Flow[]): (page: number) => Measure {
  const lines = flow.filter((item) => item.kind === 'line');
  const whole = measure(
    lines.map((item) => item.line),
    null,
  );
  const pages = new Map<number, TextLine[]>();
  for (const { page, line } of lines) pages.set(page, [...(pages.get(page) ?? []), line]);
  const measures = new Map([...pages].map(([page, own]) => [page, measure(own, whole)]));
  return (page) => measures.get(page) ?? whole;
}

function measure(lines: TextLine[], fallback: Measure | null): Measure {
  const weights = new Map<number, number>();
  for (const line of lines) {
    const size = Math.round(line.size * 2) / 2;
    weights.set(size, (weights.get(size) ?? 0) + inkOf(line));
  }
  const size = [...weights].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [10.5, 0])[0];
  const body = lines.filter((line) => Math.abs(line.size - size) <= 0.6);
  const long = body.filter((line) => inkOf(line) >= 15);
  if (fallback && long.length < 4) return fallback;
  const steps = long.slice(1).flatMap((line, i) => (line.base > long[i]!.base ? [line.base - long[i]!.base] : []));
  return {
    // Also of a short line: where all paragraphs have one line or two, their ends alone are not indented.
    left: quantile(
      body.map((line) => line.x0),
      0,
      0,
    ),
    right: quantile(
      long.map((line) => line.x1),
      0.9,
      Infinity,
    ),
    size,
    leading: quantile(steps, 0.4, 2 * size),
  };
}

/** Characters that are printed. */
const inkOf = ({ text }: TextLine): number => text.replaceAll(' ', '').length;

function quantile(values: number[], share: number, none: number): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? none;
}

/** Whether a line goes on with the paragraph of the line before it, also over a page end. */
function continues(before: Flow, after: Flow, measures: (page: number) => Measure): boolean {
  if (before.kind !== 'line' || after.kind !== 'line') return false;
  const [a, b] = [before.line, after.line];
  const { left, size, leading } = measures(after.page);
  const full = a.x1 > measures(before.page).right - 2.5 * size;
  if (!full || isNumbered(b.text, 'chinese') || Math.abs(a.size - b.size) > 0.12 * a.size) return false;
  const indented = b.x0 > left + 1.2 * size;
  return !indented && !(before.page === after.page && isApart(a, b, leading, size));
}

/** Where all paragraphs have one line, the distance of lines is that of paragraphs: the end of a sentence then tells. */
function isApart(a: TextLine, b: TextLine, leading: number, size: number): boolean {
  const gap = b.base - a.base;
  if (gap > 1.35 * Math.max(leading, 1.2 * size)) return true;
  return gap > 1.35 * 1.75 * size && /[。！？；：]$/.test(a.text);
}

const MOST_TITLE_LINES = 4;

/** Lines at the top of the document that are larger than the body, or centred above its first paragraph. */
function countTitleLines(flow: Flow[], measures: (page: number) => Measure): number {
  let count = 0;
  let first: TextLine | null = null;
  for (const item of flow.slice(0, MOST_TITLE_LINES)) {
    if (item.kind !== 'line' || isNumbered(item.line.text, 'chinese')) break;
    const { left, right, size } = measures(item.page);
    const { line } = item;
    const centred = line.x0 > left + 2 * size && Math.abs(line.x0 + line.x1 - left - right) < 3 * size;
    if (line.size < 1.15 * size && !centred) break;
    if (first && Math.abs(first.size - line.size) > 0.1 * first.size) break;
    first ??= line;
    count++;
  }
  return count;
}

/** No blank between ideographs: only where two Latin words meet. */
export function joinTexts(lines: string[]): string {
  return lines.reduce((text, line) => {
    if (text === '') return line;
    const words = /[A-Za-z0-9,.;:]$/.test(text) && /^[A-Za-z]/.test(line) && isLatin(line);
    return words ? `${text} ${line}` : text + line;
  }, '');
}

export const isLatin = (char: string): boolean => char.charCodeAt(0) < 0x2e80;
