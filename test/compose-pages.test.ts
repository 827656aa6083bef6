import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pages } from '../scripts/compose/pages.ts';

/** Apart from test/pages.test.ts: reading a workbook leaves number formats behind in the library that also writes them. */

test('every golden page has a recipe, and every recipe its page', () => {
  expect(readdirSync('test/pages').sort()).toEqual(Object.keys(pages).sort());
});

const noBrowser = () => Promise.reject(new Error('this page needs no browser'));
const drawn = (name: string): boolean => /^(pdf|scan)-/.test(name);

test.each(Object.keys(pages).filter((name) => !drawn(name)))('%s is made again byte for byte', async (name) => {
  const { extension, bytes } = await pages[name]!(noBrowser);
  expect(Buffer.from(bytes).equals(readFileSync(`test/pages/${name}/source.${extension}`))).toBe(true);
});
