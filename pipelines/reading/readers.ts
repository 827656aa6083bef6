import { availableParallelism } from 'node:os';
import type { Input, ReadDocument } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { createPool } from './pool.ts';

/** Documents opened for each process: what it reads, and what it gets with the next message. */
const AHEAD = 8;

/**
 * Reads documents on all cores and hands each over in the order of the items. Inputs are opened shortly before their
 * turn, so that few of them are in memory; `open` gives the reading that says why where one cannot even be opened.
 */
export async function readAll<T>(
  items: Iterable<T>,
  open: (item: T) => Promise<Input | Reading>,
  done: (item: T, document: ReadDocument) => void | Promise<void>,
): Promise<void> {
  const pool = createPool();
  const readNext = async (item: T): Promise<ReadDocument> => {
    const opened = await open(item);
    return 'bytes' in opened ? pool.read(opened) : { reading: opened, files: [] };
  };
  try {
    for await (const [item, document] of inOrder(items, readNext, AHEAD * availableParallelism())) {
      await done(item, document);
    }
  } finally {
    pool.close();
  }
}

/**
 * Works on several items at once and gives the results in the order of the items. At most `ahead` items are taken
 * before the first result is given back, so that what is waiting stays small however many items there are.
 */
export async function* inOrder<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<R>,
  ahead: number,
): AsyncGenerator<[T, R]> {
  const waiting: { item: T; result: Promise<R> }[] = [];
  for await (const item of items) {
    const result = work(item);
    // Told when its turn comes; until then a rejection is not an unhandled one.
    result.catch(() => undefined);
    waiting.push({ item, result });
    if (waiting.length < ahead) continue;
    const first = waiting.shift();
    if (first) yield [first.item, await first.result];
  }
  for (const { item, result } of waiting) yield [item, await result];
}
