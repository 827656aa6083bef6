import { existsSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isUnread } from '../../transforms/findings.ts';
import type { Input } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { UsageError } from '../errors.ts';
import { createPool, unread, workerBeside } from '../reading/pool.ts';
import { DATA, isData, openDocument } from '../reading/walk.ts';
import type { InspectTasks } from './worker.ts';

/**
 * Writes the page that shows how a document is read, and gives where, and whether it could be read at all.
 * @param out by default the name of the document with `.inspect.html`, in the current folder
 * @throws UsageError where there is no such document, or the page would replace something
 */
export async function inspect(
  path: string,
  { out = `${basename(path)}.inspect.html`, force = false }: { out?: string; force?: boolean },
): Promise<{ out: string; isRead: boolean }> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`${path}: no such file`);
  if (stat.isDirectory()) throw new UsageError(`${path} is a folder: name one document of it`);
  if (existsSync(out)) {
    if (realpathSync(out) === realpathSync(path))
      throw new UsageError(`${out} is the document itself: name another with -o`);
    if (!force) throw new UsageError(`${out} is there already: --force replaces it, -o names another`);
  }
  const opened = await openDocument(path);
  const { reading, html } = await shown(opened);
  if (isData(path, reading)) throw new UsageError(`${path}: ${DATA}`);
  writeFileSync(out, html, { flag: force ? 'w' : 'wx' });
  return { out, isRead: reading.report !== null || !reading.findings.some(isUnread) };
}

/** Read and shown in another process: what a hostile document makes large or slow ends with it. */
async function shown(opened: Input | Reading): Promise<{ reading: Reading; html: string }> {
  const pool = createPool<InspectTasks>({ workers: 1, worker: workerBeside(import.meta.url) });
  try {
    let reading: Reading;
    if ('bytes' in opened) {
      const read = await pool.run('read', opened);
      if ('result' in read) return read.result;
      reading = unread(opened, read.failure).reading;
    } else reading = opened;
    const told = await pool.run('unread', reading);
    if ('failure' in told) throw new Error(told.failure.message);
    return { reading, html: told.result };
  } finally {
    pool.close();
  }
}
