/** The least of a Word 97 file that readers ask for: header, text, pieces, property pages. No styles, no pictures. */
export interface WordParagraph {
  /** `modifiers`: of characters, as bytes. */
  runs: { text: string; deleted?: boolean; modifiers?: number[] }[];
  /** Ends a paragraph (`\r`) or a cell or row (`\x07`). */
  mark: '\r' | '\x07';
  /** The mark was deleted while changes were tracked. */
  joined?: boolean;
  /** Number of the style: 1 to 9 are the headings. */
  style: number;
  /** Property modifiers, as bytes. */
  properties: number[];
}

const textAt = 0x400;
const pageSize = 512;

interface Piece {
  text: string;
  start: number;
  fc: number;
  wide: boolean;
}

interface Run {
  from: number;
  to: number;
  /** As it lies in the page; runs with the same bytes share them. */
  stored: Buffer;
}

/** `boxes`: paragraphs of text boxes, which are stored behind the body. */
export function writeWord97(body: WordParagraph[], inPieces: boolean, boxes: WordParagraph[] = []) {
  const textOf = (some: WordParagraph[]) => some.map((p) => p.runs.map((r) => r.text).join('') + p.mark).join('');
  const paragraphs = [...body, ...boxes];
  const text = textOf(paragraphs);
  const pieces = layPieces(text, inPieces);
  const last = pieces.at(-1);
  const textEnd = last ? endOf(last) : textAt;
  const fc = (cp: number) => {
    const piece = pieces.findLast((p) => p.start <= cp);
    return piece ? piece.fc + (cp - piece.start) * (piece.wide ? 2 : 1) : textAt;
  };
  const data: Buffer[] = [];
  const paragraphRuns: Run[] = [];
  const characterRuns: Run[] = [];
  let cp = 0;
  for (const { runs, mark, joined, style, properties } of paragraphs) {
    const start = cp;
    for (const { text: part, deleted, modifiers } of runs) {
      const stored = modifiers ? Buffer.from([modifiers.length, ...modifiers]) : characters(deleted === true);
      if (part.length > 0) characterRuns.push({ from: fc(cp), to: fc(cp + part.length), stored });
      cp += part.length;
    }
    characterRuns.push({ from: fc(cp), to: fc(cp + mark.length), stored: characters(joined === true) });
    cp += mark.length;
    paragraphRuns.push({ from: fc(start), to: fc(cp), stored: paragraphProperties(style, properties, data) });
  }
  const firstPage = Math.ceil(textEnd / pageSize);
  const characterPages = layPages(characterRuns, 1);
  const paragraphPages = layPages(paragraphRuns, 13);
  const main = Buffer.alloc((firstPage + characterPages.length + paragraphPages.length) * pageSize);
  for (const p of pieces) main.write(p.text, p.fc, p.wide ? 'utf16le' : 'latin1');
  [...characterPages, ...paragraphPages].forEach(({ page }, i) => page.copy(main, (firstPage + i) * pageSize));
  const isStyled = paragraphs.some((p) => p.runs.some(({ modifiers }) => modifiers?.[0] === styleModifier));
  const tables: [number, Buffer][] = [
    ...(isStyled ? [[1, styleSheet()] as [number, Buffer]] : []),
    [12, pageTable(characterPages, firstPage)],
    [13, pageTable(paragraphPages, firstPage + characterPages.length)],
    [33, pieceTable(pieces, text.length)],
    [74, listUses()],
    // Last, because the levels of the lists follow it outside its declared length.
    [73, listHeaders()],
  ];
  writeHeader(main, textEnd, [textOf(body).length, textOf(boxes).length], tables);
  return { main, table: Buffer.concat([...tables.map(([, bytes]) => bytes), listLevels()]), data: Buffer.concat(data) };
}

const endOf = (piece: Piece) => piece.fc + piece.text.length * (piece.wide ? 2 : 1);

