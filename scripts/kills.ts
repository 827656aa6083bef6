import { parseArgs } from 'node:util';
import { createLog } from '../pipelines/cli/progress.ts';
import { killNights, sum } from './kills/trials.ts';

const usage = `usage: npm run kills -- [--kills N]

Kills nights on a small portal with SIGKILL, at moments spread over every stage, and lets each end afterwards: the tables
must be those of an undisturbed archive, no file may be left over, and the database must be readable at every moment.
Prints how many were killed in each stage, and every fault. Exit status 1 when there are any.

  --kills N   at least so many (2000); about two a second on two cores
`;

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '2000' }, help: { type: 'boolean', short: 'h', default: false } },
});
const wanted = Number(values.kills);
if (values.help || !Number.isSafeInteger(wanted) || wanted < 1) {
  (values.help ? process.stdout : process.stderr).write(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  const bar = createLog({ quiet: false, terminal: process.stderr.isTTY }).bar('kills', wanted);
  const { killed, faults } = await killNights(wanted, bar.step);
  bar.done();
  const parts = Object.entries(killed).map(([stage, n]) => `${stage} ${n}`);
  process.stdout.write(`${sum(killed)} killed (${parts.join(', ')}), ${faults.length} faults\n`);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}
