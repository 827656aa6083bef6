import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { openArchive } from '../archive/folder.ts';
import { clockFrom } from '../clock.ts';
import { realEffects, type Effects } from '../effects.ts';
import { messageOf, Stopped } from '../errors.ts';
import { leave, type Flags } from './command.ts';
import { createLog } from './progress.ts';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** For what is under way when the run is to end: containers are killed after ten seconds. */
const GRACE_MS = 5000;

/** Everything that writes into the archive does it alone, mends what it found damaged, and ends when it is told to. */
export async function alone<T>(
  { data, quiet, now }: Pick<Flags, 'data' | 'quiet' | 'now'>,
  name: string,
  stage: (effects: Effects) => Promise<T>,
): Promise<T> {
  const clock = clockFrom(now);
  const archive = openArchive(data);
  const log = createLog({ quiet: quiet === true, terminal: process.stderr.isTTY });
  const release = await archive.lock(name);
  const stopping = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    const status = 128 + constants.signals[signal];
    stopping.abort(
      new Stopped(`ended by ${signal}; what was archived until now stays, and the next run goes on from there`, status),
    );
    process.exitCode = status;
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  try {
    return await Promise.race([stage(realEffects(archive, log, stopping.signal, clock)), ended(stopping.signal)]);
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
    const mended = await archive.mend().catch((error: unknown) => [messageOf(error)]);
    for (const line of mended) log.warn(line);
    if (!stopping.signal.aborted) leave(mended.length === 0);
    await release();
  }
}

/** Rejects a while after the run was told to end. */
const ended = (stop: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    stop.addEventListener('abort', () => void sleep(GRACE_MS, null, { ref: false }).then(() => reject(stop.reason)), {
      once: true,
    });
  });
