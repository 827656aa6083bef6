import { parseArgs } from 'node:util';
import type { Browser } from 'playwright';
import { families, type Tried } from './mutate/families.ts';

const usage = `usage: npm run relations -- [FAMILY…] [--documents N] [--relation TEXT]

Changes composed documents in what does not show, a relation after the other, and reads them again: cells, publisher,
division and year must be read as before, or a finding must name what is not. Prints for each relation how many

  documents  it changed
  named      cells and parts of the identity are read otherwise, with a finding
  silent     documents are read otherwise without one: the first difference of each follows

Exit status 1 when there are silent ones.

  FAMILY         ${families.map(({ name }) => `'${name}'`).join(', ')}; all when none is given
  --documents N  how many of each family (100)
  --relation T   only relations whose name holds this text
`;

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      documents: { type: 'string', default: '100' },
      relation: { type: 'string', default: '' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const chosen = families.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const documents = Number(values.documents);
  if (!Number.isSafeInteger(documents) || documents < 1) return null;
  if (positionals.some((name) => !families.some((family) => family.name === name))) return null;
  return { chosen, documents, relation: values.relation, help: values.help };
}

const line = (name: string, ...columns: (number | string)[]) =>
  `${name.padEnd(42)}${columns.map((n) => String(n).padStart(11)).join('')}\n`;

const asked = options();
if (!asked || asked.help) {
  (asked ? process.stdout : process.stderr).write(usage);
  process.exitCode = asked ? 0 : 2;
} else {
  const browsers: Browser[] = [];
  const open = async () => (browsers[0] ??= await (await import('./compose/pdf.ts')).launchBrowser());
  const all: Tried[] = [];
  for (const { name, relations, composed, tried } of asked.chosen) {
    const documents = await composed(asked.documents, open);
    process.stdout.write(line(name, 'documents', 'named', 'silent'));
    for (const relation of relations.filter((r) => r.includes(asked.relation))) {
      const sum = await tried(relation, documents);
      all.push(sum);
      process.stdout.write(line(`  ${relation}`, sum.documents, sum.named, sum.silent.length));
      for (const difference of sum.silent) process.stdout.write(`    ${difference}\n`);
    }
  }
  const sum = (of: (tried: Tried) => number) => all.reduce((total, tried) => total + of(tried), 0);
  const silent = sum((t) => t.silent.length);
  process.stdout.write(
    line(
      `${all.length} relations`,
      sum((t) => t.documents),
      sum((t) => t.named),
      silent,
    ),
  );
  await browsers[0]?.close();
  if (silent > 0) process.exitCode = 1;
}
