import type { Verdict } from '../warehouse/checks.ts';
import type { Published } from '../warehouse/snapshot.ts';
import { build, check, publishSnapshot } from './build.ts';
import { troubleOf, type Result } from './archive/documents.ts';
import type { Effects } from './effects.ts';
import { fetchPortals, type FetchOptions, type FetchSummary } from './fetch.ts';
import { readArchive, readDocuments, type ReadSummary } from './read.ts';

export interface NightlySummary {
  fetch: FetchSummary;
  read: ReadSummary;
  /**
   * Titles of reports without their report, and reports whose page no longer is what it was; and once, when it is new, a
   * report without any number.
   */
  unread: { portal: string; url: string; reason: string }[];
  counts: Record<string, number>;
  check: Verdict;
  publish: Published;
}

/** All stages. What fails at one portal or in one document is in the summary; the stages after it still run. */
export async function nightly(o: FetchOptions, effects: Effects): Promise<NightlySummary> {
  const start = effects.now().toISOString();
  const fetched = await fetchPortals(o, effects);
  effects.stop.throwIfAborted();
  const rest = await readArchive({}, effects);
  const read = { ...rest, read: fetched.read + rest.read };
  effects.stop.throwIfAborted();
  const unread = (await readDocuments(effects.archive)).flatMap((result) => {
    const reason = troubleOf(result) ?? newlyWithoutNumbers(result, start);
    return reason === null ? [] : [{ portal: result.document.portal, url: result.document.url, reason }];
  });
  const { counts } = await build(effects);
  effects.stop.throwIfAborted();
  const verdict = await check(effects);
  const publish = await publishSnapshot(verdict, effects);
  return { fetch: fetched, read, unread, counts, check: verdict, publish };
}

/** Some reports print no table; that this is one of them, and is not read wrongly, a person sees at a glance, once. */
const newlyWithoutNumbers = ({ document, reading, outcome }: Result, start: string): string | null =>
  outcome === 'report' && reading?.facts.length === 0 && (document.since ?? '') >= start
    ? 'it prints no table of the form that could be read'
    : null;

/** True when somebody has to look: a portal, article or report that gave nothing, or data that may not be published. */
export const needsPerson = ({ fetch, unread, check }: NightlySummary): boolean =>
  !check.ok ||
  unread.length > 0 ||
  fetch.failed.length > 0 ||
  fetch.portals.some(({ problems }) => problems.length > 0);
