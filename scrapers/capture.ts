import { createHash } from 'node:crypto';
import type { Look } from './looks.ts';

/** Evidence of one response, or of why there was none. */
export interface Capture {
  /** As asked for; `final_url` after redirects. */
  url: string;
  final_url: string;
  /** What was posted, as a form or as JSON; left out where nothing was: part of what an answer is an answer to. */
  form?: string;
  portal: string;
  kind: 'robots' | 'list' | 'api' | 'article' | 'attachment';
  /** ISO 8601, UTC. */
  requested_at: string;
  /** Null when no response came. */
  status: number | null;
  /** Lower-case names, only the ones that `exchange.ts` keeps. */
  headers: Record<string, string>;
  /** Of the body without its Content-Encoding; null when there is no body. */
  sha256: string | null;
  bytes: number;
  /** Content-Type without parameters, as declared. */
  media_type: string | null;
  /**
   * `postponed`: nothing was asked, as the host is left alone for now. `unchanged`: the copy whose validators were sent
   * is still right. Neither is archived as such.
   */
  outcome: 'ok' | 'not_found' | 'blocked' | 'empty' | 'too_large' | 'error' | 'disallowed' | 'postponed' | 'unchanged';
  error: string | null;
  vantage: string;
  simulated: boolean;
  via: 'http' | 'browser';
}

/** `body` is the bytes of the wire, without Content-Encoding and otherwise untouched; also of error pages. */
export interface Fetched {
  capture: Capture;
  body: Uint8Array;
}

/** What robots.txt says about one url. */
export interface Ruling {
  allowed: boolean;
  /** False where the file could not be had, which closes the site too, but is a fault that may pass. */
  answered: boolean;
  /** Crawl-delay that the site asks for, if any. */
  delayMs: number | null;
}

export interface Permission extends Ruling {
  reason: string;
}

export interface ClientOptions {
  vantage: string;
  simulated: boolean;
  /** Host or `*.suffix` → `127.0.0.1:4480`, like curl's --connect-to: the only way to an address that is not public. */
  connect: Record<string, string>;
  /** Requests at a time to one host, and milliseconds between the end of one and the start of the next. */
  perHost: number;
  delayMs: number;
  /** Most requests to one host, and minutes from the first to the last of them, in one run; no limit when left out. */
  hostRequests?: number;
  hostMinutes?: number;
  /** Longest silence: until the first byte of an answer and between two of its pieces. */
  timeoutMs: number;
  /** For one complete response, which a large file on a slow line needs; 20 times `timeoutMs` when left out. */
  totalMs?: number;
  /** For one body, on the wire and decompressed. */
  maxBytes: number;
  userAgent: string;
  now: () => Date;
  /** Looks into what comes, as whoever fetches does not. */
  look: Look;
  /** Asked before every request and every redirect except for robots.txt itself (`createRobots`). */
  permit?: (url: string, portal: string) => Promise<Permission>;
  /** Further attempts after a transient fault (2), and the wait before the first of them (1000 ms, doubled each time). */
  retries?: number;
  retryMs?: number;
}

export interface RequestInit {
  method?: 'GET' | 'POST';
  /** Sent as a form, or as JSON where it is that. */
  body?: string;
  /** Page that asks: some interfaces refuse whoever does not say it. */
  referer?: string;
  /** Of a copy that is there: an answer of 304 says that it is still right. */
  known?: { etag?: string; lastModified?: string };
}

/** Of what is posted: no form begins with a bracket. */
export const typeOfPosted = (body: string): string =>
  body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded';

export function digest(body: Uint8Array): Pick<Capture, 'sha256' | 'bytes'> {
  return {
    sha256: body.byteLength === 0 ? null : createHash('sha256').update(body).digest('hex'),
    bytes: body.byteLength,
  };
}

/** Content-Type without its parameters, lower-case; null where none is declared. */
export function mediaType(contentType: string | undefined): string | null {
  return contentType?.split(';')[0]?.trim().toLowerCase() || null;
}

/** RFC 9309, 2.5: at least the first 500 KiB of a robots.txt must be parsed. */
export const ROBOTS_BYTES = 512 * 1024;

/** Statuses that refuse whoever asks; 429 whoever asks so often. */
export const REFUSALS: ReadonlySet<number> = new Set([401, 403, 407, 412, 429, 451, 521]);

/** So many bytes of an answer tell what it amounts to: a longer one is content, whatever words stand in it. */
export const JUDGED_BYTES = 16 * 1024 + 1;

/** What a complete answer amounts to. */
export async function outcomeOf(
  look: Look,
  answer: { status: number; kind: Capture['kind']; mediaType: string | null; body: Uint8Array },
): Promise<Pick<Capture, 'outcome' | 'error'>> {
  const { body, ...rest } = answer;
  const { status } = answer;
  // Two thirds of what a large page cost was handing its beginning to another process.
  if (body.byteLength >= JUDGED_BYTES && status >= 200 && status < 300) return { outcome: 'ok', error: null };
  const judged = await look('outcome', { ...rest, bytes: body.subarray(0, JUDGED_BYTES) });
  return 'unseen' in judged ? { outcome: 'error', error: judged.unseen } : judged;
}
