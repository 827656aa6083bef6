import type { Block } from '../../doc/doc.ts';
import { cellOf, isLayout } from '../../doc/layout.ts';
import { sayRuns, unreadWith, type Look, type Run, type Said } from '../../doc/runs.ts';
import type { RowDefinition } from './doc-properties.ts';
import { tableOf, type WordRow } from './doc-tables.ts';

/** Where a paragraph ends in a document whose tables are paragraphs that end cells and rows, as in DOC and RTF. */
export interface ParagraphEnd {
  /** Levels of tables it is in: 0 for none. */
  depth: number;
  ends: 'cell' | 'row' | null;
  /** Of a row: its cells; null where they are lost. */
  row: RowDefinition | null;
  /** From 1; null for body text. */
  heading: number | null;
  /** Its automatic number. */
  label: string;
}

interface Level {
  rows: WordRow[];
  cells: WordRow['cells'];
  /** Paragraphs and tables of the cell that is being read, and of all its cells so far. */
  content: Block[];
  contents: Block[];
  /** Of the cell that is being read. */
  unread: Said['unread'];
}

/** Blocks of the paragraphs as they come; `tables` counts those of the document. */
export function createAssembly(origin: string, tables: { count: number }) {
  const blocks: Block[] = [];
  const levels: Level[] = [];
  let runs: Run[] = [];
  let paragraphs = 0;

  /** Where what is read next belongs: the page, or the cell that is open. */
  const here = () => levels.at(-1)?.content ?? blocks;

  function endCell(level: Level): void {
    level.cells.push(cellOf(level.content, level.unread));
    level.contents.push(...level.content);
    level.content = [];
    level.unread = null;
  }

  function endRow(level: Level, definition: WordRow['definition']): void {
    level.rows.push({ cells: level.cells, definition });
    level.cells = [];
  }

  /** Ends the tables deeper than `depth`: an inner one goes into the cell around it. */
  function closeTo(depth: number): void {
    while (levels.length > depth) {
      const level = levels.pop();
      if (!level) return;
      if (level.content.length > 0) endCell(level);
      if (level.cells.length > 0) endRow(level, null);
      if (level.rows.length === 0) continue;
      const table = tableOf(level.rows, `table ${++tables.count}`);
      here().push(
        ...(isLayout(table) ? level.contents : [table, ...level.contents.filter((b) => b.kind === 'picture')]),
      );
    }
  }

  function openTo(depth: number): void {
    while (levels.length < depth) levels.push({ rows: [], cells: [], content: [], contents: [], unread: null });
  }

  function say(text: string, look: Look): void {
    const last = runs.at(-1);
    if (last?.look === look) last.text += text;
    else runs.push({ text, look });
  }

  function endParagraph({ depth, ends, row, heading, label }: ParagraphEnd): void {
    paragraphs++;
    const said = sayRuns(runs);
    const text = label + said.text;
    runs = [];
    closeTo(depth);
    openTo(depth);
    const level = levels.at(-1);
    if (level) level.unread = unreadWith(level.unread, said.unread);
    if (level && ends === 'row') return endRow(level, row);
    const place = { text, origin: `${origin} ${paragraphs}` };
    if (text.trim() !== '') {
      here().push(heading === null ? { kind: 'paragraph', ...place } : { kind: 'heading', level: heading, ...place });
    }
    if (level && ends === 'cell') endCell(level);
  }

  /** Stands in the paragraph that is being read, at this depth. */
  function show(bytes: Uint8Array, depth: number): void {
    closeTo(depth);
    openTo(depth);
    here().push({
      kind: 'picture',
      source: `picture ${paragraphs + 1}`,
      alt: '',
      origin: `${origin} ${paragraphs + 1}`,
      bytes,
    });
  }

  return {
    say,
    endParagraph,
    show,
    /** Something was said since the last paragraph ended. */
    isOpen: () => runs.some(({ text }) => text.trim() !== ''),
    blocks: (): Block[] => {
      closeTo(0);
      return blocks;
    },
  };
}
