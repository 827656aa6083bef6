import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withDatabase } from './duckdb.ts';
import { snapshotsFolder } from './versions.ts';

/** Tables that name bytes as the source of something; the log of captures only says that they were seen. */
const CITING = ['documents', 'reports'];

/** SHA-256 of all bytes that any snapshot cites, those kept for inspection only included. */
export async function citedBySnapshots(releases: string): Promise<Set<string>> {
  const folder = snapshotsFolder(releases);
  const versions = existsSync(folder) ? await readdir(folder) : [];
  const files = versions.flatMap((version) => CITING.map((table) => join(folder, version, `${table}.parquet`)));
  const there = files.filter((file) => existsSync(file)).map((file) => `'${file.replaceAll("'", "''")}'`);
  if (there.length === 0) return new Set();
  const sql = `SELECT DISTINCT sha256 FROM read_parquet([${there.join()}], union_by_name = true) WHERE sha256 IS NOT NULL`;
  const rows = await withDatabase(':memory:', {}, (db) => db.rows(sql));
  return new Set(rows.map((row) => String(row['sha256'])));
}
