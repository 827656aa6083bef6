import { CFB } from '@e965/xlsx';
import { packZip } from './docx.ts';

export type Parts = Record<string, string | Uint8Array>;

/** The parts of an OOXML document, those that `change` says rewritten as text, and others added or dropped. */
export function repacked(bytes: Uint8Array, change: (parts: Parts) => Parts): Uint8Array {
  const zip = CFB.read(Buffer.from(bytes), { type: 'buffer' });
  const parts: Parts = {};
  for (const [i, path] of zip.FullPaths.entries()) {
    const name = path.replace(/^Root Entry\//, '');
    const { content, type } = zip.FileIndex[i]!;
    // The library adds a stream of its own.
    if (type === 2 && !/^(?:\u0001|Sh33tJ5)/.test(name)) parts[name] = Buffer.from(content as Uint8Array);
  }
  return packZip(change(parts));
}

export const textOf = (part: string | Uint8Array): string =>
  typeof part === 'string' ? part : Buffer.from(part).toString('utf8');
