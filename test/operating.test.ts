import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '../pipelines/cli/cli.ts';
import { Config, readConfig } from '../pipelines/config.ts';
import { commands } from '../scripts/commands.ts';

/** The files of docs/operating/ are copied as they are: each is valid, and names only what there is. */
const folder = 'docs/operating';
const names = readdirSync(folder);
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const isThere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

test('every file is told of in the page', () => {
  const page = readFileSync('docs/operating.md', 'utf8');
  expect(names.length).toBeGreaterThan(7);
  expect(names.filter((name) => !page.includes(`(operating/${name})`))).toEqual([]);
});

test('every command line is one that the program takes', async () => {
  const program = await createProgram(commands, Object.keys(commands));
  const lines = names.flatMap((name) =>
    [...textOf(name).matchAll(/dist\/scripts\/gongkai\.js (\w.*)/g)].map((m) => m[1] ?? ''),
  );
  expect(lines.length).toBeGreaterThan(3);
  for (const line of [
    ...lines,
    JSON.parse(`[${/^CMD \[(.*)\]/m.exec(textOf('Containerfile'))?.[1]}]`).join(' ') as string,
  ]) {
    const [name = '', ...words] = line.split(/\s+/);
    const known = program.commands.find((command) => command.name() === name)?.options.map(({ long }) => long);
    expect([line, words.filter((word) => word.startsWith('--') && !known?.includes(word))]).toEqual([line, []]);
  }
});

test('the settings are settings', () => {
  expect(readConfig(join(folder, 'config.json')).hooks.command).toEqual(['/usr/local/bin/gongkai-tell']);
});

test('every setting is told of, in the section about them', () => {
  const [, section = ''] = /^## Settings\n(.*?)^## /ms.exec(readFileSync('docs/operating.md', 'utf8')) ?? [];
  const names = [...Object.keys(Config.shape), ...Object.keys(readConfig(join(folder, 'config.json')).hooks)];
  expect(names.filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
});

test('the workflow is YAML with a job that ends before Actions ends it', () => {
  const workflow = parse(textOf('nightly.yml')) as {
    on: { schedule: { cron: string }[] };
    jobs: { night: { 'timeout-minutes': number; steps: { run?: string; uses?: string }[] } };
  };
  expect(workflow.on.schedule[0]?.cron).toMatch(/^\d+ \d+ \* \* \*$/);
  const { steps, ...job } = workflow.jobs.night;
  // Actions knows the runner only where a step runs, and refuses the whole file otherwise.
  expect(JSON.stringify(job)).not.toContain('runner.');
  const minutes = Number(/ (\d+)m node /.exec(textOf('nightly.yml'))?.[1]);
  expect([minutes < job['timeout-minutes'], job['timeout-minutes'] < 360]).toEqual([true, true]);
  for (const { run, uses } of steps) {
    expect(uses ?? run).toBeTruthy();
    if (run === undefined) continue;
    writeFileSync(join(dir, 'step'), run.replace(/\$\{\{.*?\}\}/g, 'x'));
    expect(spawnSync('sh', ['-n', join(dir, 'step')], { encoding: 'utf8' }).stderr).toBe('');
  }
});

test('cron has five fields, a user that is no root, and one line a command', () => {
  const lines = textOf('gongkai.cron')
    .split('\n')
    .filter((line) => line !== '' && !/^#|^\w+=/.test(line));
  expect(lines).toHaveLength(2);
  // A per cent sign is a line end to cron.
  for (const line of lines) expect(line).toMatch(/^[\d*]+ [\d*]+ \* \* \* gongkai cd \S+ && node [^%]*$/);
});

test('the scripts are scripts', () => {
  for (const name of ['backup.sh', 'gongkai-tell'])
    expect(spawnSync('sh', ['-n', join(folder, name)], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

test('the units are units', () => {
  if (!isThere('systemd-analyze')) return console.log('systemd-analyze is not here: the units were not verified');
  for (const name of ['gongkai.service', 'gongkai.timer'])
    writeFileSync(join(dir, name), textOf(name).replace('/usr/bin/node', process.execPath));
  const units = ['gongkai.service', 'gongkai.timer'].map((name) => join(dir, name));
  const ran = spawnSync('systemd-analyze', ['verify', ...units], { encoding: 'utf8' });
  expect([ran.status, ran.stderr.split('\n').filter((line) => line.includes('gongkai'))]).toEqual([0, []]);
});

test('the hook that mails gives one line as the subject and the account as the text', () => {
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'mail'), `#!/bin/sh\nprintf '%s|' "$@" > "${dir}/words"; cat > "${dir}/text"\n`, {
    mode: 0o755,
  });
  const account = JSON.stringify({ text: 'gongkai 1: $(touch no)\n1 new problem', exit: 1 });
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}` };
  const ran = spawnSync('sh', [join(folder, 'gongkai-tell')], { input: account, env, encoding: 'utf8' });
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(join(dir, 'words'), 'utf8')).toBe('-s|gongkai 1: $(touch no) 1 new problem|root|');
  expect(readFileSync(join(dir, 'text'), 'utf8')).toBe(account);
});

test('a backup has all that cannot be made again, and no lock', () => {
  if (!isThere('rsync')) return console.log('rsync is not here: the backup was not tried');
  const data = join(dir, 'data');
  for (const [name, text] of Object.entries({
    'archive.json': '{}',
    'acknowledged.csv': 'id',
    'believed.csv': 'url',
    'blobs/aa/aa.gz': 'a',
    'blobs/aa/aa.1-1.tmp': 'half',
    'captures/2027-02-01.ndjson': '{}',
    'links/one.json': '{}',
    'runs/00001-x.json': '{}',
    'snapshots/x/reports.parquet': 'x',
    'versions.json': '{}',
    'read/x/readings.ndjson': 'x',
    'build/x': 'x',
    'warehouse.duckdb': 'x',
    lock: '1',
    'lock.1.sock': '',
  })) {
    mkdirSync(join(data, name, '..'), { recursive: true });
    writeFileSync(join(data, name), text);
  }
  const copy = join(dir, 'copy');
  for (let i = 0; i < 2; i++)
    expect(spawnSync('sh', [join(folder, 'backup.sh'), data, copy], { encoding: 'utf8' })).toMatchObject({ status: 0 });
  const kept = (readdirSync(copy, { recursive: true, encoding: 'utf8' }) as string[]).filter((name) => /\./.test(name));
  expect(kept.sort()).toEqual([
    'acknowledged.csv',
    'archive.json',
    'believed.csv',
    'blobs/aa/aa.gz',
    'captures/2027-02-01.ndjson',
    'links/one.json',
    'runs/00001-x.json',
    'snapshots/x/reports.parquet',
    'versions.json',
  ]);
});
