import { availableParallelism } from 'node:os';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Portal } from '../scrapers/portals.ts';
import { isPicture } from '../transforms/doc/files.ts';
import { groupedBy } from '../transforms/grouped.ts';
import { checkClock } from './clock.ts';
import type { Config } from './config.ts';
import { listPortal, type PortalOutcome } from './discover.ts';
import { BytesGone, hasBytes, ifThere, readingKey, type Readings, type StoredCapture } from './archive/archive.ts';
import {
  byDocument,
  documentsIn,
  isGone,
  lacksTables,
  linksOfCaptures,
  type Document,
  type Result,
} from './archive/documents.ts';
import type { Bar } from './cli/progress.ts';
import type { Effects } from './effects.ts';
import { messageOf } from './errors.ts';
import { lookIn, unread, type Pool } from './reading/pool.ts';
import { resultsOf } from './read.ts';
import { daysToNextVisit } from './revisits.ts';
import { reachable } from './selection.ts';
import { openSession, type Session } from './session.ts';

export interface FetchOptions {
  config: Config;
  portals: Portal[];
  /** Fetch every article again, however fresh. */
  refresh: boolean;
}

export interface FetchSummary {
  portals: PortalOutcome[];
  /** Links of all portals, known and new. */
  discovered: number;
  new_links: number;
  fetched: number;
  /** Articles that robots.txt closes: not fetched, and no fault. */
  disallowed: number;
  /** Of those fetched, with other bytes than before, or with bytes for the first time. */
  changed: number;
  failed: { portal: string; url: string; reason: string }[];
  /** Pages read on the way, to know whether the tables are in them or in their files. */
  read: number;
}

/**
 * Lists every portal, and fetches of each host what is new or due as soon as its portals are listed, while others still
 * are. A portal or page that fails is reported and stops nothing else.
 * @param heard gets what listing each portal gave as soon as it is known, also where this rejects later
 */
export async function fetchPortals(
  o: FetchOptions,
  effects: Effects,
  heard: (outcome: PortalOutcome) => void = () => undefined,
): Promise<FetchSummary> {
  const { archive, log } = effects;
  const portals = reachable(o.portals, o.config, effects);
  await archive.claim(o.config.simulated);
  const past = await archive.captures.read();
  checkClock(past.at(-1)?.requested_at, o.refresh, effects);
  if (!o.config.simulated && o.config.contact === undefined)
    log.warn('no `contact` in the settings (--config): portals cannot tell you when something goes wrong');
  const pool = effects.openPool();
  const session = openSession(o.config, lookIn(pool), effects, past, o.refresh);
  const readings = await archive.openReadings();
  const summary: FetchSummary = {
    portals: [],
    discovered: 0,
    new_links: 0,
    fetched: 0,
    changed: 0,
    disallowed: 0,
    failed: [],
    read: 0,
  };
  const work: Work = {
    o,
    session,
    pool,
    readings,
    resultFor: resultsOf(archive, readings),
    effects,
    looking: pLimit(2 * availableParallelism()),
    summary,
  };
  try {
    summary.portals = await visitAll(portals, past, work, heard);
    summary.new_links = summary.portals.reduce((sum, { new_links }) => sum + new_links, 0);
    // Whichever host was first.
    const places = new Map(portals.map(({ id }, i) => [id, i]));
    summary.failed.sort((a, b) => (places.get(a.portal) ?? 0) - (places.get(b.portal) ?? 0));
    return summary;
  } finally {
    await readings
      .flush()
      .finally(() => session.close())
      .finally(() => pool.close());
  }
}

