import type { Reading } from '../transforms/report.ts';
import type { DocumentRow } from '../warehouse/inputs.ts';

/** Hosts of the simulator stand for the official ones of the same name. */
const isOfficial = (host: string): boolean => /(?:^|\.)(?:gov\.cn|simulator\.test)$/.test(host);

/**
 * How far the address that answered can be trusted to be the publisher's own. Outside of .gov.cn, a page that carries
 * what clone sites put in, or that a list of another site led to, is a clone; a host of the register is a known one.
 * @param url after redirects
 */
export function trustOf(
  { url, indexUrl, simulated }: { url: string; indexUrl: string; simulated: boolean },
  reading: Reading | null,
): DocumentRow['trust'] {
  const host = new URL(url).hostname;
  const outside = !isOfficial(host) && host !== new URL(indexUrl).hostname;
  if (outside || (!/(?:^|\.)gov\.cn$/.test(host) && reading !== null && isCopied(host, reading))) return 'clone';
  if (simulated) return 'simulated';
  return isOfficial(host) ? 'official' : 'known';
}

/** Readings in brackets, or the site's own name where the text named the portal. */
const isCopied = (host: string, { findings }: Reading): boolean =>
  findings.some(
    ({ code, details }) =>
      code === 'clone_text' || (code === 'foreign_domain' && siteOf(details.domain) === siteOf(host)),
  );

const siteOf = (host: string): string => host.replace(/^www\./, '');

/**
 * Where the original of a clone may be: clone sites keep path and post id. An official document at that very path if
 * one is known, else that path on the only official host that the register has for the division; null where several
 * or none come into question. A suggestion for a person: nothing was asked there.
 */
export function suggestedUrl(
  url: string,
  division: string | null,
  official: { urls: string[]; indexes: { division: string; url: string }[] },
): string | null {
  const { pathname, search } = new URL(url);
  const same = official.urls.filter(
    (known) => new URL(known).pathname === pathname && new URL(known).search === search,
  );
  if (same.length > 0) return only(same);
  const hosts = official.indexes
    .filter((index) => index.division === division)
    .map((index) => new URL(index.url).origin);
  const origin = pathname === '/' ? null : only(hosts.filter((host) => isOfficial(new URL(host).hostname)));
  return origin && new URL(pathname + search, origin).href;
}

const only = (found: string[]): string | null => (new Set(found).size === 1 ? (found[0] ?? null) : null);
