import pLimit from 'p-limit';
import type { Fetched } from '../scrapers/capture.ts';
import type { Portal } from '../scrapers/portals.ts';
import { mayBeReport } from '../scrapers/judged.ts';
import type { Config } from './config.ts';
import { readList } from './discover.ts';
import type { Effects } from './effects.ts';
import { lookIn } from './reading/pool.ts';
import { reachable } from './selection.ts';
import { openSession, type Session } from './session.ts';

/** What a line of the register led to when it was tried. */
export interface PortalCheck {
  portal: string;
  family: string;
  /** The family that the first page shows; null where it gave none to look at. */
  detected: string | null;
  index_url: string;
  /** ISO UTC. */
  checked_at: string;
  /** Of the first page of the list; null where nothing answered. */
  status: number | null;
  outcome: string;
  final_url: string;
  /** Rows of the list, on all its pages. */
  rows: number;
  /** Of those, with a title that may be a report's. */
  reports: number;
  problems: { code: string; message: string }[];
}

/**
 * Asks the portals for their lists, as a night does, and keeps what each answered beside what others did before. Known
 * links and the register stay as they are: a column that answers may still be another's.
 */
export async function checkPortals(o: { config: Config; portals: Portal[] }, effects: Effects): Promise<PortalCheck[]> {
  const { archive, log, now } = effects;
  const portals = reachable(o.portals, o.config, effects);
  await archive.claim(o.config.simulated);
  const pool = effects.openPool();
  // Nothing known before: what is asked for is the answer of today.
  const session = openSession(o.config, lookIn(pool), effects, []);
  const bar = log.bar('checking portals', portals.length);
  const checks: PortalCheck[] = [];
  try {
    return await pLimit(o.config.portals_at_once).map(portals, async (portal) => {
      const check = await checkPortal(portal, session, now);
      checks.push(check);
      bar.step();
      return check;
    });
  } finally {
    bar.done();
    await session.close().finally(() => pool.close());
    // What was asked before the run was ended is known as well.
    await archive.keepChecks(checks);
  }
}

async function checkPortal(portal: Portal, session: Session, now: () => Date): Promise<PortalCheck> {
  const answers: Fetched[] = [];
  const checked_at = now().toISOString();
  const { links, problems } = await readList(
    portal,
    {
      ...session,
      get: async (asked) => {
        const answer = await session.get(asked);
        if (answers.length === 0) answers.push(answer);
        return answer;
      },
    },
    now,
  );
  const [first] = answers;
  const { status, outcome, final_url } = first?.capture ?? {
    status: null,
    outcome: 'not_asked',
    final_url: portal.index_url,
  };
  return {
    portal: portal.id,
    family: portal.family,
    detected: first ? await familyOf(first, session) : null,
    index_url: portal.index_url,
    checked_at,
    status,
    outcome,
    final_url,
    rows: links.length,
    reports: links.filter(({ title }) => mayBeReport(title)).length,
    problems: problems.map(({ code, message }) => ({ code, message })),
  };
}

async function familyOf({ capture, body }: Fetched, { look }: Session): Promise<string | null> {
  if (capture.outcome !== 'ok') return null;
  const sent = { bytes: body, contentType: capture.headers['content-type'] ?? null, url: capture.final_url };
  const seen = await look('family', sent);
  return Array.isArray(seen) ? (seen[0]?.family ?? null) : null;
}
