import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginAccount, type RunAccount } from '../pipelines/accounts/account.ts';
import { failIf } from '../pipelines/accounts/fail-if.ts';
import { nothingHeld } from '../pipelines/accounts/holdings.ts';
import { overviewOf } from '../pipelines/accounts/overview.ts';
import { statusPage } from '../pipelines/accounts/page.ts';
import { problemsOf } from '../pipelines/accounts/problem.ts';
import { accountToShow } from '../pipelines/cli/hooks.ts';
import { imported } from '../pipelines/cli/render-archive.ts';
import * as render from '../pipelines/cli/render.ts';
import type { Archive } from '../pipelines/archive/archive.ts';
import { openArchive } from '../pipelines/archive/folder.ts';
import { finding } from '../transforms/findings.ts';
import { AccountFormat, OverviewFormat, PortalFormat, ProblemFormat, StatusFormat } from './account-format.fixture.ts';
import { portal } from './invented.ts';

let dir: string;
let archive: Archive;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  archive = openArchive(dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const portals = [portal('one'), portal('two'), portal('three')];
const started = '2026-02-01T18:00:00.000Z';

/** One was read whole, two refuses, three was never asked. */
async function aNight(over: Partial<RunAccount> = {}): Promise<RunAccount> {
  const begun = beginAccount(new Date(started), archive.accounts.last(), 'test', 'code');
  const refuses = finding('list_blocked', [], { list: 'http://two.simulator.test/nb/', status: 403 });
  const past = {
    complete_at: started,
    reports: 2,
    cells: 400,
    best_at: started,
    newest: { organ: null, government: 2024 },
  };
  const account: RunAccount = {
    ...begun,
    ended: '2026-02-01T18:10:00.000Z',
    exit: 1,
    problems: problemsOf([{ portal: 'two', ...refuses }], [], [], started),
    past: { one: past, two: { ...past, complete_at: '2026-01-01T18:00:00.000Z', newest: nothingHeld.newest } },
    ...over,
  };
  await archive.accounts.write(account);
  for (const id of ['one', 'two'])
    await archive.links.write({ portal: portal(id), listed_at: started, listed: 2, links: [], problems: [] });
  return account;
}
const overview = (now: string) => overviewOf(portals, archive, new Date(now));

test('each portal has its state, the age of its list and what is expected of it', async () => {
  const { problems } = await aNight();
  expect(await overview('2026-02-02T18:00:00Z')).toMatchObject({
    run: { run: '00001-20260201T180000Z', exit: 1 },
    worked_at: '2026-02-01T18:10:00.000Z',
    portals: [
      { portal: 'one', state: 'ok', complete_at: started, reports: 2, expected: { year: 2025, by: '2026-03-31' } },
      { portal: 'two', state: 'trouble', complete_at: '2026-01-01T18:00:00.000Z', expected: null, problems },
      { portal: 'three', state: 'never', listed_at: null, complete_at: null, reports: 0 },
    ],
    problems,
  });
  const known = {
    id: problems[0]?.id ?? '',
    portal: 'two',
    code: 'x',
    url: '',
    until: '2026-02-28',
    why: 'seen',
    extent: 1,
  };
  await archive.accounts.acknowledge([known]);
  expect((await overview('2026-02-02T18:00:00Z')).portals[1]).toMatchObject({ state: 'known' });
  expect((await overview('2026-03-02T18:00:00Z')).portals[1]).toMatchObject({ state: 'trouble' });
});

test('a portal that is not well is not ok, though it has no problem', async () => {
  const { past } = await aNight({ problems: [] });
  const on = async (now: string, of = portals) =>
    (await overviewOf(of, archive, new Date(now))).portals.map(({ state }) => state);
  expect(await on('2026-02-02T18:00:00Z')).toEqual(['ok', 'stale', 'never']);
  expect(await on('2026-02-10T18:00:00Z')).toEqual(['stale', 'stale', 'never']);
  expect(await on('2026-02-02T18:00:00Z', [portal('one', { until: '2025-12-31' })])).toEqual(['closed']);
  const organs = { one: { ...past['one']!, newest: { organ: 2024, government: 2022 } } };
  await aNight({ problems: [], past: organs });
  // Who left the column years ago is not waited for.
  expect((await overview('2026-02-02T18:00:00Z')).portals[0]).toMatchObject({
    state: 'overdue',
    expected: { year: 2025, by: '2026-01-31' },
  });
  const text = render.status(await overview('2026-02-02T18:00:00Z'), []);
  expect(text).toContain(
    '3 portals: 1 never (its list was never read), 1 stale (its list was not read whole in the last week), 1 overdue (',
  );
  expect(text).toContain('one (overdue, 2026-02-01, 2025 was due 2026-01-31)');
});

test('one is one, and the commands that come next name the folder', () => {
  expect(render.read({ archived: 1, pages: 1, files: 0, pictured: 0, read: 1 })).toBe(
    '1 copy in the archive (1 of pages), 1 read now\n',
  );
  expect(imported({ captures: 10, blobs: 1, portals: 1, faults: [] }, 'copy')).toBe(
    '10 captures, 1 blob and 1 portal in copy; next: gongkai read --data copy, then gongkai build --data copy\n',
  );
});

test('a check that failed is said where the snapshot is, which is no release', () => {
  const publish = { published: true, version: 'b', path: 'd/b', digest: '', latest: 'a', changes: null, recovered: [] };
  expect(render.published(publish)).toBe(
    'not released: written to d/b for inspection, as a check failed; the latest release is still a\n',
  );
  expect(render.published({ ...publish, latest: null })).toContain('there is no release yet');
  expect(render.published({ ...publish, latest: 'b' })).toBe('published d/b\n');
});

describe('--fail-if', () => {
  const reasons = async (now: string, ...conditions: string[]) => failIf(conditions)(await overview(now));

  test('holds when it is so, and says why', async () => {
    expect(await reasons('2026-02-01T18:00:00Z', 'stale=2d', 'failed', 'never')).toEqual([
      'stale=2d: no run has done its work yet',
      'never: 3 never read: one, two, three',
    ]);
    await aNight();
    expect(await reasons('2026-02-03T18:09:00Z', 'stale=2d', 'stale=48h', 'failed')).toEqual([]);
    expect(await reasons('2026-02-03T18:11:00Z', 'stale=2d')).toEqual([expect.stringContaining('2026-02-01T18:10')]);
    expect(await reasons('2026-02-02T18:11:00Z', 'incomplete=1w', 'problems', 'problems=2d', 'never')).toEqual([
      'incomplete=1w: 2 not read whole: two, three',
      'problems: 1 to see to, the oldest for 1 d',
      'never: 1 never read: three',
    ]);
  });

  test('what somebody has acknowledged does not fire, and what stands beside a whole list is no lack', async () => {
    const { past } = await aNight();
    const [problem] = archive.accounts.last()?.problems ?? [];
    const ack = (id = '') =>
      archive.accounts.acknowledge([
        { id, portal: 'two', code: 'x', url: '', until: '2026-12-31', why: 'seen', extent: 1 },
      ]);
    expect(await reasons('2026-02-08T18:00:00Z', 'incomplete=14d')).toEqual([
      'incomplete=14d: 2 not read whole: two, three',
    ]);
    await ack(problem?.id);
    expect(await reasons('2026-02-08T18:00:00Z', 'incomplete=14d')).toEqual([
      'incomplete=14d: 1 not read whole: three',
    ]);
    // That a report is away says nothing of the list.
    const gone = finding('article_gone', [], { url: 'http://two.simulator.test/nb/1.html', status: 404 });
    await aNight({ problems: problemsOf([{ portal: 'two', ...gone }], [], [], started) });
    await ack(archive.accounts.last()?.problems[0]?.id);
    expect(await reasons('2026-02-08T18:00:00Z', 'incomplete=14d')).toEqual([
      'incomplete=14d: 2 not read whole: two, three',
    ]);

    const late = { ...past, one: { ...past['one']!, newest: { organ: 2024, government: null } } };
    await aNight({ problems: [], past: late });
    expect(await reasons('2026-01-31T18:00:00Z', 'overdue')).toEqual([]);
    expect(await reasons('2026-02-01T18:00:00Z', 'overdue')).toEqual(['overdue: 1 overdue: one']);
    const overdue = finding('report_overdue', [], { list: 'x', year: 2025, of: ['organ'], by: '2026-01-31' });
    await aNight({ problems: problemsOf([{ portal: 'one', ...overdue }], [], [], started), past: late });
    await ack(archive.accounts.last()?.problems[0]?.id);
    expect(await reasons('2026-02-01T18:00:00Z', 'overdue')).toEqual([]);
  });

  test('a run that failed or was killed does not count as one that did its work', async () => {
    await aNight();
    await aNight({ exit: 3, failure: 'no space', ended: '2026-02-04T18:10:00.000Z' });
    expect(await reasons('2026-02-04T19:00:00Z', 'stale=2d', 'failed')).toEqual([
      expect.stringContaining('since 2026-02-01T18:10'),
      'failed: run 00002-20260201T180000Z ended with 3: no space',
    ]);
    await aNight({ exit: null, ended: null });
    expect(await reasons('2026-02-02T19:00:00Z', 'failed')).toEqual([expect.stringContaining('has not ended')]);
    const release = await archive.lock('nightly');
    expect(await reasons('2026-02-02T19:00:00Z', 'failed')).toEqual([]);
    expect(render.status(await overview('2026-02-02T19:00:00Z'), [])).toContain('20260201T180000Z is at work\n');
    expect(statusPage(await overview('2026-02-02T19:00:00Z'))).toContain('at work');
    await release();
    const other = await archive.lock('read');
    expect(await reasons('2026-02-02T19:00:00Z', 'failed')).toHaveLength(1);
    await other();
  });

  test.each([
    'stale',
    'stale=',
    'stale=2',
    'stale=-2d',
    'stale=2y',
    'failed=2d',
    'problem',
    'toString',
    'stale=2d ',
    '',
  ])('%j is none', (text) => {
    expect(() => failIf([text])).toThrow(/it is one of these/);
  });
  test('a condition that is mistyped is named', () => {
    expect(() => failIf(['probelms=2d'])).toThrow('--fail-if probelms=2d (did you mean problems?): it is one of these');
  });
});

test('what programs read is as it is documented, to the last name', async () => {
  const account = await aNight();
  AccountFormat.parse(JSON.parse(JSON.stringify(accountToShow(account))));
  OverviewFormat.parse(JSON.parse(JSON.stringify(await overview('2026-02-02T18:00:00Z'))));
  const readme = readFileSync('README.md', 'utf8').replace(/\s+/g, ' ');
  const named = (format: { shape: object }) => Object.keys(format.shape).join(', ');
  expect(readme).toContain(`\`portals: [{${named(PortalFormat)}}]\``);
  expect(readme).toContain(`\`problems: [{${named(ProblemFormat)}}]\``);
  for (const name of Object.keys(AccountFormat.shape)) expect(readme).toMatch(new RegExp(`\`${name}(?:: |\`)`));
  expect(readme).toContain(`\`portals: [{${Object.keys(StatusFormat.shape.portals.element.shape).join(', ')}}]\``);
});

test('the page is whole, in both languages, and what portals say is text in it', async () => {
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
  const list = `javascript:alert(1)//${hostile}`;
  const found = finding('list_failed', [], { list, said: hostile });
  const account = await aNight({ problems: problemsOf([{ portal: 'two', ...found }], [], [], started) });
  const page = statusPage(await overview('2026-02-02T18:00:00Z'));
  expect(page).toContain('须处理');
  expect(page).toContain('somebody has to see to it');
  expect(page).toContain(account.problems[0]?.id);
  expect(page).toContain('2025<small>截至 · due 2026-03-31');
  expect(page).toContain('&lt;script&gt;');
  expect(page).not.toMatch(/<script|<img|<link|href="javascript|src=(?!x)|@import|url\(/i);
  expect(page.match(/href="([^"]*)"/g)?.every((href) => /^href="(?:#|https?:)/.test(href))).toBe(true);
});
