import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { sep } from 'node:path';
import { finding, said } from '../../transforms/findings.ts';
import type { Input } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { hasCode, messageOf, UsageError } from '../errors.ts';
import { notRead } from './pool.ts';

/** Larger documents are not loaded: no report is near it, and one file must not take the memory of the run. */
const MAX_BYTES = 256 * 2 ** 20;

/**
 * Local documents in name order. Folders are walked without following links out of them; a file or folder named by
 * the user is followed. What is no document (devices, links, JSON beside the documents) goes to `ignored` with the
 * reason. Throws `UsageError` on a path that does not exist.
 */
export function* walk(paths: string[], ignored: (path: string, why: string) => void): Generator<Path> {
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) throw new UsageError(`${path}: no such file or folder`);
    if (stat.isDirectory()) yield* walkFolder(path, ignored);
    else yield path;
  }
}

/** A name in no UTF-8 leads back to its file as the bytes that it is, and never as a string. */
export type Path = string | Buffer;

/** As it is printed and recorded: bytes that are no UTF-8 escaped, as shells do. */
export const nameOf = (path: Path): string =>
  typeof path === 'string'
    ? path
    : path.toString('latin1').replace(/[\x80-\xff]+/g, (bytes) => {
        const text = Buffer.from(bytes, 'latin1');
        return isUtf8(text) ? text.toString() : [...text].map((byte) => `\\x${byte.toString(16)}`).join('');
      });

const joined = (dir: Path, name: Buffer): Path => {
  const path = Buffer.concat([Buffer.from(dir), Buffer.from(sep), name]);
  return isUtf8(path) ? path.toString() : path;
};

function* walkFolder(dir: Path, ignored: (path: string, why: string) => void): Generator<Path> {
  let names: Buffer[];
  try {
    names = readdirSync(dir, { encoding: 'buffer' }).sort(Buffer.compare);
  } catch (error) {
    return ignored(nameOf(dir), messageOf(error));
  }
  for (const name of names) {
    const path = joined(dir, name);
    const leave = (why: string) => ignored(nameOf(path), why);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) leave('gone while the folder was read');
    else if (stat.isDirectory()) yield* walkFolder(path, ignored);
    else if (stat.isSymbolicLink()) {
      const target = targetOf(path);
      // A link to a folder may lead back up; a link to a file is that file.
      if (target?.isFile()) yield path;
      else leave(target ? 'a link to a folder' : 'a link that leads nowhere');
    } else if (!stat.isFile()) leave('not a regular file');
    else yield path;
  }
}

/** What a link leads to; undefined for nothing, or for itself. */
function targetOf(link: Path): Stats | undefined {
  try {
    return statSync(link, { throwIfNoEntry: false });
  } catch (error) {
    if (hasCode(error, 'ELOOP')) return undefined;
    throw error;
  }
}

/** The document as input for reading, or the reading that says why it cannot be opened. */
export async function openDocument(from: Path): Promise<Input | Reading> {
  const path = nameOf(from);
  try {
    const stat = statSync(from);
    if (!stat.isFile()) return notRead(path, '', finding('unreadable', [], { why: 'not_regular' }));
    if (stat.size > MAX_BYTES) {
      const large = finding('too_large', [], { what: 'bytes', count: stat.size, limit: MAX_BYTES });
      return notRead(path, await hashOf(from), large);
    }
    const bytes = readFileSync(from);
    return { bytes, path, contentType: null, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    return notRead(path, '', finding('unreadable', [], { why: 'cannot_open', said: said(error) }));
  }
}

/** By name and content: a page in a file called x.json is a page, and a saved answer called source.txt is read. */
export const isData = (path: string, { source }: Reading): boolean =>
  path.endsWith('.json') && source.media_type === 'application/json';
export const DATA = 'JSON data, not a document';

async function hashOf(path: Path): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
