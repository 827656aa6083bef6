import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { ClientOptions } from './capture.ts';

/** Nothing more is asked of a host for now: it asked for a long rest, does not answer, or has had its share of the run. */
export class HostClosed extends Error {
  override name = 'HostClosed';
}

/** How each host is treated, whoever asks: HTTP and browser share it, as do all portals on the host. */
export interface Hosts {
  /** Runs `task` when it is `hostname`'s turn. @throws HostClosed */
  turn<T>(hostname: string, task: () => Promise<T>): Promise<T>;
  /** Between requests to `hostname` lie at least so many milliseconds from now on. */
  slowDown(hostname: string, delayMs: number): void;
  /** Nothing starts at `hostname` for so long: what Retry-After asks for. `why` is told when that is too long to wait. */
  rest(hostname: string, ms: number, why: string): void;
  /** How a request ended, its repetitions included; `failure` is null for any answer of a host that works. */
  ended(hostname: string, failure: string | null): void;
  /** Whether the last request failed: a host in trouble is not asked the same thing three times. */
  isTroubled(hostname: string): boolean;
}

/**
 * After an answer that took t, the next request waits at least twice as long, so that we never use more than a third of
 * what a slow host can do; Heritrix waits five times as long, by which a night of 1,000 articles at 2.5 s takes 4 hours.
 */
const SHARE = 2;
/** A single page that is slow to make says little about the host. */
const MAX_GROWN_MS = 30_000;
/** Longest rest that is waited for within a run; after a longer one the host is closed. */
export const MAX_REST_MS = 120_000;
/** Requests in a row that fail before a host is left alone. A column may hold two or three broken articles in a row. */
const BREAK_AFTER = 5;
/** A host that broke is tried again this much later in the same run: a restart of its server takes minutes. */
const BREAK_MS = 15 * 60_000;

interface Host {
  limit: ReturnType<typeof pLimit>;
  delayMs: number;
  /** `performance.now()` before which nothing starts. */
  free: number;
  /** Until when nothing is asked at all, and why. */
  closed: { until: number; why: string } | null;
  failures: number;
  requests: number;
  /** When it was asked first. */
  since: number | null;
}

export type Manners = Pick<ClientOptions, 'perHost' | 'delayMs' | 'hostRequests' | 'hostMinutes'>;

export function createHosts({ perHost, delayMs, hostRequests = Infinity, hostMinutes = Infinity }: Manners): Hosts {
  const hosts = new Map<string, Host>();
  const of = (hostname: string): Host => {
    const host = hosts.get(hostname) ?? {
      limit: pLimit(perHost),
      delayMs,
      free: 0,
      closed: null,
      failures: 0,
      requests: 0,
      since: null,
    };
    hosts.set(hostname, host);
    return host;
  };
  const close = (host: Host, ms: number, why: string) => (host.closed = { until: performance.now() + ms, why });

  function refuseIfClosed(host: Host): void {
    const now = performance.now();
    if (host.closed && host.closed.until <= now) host.closed = null;
    if (host.closed === null && host.requests >= hostRequests)
      close(host, Infinity, `its share of ${hostRequests} requests is used up`);
    if (host.closed === null && host.since !== null && now - host.since > hostMinutes * 60_000)
      close(host, Infinity, `its share of ${hostMinutes} minutes is used up`);
    if (host.closed) throw new HostClosed(host.closed.why);
  }

  return {
    turn: (hostname, task) => {
      const host = of(hostname);
      return host.limit(async () => {
        refuseIfClosed(host);
        // Looked at again after each sleep: what another answer asked for meanwhile counts too.
        for (let wait = host.free - performance.now(); wait > 0; wait = host.free - performance.now())
          await sleep(wait);
        refuseIfClosed(host);
        const start = performance.now();
        host.since ??= start;
        host.requests += 1;
        host.free = Math.max(host.free, start + host.delayMs);
        try {
          return await task();
        } finally {
          const end = performance.now();
          // Who sets no delay at all asks a server of his own.
          const grown = delayMs === 0 ? 0 : Math.min(SHARE * (end - start), MAX_GROWN_MS);
          host.free = Math.max(host.free, end + Math.max(host.delayMs, grown));
        }
      });
    },
    slowDown: (hostname, ms) => {
      const host = of(hostname);
      // What ended before the host said so has to lie as far back.
      if (host.requests > 0) host.free += Math.max(0, ms - host.delayMs);
      host.delayMs = Math.max(host.delayMs, ms);
    },
    rest: (hostname, ms, why) => {
      const host = of(hostname);
      if (ms > MAX_REST_MS) close(host, ms, why);
      else host.free = Math.max(host.free, performance.now() + ms);
    },
    ended: (hostname, failure) => {
      const host = of(hostname);
      host.failures = failure === null ? 0 : host.failures + 1;
      if (failure !== null && host.failures >= BREAK_AFTER && host.closed === null)
        close(host, BREAK_MS, `${host.failures} requests in a row failed, the last with ${failure}`);
    },
    isTroubled: (hostname) => of(hostname).failures > 0,
  };
}
