import type { Verdict } from '../warehouse/checks.ts';
import { publish, type Published } from '../warehouse/snapshot.ts';
import { readBuilt } from './build.ts';
import type { Effects } from './effects.ts';

/**
 * Publishes what was last built under today's date. A failed verdict is published for inspection only (`latest` does
 * not move), and tables that did not change are not published again.
 */
export async function publishSnapshot(
  dataDir: string,
  verdict: Verdict,
  { now, log }: Pick<Effects, 'now' | 'log'>,
): Promise<Published> {
  log.info('publishing');
  return publish({ dataDir, date: now().toISOString().slice(0, 10), built: readBuilt(dataDir), verdict });
}
