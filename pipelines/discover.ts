import type { Detected } from '../scrapers/detected.ts';
import { discover, type Discovery } from '../scrapers/discover.ts';
import { addressKey } from '../scrapers/links.ts';
import type { Io, Problem } from '../scrapers/run.ts';
import { families } from '../scrapers/families/index.ts';
import type { Fetched } from '../scrapers/capture.ts';
import type { Portal } from '../scrapers/portals.ts';
import { finding, said, type Finding } from '../transforms/findings.ts';
import type { KnownLink, PortalLinks } from './archive/archive.ts';
import { isOfWholeness } from './accounts/problem.ts';
import type { Effects } from './effects.ts';
import { merge, missedOn, unlisted, type Listing } from './merge.ts';
import type { Session } from './session.ts';

/** What listing a portal gave. */
export interface PortalOutcome {
  portal: string;
  /** As the register names it, or as it was recognised; `auto` where it was not. */
  family: string;
  discovered: number;
  /** Articles that the list gave this time. */
  listed: number;
  /** Every article that is still published is among them. */
  whole: boolean;
  new_links: number;
  problems: Problem[];
}

/**
 * Reads the list of one portal and merges it with what it listed before. What failed is a problem; rejects only when the run is to end.
 * @param lost what it listed before, where the archive no longer has that
 */
export async function listPortal(
  portal: Portal,
  session: Session,
  { archive, now }: Pick<Effects, 'archive' | 'now'>,
  lost: () => Promise<PortalLinks | null>,
): Promise<PortalOutcome> {
  const before = (await archive.links.read(portal.id)) ?? (await lost());
  const { links: found, detected, ...read } = await readList(portal, session, now);
  const system = recognised(portal, found.length > 0 ? detected : null, before);
  const { twins = [] } = families.get(system.detected?.family ?? portal.family) ?? {};
  const best = before?.best ?? before?.listed ?? 0;
  const tonight = judged({ portal, twins, known: before?.links ?? [], found }, read, best);
  const { whole } = tonight;
  const links = merge(tonight, whole, now().toISOString());
  const problems = [...tonight.problems, ...goneFrom(portal, links)];
  await archive.links.write({
    portal,
    listed_at: now().toISOString(),
    listed: tonight.found.length || (before?.listed ?? 0),
    best: whole ? Math.max(best, tonight.found.length) : best,
    links,
    problems: problems.map(publishable),
    ...system,
  });
  return {
    portal: portal.id,
    family: system.detected?.family ?? portal.family,
    discovered: links.length,
    listed: tonight.found.length,
    whole,
    new_links: links.length - (before?.links.length ?? 0),
    problems,
  };
}

/** What the list gives, held against what is known of it: another page in its place gives nothing. */
function judged(
  listing: Listing,
  { problems, at }: { problems: Problem[]; at: string },
  best: number,
): Listing & { problems: Problem[]; whole: boolean } {
  const { portal, found } = listing;
  const list = portal.index_url;
  const told = (problem: Finding) => [{ portal: portal.id, ...problem }];
  const moved = placeOf(at) !== placeOf(list);
  const known = missedOn(listing, moved);
  if (known !== null) {
    const wrong = finding('list_wrong', [], { list, articles: found.length, known, ...(moved ? { to: at } : {}) });
    return { ...listing, found: [], problems: told(wrong), whole: false };
  }
  const whole = !problems.some(isOfWholeness);
  if (!whole || found.length === 0 || found.length * 2 > best) return { ...listing, problems, whole };
  const shrunk = finding('list_shrunk', [], { list, articles: found.length, before: best });
  return { ...listing, problems: [...problems, ...told(shrunk)], whole: false };
}

/** Of a column: with or without a slash at its end it is the same. */
const placeOf = (url: string): string => addressKey(url).replace(/\/$/, '');

function goneFrom(portal: Portal, links: KnownLink[]): Problem[] {
  const gone = unlisted(links);
  if (gone.length === 0) return [];
  const examples = gone.slice(0, 3).map(({ url }) => url.slice(0, 300));
  const found = finding('reports_unlisted', [], { list: portal.index_url, reports: gone.length, examples });
  return [{ portal: portal.id, ...found }];
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

/** Everything that a portal lists, and where its address leads (`at`). What failed is a problem; rejects only when the run is to end. */
export async function readList(
  portal: Portal,
  session: Session,
  now: () => Date,
): Promise<Pick<Discovery, 'links' | 'problems' | 'detected'> & { at: string }> {
  const io = ioOf(portal.id, session, now);
  let at = portal.index_url;
  const get: Io['get'] = async (url, kind, request) => {
    const page = await io.get(url, kind, request);
    if (url === portal.index_url) at = page.url;
    return page;
  };
  try {
    const family = families.get(portal.family);
    if (!family) throw new Error(`family ${portal.family} is not one of ${[...families.keys()].join(', ')}`);
    return { ...(await discover(portal, family, { ...io, get })), at };
  } catch (error) {
    session.stop.throwIfAborted();
    const failed = finding('list_failed', [], { list: portal.index_url, said: said(error) });
    return { links: [], detected: null, problems: [{ portal: portal.id, ...failed }], at };
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