/** Stretches of Latin text of some length go into pieces of one byte a character. */
function layPieces(text: string, inPieces: boolean): Piece[] {
  const parts = inPieces ? text.split(/([ -~\r\x07]{6,})/).filter((part) => part !== '') : [text];
  const pieces: Piece[] = [];
  for (const part of parts) {
    const last = pieces.at(-1);
    const free = last ? endOf(last) : textAt;
    const wide = !inPieces || !/^[ -~\r\x07]{6,}$/.test(part);
    pieces.push({
      text: part,
      start: last ? last.start + last.text.length : 0,
      fc: wide ? free + (free % 2) : free,
      wide,
    });
  }
  return pieces;
}

/** sprmCFRMarkDel, or nothing. */
const characters = (deleted: boolean) => (deleted ? Buffer.from([3, 0x00, 0x08, 1]) : Buffer.alloc(0));

/** Long properties go to the data stream, as Word does with the rows of wide tables. */
function paragraphProperties(style: number, properties: number[], data: Buffer[]): Buffer {
  let list = Buffer.from(properties);
  if (list.length > 200) {
    const offset = data.reduce((sum, part) => sum + part.length, 0);
    const length = Buffer.alloc(2);
    length.writeUInt16LE(list.length);
    data.push(length, list);
    list = Buffer.alloc(6);
    list.writeUInt16LE(0x6646, 0);
    list.writeUInt32LE(offset, 2);
  }
  const body = Buffer.concat([Buffer.from([style, 0]), list]);
  return body.length % 2 === 1
    ? Buffer.concat([Buffer.from([(body.length + 1) / 2]), body])
    : Buffer.concat([Buffer.from([0, body.length / 2]), body]);
}

interface Page {
  page: Buffer;
  from: number;
  to: number;
}

/** Fills pages of 512 bytes: offsets from the front, properties from the back. `descriptor`: bytes a run besides its offset. */
function layPages(runs: Run[], descriptor: number): Page[] {
  const pages: Page[] = [];
  for (let next = 0; next < runs.length;) {
    const page = Buffer.alloc(pageSize);
    const shared = new Map<string, number>();
    const offsets: number[] = [];
    let back = pageSize - 1;
    const first = next;
    for (; next < runs.length; next++) {
      const { stored } = runs[next] ?? { stored: Buffer.alloc(0) };
      const known = shared.get(stored.toString('hex'));
      const at = known ?? (stored.length === 0 ? 0 : (back - stored.length) & ~1);
      const front = (next - first + 2) * 4 + (next - first + 1) * descriptor;
      if ((known === undefined && at !== 0 ? at : back) < front || (stored.length > 0 && at <= 0)) break;
      if (known === undefined && stored.length > 0) {
        stored.copy(page, at);
        shared.set(stored.toString('hex'), at);
        back = at;
      }
      offsets.push(at / 2);
    }
    if (next === first) throw new Error('a paragraph has more properties than a page holds');
    const part = runs.slice(first, next);
    part.forEach((run, i) => page.writeUInt32LE(run.from, i * 4));
    page.writeUInt32LE(part.at(-1)?.to ?? 0, part.length * 4);
    offsets.forEach((offset, i) => (page[(part.length + 1) * 4 + i * descriptor] = offset));
    page[pageSize - 1] = part.length;
    pages.push({ page, from: part[0]?.from ?? 0, to: part.at(-1)?.to ?? 0 });
  }
  return pages;
}

function pageTable(pages: Page[], first: number): Buffer {
  const table = Buffer.alloc((pages.length + 1) * 4 + pages.length * 4);
  pages.forEach(({ from }, i) => table.writeUInt32LE(from, i * 4));
  table.writeUInt32LE(pages.at(-1)?.to ?? 0, pages.length * 4);
  pages.forEach((_, i) => table.writeUInt32LE(first + i, (pages.length + 1 + i) * 4));
  return table;
}

