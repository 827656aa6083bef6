import { finding, said, type Finding } from '../../transforms/findings.ts';
import { groupedBy } from '../../transforms/grouped.ts';
import type { Verdict } from '../../warehouse/checks.ts';
import type { PortalLinks } from '../archive/archive.ts';
import { isGone, troubleOf, type Document, type Result } from '../archive/documents.ts';
import type { FetchSummary } from '../fetch.ts';
import type { Past } from './account.ts';
import { nothingHeld, type Holdings } from './holdings.ts';
import { stateOf, type Trouble } from './problem.ts';
import { overdueOf } from './silence.ts';

/**
 * What is wrong as things stand, not what went wrong tonight: a dead link is still one on a night on which its host was
 * left alone.
 */

/** Of lists as they were last read, and of articles and files as they were last asked for. */
export const ofPortals = (links: PortalLinks[], documents: Document[]): Trouble[] => [
  ...links.flatMap(({ problems }) => problems),
  ...documents.flatMap(ofDocument),
];

/** A host that gives no list gives no article either: that is one trouble, not one for each article that was due. */
export function withoutShut(troubles: Trouble[]): Trouble[] {
  const shut = new Set(
    troubles.flatMap((trouble) => (isOfHost(trouble) && 'list' in trouble.details ? hostOf(trouble.details.list) : [])),
  );
  return troubles.filter(
    ({ code, details }) => !(isRefusal(code) && 'url' in details && shut.has(hostOf(details.url))),
  );
}

/** A file that cannot be had is why its document cannot be read: that is one trouble as well. */
export function withoutUnread(troubles: Trouble[]): Trouble[] {
  const lacking = new Set(
    troubles.flatMap(({ portal, code, details }) => (code === 'file_failed' ? [`${portal} ${details.url}`] : [])),
  );
  return troubles.filter(
    ({ portal, code, details }) => code !== 'document_unread' || !lacking.has(`${portal} ${details.url}`),
  );
}

/** A list that leads elsewhere says nothing of its host. */
const isOfHost = ({ code, details }: Trouble): boolean =>
  ['list_error', 'list_blocked', 'host_closed'].includes(code) &&
  !('outcome' in details && details.outcome === 'moved');
const isRefusal = (code: Finding['code']): boolean => code === 'article_failed' || code === 'article_blocked';
const hostOf = (url: string): string => new URL(url).host;

function ofDocument(document: Document): Trouble[] {
  const { portal, url, verdict, article, attempt, missing } = document;
  if (verdict.kind === 'other') return [];
  // A report that is held and whose page is gone for good was told, is withdrawn, and needs nobody.
  if (article !== null && isGone(document)) return [];
  if (attempt && attempt.outcome !== 'ok') return ofAttempt(attempt).map((found) => ({ portal, ...found }));
  if (article === null) return [];
  return missing.slice(0, 1).map(({ url: file, outcome, error }) => ({
    portal,
    ...finding('file_failed', [], { url, file, outcome, ...because(error) }),
  }));

  function ofAttempt({ outcome, status, error }: NonNullable<Document['attempt']>) {
    switch (outcome) {
      // What a portal closes to programs is none of theirs.
      case 'disallowed':
        return [];
      case 'not_found':
        return [finding('article_gone', [], { url, status })];
      case 'blocked':
        return [finding('article_blocked', [], { url, status, ...because(error) })];
      default:
        return [finding('article_failed', [], { url, status, outcome, ...because(error) })];
    }
  }
}

/** Of a title of a report without the report, and of a page that is no longer the report that it was. */
export function ofResult(result: Result): Trouble[] {
  const { portal, url } = result.document;
  const { superseded, inTurnsSince, withdrawnOn } = result;
  if (inTurnsSince !== null && withdrawnOn === null)
    return [{ portal, ...finding('report_unsteady', [], { url, since: inTurnsSince }) }];
  if (superseded !== null && withdrawnOn === null)
    return [{ portal, ...finding('report_lost', [], { url, instead: superseded }) }];
  const wrong = troubleOf(result);
  return wrong === null ? [] : [{ portal, ...finding('document_unread', [], { url, said: said(wrong) }) }];
}

/** More articles of a portal than these, in one state, have one cause: the portal changed, or does not serve us now. */
const MOST_ALIKE = 3;

/** Likewise, many articles of a portal that are alike as one, but for those that somebody knows of by themselves. */
export function withoutRepeats(troubles: Trouble[], isKnown: (trouble: Trouble) => boolean): Trouble[] {
  const isOwn = (trouble: Trouble): boolean => !('url' in trouble.details) || isKnown(trouble);
  const groups = groupedBy(troubles, (trouble) =>
    isOwn(trouble) ? [] : [`${trouble.portal} ${trouble.code} ${stateOf(trouble.message)}`],
  );
  const known = troubles.filter(isOwn);
  const others = [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (alike.length <= MOST_ALIKE || !first) return alike;
    const examples = alike.flatMap(({ details }) => ('url' in details ? [details.url] : [])).slice(0, MOST_ALIKE);
    const details = { kind: first.code, alike: stateOf(first.message), articles: alike.length, examples };
    return [{ portal: first.portal, ...finding('articles_alike', [], details) }];
  });
  return [...known, ...others];
}

const because = (error: string | null) => (error === null ? {} : { said: said(error) });

/** What was left tonight and of which the archive holds no trace. */
export function ofFailures(failed: FetchSummary['failed'], told: Trouble[]): Trouble[] {
  const known = new Set(told.flatMap(({ details }) => ('url' in details ? [details.url] : [])));
  return failed
    .filter(({ url }) => !known.has(url))
    .map(({ portal, url, reason }) => ({
      portal,
      ...finding('article_failed', [], { url, status: null, outcome: 'left', said: said(reason) }),
    }));
}

/** What the tables say of a portal: reports without tables, and what is not there. */
export function ofHoldings(links: PortalLinks, holdings: Holdings, past: Record<string, Past>, now: Date): Trouble[] {
  const { id } = links.portal;
  const { tableless, newest, reports, cells } = holdings.get(id) ?? nothingHeld;
  const found = [
    ...tableless.map(({ url, year }) => finding('report_without_table', [], { url, year })),
    ...fallsOf({ reports, cells }, past[id]),
  ].map((found): Trouble => ({ portal: id, ...found }));
  return [...found, ...overdueOf(links, newest, now)];
}

function fallsOf(now: { reports: number; cells: number }, best: Past | undefined) {
  if (best === undefined) return [];
  const on = best.best_at.slice(0, 10);
  if (now.reports < best.reports) return [finding('reports_fell', [], { now: now.reports, before: best.reports, on })];
  if (best.cells - now.cells >= CELLS_OF_A_TABLE)
    return [finding('cells_fell', [], { now: now.cells, before: best.cells, on })];
  return [];
}

/** Half of the smallest table of requests, that of 2014–2018; a cell less here and there is a revision. */
const CELLS_OF_A_TABLE = 20;

export const ofChecks = (verdict: Verdict | null): Trouble[] =>
  (verdict?.failures ?? []).map(({ check, message, count }) => ({
    portal: null,
    ...finding('check_failed', [], { check, rows: count, said: said(message) }),
  }));

/** @param mended each `path: what became of it`, as the archive says it */
export const ofDamage = (mended: string[], place: string): Trouble[] =>
  mended.map((line) => {
    const [path = '', ...rest] = line.split(': ');
    const file = path.startsWith(place) ? path.slice(place.length).replace(/^[\\/]+/, '') : said(path);
    return { portal: null, ...finding('archive_damaged', [], { file, said: said(rest.join(': ')) }) };
  });
