import type { Block, Doc } from '../doc/doc.ts';
import type { Section } from '../report.ts';
import { parseSectionTitle } from '../printed/section-titles.ts';
import { parseTitle } from '../printed/title-parts.ts';

/** A section before its text is joined: which blocks belong to it. */
export interface Span {
  number: number;
  title: string;
  /** First block (the heading itself, or the first block of all for number 0) and the one after the last. */
  from: number;
  to: number;
}

/**
 * Index of the block where another report begins: the sections start again after the fourth, or a report title of
 * another organ or year stands after the first. Null when the document holds one report.
 */
export function secondReport(doc: Doc): number | null {
  let highest = 0;
  let first: string | null = null;
  let lastTitle = -1;
  for (const [index, block] of doc.blocks.entries()) {
    if (block.aside || block.kind === 'table' || block.kind === 'picture') continue;
    const section = parseSectionTitle(block.text);
    if (section?.statutory && section.number > 0) {
      if (section.number === 1 && highest >= 4) return lastTitle > 0 ? lastTitle : index;
      highest = Math.max(highest, section.number);
    }
    const title = block.text.length <= 60 ? parseTitle(block.text) : null;
    if (!title?.publisher) continue;
    const name = `${title.publisher} ${title.year}`;
    if (highest >= 3) {
      if (first !== null && first !== name) return index;
      lastTitle = index;
    }
    first ??= name;
  }
  return null;
}

/** Cut a Doc at its section headings. Numbers rise; a heading that goes back is text of the section it stands in. */
export function spansOf(doc: Doc): Span[] {
  const spans: Span[] = [{ number: 0, title: '', from: 0, to: doc.blocks.length }];
  doc.blocks.forEach((block, index) => {
    if (block.aside || block.kind === 'table' || block.kind === 'picture') return;
    const parsed = parseSectionTitle(block.text);
    const current = spans.at(-1)!;
    if (!parsed || parsed.number < 1) return;
    if (parsed.number <= current.number || (!parsed.statutory && parsed.number !== current.number + 1)) return;
    current.to = index;
    spans.push({ number: parsed.number, title: parsed.title, from: index, to: doc.blocks.length });
  });
  return spans;
}

/**
 * Text of each section: its paragraphs, one a line, without the blocks that were read as table rows. A paragraph that
 * a page or line end cut is joined to its continuation without a space.
 */
export function sectionsOf(doc: Doc, spans: Span[], consumed: Set<number>): Section[] {
  return spans
    .map(({ number, title, from, to }) => {
      const blocks = doc.blocks.slice(number === 0 ? from : from + 1, to).filter((b, i) => {
        const index = (number === 0 ? from : from + 1) + i;
        return !b.aside && !consumed.has(index);
      });
      return { number, title, text: joinParagraphs(blocks) };
    })
    .filter((s) => s.number > 0 || s.text !== '');
}

function joinParagraphs(blocks: Block[]): string {
  const lines: string[] = [];
  let open = false;
  for (const block of blocks) {
    if (block.kind === 'table' || block.kind === 'picture') {
      open = false;
      continue;
    }
    if (open && lines.length > 0) lines[lines.length - 1] += block.text;
    else lines.push(block.text);
    open = block.kind === 'paragraph' && block.wrapped === true;
  }
  return lines.join('\n');
}
