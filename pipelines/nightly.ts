import type { Verdict } from '../warehouse/checks.ts';
import type { Published } from '../warehouse/snapshot.ts';
import { build, check, publishSnapshot } from './build.ts';
import type { Effects } from './effects.ts';
import { fetchPortals, type FetchOptions, type FetchSummary } from './fetch.ts';
import { readArchive, type ReadSummary } from './read.ts';

export interface NightlySummary {
  fetch: FetchSummary;
  read: ReadSummary;
  counts: Record<string, number>;
  check: Verdict;
  publish: Published;
}

/** All stages. What fails at one portal or in one document is in the summary; the stages after it still run. */
export async function nightly(o: FetchOptions, effects: Effects): Promise<NightlySummary> {
  const fetched = await fetchPortals(o, effects);
  effects.stop.throwIfAborted();
  const rest = await readArchive({}, effects);
  const read = { ...rest, read: fetched.read + rest.read };
  effects.stop.throwIfAborted();
  const { counts } = await build(effects);
  effects.stop.throwIfAborted();
  const verdict = await check(effects);
  const publish = await publishSnapshot(verdict, effects);
  return { fetch: fetched, read, counts, check: verdict, publish };
}

/** True when somebody has to look: a portal or article that gave nothing, or data that may not be published. */
export const needsPerson = ({ fetch, check }: NightlySummary): boolean =>
  !check.ok || fetch.failed.length > 0 || fetch.portals.some(({ problems }) => problems.length > 0);
