import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginAccount, type RunAccount } from '../pipelines/accounts/account.ts';
import { feedOf } from '../pipelines/accounts/feed.ts';
import { headline, isNews, newsOf } from '../pipelines/accounts/news.ts';
import { newOf, problemsOf, type Problem } from '../pipelines/accounts/problem.ts';
import { openArchive } from '../pipelines/archive/folder.ts';
import { tell } from '../pipelines/cli/hooks.ts';
import { defaultConfig, readConfig } from '../pipelines/config.ts';
import { finding } from '../transforms/findings.ts';
import { serve, type Serving } from './serving.ts';

const started = '2026-02-01T18:00:00.000Z';
const list = 'http://one.simulator.test/nb/?a=1&b=<2>';
const problem = (): Problem[] =>
  problemsOf([{ portal: 'one', ...finding('list_blocked', [], { list, status: 403 }) }], [], [], started);
const accountOf = (over: Partial<RunAccount> = {}, before: Problem[] = []): RunAccount => ({
  ...beginAccount(new Date(started), null, 'test', 'code'),
  ended: '2026-02-01T18:10:00.000Z',
  exit: 0,
  new: newOf(over.problems ?? [], before).map(({ id }) => id),
  ...over,
});
const published = {
  published: true,
  version: '2026-02-01-abcdef01',
  path: 'data/snapshots/2026-02-01-abcdef01',
  digest: 'a',
  latest: '2026-02-01-abcdef01',
  changes: {
    schema: [],
    new_reports: ['虚构县人民政府 2025 (x) \u0007\uFFFE<b>'],
    revised: [],
    withdrawn: ['虚构县人民政府 2020 (y)'],
    findings_opened: ['warning x'],
    findings_closed: [],
  },
  recovered: [],
};

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('news is what nobody was told before', () => {
  const of = (over: Partial<RunAccount>, before: Problem[] = []) => isNews(newsOf(accountOf(over, before)));
  expect(of({})).toBe(false);
  expect(of({ exit: 1, problems: problem() })).toBe(true);
  expect(of({ exit: 1, problems: problem() }, problem())).toBe(false);
  const known = problem().map((one) => ({ ...one, acknowledged: true }));
  expect(of({ problems: known })).toBe(false);
  // Acknowledged until a day that is over.
  expect(of({ exit: 1, problems: problem() }, known)).toBe(true);
  expect(of({ cured: problem() })).toBe(true);
  expect(of({ exit: 3, failure: 'no space' })).toBe(true);
  expect(of({ publish: published })).toBe(true);
  const inspected = { ...published, latest: '2026-01-01-00000000' };
  expect(headline(accountOf({ exit: 1, publish: inspected }))).toContain(
    'not released, to inspect: 2026-02-01-abcdef01',
  );
  expect(feedOf([accountOf({ exit: 1, publish: inspected })], null)).not.toContain('<entry>');
  expect(headline(accountOf({ exit: 3, failure: 'no space', problems: problem() }))).toBe(
    'gongkai 00001-20260201T180000Z: failed: no space, 1 new problem, 1 to see to',
  );
});

test('the feed has an entry for a failure, each new problem, each that is cured, and the reports that changed', () => {
  const nights = [
    accountOf({ run: '3', exit: 3, failure: 'no space', started: '2026-02-03T18:00:00.000Z' }),
    accountOf({ run: '2', cured: problem(), started: '2026-02-02T18:00:00.000Z' }),
    accountOf({ run: '1', problems: problem(), publish: published }),
  ];
  const feed = feedOf(nights, 'https://example.org/feed.atom');
  const $ = load(feed, { xml: true });
  const entries = $('entry').toArray();
  expect(entries.map((entry) => $(entry).find('category').attr('term'))).toEqual([
    'failure',
    'cured',
    'problem',
    'reports',
  ]);
  const [, , told, changed] = entries.map((entry) => $(entry));
  expect(told?.find('link').attr('href')).toBe(list);
  expect(told?.find('content').text()).toContain('HTTP 403');
  expect(changed?.find('content').text()).toBe(
    'new reports:\n  虚构县人民政府 2025 (x) ⟨U+0007⟩<b>\nwithdrawn:\n  虚构县人民政府 2020 (y)',
  );
  const ids = $('id')
    .toArray()
    .map((id) => $(id).text());
  expect(new Set(ids).size).toBe(5);
  for (const id of ids) expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  // Read again tomorrow, an entry is still the same.
  expect(feedOf(nights.slice(1), null)).toContain(told?.find('id').text());
});

