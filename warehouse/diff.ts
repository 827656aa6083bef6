import { readdirSync } from 'node:fs';
import { attachSnapshot, columnsOfFile } from './attach.ts';
import { withDatabase, type Json, type Sql } from './duckdb.ts';

/** What a snapshot changes against an earlier one: one line of text for each thing, in a stable order. */
export interface Changes {
  schema: string[];
  new_reports: string[];
  revised: string[];
  withdrawn: string[];
  findings_opened: string[];
  findings_closed: string[];
}

/** Compares two folders of Parquet files; without a previous one everything is new. */
export async function compareSnapshots(previous: string | null, current: string): Promise<Changes> {
  return withDatabase(':memory:', {}, async (sql) => {
    await attachSnapshot(sql, 'before', previous);
    await attachSnapshot(sql, 'after', current);
    const lines = async (query: string, text: (row: Record<string, Json>) => string) =>
      (await sql.rows(query)).map(text);
    return {
      schema: previous === null ? [] : await schemaChanges(sql, previous, current),
      new_reports: await lines(only('reports', 'report_id', 'after', 'before', reportColumns), report),
      revised: await lines(revisedReports, (r) => `${report(r)}: ${r['change']}`),
      withdrawn: [
        ...(await lines(only('reports', 'report_id', 'before', 'after', reportColumns), report)),
        ...(await lines(
          goneFromSite,
          (r) => `${report(r)}: its page is not there since ${r['withdrawn_on']}; it stays here`,
        )),
      ],
      findings_opened: await lines(only('findings', 'finding_id', 'after', 'before', findingColumns), found),
      findings_closed: await lines(only('findings', 'finding_id', 'before', 'after', findingColumns), found),
    };
  });
}

const report = (r: Record<string, Json>) => `${r['publisher']} ${r['year']} (${r['report_id']})`;
const found = (f: Record<string, Json>) =>
  `${f['level']} ${f['code']} ${f['subject']}${f['cells'] === null ? '' : ` ${f['cells']}`}: ${f['message']}`;

const reportColumns = 'publisher, year, report_id';
const findingColumns = 'level, code, coalesce(report_id, document_id, portal) AS subject, cells, message, finding_id';

const only = (table: string, key: string, there: string, notThere: string, columns: string): string =>
  `SELECT ${columns} FROM ${there}.${table} ANTI JOIN ${notThere}.${table} USING (${key}) ORDER BY ALL`;

/** Reports whose portal took their page away since. */
const goneFromSite = `
SELECT r.publisher, r.year, r.report_id, d.withdrawn_on::VARCHAR AS withdrawn_on
FROM after.reports r JOIN after.documents d USING (document_id)
WHERE d.withdrawn_on IS NOT NULL
  AND document_id NOT IN (SELECT document_id FROM before.documents WHERE withdrawn_on IS NOT NULL)
ORDER BY ALL`;

/** Reports in both whose cells differ, or whose bytes do: publishers edit their pages without saying so. */
const revisedReports = `
WITH both_reports AS (
  SELECT a.report_id, a.publisher, a.year, a.sha256 <> b.sha256 AS bytes_changed
  FROM after.reports a JOIN before.reports b USING (report_id)
),
cells AS (
  SELECT report_id, grid, line, col,
    coalesce(regexp_replace(b.value::VARCHAR, '\\.0$', ''), b.absence, 'not there') AS was,
    coalesce(regexp_replace(a.value::VARCHAR, '\\.0$', ''), a.absence, 'not there') AS is_now
  FROM (SELECT f.* FROM before.facts f SEMI JOIN both_reports USING (report_id)) b
  FULL JOIN (SELECT f.* FROM after.facts f SEMI JOIN both_reports USING (report_id)) a USING (report_id, grid, line, col)
  WHERE a.value IS DISTINCT FROM b.value OR a.absence IS DISTINCT FROM b.absence
),
summed AS (
  SELECT report_id, count(*) AS n,
    array_to_string(list(format('{}/{}/{} {} → {}', grid, line, col, was, is_now) ORDER BY grid, line, col)[1:5], ', ') AS examples
  FROM cells GROUP BY report_id
)
SELECT r.publisher, r.year, r.report_id,
  CASE WHEN s.n IS NULL THEN 'the document changed, no cell did'
    ELSE format('{} cells: {}{}', s.n, s.examples, CASE WHEN s.n > 5 THEN ', …' ELSE '' END) END AS change
FROM both_reports r LEFT JOIN summed s USING (report_id)
WHERE r.bytes_changed OR s.n IS NOT NULL
ORDER BY ALL`;

async function schemaChanges(sql: Sql, previous: string, current: string): Promise<string[]> {
  const changes: string[] = [];
  const names = new Set(
    [previous, current].flatMap((folder) => readdirSync(folder).filter((f) => f.endsWith('.parquet'))),
  );
  for (const table of [...names].map((file) => file.slice(0, -'.parquet'.length)).sort()) {
    const before = await columnsOfFile(sql, previous, table);
    const after = await columnsOfFile(sql, current, table);
    if (!before || !after) {
      changes.push(before ? `table ${table} removed` : `table ${table} added`);
      continue;
    }
    for (const column of [...new Set([...before.keys(), ...after.keys()])].sort()) {
      const was = before.get(column);
      const is = after.get(column);
      if (was === is) continue;
      const what = was === undefined ? `added, ${is}` : is === undefined ? 'removed' : `${was} → ${is}`;
      changes.push(`${table}.${column} ${what}`);
    }
  }
  return changes;
}

const headings: [keyof Changes, string][] = [
  ['schema', 'Schema'],
  ['new_reports', 'New reports'],
  ['revised', 'Revised'],
  ['withdrawn', 'Withdrawn'],
  ['findings_opened', 'Findings opened'],
  ['findings_closed', 'Findings closed'],
];

/** Lines shown under one heading; the count in the heading is always the whole number. */
const shown = 200;

export function changesMarkdown(version: string, previous: string | null, changes: Changes): string {
  const parts = headings.map(([key, title]) => {
    const lines = changes[key].slice(0, shown).map((line) => `- ${inline(line)}`);
    if (changes[key].length > shown) lines.push(`- … and ${changes[key].length - shown} more`);
    return `## ${title} (${changes[key].length})\n\n${lines.length > 0 ? lines.join('\n') : 'None.'}\n`;
  });
  const against = previous === null ? 'This is the first snapshot.' : `Against ${previous}.`;
  return `# Changes in ${version}\n\n${against}\n\n${parts.join('\n')}`;
}

/** Text from portals is not Markdown: one line, and nothing in it that would become markup. */
const inline = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|]/g, '\\$&');
