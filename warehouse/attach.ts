import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { quoteName, quoteText } from './ddl.ts';
import type { Sql } from './duckdb.ts';
import type { Table } from './schema.ts';
import { tables } from './tables.ts';

/**
 * Makes the Parquet files of a snapshot available as tables of a catalogue `name`, whatever its age: columns and
 * tables it did not have yet are null and empty. No folder at all is an empty snapshot.
 */
export async function attachSnapshot(sql: Sql, name: string, folder: string | null): Promise<void> {
  await sql.run(`ATTACH ':memory:' AS ${quoteName(name)}`);
  for (const table of tables) await attachTable(sql, `${quoteName(name)}.${quoteName(table.name)}`, table, folder);
}

async function attachTable(sql: Sql, target: string, table: Table, folder: string | null): Promise<void> {
  const columns = folder === null ? null : await columnsOfFile(sql, folder, table.name);
  if (folder === null || columns === null) {
    const declared = table.fields.map((f) => `${quoteName(f.name)} ${f.type}`).join(', ');
    return sql.run(`CREATE TABLE ${target} (${declared})`);
  }
  const selected = table.fields.map((f) =>
    columns.has(f.name) ? quoteName(f.name) : `NULL::${f.type} AS ${quoteName(f.name)}`,
  );
  return sql.run(`CREATE VIEW ${target} AS SELECT ${selected.join(', ')} FROM ${source(folder, table.name)}`);
}

const source = (folder: string, table: string): string =>
  `read_parquet(${quoteText(join(folder, `${table}.parquet`))})`;

/** Column names with their types; null when the snapshot has no such table. */
export async function columnsOfFile(sql: Sql, folder: string, table: string): Promise<Map<string, string> | null> {
  if (!existsSync(join(folder, `${table}.parquet`))) return null;
  const described = await sql.rows(`DESCRIBE FROM ${source(folder, table)}`);
  return new Map(described.map((row) => [String(row['column_name']), String(row['column_type'])]));
}
