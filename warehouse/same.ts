import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { attachSnapshot, columnsOfFile } from './attach.ts';
import { withDatabase, type Sql } from './duckdb.ts';
import { tableOf } from './tables.ts';
import { hashFile } from './versions.ts';

/**
 * What a night says of portals and of pages comes and goes with them: a host that is down every other night, a form to log
 * in where a report was. The next snapshot says how it is; a snapshot of its own it is not worth. Of these tables only this
 * counts, of all others the bytes.
 */
const lasting: Record<string, string> = {
  documents: `SELECT * EXCLUDE (reason, sha256, captured_at, revisions),
    CASE WHEN outcome = 'report' THEN (sha256, captured_at, revisions) END AS copy`,
  findings: `SELECT * WHERE scope NOT IN ('portal', 'document') AND code NOT IN ('report_kept', 'report_alternates')`,
};

/** Whether the tables built say the same as a snapshot, but for what passes. */
export async function saysTheSame(parquet: string[], snapshot: string): Promise<boolean> {
  const differing: string[] = [];
  for (const file of parquet) {
    const table = basename(file, '.parquet');
    if (tableOf(table).journal) continue;
    const before = join(snapshot, basename(file));
    if (existsSync(before) && (await hashFile(before)).sha256 === (await hashFile(file)).sha256) continue;
    if (!Object.hasOwn(lasting, table)) return false;
    differing.push(table);
  }
  return withDatabase(':memory:', {}, async (sql) => {
    const built = dirname(parquet[0] ?? '');
    await attachSnapshot(sql, 'before', snapshot);
    await attachSnapshot(sql, 'after', built);
    for (const table of differing) if (!(await isLike(sql, table, snapshot, built))) return false;
    return true;
  });
}

async function isLike(sql: Sql, table: string, snapshot: string, built: string): Promise<boolean> {
  const [before, after] = [await columnsOfFile(sql, snapshot, table), await columnsOfFile(sql, built, table)];
  if (JSON.stringify([...(before ?? [])]) !== JSON.stringify([...(after ?? [])])) return false;
  const rows = (catalogue: string) => `(FROM ${catalogue}.${table} ${lasting[table]})`;
  const more = (one: string, other: string) => `(FROM ${rows(one)} EXCEPT ALL FROM ${rows(other)})`;
  const differ = await sql.rows(`FROM ${more('before', 'after')} UNION ALL FROM ${more('after', 'before')} LIMIT 1`);
  return differ.length === 0;
}
