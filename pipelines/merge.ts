import type { Twin } from '../scrapers/family.ts';
import { openPlaces, wholeTitle, type Link } from '../scrapers/links.ts';
import type { Portal } from '../scrapers/portals.ts';
import { isReport, mayBeReport } from '../scrapers/judged.ts';
import { plainTitle } from '../transforms/printed/title.ts';
import type { KnownLink } from './archive/archive.ts';

/** What a portal has listed until now, and what its list gives tonight. */
export interface Listing {
  portal: Portal;
  twins: Twin[];
  known: KnownLink[];
  found: Link[];
}

/**
 * Known articles keep their place, their first address and their first date; a title or date that the portal changed is
 * taken over.
 * @param whole every article that is still published is among those found
 */
export function merge({ portal, twins, known, found }: Listing, whole: boolean, at: string): KnownLink[] {
  const links: KnownLink[] = [];
  const places = openPlaces(portal, twins);
  for (const link of known) if (places.of(link) === undefined) places.take(link, links.push(link) - 1);
  const listed = new Set<number>();
  for (const link of found) {
    const place = places.of(link) ?? links.length;
    const before = links[place];
    links[place] = before ? again(before, link) : { ...link, first_seen: at };
    places.take(link, place);
    listed.add(place);
  }
  return whole ? links.map((link, i) => (listed.has(i) ? link : missedAgain(link, at))) : links;
}

/** Once a day: a night that was killed and run again is one night. */
function missedAgain(link: KnownLink, at: string): KnownLink {
  const day = at.slice(0, 10);
  return link.absent_on === day ? link : { ...link, absent: (link.absent ?? 0) + 1, absent_on: day };
}

const again = (before: KnownLink, link: Link): KnownLink => ({
  ...link,
  url: before.url,
  title: wholeTitle(link.title, before.title),
  date: link.date ?? before.date,
  first_seen: before.first_seen,
  ...(link.url === before.url ? {} : { at: link.url }),
});

/**
 * How many known reports are not on a page that stands in place of the list; null where it is the list. `moved`: the
 * address of the column leads elsewhere now, which a portal that is made anew does too; then half of them are enough.
 */
export function missedOn({ portal, twins, known, found }: Listing, moved: boolean): number | null {
  if (found.length === 0) return null;
  const reports = known.filter((link) => !link.absent && isReport(link.title));
  if (reports.length === 0) return found.some(({ title }) => mayBeReport(title)) ? null : 0;
  const places = openPlaces(portal, twins);
  found.forEach(places.take);
  const titles = new Set(found.map(({ title }) => plainTitle(title)));
  const seen = reports.filter((link) => places.of(link) !== undefined || titles.has(plainTitle(link.title)));
  return seen.length === 0 || (moved && seen.length * 2 < reports.length) ? reports.length : null;
}

/** Whole lists in a row that have to agree that an article is gone from them: one may have been made anew just then. */
const GONE_AFTER = 3;

/**
 * Reports that left the list, and did not turn up later under the same title at another address: what was there beside
 * them all the time is another unit's, as titles often name none.
 */
export function unlisted(links: KnownLink[]): KnownLink[] {
  const newest = new Map<string, string>();
  for (const { absent, title, first_seen } of links) {
    const plain = plainTitle(title);
    if (!absent && first_seen > (newest.get(plain) ?? '')) newest.set(plain, first_seen);
  }
  return links.filter(
    (link) =>
      (link.absent ?? 0) >= GONE_AFTER &&
      isReport(link.title) &&
      !((newest.get(plainTitle(link.title)) ?? '') > link.first_seen),
  );
}
