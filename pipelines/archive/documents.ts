import type { Portal } from '../../scrapers/portals.ts';
import { judgeTitle, type TitleVerdict } from '../../transforms/printed/title.ts';
import { finding, inFile, isUnread, said } from '../../transforms/findings.ts';
import type { Reading, ReportIdentity } from '../../transforms/report.ts';
import { hasBytes, readingKey, sha256, type Archive, type PortalLinks, type StoredCapture } from './archive.ts';

/** A page as it was captured at one time, with its files as they were then. */
interface Version {
  /** Latest capture of the page that has bytes; null while there is none. */
  article: StoredCapture | null;
  /** Latest captures, with bytes, of the files the page offered when it was captured. */
  attachments: StoredCapture[];
  /** Latest attempts at files the page offered of which no bytes were ever had. */
  missing: StoredCapture[];
}

/** One discovered link with what the archive holds of it. */
export interface Document extends Version {
  /** First 16 hex digits of the hash of portal and url: stable however often it is listed. */
  document_id: string;
  portal: string;
  url: string;
  /** Where it is asked for: as its list wrote the address last. */
  address: string;
  title: string;
  listed_on: string | null;
  verdict: TitleVerdict;
  /** Files that the list itself names. */
  files: string[];
  /** Of other bytes, before that; the latest first. */
  earlier: Version[];
  /** When the bytes of `article` were first seen, since they were others; null while there are none. */
  since: string | null;
  /** Latest attempt at the page, successful or not. */
  attempt: StoredCapture | null;
}

/**
 * What a portal listed whose links are lost, as far as captures tell: articles that were read, under the title that they
 * print themselves. Null where nothing was ever fetched.
 */
export async function linksOfCaptures(portal: Portal, archive: Archive): Promise<PortalLinks | null> {
  const articles = (await archive.captures.read()).filter((c) => c.portal === portal.id && c.kind === 'article');
  const last = articles.at(-1);
  if (!last) return null;
  const readings = await archive.openReadings();
  const links = new Map<string, PortalLinks['links'][number]>();
  for (const capture of articles) {
    const report = (await readings.get(readingKey(capture)))?.reading.report;
    const { document_url: url } = capture;
    const first_seen = links.get(url ?? '')?.first_seen ?? capture.requested_at;
    if (url && report?.title)
      links.set(url, { portal: portal.id, url, title: report.title, date: report.published_on, id: null, first_seen });
  }
  return { portal, listed_at: last.requested_at, listed: links.size, links: [...links.values()], problems: [] };
}

/** Every link of the portals, each once a portal, in the order of the lists. Captures must be oldest first. */
export function documentsOf(portals: PortalLinks[], captures: StoredCapture[]): Document[] {
  const byDocument = new Map<string, StoredCapture[]>();
  for (const capture of captures) {
    if (capture.document_url === null) continue;
    const known = byDocument.get(capture.document_url);
    if (known) known.push(capture);
    else byDocument.set(capture.document_url, [capture]);
  }
  return portals.flatMap(({ portal, links }) =>
    links.map((link) => ({
      document_id: sha256(`${portal.id} ${link.url}`).slice(0, 16),
      portal: portal.id,
      url: link.url,
      address: link.at ?? link.url,
      title: link.title,
      listed_on: link.date,
      verdict: judgeTitle(link.title),
      files: link.attachments?.map((file) => file.url) ?? [],
      ...evidence(byDocument.get(link.url) ?? []),
    })),
  );
}

function evidence(captures: StoredCapture[]): Version & Pick<Document, 'earlier' | 'since' | 'attempt'> {
  const attempts = captures.filter((capture) => capture.kind === 'article');
  const pages = attempts.filter(hasBytes);
  const versions = pages.map((article, i) => {
    const next = pages[i + 1];
    return versionOf(article, next ? captures.slice(0, captures.indexOf(next)) : captures);
  });
  const sameAs = (one: Version, two: Version | undefined) => two !== undefined && bytesOf(one) === bytesOf(two);
  const [latest = { article: null, attachments: [], missing: [] }, ...earlier] = versions
    .filter((version, i) => !sameAs(version, versions[i + 1]))
    .toReversed();
  const other = pages.findLastIndex(({ sha256: hash }) => hash !== latest.article?.sha256);
  return { ...latest, earlier, since: pages[other + 1]?.requested_at ?? null, attempt: attempts.at(-1) ?? null };
}

