import { finding, said } from '../transforms/findings.ts';
import type { About } from './findings.ts';
import type { CaptureRow, DocumentRow, PortalRow, RunRow } from './inputs.ts';
import type { TableRow } from './schema.ts';

/** Rows of the tables that say where the data came from: documents, captures, portals, runs. */

/** From the capture log, by address and hash: when these bytes were first seen at the addresses of documents. */
export function firstSights(captures: Iterable<CaptureRow>, documents: Iterable<DocumentRow>): Map<string, string> {
  const urls = new Set(Array.from(documents, ({ url }) => url));
  const first = new Map<string, string>();
  for (const { url, sha256, requested_at, outcome } of captures) {
    if (sha256 === null || outcome !== 'ok' || !urls.has(url)) continue;
    const key = `${url} ${sha256}`;
    const known = first.get(key);
    if (known === undefined || requested_at < known) first.set(key, requested_at);
  }
  return first;
}

/** The time is that of the first sight of these bytes: seeing the same page again is not news. */
export function documentRow(
  document: DocumentRow,
  member: { report_id: string; witness: string } | undefined,
  first: Map<string, string>,
  about: About[],
): TableRow {
  const { document_id, portal, url, title, sha256, outcome, reason, simulated, trust, suggested_url } = document;
  const { revisions, withdrawn_on } = document;
  const listed_on = dateOrNull(document.listed_on);
  if (document.listed_on !== null && listed_on === null)
    about.push({
      scope: 'document',
      document,
      finding: finding('date.invalid', [], { date: document.listed_on }),
    });
  return {
    document_id,
    portal,
    url,
    title,
    listed_on,
    sha256,
    outcome,
    reason,
    captured_at: first.get(`${url} ${sha256}`) ?? document.captured_at,
    revisions,
    withdrawn_on,
    simulated,
    trust,
    suggested_url,
    report_id: member?.report_id ?? null,
    witness: member?.witness ?? null,
  };
}

/** One after the other: the log of years does not fit into memory. */
export function* captureRows(captures: Iterable<CaptureRow>): Generator<TableRow> {
  for (const capture of captures) {
    const { url, requested_at, final_url, portal, kind, status, sha256, bytes, media_type } = capture;
    const { outcome, error, vantage, simulated, via } = capture;
    const headers = JSON.stringify(capture.headers);
    const request = { url, requested_at, final_url, portal, kind };
    yield { ...request, status, headers, sha256, bytes, media_type, outcome, error, vantage, simulated, via };
  }
}

export const portalRow = ({
  id,
  division,
  from,
  until,
  name,
  family,
  index_url,
  vantage,
  note,
  aliases = [],
  how,
  seen_in,
  verified,
}: PortalRow): TableRow => ({
  portal: id,
  division_code: division,
  name,
  family,
  index_url,
  valid_from: dateOrNull(from),
  valid_until: dateOrNull(until),
  vantage,
  aliases: aliases.length > 0 ? aliases.join(' ') : null,
  how: how ?? null,
  seen_in: seen_in ?? null,
  verified: dateOrNull(verified ?? null),
  note,
});

export const runRows = (runs: RunRow[]): { runs: TableRow[]; visits: TableRow[] } => ({
  runs: runs.map(({ run, started, ended, exit, failure, code, vantage, portals, problems }) => ({
    run,
    started,
    ended,
    exit,
    failure: failure === null ? null : said(failure),
    code,
    vantage,
    portals: portals.length,
    problems: problems.length,
    acknowledged: problems.filter(({ acknowledged }) => acknowledged).length,
  })),
  visits: runs.flatMap(({ run, portals }) => portals.map((visit) => ({ run, ...visit }))),
});

/** A page may claim the 30th of February, and a DATE column cannot hold it. */
export function dateOrNull(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}
