import { expect, test } from 'vitest';
import { structureChanges } from '../scripts/mutate/structure.ts';
import { isBad, sumUp, trialsFrom } from '../scripts/mutate/trials.ts';

/** `npm run mutate` in short: a table with something removed, doubled or swapped is read rightly, or in doubt. */
test('no number that moved is verified, and none moves in silence', { timeout: 300_000 }, async () => {
  const trials = await trialsFrom(1, 600);
  expect(trials.filter(isBad).map((t) => [t.seed, t.format, t.grid, t.change, t.touched, t.look[0]])).toEqual([]);
  const sums = sumUp(trials);
  // Each kind was tried often enough to mean something, and some of them do move numbers.
  const tried = Object.keys(structureChanges).map((change) => trials.filter((t) => t.change === change).length);
  expect(Math.min(...tried)).toBeGreaterThan(5);
  expect(sums.filter((s) => s.moved > 0).length).toBeGreaterThan(5);
});