/** All portals of a host are listed before an article of it is fetched, so that its share of requests suffices for that. */
async function visitAll(
  portals: Portal[],
  past: StoredCapture[],
  work: Work,
  heard: (outcome: PortalOutcome) => void,
): Promise<PortalOutcome[]> {
  const { session, readings, effects, o } = work;
  const { log } = effects;
  const held = byDocument(past);
  const articles = groupedBy(past, ({ portal, kind }) => (kind === 'article' ? [portal] : []));
  const outcomes = new Map<Portal, PortalOutcome>();
  const listing = pLimit(o.config.portals_at_once);
  const fetching = pLimit(o.config.portals_at_once);
  const lists = log.bar('listing portals', portals.length);
  const pages: { done: number; bar?: Bar } = { done: 0 };

  async function listHost(ofHost: Portal[]): Promise<Plan[]> {
    const plans: Plan[] = [];
    for (const portal of ofHost) {
      const lost = () => linksOfCaptures(portal, articles.get(portal.id) ?? [], readings);
      const outcome = await listPortal(portal, session, effects, lost);
      outcomes.set(portal, outcome);
      heard(outcome);
      lists.step();
      plans.push(await planOf(portal.id, held, work));
    }
    return plans;
  }
  async function fetchPortal({ due, left }: Plan): Promise<void> {
    await pLimit(o.config.per_host).map(due, async (document) => {
      await fetchDocument(document, work);
      pages.done++;
      pages.bar?.step();
    });
    await fetchLeftFiles(left, work);
  }
  /** One bar after the other: how much there is to fetch is known when all is listed. */
  async function show(planned: Promise<Plan[]>[]): Promise<void> {
    const plans = (await Promise.all(planned)).flat();
    lists.done();
    for (const { portal, problems } of inOrder())
      for (const { code, message } of problems) log.warn(`${portal}: ${code}: ${message}`, { portal, code });
    pages.bar = log.bar(
      'fetching articles',
      plans.reduce((sum, { due }) => sum + due.length, 0),
    );
    for (let i = 0; i < pages.done; i++) pages.bar.step();
  }
  const inOrder = () => portals.flatMap((portal) => outcomes.get(portal) ?? []);

  const planned = [...groupedBy(portals, ({ index_url }) => [hostOf(index_url)]).values()].map((ofHost) =>
    listing(() => listHost(ofHost)),
  );
  const fetched = planned.map(async (listed) => {
    const plans = await listed;
    await fetching(() => Promise.all(plans.map(fetchPortal)));
  });
  await Promise.all([show(planned), ...fetched]);
  pages.bar?.done();
  return inOrder();
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : url);

/** What is to be done at a portal that was listed. */
interface Plan {
  due: Document[];
  /** The others, whose files may be missing. */
  left: Document[];
}

async function planOf(portal: string, held: Map<string, StoredCapture[]>, work: Work): Promise<Plan> {
  const links = await work.effects.archive.links.read(portal);
  const documents = links === null ? [] : documentsIn(links, held);
  work.summary.discovered += documents.length;
  const plan: Plan = { due: [], left: [] };
  for (const document of documents) plan[(await isDueNow(document, work)) ? 'due' : 'left'].push(document);
  return plan;
}

async function isDueNow(document: Document, { o, resultFor, effects: { now } }: Work): Promise<boolean> {
  if (isDue(document, null, o, now())) return true;
  // Of missing files the page need not be asked for again.
  if (document.article === null || document.missing.length > 0) return false;
  const { wrongSince } = await resultFor(document);
  return isDue(document, wrongSince, o, now());
}

/** A page that may be better tomorrow is asked for every night for so long, and then after as long again as it was so. */
const PATIENT_MS = 7 * 86_400_000;

/**
 * Reports are fetched once, and again when they are old enough for a silent edit; failures are tried every night, and what
 * is there and not the report, or was there and is gone, first often and then seldom.
 * @param wrongSince when the page was first seen not to be the report
 */
export function isDue(
  document: Document,
  wrongSince: string | null,
  { refresh, config }: FetchOptions,
  now: Date,
): boolean {
  const { verdict, article, attempt } = document;
  if (verdict.kind === 'other') return false;
  const last = attempt ?? article;
  if (last === null || refresh) return true;
  const age = now.getTime() - Date.parse(last.requested_at);
  // Of what was never had nobody knows that it is gone: it may not be there yet.
  const since = article !== null && isGone(document) ? document.gone[0] : hasBytes(last) ? wrongSince : null;
  const lasted = since ? Date.parse(last.requested_at) - Date.parse(since) : 0;
  const isTriedAgain = lasted < PATIENT_MS || age >= lasted;
  if (article === null || !hasBytes(last)) return isTriedAgain;
  // How old a capture of the future is nobody knows.
  if (age < 0 || age >= daysToNextVisit(document, config.refresh_days, now) * 86_400_000) return true;
  return since !== null && isTriedAgain;
}

interface Work {
  o: FetchOptions;
  session: Session;
  pool: Pool;
  readings: Readings;
  resultFor: (document: Document) => Promise<Result>;
  effects: Effects;
  /** What is looked into at once of what is there. */
  looking: LimitFunction;
  summary: FetchSummary;
}

