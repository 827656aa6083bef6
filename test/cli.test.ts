import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openArchive } from '../pipelines/archive/folder.ts';
import { commands } from '../scripts/commands.ts';
import { startSimulator, type Simulator } from '../scripts/simulator/server.ts';
import { page, report } from './invented.ts';

/** Real processes: what a person types, and what comes back on which stream with which status. */
const command = (args: string[]): [string, string[]] => [
  process.execPath,
  [join('dist', 'scripts', 'gongkai.js'), ...args],
];

interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Not spawnSync: the simulator answers from this process. */
async function gongkai(...args: string[]): Promise<Ran> {
  const child = spawn(...command(args));
  const ran: Ran = { status: null, stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (ran.stdout += text));
  child.stderr.on('data', (text: Buffer) => (ran.stderr += text));
  child.stdin.end();
  ran.status = await new Promise((resolve) => child.once('close', resolve));
  return ran;
}

let simulator: Simulator;
let dir: string;
beforeAll(async () => {
  const built = spawnSync(process.execPath, ['scripts/setup.mjs', 'build'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
  simulator = await startSimulator({ slowMs: 300 });
});
afterAll(() => simulator?.close());
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Settings for a run against the simulator, and the flags that use them. */
function settings(): string[] {
  writeFileSync(join(dir, 'register.csv'), simulator.register);
  const config = {
    register: 'register.csv',
    connect: simulator.connect,
    vantage: 'simulator',
    simulated: true,
    delay_ms: 0,
  };
  writeFileSync(join(dir, 'config.json'), JSON.stringify(config));
  return ['--config', join(dir, 'config.json'), '--data', join(dir, 'data')];
}

test('every command has help with examples, and help is no error', async () => {
  const names = Object.keys(commands);
  const helps = await Promise.all([gongkai('--help'), ...names.map((name) => gongkai(name, '--help'))]);
  for (const help of helps)
    expect(help).toMatchObject({ status: 0, stdout: expect.stringMatching(/Examples:\n {2}gongkai /), stderr: '' });
});

test.each([
  [['nonsense'], 'unknown command'],
  [['read', '--nonsense'], 'unknown option'],
  [['sql', '--format', 'xml', 'select 1'], 'Allowed choices are table, csv, json'],
  [['read', 'no/such/file.html'], 'no such file or folder'],
  [['explain'], 'missing required argument'],
  [['portals', '--portal', 'atlantis'], 'no portal atlantis'],
  [['status', '--portal', 'atlantis'], 'no portal atlantis'],
  [['nightly', '--division', '99'], 'no portal of division 99'],
  [['portals', 'check', '--division', '99'], 'no portal of division 99'],
  [['portals', '--config', 'no-such.json', 'check'], 'no-such.json'],
  [['portals', 'chek'], 'no command portals chek (did you mean check?)'],
  [['fetch', '--family', 'geocities'], 'no portal of family geocities'],
  [['portals', '--division', '44', '--family', 'plain'], 'no portal of family plain'],
  [['portals', '--config', 'no-such.json'], 'no-such.json'],
  [['status', '--data'], 'argument missing'],
])('%j is wrong usage', async (args, message) => {
  expect(await gongkai(...args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(message) });
});

test('settings that do not exist are wrong usage', async () => {
  writeFileSync(join(dir, 'config.json'), '{"delay": 5}');
  const ran = await gongkai('portals', '--config', join(dir, 'config.json'));
  expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining('delay') });
});

test('commands that need a warehouse say how to get one', async () => {
  for (const args of [['sql', 'select 1'], ['explain', 'a/b/c/d'], ['check'], ['publish']]) {
    const ran = await gongkai(...args, '--data', dir);
    expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining('gongkai build') });
  }
});

test('a file in place of a folder is wrong usage', async () => {
  const data = join(dir, 'data');
  writeFileSync(data, '');
  for (const place of [data, join(data, 'x')]) {
    const ran = await gongkai('fetch', ...settings(), '--data', place);
    expect(ran).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `gongkai: ${place} is no folder: give the data one of their own with --data\n`,
    });
  }
});

