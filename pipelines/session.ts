import type { Browser } from '../scrapers/browser.ts';
import type { Capture, ClientOptions, Fetched, RequestInit } from '../scrapers/capture.ts';
import { createHosts, type Hosts } from '../scrapers/hosts.ts';
import type { Look } from '../scrapers/looks.ts';
import { createRobots } from '../scrapers/robots.ts';
import { restOf, works } from '../scrapers/wire.ts';
import { DiskFull, hasBytes, ifThere, type StoredCapture } from './archive/archive.ts';
import { clientOptions, type Config } from './config.ts';
import type { Effects } from './effects.ts';

interface Asked extends RequestInit {
  url: string;
  portal: string;
  kind: Capture['kind'];
  /** Article that the request is made for; null for lists. */
  document_url: string | null;
}

/** How robots.txt addresses us, whatever the User-Agent says: browsers' names stand in most of those. */
const ROBOTS_TOKEN = 'gongkai';

/** The outside during one run: robots.txt is asked first, and every answer is archived before anything reads it. */
export interface Session {
  get: (asked: Asked) => Promise<Fetched>;
  /** A list through a browser that is started when the first page needs it. Rejects with `BrowserMissing`. */
  render: (url: string, portal: string) => Promise<Fetched>;
  look: Look;
  /** Aborted when the run is to end or the disk takes nothing more, and by `close`: both functions reject with its reason then. */
  stop: AbortSignal;
  close: () => Promise<void>;
}

/**
 * @param past captures of earlier runs, oldest first: what did not change since is not transferred again, and a host that
 * asked for a rest has it
 * @param anew everything is transferred again
 */
export function openSession(
  config: Config,
  look: Look,
  effects: Omit<Effects, 'log' | 'openPool'>,
  past: StoredCapture[],
  anew = false,
): Session {
  const copies = copiesOf(anew ? [] : past, effects);
  const { blobs, captures } = effects.archive;
  const end = new AbortController();
  const stop = AbortSignal.any([effects.stop, end.signal]);
  const archived = async (fetched: Fetched, document_url: string | null): Promise<Fetched> => {
    // A connection that was closed because the run ends says nothing about the portal.
    if (fetched.capture.outcome === 'error') stop.throwIfAborted();
    // The archive holds what was asked; this was not.
    if (fetched.capture.outcome === 'postponed') return fetched;
    try {
      // The bytes first: a capture in the log promises that its blob is there.
      if (fetched.capture.sha256 !== null) await blobs.put(fetched.body);
      await captures.append({ ...fetched.capture, document_url });
    } catch (error) {
      if (error instanceof DiskFull) end.abort(error);
      throw error;
    }
    return fetched;
  };
  const robots = createRobots({
    fetch: async (url, portal) => archived(await client.get(url, portal, 'robots'), null),
    look,
    agent: ROBOTS_TOKEN,
  });
  const permit: ClientOptions['permit'] = async (url, portal) => {
    const permission = await robots(url, portal);
    // Robots.txt may have taken its time.
    stop.throwIfAborted();
    return permission;
  };
  const options = { ...clientOptions(config, effects.now), look, permit };
  const hosts = createHosts(options);
  keepRests(past, hosts, effects.now());
  const client = effects.openClient(options, hosts);
  let browser: Promise<Browser> | null = null;

  return {
    stop,
    get: async ({ url, portal, kind, document_url, ...init }) => {
      stop.throwIfAborted();
      const copy = init.method === 'POST' ? null : await copies(url, kind);
      const known = copy ? { known: validatorsOf(copy.capture) } : {};
      const fetched = await client.get(url, portal, kind, { ...init, ...known });
      return archived(
        copy && fetched.capture.outcome === 'unchanged' ? renewed(copy, fetched.capture) : fetched,
        document_url,
      );
    },
    render: async (url, portal) => {
      stop.throwIfAborted();
      browser ??= effects.openBrowser({ ...options, browser: config.browser }, hosts);
      return archived(await (await browser).render(url, portal), null);
    },
    look,
    close: async () => {
      // Where a run failed others still go on: what they ask a closed client would stand in the log as a fault of portals.
      end.abort(new Error('the session is closed'));
      await browser?.then((opened) => opened.close()).catch(() => undefined);
      await client.close();
      await captures.flush();
    },
  };
}

/** A server that asks for years is broken: after so long it is asked whether it still does. */
const LONGEST_REST_MS = 7 * 86_400_000;

/** What Retry-After asked for in an earlier run holds in this one. */
function keepRests(past: StoredCapture[], hosts: Hosts, now: Date): void {
  for (const { final_url, status, headers, requested_at } of past) {
    const asked = new Date(requested_at);
    // How long ago a capture of the future was made nobody knows.
    if (status === null || works(status) || asked > now) continue;
    const until = asked.getTime() + Math.min(restOf(headers['retry-after'], asked) ?? 0, LONGEST_REST_MS);
    if (until > now.getTime() && URL.canParse(final_url))
      hosts.rest(
        new URL(final_url).hostname,
        until - now.getTime(),
        `HTTP ${status} asked for a rest until ${new Date(until).toISOString()}`,
      );
  }
}

interface Copy {
  capture: StoredCapture;
  body: Uint8Array;
}

/** Validators of systems are wrong at times, and stay so: twice a year the bytes themselves are asked for. */
const BELIEVED_DAYS = 180;

/** The copy of an address that the archive holds whole, where its validators may be believed. */
function copiesOf(past: StoredCapture[], { archive, now }: Pick<Effects, 'archive' | 'now'>) {
  const latest = new Map<string, { capture: StoredCapture; transferred: string }>();
  const keyOf = (url: string, kind: string) => `${kind} ${url}`;
  for (const capture of past) {
    if (!hasBytes(capture) || capture.via !== 'http' || capture.form !== undefined) continue;
    const key = keyOf(capture.url, capture.kind);
    const transferred = capture.status === 304 ? latest.get(key)?.transferred : capture.requested_at;
    latest.set(key, { capture, transferred: transferred ?? '' });
  }
  return async (url: string, kind: string): Promise<Copy | null> => {
    const known = latest.get(keyOf(url, kind));
    if (known === undefined) return null;
    const { capture, transferred } = known;
    const { etag, lastModified } = validatorsOf(capture);
    if ((etag ?? lastModified) === undefined || capture.final_url !== url) return null;
    if (now().getTime() - Date.parse(transferred) > BELIEVED_DAYS * 86_400_000) return null;
    const body = await ifThere(archive.blobs.get(capture.sha256 ?? ''));
    return body && { capture, body };
  };
}

const validatorsOf = ({ headers }: Capture) => ({
  ...(headers.etag === undefined ? {} : { etag: headers.etag }),
  ...(headers['last-modified'] === undefined ? {} : { lastModified: headers['last-modified'] }),
});

/** What 304 says: the copy, confirmed now. The status tells that its bytes were not sent again. */
const renewed = ({ capture: { sha256, bytes, media_type, headers }, body }: Copy, answer: Capture): Fetched => ({
  capture: { ...answer, outcome: 'ok', sha256, bytes, media_type, headers: { ...headers, ...answer.headers } },
  body,
});
