import type { Portal } from '../../scrapers/portals.ts';
import type { Verdict } from '../../warehouse/checks.ts';
import type { Published } from '../../warehouse/snapshot.ts';
import type { StoredCapture } from '../archive/archive.ts';
import type { PortalOutcome } from '../discover.ts';
import { nothingHeld, type Holdings, type Tally } from './holdings.ts';
import type { Cured, Problem } from './problem.ts';
import type { Newest } from './silence.ts';

/** What a run did, and how it ended: `runs/<run>.json`. */
export interface RunAccount {
  /** Its number and start: `00042-20260131T020000Z`. */
  run: string;
  /** ISO UTC; `ended` is null while it runs, and for ever where it was killed. */
  started: string;
  ended: string | null;
  /** Status with which it ended; null like `ended`. */
  exit: number | null;
  /** Why it failed. */
  failure: string | null;
  /** Version of the program and hash of what reads. */
  code: string;
  vantage: string;
  portals: PortalAccount[];
  /** All that were open when it ended, also of portals that it did not visit. */
  problems: Problem[];
  /** Ids of those to tell: new, or acknowledged until a day that is over. */
  new: string[];
  /** Those of the run before that are no more. */
  cured: Problem[];
  /** For the next run: problems that were cured in the last week. */
  lately?: Cured[];
  /** Rows by table, what the checks said, and the snapshot; null until then. */
  tables: Record<string, number> | null;
  /** What became of the documents in them. */
  documents: Tally | null;
  check: Verdict | null;
  publish: Published | null;
  /** By portal, of every run until now. */
  past: Record<string, Past>;
}

/** What one run did at one portal. Articles are counted with their files. */
export interface PortalAccount extends Visits {
  portal: string;
  /** As recognised, where the register leaves it to the page. */
  family: string;
  /** Articles that its list gave in this run. */
  listed: number;
  /** The list was read to its end, and nothing speaks against its being whole; it may give rise to problems all the same. */
  complete: boolean;
  /** Reports in the tables, and their cells. */
  reports: number;
  cells: number;
}

interface Visits {
  requests: number;
  /** Articles and files with their first bytes, with other bytes than before, and with the same. */
  new: number;
  changed: number;
  unchanged: number;
  /** Answers that refuse, and what robots.txt closes. */
  refused: number;
  /** Other requests that gave nothing. */
  failed: number;
  /** Of bodies. */
  bytes: number;
  /** From the first request to the last answer. */
  seconds: number;
}

/** What was best, and when: a portal is held to it, not to last night. */
export interface Past {
  /** Last time its list was read whole, ISO UTC; null when never. */
  complete_at: string | null;
  reports: number;
  cells: number;
  /** When it had the oldest of these, ISO UTC. */
  best_at: string;
  /** Accounts of before it was kept have none. */
  newest?: Newest;
}

/** Counts what is archived, by portal. */
export interface VisitCounter {
  add: (capture: StoredCapture) => void;
  /** Null for a portal of which nothing was asked. */
  of: (portal: string) => Visits | null;
}

/** @param past captures of earlier runs, oldest first */
export function countVisits(past: StoredCapture[], now: () => Date): VisitCounter {
  const hashes = new Map<string, string>();
  for (const { url, sha256, outcome } of past) if (sha256 !== null && outcome === 'ok') hashes.set(url, sha256);
  const visits = new Map<string, { since: number; counts: Visits }>();
  return {
    add: ({ portal, kind, url, outcome, status, sha256, bytes, requested_at }) => {
      const known = visits.get(portal) ?? { since: Date.parse(requested_at), counts: noVisits() };
      visits.set(portal, known);
      const { counts } = known;
      const isDocument = kind === 'article' || kind === 'attachment';
      counts.requests++;
      // Of a copy that is still right nothing was sent.
      if (status !== 304) counts.bytes += bytes;
      counts.seconds = Math.max(counts.seconds, Math.round((now().getTime() - known.since) / 100) / 10);
      if (outcome === 'blocked' || outcome === 'disallowed') counts.refused++;
      // Without a robots.txt everything is allowed, and behind the last page of a list there is none.
      else if (outcome !== 'ok' && (outcome === 'not_found' ? isDocument : kind !== 'robots')) counts.failed++;
      if (outcome !== 'ok' || sha256 === null || !isDocument) return;
      const before = hashes.get(url);
      counts[before === undefined ? 'new' : before === sha256 ? 'unchanged' : 'changed']++;
      hashes.set(url, sha256);
    },
    of: (portal) => visits.get(portal)?.counts ?? null,
  };
}

const noVisits = (): Visits => ({
  requests: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  refused: 0,
  failed: 0,
  bytes: 0,
  seconds: 0,
});

/** @param before that of the run before: what was wrong then is until this run knows better */
export function beginAccount(started: Date, before: RunAccount | null, vantage: string, code: string): RunAccount {
  return {
    run: nameRun(started, before?.run),
    started: started.toISOString(),
    ended: null,
    exit: null,
    failure: null,
    code,
    vantage,
    portals: [],
    problems: before?.problems ?? [],
    new: [],
    cured: [],
    lately: before?.lately ?? [],
    tables: null,
    documents: null,
    check: null,
    publish: null,
    past: before?.past ?? {},
  };
}

/** Its number, as clocks are wrong at times, and its start. */
function nameRun(started: Date, last: string | undefined): string {
  const number = Number(last?.split('-')[0] ?? 0) + 1;
  return `${String(number).padStart(5, '0')}-${started.toISOString().replace(/[-:]|\.\d+/g, '')}`;
}

/** Of the portals that were listed, or asked for anything before the run failed. */
export function portalAccounts(
  portals: Portal[],
  outcomes: PortalOutcome[],
  visits: VisitCounter,
  holdings: Holdings,
): PortalAccount[] {
  const byPortal = new Map(outcomes.map((outcome) => [outcome.portal, outcome]));
  return portals.flatMap(({ id, family }) => {
    const outcome = byPortal.get(id);
    const visited = visits.of(id);
    if (!outcome && !visited) return [];
    const { reports, cells } = holdings.get(id) ?? nothingHeld;
    const listed = outcome?.listed ?? 0;
    const complete = outcome?.whole ?? false;
    return [
      { portal: id, family: outcome?.family ?? family, listed, complete, reports, cells, ...(visited ?? noVisits()) },
    ];
  });
}

/** Longer than from one season to the end of the next: what was lost for so long is not found again. */
const REMEMBERED_DAYS = 500;

/** What is best after this run. */
export function pastOf({ started, portals, past }: RunAccount, holdings: Holdings): Record<string, Past> {
  const completed = new Set(portals.filter(({ complete }) => complete).map(({ portal }) => portal));
  const after = { ...past };
  for (const portal of new Set([...completed, ...holdings.keys()])) {
    const { reports, cells, newest } = holdings.get(portal) ?? nothingHeld;
    const before = past[portal];
    const age = before ? (Date.parse(started) - Date.parse(before.best_at)) / 86_400_000 : Infinity;
    const isBest = !before || reports > before.reports || (reports === before.reports && cells >= before.cells);
    // One report more does not make up for the tables of another.
    const most = before && age <= REMEMBERED_DAYS ? Math.max(cells, before.cells) : cells;
    const best =
      isBest || age > REMEMBERED_DAYS
        ? { reports, cells: most, best_at: before && most > cells ? before.best_at : started }
        : before;
    const complete_at = completed.has(portal) ? started : (before?.complete_at ?? null);
    after[portal] = { ...best, complete_at, newest };
  }
  return after;
}
