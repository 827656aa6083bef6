import type { Twin } from './family.ts';
import { isReport } from './judged.ts';
import type { Portal } from './portals.ts';
import { plainTitle } from '../transforms/printed/title.ts';

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
  const homes = homesOf(portal);
  const links: Link[] = [];
  const ignored: Ignored = { off_site: 0, not_http: 0, duplicate: 0 };
  const elsewhere = new Set<string>();
  const places = openPlaces(portal, twins);
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
      if (!homes.some((home) => onSite(url.hostname, home))) {
        ignored.off_site += 1;
        if (isReport(row.title)) elsewhere.add(url.href);
        return false;
      }
      const found = { url: url.href, ...row };
      const place = places.of(found);
      places.take(found, place ?? links.length);
      const known = place === undefined ? undefined : links[place];
      if (known === undefined || place === undefined) {
        links.push({ portal: portal.id, ...found });
        return true;
      }
      ignored.duplicate += 1;
      links[place] = {
        ...known,
        // The page for telephones stands in only until the page itself turns up.
        url: isTwin(known.url) && !isTwin(url.href) ? url.href : known.url,
        title: wholeTitle(known.title, row.title),
        date: known.date ?? row.date,
      };
      return false;
    },
  };
}

/** A list cuts its titles at times: what it once printed whole stays so. */
export const wholeTitle = (known: string, listed: string): string =>
  CUT.test(known) && !CUT.test(listed) ? listed : known;

/** Absolute http(s) address without the place on its page and without the id of a session, or null. */
export function resolve(href: string, base: string): URL | null {
  const text = href.trim();
  if (!URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.username || url.password) return null;
  return withoutSession(withoutPlace(url));
}

/** Of a portal that is a single page the fragment says which article a script is to show; of any other, a place on the page. */
export const ROUTE = /^#!?\/./;

export function withoutPlace(url: URL): URL {
  if (!ROUTE.test(url.hash)) url.hash = '';
  return url;
}

const SESSION = /^(?:jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|session_?id|cfid|cftoken)$/i;
/** A name that also stands for ids of sites and of articles: what is long and no number, beside what else tells articles apart. */
const TOKEN = /^(?=.*[a-z])(?=.*\d)[\w-]{16,}$/i;

/** Servers put them into the addresses of those who send no cookie: they are others every night. */
function withoutSession(url: URL): URL {
  if (/;jsessionid=/i.test(url.pathname)) url.pathname = url.pathname.replace(/;jsessionid=[^/;]*/i, '');
  const pairs = pairsOf(url);
  const kept = pairs.filter((pair) => {
    const [name = '', value = ''] = pair.split('=');
    return !SESSION.test(name) && !(pairs.length > 1 && /^sid$/i.test(name) && TOKEN.test(value));
  });
  if (kept.length < pairs.length) url.search = kept.join('&');
  return url;
}

/** As they are written: a query may be in another encoding than `URLSearchParams` takes it for. */
const pairsOf = ({ search }: URL): string[] =>
  search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '');

export const onPortal = (url: URL, portal: Portal): boolean =>
  homesOf(portal).some((home) => onSite(url.hostname, home));

/** Whether two hosts have one owner, as far as names tell: the interfaces of a city have hosts beside those of its pages. */
export const isNeighbour = (url: string, other: string): boolean =>
  ownedName(new URL(url).hostname) === ownedName(new URL(other).hostname);

/** The name that was registered: under gov.cn and its like the third label from the right, else the second. Numbers are nobody's name. */
const ownedName = (hostname: string): string =>
  /^[\d.]+$|:/.test(hostname)
    ? hostname
    : hostname
        .split('.')
        .slice(/\.(?:ac|com|edu|gov|net|org)\.cn$/.test(hostname) ? -3 : -2)
        .join('.');

/** Where a portal stands, and where it stood before. */
const homesOf = ({ index_url, aliases = [] }: Portal): string[] =>
  [new URL(index_url).hostname, ...aliases].map(siteOf);

