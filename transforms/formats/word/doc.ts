import type { Block, Doc } from '../../doc/doc.ts';
import { sayRuns, unreadWith, type Look, type Run, type Said } from '../../doc/runs.ts';
import { cellOf, isLayout } from '../../doc/layout.ts';
import { createCounter } from './list-numbers.ts';
import { fcOf, openWordFile, type WordFile } from './doc-file.ts';
import { readLists } from './doc-lists.ts';
import { readLooks } from './doc-looks.ts';
import { readParagraphs, type ParagraphProperties } from './doc-properties.ts';
import { tableOf, type WordRow } from './doc-tables.ts';

/**
 * Reads Word 97–2003 documents, DOC and WPS alike: tracked deletions and hidden text left out, merged cells as spans,
 * automatic numbers written out, text boxes at the end. Own code for this format because the libraries for it lose
 * where a row of a large table ends, and all merges. Throws Unreadable.
 */
export async function readDoc(bytes: Uint8Array): Promise<Doc> {
  const file = openWordFile(bytes);
  const reader = createReader(file);
  return {
    title: null,
    metas: {},
    blocks: [...reader(...file.body, 'paragraph'), ...reader(...file.boxes, 'text box')],
  };
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

function createReader(file: WordFile): (start: number, end: number, origin: string) => Block[] {
  const propertiesAt = readParagraphs(file);
  const lookAt = readLookAt(file);
  const lists = readLists(file);
  const count = createCounter();
  let tables = 0;

  return (start, end, origin) => {
    const blocks: Block[] = [];
    const levels: Level[] = [];
    const fields: boolean[] = [];
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
        const table = tableOf(level.rows, `table ${++tables}`);
        here().push(...(isLayout(table) ? level.contents : [table]));
      }
    }

    function endParagraph(mark: string, properties: ParagraphProperties): void {
      paragraphs++;
      const list = lists.get(properties.list);
      const label = list ? count(list.key, list.levels, properties.listLevel) : '';
      const said = sayRuns(runs);
      const content = label + said.text;
      runs = [];
      closeTo(properties.depth);
      while (levels.length < properties.depth)
        levels.push({ rows: [], cells: [], content: [], contents: [], unread: null });
      const level = levels.at(-1);
      if (level) level.unread = unreadWith(level.unread, said.unread);
      if (level && properties.rowEnd) return endRow(level, properties.row);
      const place = { text: content, origin: `${origin} ${paragraphs}` };
      if (content.trim() !== '') {
        const { heading } = properties;
        here().push(heading === null ? { kind: 'paragraph', ...place } : { kind: 'heading', level: heading, ...place });
      }
      if (level && (mark === cellMark || properties.innerCellEnd)) endCell(level);
    }

    function say(text: string, look: Look): void {
      const last = runs.at(-1);
      if (last?.look === look) last.text += text;
      else runs.push({ text, look });
    }

    for (let cp = start; cp < end; cp++) {
      const character = file.text[cp] ?? '';
      if (character === fieldStart) fields.push(false);
      else if (character === fieldSeparator) fields[fields.length - 1] = true;
      else if (character === fieldEnd) fields.pop();
      else if (character === '\r' || character === cellMark || character === pageBreak) {
        const properties = propertiesAt(fcOf(file, cp));
        // A paragraph whose mark was deleted goes on in the next one; cells keep theirs.
        if (lookAt(cp) !== 'unseen' || properties.depth > 0) endParagraph(character, properties);
      } else if (fields.every((inResult) => inResult)) say(plain(character), lookAt(cp));
    }
    if (runs.some(({ text }) => text.trim() !== '')) endParagraph('\r', propertiesAt(-1));
    closeTo(0);
    return blocks;
  };
}

const cellMark = '\x07';
const pageBreak = '\x0c';
const fieldStart = '\x13';
const fieldSeparator = '\x14';
const fieldEnd = '\x15';

/** Characters below the space have meanings of their own; those without text (anchors, notes, pictures) vanish. */
function plain(character: string): string {
  if (character >= ' ' || character === '\t') return character;
  if (character === '\x0b') return '\n';
  return character === '\x1e' ? '-' : '';
}

/** How the character at a CP is seen. */
function readLookAt(file: WordFile): (cp: number) => Look {
  const looks: Look[] = ['plain'];
  const at = new Uint8Array(file.text.length);
  for (const { from, to, look } of readLooks(file)) {
    if (!looks.includes(look)) looks.push(look);
    for (const piece of file.pieces) {
      const first = piece.start + Math.ceil((from - piece.fc) / piece.bytesPerCharacter);
      const last = piece.start + Math.ceil((to - piece.fc) / piece.bytesPerCharacter);
      if (last > piece.start && first < piece.end)
        at.fill(looks.indexOf(look), Math.max(first, piece.start), Math.min(last, piece.end));
    }
  }
  return (cp) => looks[at[cp] ?? 0] ?? 'plain';
}
