import iconv from 'iconv-lite';
import { openOle } from '../ole.ts';
import { Unreadable } from '../../findings.ts';
import { slice, u16, u32, u8 } from './doc-bytes.ts';

/** Streams and text of a Word 97–2003 document ([MS-DOC]); a CP is a position in the text, an FC one in the stream. */
export interface WordFile {
  main: Buffer;
  table: Buffer;
  /** Stream of what is too large for the property pages; empty when there is none. */
  data: Buffer;
  /** All stories, one after the other. */
  text: string;
  pieces: Piece[];
  /** CP ranges of the body and of its text boxes. */
  body: [number, number];
  boxes: [number, number];
}

interface Piece {
  start: number;
  end: number;
  fc: number;
  bytesPerCharacter: 1 | 2;
}

export function openWordFile(bytes: Uint8Array): WordFile {
  const ole = openOle(bytes);
  const main = ole.stream('WordDocument');
  if (!main) {
    throw ole.names.includes('EncryptedPackage')
      ? new Unreadable('encrypted', { what: 'document' })
      : new Unreadable('unreadable', { why: 'ole_without_word' });
  }
  if (u16(main, 0) !== 0xa5ec) throw new Unreadable('unreadable', { why: 'word_95' });
  const flags = u16(main, 0x0a);
  if (flags & 0x0100) throw new Unreadable('encrypted', { what: 'document' });
  if (u16(main, 2) < 0xc1) throw new Unreadable('unreadable', { why: 'word_before_97' });
  const table = ole.stream(flags & 0x0200 ? '1Table' : '0Table');
  if (!table) throw new Unreadable('unreadable', { why: 'document_damaged', said: 'its table stream is missing' });
  const pieces = readPieces(main, table);
  const text = pieces.map((piece) => pieceText(main, piece)).join('');
  const lengths = [0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64].map((at) => u32(main, at));
  const [body = 0, , , , , , boxes = 0] = lengths;
  const beforeBoxes = lengths.slice(0, 6).reduce((sum, length) => sum + length, 0);
  return {
    main,
    table,
    data: ole.stream('Data') ?? Buffer.alloc(0),
    text,
    pieces,
    body: [0, Math.min(body, text.length)],
    boxes: [Math.min(beforeBoxes, text.length), Math.min(beforeBoxes + boxes, text.length)],
  };
}

/** A pair of offset and length in the table stream, by its index in the header (FibRgFcLcb). */
export function located(file: Pick<WordFile, 'main' | 'table'>, index: number): Buffer {
  const at = 0x9a + index * 8;
  return slice(file.table, u32(file.main, at), u32(file.main, at + 4));
}

const maxCharacters = 20_000_000;

function readPieces(main: Buffer, table: Buffer): Piece[] {
  const clx = located({ main, table }, 33);
  let at = 0;
  while (u8(clx, at) === 1) at += 3 + u16(clx, at + 1);
  if (u8(clx, at) !== 2)
    throw new Unreadable('unreadable', { why: 'document_damaged', said: 'no table of its pieces' });
  const plc = slice(clx, at + 5, u32(clx, at + 1));
  const count = Math.floor((plc.length - 4) / 12);
  const pieces: Piece[] = [];
  for (let i = 0; i < count; i++) {
    const start = u32(plc, i * 4);
    const end = u32(plc, i * 4 + 4);
    const packed = u32(plc, (count + 1) * 4 + i * 8 + 2);
    const single = (packed & 0x40000000) !== 0;
    const fc = packed & 0x3fffffff;
    const expected = pieces.at(-1)?.end ?? 0;
    // Pieces may all point to the same bytes: the text, not the file, is what can grow without end.
    if (end > maxCharacters) throw new Unreadable('too_large', { what: 'characters', limit: maxCharacters });
    if (start !== expected || end < start)
      throw new Unreadable('unreadable', { why: 'document_damaged', said: 'its pieces overlap' });
    pieces.push({ start, end, fc: single ? fc / 2 : fc, bytesPerCharacter: single ? 1 : 2 });
  }
  return pieces;
}

function pieceText(main: Buffer, piece: Piece): string {
  const bytes = slice(main, piece.fc, (piece.end - piece.start) * piece.bytesPerCharacter);
  return piece.bytesPerCharacter === 2 ? bytes.toString('utf16le') : iconv.decode(bytes, 'windows-1252');
}

/** FC of the character at a CP. */
export function fcOf(file: WordFile, cp: number): number {
  let low = 0;
  let high = file.pieces.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((file.pieces[middle]?.end ?? 0) > cp) high = middle;
    else low = middle + 1;
  }
  const piece = file.pieces[low];
  return piece ? piece.fc + (cp - piece.start) * piece.bytesPerCharacter : 0;
}
