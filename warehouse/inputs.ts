import type { Finding } from '../transforms/findings.ts';
import type { Reading } from '../transforms/report.ts';

/** What the warehouse is built from. Rows of the register and of the capture log have the shape `scrapers/` gives them. */
export interface WarehouseInputs {
  portals: PortalRow[];
  /** The whole log, gone through twice and never held. */
  captures: Iterable<CaptureRow>;
  /** Every discovered link; several rows with one `document_id` are revisions, and the latest capture counts. */
  documents: DocumentRow[];
  /** Readings of those documents; one that names no document is a mistake and throws. */
  readings: { document_id: string; reading: Reading }[];
  /** What discovery found wrong with portals. */
  problems?: ProblemRow[];
  /** What nights did, as they account for it. */
  runs?: RunRow[];
}

export interface RunRow {
  run: string;
  started: string;
  ended: string | null;
  exit: number | null;
  failure: string | null;
  code: string;
  vantage: string;
  portals: VisitRow[];
  problems: { acknowledged: boolean }[];
}

interface VisitRow {
  portal: string;
  family: string;
  listed: number;
  complete: boolean;
  reports: number;
  cells: number;
  requests: number;
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
  failed: number;
  bytes: number;
  seconds: number;
}

export interface PortalRow {
  id: string;
  division: string;
  name: string;
  family: string;
  index_url: string;
  from: string | null;
  until: string | null;
  vantage: string;
  note: string;
  /** Not in lines that were archived before the register had these. */
  aliases?: string[];
  how?: string;
  seen_in?: string;
  verified?: string | null;
}

export interface CaptureRow {
  url: string;
  final_url: string;
  portal: string;
  kind: string;
  requested_at: string;
  status: number | null;
  headers: Record<string, string>;
  sha256: string | null;
  bytes: number;
  media_type: string | null;
  outcome: string;
  error: string | null;
  vantage: string;
  simulated: boolean;
  via: string;
}

export interface DocumentRow {
  document_id: string;
  portal: string;
  url: string;
  title: string;
  listed_on: string | null;
  sha256: string | null;
  outcome: 'report' | 'not_a_report' | 'unread' | 'not_fetched';
  reason: string | null;
  captured_at: string | null;
  /** How many contents it had, one after the other. */
  revisions: number;
  /** YYYY-MM-DD since which its address answers that nothing is there. */
  withdrawn_on: string | null;
  simulated: boolean;
  trust: 'official' | 'known' | 'clone' | 'simulated';
  /** Where the original of a clone may be. */
  suggested_url: string | null;
}

type ProblemRow = Finding & { portal: string };
