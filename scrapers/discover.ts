import { MAX_LEADS, UNKNOWN, type Detected } from './detected.ts';
import { families } from './families/index.ts';
import { mayBeReport } from './judged.ts';
import { readAnnual } from './annual.ts';
import type { Node } from './catalogue.ts';
import type { Annual, Behind, Catalogue, Family, Pages } from './family.ts';
import { readInterface } from './feeds.ts';
import { onPortal, resolve, type Ignored, type Link } from './links.ts';
import { leadsUp, moved, readPages, takeDoubtful } from './pages.ts';
import type { Portal } from './portals.ts';
import { ended, MAX_PAGES, sentOf, startRun, type Io, type Page, type Problem, type Run } from './run.ts';

export interface Discovery {
  links: Link[];
  problems: Problem[];
  /** Pages of lists that were read. */
  pages: number;
  ignored: Ignored;
  /** The family it was read as, where the register leaves that to the page; null where it could not be seen. */
  detected: Detected | null;
}

const MAX_COLUMNS = 200;
/** Years, kinds of units, units. */
const MAX_DEPTH = 3;

/** Reads everything that one portal lists. A portal that lists nothing is a problem, never an empty success. */
export async function discover(portal: Portal, family: Family, io: Io): Promise<Discovery> {
  if (family.listing.how !== 'detected') return read(portal, family, io);
  const { detected, pages } = await recognise(portal.index_url, io);
  const readAs = async (by: Detected | null): Promise<Discovery> => {
    const system = families.get((by ?? UNKNOWN).family);
    if (!system) throw new Error(`no family ${by?.family}`);
    return { ...(await read(portal, system, handing(pages, io))), detected: by };
  };
  const [first = null, ...others] = detected;
  const found = await readAs(first);
  if (first === null || first.family === UNKNOWN.family || listsReports(found)) return found;
  const tried = [found];
  for (const other of [...others, { ...UNKNOWN, by: `by what all lists have in common: no report by ${first.by}` }]) {
    const instead = await readAs(other);
    if (listsReports(instead)) return withProblemsOf(tried, instead);
    tried.push(instead);
  }
  return withProblemsOf(tried.slice(1), found);
}

const listsReports = ({ links }: Discovery): boolean => links.some(({ title }) => mayBeReport(title));

/**
 * What another reading of the column met may be why reports are missing from this one. That it held nothing is why this one
 * was tried.
 */
function withProblemsOf(others: Discovery[], found: Discovery): Discovery {
  const problems = [...found.problems];
  for (const problem of others.flatMap((other) => other.problems)) {
    const isKnown = problems.some(({ code, message }) => code === problem.code && message === problem.message);
    if (problem.code !== 'list_empty' && !isKnown) problems.push(problem);
  }
  return { ...found, problems };
}

/**
 * Which systems may have made a column, the surest first: by its page, else by those of the lists that it leads to; none
 * where it cannot be seen.
 * `pages` are the answers, by what was asked for.
 */
export async function recognise(column: string, io: Io): Promise<{ detected: Detected[]; pages: Map<string, Page> }> {
  const pages = new Map<string, Page>();
  let next = [column];
  for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
    const leads = new Set<string>();
    for (const url of next) {
      const page = await io.get(url, 'list');
      pages.set(url, page);
      const seen = page.outcome === 'ok' ? await io.look('family', sentOf(page)) : null;
      if (depth === 0 && (seen === null || 'unseen' in seen)) return { detected: [], pages };
      if (Array.isArray(seen) && (seen[0]?.family !== UNKNOWN.family || depth === 0)) return { detected: seen, pages };
      if (seen && 'leads' in seen) seen.leads.forEach((lead) => pages.has(lead) || leads.add(lead));
    }
    next = [...leads].slice(0, MAX_LEADS);
  }
  return { detected: [UNKNOWN], pages };
}

