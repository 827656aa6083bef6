import { spawn, spawnSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';

/** `npm run kills` is the long form. */
// 219 were measured at 328 s of processor time: so many keep the whole suite well below 25 minutes on two cores.
const KILLS = Number(process.env['KILLS'] ?? 40);

beforeAll(() => {
  const built = spawnSync(process.execPath, ['scripts/setup.mjs', 'build'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
});

test(`${KILLS} nights killed in every stage leave the tables of an undisturbed archive, and nothing else`, async () => {
  const run = spawn(process.execPath, ['dist/scripts/kills.js', '--kills', String(KILLS)]);
  let said = '';
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (text: Buffer) => (said += text));
  const status = await new Promise((resolve) => run.once('close', resolve));
  expect([status, said]).toEqual([0, expect.stringMatching(/ 0 faults$/m)]);
  const [, total, ...stages] =
    /(\d+) killed \(list (\d+), fetch (\d+), read (\d+), build (\d+), check (\d+), publish (\d+)\)/
      .exec(said)!
      .map(Number);
  expect(total).toBeGreaterThanOrEqual(KILLS);
  expect(Math.min(...stages)).toBeGreaterThan(0);
}, 1_200_000);
