import { runChecks, type Verdict } from '../warehouse/checks.ts';
import { latestSnapshot } from '../warehouse/versions.ts';
import type { Effects } from './effects.ts';
import { databasePath } from './archive/files.ts';

/** Floors and ceilings over the tables that were built, compared with the last good snapshot. */
export async function check(dataDir: string, { log }: Pick<Effects, 'log'>): Promise<Verdict> {
  log.info('checking');
  return runChecks({ database: databasePath(dataDir), previous: latestSnapshot(dataDir) });
}
