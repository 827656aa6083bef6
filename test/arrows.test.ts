import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf, packagesOf, reachedFrom, type Import } from './imports.ts';

/** Who may import from where, besides from itself. A folder not named here may import anything. */
const allowed: Record<string, string[]> = {
  // What a list prints is decoded and judged as a document's text is, by the one judge of titles; what is wrong with it is a finding
  // like any other, of the one list for all layers. The register's divisions are those of the reader.
  scrapers: [
    'transforms/printed',
    'transforms/characters',
    'transforms/findings.ts',
    'transforms/identity/divisions.ts',
  ],
  transforms: [],
  warehouse: ['transforms'],
  pipelines: ['scrapers', 'transforms', 'warehouse'],
};
/** What a pure layer has no use for: files, network, processes, clock, randomness. */
const impure =
  /^(?:node:)?(?:fs|fs\/promises|net|tls|http|https|http2|dns|child_process|worker_threads|os|perf_hooks|timers|timers\/promises)$|^undici$|^playwright/;

/** Likewise as a global: time of any kind, chance, the environment. */
const impureCall =
  /\b(?:Date|performance)\s*[.(]|\bnew\s+Date\b|\bset(?:Timeout|Interval|Immediate)\b|\bMath\.random\b|\bcrypto\.(?:random|getRandom)|\brandomUUID\b|\bprocess\.|\bfetch\(/;

const importsUnder = (folder: string): Import[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => importsOf(join(folder, name)));

function forbidden({ file, target }: Import): boolean {
  const from = file.split('/')[0] ?? '';
  const may = allowed[from];
  if (may === undefined || !target.startsWith('.')) return false;
  const to = normalize(join(dirname(file), target));
  return ![from, ...may].some((part) => to === part || to.startsWith(`${part}/`));
}

test.each(Object.keys(allowed))('%s imports only what the arrows allow', (folder) => {
  const imports = importsUnder(folder);
  expect(imports.length).toBeGreaterThan(3);
  expect(imports.filter(forbidden)).toEqual([]);
});

test('a forbidden arrow is seen, whatever the form of the import', () => {
  const source = [
    "import { a } from '../warehouse/build.ts';",
    "import type { b } from '../pipelines/cli/cli.ts';",
    "export { c } from '../../scripts/compose/figures.ts';",
    "const d = await import('../scrapers/http.ts');",
    "import {\n  e,\n} from '../warehouse/rows.ts';",
    "import { f } from './grid.ts';",
  ].join('\n');
  const seen = [...importsOf('transforms/x.ts', source)].filter(forbidden).map(({ target }) => target);
  expect(seen).toEqual([
    '../warehouse/build.ts',
    '../pipelines/cli/cli.ts',
    '../../scripts/compose/figures.ts',
    '../scrapers/http.ts',
    '../warehouse/rows.ts',
  ]);
});

test('a stage reaches files only through its effects; settings are read before it begins', () => {
  const stages = readdirSync('pipelines').filter((name) => name.endsWith('.ts') && name !== 'config.ts');
  expect(stages.length).toBeGreaterThan(8);
  const reaching = stages
    .flatMap((name) => importsOf(join('pipelines', name)))
    .filter(({ target }) => /^node:fs|\/archive\/(?!archive|documents)/.test(target));
  expect(reaching).toEqual([]);
});

/** What Node loads before the first line of a file runs, besides modules of its own. */
const waitsFor = (file: string): string[] =>
  [...packagesOf(file, ({ loaded }) => loaded)].filter((name) => !name.startsWith('node:')).sort();

test('a command waits for no library that it does not use', () => {
  expect(waitsFor('scripts/gongkai.ts')).toEqual(['commander']);
  expect(waitsFor('pipelines/cli/commands/sql.ts')).toEqual(['@duckdb/node-api', 'commander']);
  for (const library of ['@duckdb/node-api', 'cheerio', 'undici'])
    expect(waitsFor('pipelines/cli/commands/status.ts')).not.toContain(library);
  expect(waitsFor('pipelines/cli/commands/portals.ts')).toEqual(['csv-parse/sync', 'fastest-levenshtein', 'zod']);
});

/** What looks into pages and documents, and is therefore for the processes that read alone. */
const parsers =
  /^(?:cheerio|parse5|htmlparser2|domhandler|css-|robots-parser|@e965\/xlsx|@hyzyla\/pdfium|yauzl|onnxruntime|sharp)/;
/** Likewise of our own modules. */
const lookers = /^(?:scrapers\/(?:looks|rows|catalogue|outcome|rules)|transforms\/(?:read|interpret|formats\/.*))\.ts$/;

test('the process of a command parses nothing that was sent to it: pages are read by other processes', () => {
  const follows = ({ types }: Import) => !types;
  const commands = readdirSync('pipelines/cli/commands').map((name) => `pipelines/cli/commands/${name}`);
  expect(commands.length).toBeGreaterThan(8);
  for (const file of ['pipelines/nightly.ts', ...commands]) {
    const { files, packages } = reachedFrom(file, follows);
    expect([file, [...packages].filter((name) => parsers.test(name))]).toEqual([file, []]);
    expect([file, [...files].filter((name) => lookers.test(name))]).toEqual([file, []]);
  }
  // The same search finds them where they are.
  const { files, packages } = reachedFrom('pipelines/reading/worker.ts', follows);
  for (const name of ['cheerio', 'robots-parser', '@hyzyla/pdfium']) expect(packages).toContain(name);
  for (const name of ['scrapers/rows.ts', 'transforms/formats/sniff.ts']) expect(files).toContain(name);
});

test('a room of a layer may be opened without the layer', () => {
  const source = "import { a } from '../transforms/printed/title.ts';\nimport { b } from '../transforms/read.ts';";
  const seen = importsOf('scrapers/x.ts', source).filter(forbidden);
  expect(seen.map(({ target }) => target)).toEqual(['../transforms/read.ts']);
});

test('transforms touch neither files nor network, clock nor chance', () => {
  expect(importsUnder('transforms').filter(({ target }) => impure.test(target))).toEqual([]);
  const calls = readdirSync('transforms', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => impureCall.test(readFileSync(join('transforms', name), 'utf8')));
  expect(calls).toEqual([]);
});

test.each([
  'performance.now()',
  'Date.now()',
  "new Date('2020-01-01')",
  'Date()',
  'process.hrtime.bigint()',
  'process.env.TZ',
  'setTimeout(done, 1)',
  'setInterval(done, 1)',
  'Math.random()',
  'crypto.randomUUID()',
  'crypto.getRandomValues(bytes)',
])('%s is seen as impure', (call) => expect(call).toMatch(impureCall));

/**
 * Names at the top of a module that keep what a call put there: variables, and collections that begin empty.
 */
const statesOf = (source: string): string[] =>
  [
    ...source.matchAll(
      /^(?:export )?(?:let|var) (\w+)|^(?:export )?const (\w+)[^=\n]*= (?:new (?:Weak)?(?:Map|Set)(?:<.*>)?\(\)|\[\]|\{\});$/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? '');

test('transforms keep nothing from one call to the next but through memo', () => {
  const kept = readdirSync('transforms', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => statesOf(readFileSync(join('transforms', name), 'utf8')).map((state) => `${name}: ${state}`));
  expect(kept).toEqual([]);
});

test('a cache by hand is seen, a table and a local variable are not', () => {
  const source = [
    'let made: Lexicon | undefined;',
    'const keys = new Map<string, { whole: string; bare: string }>();',
    'export const known: Record<string, string> = {};',
    'const seen = new WeakMap<object, string[]>();',
    "const table = new Map([['a', 1]]);",
    "const words = new Set('a b'.split(' '));",
    'function f() {',
    '  let n = 0;',
    '  const map = new Map<string, number>();',
    '}',
  ].join('\n');
  expect(statesOf(source)).toEqual(['made', 'keys', 'known', 'seen']);
});
