import { said, type DetailsOf } from '../transforms/findings.ts';
import { isReport, mayBeReport } from './judged.ts';
import { BrowserMissing } from './errors.ts';
import type { Pages } from './family.ts';
import { addressKey, onPortal, resolve, siteOf } from './links.ts';
import type { Pager } from './pager.ts';
import type { ListPage } from './rows.ts';
import { ended, MAX_PAGES, sentOf, type Page, type Run } from './run.ts';

/** One page of a list that is to be read. */
interface Turn {
  url: string;
  /** From 1, as far as it is known. */
  number: number;
  /** False for the page after one that names none: it is asked for because it may be there. */
  named: boolean;
}

type Gap = DetailsOf<'pages_lost'>['how'];

/** One list, while its pages are read. */
interface List {
  first: string;
  turns: Turn[];
  /** Keys of all that ever were among them. */
  queued: Set<string>;
  visited: Set<string>;
  /** Pages with rows of their own, and the highest number of one. */
  read: number;
  last: number;
  /** Keys of the addresses of all rows, and addresses of all further lists that it leads to. */
  rows: Set<string>;
  columns: Set<string>;
  /** Where any page is asked for, by the first that says it. */
  asks: string | null;
  /** Last stated by any of its pages. */
  stated: Pick<Pager, 'pages' | 'rows'>;
  /** A control of the last page that leads to no address. */
  scripted: string | null;
  /** The rows of the last page that had some of its own. */
  latest: string;
  /** Pages that gave no row of their own; `again`: the rows of the page before, and no others. */
  gaps: (Turn & { how: Gap; again: boolean })[];
}

/**
 * Reads a list page after page, as its pager and its numbering lead, and says what is missing by its own account.
 * `onColumn` is told of every other list that its pages lead to.
 */
export async function readPages(run: Run, pages: Pages, start: string, onColumn: (url: string) => void): Promise<void> {
  const list: List = {
    first: start,
    turns: [{ url: start, number: 1, named: true }],
    queued: new Set([addressKey(start)]),
    visited: new Set(),
    read: 0,
    last: 1,
    rows: new Set(),
    columns: new Set(),
    asks: null,
    stated: { pages: null, rows: null },
    scripted: null,
    latest: '',
    gaps: [],
  };
  const before = run.problems.length;
  for (let turn = nextTurn(list); turn !== undefined; turn = nextTurn(list)) {
    if (list.visited.size >= MAX_PAGES) return run.problem('page_limit', { list: turn.url, pages: MAX_PAGES });
    list.visited.add(addressKey(turn.url));
    const page = await openPage(run, pages, turn);
    if (run.problems.length > before) return;
    if (page) list.visited.add(addressKey(page.url));
    if (page && turn.number === 1) list.first = page.url;
    page?.columns.forEach(onColumn);
    if (page && takeRows(run, list, page)) {
      list.read += 1;
      list.last = Math.max(list.last, turn.number);
      list.latest = addressesOf(page);
      addTurns(run, list, pages, turn, page);
    } else if (turn.number > 1) {
      const how = page === null ? 'missing' : page.rows.length > 0 ? 'repeated' : 'empty';
      const again = page !== null && how === 'repeated' && list.read > 1 && addressesOf(page) === list.latest;
      // One page on, as this one may be a hole or an old copy: what follows then shows it.
      const isNew = !list.gaps.some(({ number }) => number === turn.number - 1);
      list.gaps.push({ ...turn, how, again });
      if (again && isNew && page?.pager.next) add(list, page.pager.next, turn.number + 1, true);
      else if (!turn.named && isNew) add(list, numbered(list, pages, turn.number + 1), turn.number + 1, false);
    }
    const oneOff = list.turns.length === 0 ? oneFurther(list) : null;
    if (oneOff) add(list, oneOff.url, oneOff.number, false);
  }
  tellWhatIsMissing(run, list);
}

const addressesOf = ({ rows }: ListPage): string => rows.map(({ href }) => href).join(' ');

const nextTurn = (list: List): Turn | undefined => {
  list.turns.sort((a, b) => a.number - b.number);
  return list.turns.shift();
};