test('a column that cannot be had gets no line for the register', async () => {
  const url =
    simulator.register
      .split('\n')
      .find((line) => line.startsWith('sim-huadu,'))
      ?.split(',')[4] ?? '';
  const there = await gongkai('portals', 'detect', url, ...settings());
  expect(there).toMatchObject({ status: 0, stdout: expect.stringContaining(`,nfcms,${url},`) });
  const gone = await gongkai('portals', 'detect', `${url}none/`, ...settings());
  expect(gone).toMatchObject({ status: 1, stdout: '', stderr: 'the page cannot be had: not_found (HTTP 404)\n' });
});

test('a misspelt folder is no empty archive, and is not made', async () => {
  const data = join(dir, 'dta');
  for (const name of ['read', 'build', 'status', 'ack']) {
    const ran = await gongkai(name, '--data', data);
    expect(ran).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('holds no archive') });
  }
  expect(existsSync(data)).toBe(false);
});

test('read prints a line a document on stdout and nothing else; unreadable ones make the status 1', async () => {
  writeFileSync(join(dir, 'a.html'), page(report(2023)));
  writeFileSync(join(dir, 'b.pdf'), Buffer.from([0x25, 0x50, 0x44, 0x46, 0x2d, 0, 1, 2]));
  writeFileSync(join(dir, 'c.html'), page(report(2022)));
  const ran = await gongkai('read', dir, '--json');
  const lines = ran.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { report: { year: number } | null });
  expect(lines.map((line) => line.report?.year)).toEqual([2023, undefined, 2022]);
  expect(ran).toMatchObject({ status: 1, stderr: '' });
  rmSync(join(dir, 'b.pdf'));
  const plain = await gongkai('read', dir);
  expect(plain).toMatchObject({ status: 0, stdout: expect.stringContaining('2022') });
});

test('from nightly to the answer of a query', async () => {
  const flags = [...settings(), '--portal', 'sim-huadu', 'sim-guangzhou'];
  const nightly = await gongkai('nightly', ...flags, '--json');
  expect(nightly.stderr).toContain('fetching articles');
  expect(JSON.parse(nightly.stdout)).toMatchObject({
    exit: 0,
    publish: { published: true },
    problems: [],
    portals: [
      { portal: 'sim-guangzhou', family: 'nfcms', listed: 2, complete: true, reports: 2 },
      { portal: 'sim-huadu', complete: true },
    ],
  });
  expect(nightly.status).toBe(0);
  const data = ['--data', join(dir, 'data')];
  const csv = await gongkai(
    'sql',
    '--format',
    'csv',
    'select publisher, year, simulated from reports order by year, publisher',
    ...data,
  );
  expect(csv.stdout.split('\n')[0]).toBe('publisher,year,simulated');
  expect(csv.stdout).toContain('广州市花都区人民政府办公室,2020,true');
  const wrong = await gongkai('sql', 'select nothing from nowhere', ...data);
  expect(wrong).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('nowhere') });
  const status = await gongkai('status', '--json', ...data);
  expect(JSON.parse(status.stdout)).toMatchObject({
    run: { exit: 0 },
    portals: [
      { portal: 'sim-guangzhou', state: 'overdue', discovered: 2, report: 2 },
      { portal: 'sim-huadu', discovered: 1 },
    ],
    problems: [],
  });
  expect(await gongkai('status', '--fail-if', 'stale=1h', 'problems', ...data)).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
  expect(await gongkai('status', '--fail-if', 'stale=1h', '--now', '2100-01-01', ...data)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^stale=1h: /),
  });
  expect(existsSync(join(dir, 'data', 'status.html'))).toBe(true);
  const again = await gongkai('nightly', ...flags, '--quiet');
  expect(again).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('nothing published') });
  // The same folder without the settings would mean real portals.
  const real = await gongkai('nightly', ...data);
  expect(real).toMatchObject({ status: 2, stderr: expect.stringContaining('--data') });
});

