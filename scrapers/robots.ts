import { createRequire } from 'node:module';
import type { Capture, Fetched, Permission } from './capture.ts';

// The package declares a default export that its CommonJS module does not have.
const robotsParser: typeof import('robots-parser').default = createRequire(import.meta.url)('robots-parser');

export interface Rules {
  allows(url: string): boolean;
  /** False where there is no file to go by, only a host that does not answer. */
  answered: boolean;
  delayMs: number | null;
}

/** RFC 9309, 2.5: at least the first 500 KiB must be parsed. */
const MAX_CHARS = 512 * 1024;
const MAX_LINE = 16 * 1024;
/** As Heritrix does: a longer Crawl-delay closes a site in effect, and is most often meant in milliseconds. */
const MAX_DELAY_MS = 300_000;

/**
 * The rules of one robots.txt for one product token (`gongkai`, without version).
 * @param origin scheme and host that the file was asked from
 */
export function parseRobots(text: string, origin: string, agent: string): Rules {
  const robots = robotsParser(new URL('/robots.txt', origin).href, canonical(text));
  const seconds = robots.getCrawlDelay(agent) ?? 0;
  return {
    // RFC 9309 compares octets: an address with characters that are not encoded meets no rule that names them.
    allows: (url) => robots.isAllowed(new URL(url.replace(/[^\0-\x7f]+/g, '%00'), origin).href, agent) ?? false,
    answered: true,
    delayMs: seconds > 0 ? Math.min(seconds * 1000, MAX_DELAY_MS) : null,
  };
}

/**
 * Rewrites a file so that robots-parser, whose matching of paths is right, also groups and tokenises as RFC 9309
 * and Google's parser do: a byte order mark only where it may be, a missing colon, names of agents up to the first
 * character that no product token has, lines of unknown kind not ending a group, `index.html` standing for its folder.
 */
function canonical(text: string): string {
  const lines: string[] = [];
  for (const line of text
    .slice(0, MAX_CHARS)
    .replace(/^\uFEFF|^\uFFFD(?=user-agent)/i, '')
    .split(/\r\n|\r|\n/)) {
    const match = /^[ \t]*([a-z-]+)(?:[ \t]*:[ \t]*|[ \t]+)([^#]*)/i.exec(line.slice(0, MAX_LINE));
    const value = match?.[2]?.trim() ?? '';
    switch (match?.[1]?.toLowerCase()) {
      case 'user-agent':
        // An empty line or a name in other characters names nobody; it still starts a group.
        lines.push(`User-agent: ${value.startsWith('*') ? '*' : (/^[a-z_-]+/i.exec(value)?.[0] ?? '-')}`);
        break;
      case 'allow':
        lines.push(`Allow: ${value}`);
        if (value.endsWith('/index.html')) lines.push(`Allow: ${value.slice(0, -'index.html'.length)}$`);
        break;
      case 'disallow':
        lines.push(`Disallow: ${value}`);
        break;
      case 'crawl-delay':
        lines.push(`Crawl-delay: ${value}`);
        break;
    }
  }
  return lines.join('\n');
}

/**
 * Rules from the answer to a request for robots.txt, after RFC 9309, 2.3.1: a client error means that there are
 * none, a server error or no answer that nothing may be fetched. 429 asks for less traffic, so it counts as the latter.
 */
function rulesOf({ capture, body }: Fetched, origin: string, agent: string): Rules {
  if (capture.outcome === 'too_large') return { ...always(false), answered: true };
  if (capture.status !== null && capture.status >= 200 && capture.status < 300 && capture.outcome !== 'error')
    return parseRobots(new TextDecoder().decode(body), origin, agent);
  return always(isClientError(capture));
}

function always(allowed: boolean): Rules {
  return { allows: () => allowed, answered: allowed, delayMs: null };
}

function isClientError({ status }: Capture): boolean {
  return status !== null && status >= 400 && status < 500 && status !== 429;
}

/**
 * Asks each origin once for its robots.txt. `fetch` is `client.get` with kind `robots`, or a function around it
 * that archives the answer.
 */
export function createRobots(options: {
  fetch: (url: string, portal: string) => Promise<Fetched>;
  /** Product token, as in `User-agent:`. */
  agent: string;
}): (url: string, portal: string) => Promise<Permission> {
  const known = new Map<string, Promise<{ rules: Rules; capture: Capture }>>();
  const ask = async (origin: string, portal: string) => {
    const fetched = await options.fetch(`${origin}/robots.txt`, portal);
    return { rules: rulesOf(fetched, origin, options.agent), capture: fetched.capture };
  };
  return async (url, portal) => {
    const { origin } = new URL(url);
    const asked = known.get(origin) ?? ask(origin, portal);
    known.set(origin, asked);
    const { rules, capture } = await asked;
    const allowed = rules.allows(url);
    const answer = capture.status === null ? (capture.error ?? 'no answer') : `HTTP ${capture.status}`;
    return { allowed, answered: rules.answered, reason: `robots.txt of ${origin} (${answer})`, delayMs: rules.delayMs };
  };
}
