import { join } from 'node:path';
import { defaultConfig, readRegister } from '../pipelines/config.ts';
import { alone } from '../pipelines/cli/stage.ts';
import { withDatabase } from '../warehouse/duckdb.ts';
import { localFiles, writeAtomic } from '../pipelines/archive/files.ts';
import type { Effects } from '../pipelines/effects.ts';
import { DONE, FAILED, NEEDS_PERSON, WRONG_USAGE } from '../pipelines/exit.ts';
import { nightly, needsPerson, type NightlySummary } from '../pipelines/nightly.ts';
import { messageOf, UsageError } from '../pipelines/errors.ts';
import { startSimulator } from './simulator/server.ts';

/** `npm start`: the whole pipeline on this machine alone, against simulated portals. */
const [data = 'data', ...more] = process.argv.slice(2);
const usage = `usage: npm start [-- DIR]

Runs everything once against simulated portals; the archive goes to DIR (data).
`;

async function main(effects: Effects): Promise<number> {
  const simulator = await startSimulator();
  try {
    const register = join(data, 'simulator', 'register.csv');
    await writeAtomic(register, simulator.register);
    const config = defaultConfig({
      register,
      connect: simulator.connect,
      vantage: 'simulator',
      simulated: true,
      per_host: 4,
      delay_ms: 0,
    });
    process.stderr.write(`Portal simulator on 127.0.0.1:${simulator.port}; archive in ${data}/\n`);
    const summary = await nightly({ config, portals: readRegister(config), refresh: false, whole: true }, effects);
    process.stdout.write(await report(summary));
    // Without a browser the rest is done and said to be; anything else is a defect, here where the portals are ours.
    const problems = summary.account.problems.filter(({ code }) => code !== 'browser_missing');
    return needsPerson({ problems }) ? NEEDS_PERSON : DONE;
  } finally {
    await simulator.close();
  }
}

async function report({ account, fetch, counts, publish }: NightlySummary): Promise<string> {
  const news = fetch.changed === 0 ? 'nothing new' : `${fetch.changed} new or changed`;
  const trouble = account.problems.map(({ portal, code, message }) => `${portal}: ${code}: ${message}`);
  const snapshot = publish.published ? publish.path : `${publish.path} (unchanged: nothing published)`;
  return [
    '',
    `portals    ${fetch.portals.length}`,
    `documents  ${counts['documents']} (${news})`,
    `reports    ${counts['reports']}`,
    `cells      ${counts['facts']}`,
    `findings   ${counts['findings']}`,
    `snapshot   ${snapshot}`,
    ...trouble.map((line) => `not done   ${line}`),
    '',
    'The pages come from the portal simulator: Guangzhou, two of its districts and the office of a third with the figures they',
    'really printed (a fifth organ announces a report without tables), and',
    'an invented prefecture (示例市; its codes begin with 99, its reports say invented). Next:',
    '',
    '  npm run -s gongkai -- sql "select publisher, year, facts from reports order by invented, publisher limit 10"',
    '  npm run -s gongkai -- status',
    `  npm run -s gongkai -- explain ${await someCell()}`,
    '',
  ].join('\n');
}

/** A number worth explaining: one of a real organ, where there is any. */
async function someCell(): Promise<string> {
  const sql = `SELECT report_id, grid, line, col FROM facts JOIN reports USING (report_id)
    WHERE value > 0 AND grid = 'requests' AND line = 'granted' ORDER BY invented, report_id, col LIMIT 1`;
  const rows = await withDatabase(localFiles(data).database, { readOnly: true }, ({ rows }) => rows(sql));
  const cell = rows[0] ?? {};
  return ['report_id', 'grid', 'line', 'col'].map((name) => String(cell[name] ?? name.toUpperCase())).join('/');
}

try {
  if (data === '--help' || data === '-h') process.stdout.write(usage);
  else {
    if (data.startsWith('-') || more.length > 0) throw new UsageError(usage);
    process.exitCode = await alone({ data }, 'start', main);
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = error instanceof UsageError ? WRONG_USAGE : FAILED;
}
