import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { finding, said } from '../../transforms/findings.ts';
import type { Input } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { hasCode, messageOf, UsageError } from '../errors.ts';
import { byText } from '../archive/files.ts';
import { notRead } from './pool.ts';

/** Larger documents are not loaded: no report is near it, and one file must not take the memory of the run. */
const MAX_BYTES = 256 * 2 ** 20;

/**
 * Local documents in name order. Folders are walked without following links out of them; a file or folder named by
 * the user is followed. What is no document (devices, links, JSON beside the documents) goes to `ignored` with the
 * reason. Throws `UsageError` on a path that does not exist.
 */
export function* walk(paths: string[], ignored: (path: string, why: string) => void): Generator<string> {
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) throw new UsageError(`${path}: no such file or folder`);
    if (stat.isDirectory()) yield* walkFolder(path, ignored);
    else yield path;
  }
}

function* walkFolder(dir: string, ignored: (path: string, why: string) => void): Generator<string> {
  let names: string[];
  try {
    names = readdirSync(dir).sort(byText);
  } catch (error) {
    return ignored(dir, messageOf(error));
  }
  for (const name of names) {
    const path = join(dir, name);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    // A name in another encoding than UTF-8 does not lead back to its file: opening it says so, and counts.
    if (!stat && name.includes('\ufffd')) yield path;
    else if (!stat) ignored(path, 'gone while the folder was read');
    else if (stat.isDirectory()) yield* walkFolder(path, ignored);
    else if (stat.isSymbolicLink()) {
      const target = targetOf(path);
      // A link to a folder may lead back up; a link to a file is that file.
      if (target?.isFile()) yield path;
      else ignored(path, target ? 'a link to a folder' : 'a link that leads nowhere');
    } else if (!stat.isFile()) ignored(path, 'not a regular file');
    else yield path;
  }
}

/** What a link leads to; undefined for nothing, or for itself. */
function targetOf(link: string): Stats | undefined {
  try {
    return statSync(link, { throwIfNoEntry: false });
  } catch (error) {
    if (hasCode(error, 'ELOOP')) return undefined;
    throw error;
  }
}

/** The document as input for reading, or the reading that says why it cannot be opened. */
export async function openDocument(path: string): Promise<Input | Reading> {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return notRead(path, '', finding('unreadable', [], { why: 'not_regular' }));
    if (stat.size > MAX_BYTES) {
      const large = finding('too_large', [], { what: 'bytes', count: stat.size, limit: MAX_BYTES });
      return notRead(path, await hashOf(path), large);
    }
    const bytes = readFileSync(path);
    return { bytes, path, contentType: null, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    return notRead(path, '', finding('unreadable', [], { why: 'cannot_open', said: said(error) }));
  }
}

/** By name and content: a page in a file called x.json is a page, and a saved answer called source.txt is read. */
export const isData = (path: string, { source }: Reading): boolean =>
  path.endsWith('.json') && source.media_type === 'application/json';
export const DATA = 'JSON data, not a document';

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
