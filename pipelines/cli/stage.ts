import { realEffects, type Effects } from '../effects.ts';
import { lock } from '../archive/lock.ts';
import type { Flags } from './command.ts';
import { createLog } from './progress.ts';

export const effectsOf = (flags: { quiet?: boolean }): Effects =>
  realEffects(createLog({ quiet: flags.quiet === true, terminal: process.stderr.isTTY }));

/** Everything that writes into the data folder does it alone. */
export async function alone<T>(flags: Flags, name: string, stage: (effects: Effects) => Promise<T>): Promise<T> {
  const release = lock(flags.data, name);
  try {
    return await stage(effectsOf(flags));
  } finally {
    release();
  }
}
