import { createRequire } from 'node:module';
import { ROBOTS_BYTES, type Ruling } from './capture.ts';

// The package declares a default export that its CommonJS module does not have.
const robotsParser: typeof import('robots-parser').default = createRequire(import.meta.url)('robots-parser');

export interface Rules {
  allows(url: string): boolean;
  delayMs: number | null;
}

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
    .slice(0, ROBOTS_BYTES)
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

/** What a robots.txt says about one address. The rules are parsed each time: a few lines, before a pause of seconds. */
export function permissionOf({ bytes, url, agent }: { bytes: Uint8Array; url: string; agent: string }): Ruling {
  const rules = parseRobots(new TextDecoder().decode(bytes), new URL(url).origin, agent);
  return { allowed: rules.allows(url), answered: true, delayMs: rules.delayMs };
}
