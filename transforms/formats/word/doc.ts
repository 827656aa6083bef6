import type { Block, Doc } from '../../doc/doc.ts';
import type { Look } from '../../doc/runs.ts';
import { createAssembly } from './assembly.ts';
import { createCounter } from './list-numbers.ts';
import { readBinaries } from './doc-binary.ts';
import { fcOf, openWordFile, type WordFile } from './doc-file.ts';
import { readLists } from './doc-lists.ts';
import { readLooks } from './doc-looks.ts';
import { readParagraphs, type ParagraphProperties } from './doc-properties.ts';

/**
 * Reads Word 97–2003 documents, DOC and WPS alike: tracked deletions and hidden text left out, merged cells as spans,
 * automatic numbers written out, pictures with their bytes, text boxes at the end. Own code for this format because the libraries for it lose
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

function createReader(file: WordFile): (start: number, end: number, origin: string) => Block[] {
  const propertiesAt = readParagraphs(file);
  const lookAt = readLookAt(file);
  const binaries = readBinaries(file);
  const lists = readLists(file);
  const count = createCounter();
  const tables = { count: 0 };

  return (start, end, origin) => {
    const assembly = createAssembly(origin, tables);
    const fields: Field[] = [];

    /** A choice is shown without a result, and a formula that was never computed shows nothing: its code stands for it. */
    function endField(cp: number): void {
      const { code, choice, shown } = fields.pop() ?? noField;
      const own = code.trim();
      if (!shown) say(choice ?? (/^(?:=|FORMDROPDOWN)/.test(own) ? own : ''), lookAt(cp));
    }

    function say(text: string, look: Look): void {
      if (!fields.every(({ inResult }) => inResult)) return;
      if (text.trim() !== '') for (const field of fields) field.shown = true;
      assembly.say(text, look);
    }

    function showBinary(cp: number): void {
      const binary = binaries.get(fcOf(file, cp));
      const field = fields.at(-1);
      if (binary && 'choice' in binary && field) field.choice = binary.choice;
      if (binary && 'picture' in binary && lookAt(cp) !== 'unseen')
        assembly.show(binary.picture, propertiesAt(fcOf(file, cp)).depth);
    }

    function endParagraph(mark: string, properties: ParagraphProperties): void {
      const { depth, row, rowEnd, innerCellEnd, heading } = properties;
      const list = lists.get(properties.list);
      const label = list ? count(list.key, list.levels, properties.listLevel) : '';
      const ends = rowEnd ? 'row' : mark === cellMark || innerCellEnd ? 'cell' : null;
      assembly.endParagraph({ depth, ends, row, heading, label });
    }

    for (let cp = start; cp < end; cp++) {
      const character = file.text[cp] ?? '';
      const field = fields.at(-1);
      if (character === fieldStart) fields.push({ ...noField });
      else if (character === fieldSeparator && field) field.inResult = true;
      else if (character === fieldEnd) endField(cp);
      else if (character === binaryMark) showBinary(cp);
      else if (character === '\r' || character === cellMark || character === pageBreak) {
        const properties = propertiesAt(fcOf(file, cp));
        // A paragraph whose mark was deleted goes on in the next one; cells keep theirs.
        if (lookAt(cp) !== 'unseen' || properties.depth > 0) endParagraph(character, properties);
      } else if (field && !field.inResult) field.code += character;
      else say(plain(character), lookAt(cp));
    }
    if (assembly.isOpen()) endParagraph('\r', propertiesAt(-1));
    return assembly.blocks();
  };
}

interface Field {
  code: string;
  choice: string | null;
  inResult: boolean;
  shown: boolean;
}
const noField: Field = { code: '', choice: null, inResult: false, shown: false };

/** Stands for a picture, or for what a field of a form keeps. */
const binaryMark = '\x01';
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
