import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { hasCode, UsageError } from '../errors.ts';
import { readIfThere } from './files.ts';

const Holder = z.object({ pid: z.number(), host: z.string(), command: z.string() });

/**
 * Keeps every other run off a data folder until the returned function is called, by a file in it. A lock whose process
 * is gone (kill -9, power cut) is taken over; one of another machine cannot be judged from here and is respected.
 */
export function lock(path: string, command: string): () => Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), command });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      return async () => {
        if (readIfThere(path) === mine) rmSync(path, { force: true });
      };
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
    const text = readIfThere(path);
    if (text !== null && isHeld(text, path)) break;
    rmSync(path, { force: true });
  }
  throw new UsageError(`another run took ${path} at the same moment; try again when it has finished`);
}

function isHeld(text: string, path: string): boolean {
  const holder = Holder.safeParse(parse(text));
  // Half a lock file was written by a process that died while writing it.
  if (!holder.success) return false;
  const { pid, host, command } = holder.data;
  if (host === hostname() && !isAlive(pid)) return false;
  throw new UsageError(
    `\`gongkai ${command}\` (process ${pid} on ${host}) is working on this data folder. ` +
      `Wait until it has finished, or use another folder with --data; if that process is gone, delete ${path}`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
