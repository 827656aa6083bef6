import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parquetMetadata } from './datapackage.ts';
import { comments, createTable, loadRows, writeParquet } from './ddl.ts';
import { withDatabase } from './duckdb.ts';
import { rowEncoder } from './encode.ts';
import type { WarehouseInputs } from './inputs.ts';
import { rowsOf } from './rows.ts';
import type { TableRow, Table } from './schema.ts';
import { tables } from './tables.ts';
import { createView, views } from './views.ts';

export interface BuildOptions {
  inputs: WarehouseInputs;
  /** Gets `<table>.parquet` for every table, and `counts.json`. */
  outDir: string;
  /** Default: `warehouse.duckdb` in `outDir`. Must be on the same file system. */
  database?: string;
  /** Threads DuckDB uses; the result does not depend on it. */
  threads?: number;
}

export interface Built {
  /** Rows by table. */
  counts: Record<string, number>;
  database: string;
  /** Paths of the Parquet files, in the order of `tables`. */
  parquet: string[];
}

const scratchPrefix = '.building-';
const countsFile = 'counts.json';

/**
 * Makes the Parquet files and the database from nothing. All is written into a scratch folder and renamed when
 * complete, so a crash leaves the last build as it was; the scratch of a crashed build is removed by the next.
 */
export async function buildWarehouse(options: BuildOptions): Promise<Built> {
  const { inputs, outDir, database = join(outDir, 'warehouse.duckdb'), threads } = options;
  await mkdir(outDir, { recursive: true });
  await mkdir(dirname(database), { recursive: true });
  await removeScratch(outDir);
  const scratch = await mkdtemp(join(outDir, scratchPrefix));
  try {
    const built = join(scratch, 'warehouse.duckdb');
    const counts = await fill(scratch, built, inputs, threads);
    await writeFile(join(scratch, countsFile), `${JSON.stringify(counts)}\n`, { flush: true });
    for (const path of parquetIn(scratch)) await rename(path, join(outDir, basename(path)));
    // A write-ahead log left beside the old database would be replayed into the new one.
    await rm(`${database}.wal`, { force: true });
    await rename(built, database);
    // Last: what it counts is there.
    await rename(join(scratch, countsFile), join(outDir, countsFile));
    return { counts, database, parquet: parquetIn(outDir) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What was built last; null when nothing was. */
export async function readBuilt(outDir: string, database: string): Promise<Built | null> {
  const path = join(outDir, countsFile);
  if (!existsSync(path)) return null;
  const counts = JSON.parse(await readFile(path, 'utf8')) as Built['counts'];
  return { counts, database, parquet: parquetIn(outDir) };
}

const parquetIn = (dir: string): string[] => tables.map(({ name }) => join(dir, `${name}.parquet`));

async function fill(
  scratch: string,
  database: string,
  inputs: WarehouseInputs,
  threads: number | undefined,
): Promise<Record<string, number>> {
  const rows = rowsOf(inputs);
  const counts: Record<string, number> = {};
  await withDatabase(database, threads ? { threads } : {}, async (sql) => {
    // One transaction: a commit for each statement would be as many flushes to disk, of files nobody has seen yet.
    await sql.run('BEGIN');
    for (const table of tables) {
      const source = join(scratch, `${table.name}.ndjson`);
      counts[table.name] = await writeLines(source, table, rows[table.name] ?? []);
      await sql.run(createTable(table));
      await sql.run(loadRows(table, source));
      await rm(source);
      for (const comment of comments(table)) await sql.run(comment);
      await sql.run(writeParquet(table, join(scratch, `${table.name}.parquet`), parquetMetadata(table)));
    }
    for (const view of views()) for (const statement of createView(view)) await sql.run(statement);
    await sql.run('COMMIT');
    await sql.run('CHECKPOINT');
  });
  return counts;
}

/** Resolves to the number of rows. */
async function writeLines(path: string, table: Table, rows: Iterable<TableRow>): Promise<number> {
  const encode = rowEncoder(table);
  let count = 0;
  function* chunks(): Generator<string> {
    let chunk = '';
    for (const row of rows) {
      count++;
      chunk += encode(row) + '\n';
      if (chunk.length < 1 << 18) continue;
      yield chunk;
      chunk = '';
    }
    yield chunk;
  }
  await pipeline(Readable.from(chunks()), createWriteStream(path));
  return count;
}

async function removeScratch(outDir: string): Promise<void> {
  for (const name of await readdir(outDir))
    if (name.startsWith(scratchPrefix)) await rm(join(outDir, name), { recursive: true, force: true });
}