function pieceTable(pieces: Piece[], length: number): Buffer {
  const plc = Buffer.alloc((pieces.length + 1) * 4 + pieces.length * 8);
  pieces.forEach(({ start }, i) => plc.writeUInt32LE(start, i * 4));
  plc.writeUInt32LE(length, pieces.length * 4);
  pieces.forEach(({ fc, wide }, i) =>
    plc.writeUInt32LE(wide ? fc : fc * 2 + 0x40000000, (pieces.length + 1) * 4 + i * 8 + 2),
  );
  const head = Buffer.alloc(5);
  head[0] = 2;
  head.writeUInt32LE(plc.length, 1);
  return Buffer.concat([head, plc]);
}

/** sprmCIstd, which names a character style. */
const styleModifier = 0x30;
export const characterStyle = (number: number) => [styleModifier, 0x4a, number, 0];

/** Character styles 10 (raised), 11 (struck through) and 12 (hidden): STSHI, then each with its length before it. */
function styleSheet(): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16LE(18, 0);
  header.writeUInt16LE(13, 2);
  header.writeUInt16LE(10, 4);
  const none = Buffer.alloc(2 * 10);
  const styles = [
    [0x48, 0x2a, 1],
    [0x37, 0x08, 1],
    [0x3c, 0x08, 1],
  ].map((modifiers) => {
    const style = Buffer.alloc(10 + 2 + 2 + 2 + 2 + modifiers.length + 1);
    // Of characters, based on nothing.
    style.writeUInt16LE(0xfff2, 2);
    style.writeUInt16LE(1, 4);
    style.writeUInt16LE(1, 10);
    style.write('a', 12, 'utf16le');
    style.writeUInt16LE(modifiers.length, 16);
    Buffer.from(modifiers).copy(style, 18);
    const length = Buffer.alloc(2);
    length.writeUInt16LE(style.length);
    return Buffer.concat([length, style]);
  });
  return Buffer.concat([header, none, ...styles]);
}

const listId = 4711;

/** PlfLst of one list of two levels, which Word stores as nine. */
function listHeaders(): Buffer {
  const header = Buffer.alloc(2 + 28);
  header.writeUInt16LE(1, 0);
  header.writeUInt32LE(listId, 2);
  return header;
}

function level(format: number, text: string): Buffer {
  const bytes = Buffer.alloc(28 + 2 + text.length * 2);
  bytes.writeUInt32LE(1, 0);
  bytes[4] = format;
  bytes.writeUInt16LE(text.length, 28);
  bytes.write(text, 30, 'utf16le');
  return bytes;
}

/** 一、 and （1）, then seven levels that print nothing. */
function listLevels(): Buffer {
  return Buffer.concat([level(37, '\0、'), level(0, '（\x01）'), ...Array.from({ length: 7 }, () => level(255, ''))]);
}

/** PlfLfo: paragraphs name a list by its position here, from 1. */
function listUses(): Buffer {
  const uses = Buffer.alloc(4 + 16 + 4);
  uses.writeUInt32LE(1, 0);
  uses.writeUInt32LE(listId, 4);
  uses.writeUInt32LE(0xffffffff, 20);
  return uses;
}

/** FIB of Word 97: 93 pairs of offset and length, of which a few are used. `lengths`: characters of body and boxes. */
function writeHeader(main: Buffer, textEnd: number, lengths: [number, number], tables: [number, Buffer][]): void {
  main.writeUInt16LE(0xa5ec, 0);
  main.writeUInt16LE(0x00c1, 2);
  main.writeUInt16LE(0x0200, 0x0a);
  main.writeUInt16LE(0x00bf, 0x0c);
  main.writeUInt32LE(textAt, 0x18);
  main.writeUInt32LE(textEnd, 0x1c);
  main.writeUInt16LE(14, 0x20);
  main.writeUInt16LE(22, 0x3e);
  main.writeUInt32LE(main.length, 0x40);
  main.writeUInt32LE(lengths[0], 0x4c);
  main.writeUInt32LE(lengths[1], 0x64);
  main.writeUInt16LE(93, 0x98);
  let offset = 0;
  for (const [index, bytes] of tables) {
    main.writeUInt32LE(offset, 0x9a + index * 8);
    main.writeUInt32LE(bytes.length, 0x9e + index * 8);
    offset += bytes.length;
  }
}
