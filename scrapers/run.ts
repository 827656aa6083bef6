import { finding, said, type DetailsOf, type Finding, type PortalCode } from '../transforms/findings.ts';
import type { Capture, RequestInit } from './capture.ts';
import type { Family } from './family.ts';
import { collector, type Collected } from './links.ts';
import type { Look, Sent } from './looks.ts';
import type { Portal } from './portals.ts';

/** Why a portal's list is not, or may not be, complete. */
export type Problem = Finding & { portal: string };

/** One answer, into which nobody has looked. */
export interface Page extends Sent {
  status: number | null;
  outcome: Capture['outcome'];
  /** Why the outcome is not `ok`, as far as it is known. */
  error: string | null;
}

export interface Io {
  get(url: string, kind: 'list' | 'api', request?: RequestInit): Promise<Page>;
  /** Rejects with `BrowserMissing` when there is none. */
  render(url: string): Promise<Page>;
  look: Look;
  now: () => Date;
}

/** What every kind of listing works with: one portal's list, while it is read. */
export interface Run {
  portal: Portal;
  io: Io;
  found: Collected;
  /** Pages of lists that were read. */
  pages: number;
  /** Titles of reports whose rows lead to no address. */
  astray: Set<string>;
  /** Addresses of rows under titles of reports that are none of the family's. */
  unlike: Set<string>;
  /** By address, what may be a report as well as a list of a year or a unit beside this one. */
  doubtful: Map<string, Parameters<Collected['add']>[0]>;
  problems: Problem[];
  problem<C extends PortalCode>(code: C, details: DetailsOf<C>): void;
}

export const MAX_PAGES = 500;

export function startRun(portal: Portal, family: Family, io: Io): Run {
  const problems: Problem[] = [];
  return {
    portal,
    io,
    found: collector(portal, family.twins),
    pages: 0,
    astray: new Set(),
    unlike: new Set(),
    doubtful: new Map(),
    problems,
    problem: (code, details) => problems.push({ portal: portal.id, ...finding(code, [], details) }),
  };
}

export const sentOf = ({ bytes, contentType, url }: Page): Sent => ({ bytes, contentType, url });

/** Says why a list ends here. After the first page of a numbered list, a page that is not there is its proper end. */
export function ended(
  run: Run,
  { outcome, status, error }: Page,
  url: string,
  number: number,
  numberedList: boolean,
): null {
  if (number > 1 && numberedList && (outcome === 'not_found' || outcome === 'empty')) return null;
  const answer = { list: url, status };
  const why = error === null || error === `HTTP ${status}` ? {} : { said: said(error) };
  if (outcome === 'disallowed') run.problem('robots_disallowed', { list: url, ...why });
  else if (outcome === 'postponed') run.problem('host_closed', { list: url, ...why });
  else if (number > 1) run.problem('page_error', { ...answer, page: number, outcome, ...why });
  else if (outcome === 'not_found') run.problem('list_missing', answer);
  else if (outcome === 'blocked') run.problem('list_blocked', answer);
  else if (outcome === 'empty') run.problem('list_empty', { ...answer, how: 'shell' });
  else run.problem('list_error', { ...answer, outcome, ...why });
  return null;
}
