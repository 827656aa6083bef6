import type { Twin } from './family.ts';
import type { Portal } from './portals.ts';
import { judgeTitle } from '../transforms/printed/title.ts';

/** One article that a portal lists, as the list prints it. */
export interface Link {
  portal: string;
  url: string;
  title: string;
  /** Local date as printed, YYYY-MM-DD; null when the list prints none. */
  date: string | null;
  /** The article's id on its site; null when its address holds none. */
  id: string | null;
  /** Only where the list itself names them. */
  attachments?: { url: string; name: string }[];
}

/** Why anchors of a list are no links of the portal. */
export interface Ignored {
  off_site: number;
  not_http: number;
  duplicate: number;
}

export interface Collected {
  links: Link[];
  ignored: Ignored;
  /** Addresses of reports, by their titles, that lie on other sites: not fetched for this portal. */
  elsewhere: Set<string>;
  /** False when the article was there already, the other side of a twin included. */
  add(found: { href: string; base: string } & Omit<Link, 'portal' | 'url'>): boolean;
}

/** Gathers links of one portal: each article once, on the portal's own site only. */
export function collector(portal: Portal, twins: Twin[]): Collected {
  const home = siteOf(new URL(portal.index_url).hostname);
  const links: Link[] = [];
  const ignored: Ignored = { off_site: 0, not_http: 0, duplicate: 0 };
  const elsewhere = new Set<string>();
  const places = new Map<string, number>();
  const isTwin = (url: string) => twins.some(({ part }) => part.test(new URL(url).pathname));
  return {
    links,
    ignored,
    elsewhere,
    add({ href, base, ...row }) {
      const url = resolve(href, base);
      if (!url) {
        ignored.not_http += 1;
        return false;
      }
      if (!onSite(url.hostname, home)) {
        ignored.off_site += 1;
        if (judgeTitle(row.title).kind === 'report') elsewhere.add(url.href);
        return false;
      }
      const keys = [`url ${canonical(url, twins)}`, ...(row.id === null ? [] : [`id ${row.id}`])];
      const place = keys.map((key) => places.get(key)).find((known) => known !== undefined);
      keys.forEach((key) => places.set(key, place ?? links.length));
      const known = place === undefined ? undefined : links[place];
      if (known === undefined || place === undefined) {
        links.push({ portal: portal.id, url: url.href, ...row });
        return true;
      }
      ignored.duplicate += 1;
      links[place] = {
        ...known,
        // The page for telephones stands in only until the page itself turns up.
        url: isTwin(known.url) && !isTwin(url.href) ? url.href : known.url,
        title: CUT.test(known.title) && !CUT.test(row.title) ? row.title : known.title,
        date: known.date ?? row.date,
      };
      return false;
    },
  };
}

/** Absolute http(s) address without fragment, or null. */
export function resolve(href: string, base: string): URL | null {
  const text = href.trim();
  if (!URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.username || url.password) return null;
  url.hash = '';
  return url;
}

export function onPortal(url: URL, portal: Portal): boolean {
  return onSite(url.hostname, siteOf(new URL(portal.index_url).hostname));
}

/** A city's departments have hosts under the city's own. */
function onSite(hostname: string, home: string): boolean {
  return hostname === home || hostname.endsWith(`.${home}`);
}

function siteOf(hostname: string): string {
  return hostname.replace(/^www\./, '');
}

/** A title that the list has cut short. */
const CUT = /(?:\.\.|…)$/;

/** One key for all ways to write the address of one page of a list. */
export const addressKey = (url: string): string => canonical(new URL(url), []);

/** The same for http and https, www and none, the page and its twin for telephones. */
function canonical(url: URL, twins: Twin[]): string {
  const path = twins
    .reduce((found, { part, article }) => found.replace(part, article), url.pathname)
    .replace(/\/index\.s?html?$/i, '/')
    .replace(/\/{2,}/g, '/');
  const port = url.port === '443' || url.port === '80' ? '' : url.port;
  return `${siteOf(url.hostname)}:${port}${path}${url.search}`;
}
