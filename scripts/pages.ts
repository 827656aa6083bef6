import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { pages } from './compose/pages.ts';

/** `npm run -s pages -- [NAME…]`: makes the sources of the golden pages again, all or those named. */

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in pages));
if (unknown.length > 0) {
  process.stderr.write(
    `usage: npm run -s pages -- [NAME…]\n\nthere is no page ${unknown.join(', ')}; scripts/compose/pages.ts and pages-shaped.ts have the recipes\n`,
  );
  process.exit(2);
}
const browsers: Promise<Browser>[] = [];
const open = () =>
  browsers[0] ?? (browsers[0] = import('./compose/pdf.ts').then(({ launchBrowser }) => launchBrowser()));

try {
  for (const name of named.length > 0 ? named : Object.keys(pages)) {
    const { extension, bytes } = await pages[name]!(open);
    const folder = join('test', 'pages', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `source.${extension}`), bytes);
  }
} finally {
  for (const browser of browsers) await (await browser).close();
}
