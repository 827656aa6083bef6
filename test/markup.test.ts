import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawFigures } from '../scripts/compose/draw.ts';
import { htmlPage } from '../scripts/compose/html.ts';
import { mistakes, type Mistake } from '../scripts/compose/mistakes.ts';
import { launchBrowser } from '../scripts/compose/pdf.ts';
import { createRandom, seedOf } from '../scripts/compose/random.ts';
import { htmlStyles } from '../scripts/compose/styles.ts';
import type { Reading } from '../transforms/report.ts';
import { against, readString } from './reading.fixture.ts';

/** Pages for each mistake, and how many of them are also given to Chromium. */
const PAGES = 35;
const SAMPLE = 2;

const styles = [htmlStyles.clean, htmlStyles.empty_cells, htmlStyles.word, htmlStyles.split, htmlStyles.nested];
const figures = Array.from({ length: PAGES }, (_, i) => drawFigures(seedOf('mistakes', i)));
const pages = figures.map((f, i) => htmlPage(f, styles[i % styles.length]!));
const broken = (name: string, mistake: Mistake, i: number) =>
  mistake(pages[i]!, createRandom(seedOf('mistake', name, i)));

const cellsOf = ({ facts }: Reading) => facts.map((f) => `${f.grid}/${f.line}/${f.col} ${f.raw} ${f.status}`);

let chromium: Browser;
beforeAll(async () => {
  chromium = await launchBrowser();
});
afterAll(() => chromium.close());

test('there are 44 kinds of mistakes', () => expect(Object.keys(mistakes)).toHaveLength(44));

describe.each(Object.entries<Mistake>(mistakes))('%s', (name, mistake) => {
  test('is another page, and no cell of it is wrong without a finding', async () => {
    let right = 0;
    for (const [i, f] of figures.entries()) {
      const page = broken(name, mistake, i);
      expect(page).not.toBe(pages[i]);
      const found = against(f, await readString(page));
      expect(found.unflagged, `page ${i}`).toBe(0);
      right += found.right;
    }
    expect(right).toBeGreaterThan(100 * PAGES);
  });

  test('has the facts that it has in a browser', async () => {
    const tab = await chromium.newPage({ javaScriptEnabled: false });
    for (let i = 0; i < SAMPLE; i++) {
      const page = broken(name, mistake, i);
      await tab.setContent(page);
      expect(cellsOf(await readString(page)), `page ${i}`).toEqual(cellsOf(await readString(await tab.content())));
    }
    await tab.close();
  });
});
