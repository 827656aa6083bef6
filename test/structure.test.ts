import { expect, test } from 'vitest';
import { structureChanges } from '../scripts/mutate/structure.ts';
import { sumUp, trialsFrom } from '../scripts/mutate/trials.ts';

/** `npm run mutate` in short: a table with something removed, doubled or swapped is read rightly, or in doubt. */
test('no number that moved is verified, and none moves in silence', { timeout: 300_000 }, async () => {
  const trials = await trialsFrom(1, 600);
  expect(
    trials.flatMap((t) =>
      t.verified + t.silent > 0 ? [[t.seed, t.format, t.grid, t.change, t.touched, t.look[0]]] : [],
    ),
  ).toEqual([]);
  const sums = sumUp(trials);
  expect(sums.map((s) => s.change)).toEqual(Object.keys(structureChanges));
  // Each kind was tried often enough to mean something, and some of them do move numbers.
  expect(Math.min(...sums.map((s) => s.trials))).toBeGreaterThan(5);
  expect(sums.filter((s) => s.moved > 0).length).toBeGreaterThan(5);
});