/** A city's departments have hosts under the city's own. */
function onSite(hostname: string, home: string): boolean {
  return hostname === home || hostname.endsWith(`.${home}`);
}

export function siteOf(hostname: string): string {
  return hostname.replace(/^www\./, '');
}

/** A title that the list has cut short. */
const CUT = /(?:\.\.|…)$/;

/** One key for all ways to write the address of one page of a list. */
export const addressKey = (url: string): string => canonical(new URL(url), [], siteOf);

/**
 * What tells one document of a portal from the others, on every night: its address however it is written, and its id at
 * its host. Two links that share the first are one document; those that share the second, where their titles agree.
 */
export function keysOf({ url, id }: Pick<Link, 'url' | 'id'>, portal: Portal, twins: Twin[]): string[] {
  const [home = '', ...before] = homesOf(portal);
  const hostOf = (hostname: string): string => {
    const site = siteOf(hostname);
    const moved = before.find((old) => onSite(site, old));
    return moved === undefined ? site : site.slice(0, -moved.length) + home;
  };
  const at = new URL(url);
  return [`url ${canonical(at, twins, hostOf)}`, ...(id === null ? [] : [`id ${hostOf(at.hostname)} ${id}`])];
}

/** Where documents stand that were met before, however their addresses are written now. */
export function openPlaces(portal: Portal, twins: Twin[]) {
  const places = new Map<string, { place: number; title: string }>();
  return {
    of: (link: Named): number | undefined => {
      const [byUrl, byId] = keysOf(link, portal, twins).map((key) => places.get(key));
      // Numbers of some systems are dates, or count anew in each folder: two titles are then two documents.
      return byUrl?.place ?? (byId && sameTitle(byId.title, link.title) ? byId.place : undefined);
    },
    take: (link: Named, place: number): void =>
      keysOf(link, portal, twins).forEach((key) => places.set(key, places.get(key) ?? { place, title: link.title })),
  };
}
type Named = Pick<Link, 'url' | 'id' | 'title'>;

/** But for what a list cut off, or added to it. */
function sameTitle(one: string, other: string): boolean {
  const [a = '', b = ''] = [one, other].map((title) => plainTitle(title.replace(/[.…]{1,9}$/, '')));
  return a.startsWith(b) || b.startsWith(a);
}

/** Parameters that say how somebody came to a page, or keep copies of it from being used. */
const NOISE =
  /^(?:isappinstalled|spm|utm_\w+|_|rnd|random|timestamp)(?:=|$)|^(?:t|ts|time|v|r|rand|nocache)=(?:1\d{9}|1\d{12}|0?\.\d+)$|^jump(?:=(?:true|false|0|1)?)?$|^from=(?:timeline|singlemessage|groupmessage)/i;

/** Path and query of an address, for whoever knows what those of a system are like. */
export function pathOf(written: URL): string {
  const url = withoutSession(new URL(written));
  const query = pairsOf(url).filter((pair) => !NOISE.test(pair));
  return url.pathname + (query.length > 0 ? `?${query.join('&')}` : '');
}

/** The same for http and https, www and none, parameters in any order, the page and its twin for telephones. */
function canonical(url: URL, twins: Twin[], hostOf: (hostname: string) => string): string {
  const path = twins
    .reduce((found, { part, article }) => found.replace(part, article), url.pathname)
    .replace(/\/index\.s?html?$/i, '/')
    .replace(/\/{2,}/g, '/');
  const port = url.port === '443' || url.port === '80' ? '' : url.port;
  const query = pairsOf(url).filter((pair) => !NOISE.test(pair));
  const route = ROUTE.test(url.hash) ? url.hash : '';
  return `${hostOf(url.hostname)}:${port}${path}${query.length > 0 ? `?${query.toSorted().join('&')}` : ''}${route}`;
}