/** Gives the pages that are there already to the first who asks for each. */
function handing(pages: Map<string, Page>, io: Io): Io {
  const left = new Map(pages);
  return {
    ...io,
    get: async (url, kind, request) => {
      const page = kind === 'list' ? left.get(url) : undefined;
      left.delete(url);
      return page ?? io.get(url, kind, request);
    },
  };
}

async function read(portal: Portal, family: Family, io: Io): Promise<Discovery> {
  const run = startRun(portal, family, io);
  const { problems } = run;
  const { listing } = family;
  if (listing.how === 'pages') await readLists(run, listing, portal.index_url);
  else if (listing.how === 'interface' || listing.how === 'annual') await readBehind(run, listing);
  else if (listing.how === 'catalogue') await readCatalogue(run, listing, portal.index_url);
  const { links, ignored, elsewhere } = run.found;
  const list = portal.index_url;
  if (elsewhere.size > 0)
    run.problem('links_off_site', { list, reports: elsewhere.size, examples: examplesOf(elsewhere) });
  if (run.astray.size > 0)
    run.problem('rows_astray', { list, reports: run.astray.size, examples: examplesOf(run.astray) });
  // Where addresses say little of what they lead to, or the family is only supposed, one more says nothing.
  const { rows } = listing.how === 'pages' ? listing : { rows: null };
  if (run.unlike.size > 0 && rows?.only === 'all' && family.id === portal.family)
    run.problem('rows_unlike', { list, reports: run.unlike.size, examples: examplesOf(run.unlike) });
  if (links.length === 0 && problems.length === 0) {
    run.problem('list_empty', { list: portal.index_url, how: 'ignored', pages: run.pages, ignored: { ...ignored } });
  }
  return { links, problems, pages: run.pages, ignored, detected: null };
}

const examplesOf = (all: Set<string>): string[] => [...all].slice(0, 3).map((one) => one.slice(0, 300));

/** A list, and those that it leads to: of years, then kinds of units, then units. */
async function readLists(run: Run, pages: Pages, start: string): Promise<void> {
  const known = new Set([start]);
  let level = [start];
  for (let depth = 0; level.length > 0; depth += 1) {
    const next = new Set<string>();
    const columns = (column: string) => known.has(column) || next.add(column);
    for (const list of level) await readPages(run, pages, list, columns);
    const room = depth < MAX_DEPTH ? MAX_COLUMNS - known.size : 0;
    if (next.size > room)
      run.problem('page_limit', { list: start, columns: known.size + next.size, read: known.size + room });
    level = [...next].slice(0, room);
    for (const column of level) known.add(column);
  }
  await takeDoubtful(run, pages, known);
}

async function readBehind(run: Run, listing: Behind | Annual): Promise<void> {
  const { index_url } = run.portal;
  const column = await run.io.get(index_url, 'list');
  if (column.outcome !== 'ok') return void ended(run, column, index_url, 1, false);
  if (leadsUp(index_url, column.url)) return void moved(run, column, { url: index_url, number: 1 });
  run.pages += 1;
  if (listing.how === 'annual') await readAnnual(run, column);
  else await readInterface(run, listing, column);
}