describe('hooks', () => {
  let server: Serving;
  let bodies: string[];
  let answer: number | 'never';
  beforeEach(async () => {
    bodies = [];
    answer = 204;
    server = await serve((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part));
      request.on('end', () => {
        bodies.push(`${request.headers['content-type']} ${body}`);
        if (answer !== 'never') response.writeHead(answer, { location: '/elsewhere' }).end();
      });
    });
  });
  afterEach(() => server.close());

  const run = async (hooks: object, account = accountOf({ exit: 1, problems: problem() })) => {
    const archive = openArchive(join(dir, 'data'));
    await archive.accounts.write(account);
    return tell(defaultConfig({ hooks }), account, archive);
  };
  const script = (source: string): string[] => {
    writeFileSync(join(dir, 'hook.mjs'), source);
    return [process.execPath, join(dir, 'hook.mjs'), '$(touch no); `touch no`', dir];
  };

  test('a command gets the account on its standard input, and its words as they are written', async () => {
    const command = script(`import { readFileSync, writeFileSync } from 'node:fs';
      writeFileSync(process.argv[3] + '/told.json', JSON.stringify([process.argv[2], JSON.parse(readFileSync(0, 'utf8'))]));`);
    expect(await run({ command })).toEqual([]);
    expect(JSON.parse(readFileSync(join(dir, 'told.json'), 'utf8'))).toMatchObject([
      '$(touch no); `touch no`',
      {
        text: expect.stringContaining('1 new problem,'),
        exit: 1,
        problems: [{ portal: 'one' }],
        new: [problem()[0]?.id],
      },
    ]);
    expect(existsSync('no')).toBe(false);
  });

  test('a webhook is posted the same', async () => {
    expect(await run({ webhook: `http://${server.address}/hook?token=secret` })).toEqual([]);
    expect(server.asked).toEqual(['POST /hook?token=secret']);
    expect(bodies[0]).toMatch(/^application\/json \{"text":"gongkai .*"exit":1/);
    expect(bodies[0]).not.toContain('"past"');
  });

  test('what fails is told, without the secret of an address, and stops nothing', async () => {
    answer = 302;
    const webhook = `http://${server.address}/hook?token=secret`;
    expect(await run({ command: script('process.exit(3)'), webhook, feed: join(dir, 'feed.atom') })).toEqual([
      expect.stringMatching(/^hook command: .* ended with 3$/),
      `hook webhook: ${server.address}: HTTP 302`,
    ]);
    expect(server.asked).toHaveLength(1);
    expect(existsSync(join(dir, 'feed.atom'))).toBe(true);
    await server.close();
    const [line] = await run({ webhook });
    expect(line).toMatch(/^hook webhook: 127/);
    expect(line).not.toContain('secret');
    expect(await run({ command: ['no-such-program'] })).toEqual([expect.stringContaining('ENOENT')]);
  });

  test('what takes too long is ended', async () => {
    answer = 'never';
    const webhook = `http://${server.address}/`;
    const slow = await run({ command: script('setInterval(() => {}, 1000)'), webhook, seconds: 0.5 });
    expect(slow).toEqual([expect.stringContaining('longer than 0.5 s'), expect.stringMatching(/timeout|abort/i)]);
  });

  test('a feed that cannot be a file is told at once, and nothing else is harmed', async () => {
    const place = (name: string) => join(dir, name);
    mkdirSync(place('folder'));
    execFileSync('mkfifo', [place('fifo')]);
    writeFileSync(place('file'), 'mine');
    const of = async (feed: string) => (await run({ feed }))[0];
    expect(await of(place('folder'))).toBe(`hook feed: ${place('folder')} is a folder: name a file`);
    expect(await of(place('fifo'))).toBe(`hook feed: ${place('fifo')} is no plain file: name a file`);
    expect(await of(join(place('file'), 'feed.atom'))).toMatch(/^hook feed: .*feed\.atom cannot be written: ENOTDIR/);
    // The recursive mkdir of Node tries for ever there.
    expect(await of('/proc/gongkai/public/feed.atom')).toMatch(/^hook feed: \/proc.* cannot be written: ENOENT/);
    expect(await of('/proc/feed.atom')).toMatch(/^hook feed: \/proc.* cannot be written: ENOENT/);
    expect([readFileSync(place('file'), 'utf8'), statSync(place('fifo')).isFIFO()]).toEqual(['mine', true]);
    expect(await of(place('new/folder/feed.atom'))).toBe(undefined);
  });

  test('where there is no news nobody is told, but the feed is written', async () => {
    const quiet = accountOf();
    const webhook = `http://${server.address}/`;
    expect(await run({ webhook, feed: join(dir, 'feed.atom') }, quiet)).toEqual([]);
    expect([server.asked, existsSync(join(dir, 'feed.atom'))]).toEqual([[], true]);
    await run({ webhook, when: 'always' }, quiet);
    expect(server.asked).toHaveLength(1);
  });
});

test('hooks are settings like the others, and a feed lies beside them', () => {
  const path = join(dir, 'config.json');
  const read = (hooks: object) => {
    writeFileSync(path, JSON.stringify({ hooks }));
    return readConfig(path).hooks;
  };
  expect(read({ feed: 'public/feed.atom' })).toEqual({
    when: 'news',
    seconds: 60,
    feed: join(dir, 'public/feed.atom'),
  });
  for (const wrong of [
    { command: 'rm -rf' },
    { command: [] },
    { webhook: 'file:///etc/passwd' },
    { when: 'never' },
    { mail: 'x' },
  ])
    expect(() => read(wrong)).toThrow('--config');
});
