import { Unreadable } from '../../findings.ts';

/** Structures of the Word 97 format lie at offsets that the file declares: every one is checked before it is read. */
export function u8(bytes: Buffer, at: number): number {
  return bytes[check(bytes, at, 1)] ?? 0;
}
export const u16 = (bytes: Buffer, at: number): number => bytes.readUInt16LE(check(bytes, at, 2));
export const i16 = (bytes: Buffer, at: number): number => bytes.readInt16LE(check(bytes, at, 2));
export const u32 = (bytes: Buffer, at: number): number => bytes.readUInt32LE(check(bytes, at, 4));

export function slice(bytes: Buffer, at: number, length: number): Buffer {
  check(bytes, at, length);
  return bytes.subarray(at, at + length);
}

function check(bytes: Buffer, at: number, length: number): number {
  if (!(at >= 0 && length >= 0 && at + length <= bytes.length)) {
    throw new Unreadable('unreadable', { why: 'document_damaged', said: 'a structure lies outside its stream' });
  }
  return at;
}

export interface Sprm {
  code: number;
  operand: Buffer;
}

/** Property modifiers of a list of them ([MS-DOC] 2.2.5); a cut one ends the list. */
export function* sprms(list: Buffer): Generator<Sprm> {
  let at = 0;
  while (at + 2 <= list.length) {
    const code = list.readUInt16LE(at);
    at += 2;
    let length = fixedLengths[code >> 13] ?? 0;
    if (code === tableDefinition || code === oldTableDefinition) {
      if (at + 2 > list.length) return;
      length = list.readUInt16LE(at) + 1;
    } else if (code === changedTabs && list[at] === 255) {
      const deleted = list[at + 1] ?? 0;
      length = 2 + deleted * 4;
      length += 1 + (list[at + length] ?? 0) * 3;
    } else if (code >> 13 === 6) {
      length = 1 + (list[at] ?? 0);
    }
    if (at + length > list.length) return;
    yield { code, operand: list.subarray(at, at + length) };
    at += length;
  }
}

const fixedLengths = [1, 1, 2, 4, 2, 2, 0, 3];
export const tableDefinition = 0xd608;
const oldTableDefinition = 0xd606;
const changedTabs = 0xc615;
