import { inForce, type Portal } from '../../scrapers/portals.ts';
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
  const missing = dueAfter(years.at(-1) ?? null);
  if (missing === null || now.toISOString().slice(0, 10) <= deadlineOf(missing)) return [];
  const watched = links.some(({ first_seen }) => first_seen < `${missing + 1}-01-01`);
  if (!watched) return [];
  return [{ portal: portal.id, ...finding('report_overdue', [], { list: portal.index_url, year: missing }) }];
}

/** Year of the report that is expected next, behind that of the newest; null where there was none yet. */
export const dueAfter = (last: number | null): number | null => (last === null ? null : last + 1);

/** Last day on which the report of a year is not late. */
export const deadlineOf = (year: number): string => `${year + 1}-03-31`;

/** Portals in use that need a network of another name, while none has that of this run: it may be misspelt. */
export function unreachedOf(portals: Portal[], vantage: string, now: Date): Trouble[] {
  const used = inForce(portals, now.toISOString().slice(0, 10));
  const others = used.filter((portal) => portal.vantage !== 'any' && portal.vantage !== vantage).map(({ id }) => id);
  if (others.length === 0 || portals.some((portal) => portal.vantage === vantage)) return [];
  return [{ portal: null, ...finding('portals_unreached', [], { vantage, portals: others }) }];
}
