import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { sampleOf } from '../scripts/ablate/documents.ts';
import { effectOf, ownSources, readBy, stageOf } from '../scripts/ablate/measure.ts';
import { mechanisms } from '../scripts/ablate/mechanisms.ts';
import { copySources, patched } from '../scripts/ablate/sources.ts';
import { pagesIn, tableFile } from '../scripts/ablate/table.ts';
import { otherwise, weights } from '../scripts/ablate/weights.ts';

/** `npm run ablate` in short: every mechanism can still be switched off, and the page that needs it reads otherwise then. */
const pages = pagesIn(readFileSync(tableFile, 'utf8'));

test('each mechanism has a name of its own and a row in the table, and each row its mechanism', () => {
  expect([...pages.keys()]).toEqual(mechanisms.map(({ name }) => name));
  expect(new Set(pages.keys()).size).toBe(mechanisms.length);
});

test.each(mechanisms)('$name can be switched off', (mechanism) => {
  expect(patched(mechanism)).not.toBe(readFileSync(`transforms/${mechanism.file}`, 'utf8'));
});

test.each(weights.flatMap((weight) => weight.others.map((other) => otherwise(weight, other))))(
  '$what can be set otherwise: $name',
  (change) => {
    expect(patched(change)).not.toBe(readFileSync(`transforms/${change.file}`, 'utf8'));
  },
);

describe('without', () => {
  const copy = copySources();
  afterAll(copy.remove);

  test.each(mechanisms)('$name its page of the table reads otherwise', async (mechanism) => {
    const samples = [await sampleOf(pages.get(mechanism.name)!)];
    const stage = stageOf(mechanism);
    const asItIs = await readBy(ownSources, samples, stage);
    const without = await copy.patched(mechanism, (sources) => readBy(sources, samples, stage));
    expect(effectOf(asItIs, without).page).not.toBeNull();
  });
});
