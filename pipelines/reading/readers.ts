import { availableParallelism } from 'node:os';
import { finding, type FindingCode } from '../../transforms/findings.ts';
import type { Input } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { inOrder } from '../in-order.ts';
import { createPool, type Task } from './pool.ts';

/** A document that can be read, or the reading that says why it cannot even be opened. */
export type Opened = { input: Input; more?: Pick<Task, 'base' | 'pictures'> } | { reading: Reading };

/** Codes of findings that mean the content of a document is not known, whatever its page says. */
export const unreadCodes: string[] = [
  'unreadable',
  'encrypted',
  'too_large',
  'needs_ocr',
  'limit_time',
  'limit_memory',
  'crashed',
  'picture_unread',
] satisfies FindingCode[];

/**
 * Reads documents on all cores and hands each reading over in the order of the items. The one place that calls the
 * readers. Inputs are opened shortly before their turn, so that few of them are in memory; `open` gives null to pass
 * over one.
 */
export async function readAll<T>(
  items: Iterable<T>,
  open: (item: T) => Opened | null | Promise<Opened | null>,
  done: (item: T, reading: Reading) => void | Promise<void>,
): Promise<void> {
  const pool = createPool();
  const readNext = async (item: T): Promise<Reading | null> => {
    const opened = await open(item);
    if (opened === null) return null;
    if ('reading' in opened) return opened.reading;
    return withoutStack(await pool.read({ ...taskOf(opened.input), ...opened.more }));
  };
  try {
    for await (const [item, reading] of inOrder(items, readNext, 2 * availableParallelism())) {
      if (reading !== null) await done(item, reading);
    }
  } finally {
    pool.close();
  }
}

/** A task of the pool: documents are read in its processes only, text too: a page can be as hostile as any file. */
export const taskOf = ({ bytes, path, contentType, sha256 }: Input): Task => ({
  bytes,
  path,
  sha256,
  contentType: contentType ?? null,
});

/** Findings are published: the lines after the first are a stack with the paths of this machine. */
export function withoutStack(reading: Reading): Reading {
  const findings = reading.findings.map((f) =>
    f.code === 'crashed' ? { ...f, message: f.message.split('\n', 1)[0] ?? '' } : f,
  );
  return { ...reading, findings };
}

export const unreadable = (
  path: string,
  hash: string,
  message: string,
  code: 'unreadable' | 'too_large' | 'crashed' = 'unreadable',
): Reading => ({
  source: { path, sha256: hash, media_type: 'application/octet-stream', encoding: null, script: null },
  report: null,
  facts: [],
  mentions: [],
  sections: [],
  findings: [finding(code, [], message)],
});
