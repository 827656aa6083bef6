import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { Portal } from '../scrapers/portals.ts';
import { isPicture } from '../transforms/doc/files.ts';
import { groupedBy } from '../transforms/grouped.ts';
import { checkClock } from './clock.ts';
import type { Config } from './config.ts';
import { listPortal, type PortalOutcome } from './discover.ts';
import { BytesGone, hasBytes, ifThere, readingKey, type Readings, type StoredCapture } from './archive/archive.ts';
import { isGone, lacksTables, type Document } from './archive/documents.ts';
import type { Effects } from './effects.ts';
import { messageOf } from './errors.ts';
import { lookIn, unread, type Pool } from './reading/pool.ts';
import { archivedDocuments, readDocuments } from './read.ts';
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
 * Lists every portal, then fetches what is new or due. A portal or page that fails is reported and stops nothing else.
 * @param heard gets what listing each portal gave as soon as it is known, also where this rejects later
 */
export async function fetchPortals(
  o: FetchOptions,
  effects: Effects,
  heard: (outcome: PortalOutcome) => void = () => undefined,
): Promise<FetchSummary> {
  const { archive, now } = effects;
  const portals = reachable(o.portals, o.config, effects);
  await archive.claim(o.config.simulated);
  const past = await archive.captures.read();
  checkClock(past.at(-1)?.requested_at, o.refresh, effects);
  if (!o.config.simulated && o.config.contact === undefined)
    effects.log.warn('no `contact` in the settings (--config): portals cannot tell you when something goes wrong');
  const pool = effects.openPool();
  const session = openSession(o.config, lookIn(pool), effects, o.refresh ? [] : past);
  const readings = await archive.openReadings();
  try {
    const listed = await listAll(portals, o.config, session, effects, heard);
    const ids = portals.map(({ id }) => id);
    const documents = await archivedDocuments(archive, ids);
    const wrong = new Map(
      (await readDocuments(archive, ids)).flatMap(({ document, wrongSince }) =>
        // Of missing files the page need not be asked for again.
        wrongSince !== null && document.missing.length === 0 ? [[document.document_id, wrongSince]] : [],
      ),
    );
    const due = new Set(
      documents.filter((document) => isDue(document, wrong.get(document.document_id) ?? null, o, now())),
    );
    const summary: FetchSummary = {
      portals: listed,
      discovered: documents.length,
      new_links: listed.reduce((sum, { new_links }) => sum + new_links, 0),
      fetched: 0,
      changed: 0,
      disallowed: 0,
      failed: [],
      read: 0,
    };
    const work: Work = { session, pool, readings, effects, summary };
    await fetchDue([...due], o.config, work);
    await fetchLeftFiles(
      documents.filter((document) => !due.has(document)),
      work,
    );
    return summary;
  } finally {
    await readings
      .flush()
      .finally(() => session.close())
      .finally(() => pool.close());
  }
}

async function listAll(
  portals: Portal[],
  config: Config,
  session: Session,
  effects: Effects,
  heard: (outcome: PortalOutcome) => void,
) {
  const bar = effects.log.bar('listing portals', portals.length);
  const listed = await pLimit(config.portals_at_once).map(portals, async (portal) => {
    const outcome = await listPortal(portal, session, effects);
    heard(outcome);
    bar.step();
    return outcome;
  });
  bar.done();
  for (const { portal, problems } of listed) {
    for (const { code, message } of problems) effects.log.warn(`${portal}: ${code}: ${message}`, { portal, code });
  }
  return listed;
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
  session: Session;
  pool: Pool;
  readings: Readings;
  effects: Effects;
  summary: FetchSummary;
}

async function fetchDue(due: Document[], config: Config, work: Work): Promise<void> {
  const bar = work.effects.log.bar('fetching articles', due.length);
  // One task a portal, so that a portal with a thousand articles does not make the others wait behind it.
  await pLimit(config.portals_at_once).map(groupedBy(due, (d) => [d.portal]).values(), (documents) =>
    pLimit(config.per_host).map(documents, async (document) => {
      await fetchDocument(document, work);
      bar.step();
    }),
  );
  bar.done();
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
  await pLimit(2 * availableParallelism()).map(documents, async (document) => {
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
