import { createInterface } from 'node:readline/promises';
import { query, type QueryOptions } from '../warehouse/duckdb.ts';
import { messageOf } from './errors.ts';

/** Reads statements until end of input or `.quit`; a statement ends with a semicolon. A wrong one does not end the session. */
export async function prompt(database: string, format: QueryOptions['format']): Promise<void> {
  const terminal = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal });
  if (terminal) process.stderr.write('One SQL statement at a time, ended by a semicolon. .quit leaves.\n');
  let statement = '';
  lines.setPrompt('gongkai> ');
  if (terminal) lines.prompt();
  for await (const line of lines) {
    if (line.trim() === '.quit') break;
    statement += `${line}\n`;
    if (line.trimEnd().endsWith(';')) {
      await answer(database, statement, format);
      statement = '';
    }
    if (terminal) lines.prompt();
  }
  lines.close();
  if (statement.trim() !== '') await answer(database, statement, format);
}

async function answer(database: string, statement: string, format: QueryOptions['format']): Promise<void> {
  try {
    process.stdout.write((await query(database, statement, { format })).text);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
  }
}
