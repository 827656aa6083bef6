import { ROBOTS_BYTES, type Capture, type Fetched, type Permission, type Ruling } from './capture.ts';
import { HostClosed } from './hosts.ts';
import type { Look } from './looks.ts';

/**
 * Whether the answer to a request for robots.txt opens or closes everything, after RFC 9309, 2.3.1: a client error means
 * that there are no rules, a server error or no answer that nothing may be fetched. 429 asks for less traffic, so it
 * counts as the latter. Null where the rules have to be looked into.
 */
function rulingOnAll({ outcome, status }: Capture): Ruling | null {
  if (outcome === 'too_large') return { allowed: false, answered: true, delayMs: null };
  if (status !== null && status >= 200 && status < 300 && outcome !== 'error') return null;
  const opens = status !== null && status >= 400 && status < 500 && status !== 429;
  return { allowed: opens, answered: opens, delayMs: null };
}

/** Asks each origin once for its robots.txt. What it gives rejects with `HostClosed` while the host is left alone. */
export function createRobots(options: {
  /** `client.get` with kind `robots`, or a function around it that archives the answer. */
  fetch: (url: string, portal: string) => Promise<Fetched>;
  look: Look;
  /** Product token, as in `User-agent:`. */
  agent: string;
}): (url: string, portal: string) => Promise<Permission> {
  const known = new Map<string, Promise<Fetched>>();
  return async (url, portal) => {
    const { origin } = new URL(url);
    const asked = known.get(origin) ?? options.fetch(`${origin}/robots.txt`, portal);
    known.set(origin, asked);
    const { capture, body } = await asked;
    if (capture.outcome === 'postponed') {
      // Nothing was asked, so nothing is known when the host opens again.
      if (known.get(origin) === asked) known.delete(origin);
      throw new HostClosed(capture.error ?? undefined);
    }
    const answer = capture.status === null ? (capture.error ?? 'no answer') : `HTTP ${capture.status}`;
    const reason = (why: string) => `robots.txt of ${origin} (${why})`;
    const bytes = body.subarray(0, ROBOTS_BYTES);
    const ruling = rulingOnAll(capture) ?? (await options.look('permission', { bytes, url, agent: options.agent }));
    // Rules that cannot be known are kept as those of a host that does not answer.
    if ('unseen' in ruling) return { allowed: false, answered: false, reason: reason(ruling.unseen), delayMs: null };
    return { ...ruling, reason: reason(answer) };
  };
}
