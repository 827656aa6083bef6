import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { byText } from '../pipelines/archive/files.ts';
import { readAll } from '../pipelines/reading/readers.ts';
import { openDocument } from '../pipelines/reading/walk.ts';
import type { Fact } from '../transforms/report.ts';
import { groupedBy } from '../transforms/grouped.ts';
import { compare, countsOf, identityErrors, Truth, type Comparison } from './compare.ts';

const usage = `usage: npm run evaluate -- DIR…

Reads every source.* that has a truth.json beside it, at any depth, and compares cell by cell:

  right      cells as the truth has them
  wrong      cells with another value
  missing    cells of the truth that were not read
  extra      cells read that the truth does not have
  unflagged  wrong or extra cells that no status and no finding warns of
  identity   publisher, division code, year and script; for a kind, how many documents have them right

and the status of the cells read: "few" are unverified although equations over them hold, too few for how they were placed.
`;

/**
 * `npm run evaluate -- DIR…`: reads every `source.*` that has a `truth.json` beside it and compares cell by cell.
 * Exit status 1 when a wrong cell carries no flag, 2 when there is nothing to compare.
 */
interface Case {
  name: string;
  path: string;
  truth: Truth;
}

interface Result extends Comparison {
  name: string;
  kind: string;
  identity: string[];
  facts: Fact[];
}

function casesUnder(root: string): Case[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort(byText);
  return names
    .filter((name) => basename(name) === 'truth.json')
    .map((name) => {
      const folder = join(root, dirname(name));
      const source = readdirSync(folder).find((file) => file.startsWith('source.'));
      if (!source) throw new Error(`${folder} has a truth.json and no source.*`);
      const truth = Truth.safeParse(JSON.parse(readFileSync(join(root, name), 'utf8')));
      if (!truth.success) throw new Error(`${join(root, name)}: ${z.prettifyError(truth.error)}`);
      return { name: relative(root, folder) || basename(root), path: join(folder, source), truth: truth.data };
    });
}

async function evaluate(cases: Case[]): Promise<Result[]> {
  const results: Result[] = [];
  await readAll(
    cases,
    ({ path }) => openDocument(path),
    ({ name, truth }, { reading }) => {
      const identity = identityErrors(truth, reading);
      const kind = truth.tags?.join('+') || reading.source.media_type;
      results.push({ name, kind, identity, facts: reading.facts, ...compare(truth, reading) });
    },
  );
  return results;
}

const columns = ['right', 'wrong', 'missing', 'extra', 'unflagged', 'identity'] as const;
const row = (cells: (string | number)[], name: string) =>
  [...cells.map((cell, i) => String(cell).padStart(columns[i]?.length ?? 0)), name].join('  ');

function print(results: Result[]): void {
  const line = (result: Result) =>
    row([...countsOf(result), result.identity.length === 0 ? 'ok' : 'WRONG'], result.name);
  console.log(row([...columns], 'document'));
  for (const result of results) console.log(line(result));
  console.log(`\n${row([...columns], 'kind (documents exact)')}`);
  for (const kind of [...new Set(results.map((result) => result.kind))].sort(byText)) {
    console.log(
      total(
        results.filter((result) => result.kind === kind),
        kind,
      ),
    );
  }
  console.log(total(results, 'all'));
  console.log(`\n${statuses.map(([name]) => name.padStart(12)).join('')}  kind (% of the cells read)`);
  for (const [kind, alike] of groupedBy(results, (result) => [result.kind]))
    console.log(
      shares(
        alike.flatMap((result) => result.facts),
        kind,
      ),
    );
  console.log(
    shares(
      results.flatMap((result) => result.facts),
      'all',
    ),
  );
  const notes = results.flatMap(({ name, identity, look }) =>
    [...identity, ...look].map((note) => `  ${name}: ${note}`),
  );
  if (notes.length > 0) console.log(`\nTo look at:\n${notes.join('\n')}`);
}

const statuses: [string, (fact: Fact) => boolean][] = [
  ['verified', ({ status }) => status === 'verified'],
  ['contradicted', ({ status }) => status === 'contradicted'],
  ['unverified', ({ status }) => status === 'unverified'],
  ['few', ({ status, proofs }) => status === 'unverified' && proofs > 0],
];

const shares = (facts: Fact[], kind: string): string =>
  `${statuses.map(([, is]) => ((100 * facts.filter(is).length) / (facts.length || 1)).toFixed(1).padStart(12)).join('')}  ${kind}`;

function total(results: Result[], name: string): string {
  const sums = results.map(countsOf).reduce((a, b) => a.map((count, i) => count + (b[i] ?? 0)), [0, 0, 0, 0, 0]);
  const exact = results.filter(
    ({ wrong, missing, extra, identity }) => wrong + missing + extra + identity.length === 0,
  ).length;
  const identified = results.filter(({ identity }) => identity.length === 0).length;
  return row([...sums, identified], `${name} (${exact} of ${results.length})`);
}

const folders = process.argv.slice(2);
const help = folders.some((folder) => folder === '--help' || folder === '-h');
const absent = folders.filter((folder) => !statSync(folder, { throwIfNoEntry: false })?.isDirectory());
const cases = help || absent.length > 0 ? [] : folders.flatMap(casesUnder);
if (help) {
  console.log(usage);
} else if (cases.length === 0) {
  const why = absent.length > 0 ? `${absent.join(', ')}: no such folder` : 'nothing to compare';
  console.error(folders.length > 0 ? `${why}\n\n${usage}` : usage);
  process.exitCode = 2;
} else {
  const results = await evaluate(cases);
  print(results);
  process.exitCode = results.some(({ unflagged }) => unflagged > 0) ? 1 : 0;
}