/** False where none of the rows, nor of the further lists, is new to this list. */
function takeRows(run: Run, list: List, page: ListPage & { url: string }): boolean {
  const before = list.rows.size + list.columns.size;
  for (const column of page.columns) list.columns.add(column);
  for (const { href, fits, title, date, id } of page.rows) {
    list.rows.add(addressKey(href));
    const row = { href, base: page.url, title, date, id };
    const url = fits ? null : resolve(href, page.url);
    if (url?.hash === '' && LIST.test(url.pathname) && onPortal(url, run.portal)) {
      run.doubtful.set(url.href, row);
      continue;
    }
    if (!fits) run.unlike.add(href);
    run.found.add(row);
  }
  page.astray.forEach((title) => run.astray.add(title));
  run.found.ignored.not_http += page.scripted;
  return list.rows.size + list.columns.size > before;
}

/** Lists are called as folders, and a tab for another year is called as its reports are. */
const LIST = /\/(?:(?:index|default|list)\w{0,20}\.s?html?)?$/i;

/** Takes what was doubtful for what it turns out to be: the article, or a list beside this one, which belongs elsewhere. */
export async function takeDoubtful(run: Run, pages: Pages, known: Set<string>): Promise<void> {
  for (const [url, row] of [...run.doubtful].slice(0, MAX_PAGES)) {
    run.doubtful.delete(url);
    if (known.has(url)) continue;
    const page = await run.io.get(url, 'list');
    const read = page.outcome === 'ok' ? await rowsOf(run, page, pages) : null;
    if (read && read.article === null && read.rows.length + read.columns.length > 0) continue;
    if (!read?.article) run.unlike.add(url);
    run.found.add(row);
  }
  const left = run.doubtful.size;
  if (left > 0) run.problem('page_limit', { list: run.portal.index_url, columns: left + MAX_PAGES, read: MAX_PAGES });
}

/** What the pager of a page leads to; without any, the next page by the numbering of the family. */
function addTurns(
  run: Run,
  list: List,
  pages: Pages,
  { number }: Turn,
  { pager, url }: ListPage & { url: string },
): void {
  list.asks ??= pager.asks;
  list.stated = { pages: pager.pages ?? list.stated.pages, rows: pager.rows ?? list.stated.rows };
  // Where the numbers of pages are addresses, the last page has the greatest.
  if (number >= list.last) list.scripted = pager.numbered.length > 0 ? null : pager.scripted;
  const last = list.stated.pages ?? Infinity;
  for (const page of pager.numbered)
    if (page.number <= last && isHere(page.url)) add(list, page.url, page.number, true);
  if (pager.next !== null && number < last) {
    if (isHere(pager.next)) add(list, pager.next, number + 1, true);
    else list.scripted = pager.next.slice(0, 100);
  }
  if (list.turns.length > 0 || number >= last) return;
  const isStated = list.stated.pages !== null;
  const saysNothing = pager.next === null && pager.numbered.length === 0;
  if (isStated || saysNothing) add(list, numbered(list, pages, number + 1), number + 1, isStated);

  function isHere(address: string): boolean {
    const to = resolve(address, url);
    return to !== null && onPortal(to, run.portal);
  }
}

/** The address of a page by its number; null where neither a page of the list nor its name nor the family says it. */
function numbered(list: List, { paging }: Pages, number: number): string | null {
  if (list.asks !== null) return list.asks.replace('{number}', String(number));
  const url = new URL(list.first);
  url.hash = '';
  if (paging.by === 'number') {
    const name = paging.name.replace('{number}', String(paging.second + number - 2));
    url.pathname = url.pathname.replace(/[^/]*$/, () => name);
    return url.href;
  }
  if (FIRST_IN_QUERY.test(url.search)) {
    url.search = url.search.replace(FIRST_IN_QUERY, `$1${number}`);
    return url.href;
  }
  if (!FIRST_OF_ALL.test(url.pathname)) return null;
  url.pathname = url.pathname.replace(FIRST_OF_ALL, `$1${number}$2`);
  return url.href;
}
/** Lists that call their first page by its number: `1.html`, `page_1.html`, `?cur_page=1`; but `index_1` is mostly the second. */
const FIRST_IN_QUERY = /([?&](?:curr?_?)?page(?:_?(?:no|num|index))?=)1(?=&|$)/i;
const FIRST_OF_ALL = /(\/(?!index)(?:[a-z]{1,10}[_-])?)1(\.s?html?)$/i;

