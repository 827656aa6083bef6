/** `npm run accept [-- NAME…]`: the readings that test/pages.test.ts found changed, all or those named, become the expected ones. */
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const named = process.argv.slice(2);
for (const name of named.length > 0 ? named : readdirSync('test/pages')) {
  const changed = join('test', 'pages', name, 'reading-changed.json');
  if (!existsSync(changed)) {
    if (named.length > 0)
      process.stderr.write(`${changed} is not there: run npx vitest run test/pages.test.ts first\n`);
    continue;
  }
  renameSync(changed, join('test', 'pages', name, 'reading.json'));
  process.stdout.write(`accepted ${name}\n`);
}
