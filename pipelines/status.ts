import { readDocuments } from './read.ts';
import { troubleOf, type Outcome } from './archive/documents.ts';
import type { BuiltFrom } from './accounts/holdings.ts';
import type { Archive } from './archive/archive.ts';

/** Coverage and freshness of one portal. `discovered` is the sum of the four outcomes. */
export interface PortalStatus extends Record<Outcome, number> {
  portal: string;
  /** By which its list was last read, as recognised where the register leaves that to the page; null when never. */
  family: string | null;
  /** When its list was last read, ISO UTC; null when never. */
  listed_at: string | null;
  discovered: number;
  /** Facts in documents that are reports. */
  facts: number;
  /** What became of these in the tables. */
  tables: InTables;
  problems: { code: string; message: string }[];
  /** Documents that gave no report though their title says so, or no longer give it, each with the reason. */
  unfinished: { url: string; outcome: Outcome; reason: string | null }[];
}

/**
 * Documents that are reports, and their facts: each report is once in the tables, `report` is the sum of `reports`, `copies` and
 * `waiting`, `facts` that of `cells` and those behind it.
 */
export interface InTables {
  /** Of which the tables have the numbers. */
  reports: number;
  cells: number;
  /** Cells that such a document prints twice. */
  repeated: number;
  /** Documents that are the same report once more, on another page or portal. */
  copies: number;
  copied_cells: number;
  /** Documents read since the tables were built. */
  waiting: number;
  waiting_cells: number;
}

/** One entry a portal, in the order asked for. */
export async function statusOf(portals: string[], archive: Archive): Promise<PortalStatus[]> {
  const byPortal = new Map(portals.map((portal) => [portal, emptyStatus(portal)]));
  for (const [portal, status] of byPortal) {
    const links = await archive.links.read(portal);
    status.family = links?.detected?.family ?? links?.portal.family ?? null;
    status.listed_at = links?.listed_at ?? null;
    status.problems = links?.problems.map(({ code, message }) => ({ code, message })) ?? [];
  }
  // DuckDB is waited for by who asks for counts alone. There may be no tables yet.
  const { builtFrom } = await import('./accounts/holdings.ts');
  const built = await builtFrom(archive.local.database).catch((): BuiltFrom => new Map());
  for await (const result of readDocuments(archive, portals)) {
    const { document, reading, outcome, reason } = result;
    const status = byPortal.get(document.portal);
    if (!status) continue;
    status.discovered++;
    status[outcome]++;
    if (outcome === 'report') addReport(status, reading?.facts.length ?? 0, built.get(document.document_id));
    if (outcome === 'not_fetched' || troubleOf(result) !== null) {
      status.unfinished.push({ url: document.url, outcome, reason: troubleOf(result) ?? reason });
    }
  }
  return [...byPortal.values()];
}

function addReport(status: PortalStatus, facts: number, cells: number | null | undefined): void {
  const { tables } = status;
  status.facts += facts;
  if (cells === undefined) {
    tables.waiting++;
    tables.waiting_cells += facts;
  } else if (cells === null) {
    tables.copies++;
    tables.copied_cells += facts;
  } else {
    tables.reports++;
    tables.cells += cells;
    tables.repeated += facts - cells;
  }
}

const nothingBuilt: InTables = {
  reports: 0,
  cells: 0,
  repeated: 0,
  copies: 0,
  copied_cells: 0,
  waiting: 0,
  waiting_cells: 0,
};

const emptyStatus = (portal: string): PortalStatus => ({
  portal,
  family: null,
  listed_at: null,
  discovered: 0,
  report: 0,
  not_a_report: 0,
  unread: 0,
  not_fetched: 0,
  facts: 0,
  tables: { ...nothingBuilt },
  problems: [],
  unfinished: [],
});
