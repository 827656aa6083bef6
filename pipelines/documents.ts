import { judgeTitle, type TitleVerdict } from '../scrapers/titles.ts';
import type { Reading } from '../transforms/report.ts';
import { unreadCodes } from './readers.ts';
import { sha256, type PortalLinks, type StoredCapture } from './store.ts';

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
  /** Latest attempt at the page, successful or not. */
  attempt: StoredCapture | null;
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

export const hasBytes = (capture: StoredCapture): boolean => capture.outcome === 'ok' && capture.sha256 !== null;

function evidence(captures: StoredCapture[]): Pick<Document, 'article' | 'attachments' | 'attempt'> {
  const pages = captures.filter((capture) => capture.kind === 'article');
  const article = pages.findLast(hasBytes) ?? null;
  // Offered now: tried since the page was last captured. A file that failed this time is taken from an earlier night.
  const since = article?.requested_at ?? '';
  const files = captures.filter((capture) => capture.kind === 'attachment');
  const offered = new Set(files.filter((capture) => capture.requested_at >= since).map((capture) => capture.url));
  const attachments = [...offered].flatMap((url) => files.findLast((c) => c.url === url && hasBytes(c)) ?? []);
  return { article, attachments, attempt: pages.at(-1) ?? null };
}

/**
 * The one reading of a document whose page may offer files: the page when it has the tables, else the file with the
 * most numbers. What could not be read beside it stays visible as findings.
 */
export function combine(page: Reading, files: Reading[]): Reading {
  if (page.facts.length > 0 || files.length === 0) return page;
  const best = files.toSorted((a, b) => b.facts.length - a.facts.length)[0];
  if (best?.report && best.facts.length > 0) {
    const { report } = best;
    return { ...best, report: { ...report, published_on: report.published_on ?? page.report?.published_on ?? null } };
  }
  const unread = files.flatMap(({ source, findings }) =>
    findings
      .filter((finding) => unreadCodes.includes(finding.code))
      .map((finding) => ({ ...finding, message: `${source.path}: ${finding.message}` })),
  );
  const report = page.report ?? files.find((file) => file.report)?.report ?? null;
  return { ...page, report, findings: [...page.findings, ...unread] };
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
  if (reading.report) {
    // Without them it cannot be told from another report, so it is counted among what a person has to look at.
    if (reading.report.publisher === null) return { outcome: 'unread', reason: 'its publisher is not known' };
    if (reading.report.year === null) return { outcome: 'unread', reason: 'its year is not known' };
    return { outcome: 'report', reason: null };
  }
  const unread = reading.findings.find((finding) => unreadCodes.includes(finding.code));
  if (unread) return { outcome: 'unread', reason: unread.code };
  const other = reading.findings.find((finding) => finding.code === 'not_a_report');
  return other ? { outcome: 'not_a_report', reason: other.message } : { outcome: 'unread', reason: 'no report found' };
}

/** How far an address can be trusted to be the publisher's own, given the list that led to it. */
export function trustOf(url: string, indexUrl: string): 'official' | 'known' | 'clone' {
  const host = new URL(url).hostname;
  if (host === 'gov.cn' || host.endsWith('.gov.cn')) return 'official';
  return host === new URL(indexUrl).hostname ? 'known' : 'clone';
}
