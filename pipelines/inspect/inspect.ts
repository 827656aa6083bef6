import { existsSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isUnread } from '../../transforms/findings.ts';
import type { Input } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { UsageError } from '../errors.ts';
import { createPool, workerBeside } from '../reading/pool.ts';
import { openDocument } from '../reading/walk.ts';
import { inspectionPage } from './page.ts';
import type { Inspected } from './worker.ts';

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
  if ('ignored' in opened) throw new UsageError(`${path}: ${opened.ignored}`);
  const { reading, html } = 'bytes' in opened ? await inBounds(opened) : notInspected(opened);
  writeFileSync(out, html, { flag: force ? 'w' : 'wx' });
  return { out, isRead: reading.report !== null || !reading.findings.some(isUnread) };
}

async function inBounds(input: Input): Promise<Shown> {
  const pool = createPool<Inspected>({ workers: 1, worker: workerBeside(import.meta.url) });
  try {
    const read = await pool.read(input);
    return 'html' in read ? read : notInspected(read.reading);
  } finally {
    pool.close();
  }
}

type Shown = Pick<Inspected, 'reading' | 'html'>;

/** Of a document that no reader ended with, there is its finding. */
const notInspected = (reading: Reading): Shown => ({
  reading,
  html: inspectionPage({ reading, traced: null, pages: [] }),
});
