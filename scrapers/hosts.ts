import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';

/** Keeps the distance between requests to one host: at most `perHost` at a time, and starts `delayMs` apart. */
export interface Hosts {
  /** Runs `task` when it is `hostname`'s turn. */
  turn<T>(hostname: string, task: () => Promise<T>): Promise<T>;
  /** Starts at `hostname` are at least so far apart from now on. */
  slowDown(hostname: string, delayMs: number): void;
  /** Nothing starts at `hostname` for so long: what Retry-After asks for. */
  rest(hostname: string, ms: number): void;
}

export function createHosts(options: { perHost: number; delayMs: number }): Hosts {
  const hosts = new Map<string, { limit: ReturnType<typeof pLimit>; delayMs: number; free: number }>();
  const of = (hostname: string) => {
    const host = hosts.get(hostname) ?? { limit: pLimit(options.perHost), delayMs: options.delayMs, free: 0 };
    hosts.set(hostname, host);
    return host;
  };
  return {
    turn: (hostname, task) => {
      const host = of(hostname);
      return host.limit(async () => {
        const now = performance.now();
        const start = Math.max(now, host.free);
        host.free = start + host.delayMs;
        if (start > now) await sleep(start - now);
        return task();
      });
    },
    slowDown: (hostname, delayMs) => {
      const host = of(hostname);
      host.delayMs = Math.max(host.delayMs, delayMs);
    },
    rest: (hostname, ms) => {
      const host = of(hostname);
      host.free = Math.max(host.free, performance.now() + ms);
    },
  };
}
