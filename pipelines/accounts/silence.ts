import { inForce, type Portal } from '../../scrapers/portals.ts';
import { finding } from '../../transforms/findings.ts';
import { groupedBy } from '../../transforms/grouped.ts';
import type { PortalLinks } from '../archive/archive.ts';
import type { Trouble } from './problem.ts';

/** Of whom the Regulations on Open Government Information ask for a report by the same day. */
const publishers = ['organ', 'government'] as const;
type Publishers = (typeof publishers)[number];

/** Year of the newest report of each; null where there is none. */
export type Newest = Record<Publishers, number | null>;

/**
 * A list that answers and has nothing new. Who meets a column after its season cannot tell a frozen one from one that was
 * given up before: only a portal that was watched when the season began is missed.
 */
export function overdueOf({ portal, links }: PortalLinks, newest: Newest, now: Date): Trouble[] {
  const late = dueAfter(newest).filter(
    (due) => isOverdue(due, now.toISOString()) && links.some(({ first_seen }) => first_seen < `${due.year + 1}-01-01`),
  );
  return [...groupedBy(late, ({ year }) => [year]).entries()].map(([year, dues]) => {
    const of = dues.map((due) => due.of);
    const by = dues.map((due) => due.by).sort()[0] ?? '';
    return { portal: portal.id, ...finding('report_overdue', [], { list: portal.index_url, year, of, by }) };
  });
}

/** A report that is to come, and the last day on which it is not late. */
export interface Due {
  of: Publishers;
  year: number;
  by: string;
}

/** The day on which it had to be there is over. */
export const isOverdue = ({ by }: Pick<Due, 'by'>, now: string): boolean => now.slice(0, 10) > by;

/** What is expected behind the newest reports: nothing where there was none yet. */
export const dueAfter = (newest: Newest): Due[] =>
  publishers.flatMap((of) => {
    const last = newest[of];
    return last === null ? [] : [{ of, year: last + 1, by: deadlineOf(of, last + 1) }];
  });

/** Since the Regulations of 2019, organs report by 31 January and governments by 31 March; before, all by 31 March. */
const deadlineOf = (of: Publishers, year: number): string =>
  `${year + 1}-${of === 'organ' && year >= 2019 ? '01-31' : '03-31'}`;

/** Portals in use that need a network of another name, while none has that of this run: it may be misspelt. */
export function unreachedOf(portals: Portal[], vantage: string, now: Date): Trouble[] {
  const used = inForce(portals, now.toISOString().slice(0, 10));
  const others = used.filter((portal) => portal.vantage !== 'any' && portal.vantage !== vantage).map(({ id }) => id);
  if (others.length === 0 || portals.some((portal) => portal.vantage === vantage)) return [];
  return [{ portal: null, ...finding('portals_unreached', [], { vantage, portals: others }) }];
}