/** @param captures until the page was captured next */
function versionOf(article: StoredCapture, captures: StoredCapture[]): Version {
  const files = captures.filter(isFile);
  // Offered then: tried since the page was captured. A file that failed this time is taken from an earlier night.
  const since = captures.slice(captures.indexOf(article)).filter(isFile);
  const offered = [...new Set(since.map(({ url }) => url))].map((url) => files.filter((file) => file.url === url));
  return {
    article,
    attachments: offered.flatMap((tried) => tried.findLast(hasBytes) ?? []),
    missing: offered.flatMap((tried) => (tried.some(hasBytes) ? [] : (tried.at(-1) ?? []))),
  };
}

const isFile = ({ kind }: StoredCapture): boolean => kind === 'attachment';

const bytesOf = ({ article, attachments, missing }: Version): string =>
  [article, ...attachments, ...missing].map((capture) => `${capture?.url} ${capture?.sha256}`).join('\n');

/** A page without any table, or without one of the form: its files or pictures may hold what it lacks. */
export const lacksTables = ({ facts, findings }: Reading): boolean =>
  facts.length === 0 || findings.some(({ code }) => code === 'grid_missing');

/** Whether it has the text of a report, of which tables may be no part: small organs state their numbers in words. */
const states = ({ mentions, sections }: Reading): boolean =>
  mentions.length > 0 || sections.some(({ number, text }) => number > 0 && text !== '');

/** Of a page, once a file speaks for it: what the page does not hold is no fault then. */
const ABOUT_CONTENT = ['grid_missing', 'line_missing', 'picture_unread', 'not_a_report'];

/**
 * The one reading of a document whose page may offer files: the page when it has the tables, else the file with the
 * most numbers. What could not be read beside it stays visible as findings.
 */
export function combine(page: Reading, files: Reading[]): Reading {
  if (files.length === 0 || !lacksTables(page)) return page;
  const best = files.toSorted((a, b) => b.facts.length - a.facts.length || Number(states(b)) - Number(states(a)))[0];
  const holdsMore = (file: Reading) =>
    file.facts.length > page.facts.length || (page.facts.length === 0 && states(file) && !states(page));
  const unread = files
    .filter((file) => file !== best || !holdsMore(file))
    .flatMap(({ source, findings }) => findings.filter(isUnread).map((found) => inFile(found, source.path)));
  if (best && holdsMore(best)) {
    // The page with its pictures repeats what the page says.
    const said = new Set(best.findings.map((finding) => JSON.stringify(finding)));
    const ofPage = page.findings.filter((f) => !ABOUT_CONTENT.includes(f.code) && !said.has(JSON.stringify(f)));
    const { report, findings } = oneIdentity(best.report, page.report);
    return { ...best, report, findings: [...best.findings, ...ofPage, ...unread, ...findings] };
  }
  const report = page.report ?? files.find((file) => file.report)?.report ?? null;
  return { ...page, report, findings: [...page.findings, ...unread] };
}

/** The file says whose report it is; what it leaves out its page says, and where the two differ is a finding. */
function oneIdentity(file: ReportIdentity | null, page: ReportIdentity | null) {
  if (!file || !page) return { report: file ?? page, findings: [] };
  const report: ReportIdentity = {
    publisher: file.publisher ?? page.publisher,
    division_code: file.division_code ?? page.division_code,
    year: file.year ?? page.year,
    title: file.title ?? page.title,
    published_on: file.published_on ?? page.published_on,
  };
  const differ = (['publisher', 'division_code', 'year'] as const).filter(
    (name) => page[name] !== null && report[name] !== page[name],
  );
  const findings = differ.map((what) =>
    finding('attachment.disagree', [], { what, first: page[what], second: report[what] }),
  );
  return { report, findings };
}

