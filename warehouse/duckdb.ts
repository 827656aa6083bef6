import { createRequire } from 'node:module';
import type { DuckDBConnection, DuckDBResultReader, Json } from '@duckdb/node-api';

export type { Json } from '@duckdb/node-api';

/** The only module that knows DuckDB's client. Everything else hands SQL to these functions. */

// Not `import`: Node would parse all 120 CommonJS files of the client once more to find what they export, which takes
// longer than loading them and DuckDB itself.
const { DuckDBInstance } = createRequire(import.meta.url)('@duckdb/node-api') as typeof import('@duckdb/node-api');

export interface Sql {
  run(sql: string): Promise<void>;
  /** All rows as plain objects; whole numbers that fit are numbers, dates and timestamps text. */
  rows(sql: string): Promise<Record<string, Json>[]>;
}

export interface DatabaseOptions {
  readOnly?: boolean;
  threads?: number;
}

/** Opens a database (`:memory:` for none on disk), hands it over and closes it whatever happens. */
export async function withDatabase<T>(
  path: string,
  options: DatabaseOptions,
  use: (sql: Sql) => Promise<T>,
): Promise<T> {
  const settings: Record<string, string> = {};
  if (options.readOnly) settings['access_mode'] = 'READ_ONLY';
  if (options.threads) settings['threads'] = String(options.threads);
  return connected(path, settings, (connection) =>
    use({
      run: async (sql) => void (await connection.run(sql)),
      rows: async (sql) => objects(await connection.runAndReadAll(sql)),
    }),
  );
}

export interface QueryOptions {
  format?: 'table' | 'csv' | 'json';
  /** Rows after which the answer is cut; default 10,000. */
  maxRows?: number;
}

export interface Answer {
  text: string;
  columns: string[];
  rows: number;
  /** True when there were more rows than `maxRows`. */
  cut: boolean;
}

/**
 * One statement against a built warehouse, for people: read-only, and unable to reach files or the network, so that
 * a pasted query can do no harm. Rejects with DuckDB's message when the statement is wrong.
 */
export async function query(databasePath: string, sql: string, options: QueryOptions = {}): Promise<Answer> {
  const { format = 'table', maxRows = 10_000 } = options;
  const settings = { access_mode: 'READ_ONLY', enable_external_access: 'false', memory_limit: '2GB' };
  return connected(databasePath, settings, async (connection) => {
    await connection.run('SET lock_configuration = true');
    // DuckDB has no message for a text without one.
    const statements = sql.trim() === '' ? 0 : (await connection.extractStatements(sql)).count;
    if (statements !== 1) throw new Error(`one statement at a time, please: this is ${statements}`);
    const reader = await connection.streamAndReadUntil(sql, maxRows + 1);
    const columns = reader.deduplicatedColumnNames();
    const all = plainRows(reader);
    const rows = all.slice(0, maxRows);
    return { text: render[format](columns, rows), columns, rows: rows.length, cut: all.length > maxRows };
  });
}

async function connected<T>(
  path: string,
  settings: Record<string, string>,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(path, settings);
  try {
    const connection = await instance.connect();
    try {
      return await use(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** DuckDB's client writes every 64-bit integer as text; those that fit a number become one. */
function plainRows(reader: DuckDBResultReader): Json[][] {
  const wide = reader.columnTypes().map((type) => ['BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT'].includes(String(type)));
  return reader.getRowsJson().map((row) => row.map((value, i) => (wide[i] ? narrow(value) : value)));
}

const narrow = (value: Json): Json =>
  typeof value === 'string' && Number.isSafeInteger(Number(value)) ? Number(value) : value;

function objects(reader: DuckDBResultReader): Record<string, Json>[] {
  const names = reader.deduplicatedColumnNames();
  return plainRows(reader).map((row) => Object.fromEntries(row.map((value, i) => [names[i], value])));
}

const render = { table: asTable, csv: asCsv, json: asJson };

const cellText = (value: Json): string =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** Columns of a width a terminal shows: a Chinese character takes two places. */
function asTable(columns: string[], rows: Json[][]): string {
  const text = [columns, ...rows.map((row) => row.map((v) => cellText(v).replace(/\p{Cc}+/gu, ' ')))];
  const widths = columns.map((_, i) => text.reduce((most, row) => Math.max(most, width(row[i] ?? '')), 0));
  const numeric = columns.map((_, i) => rows.every((row) => row[i] === null || typeof row[i] === 'number'));
  const line = (row: string[]) =>
    row
      .map((cell, i) => {
        const padding = ' '.repeat((widths[i] ?? 0) - width(cell));
        return numeric[i] ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd();
  const [head, ...body] = text.map(line);
  return [head, widths.map((w) => '─'.repeat(w)).join('  '), ...body].join('\n') + '\n';
}

const width = (text: string): number => {
  let places = 0;
  for (const character of text)
    places +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1;
  return places;
};

const quoted = (value: Json): string => {
  const text = cellText(value);
  return /[",\r\n]/.test(text) || (text === '' && value !== null) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180; null is an empty field and empty text is "". */
function asCsv(columns: string[], rows: Json[][]): string {
  return [columns, ...rows].map((row) => row.map(quoted).join(',') + '\n').join('');
}

function asJson(columns: string[], rows: Json[][]): string {
  return (
    JSON.stringify(
      rows.map((row) => Object.fromEntries(row.map((v, i) => [columns[i], v]))),
      null,
      2,
    ) + '\n'
  );
}
