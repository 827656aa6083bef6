import { CFB } from '@e965/xlsx';
import { Unreadable } from './unreadable.ts';

/** Compound files ("OLE2"): the container of DOC, XLS, WPS and of encrypted OOXML. */
export interface Ole {
  /** Names of the streams and storages at the top, as written. */
  names: string[];
  /** Null when there is no such stream at the top. */
  stream(name: string): Buffer | null;
}

const magic = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
export const isOle = (bytes: Uint8Array) => magic.every((byte, i) => bytes[i] === byte);

interface Container {
  FullPaths: string[];
  FileIndex: { type: number; content?: Uint8Array | number[] }[];
}

/** Throws Unreadable for a damaged container. */
export function openOle(bytes: Uint8Array): Ole {
  if (!isOle(bytes)) throw new Unreadable('unreadable', 'not a compound file');
  let container: Container;
  try {
    container = CFB.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { type: 'buffer' });
  } catch (error) {
    throw new Unreadable('unreadable', `damaged compound file: ${error instanceof Error ? error.message : error}`);
  }
  const top = new Map<string, number>();
  for (const [i, path] of container.FullPaths.entries()) {
    const [, name, below] = path.split('/');
    if (name && !below && !top.has(name)) top.set(name, i);
  }
  return {
    names: [...top.keys()],
    stream: (name) => {
      const content = container.FileIndex[top.get(name) ?? -1]?.content;
      return content ? Buffer.from(content) : null;
    },
  };
}