test('portals check takes its flags before and after its name, and its status says whether every column lists', async () => {
  const flags = settings();
  const good = await gongkai('portals', ...flags, 'check', '--portal', 'sim-huadu', '--json');
  expect(JSON.parse(good.stdout)).toMatchObject([
    { portal: 'sim-huadu', status: 200, detected: 'nfcms', problems: [] },
  ]);
  expect(good.status).toBe(0);
  expect(existsSync(join(dir, 'data', 'portal-checks.json'))).toBe(true);
  simulator.misbehave('sim-huadu', 'blocked');
  const refused = await gongkai('portals', 'check', ...flags, '--portal', 'sim-huadu');
  simulator.misbehave('sim-huadu', 'ok');
  expect(refused).toMatchObject({ status: 1, stdout: expect.stringContaining('list_blocked') });
});

test('a portal that refuses makes the status 1, and the rest is done', async () => {
  simulator.misbehave('sim-huadu', 'blocked');
  try {
    const ran = await gongkai('fetch', ...settings(), '--portal', 'sim-huadu', 'sim-guangzhou', '--json');
    expect(ran.status).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({ fetched: 2 });
    expect(ran.stderr).toContain('sim-huadu: list_blocked');
  } finally {
    simulator.misbehave('sim-huadu', 'ok');
  }
});

test('a portal that is down is told from one whose robots.txt closes the list', async () => {
  simulator.misbehave('sim-huadu', 'down');
  try {
    const ran = await gongkai('fetch', ...settings(), '--portal', 'sim-huadu');
    const reason = /^ {2}sim-huadu: list_error: error \(no answer\): robots\.txt of \S+ \((.+)\) \(http/m;
    expect(ran).toMatchObject({ status: 1, stdout: expect.stringMatching(reason) });
    expect(reason.exec(ran.stdout)?.[1]).not.toMatch(/HTTP [24]/);
  } finally {
    simulator.misbehave('sim-huadu', 'ok');
  }
});

test('killed in the middle of fetching, the next run goes on from there', async () => {
  const args = ['fetch', ...settings(), '--portal', 'sim-shili-xin'];
  const data = join(dir, 'data');
  const archive = openArchive(data);
  const articles = async () =>
    (await archive.captures.read()).filter(({ kind, sha256 }) => kind === 'article' && sha256);
  simulator.misbehave('sim-shili-xin', 'slow');
  const child = spawn(...command(args), { stdio: 'ignore' });
  const closed = new Promise((resolve) => child.once('close', resolve));
  while ((await articles()).length < 2) await sleep(50);
  child.kill('SIGKILL');
  await closed;
  const before = (await articles()).map(({ url }) => url);
  expect(existsSync(join(data, 'lock'))).toBe(true);
  simulator.misbehave('sim-shili-xin', 'ok');
  const resumed = await gongkai(...args, '--json');
  const wanted = simulator.documents.filter(
    ({ portal, truth, closed }) => portal === 'sim-shili-xin' && truth && !closed,
  );
  expect(resumed.status).toBe(0);
  expect(JSON.parse(resumed.stdout).fetched + before.length).toBe((await articles()).length);
  const urls = (await articles()).map(({ url }) => url);
  expect(new Set(urls).size).toBe(urls.length);
  expect(urls.length).toBeGreaterThanOrEqual(wanted.length);
  for (const { sha256, bytes } of await articles()) expect((await archive.blobs.get(sha256 ?? '')).length).toBe(bytes);
  expect(readdirSync(data).sort()).toEqual(['archive.json', 'blobs', 'captures', 'links', 'read']);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends a run within seconds, and leaves no lock', async (signal) => {
  const args = ['nightly', ...settings(), '--portal', 'sim-shili-xin'];
  const archive = openArchive(join(dir, 'data'));
  simulator.misbehave('sim-shili-xin', 'slow');
  const child = spawn(...command(args), { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text));
  const closed = new Promise((resolve) => child.once('close', resolve));
  while (!(await archive.captures.read()).some(({ kind }) => kind === 'article')) await sleep(50);
  const start = performance.now();
  child.kill(signal);
  expect(await closed).toBe(signal === 'SIGTERM' ? 143 : 130);
  expect(performance.now() - start).toBeLessThan(9000);
  simulator.misbehave('sim-shili-xin', 'ok');
  expect(said).toContain(`ended by ${signal}`);
  const left = readdirSync(join(dir, 'data'), { recursive: true, encoding: 'utf8' });
  expect(left.filter((name) => /lock|\.tmp$/.test(name))).toEqual([]);
  // Nothing was asked that was not archived as what it was.
  expect((await archive.captures.read()).filter(({ outcome }) => outcome === 'error')).toEqual([]);
});

test('a damaged archive makes the status 1 once: it is mended by then', async () => {
  const args = ['fetch', ...settings(), '--portal', 'sim-huadu', '--quiet'];
  await gongkai(...args);
  const links = join(dir, 'data', 'links', 'sim-huadu.json');
  writeFileSync(links, '{"portal":');
  const status = await gongkai('status', '--data', join(dir, 'data'));
  expect(status).toMatchObject({ status: 0, stderr: expect.stringContaining('sim-huadu.json') });
  expect(await gongkai(...args)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('sim-huadu.json.damaged'),
  });
  expect(await gongkai(...args)).toMatchObject({ status: 0, stderr: '' });
});

