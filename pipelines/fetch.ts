import pLimit from 'p-limit';
import { inForce, type Portal } from '../scrapers/portals.ts';
import { decode } from '../transforms/decode.ts';
import { sniff } from '../transforms/sniff.ts';
import { offeredFiles } from './attachments.ts';
import type { Config } from './config.ts';
import { listPortal } from './discover.ts';
import { documentsOf, hasBytes, type Document } from './documents.ts';
import type { Effects } from './effects.ts';
import { messageOf } from './errors.ts';
import { readHere } from './readers.ts';
import { readingKey, openReadings, type Readings } from './readings.ts';
import { openSession, type Session } from './session.ts';
import { claimArchive, readCaptures, type PortalLinks, type StoredCapture } from './store.ts';

export interface FetchOptions {
  dataDir: string;
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
}

export interface PortalOutcome {
  portal: string;
  discovered: number;
  new_links: number;
  problems: PortalLinks['problems'];
}

/** Lists every portal, then fetches what is new or due. A portal or page that fails is reported and stops nothing else. */
export async function fetchPortals(o: FetchOptions, effects: Effects): Promise<FetchSummary> {
  claimArchive(o.dataDir, o.config.simulated);
  const portals = reachable(o, effects);
  const session = openSession(o.dataDir, o.config, effects);
  const readings = openReadings(o.dataDir);
  try {
    const listed = await listAll({ ...o, portals }, session, effects);
    const documents = documentsOf(
      listed.map(({ links }) => links),
      readCaptures(o.dataDir),
    );
    const due = documents.filter((document) => isDue(document, o, effects.now()));
    const summary: FetchSummary = {
      portals: listed.map(({ outcome }) => outcome),
      discovered: documents.length,
      new_links: listed.reduce((sum, { outcome }) => sum + outcome.new_links, 0),
      fetched: 0,
      changed: 0,
      disallowed: 0,
      failed: [],
    };
    await fetchDue(due, o, { session, readings, effects, summary });
    return summary;
  } finally {
    readings.flush();
    await session.close();
  }
}

/** Portals whose column is in use today and that can be reached from this network. */
function reachable({ portals, config }: FetchOptions, { now, log }: Effects): Portal[] {
  const today = now().toISOString().slice(0, 10);
  const chosen = inForce(portals, today).filter(({ vantage }) => vantage === 'any' || vantage === config.vantage);
  const left = portals.length - chosen.length;
  if (left > 0) log.info(`${left} portals are left out: another network is needed, or the column is no longer in use`);
  return chosen;
}

async function listAll(o: FetchOptions, session: Session, effects: Effects) {
  const bar = effects.log.bar('listing portals', o.portals.length);
  const limit = pLimit(o.config.portals_at_once);
  const listed = await Promise.all(
    o.portals.map((portal) =>
      limit(async () => {
        const links = await listPortal(portal, o.dataDir, session, effects.now);
        bar.step();
        return links;
      }),
    ),
  );
  bar.done();
  for (const { outcome } of listed) {
    for (const { code, message } of outcome.problems) effects.log.warn(`${outcome.portal}: ${code}: ${message}`);
  }
  return listed;
}

/** Reports are fetched once, and again when they are old enough for a silent edit; failures are tried every night. */
function isDue({ verdict, article, attempt }: Document, { refresh, config }: FetchOptions, now: Date): boolean {
  if (verdict.kind === 'other') return false;
  if (article === null || refresh) return true;
  const last = attempt ?? article;
  if (!hasBytes(last)) return true;
  return now.getTime() - Date.parse(last.requested_at) >= config.refresh_days * 86_400_000;
}

interface Work {
  session: Session;
  readings: Readings;
  effects: Effects;
  summary: FetchSummary;
}

async function fetchDue(due: Document[], o: FetchOptions, work: Work): Promise<void> {
  const bar = work.effects.log.bar('fetching articles', due.length);
  // One task a portal, so that a portal with a thousand articles does not make the others wait behind it.
  const portals = pLimit(o.config.portals_at_once);
  await Promise.all(
    byPortal(due).map((documents) =>
      portals(async () => {
        const host = pLimit(o.config.per_host);
        await Promise.all(
          documents.map((document) =>
            host(async () => {
              await fetchDocument(document, work);
              bar.step();
            }),
          ),
        );
      }),
    ),
  );
  bar.done();
}

function byPortal(documents: Document[]): Document[][] {
  const groups = new Map<string, Document[]>();
  for (const document of documents) groups.set(document.portal, [...(groups.get(document.portal) ?? []), document]);
  return [...groups.values()];
}

async function fetchDocument(document: Document, { session, readings, summary }: Work): Promise<void> {
  const { portal, url } = document;
  const fail = (reason: string) => void summary.failed.push({ portal, url, reason });
  try {
    const { capture, body } = await session.get({ url, portal, kind: 'article', document_url: url });
    const article: StoredCapture = { ...capture, document_url: url };
    if (capture.outcome === 'disallowed') return void summary.disallowed++;
    if (!hasBytes(article)) return fail([capture.outcome, capture.error].filter(Boolean).join(': '));
    summary.fetched++;
    if (capture.sha256 !== document.article?.sha256) summary.changed++;
    for (const file of await filesToFetch(document, article, body, readings)) {
      const offered = await session.get({ url: file, portal, kind: 'attachment', document_url: url });
      if (offered.capture.outcome === 'disallowed') summary.disallowed++;
      else if (offered.capture.outcome !== 'ok') fail(`${file}: ${offered.capture.outcome}`);
    }
  } catch (error) {
    fail(messageOf(error));
  }
}

/** A page that holds the tables is the report; only one that does not is asked for its files. */
async function filesToFetch(
  { files: listed }: Document,
  article: StoredCapture,
  body: Uint8Array,
  readings: Readings,
): Promise<string[]> {
  if (sniff(body) !== 'text/html') return [];
  const contentType = article.headers['content-type'] ?? null;
  const files = [...new Set([...listed, ...offeredFiles(decode(body, contentType).text, article.final_url)])];
  if (files.length === 0) return [];
  const key = readingKey(article);
  const reading =
    readings.get(key) ??
    (await readHere({ bytes: body, path: article.url, contentType, sha256: article.sha256 ?? '' }));
  readings.put(key, reading);
  return reading.facts.length > 0 ? [] : files;
}
