import { parseArgs } from 'node:util';
import { isBad, sumUp, trialsFrom, type Sum } from './mutate/trials.ts';

const usage = `usage: npm run mutate -- [--trials N] [--seed S]

Changes the structure of one table of a composed report (HTML, DOCX or XLSX) and reads it: a header cell, a label, a
number, a row, a column or a span removed, doubled or swapped, the table parted in two. Prints for each change in how
many trials

  moved      a cell was read as another number than stood in it before the change
  verified   such a cell is verified all the same
  silent     such a cell is named by no finding

and those trials. Exit status 1 when there are verified or silent ones. Where the numbers alone changed places, or moved
along in a sheet, nothing in the document tells: marked with *, and no fault.

  --trials N  how many (4000)
  --seed S    the first seed (1); a trial is decided by its own
`;

function options() {
  const { values } = parseArgs({
    options: {
      trials: { type: 'string', default: '4000' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [trials, seed] = [Number(values.trials), Number(values.seed)];
  if (!Number.isSafeInteger(trials) || trials < 1 || !Number.isSafeInteger(seed) || seed < 0) return null;
  return { trials, seed, help: values.help };
}

const line = (name: string, ...counts: number[]) =>
  `${name.padEnd(22)}${counts.map((n) => String(n).padStart(9)).join('')}\n`;
const ofSum = ({ change, untellable, trials, moved, verified, silent }: Sum) =>
  line(untellable ? `${change} *` : change, trials, moved, verified, silent);
const total = (sums: Sum[], of: 'trials' | 'moved' | 'verified' | 'silent') => sums.reduce((n, s) => n + s[of], 0);

const asked = options();
if (!asked || asked.help) {
  (asked ? process.stdout : process.stderr).write(usage);
  process.exitCode = asked ? 0 : 2;
} else {
  const trials = await trialsFrom(asked.seed, asked.trials);
  const sums = sumUp(trials);
  process.stdout.write(`${'change'.padEnd(22)}   trials    moved verified   silent\n${sums.map(ofSum).join('')}`);
  process.stdout.write(
    line('all', total(sums, 'trials'), total(sums, 'moved'), total(sums, 'verified'), total(sums, 'silent')),
  );
  const bad = trials.filter(isBad);
  for (const { seed, format, grid, change, touched, look } of bad)
    process.stdout.write(`seed ${seed} ${format} ${grid} ${change} ${JSON.stringify(touched)}: ${look[0]}\n`);
  if (bad.length > 0) process.exitCode = 1;
}