async function fetchDocument(document: Document, work: Work): Promise<void> {
  const { portal, url, address } = document;
  const { session, summary } = work;
  const fail = (reason: string) => void summary.failed.push({ portal, url, reason });
  try {
    const { capture, body } = await session.get({ url: address, portal, kind: 'article', document_url: url });
    const article: StoredCapture = { ...capture, document_url: url };
    if (capture.outcome === 'disallowed') return void summary.disallowed++;
    if (capture.outcome === 'postponed') return postpone(document, capture.error, work);
    const gone = new Set([...document.gone, capture.requested_at.slice(0, 10)]);
    // Then it is withdrawn, which the tables say.
    if (capture.outcome === 'not_found' && document.article !== null && isGone({ gone: [...gone] })) return;
    if (!hasBytes(article)) return fail([capture.outcome, capture.error].filter(Boolean).join(': '));
    summary.fetched++;
    if (capture.sha256 !== document.article?.sha256) summary.changed++;
    await fetchFiles(document, await filesToFetch(document, article, async () => body, work), work);
  } catch (error) {
    session.stop.throwIfAborted();
    fail(messageOf(error));
  }
}

/** What is left at a host that is closed for now: told once a portal, whatever waits there. */
function postpone({ portal, url }: Pick<Document, 'portal' | 'url'>, why: string | null, { summary }: Work): void {
  const reason = `left for another night: ${why}`;
  if (!summary.failed.some((other) => other.portal === portal && other.reason === reason))
    summary.failed.push({ portal, url, reason });
}

/** More files than any report has: a page with more is an index, not an article. */
const MOST_FILES = 40;

async function fetchFiles({ portal, url }: Document, files: string[], work: Work): Promise<void> {
  const { session, summary } = work;
  const fail = (reason: string) => void summary.failed.push({ portal, url, reason });
  for (const file of files.slice(0, MOST_FILES)) {
    const { capture } = await session.get({ url: file, portal, kind: 'attachment', document_url: url });
    if (capture.outcome === 'disallowed') summary.disallowed++;
    else if (capture.outcome === 'postponed') postpone({ portal, url }, capture.error, work);
    else if (capture.outcome !== 'ok') fail(`${file}: ${capture.outcome}`);
  }
  if (files.length > MOST_FILES) fail(`it offers ${files.length} files, of which ${MOST_FILES} were fetched`);
}

/**
 * Pages that are there and not due, but whose files are not: an earlier run was killed between the two, or could not
 * get the file. What a disk lost or damaged, the page itself too, is fetched again.
 */
async function fetchLeftFiles(documents: Document[], work: Work): Promise<void> {
  const { blobs } = work.effects.archive;
  await work.looking.map(documents, async (document) => {
    const { article, attachments, portal, url } = document;
    if (article === null || document.verdict.kind === 'other') return;
    try {
      if (!blobs.has(article.sha256 ?? '')) return await fetchDocument(document, work);
      const files = await filesToFetch(document, article, () => blobs.get(article.sha256 ?? ''), work);
      const there = new Set<string>();
      for (const capture of attachments) if (await isWhole(capture, document, work)) there.add(capture.url);
      const left = files.slice(0, MOST_FILES).filter((file) => !there.has(file));
      await fetchFiles(document, left, work);
    } catch (error) {
      work.session.stop.throwIfAborted();
      if (error instanceof BytesGone) return fetchDocument(document, work);
      work.summary.failed.push({ portal, url, reason: messageOf(error) });
    }
  });
}

/** Whether the bytes of a file are there; verified where they will be read tonight. */
async function isWhole(file: StoredCapture, { article, attachments }: Document, work: Work): Promise<boolean> {
  const { readings, effects } = work;
  const { blobs } = effects.archive;
  const hash = file.sha256 ?? '';
  if (!blobs.has(hash)) return false;
  const pictures = attachments.filter(({ url, media_type }) => isPicture(url, media_type));
  const key = article && pictures.includes(file) ? readingKey(article, ...pictures) : readingKey(file);
  return readings.has(key) || (await ifThere(blobs.get(hash))) !== null;
}

/** A page that holds the tables is the report; only one that does not is asked for its files. */
async function filesToFetch(
  { files: listed }: Document,
  article: StoredCapture,
  open: () => Promise<Uint8Array>,
  { readings, pool, summary }: Work,
): Promise<string[]> {
  const key = readingKey(article);
  let document = readings.has(key) ? await readings.get(key) : null;
  if (document === null) {
    const bytes = await open();
    const contentType = article.headers['content-type'] ?? null;
    const input = { bytes, path: article.url, contentType, sha256: article.sha256 ?? '', base: article.final_url };
    const outcome = await pool.run('readPage', input);
    document = 'result' in outcome ? outcome.result : unread(input, outcome.failure);
    if (document === null) return [];
    await readings.put(key, document);
    summary.read++;
  }
  const { reading, files } = document;
  if (reading.source.media_type !== 'text/html' || !lacksTables(reading)) return [];
  return [...new Set([...listed, ...files])];
}
