/** What detection gives; apart from what looks into pages, as whoever fetches knows it too. */

/** Which family a column belongs to, and by what it was recognised: in words, for whoever wonders. */
export interface Detected {
  family: string;
  by: string;
}

/** Where nothing is recognised. */
export const UNKNOWN: Detected = { family: 'plain', by: 'no system was recognised' };

/** So many lists are looked into at most. */
export const MAX_LEADS = 3;
