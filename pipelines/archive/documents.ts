import type { Portal } from '../../scrapers/portals.ts';
import { judgeTitle, type TitleVerdict } from '../../transforms/printed/title.ts';
import { finding, inFile, isUnread, said } from '../../transforms/findings.ts';
import type { Reading, ReportIdentity } from '../../transforms/report.ts';
import { hasBytes, readingKey, sha256, type Archive, type PortalLinks, type StoredCapture } from './archive.ts';

/** One discovered link with what the archive holds of it. */
export interface Document {
  /** First 16 hex digits of the hash of portal and url: stable however often it is listed. */
  document_id: string;
  portal: string;
  url: string;
  title: string;
  listed_on: string | null;
  verdict: TitleVerdict;
  /** Files that the list itself names. */
  files: string[];
  /** Latest capture of the page that has bytes; null while there is none. */
  article: StoredCapture | null;
  /** Latest captures, with bytes, of the files the page offered when it was last captured. */
  attachments: StoredCapture[];
  /** Latest attempts at files the page offered of which no bytes were ever had. */
  missing: StoredCapture[];
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
      title: link.title,
      listed_on: link.date,
      verdict: judgeTitle(link.title),
      files: link.attachments?.map((file) => file.url) ?? [],
      ...evidence(byDocument.get(link.url) ?? []),
    })),
  );
}

function evidence(captures: StoredCapture[]): Pick<Document, 'article' | 'attachments' | 'missing' | 'attempt'> {
  const pages = captures.filter((capture) => capture.kind === 'article');
  const article = pages.findLast(hasBytes) ?? null;
  // Offered now: tried since the page was last captured. A file that failed this time is taken from an earlier night.
  const isFile = (capture: StoredCapture) => capture.kind === 'attachment';
  const files = captures.filter(isFile);
  const since = article === null ? 0 : captures.indexOf(article);
  const offered = new Set(
    captures
      .slice(since)
      .filter(isFile)
      .map((capture) => capture.url),
  );
  const attachments = [...offered].flatMap((url) => files.findLast((c) => c.url === url && hasBytes(c)) ?? []);
  const missing = [...offered].flatMap((url) => {
    const tried = files.filter((capture) => capture.url === url);
    return tried.some(hasBytes) ? [] : (tried.at(-1) ?? []);
  });
  return { article, attachments, missing, attempt: pages.at(-1) ?? null };
}

/** A page without any table, or without one of the form: its files or pictures may hold what it lacks. */
export const lacksTables = ({ facts, findings }: Reading): boolean =>
  facts.length === 0 || findings.some(({ code }) => code === 'grid_missing');

/** Of a page, once a file speaks for it: what the page does not hold is no fault then. */
const ABOUT_CONTENT = ['grid_missing', 'line_missing', 'picture_unread', 'not_a_report'];

/**
 * The one reading of a document whose page may offer files: the page when it has the tables, else the file with the
 * most numbers. What could not be read beside it stays visible as findings.
 */
export function combine(page: Reading, files: Reading[]): Reading {
  if (files.length === 0 || !lacksTables(page)) return page;
  const best = files.toSorted((a, b) => b.facts.length - a.facts.length)[0];
  const unread = files
    .filter((file) => file !== best || file.facts.length <= page.facts.length)
    .flatMap(({ source, findings }) => findings.filter(isUnread).map((found) => inFile(found, source.path)));
  if (best && best.facts.length > page.facts.length) {
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
  if (document.verdict.kind === 'other') return { outcome: 'not_a_report', reason: document.verdict.reason };
  if (document.article === null) {
    const { attempt } = document;
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
    return { outcome: 'report', reason: null };
  }
  const other = reading.findings.find((finding) => finding.code === 'not_a_report');
  return other ? { outcome: 'not_a_report', reason: other.message } : { outcome: 'unread', reason: 'no report found' };
}
