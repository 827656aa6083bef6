import { inForce, type Portal } from '../../scrapers/portals.ts';
import type { Archive } from '../archive/archive.ts';
import type { RunAccount } from './account.ts';
import { byText } from '../archive/files.ts';
import { ageInDays, withStanding, type Problem } from './problem.ts';
import { dueAfter, isOverdue, type Due, type Newest } from './silence.ts';

/** How things stand, from the accounts of runs alone: no document is opened. */
export interface Overview {
  /** ISO UTC. */
  now: string;
  /** The last run; null before the first. `ended` is null while it runs, and where it was killed. */
  run: Pick<RunAccount, 'run' | 'started' | 'ended' | 'exit' | 'failure'> | null;
  /** Command of the run that is writing the archive just now. */
  at_work: string | null;
  /** End of the last run that did its work, ISO UTC. */
  worked_at: string | null;
  portals: PortalView[];
  /** All open ones, also those of no portal. */
  problems: Problem[];
}

/** The first that fits, in this order. */
export const states = {
  trouble: ['须处理', 'somebody has to see to it'],
  known: ['问题已知悉', 'its problems are acknowledged'],
  closed: ['已停用', 'its column is not in use today'],
  never: ['从未读到列表', 'its list was never read'],
  stale: ['列表过旧', 'its list was not read whole in the last week'],
  overdue: ['报告逾期', 'the next report is overdue: a problem only where the portal was watched when it was due'],
  ok: ['正常', 'nothing wrong'],
} as const;

/** A list read whole so long ago says nothing of how things stand; the check `stale_portals` has the same. */
const STALE_DAYS = 7;

export interface PortalView {
  portal: string;
  name: string;
  division: string;
  family: string;
  index_url: string;
  state: keyof typeof states;
  /** When its list was last read, and last read whole, ISO UTC; null when never. */
  listed_at: string | null;
  complete_at: string | null;
  reports: number;
  cells: number;
  /** The report that is to come next, and the last day on which it is not late; null while there is none. */
  expected: Pick<Due, 'year' | 'by'> | null;
  problems: Problem[];
}

export async function overviewOf(portals: Portal[], archive: Archive, now: Date): Promise<Overview> {
  const at = now.toISOString();
  const last = archive.accounts.last();
  const acknowledged = archive.accounts.acknowledged();
  // Acknowledged since the run, or no longer.
  const problems = withStanding(last?.problems ?? [], acknowledged, at);
  return {
    now: at,
    run: last && runOf(last),
    at_work: await archive.atWork(),
    worked_at: workedAt(archive),
    portals: await Promise.all(
      portals.map(async (portal) => {
        const own = problems.filter((problem) => problem.portal === portal.id);
        const listed_at = (await archive.links.read(portal.id))?.listed_at ?? null;
        const view = { ...viewOf(portal, last), listed_at, problems: own };
        return { ...view, state: stateOf(portal, view, last !== null, at) };
      }),
    ),
    problems,
  };
}

/** Whose account has no end yet because it is still at work, and not because it was killed. */
export const isAtWork = ({ run, at_work }: Pick<Overview, 'run' | 'at_work'>): boolean =>
  run?.exit === null && at_work === 'nightly';

const runOf = ({ run, started, ended, exit, failure }: RunAccount) => ({ run, started, ended, exit, failure });

/** Whatever it found wrong: a run that ended with 0 or 1 has asked every portal. */
function workedAt({ accounts }: Archive): string | null {
  for (const run of accounts.runs().toReversed()) {
    const account = accounts.read(run);
    if (account?.exit === 0 || account?.exit === 1) return account.ended;
  }
  return null;
}

function viewOf({ id, name, division, family, index_url }: Portal, last: RunAccount | null) {
  const past = last?.past[id];
  const { reports, cells } = last?.portals.find(({ portal }) => portal === id) ?? past ?? { reports: 0, cells: 0 };
  const expected = past?.newest ? nextAfter(past.newest) : null;
  return {
    portal: id,
    name,
    division,
    family,
    index_url,
    complete_at: past?.complete_at ?? null,
    reports,
    cells,
    expected,
  };
}

/** One kind of publisher that left the column years before the other is not waited for. */
function nextAfter(newest: Newest): PortalView['expected'] {
  const dues = dueAfter(newest);
  const latest = Math.max(...dues.map(({ year }) => year));
  const [first] = dues.filter(({ year }) => year >= latest - 1).toSorted((a, b) => byText(a.by, b.by));
  return first ? { year: first.year, by: first.by } : null;
}

function stateOf(
  portal: Portal,
  { listed_at, complete_at, expected, problems }: Omit<PortalView, 'state'>,
  isAccounted: boolean,
  now: string,
): PortalView['state'] {
  if (problems.some(({ acknowledged }) => !acknowledged)) return 'trouble';
  if (problems.length > 0) return 'known';
  if (inForce([portal], now.slice(0, 10)).length === 0) return 'closed';
  if (listed_at === null) return 'never';
  // Without an account of a night nobody knows whether it was read whole.
  const read = isAccounted ? complete_at : listed_at;
  if (read === null || ageInDays(read, now) > STALE_DAYS) return 'stale';
  return expected && isOverdue(expected, now) ? 'overdue' : 'ok';
}
