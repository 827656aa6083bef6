import { availableParallelism } from 'node:os';
import { finding, type FindingCode } from '../../transforms/findings.ts';
import type { Input, ReadDocument } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { inOrder } from '../in-order.ts';
import { createPool } from './pool.ts';

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
 * Reads documents on all cores and hands each over in the order of the items. Inputs are opened shortly before their
 * turn, so that few of them are in memory; `open` gives null to pass over one, and the reading that says why where one
 * cannot even be opened.
 */
export async function readAll<T>(
  items: Iterable<T>,
  open: (item: T) => Input | Reading | null | Promise<Input | Reading | null>,
  done: (item: T, document: ReadDocument) => void | Promise<void>,
): Promise<void> {
  const pool = createPool();
  const readNext = async (item: T): Promise<ReadDocument | null> => {
    const opened = await open(item);
    if (opened === null) return null;
    return 'bytes' in opened ? withoutStack(await pool.readDocument(opened)) : { reading: opened, files: [] };
  };
  try {
    for await (const [item, document] of inOrder(items, readNext, 2 * availableParallelism())) {
      if (document !== null) await done(item, document);
    }
  } finally {
    pool.close();
  }
}

/** Findings are published: the lines after the first are a stack with the paths of this machine. */
export function withoutStack({ reading, files }: ReadDocument): ReadDocument {
  const findings = reading.findings.map((f) =>
    f.code === 'crashed' ? { ...f, message: f.message.split('\n', 1)[0] ?? '' } : f,
  );
  return { reading: { ...reading, findings }, files };
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