/** @param read addresses of catalogues that were read: units may lead to each other */
async function readCatalogue(run: Run, catalogue: Catalogue, list: string, read = new Set<string>()): Promise<void> {
  const shell = await run.io.get(list, 'list');
  if (shell.outcome !== 'ok') return void ended(run, shell, list, 1, false);
  run.pages += 1;
  const root = catalogue.root.exec(shell.url)?.[0];
  const content = await run.io.look('shell', sentOf(shell));
  if ('unseen' in content) return run.problem('shell_unreadable', { list, said: content.unseen });
  if (root === undefined) return run.problem('shell_unreadable', { list: shell.url });
  const named = /^#(\d+)$/.exec(new URL(list).hash)?.[1];
  // Under both: what leads back to where it was asked for is sent on again.
  for (const at of [root, catalogue.root.exec(list)?.[0]]) read.add(`${at} ${named}`);
  if (content.tree === null && named === undefined)
    return run.problem('shell_unreadable', { list, said: 'it holds no TREE, and the address names no column' });
  const nodes = columnsOf(content.tree ?? [], catalogue, named);
  if (nodes.length === 0) return run.problem('column_missing', { list });
  if (nodes.length > MAX_COLUMNS) run.problem('page_limit', { list, columns: nodes.length, read: MAX_COLUMNS });
  for (const node of nodes.slice(0, MAX_COLUMNS)) {
    if (node.jumpUrl === null) {
      await readColumn(run, node, root, (page) =>
        fill(catalogue.articles, { root, column: encodeURIComponent(node.id), page: String(page), site: content.sid }),
      );
      continue;
    }
    const target = resolve(node.jumpUrl, shell.url);
    // Which of its columns is meant stands where other sites have a place on the page.
    const column = /#\d+$/.exec(node.jumpUrl)?.[0] ?? '';
    const other = target && !CONTENT.test(target.pathname) ? catalogue.root.exec(target.href)?.[0] : undefined;
    if (target === null || !onPortal(target, run.portal))
      run.problem('column_off_site', { list, column: node.name, to: node.jumpUrl.slice(0, 200) });
    else if (other === undefined) await readLists(run, catalogue.columns, target.href);
    // A unit's catalogue beside that of its government.
    else if (read.has(`${other} ${column.slice(1) || undefined}`)) continue;
    else if (read.size < MAX_COLUMNS) await readCatalogue(run, catalogue, target.href + column, read);
    else run.problem('page_limit', { list: run.portal.index_url, columns: read.size + 1, read: read.size });
  }
}

/** An article, in a catalogue's own folder. */
const CONTENT = /\/content\//;

/** The columns to read with all that is under them; a number that the tree does not have is taken at its word. */
function columnsOf(tree: Node[], catalogue: Catalogue, named: string | undefined): Node[] {
  const all = tree.flatMap(withDescendants);
  const roots = all.filter((node) => (named === undefined ? catalogue.nodes.test(node.name) : node.id === named));
  if (named !== undefined && roots.length === 0) return [{ id: named, name: `#${named}`, jumpUrl: null, children: [] }];
  return [...new Set(roots.flatMap(withDescendants))];
}

function withDescendants(node: Node): Node[] {
  return [node, ...node.children.flatMap(withDescendants)];
}

/** An address from its pattern: `{name}` gives way to what has that name. */
const fill = (pattern: string, values: Record<string, string>): string =>
  pattern.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

async function readColumn(run: Run, { name }: Node, root: string, addressOf: (page: number) => string): Promise<void> {
  const seen = new Set<string>();
  let total: number | null = null;
  let unread = 0;
  // Page 0 and page 1 are the same rows.
  for (let number = 1; ; number += 1) {
    const url = addressOf(number);
    if (number > MAX_PAGES) return run.problem('page_limit', { list: url, pages: MAX_PAGES, column: name });
    const page = await run.io.get(url, 'api');
    if (page.outcome !== 'ok') {
      ended(run, page, number === 1 ? url : root, number, true);
      break;
    }
    run.pages += 1;
    const read = await run.io.look('articles', sentOf(page));
    if ('unseen' in read) return run.problem('page_error', { list: root, column: name, said: read.unseen });
    unread += read.bad;
    total = read.total ?? total;
    const before = seen.size;
    for (const { href, title, date, id: article, attachments } of read.articles) {
      seen.add(article ?? href);
      const files = attachments.flatMap((file) => {
        const at = resolve(file.url, url);
        return at && onPortal(at, run.portal) ? [{ url: at.href, name: file.name }] : [];
      });
      run.found.ignored.off_site += attachments.length - files.length;
      run.found.add({ href, base: url, title, date, id: article, ...(files.length > 0 ? { attachments: files } : {}) });
    }
    if (seen.size === before) break;
  }
  if (unread > 0) run.problem('row_unreadable', { list: root, column: name, rows: unread });
  if (total !== null && seen.size < total)
    run.problem('list_short', { list: root, column: name, articles: seen.size, stated: total });
}
