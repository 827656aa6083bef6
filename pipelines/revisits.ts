import type { Document } from './archive/documents.ts';

/**
 * When an article that is held is asked for again: reports are edited in silence, most of them in the weeks after they
 * appear, hardly ever after years. Asking for 150,000 articles once a month for ever would be 5,000 requests a night,
 * and all those of a first crawl on one day.
 */

const DAY_MS = 86_400_000;
/** A quarter of its age after the last visit: after a month monthly, after a year every three months. */
const SHARE_OF_AGE = 0.25;
/** In units of `refresh_days`: with its default, no report goes unseen for longer than a year. */
const MOST = 12;
/** Reports of a year appear and are corrected from January to April: organs by 31 January, governments by 31 March. */
const SEASON_MONTHS = 4;
const SEASON_SHARE = 0.5;
/** A quarter earlier or later: what was fetched on one day comes due over half of the interval. */
const SPREAD = 0.5;

/** Days from the last visit of a held article to the next one. */
export function daysToNextVisit(
  { document_id, listed_on, article }: Pick<Document, 'document_id' | 'listed_on' | 'article'>,
  refreshDays: number,
  now: Date,
): number {
  const published = Date.parse(listed_on ?? article?.requested_at ?? '');
  const age = Number.isNaN(published) ? 0 : Math.max(0, (now.getTime() - published) / DAY_MS);
  const isSeason = now.getUTCMonth() < SEASON_MONTHS && age < SEASON_MONTHS * 30.5;
  const least = isSeason ? refreshDays * SEASON_SHARE : refreshDays;
  const interval = Math.min(Math.max(age * SHARE_OF_AGE, least), refreshDays * MOST);
  return interval * (1 - SPREAD / 2 + SPREAD * shareOf(document_id));
}

/** From 0 to 1, ever the same for a document. */
const shareOf = (documentId: string): number => Number.parseInt(documentId.slice(0, 8), 16) / 2 ** 32;
