import { readDocuments } from './read.ts';
import { troubleOf, type Outcome } from './archive/documents.ts';
import type { Archive } from './archive/archive.ts';

/** Coverage and freshness of one portal. `discovered` is the sum of the four outcomes. */
export interface PortalStatus extends Record<Outcome, number> {
  portal: string;
  /** By which its list was last read, as recognised where the register leaves that to the page; null when never. */
  family: string | null;
  /** When its list was last read, ISO UTC; null when never. */
  listed_at: string | null;
  discovered: number;
  /** Facts in its reports. */
  facts: number;
  problems: { code: string; message: string }[];
  /** Documents that gave no report though their title says so, or no longer give it, each with the reason. */
  unfinished: { url: string; outcome: Outcome; reason: string | null }[];
}

/** One entry a portal, in the order asked for. */
export async function statusOf(portals: string[], archive: Archive): Promise<PortalStatus[]> {
  const byPortal = new Map(portals.map((portal) => [portal, emptyStatus(portal)]));
  for (const [portal, status] of byPortal) {
    const links = await archive.links.read(portal);
    status.family = links?.detected?.family ?? links?.portal.family ?? null;
    status.listed_at = links?.listed_at ?? null;
    status.problems = links?.problems.map(({ code, message }) => ({ code, message })) ?? [];
  }
  for (const result of await readDocuments(archive, portals)) {
    const { document, reading, outcome, reason } = result;
    const status = byPortal.get(document.portal);
    if (!status) continue;
    status.discovered++;
    status[outcome]++;
    if (outcome === 'report') status.facts += reading?.facts.length ?? 0;
    if (outcome === 'not_fetched' || troubleOf(result) !== null) {
      status.unfinished.push({ url: document.url, outcome, reason: troubleOf(result) ?? reason });
    }
  }
  return [...byPortal.values()];
}

const emptyStatus = (portal: string): PortalStatus => ({
  portal,
  family: null,
  listed_at: null,
  discovered: 0,
  report: 0,
  not_a_report: 0,
  unread: 0,
  not_fetched: 0,
  facts: 0,
  problems: [],
  unfinished: [],
});
