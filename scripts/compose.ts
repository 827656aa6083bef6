import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright';
import type { Composed } from './compose/composed.ts';
import { kinds, recipes, type Kind } from './compose/kinds.ts';
import { seedOf } from './compose/random.ts';

const usage = `usage: npm run compose -- OUT_DIR [--count N] [--seed S] [--kind NAME,…]… [--force]

Writes OUT_DIR/<kind>-<nnn>/source.* and truth.json: documents of our own with what they print, for
npm run evaluate. Places and numbers are invented. The same seed gives the same documents.

  --count N   documents of each kind (10)
  --seed S    whole number (1)
  --kind …    of ${kinds.join(', ')} (all; pdf and scan need Chromium)
  --force     write into a folder that is not empty
`;

class UsageError extends Error {}

const isKind = (name: string): name is Kind => kinds.some((kind) => kind === name);

function optionsOf(args: string[]) {
  const { values, positionals } = parsed(args);
  if (values.help) return null;
  const [outDir, ...more] = positionals;
  if (outDir === undefined || more.length > 0) throw new UsageError('one folder to write to is needed');
  const whole = (name: 'count' | 'seed', least: number) => {
    const value = Number(values[name]);
    if (!Number.isSafeInteger(value) || value < least)
      throw new UsageError(`--${name} is "${values[name]}", not a whole number of at least ${least}`);
    return value;
  };
  const names = values.kind ? [...new Set(values.kind.flatMap((list) => list.split(',')))] : kinds;
  const unknown = names.filter((name) => !isKind(name));
  if (unknown.length > 0) throw new UsageError(`no kind ${unknown.join(', ')}; there are ${kinds.join(', ')}`);
  return { outDir, count: whole('count', 1), seed: whole('seed', 0), kinds: names.filter(isKind), force: values.force };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        count: { type: 'string', default: '10' },
        seed: { type: 'string', default: '1' },
        kind: { type: 'string', multiple: true },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Opens one browser when the first document needs it. */
function browserOnce() {
  let opened: Promise<Browser> | null = null;
  return {
    open: () => (opened ??= import('./compose/pdf.ts').then(({ launchBrowser }) => launchBrowser())),
    close: async () => (await opened)?.close(),
  };
}

function save(folder: string, { extension, bytes, truth }: Composed): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `source.${extension}`), bytes);
  writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
}

const isFilled = (folder: string): boolean => {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
};

async function main(): Promise<void> {
  const options = optionsOf(process.argv.slice(2));
  if (options === null) return void process.stdout.write(usage);
  const { outDir, count, seed, force } = options;
  if (isFilled(outDir) && !force) throw new UsageError(`${outDir} is not empty (--force writes into it all the same)`);
  const browser = browserOnce();
  const total = options.kinds.length * count;
  let done = 0;
  try {
    for (const kind of options.kinds) {
      for (let i = 1; i <= count; i++) {
        const composed = await recipes[kind](seedOf(seed, kind, i), browser.open);
        save(join(outDir, `${kind}-${String(i).padStart(3, '0')}`), composed);
        done++;
        if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total} documents`);
      }
      process.stderr.write(`${process.stderr.isTTY ? '\r' : ''}${kind}: ${done} of ${total} documents\n`);
    }
  } finally {
    await browser.close();
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
