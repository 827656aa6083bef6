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

/** What became of the documents in the tables: the sum is that of all. */
export interface Tally {
  /** Each gives the numbers of one report, so many there are. */
  reports: number;
  /** Reports once more, on another page or portal. */
  copies: number;
  unread: number;
  not_a_report: number;
  not_fetched: number;
}

export async function tallyOf(database: string): Promise<Tally> {
  return withDatabase(database, { readOnly: true }, async ({ rows }) => {
    const number = new Map(
      (
        await rows(
          `SELECT coalesce(if(outcome = 'report', witness, NULL), outcome) AS what, count(*) AS n FROM documents GROUP BY ALL`,
        )
      ).map(({ what, n }) => [what, Number(n)]),
    );
    const of = (what: string): number => number.get(what) ?? 0;
    return {
      reports: of('chosen'),
      copies: of('other'),
      unread: of('unread'),
      not_a_report: of('not_a_report'),
      not_fetched: of('not_fetched'),
    };
  });
}

/** What the tables have of a document: the cells of its report, or null where another copy of that gives them. */
export type BuiltFrom = Map<string, number | null>;

export async function builtFrom(database: string): Promise<BuiltFrom> {
  return withDatabase(database, { readOnly: true }, async ({ rows }) => {
    const sql = `SELECT d.document_id, if(witness = 'chosen', r.facts, NULL) AS cells
      FROM documents d JOIN reports r USING (report_id)`;
    return new Map(
      (await rows(sql)).map(({ document_id, cells }) => [String(document_id), cells === null ? null : Number(cells)]),
    );
  });
}
