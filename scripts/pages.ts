import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { pages } from './compose/pages.ts';

/** `npm run -s pages -- [NAME…]`: makes the sources of the golden pages again, all or those named. */

const named = process.argv.slice(2);
const browsers: Promise<Browser>[] = [];
const open = () =>
  browsers[0] ?? (browsers[0] = import('./compose/pdf.ts').then(({ launchBrowser }) => launchBrowser()));

try {
  for (const name of named.length > 0 ? named : Object.keys(pages)) {
    const recipe = pages[name];
    if (!recipe) throw new Error(`there is no page ${name}; scripts/compose/pages.ts has the recipes`);
    const { extension, bytes } = await recipe(open);
    const folder = join('test', 'pages', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `source.${extension}`), bytes);
  }
} finally {
  for (const browser of browsers) await (await browser).close();
}
