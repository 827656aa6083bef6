import { createHash } from 'node:crypto';
import { kindsBy } from '../../transforms/finding-kinds.ts';
import type { Finding } from '../../transforms/findings.ts';

/** What is wrong tonight: a finding about a portal, an article or, with `portal` null, the night itself. */
export type Trouble = Finding & { portal: string | null };

/** Something that a person has to see to: one and the same on every night until it is cured. */
export interface Problem {
  /** Stays the same whatever the message says. */
  id: string;
  portal: string | null;
  /** Of the article or list in question; null where it is about neither. */
  url: string | null;
  code: Finding['code'];
  message: string;
  /** Start of the first run that saw it, ISO UTC. */
  since: string;
  /** Somebody has seen it and need not be told again, for now. */
  acknowledged: boolean;
  /** Until when, YYYY-MM-DD, and why; null where it is not acknowledged. */
  until: string | null;
  why: string | null;
  details: Finding['details'];
}

/** That somebody knows of a problem: a line of a file that can be reviewed. */
export interface Acknowledgement {
  id: string;
  /** Last day on which it holds, YYYY-MM-DD. */
  until: string;
  why: string;
  /** It holds for a problem of this extent: of one that grew nobody knows. */
  extent: number;
}

/** Details that tell several troubles of one code about one address apart; what else they say changes from night to night. */
const TELLING = ['column', 'check', 'file', 'year', 'alike'] as const;

/** Where a trouble is. */
function urlOf({ details }: Trouble): string | null {
  if ('url' in details) return details.url;
  return 'list' in details ? details.list : null;
}

function idOf(trouble: Trouble): string {
  const { portal, code } = trouble;
  const details = trouble.details as Record<string, unknown>;
  const what = TELLING.map((name) => details[name] ?? null);
  return createHash('sha256')
    .update(JSON.stringify([portal, code, urlOf(trouble), ...what]))
    .digest('hex')
    .slice(0, 12);
}

/**
 * How much of it there is: reports, rows or pages that a problem is about, or how many are lacking; 1 where it counts
 * nothing. A problem of another size is the same problem, but who acknowledged one report has not seen four hundred.
 */
export function extentOf(details: Problem['details']): number {
  const said = details as Record<string, unknown>;
  const number = (name: string): number | null => (typeof said[name] === 'number' ? said[name] : null);
  const list = (name: string): number | null => (Array.isArray(said[name]) ? said[name].length : null);
  const there = number('now') ?? number('articles') ?? number('pages');
  const due = number('before') ?? number('stated');
  if (due !== null && there !== null) return Math.max(due - there, 1);
  return (
    list('pages') ?? list('portals') ?? list('of') ?? number('reports') ?? number('articles') ?? number('rows') ?? 1
  );
}

/**
 * Tonight's problems, each once, in the order in which they were met.
 * @param before those of the run before: what was there then is as old as it was
 * @param at start of this run, ISO UTC
 */
export function problemsOf(
  troubles: Trouble[],
  before: Problem[],
  acknowledged: Acknowledgement[],
  at: string,
): Problem[] {
  const since = new Map(before.map((problem) => [problem.id, problem.since]));
  const problems = new Map<string, Problem>();
  for (const trouble of troubles) {
    if (trouble.level === 'info') continue;
    const id = idOf(trouble);
    if (problems.has(id)) continue;
    const { portal, code, message, details } = trouble;
    const url = urlOf(trouble);
    const known = { id, portal, url, code, message, since: since.get(id) ?? at };
    problems.set(id, { ...known, ...standing({ id, details }, acknowledged, at), details });
  }
  return [...problems.values()];
}

/** These are about the list of a portal and say nothing against its being whole. */
const BESIDE = new Set<Finding['code']>(['links_off_site', 'rows_astray', 'rows_unlike', 'reports_unlisted']);

/** Because of it a list is not, or may not be, whole. */
export const isOfWholeness = ({ code }: Pick<Finding, 'code'>): boolean =>
  Object.hasOwn(kindsBy.portal, code) && !BESIDE.has(code);

/** Those that nobody was told of, or only in a time that is over. */
export function newOf(problems: Problem[], before: Problem[]): Problem[] {
  const told = new Set(before.filter(({ acknowledged }) => !acknowledged).map(({ id }) => id));
  return problems.filter(({ id, acknowledged }) => !acknowledged && !told.has(id));
}

/** Whether a problem is acknowledged on the day of `at`. */
export function standing(
  { id, details }: Pick<Problem, 'id' | 'details'>,
  acknowledged: Acknowledgement[],
  at: string,
): Pick<Problem, 'acknowledged' | 'until' | 'why'> {
  const found = acknowledged.findLast((one) => one.id === id);
  if (!found || found.until < at.slice(0, 10) || extentOf(details) > found.extent)
    return { acknowledged: false, until: null, why: null };
  return { acknowledged: true, until: found.until, why: found.why };
}

/** Whole days from `since` to `now`. */
export const ageInDays = (since: string, now: string): number =>
  Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 86_400_000));
