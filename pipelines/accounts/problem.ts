import { createHash } from 'node:crypto';
import { kindsBy } from '../../transforms/finding-kinds.ts';
import type { Finding } from '../../transforms/findings.ts';
import { groupedBy } from '../../transforms/grouped.ts';

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
  /** Start of the first run that saw it, and of the last, ISO UTC. */
  since: string;
  seen: string;
  /** It was cured and came back within a week: it stays open until it was not seen for a week. */
  returned: boolean;
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
  return hashOf([portal, code, urlOf(trouble), ...TELLING.map((name) => details[name] ?? null)]);
}

/**
 * Of the problem that one of an article is a part of where its portal has many alike. How many there are changes from night
 * to night: what is known of the one is known of the other.
 */
const idOfMany = ({ portal, message }: Pick<Problem, 'portal' | 'message'>): string =>
  hashOf([portal, 'articles_alike', null, ...TELLING.map((name) => (name === 'alike' ? stateOf(message) : null))]);

/** What is said of an article, without what is its own or that night's: addresses, seconds, numbers of a process. */
export const stateOf = (message: string): string => message.replace(/https?:\S*|\b[\dA-F]{4,}\b/g, '…');

const hashOf = (parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);

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
  // Governments have until later: who knows that organs are late has not seen that they are.
  if (Array.isArray(said['of'])) return said['of'].includes('government') ? 2 : 1;
  return list('pages') ?? list('portals') ?? number('reports') ?? number('articles') ?? number('rows') ?? 1;
}

/** What comes and goes, a host that is down every other night, is one problem: it is over when it stayed away so long. */
const OVER_MS = 7 * 86_400_000;
const isOver = (last: string, at: string): boolean => Date.parse(at) - Date.parse(last) > OVER_MS;

/** A problem that was cured lately, and when. */
export type Cured = Pick<Problem, 'id' | 'since'> & { cured: string };

/**
 * Tonight's problems, each once, in the order in which they were met; then those that come and go and were not met.
 * @param before those of the run before: what was there then is as old as it was
 * @param at start of this run, ISO UTC
 */
export function problemsOf(
  troubles: Trouble[],
  before: Problem[],
  acknowledged: Acknowledgement[],
  at: string,
  lately: Cured[] = [],
): Problem[] {
  const back = new Map(lately.filter(({ cured }) => !isOver(cured, at)).map((one) => [one.id, one.since]));
  const returned = new Set(before.filter((one) => one.returned).map(({ id }) => id));
  const since = new Map(before.map((problem) => [problem.id, problem.since]));
  const sinceOne = new Map(
    before.toSorted((a, b) => b.since.localeCompare(a.since)).map((one) => [idOfMany(one), one.since]),
  );
  const problems = new Map<string, Omit<Problem, keyof Standing>>();
  for (const trouble of troubles) {
    if (trouble.level === 'info') continue;
    const id = idOf(trouble);
    if (problems.has(id)) continue;
    const { portal, code, message, details } = trouble;
    const first = since.get(id) ?? since.get(idOfMany(trouble)) ?? sinceOne.get(id) ?? back.get(id) ?? at;
    const isBack = returned.has(id) || (back.has(id) && !since.has(id));
    const seen = { since: first, seen: at, returned: isBack };
    problems.set(id, { id, portal, url: urlOf(trouble), code, message, ...seen, details });
  }
  const met = withStanding([...problems.values()], acknowledged, at);
  const away = curedOf(met, before).filter((one) => one.returned && !isOver(one.seen, at));
  return [...met, ...withStanding(away, acknowledged, at)];
}

/** What may come back: cured tonight, or in the week before. */
export const latelyOf = (cured: Problem[], lately: Cured[], at: string): Cured[] => [
  ...lately.filter((one) => !isOver(one.cured, at) && !cured.some(({ id }) => id === one.id)),
  ...cured.map(({ id, since }) => ({ id, since, cured: at })),
];

/** Which of a night's problems are acknowledged on the day of `at`, by themselves or as several that are alike. */
export function withStanding<P extends Omit<Problem, keyof Standing>>(
  problems: P[],
  acknowledged: Acknowledgement[],
  at: string,
): (P & Standing)[] {
  const alike = groupedBy(problems, (one) => [idOfMany(one)]);
  return problems.map((one) => {
    const own = standing(one.id, extentOf(one.details), acknowledged, at);
    const many = idOfMany(one);
    return { ...one, ...(own.acknowledged ? own : standing(many, alike.get(many)?.length ?? 1, acknowledged, at)) };
  });
}

/** Whether somebody knows of this trouble by itself. */
export const isAcknowledged = (trouble: Trouble, acknowledged: Acknowledgement[], at: string): boolean =>
  standing(idOf(trouble), extentOf(trouble.details), acknowledged, at).acknowledged;

/** These are about the list of a portal and say nothing against its being whole. */
const BESIDE = new Set<Finding['code']>(['links_off_site', 'rows_astray', 'rows_unlike', 'reports_unlisted']);

/** Because of it a list is not, or may not be, whole. */
export const isOfWholeness = ({ code }: Pick<Finding, 'code'>): boolean =>
  Object.hasOwn(kindsBy.portal, code) && !BESIDE.has(code);

/** Those that nobody was told of, or only in a time that is over. */
export function newOf(problems: Problem[], before: Problem[]): Problem[] {
  const told = new Set(before.filter(({ acknowledged }) => !acknowledged).map(({ id }) => id));
  return problems.filter((one) => !one.acknowledged && !told.has(one.id) && !told.has(idOfMany(one)));
}

/** Those of before that are over, and not only told with others or without them now. */
export function curedOf(problems: Problem[], before: Problem[]): Problem[] {
  const open = new Set(problems.map(({ id }) => id));
  const parts = new Set(problems.map(idOfMany));
  return before.filter((one) => !open.has(one.id) && !open.has(idOfMany(one)) && !parts.has(one.id));
}

type Standing = Pick<Problem, 'acknowledged' | 'until' | 'why'>;

function standing(id: string, extent: number, acknowledged: Acknowledgement[], at: string): Standing {
  const found = acknowledged.findLast((one) => one.id === id);
  if (!found || found.until < at.slice(0, 10) || extent > found.extent)
    return { acknowledged: false, until: null, why: null };
  return { acknowledged: true, until: found.until, why: found.why };
}

/** Whole days from `since` to `now`. */
export const ageInDays = (since: string, now: string): number =>
  Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 86_400_000));
