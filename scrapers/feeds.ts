import type { Behind } from './family.ts';
import { MAX_FEEDS, type Answer, type Ask, type Feed } from './interfaces/interface.ts';
import { addressKey, isNeighbour, resolve, type Link } from './links.ts';
import { said } from '../transforms/findings.ts';
import { ended, MAX_PAGES, sentOf, type Page, type Problem, type Run } from './run.ts';

/** Reads what an interface gives for the column whose page is `column`, which holds rows of its own besides. */
export async function readInterface(run: Run, { system, rows }: Behind, column: Page): Promise<void> {
  const list = column.url;
  const opening = await run.io.look('opening', { ...sentOf(column), system, rows });
  if ('unseen' in opening) return run.problem('list_failed', { list, said: opening.unseen });
  const { feeds } = opening;
  if (feeds.length > MAX_FEEDS) run.problem('page_limit', { list, columns: feeds.length, read: MAX_FEEDS });
  opening.rows.forEach((row) => add(run, row, list));
  const unsure: Problem[] = [];
  for (const feed of feeds.slice(0, MAX_FEEDS)) {
    const before = run.problems.length;
    const { given, unread } = await readFeed(run, { system, rows }, feed, list);
    if (unread > 0) run.problem('row_unreadable', { list, column: feed.name, rows: unread });
    // What may be no list at all is no fault of the list.
    if (feed.guessed && given === 0) unsure.push(...run.problems.splice(before));
  }
  if (run.found.links.length === 0) run.problems.push(...unsure);
  if (run.found.links.length === 0 && run.problems.length === 0) run.problem('list_empty', { list, how: 'page' });
}

/**
 * Page after page, until one brings nothing new: a total may be less than what is there. Where it is more, that is told.
 * Gives how many rows it has, and how many more that cannot be read. All is there without asking where a page is shorter
 * than the one before, and the total is met.
 */
async function readFeed(
  run: Run,
  system: Pick<Behind, 'system' | 'rows'>,
  feed: Feed,
  list: string,
): Promise<{ given: number; unread: number }> {
  const { name: column, size } = feed;
  const seen = new Set<string>();
  const take = (rows: Answer['rows'], base: string): number => {
    const before = seen.size;
    for (const row of rows) {
      add(run, row, base);
      const at = resolve(row.href, base);
      seen.add(at ? addressKey(at.href) : row.href);
    }
    return seen.size - before;
  };
  take(feed.rows, list);
  let { total, pages } = feed.stated;
  let { asks } = feed;
  let last = feed.rows.length % size;
  let full = feed.rows.length > 0 ? size : 0;
  let unread = 0;
  const end = () => ({ given: seen.size, unread });
  for (let number = feed.from; ; number += 1) {
    if (seen.size === total && 0 < last && last < full) return end();
    if (number > MAX_PAGES) {
      run.problem('page_limit', { list, pages: MAX_PAGES, column });
      return end();
    }
    const before = run.problems.length;
    const answered = await ask(run, system, { ...feed, asks }, number, list);
    const fresh = answered === null ? 0 : take(answered.answer.rows, answered.url);
    if (answered !== null) {
      const { answer } = answered;
      asks = [answered.kept];
      run.pages += 1;
      total = answer.total ?? total;
      pages = answer.pages ?? pages;
      full = Math.max(full, last);
      last = answer.rows.length;
      unread += answer.bad;
    }
    if (fresh > 0) continue;
    // Why a page cannot be had is the reason for whatever is missing.
    if (run.problems.length > before || unread > 0) return end();
    if (total !== null && seen.size < total)
      run.problem('list_short', { list, column, articles: seen.size, stated: total });
    else if (total === null && pages !== null && number <= pages)
      run.problem('page_error', { list, column, said: `page ${number} of ${pages} holds nothing new` });
    return end();
  }
}

const holes = ({ size }: Feed, number: number): Record<string, string> => ({
  page: String(number),
  first: String((number - 1) * size + 1),
  last: String(number * size),
});

/** The first answer with rows, of several ways to ask; where none has any, the last that could be read. */
async function ask(
  run: Run,
  { system, rows }: Pick<Behind, 'system' | 'rows'>,
  feed: Feed,
  number: number,
  list: string,
): Promise<{ answer: Answer; url: string; kept: Ask } | null> {
  let empty: { answer: Answer; url: string; kept: Ask } | null = null;
  let failed: (() => void) | null = null;
  const { name: column, asks } = feed;
  const values = holes(feed, number);
  for (const way of asks) {
    const url = fill(way.url, values);
    // A page may name any address; a stranger's is not asked in its name.
    if (!isNeighbour(url, list)) {
      failed = () => run.problem('column_off_site', { list, column, to: url.slice(0, 200) });
      continue;
    }
    const form = way.form === null ? {} : { method: 'POST' as const, body: fill(way.form, values) };
    const page = await run.io.get(url, 'api', { ...form, referer: list });
    if (page.outcome !== 'ok') {
      // Which of its pages fails is another every night, and the same trouble.
      failed = () => void ended(run, page, number === 1 ? url : list, number, true);
      continue;
    }
    const answer = await run.io.look('answer', { ...sentOf(page), system, rows });
    if ('unseen' in answer) {
      failed = () => run.problem('page_error', { list, column, said: `page ${number}: ${said(answer.unseen)}` });
      continue;
    }
    if (answer.rows.length > 0) return { answer, url: page.url, kept: way };
    empty ??= { answer, url: page.url, kept: way };
  }
  if (empty === null) failed?.();
  return empty;
}

const fill = (pattern: string, values: Record<string, string>): string =>
  pattern.replace(/\{(page|first|last)\}/g, (_, name: string) => values[name] ?? '');

const add = (run: Run, row: Omit<Link, 'portal' | 'url'> & { href: string }, base: string): boolean =>
  run.found.add({ href: row.href, base, title: row.title, date: row.date, id: row.id });
