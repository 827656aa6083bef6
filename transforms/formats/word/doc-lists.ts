import type { Level } from './list-numbers.ts';
import { slice, u16, u32, u8 } from './doc-bytes.ts';
import { located, type WordFile } from './doc-file.ts';

export interface List {
  key: string;
  levels: Level[];
}

/** Lists by the number that paragraphs give (from 1). Empty when the document has none. */
export function readLists(file: WordFile): Map<number, List> {
  const lists = new Map<number, List>();
  if (located(file, 73).length < 2 || located(file, 74).length < 4) return lists;
  const levels = readDefinitions(file);
  const overrides = located(file, 74);
  const count = Math.min(u32(overrides, 0), Math.floor((overrides.length - 4) / 16));
  for (let i = 0; i < count; i++) {
    const id = u32(overrides, 4 + i * 16);
    const own = levels.get(id);
    // Numbering that starts anew for one use of a list is not followed: labels are matched without their numbers.
    if (own) lists.set(i + 1, { key: `list ${id}`, levels: own });
  }
  return lists;
}

/** PlfLst: headers of 28 bytes, and after them, beyond the declared length, the levels of all lists in turn. */
function readDefinitions(file: WordFile): Map<number, Level[]> {
  const headers = located(file, 73);
  const count = u16(headers, 0);
  let at = u32(file.main, 0x9a + 73 * 8) + headers.length;
  const lists = new Map<number, Level[]>();
  for (let i = 0; i < count; i++) {
    const simple = (u8(headers, 2 + i * 28 + 26) & 1) === 1;
    const levels: Level[] = [];
    for (let l = 0; l < (simple ? 1 : 9); l++) {
      const header = slice(file.table, at, 28);
      at += 28 + u8(header, 24) + u8(header, 25);
      const length = u16(file.table, at);
      const text = slice(file.table, at + 2, length * 2).toString('utf16le');
      at += 2 + length * 2;
      levels.push({ format: formats[u8(header, 4)] ?? 'decimal', text: placeholders(text), start: u32(header, 0) });
    }
    lists.set(u32(headers, 2 + i * 28), levels);
  }
  return lists;
}

/** Characters 0 to 8 stand for the numbers of the levels. */
const placeholders = (text: string) =>
  [...text].map((c) => (c.charCodeAt(0) < 9 ? `%${c.charCodeAt(0) + 1}` : c)).join('');

/** MSONFC ([MS-OSHARED] 2.2.1.3) as the names that OOXML gives the same formats. */
const formats: Record<number, string> = {
  0: 'decimal',
  1: 'upperRoman',
  2: 'lowerRoman',
  3: 'upperLetter',
  4: 'lowerLetter',
  10: 'ideographDigital',
  11: 'japaneseCounting',
  14: 'decimalFullWidth',
  18: 'decimalEnclosedCircle',
  19: 'decimalFullWidth2',
  22: 'decimalZero',
  23: 'bullet',
  26: 'decimalEnclosedFullstop',
  27: 'decimalEnclosedParen',
  28: 'decimalEnclosedCircleChinese',
  29: 'ideographEnclosedCircle',
  30: 'ideographTraditional',
  31: 'ideographZodiac',
  33: 'taiwaneseCounting',
  34: 'ideographLegalTraditional',
  35: 'taiwaneseCountingThousand',
  36: 'taiwaneseDigital',
  37: 'chineseCounting',
  38: 'chineseLegalSimplified',
  39: 'chineseCountingThousand',
  255: 'none',
};
