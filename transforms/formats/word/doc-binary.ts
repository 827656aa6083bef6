import { Unreadable } from '../../findings.ts';
import { slice, sprms, u16, u32 } from './doc-bytes.ts';
import type { WordFile } from './doc-file.ts';
import { characterRuns } from './doc-properties.ts';

/** What a character stands for that has no text of its own ([MS-DOC] 2.9.192 and 2.9.161). */
export type Binary = { picture: Buffer } | { choice: string };

/** Where a character says in its properties that something lies in the data stream, by FC; what is damaged is left out. */
export function readBinaries(file: WordFile): Map<number, Binary> {
  const found = new Map<number, Binary>();
  const seen = new Map<number, Binary | null>();
  // What lies there does not overlap, but in a file that is made to be looked through without end.
  let left = file.data.length;
  for (const { from, list } of characterRuns(file)) {
    const { at, isData } = placeIn(list);
    if (at === null) continue;
    if (!seen.has(at)) {
      left -= at + 4 <= file.data.length ? u32(file.data, at) : 0;
      seen.set(at, left < 0 ? null : binaryAt(file.data, at, isData));
    }
    const binary = seen.get(at);
    if (binary) found.set(from, binary);
  }
  return found;
}

function placeIn(list: Buffer): { at: number | null; isData: boolean } {
  let at: number | null = null;
  let isData = false;
  for (const { code, operand } of sprms(list)) {
    if (code === LOCATION) at = u32(operand, 0);
    if (code === IS_DATA) isData = operand[0] === 1;
  }
  return { at, isData };
}

const LOCATION = 0x6a03;
const IS_DATA = 0x0806;

function binaryAt(data: Buffer, at: number, isData: boolean): Binary | null {
  try {
    const whole = slice(data, at, u32(data, at));
    const body = whole.subarray(u16(whole, 4));
    if (!isData) return { picture: imageIn(body) };
    const choice = choiceIn(body);
    return choice === null ? null : { choice };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return null;
  }
}

/** The image in the shape that a picture is stored as; the shape where it is none that recognition reads, as a metafile. */
function imageIn(shape: Buffer): Buffer {
  const starts = IMAGES.map((mark) => shape.indexOf(mark)).filter((at) => at >= 0);
  return starts.length === 0 ? shape : shape.subarray(Math.min(...starts));
}
const IMAGES = [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from([0xff, 0xd8, 0xff])];

/** The chosen entry of a list to choose from; null for other fields of forms, which show their result as text. */
function choiceIn(field: Buffer): string | null {
  const bits = u16(field, 4);
  if ((bits & 3) !== LIST) return null;
  let at = 10;
  const skipText = () => void (at += 2 + u16(field, at) * 2 + 2);
  skipText();
  const byDefault = u16(field, at);
  at += 2;
  for (let texts = 0; texts < 5; texts++) skipText();
  const own = (bits >> 2) & 31;
  const entries = Math.min(u16(field, at + 2), MOST_ENTRIES);
  at += 6;
  const chosen = own === UNDECIDED ? byDefault : own;
  for (let entry = 0; entry < entries; entry++) {
    const length = u16(field, at) * 2;
    if (entry === chosen) return slice(field, at + 2, length).toString('utf16le');
    at += 2 + length;
  }
  return null;
}
const LIST = 2;
const UNDECIDED = 25;
/** Word takes no more. */
const MOST_ENTRIES = 25;
