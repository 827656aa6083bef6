import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachSnapshot } from './attach.ts';
import { nameList, quoteName, quoteText } from './ddl.ts';
import { withDatabase, type Json, type Sql } from './duckdb.ts';
import { folderOf } from './folder.ts';
import type { Reference, Table } from './schema.ts';
import { tables } from './tables.ts';

/** A query that selects failing rows. A floor that selects any row stops the release; a ceiling only warns. */
interface Check {
  name: string;
  kind: 'floor' | 'ceiling';
  message: string;
  sql: string;
}

interface CheckResult {
  check: string;
  message: string;
  /** Failing rows. */
  count: number;
  /** The first of them. */
  sample: Record<string, Json>[];
}

export interface Verdict {
  /** True when no floor failed. */
  ok: boolean;
  failures: CheckResult[];
  warnings: CheckResult[];
}

const sampleSize = 5;

/**
 * Runs every check over a built warehouse. `previous` is the folder of the last good snapshot; without one, its
 * tables are empty, so that nothing can have fallen. Rejects when a check is not valid SQL.
 */
export async function runChecks(o: { database: string; previous?: string | null }): Promise<Verdict> {
  return withDatabase(':memory:', {}, async (sql) => {
    await sql.run(`ATTACH ${quoteText(o.database)} AS warehouse (READ_ONLY)`);
    await attachSnapshot(sql, 'previous', o.previous ?? null);
    await sql.run('USE warehouse');
    const verdict: Verdict = { ok: true, failures: [], warnings: [] };
    for (const check of checks()) {
      const result = await runCheck(sql, check);
      if (result.count === 0) continue;
      (check.kind === 'floor' ? verdict.failures : verdict.warnings).push(result);
    }
    return { ...verdict, ok: verdict.failures.length === 0 };
  });
}

async function runCheck(sql: Sql, { name, message, sql: failing }: Check): Promise<CheckResult> {
  const [counted] = await sql.rows(`SELECT count(*) AS n FROM (${failing}\n)`);
  const count = Number(counted?.['n']);
  const sample = count === 0 ? [] : await sql.rows(`SELECT * FROM (${failing}\n) ORDER BY ALL LIMIT ${sampleSize}`);
  return { check: name, message, count, sample };
}

/** Those that follow from the declarations, then those written by hand in `checks/*.sql`. */
const checks = (): Check[] => [...tables.flatMap(declaredChecks), ...fileChecks()];

const declaredChecks = (table: Table): Check[] => [
  keyCheck(table),
  ...(table.references ?? []).map((r) => referenceCheck(table, r)),
];

const keyCheck = (table: Table): Check => ({
  name: `${table.name}_key`,
  kind: 'floor',
  message: `two rows of ${table.name} have the same key`,
  sql: `SELECT ${nameList(table.key)}, count(*) AS n FROM ${quoteName(table.name)} GROUP BY ALL HAVING count(*) > 1`,
});

function referenceCheck(table: Table, reference: Reference): Check {
  const present = reference.fields.map((f) => `${quoteName(f)} IS NOT NULL`).join(' AND ');
  const matches = reference.fields.map((f, i) => `t.${quoteName(reference.to[i] ?? f)} = s.${quoteName(f)}`);
  return {
    name: `${table.name}_${reference.fields.join('_')}`,
    kind: 'floor',
    message: `a row of ${table.name} names a row of ${reference.table} that is not there`,
    sql:
      `SELECT ${nameList([...new Set([...table.key, ...reference.fields])])} FROM ${quoteName(table.name)} s ` +
      `WHERE ${present} AND NOT EXISTS (FROM ${quoteName(reference.table)} t WHERE ${matches.join(' AND ')})`,
  };
}

/** The first line of a file is `-- floor: message` or `-- ceiling: message`. Throws when it is not. */
function fileChecks(): Check[] {
  const folder = folderOf('checks');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const head = /^-- (floor|ceiling): (.+)\n/.exec(text);
      if (!head?.[2]) throw new Error(`${file} does not begin with its kind and message`);
      return {
        name: file.slice(0, -'.sql'.length),
        kind: head[1] === 'floor' ? 'floor' : 'ceiling',
        message: head[2],
        sql: text,
      };
    });
}