function add(list: List, url: string | null, number: number, named: boolean): void {
  if (url === null || list.queued.size >= MAX_QUEUED) return;
  const key = addressKey(url);
  if (list.visited.has(key) || list.queued.has(key)) return;
  list.queued.add(key);
  list.turns.push({ url, number, named });
}

/** More than are ever asked for, so that what is left is told: pages may name ten thousand others each. */
const MAX_QUEUED = 4 * MAX_PAGES;

/**
 * Some sites count on from another number than their system: page 2 is not where it should be, all others are, and the
 * last is one further.
 */
function oneFurther({ gaps, stated }: List): { url: string; number: number } | null {
  const [gap, ...others] = gaps;
  const number = /_(\d+)(?=\.\w+$)/.exec(gap?.url ?? '')?.[1];
  if (gap?.number !== 2 || others.length > 0 || number === undefined || stated.pages === null) return null;
  const last = `_${Number(number) + stated.pages - 1}`;
  return { url: gap.url.replace(/_\d+(?=\.\w+$)/, last), number: stated.pages + 1 };
}

/** By its own account. Pages that nobody named, after the last one with rows, are its end. */
function tellWhatIsMissing(run: Run, { first, read, last, rows, columns, stated, scripted, gaps }: List): void {
  // A list of nothing but lists counts these.
  const found = rows.size > 0 ? rows.size + run.astray.size : columns.size;
  const isWhole = stated.pages !== null && read >= stated.pages;
  // Asked for what lies beyond the end, some systems give the last page, however far: twice is no old copy of one page.
  const beyond = gaps.filter(({ number }) => number > last);
  const isEnd = beyond.length > 1 && beyond.every(({ again }) => again);
  const lost = isWhole ? [] : gaps.filter(({ named, number }) => (named && !(isEnd && number > last)) || number < last);
  // Rows beside the list count as well: enough of them make up for no page that is said to be and is not there.
  const lacksPage = stated.pages !== null && lost.some(({ named, how }) => named && how === 'missing');
  if (stated.rows !== null && found >= stated.rows && !lacksPage) return;
  const [gap] = lost;
  if (gap) run.problem('pages_lost', { list: first, pages: lost.map(({ number }) => number), how: gap.how });
  else if (scripted !== null && !isWhole) run.problem('pages_scripted', { list: first, next: scripted });
  else if (stated.pages !== null && !isWhole)
    run.problem('list_short', { list: first, pages: read, stated: stated.pages });
  else if (stated.rows !== null) run.problem('list_short', { list: first, articles: found, stated: stated.rows });
}

/** One page of a list, through the browser where that is what it takes; null where the list ends, with the reason if it is a fault. */
async function openPage(run: Run, pages: Pages, { url, number }: Turn) {
  let page = await run.io.get(url, 'list');
  const readable = page.outcome === 'ok' || (page.outcome === 'empty' && pages.render === 'when_empty');
  if (!readable) return ended(run, page, url, number, true);
  if (leadsUp(url, page.url)) return moved(run, page, { url, number });
  let read = await rowsOf(run, page, pages);
  if (read && lacksItsRows(read, number))
    ({ page, read } = (await shownInside(run, pages, page, read, 0)) ?? { page, read });
  if (pages.render === 'when_empty' && read?.hasScripts && lacksItsRows(read, number)) {
    const rendered = await renderedPage(run, pages, page, { url, number });
    if (rendered === null && read.rows.length === 0) return null;
    if (rendered !== null && (rendered.read.rows.length > 0 || read.rows.length === 0)) ({ page, read } = rendered);
  }
  if (read === null) return null;
  run.pages += 1;
  // What the register names is a list, unless it is a report.
  const article = read.rows.some(({ title }) => isReport(title)) ? null : read.article;
  if (article !== null && (isReport(article) || url !== run.portal.index_url))
    run.found.add({ href: page.url, base: page.url, title: article, date: null, id: null });
  else if (number === 1 && read.rows.length + read.columns.length + read.astray.length === 0)
    run.problem('list_empty', { list: url, how: 'page' });
  return { ...read, url: page.url };
}

