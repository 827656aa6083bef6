import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { composedNames, NeedsBrowser, pageNames, sampleOf, type Sample } from './ablate/documents.ts';
import { effectOf, ownSources, readBy, stageOf, type Readings } from './ablate/measure.ts';
import { mechanisms, type Mechanism } from './ablate/mechanisms.ts';
import { copySources } from './ablate/sources.ts';
import { tableFile, tableOf, weightTableOf, withTable, type TableLine, type WeightLine } from './ablate/table.ts';
import { otherwise, weights } from './ablate/weights.ts';

const usage = `usage: npm run ablate -- [NAME…] [--count N] [--list] [--write] [--weights]

Switches the mechanisms of reading off, one at a time, and reads the composed corpus and the golden pages without
each: what it changes is what the mechanism does. Prints a table.

  NAME        mechanisms of scripts/ablate/mechanisms.ts (all)
  --count N   composed documents of each kind (12), five times as many layouts
  --list      print the mechanisms and what they are for
  --write     write the table into docs/reading.md; with all mechanisms, or all weights, only
  --weights   set each weight and threshold of scripts/ablate/weights.ts to other numbers instead

Exit status 1 when a mechanism changes nothing: give it a damage in scripts/compose that needs it, or delete it.

  npm run -s ablate -- drop-ties common-blanks
`;

class UsageError extends Error {}

function optionsOf(args: string[]) {
  const { values, positionals } = parsed(args);
  const count = Number(values.count);
  if (!Number.isSafeInteger(count) || count < 1 || count > 199)
    throw new UsageError(`--count is "${values.count}", not a whole number from 1 to 199`);
  const unknown = positionals.filter((name) => !mechanisms.some((m) => m.name === name));
  if (unknown.length > 0) throw new UsageError(`no mechanism ${unknown.join(', ')} (--list prints them)`);
  if (values.weights && positionals.length > 0) throw new UsageError('--weights is for all of them');
  if (values.write && positionals.length > 0) throw new UsageError('--write is for all mechanisms');
  return { ...values, count, names: positionals };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        count: { type: 'string', default: '12' },
        list: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        weights: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function effectsOf(chosen: Mechanism[], samples: Sample[]): Promise<TableLine[]> {
  const copy = copySources();
  const asTheyAre: Record<string, Promise<Readings>> = {};
  // What only makes blocks of PDF changes no other document.
  const paper = samples.filter(({ path }) => path.endsWith('.pdf'));
  const rows: TableLine[] = [];
  try {
    for (const mechanism of chosen) {
      const stage = stageOf(mechanism);
      const own = /^formats\/(?:pdf|geometry)\b/.test(mechanism.file) ? paper : samples;
      const before = await (asTheyAre[`${stage} ${own.length}`] ??= readBy(ownSources, own, stage));
      const without = await copy.patched(mechanism, (sources) => readBy(sources, own, stage));
      const effect = effectOf(before, without);
      rows.push({ mechanism, effect });
      say(`${rows.length} of ${chosen.length} ${mechanism.name}: ${effect.page ?? 'changes nothing'}`);
    }
  } finally {
    copy.remove();
  }
  return rows;
}

async function main(): Promise<void> {
  const { help, list, write, weights: ofWeights, count, names } = optionsOf(process.argv.slice(2));
  if (help) return void process.stdout.write(usage);
  if (list) return void process.stdout.write(mechanisms.map((m) => `${m.name}  ${m.what}\n`).join(''));
  const samples: Sample[] = [];
  for (const name of [...pageNames(), ...composedNames(count)])
    try {
      samples.push(await sampleOf(name));
    } catch (error) {
      if (!(error instanceof NeedsBrowser)) throw error;
      say(`${name} is left out: ${error.message}`);
    }
  say(`${samples.length} documents`);
  const print = async (name: 'mechanisms' | 'weights', table: string): Promise<void> => {
    if (write) writeFileSync(tableFile, await withTable(readFileSync(tableFile, 'utf8'), name, table));
    else process.stdout.write(table);
  };
  if (ofWeights) return print('weights', weightTableOf(await weightsOf(samples)));
  const chosen = mechanisms.filter((m) => names.length === 0 || names.includes(m.name));
  const rows = await effectsOf(chosen, samples);
  await print('mechanisms', tableOf(rows));
  const idle = rows.filter(({ effect }) => effect.page === null);
  if (idle.length === 0) return;
  say(`changes nothing: ${idle.map(({ mechanism }) => mechanism.name).join(', ')}`);
  process.exitCode = 1;
}

async function weightsOf(samples: Sample[]): Promise<WeightLine[]> {
  const tried = weights.flatMap((weight) => weight.others.map((other) => ({ weight, other })));
  const effects = await effectsOf(
    tried.map(({ weight, other }) => otherwise(weight, other)),
    samples,
  );
  return weights.map((weight) => ({
    weight,
    tried: tried.flatMap(({ weight: of, other }, i) => (of === weight ? [{ other, effect: effects[i]!.effect }] : [])),
  }));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  say(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
