import yauzl, { type Entry } from 'yauzl';
import { said, Unreadable } from '../findings.ts';

/** An archive opened with caps on what it may unpack to; sizes it declares are not believed. */
export interface Zip {
  names: string[];
  /** Unpacked bytes of one entry, null when there is none of that name. Throws Unreadable. */
  read(name: string): Promise<Buffer | null>;
}

export interface ZipCaps {
  entries: number;
  /** Bytes of one entry, unpacked. */
  entryBytes: number;
  /** Bytes of everything that is read from one archive, unpacked. */
  totalBytes: number;
}

const defaultCaps: ZipCaps = { entries: 10_000, entryBytes: 64 << 20, totalBytes: 160 << 20 };

export async function openZip(bytes: Uint8Array, caps: ZipCaps = defaultCaps): Promise<Zip> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, Entry>();
  const file = await yauzl.fromBufferPromise(buffer, { lazyEntries: true }).catch(damaged);
  let listed = 0;
  for await (const entry of undamaged(file.eachEntry())) {
    if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
    if (++listed > caps.entries) throw new Unreadable('too_large', { what: 'entries', limit: caps.entries });
  }
  let unpacked = 0;

  async function read(name: string): Promise<Buffer | null> {
    const entry = entries.get(name);
    if (!entry) return null;
    if (entry.isEncrypted()) throw new Unreadable('encrypted', { what: 'entry', name });
    if (entry.uncompressedSize > caps.entryBytes) throw tooLarge(name);
    const chunks: Buffer[] = [];
    let size = 0;
    const stream: AsyncIterable<Buffer> = await file.openReadStreamPromise(entry).catch(damaged);
    for await (const chunk of undamaged(stream, name)) {
      size += chunk.length;
      unpacked += chunk.length;
      if (size > caps.entryBytes || unpacked > caps.totalBytes) throw tooLarge(name);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  return { names: [...entries.keys()], read };
}

const tooLarge = (name: string) => new Unreadable('too_large', { what: 'unpacked', name });

/** What the library gives. What it throws is the damage of the archive; what is thrown over what it gave is not. */
async function* undamaged<T>(given: AsyncIterable<T>, name?: string): AsyncGenerator<T> {
  try {
    yield* given;
  } catch (error) {
    // The library stops an entry as soon as it unpacks to more than it declares.
    if (name && error instanceof Error && error.message.startsWith('too many bytes')) throw tooLarge(name);
    damaged(error);
  }
}

function damaged(error: unknown): never {
  throw new Unreadable('unreadable', { why: 'archive_damaged', said: said(error) });
}
