import type { Portal } from '../../scrapers/portals.ts';
import type { Archive } from '../archive/archive.ts';
import type { RunAccount } from './account.ts';
import { standing, type Problem } from './problem.ts';
import { deadlineOf, dueAfter } from './silence.ts';

/** How things stand, from the accounts of runs alone: no document is opened. */
export interface Overview {
  /** ISO UTC. */
  now: string;
  /** The last run; null before the first. `ended` is null while it runs, and where it was killed. */
  run: Pick<RunAccount, 'run' | 'started' | 'ended' | 'exit' | 'failure'> | null;
  /** End of the last run that did its work, ISO UTC. */
  worked_at: string | null;
  portals: PortalView[];
  /** All open ones, also those of no portal. */
  problems: Problem[];
}

export const states = {
  ok: ['正常', 'nothing wrong'],
  known: ['问题已知悉', 'its problems are acknowledged'],
  trouble: ['须处理', 'somebody has to see to it'],
  never: ['从未读到列表', 'its list was never read'],
} as const;

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
  expected: { year: number; by: string } | null;
  problems: Problem[];
}

/** The day on which it had to be there is over. */
export const isOverdue = ({ by }: { by: string }, now: string): boolean => now.slice(0, 10) > by;

export async function overviewOf(portals: Portal[], archive: Archive, now: Date): Promise<Overview> {
  const at = now.toISOString();
  const last = archive.accounts.last();
  const acknowledged = archive.accounts.acknowledged();
  // Acknowledged since the run, or no longer.
  const problems = (last?.problems ?? []).map((one) => ({ ...one, ...standing(one, acknowledged, at) }));
  return {
    now: at,
    run: last && runOf(last),
    worked_at: workedAt(archive),
    portals: await Promise.all(
      portals.map(async (portal) => {
        const own = problems.filter((problem) => problem.portal === portal.id);
        const listed_at = (await archive.links.read(portal.id))?.listed_at ?? null;
        return { ...viewOf(portal, last), listed_at, state: stateOf(listed_at, own), problems: own };
      }),
    ),
    problems,
  };
}

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
  const year = dueAfter(past?.last_year ?? null);
  const expected = year === null ? null : { year, by: deadlineOf(year) };
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

function stateOf(listed_at: string | null, problems: Problem[]): PortalView['state'] {
  if (problems.some(({ acknowledged }) => !acknowledged)) return 'trouble';
  if (listed_at === null) return 'never';
  return problems.length > 0 ? 'known' : 'ok';
}
