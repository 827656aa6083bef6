import {
  closeSync,
  existsSync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { hasCode, messageOf, UsageError } from '../errors.ts';
import { DiskFull, type LocalFiles } from './archive.ts';

const FULL: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  EROFS: 'the file system is mounted read-only',
};

/** What a write threw, or that the disk takes nothing more and where. */
export function sayFull(error: unknown, path: string): unknown {
  const [code, why] = Object.entries(FULL).find(([code]) => hasCode(error, code)) ?? [];
  return code ? new DiskFull(`nothing can be written into ${dirname(path)}: ${why} (${code})`) : error;
}

const TEMPORARY = '.tmp';
let written = 0;

/**
 * Whole or not at all: a crash at any point leaves either the old file or the new one, never half of one. Only the disk is
 * waited for: each other call takes less time than handing it to a thread.
 */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  // Of no other process and no other call: several portals may give the same bytes at once.
  const temp = `${path}.${process.pid}-${written++}${TEMPORARY}`;
  try {
    const file = openMaking(temp, 'w');
    try {
      writeFileSync(file, content);
      await promisify(fsync)(file);
    } finally {
      closeSync(file);
    }
    renameSync(temp, path);
  } catch (error) {
    rmSync(temp, { force: true });
    throw sayFull(error, path);
  }
}

/** A descriptor; the folder is made when it is not there. */
export function openMaking(path: string, flags: string): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') || existsSync(dirname(path))) throw error;
    makeFolder(dirname(path));
    return openSync(path, flags);
  }
}

/** With those above it, one by one: where none can be made, in /proc, the recursive call of Node tries for ever. */
export function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  if (dirname(dir) !== dir) makeFolder(dirname(dir));
  try {
    mkdirSync(dir);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

/**
 * A file at a place that somebody named, outside the archive.
 * @throws UsageError where that is something else than a file, or nothing can be written there
 */
export async function writeFor(path: string, content: string): Promise<void> {
  const there = existsSync(path) ? lstatSync(path) : null;
  if (there && !there.isFile() && !there.isSymbolicLink())
    throw new UsageError(`${path} is ${there.isDirectory() ? 'a folder' : 'no plain file'}: name a file`);
  try {
    await writeAtomic(path, content);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${messageOf(error).replace(/, \w+ '.*$/s, '')}`, { cause: error });
  }
}

/** Everything written to the file before is on the disk when it resolves. */
export async function flushed(path: string): Promise<void> {
  const file = openSync(path, 'r+');
  try {
    await promisify(fsync)(file);
  } finally {
    closeSync(file);
  }
}

/** Removes what runs that were killed left half written in the folder. Nobody may write there meanwhile. */
export function sweep(dir: string): void {
  for (const name of filesOf(dir, TEMPORARY)) rmSync(join(dir, name), { force: true });
}

/** Text of the file, or null when there is none. */
export const readIfThere = (path: string): string | null => bytesIfThere(path)?.toString() ?? null;

export function bytesIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Names of the files that end so, in order; none when there is no such folder. */
export const filesOf = (dir: string, ending: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => name.endsWith(ending))
        .sort(byText)
    : [];

/** Strings by code unit: the same order on every machine, whatever its locale. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of an archive in a folder. Here and not beside it: `sql` needs only this, and must not wait for more to load. */
export const localFiles = (dir: string): LocalFiles => ({
  database: join(dir, 'warehouse.duckdb'),
  build: join(dir, 'build'),
  releases: dir,
});
