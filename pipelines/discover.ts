import type { Detected } from '../scrapers/detect.ts';
import { discover, type Discovery } from '../scrapers/discover.ts';
import type { Link } from '../scrapers/links.ts';
import type { Io, Problem } from '../scrapers/run.ts';
import { families } from '../scrapers/families/index.ts';
import type { Fetched } from '../scrapers/capture.ts';
import type { Portal } from '../scrapers/portals.ts';
import { finding, said } from '../transforms/findings.ts';
import type { PortalLinks } from './archive/archive.ts';
import { linksOfCaptures } from './archive/documents.ts';
import type { Effects } from './effects.ts';
import type { Session } from './session.ts';

/** What listing a portal gave. */
export interface PortalOutcome {
  portal: string;
  /** As the register names it, or as it was recognised; `auto` where it was not. */
  family: string;
  discovered: number;
  /** Articles that the list gave this time. */
  listed: number;
  new_links: number;
  problems: Problem[];
}

/** Reads the list of one portal and merges it with what it listed before. What failed is a problem; rejects only when the run is to end. */
export async function listPortal(
  portal: Portal,
  session: Session,
  { archive, now }: Pick<Effects, 'archive' | 'now'>,
): Promise<PortalOutcome> {
  const before = (await archive.links.read(portal.id)) ?? (await linksOfCaptures(portal, archive));
  const { links: found, problems, detected } = await readList(portal, session, now);
  if (before && found.length > 0 && found.length * 2 < before.listed) {
    const details = { list: portal.index_url, articles: found.length, before: before.listed };
    problems.push({ portal: portal.id, ...finding('list_shrunk', [], details) });
  }
  const links = {
    ...merge(portal, before, found, problems.map(publishable), now().toISOString()),
    ...recognised(portal, found.length > 0 ? detected : null, before),
  };
  await archive.links.write(links);
  return {
    portal: portal.id,
    family: links.detected?.family ?? portal.family,
    discovered: links.links.length,
    listed: found.length,
    new_links: links.links.length - (before?.links.length ?? 0),
    problems,
  };
}

/** What a page shows that lists nothing is no news of its system. */
function recognised(
  { family }: Portal,
  detected: Detected | null,
  before: PortalLinks | null,
): Pick<PortalLinks, 'detected'> {
  const known = detected ?? before?.detected;
  return families.get(family)?.listing.how === 'detected' && known ? { detected: known } : {};
}

/** What is stored is published: where this machine looked for a browser is nobody's business. */
const publishable = (problem: Problem): Problem =>
  problem.code === 'browser_missing'
    ? { portal: problem.portal, ...finding('browser_missing', [], { list: problem.details.list, tried: [] }) }
    : problem;

/** Everything that a portal lists. What failed is a problem; rejects only when the run is to end. */
export async function readList(
  portal: Portal,
  session: Session,
  now: () => Date,
): Promise<Pick<Discovery, 'links' | 'problems' | 'detected'>> {
  try {
    const family = families.get(portal.family);
    if (!family) throw new Error(`family ${portal.family} is not one of ${[...families.keys()].join(', ')}`);
    return await discover(portal, family, ioOf(portal.id, session, now));
  } catch (error) {
    session.stop.throwIfAborted();
    const failed = finding('list_failed', [], { list: portal.index_url, said: said(error) });
    return { links: [], detected: null, problems: [{ portal: portal.id, ...failed }] };
  }
}

/** What a portal's list is read with: every answer is archived as that portal's. */
export function ioOf(portal: string, session: Session, now: () => Date): Io {
  const asked = { portal, document_url: null };
  return {
    get: async (url, kind, request) => page(await session.get({ ...asked, ...request, url, kind })),
    render: async (url) => page(await session.render(url, portal)),
    look: session.look,
    now,
  };
}

const page = ({ capture, body }: Fetched) => ({
  bytes: body,
  contentType: capture.headers['content-type'] ?? null,
  url: capture.final_url,
  status: capture.status,
  outcome: capture.outcome,
  error: capture.error,
});

/** Known links keep their place and their first date; a title or date that the portal changed is taken over. */
function merge(
  portal: Portal,
  before: PortalLinks | null,
  found: Link[],
  problems: Problem[],
  at: string,
): PortalLinks {
  const links = new Map((before?.links ?? []).map((link) => [link.url, link]));
  for (const link of found) links.set(link.url, { ...link, first_seen: links.get(link.url)?.first_seen ?? at });
  return { portal, listed_at: at, listed: found.length || (before?.listed ?? 0), links: [...links.values()], problems };
}