/** Files that a page without its tables offers and that could not be had: one finding each. */
export function withMissingFiles(reading: Reading, missing: StoredCapture[]): Reading {
  if (!lacksTables(reading)) return reading;
  const findings = missing.map(({ url, outcome, error }) =>
    finding('attachment.not_fetched', [], { url, outcome, ...(error ? { said: said(error) } : {}) }),
  );
  return { ...reading, findings: [...reading.findings, ...findings] };
}

export type Outcome = 'report' | 'not_a_report' | 'unread' | 'not_fetched';

/** Where a discovered link ended. `reading` is null while none of its bytes were read. */
export function outcomeOf(document: Document, reading: Reading | null): { outcome: Outcome; reason: string | null } {
  const { verdict, article, attempt } = document;
  if (verdict.kind === 'other') return { outcome: 'not_a_report', reason: verdict.reason };
  if (article === null) {
    return {
      outcome: 'not_fetched',
      reason: attempt ? [attempt.outcome, attempt.error].filter(Boolean).join(': ') : 'not tried yet',
    };
  }
  if (reading === null) return { outcome: 'unread', reason: 'not read yet' };
  const unread = reading.findings.find((found) => isUnread(found) || found.code === 'attachment.not_fetched');
  // A page that names its report while the numbers are in a file that is not read: nothing of it was read yet.
  if (unread && reading.facts.length === 0) return { outcome: 'unread', reason: unread.code };
  if (reading.report) {
    // Without them it cannot be told from another report, so it is counted among what a person has to look at.
    if (reading.report.publisher === null) return { outcome: 'unread', reason: 'its publisher is not known' };
    if (reading.report.year === null) return { outcome: 'unread', reason: 'its year is not known' };
    // A page that holds neither numbers nor text names its report only: those were lost, or come by a script.
    if (reading.facts.length === 0 && !states(reading))
      return { outcome: 'unread', reason: 'it holds neither a number nor the text of the report' };
    return { outcome: 'report', reason: null };
  }
  const other = reading.findings.find((finding) => finding.code === 'not_a_report');
  return other ? { outcome: 'not_a_report', reason: other.message } : { outcome: 'unread', reason: 'no report found' };
}

/** A document as of the version that speaks for it, what that says, and where it leaves the document. */
export interface Result {
  document: Document;
  /** Null while its bytes were not read. */
  reading: Reading | null;
  outcome: Outcome;
  reason: string | null;
  /** Where an earlier version speaks: what the latest is instead. */
  superseded: string | null;
}

/** The document as it is and as it was, the latest first. */
export const versionsOf = (document: Document): Document[] => [
  document,
  ...document.earlier.map((version) => ({ ...document, ...version })),
];

/**
 * The latest version that is a report, else the latest: what a page turned into does not take back what it published. A
 * version is read when those after it are none.
 */
export async function resultOf(
  document: Document,
  readingOf: (document: Document) => Promise<Reading | null>,
): Promise<Result> {
  let latest: Result | null = null;
  for (const version of versionsOf(document)) {
    const reading = await readingOf(version);
    const result: Result = { document: version, reading, ...outcomeOf(version, reading), superseded: null };
    if (latest === null && (result.outcome === 'report' || reading === null)) return result;
    if (latest !== null && reading !== null && result.outcome === 'report')
      return supersededBy(latest, result, reading);
    latest ??= result;
  }
  return latest!;
}

function supersededBy({ outcome, reason }: Result, kept: Result, reading: Reading): Result {
  const superseded = reason ?? outcome;
  const captured = kept.document.article?.requested_at.slice(0, 10) ?? '';
  const found = finding('report_kept', [], { captured, said: superseded });
  return { ...kept, reading: { ...reading, findings: [...reading.findings, found] }, superseded };
}

/** What somebody has to look at: a title of a report without the report, or a page that no longer is what it was. */
export const troubleOf = ({ outcome, reason, superseded }: Result): string | null =>
  superseded ?? (outcome === 'unread' ? reason : null);
