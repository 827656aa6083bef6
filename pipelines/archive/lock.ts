import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasCode, UsageError } from '../errors.ts';
import { filesOf, makeFolder, readIfThere } from './files.ts';
import { isDeaf, isGone, listenAt, myself, parseHolder, type Holder } from './holder.ts';

/** How often a lock may change under a start before it gives up: each time somebody else got somewhere. */
const ATTEMPTS = 20;

/**
 * Keeps every other run off a data folder until the returned function is called, by a file in it. Rejects with
 * `UsageError` when one is at work. A lock whose owner is provably gone is taken over; one of which that cannot be known
 * from here (a folder that several machines share) is respected.
 */
export async function lock(path: string, command: string): Promise<() => Promise<void>> {
  const dir = dirname(path);
  folderFor(dir);
  const name = `${path}.${randomUUID()}`;
  const socket = `${name}.sock`;
  const hearing = await listenAt(socket);
  const mine: Mine = { temp: `${name}.new`, text: JSON.stringify(myself(command, hearing && socket)) };
  const free = async () => {
    if (readIfThere(path) === mine.text) rmSync(path, { force: true });
    await hearing?.close();
  };
  try {
    const other = await acquire(path, mine);
    if (other === null) {
      await sweep(path);
      return free;
    }
    throw new UsageError(refusal(other, path));
  } catch (error) {
    await free();
    throw error;
  }
}

/** Who has the lock and is not provably gone; null where nobody has. */
export async function atWork(path: string): Promise<Holder | null> {
  const holder = parseHolder(readIfThere(path) ?? '');
  return holder === null || (await isGone(holder, dirname(path))) ? null : holder;
}

function folderFor(dir: string): void {
  const wrong = new UsageError(`${dir} is no folder: give the data one of their own with --data`);
  if (existsSync(dir) && !statSync(dir).isDirectory()) throw wrong;
  try {
    makeFolder(dir);
  } catch (error) {
    if (!hasCode(error, 'ENOTDIR') && !hasCode(error, 'ENOENT')) throw error;
    throw wrong;
  }
}

/** What starts that were killed left beside the lock. */
async function sweep(path: string): Promise<void> {
  for (const socket of filesOf(dirname(path), '.sock').map((name) => join(dirname(path), name))) {
    if (!socket.startsWith(`${path}.`) || !(await isDeaf(socket))) continue;
    rmSync(socket.replace(/sock$/, 'new'), { force: true });
    rmSync(socket, { force: true });
  }
}

const refusal = ({ command, pid, host, since }: Holder, path: string): string =>
  `\`gongkai ${command}\` (process ${pid} on ${host}${since ? `, since ${since}` : ''}) is working on this data folder. ` +
  `Wait until it has finished, or use another folder with --data; if that process is gone, delete ${path}`;

interface Mine {
  /** Path that no other run uses. */
  temp: string;
  text: string;
}

/**
 * Null once the lock is mine, or who has it. Whoever takes a lock over holds a second lock, `~`, meanwhile, and looks
 * once more: between judging an owner and removing the file, another may have done both. Who dies holding that one is
 * treated the same way.
 */
async function acquire(path: string, mine: Mine): Promise<Holder | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (isPlaced(path, mine)) return null;
    const text = readIfThere(path);
    if (text === null) continue;
    const holder = parseHolder(text);
    if (holder !== null && !(await isGone(holder, dirname(path)))) return holder;
    const guard = `${path}~`;
    const other = await acquire(guard, mine);
    if (other !== null) return other;
    try {
      if (readIfThere(path) === text) {
        writeFileSync(mine.temp, mine.text);
        renameSync(mine.temp, path);
        return null;
      }
    } finally {
      rmSync(guard, { force: true });
    }
  }
  throw new UsageError(`other runs keep taking ${path}; try again when they have finished`);
}

/** Whole at once, and only where there is no file yet. */
function isPlaced(path: string, { temp, text }: Mine): boolean {
  try {
    writeFileSync(temp, text);
    linkSync(temp, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(temp, { force: true });
  }
}
