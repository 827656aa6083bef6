import { mkdirSync, rmdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode, UsageError } from '../pipelines/errors.ts';
import { lock } from '../pipelines/archive/lock.ts';

/** Takes locks when it is told to: at an instant, and keeps them for so long. */
export interface Start {
  path: string;
  /** On the clock that all processes of a machine share, in milliseconds. */
  at: number;
  holdMs: number;
}
export type Told = 'held' | 'refused' | 'held by two';

const instant = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;

async function start({ path, at, holdMs }: Start): Promise<Told> {
  while (instant() < at);
  let release;
  try {
    release = await lock(path, 'test');
  } catch (error) {
    if (error instanceof UsageError) return 'refused';
    throw error;
  }
  try {
    // The system makes a folder once: two that hold the lock cannot both make it.
    mkdirSync(`${path}.inside`);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return 'held by two';
    throw error;
  }
  await sleep(holdMs);
  rmdirSync(`${path}.inside`);
  await release();
  return 'held';
}

process.on('message', (order: Start) => void start(order).then((told) => process.send?.(told)));
process.send?.('ready');