/** The first that lists anything of what a page shows in frames, or sends its reader on to; null where none does. */
async function shownInside(
  run: Run,
  pages: Pages,
  around: Page,
  { inside, columns, astray }: ListPage,
  depth: number,
): Promise<{ page: Page; read: ListPage } | null> {
  for (const url of inside) {
    const at = resolve(url, run.portal.index_url);
    if (!at || !onPortal(at, run.portal) || isHomeOf(at, around.url)) continue;
    const page = await run.io.get(at.href, 'list');
    if (leadsUp(at.href, page.url)) continue;
    const read = page.outcome === 'ok' || page.outcome === 'empty' ? await rowsOf(run, page, pages) : null;
    if (read === null) continue;
    const isDeeper = lacksItsRows(read, 1);
    if (isDeeper && depth === MAX_FRAMES) continue;
    const shown = isDeeper ? await shownInside(run, pages, page, read, depth + 1) : { page, read };
    if (shown === null) continue;
    // What stands around a frame is of the list too: the lists of other years.
    const both = (name: 'columns' | 'astray', around: string[]) => [...new Set([...around, ...shown.read[name]])];
    return {
      page: shown.page,
      read: { ...shown.read, columns: both('columns', columns), astray: both('astray', astray) },
    };
  }
  return null;
}
/** A page sends its reader on to a set of frames, of which one holds the list in another. */
const MAX_FRAMES = 2;

/** The page as a browser leaves it; null where that cannot be had, with the reason. */
async function renderedPage(run: Run, pages: Pages, sent: Page, { url, number }: Pick<Turn, 'url' | 'number'>) {
  try {
    // Where the address leads, robots.txt of there included, is known by now.
    const page = await run.io.render(sent.url);
    if (page.outcome !== 'ok') return ended(run, page, url, number, false);
    const read = await rowsOf(run, page, pages);
    return read && { page, read };
  } catch (error) {
    if (!(error instanceof BrowserMissing)) throw error;
    run.problem('browser_missing', { list: url, said: said(error.reason), tried: error.tried });
    return null;
  }
}

/** No row at all; or, on a first page, none that may be a report: the news beside a list that a script writes are no list. */
const lacksItsRows = ({ rows, columns, astray }: ListPage, number: number): boolean =>
  rows.length === 0 ||
  (number === 1 && columns.length + astray.length === 0 && rows.every(({ title }) => !mayBeReport(title)));

/** The home page, or the list around it, answers in place of many a list that is gone: not one row of theirs belongs here. */
export function moved(run: Run, page: Page, { url, number }: Pick<Turn, 'url' | 'number'>): null {
  const leads = `it leads to ${page.url.slice(0, 300)}`;
  if (number === 1) run.problem('list_error', { list: url, status: page.status, outcome: 'moved', said: leads });
  return null;
}

/** What pages that are gone send their readers to, and others show in a corner. */
const isHomeOf = ({ href, hostname, pathname, search }: URL, page: string): boolean =>
  siteOf(hostname) === siteOf(new URL(page).hostname) &&
  search === '' &&
  /^\/(?:(?:index|default|home)\.\w{2,5})?$/i.test(pathname) &&
  leadsUp(page, href);

/** Whether an address that was asked for leads to a folder further up, or loses what its query says. */
export function leadsUp(asked: string, final: string): boolean {
  const [from, to] = [new URL(asked), new URL(final)];
  const [here, there] = [from, to].map(({ pathname }) => pathname.replace(/[^/]*$/, ''));
  const isLost = from.pathname === to.pathname && from.search !== '' && to.search === '';
  return isLost || (here !== there && here!.startsWith(there!));
}

/** The anchors of a page; null where they cannot be had, which is a problem of this list and nothing else. */
async function rowsOf(run: Run, page: Page, { rows }: Pages): Promise<ListPage | null> {
  const read = await run.io.look('rows', { ...sentOf(page), rows });
  if (!('unseen' in read)) return read;
  run.problem('list_failed', { list: page.url, said: read.unseen });
  return null;
}
