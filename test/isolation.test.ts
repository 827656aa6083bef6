import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openArchive } from '../pipelines/archive/folder.ts';
import { createLog } from '../pipelines/cli/progress.ts';
import { defaultConfig } from '../pipelines/config.ts';
import { realEffects } from '../pipelines/effects.ts';
import { fetchPortals, type FetchSummary } from '../pipelines/fetch.ts';
import { createPool } from '../pipelines/reading/pool.ts';
import { list, page, portal, report, row } from './invented.ts';
import { serve, type Serving } from './serving.ts';

let dir: string;
let server: Serving;
let pages: Record<string, string>;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  pages = {
    'good.simulator.test/nb/': list(row(1, report(2023))),
    'good.simulator.test/nb/content/post_1.html': page(report(2023)),
  };
  server = await serve((request, response) => {
    const answer = pages[`${request.headers.host}${request.url}`];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(answer);
  });
});
afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

const patched = new URL('./looks.fixture.ts', import.meta.url);

function night(ids: string[], worker?: URL): Promise<FetchSummary> {
  const config = defaultConfig({ simulated: true, connect: { '*.simulator.test': server.address }, delay_ms: 0 });
  const limits = { workers: 2, timeoutMs: 2500, memoryMb: 400, ...(worker && { worker }) };
  return fetchPortals(
    { config, portals: ids.map((id) => portal(id)), refresh: false },
    {
      ...realEffects(openArchive(dir), createLog({ quiet: true, terminal: false })),
      openPool: () => createPool(limits),
    },
  );
}

const problemsOf = (summary: FetchSummary) =>
  summary.portals.map(({ portal, problems }) => [portal, ...problems.map(({ code, message }) => `${code} ${message}`)]);

test.each([
  ['HANGS', /^list_failed not read within 2\.5 s \(http:\/\/bad/],
  ['EATS', /^list_failed needed more than 400 MB of memory/],
  ['SWELLS', /^list_failed a result of \d+ bytes; the limit is 67108864/],
  ['FAILS', /^list_failed the reader failed: Cannot read/],
  ['DIES', /^list_failed the reading process ended with exit code 7/],
])('a list that a parser %s on costs its portal one problem, and nobody else', async (word, problem) => {
  pages['bad.simulator.test/nb/'] = list(row(1, report(2023)), `<li>${word}</li>`);
  const summary = await night(['bad', 'good'], patched);
  expect(problemsOf(summary)).toEqual([['bad', expect.stringMatching(problem)], ['good']]);
  expect(summary).toMatchObject({ discovered: 1, fetched: 1, failed: [] });
});

test('what was listed before a page that cannot be read is kept', async () => {
  pages['bad.simulator.test/nb/'] = list(row(1, report(2023)));
  pages['bad.simulator.test/nb/index_2.html'] = list('<li>HANGS where it is opened</li>');
  pages['bad.simulator.test/nb/content/post_1.html'] = page(report(2023));
  const summary = await night(['bad'], patched);
  expect(problemsOf(summary)).toEqual([['bad', expect.stringMatching(/^list_failed .*index_2\.html\)$/)]]);
  expect(summary).toMatchObject({ discovered: 1, fetched: 1 });
});

/** Elements that end without having begun hide the depth from a count of tags. */
const deep = '<div></b>'.repeat(100_000);
test.each([
  ['nests 100,000 deep', deep],
  ['nests 100,000 deep in the open', '<div>'.repeat(100_000)],
  ['has 50 MB of anchors', '<a href="/nb/content/post_1.html">x</a>'.repeat(1_300_000)],
])('so does a page that %s with the parser as it is', async (_, body) => {
  pages['bad.simulator.test/nb/'] = list(row(1, report(2023)), body);
  const summary = await night(['bad', 'good']);
  expect(problemsOf(summary)).toEqual([['bad', expect.stringMatching(/^list_failed /)], ['good']]);
  expect(summary).toMatchObject({ discovered: 1, fetched: 1, failed: [] });
});

test('a robots.txt that cannot be looked into closes its host, by name', async () => {
  // Each star may stand for anything, so that matching one line takes the product of both lengths.
  pages['bad.simulator.test/robots.txt'] = `User-agent: *\n${`Disallow: /${'*a'.repeat(7000)}b\n`.repeat(35)}`;
  pages['bad.simulator.test/nb/'] = list(row(1, report(2023)));
  const long = portal('bad', { index_url: `http://bad.simulator.test/nb/?${'a'.repeat(6000)}` });
  expect(long.index_url.length).toBeGreaterThan(6000);
  const config = defaultConfig({ simulated: true, connect: { '*.simulator.test': server.address }, delay_ms: 0 });
  const effects = {
    ...realEffects(openArchive(dir), createLog({ quiet: true, terminal: false })),
    openPool: () => createPool({ workers: 2, timeoutMs: 1000 }),
  };
  const summary = await fetchPortals({ config, portals: [long, portal('good')], refresh: false }, effects);
  expect(problemsOf(summary)).toEqual([['bad', expect.stringMatching(/^list_error .*not read within 1 s/)], ['good']]);
});
