import { withDatabase, type Json } from '../../warehouse/duckdb.ts';
import type { Newest } from './silence.ts';

/** What the tables hold of a portal. */
export interface Holding {
  reports: number;
  cells: number;
  newest: Newest;
  /**
   * Reports without a table, of organs that have tables in another year or of portals that have none at all: other
   * organs write none.
   */
  tableless: { url: string; year: number }[];
}

/** By portal; one of which nothing is held has no entry. */
export type Holdings = Map<string, Holding>;

export const nothingHeld: Holding = { reports: 0, cells: 0, newest: { organ: null, government: null }, tableless: [] };

/** Those who have until the end of March; so has an organ whose kind its name does not tell. */
const GOVERNMENTS = `kind IN ('government', 'other')`;

/** First year of the form that leaves nobody a choice; annexes of 2014–2018 were often left out. */
const FORM_SINCE = 2019;

export async function holdingsOf(database: string): Promise<Holdings> {
  return withDatabase(database, { readOnly: true }, async ({ rows }) => {
    const holdings: Holdings = new Map();
    const of = (row: Record<string, Json>): Holding => {
      const portal = String(row['portal']);
      const holding = holdings.get(portal) ?? { ...nothingHeld, tableless: [] };
      holdings.set(portal, holding);
      return holding;
    };
    const held = await rows(`SELECT portal, count(*) AS reports, sum(facts) AS cells,
        max(year) FILTER (NOT ${GOVERNMENTS}) AS organ, max(year) FILTER (${GOVERNMENTS}) AS government
      FROM (SELECT DISTINCT d.portal, r.report_id, r.facts, r.year, r.kind FROM documents d JOIN reports r USING (report_id))
      GROUP BY portal`);
    for (const row of held)
      Object.assign(of(row), {
        reports: Number(row['reports']),
        cells: Number(row['cells']),
        newest: { organ: yearOf(row['organ']), government: yearOf(row['government']) },
      });
    const tableless = await rows(`WITH of_form AS (
        SELECT d.portal, r.publisher, r.year, r.facts, d.url, d.witness FROM documents d JOIN reports r USING (report_id)
        WHERE r.year >= ${FORM_SINCE}),
      with_tables AS (FROM of_form WHERE facts > 0)
      SELECT portal, url, year FROM of_form WHERE facts = 0 AND witness = 'chosen' AND
        (publisher IN (SELECT publisher FROM with_tables) OR portal NOT IN (SELECT portal FROM with_tables))
      ORDER BY ALL`);
    for (const row of tableless) of(row).tableless.push({ url: String(row['url']), year: Number(row['year']) });
    return holdings;
  });
}

const yearOf = (year: Json | undefined): number | null => (year === null || year === undefined ? null : Number(year));
