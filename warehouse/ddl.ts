import { givenFields, type Field, type Table } from './schema.ts';

/** SQL renderings of the declared tables. */

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const nameList = (names: string[]): string => names.map(quoteName).join(', ');

/** Both languages in one comment: DuckDB has one per object. */
export const bilingual = (of: { zh: string; en: string }): string => `${of.zh} · ${of.en}`;

/**
 * No primary key: its index would cost more than the table at national scale, and `checks.ts` counts duplicates from
 * the same declaration.
 */
export const createTable = (table: Table): string =>
  `CREATE TABLE ${quoteName(table.name)} (${table.fields.map(columnDefinition).join(', ')})`;

const columnDefinition = (f: Field): string => `${quoteName(f.name)} ${f.type}${f.nullable ? '' : ' NOT NULL'}`;

export const comments = (table: Table): string[] => [
  `COMMENT ON TABLE ${quoteName(table.name)} IS ${quoteText(bilingual(table))}`,
  ...table.fields.map(
    (f) => `COMMENT ON COLUMN ${quoteName(table.name)}.${quoteName(f.name)} IS ${quoteText(bilingual(f))}`,
  ),
];

/** Loads a file of one JSON object a line, in the order of the key. Dates and numbers must already be well-formed. */
export const loadRows = (table: Table, path: string): string => {
  const columns = givenFields(table)
    .map((f) => `${quoteName(f.name)}: '${f.type}'`)
    .join(', ');
  const source = `read_json(${quoteText(path)}, format = 'newline_delimited', columns = {${columns}})`;
  const numbered = table.ordinal ? `(SELECT *, ${numberOf(table, table.ordinal)} FROM ${source})` : source;
  return `INSERT INTO ${quoteName(table.name)} SELECT ${nameList(table.fields.map((f) => f.name))} FROM ${numbered} ORDER BY ${nameList(table.key)}`;
};

const numberOf = (table: Table, ordinal: string): string => {
  const rest = nameList(table.key.filter((name) => name !== ordinal));
  const content = nameList(givenFields(table).map((f) => f.name));
  return `CAST(row_number() OVER (PARTITION BY ${rest} ORDER BY ${content}) - 1 AS INTEGER) AS ${quoteName(ordinal)}`;
};

/**
 * Sorted by the unique key, which makes the file the same bytes whatever the number of threads. Parquet has every
 * column optional, so nullability, like the descriptions, travels in the metadata.
 */
export const writeParquet = (table: Table, path: string, metadata: Record<string, string>): string => {
  const pairs = Object.entries(metadata).map(([key, value]) => `${quoteName(key)}: ${quoteText(value)}`);
  return (
    `COPY (SELECT * FROM ${quoteName(table.name)} ORDER BY ${nameList(table.key)}) TO ${quoteText(path)} ` +
    `(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V2, KV_METADATA {${pairs.join(', ')}})`
  );
};
