import { finding } from '../../transforms/findings.ts';
import type { PortalLinks } from '../archive/archive.ts';
import type { Trouble } from './problem.ts';

/**
 * A list that answers and has nothing new. Reports are published by 31 January, those of governments by 31 March, of
 * the year after theirs. Who meets a column later than that cannot tell a frozen one from one that was given up before:
 * only a portal that was watched when the season began is missed.
 * @param years of its reports, in order
 */
export function overdueOf({ portal, links }: PortalLinks, years: number[], now: Date): Trouble[] {
  const missing = dueAfter(years);
  if (missing === null || now.toISOString() < deadlineOf(missing)) return [];
  const watched = links.some(({ first_seen }) => first_seen < `${missing + 1}-01-01`);
  if (!watched) return [];
  return [{ portal: portal.id, ...finding('report_overdue', [], { list: portal.index_url, year: missing }) }];
}

/** Year of the report that is expected next; null where there was none yet. */
function dueAfter(years: number[]): number | null {
  const last = years.at(-1);
  return last === undefined ? null : last + 1;
}

/** First day on which the report of a year is late. */
const deadlineOf = (year: number): string => `${year + 1}-04-01`;
