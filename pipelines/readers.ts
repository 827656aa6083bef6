import { availableParallelism } from 'node:os';
import { finding, type FindingCode } from '../transforms/findings.ts';
import { read, type Input } from '../transforms/read.ts';
import type { Reading } from '../transforms/report.ts';
import { sniff } from '../transforms/sniff.ts';
import { messageOf } from './errors.ts';
import { inOrder } from './in-order.ts';
import { createPool, type Pool } from './pool.ts';

/** A document that can be read, or the reading that says why it cannot even be opened. */
export type Opened = { input: Input } | { reading: Reading };

/** Codes of findings that mean the content of a document is not known, whatever its page says. */
export const unreadCodes: string[] = [
  'unreadable',
  'encrypted',
  'too_large',
  'needs_ocr',
  'limit_time',
  'limit_memory',
  'crashed',
] satisfies FindingCode[];

/** Small pages that are read here before processes are started: one takes as long to start as ten of them to read. */
const HERE = 4;
const SMALL = 2 ** 20;

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
  let here = 0;
  const readNext = async (item: T): Promise<Reading | null> => {
    const opened = await open(item);
    if (opened === null) return null;
    if ('reading' in opened) return opened.reading;
    return isSmallText(opened.input) && here++ < HERE ? readHere(opened.input) : readThere(pool, opened.input);
  };
  try {
    for await (const [item, reading] of inOrder(items, readNext, 2 * availableParallelism())) {
      if (reading !== null) await done(item, reading);
    }
  } finally {
    pool.close();
  }
}

const isSmallText = ({ bytes }: Input): boolean => bytes.length <= SMALL && sniff(bytes).startsWith('text/');

/** Reads a page in this process. A defect of a reader is a finding of that document, and no reason to lose the others. */
export async function readHere(input: Input): Promise<Reading> {
  try {
    return await read(input);
  } catch (error) {
    return unreadable(input.path, input.sha256, `the reader failed: ${messageOf(error)}`, 'crashed');
  }
}

async function readThere(pool: Pool, { bytes, path, contentType, sha256 }: Input): Promise<Reading> {
  const reading = await pool.read({ bytes, path, sha256, contentType: contentType ?? null });
  // Findings are published: the lines after the first are a stack with the paths of this machine.
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