test('a second run on the same folder is told to wait', async () => {
  const archive = openArchive(join(dir, 'data'));
  const release = await archive.lock('nightly');
  try {
    const ran = await gongkai('fetch', ...settings(), '--portal', 'sim-huadu');
    expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining(`process ${process.pid}`) });
  } finally {
    await release();
  }
  expect(await archive.captures.read()).toEqual([]);
});

test('a reader that goes away early is no crash', () => {
  mkdirSync(join(dir, 'many'));
  for (let i = 0; i < 40; i++)
    writeFileSync(join(dir, 'many', `${i}.html`), page(report(2020), '<p>文</p>'.repeat(2000)));
  const [node, args] = command(['read', join(dir, 'many'), '--json']);
  const line = [node, ...args].map((part) => `'${part}'`).join(' ');
  const ran = spawnSync('sh', ['-c', `${line} | head -n 1 | wc -l`], { encoding: 'utf8' });
  expect(ran.stdout.trim()).toBe('1');
  expect(ran.stderr).toBe('');
});

test('the prompt answers statement by statement and survives a wrong one', async () => {
  const flags = settings();
  await gongkai('nightly', ...flags, '--portal', 'sim-huadu', '--quiet');
  const [node, args] = command(['sql', '--format', 'csv', '--data', join(dir, 'data')]);
  const ran = spawnSync(node, args, {
    input: 'select 1 as one;\nselect broken;\nselect\n2 as two;\n.quit\nselect 3;\n',
    encoding: 'utf8',
  });
  expect(ran.stdout).toBe('one\n1\ntwo\n2\n');
  expect(ran.stderr).toContain('broken');
  // Piped in, nobody reads the error: the status tells.
  expect(ran.status).toBe(2);
  expect(spawnSync(node, args, { input: 'select 1;\n' }).status).toBe(0);
});

test('an export is whole where a table on the screen is cut', async () => {
  await gongkai('nightly', ...settings(), '--portal', 'sim-huadu', '--quiet');
  const data = ['--data', join(dir, 'data')];
  const statement = 'select i from range(10001) t(i)';
  const table = await gongkai('sql', statement, ...data);
  expect(table).toMatchObject({ status: 0, stderr: expect.stringContaining('first 10000 rows') });
  const csv = await gongkai('sql', '--format', 'csv', statement, ...data);
  expect(csv).toMatchObject({ status: 0, stderr: '' });
  expect(csv.stdout.trimEnd().split('\n')).toHaveLength(10_002);
});

test('inspect prints where the page is, and its status says whether the document was read', async () => {
  const source = join(dir, 'page.html');
  writeFileSync(source, page(report(2021)));
  const out = join(dir, 'how.html');
  expect(await gongkai('inspect', source, '-o', out)).toEqual({ status: 0, stdout: `${out}\n`, stderr: '' });
  expect(await gongkai('inspect', source, '-o', out)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('--force'),
  });
  writeFileSync(source, '%PDF-1.7 broken');
  expect(await gongkai('inspect', source, '-o', out, '--force')).toMatchObject({ status: 1, stdout: `${out}\n` });
});
