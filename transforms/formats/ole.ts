import { Unreadable } from '../findings.ts';

/**
 * Compound files ("OLE2", [MS-CFB]): the container of DOC, XLS, WPS and of encrypted OOXML. Own code because the
 * library at hand gives a part of a stream whose sectors go round in a circle, and does not say so.
 */
export interface Ole {
  /** Names of the streams and storages at the top, as written. */
  names: string[];
  /** Null when there is no such stream at the top. Throws Unreadable when it is damaged. */
  stream(name: string): Buffer | null;
}

const magic = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
export const isOle = (bytes: Uint8Array) => magic.every((byte, i) => bytes[i] === byte);

interface Entry {
  name: string;
  type: number;
  left: number;
  right: number;
  child: number;
  start: number;
  size: number;
}

/** Throws Unreadable for a damaged container. */
export function openOle(bytes: Uint8Array): Ole {
  if (!isOle(bytes) || bytes.length < 512) throw damaged('no header');
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shift = file.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) throw damaged('sectors of no known size');
  const size = 1 << shift;
  const sector = (number: number): Buffer => {
    const at = (number + 1) * size;
    if (at >= file.length) throw damaged('a sector lies outside the file');
    const part = file.subarray(at, at + size);
    // Writers leave the last sector short.
    return part.length === size ? part : Buffer.concat([part, Buffer.alloc(size - part.length)]);
  };
  const table = numbersOf(Buffer.concat(fatSectors(file, sector, size).map(sector)));
  const join = (start: number) => Buffer.concat(chain(start, table).map(sector));
  const entries = readDirectory(join(file.readUInt32LE(48)));
  const root = entries[0];
  if (root?.type !== 5) throw damaged('no root of its directory');
  const top = topEntries(entries, root.child);

  function stream(name: string): Buffer | null {
    const entry = top.get(name);
    if (entry?.type !== 2) return null;
    if (entry.size >= 4096) return join(entry.start).subarray(0, entry.size);
    // Small streams lie in pieces of 64 bytes in a stream of the root.
    const mini = join(root?.start ?? 0);
    const miniTable = entry.size === 0 ? [] : numbersOf(join(file.readUInt32LE(60)));
    const parts = entry.size === 0 ? [] : chain(entry.start, miniTable);
    return Buffer.concat(parts.map((n) => mini.subarray(n * 64, n * 64 + 64))).subarray(0, entry.size);
  }

  return { names: [...top.keys()], stream };
}

const damaged = (said: string) => new Unreadable('unreadable', { why: 'ole_damaged', said });
/** Larger values mark ends, free sectors and those of the tables themselves. */
const lastSector = 0xfffffffa;

function numbersOf(bytes: Buffer): number[] {
  const numbers: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) numbers.push(bytes.readUInt32LE(at));
  return numbers;
}

/** Sectors of the allocation table: 109 are named in the header, more in a chain of sectors of their own. */
function fatSectors(file: Buffer, sector: (number: number) => Buffer, size: number): number[] {
  const count = file.readUInt32LE(44);
  if (count > file.length / size) throw damaged('an allocation table larger than the file');
  const sectors = numbersOf(file.subarray(76, 512));
  for (let next = file.readUInt32LE(68); sectors.length < count && next <= lastSector;) {
    const more = numbersOf(sector(next));
    next = more.pop() ?? lastSector + 1;
    sectors.push(...more);
  }
  return sectors.slice(0, count).filter((number) => number <= lastSector);
}

function chain(start: number, table: number[]): number[] {
  const sectors: number[] = [];
  for (let at = start; at <= lastSector; at = table[at] ?? lastSector + 1) {
    sectors.push(at);
    if (sectors.length > table.length) throw damaged('its sectors go round in a circle');
  }
  return sectors;
}

function readDirectory(bytes: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + 128 <= bytes.length; at += 128) {
    const length = Math.min(Math.max(bytes.readUInt16LE(at + 64) - 2, 0), 62);
    entries.push({
      name: bytes.toString('utf16le', at, at + length),
      type: bytes[at + 66] ?? 0,
      left: bytes.readUInt32LE(at + 68),
      right: bytes.readUInt32LE(at + 72),
      child: bytes.readUInt32LE(at + 76),
      start: bytes.readUInt32LE(at + 116),
      size: bytes.readUInt32LE(at + 120),
    });
  }
  return entries;
}

/** The directory is a tree of trees: those reached without going into a storage are at the top. */
function topEntries(entries: Entry[], first: number): Map<string, Entry> {
  const top = new Map<string, Entry>();
  const seen = new Set<number>();
  const waiting = [first];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const entry = entries[index];
    if (!entry || seen.has(index)) continue;
    seen.add(index);
    if (!top.has(entry.name)) top.set(entry.name, entry);
    waiting.push(entry.left, entry.right);
  }
  return top;
}
