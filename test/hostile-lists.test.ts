import { expect, it } from 'vitest';
import { readArticles } from '../scrapers/catalogue.ts';
import { readRows } from '../scrapers/rows.ts';
import { sniff } from '../transforms/formats/sniff.ts';

/** Pages that once held the nightly up for minutes; each took time that grew as the square of its length, or faster. */
const rows = { address: /\.html$/, files: /^\//, only: 'all' } as const;

it.each([
  ['lines as a mail has them', () => sniff(Buffer.from('key: value\r\n'.repeat(5000)))],
  [
    'many anchors with one address in one element',
    () => readRows(`<div>${'<a href="/a/1.html">年报</a> '.repeat(20_000)}</div>`, 'http://example.com/', rows),
  ],
  [
    'a title of brackets alone',
    () =>
      readArticles(JSON.stringify({ articles: [{ id: 1, title: '<'.repeat(200_000), url: 'http://example.com/1' }] })),
  ],
])('%s', (_, use) => {
  const start = process.cpuUsage();
  use();
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(5);
});
