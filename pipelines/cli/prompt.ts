import { createInterface } from 'node:readline/promises';
import { query, type QueryOptions } from '../../warehouse/duckdb.ts';
import { messageOf } from '../errors.ts';

type Format = NonNullable<QueryOptions['format']>;

/** What a terminal can show, and what memory can hold of an export. */
const MOST_ROWS = { table: 10_000, csv: 1_000_000, json: 1_000_000 } satisfies Record<Format, number>;

/** One answer. A table that was cut is still `whole` work; an export that was cut is not, for whoever counts its rows. */
export async function ask(database: string, statement: string, format: Format) {
  const { text, rows, cut } = await query(database, statement, { format, maxRows: MOST_ROWS[format] });
  const instead =
    format === 'table' ? 'csv and json give more' : 'larger tables are in the Parquet files of a snapshot';
  return { text, note: cut ? `Only the first ${rows} rows: ${instead}.` : null, whole: !cut || format === 'table' };
}

/**
 * Reads statements until end of input or `.quit`; a statement ends with a semicolon at the end of a line. A wrong one
 * does not end the session; how many there were is the result.
 */
export async function prompt(database: string, format: Format): Promise<{ wrong: number }> {
  const terminal = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal });
  if (terminal) process.stderr.write('One SQL statement at a time, ended by a semicolon. .quit leaves.\n');
  let statement = '';
  let wrong = 0;
  const answer = async () => {
    try {
      const { text, note, whole } = await ask(database, statement, format);
      process.stdout.write(text);
      if (note) process.stderr.write(`${note}\n`);
      if (!whole) wrong++;
    } catch (error) {
      process.stderr.write(`${messageOf(error)}\n`);
      wrong++;
    }
    statement = '';
  };
  lines.setPrompt('gongkai> ');
  if (terminal) lines.prompt();
  for await (const line of lines) {
    if (line.trim() === '.quit') break;
    statement += `${line}\n`;
    if (line.trimEnd().endsWith(';')) await answer();
    if (terminal) lines.prompt();
  }
  lines.close();
  if (statement.trim() !== '') await answer();
  return { wrong };
}
