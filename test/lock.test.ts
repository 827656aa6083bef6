import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { myself } from '../pipelines/archive/holder.ts';
import { lock } from '../pipelines/archive/lock.ts';
import type { Start, Told } from './lock.fixture.ts';

/** `STARTS=1000 npx vitest run test/lock.test.ts` is the long form. */
const rounds = Number(process.env['STARTS'] ?? 100);

/** The clock that all processes of a machine share, in milliseconds. */
const instant = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;

let dir: string;
let path: string;
let children: ChildProcess[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  path = join(dir, 'lock');
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

async function newProcess(): Promise<ChildProcess> {
  const child = fork('test/lock.fixture.ts', [], { execArgv: ['--import', 'tsx'] });
  children.push(child);
  await once(child, 'message');
  return child;
}

async function start(child: ChildProcess, order: Start): Promise<Told> {
  child.send(order);
  const [told] = (await once(child, 'message')) as [Told];
  return told;
}

/** A process that has the lock until it is killed; what the lock says of it. */
async function holding(): Promise<{ child: ChildProcess; text: string }> {
  const child = await newProcess();
  void start(child, { path, at: 0, holdMs: 600_000 }).catch(() => undefined);
  while (!existsSync(`${path}.inside`)) await new Promise((resolve) => setTimeout(resolve, 5));
  rmSync(`${path}.inside`, { recursive: true });
  return { child, text: readFileSync(path, 'utf8') };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const taken = async (): Promise<boolean> => {
  try {
    await (
      await lock(path, 'fetch')
    )();
    return true;
  } catch {
    return false;
  }
};
/** A lock as its process wrote it, in other circumstances. */
const changed = (text: string, over: object): string => JSON.stringify({ ...(JSON.parse(text) as object), ...over });

test('a second run on a data folder is told who is at work; the folder is free afterwards', async () => {
  const release = await lock(path, 'nightly');
  await expect(lock(path, 'fetch')).rejects.toThrow(/gongkai nightly.*process .* since .*delete/);
  await release();
  expect(await taken()).toBe(true);
  expect(readdirSync(dir)).toEqual([]);
});

test('the lock of a process that was killed is taken over at once, and nothing of it stays', async () => {
  const { child } = await holding();
  expect(await taken()).toBe(false);
  await kill(child);
  expect(await taken()).toBe(true);
  expect(readdirSync(dir)).toEqual([]);
});

test('a process that lives under the number of one that is gone does not hold its lock', async () => {
  const before = myself('nightly', null);
  writeFileSync(path, JSON.stringify({ ...before, started: '1' }));
  expect(await taken()).toBe(true);
  writeFileSync(path, JSON.stringify(before));
  expect(await taken()).toBe(false);
});

test('a lock from before the machine was started again is taken over, whatever the host is called', async () => {
  const { text } = await holding();
  for (const host of [hostname(), 'elsewhere.example']) {
    writeFileSync(path, changed(text, { host, boot: 'another' }));
    expect(await taken()).toBe(true);
  }
});

test('in another container, whose processes cannot be seen, a socket tells who is alive and who is gone', async () => {
  const { child, text } = await holding();
  const inContainer = changed(text, { host: '3f2a91', pid: 1, space: 'pid:[1]' });
  writeFileSync(path, inContainer);
  expect(await taken()).toBe(false);
  // However busy it is: stopped, it answers nothing itself.
  child.kill('SIGSTOP');
  expect(await taken()).toBe(false);
  await kill(child);
  expect(await taken()).toBe(true);
  // Without one nothing is proven.
  writeFileSync(path, changed(text, { host: '3f2a91', pid: 1, space: 'pid:[1]', socket: null }));
  expect(await taken()).toBe(false);
});

test('half a lock is taken over; one of an older version by its process, that of another machine is respected', async () => {
  writeFileSync(path, '{"pid":');
  expect(await taken()).toBe(true);
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(path, JSON.stringify({ pid: gone, host: hostname(), command: 'nightly' }));
  expect(await taken()).toBe(true);
  writeFileSync(path, JSON.stringify({ pid: gone, host: 'elsewhere.example', command: 'nightly' }));
  await expect(lock(path, 'fetch')).rejects.toThrow(/elsewhere\.example/);
  expect(readdirSync(dir)).toEqual(['lock']);
});

test('a folder whose path is longer than the address of a socket can be locked', async () => {
  const deep = join(dir, '很长的文件夹'.repeat(6), 'x'.repeat(100));
  mkdirSync(deep, { recursive: true });
  const release = await lock(join(deep, 'lock'), 'nightly');
  expect(readdirSync(deep)).toEqual([expect.stringMatching(/^lock$/), expect.stringMatching(/\.sock$/)]);
  await release();
});

test(`${rounds} times three starts at one instant, with what the dead leave: one holds the lock, never two`, async () => {
  const { child, text } = await holding();
  await kill(child);
  // Where nobody sweeps it, for every round.
  const socket = 'dead.sock';
  renameSync(
    join(
      dir,
      readdirSync(dir).find((name) => name.endsWith('.sock'))!,
    ),
    join(dir, socket),
  );
  rmSync(path);
  const left = [
    null,
    text,
    changed(text, { boot: 'another' }),
    changed(text, { host: 'container', space: 'pid:[1]', socket }),
    '{"pid":',
  ];
  const three = await Promise.all([newProcess(), newProcess(), newProcess()]);
  const told: Told[][] = [];
  for (let round = 0; round < rounds; round++) {
    const lock = left[round % left.length];
    if (lock) writeFileSync(path, lock);
    // One that died while it took a lock over.
    if (round % 3 === 0) writeFileSync(`${path}~`, text);
    const at = instant() + 3;
    told.push(await Promise.all(three.map((process) => start(process, { path, at, holdMs: round % 4 }))));
  }
  expect(told.filter((all) => all.includes('held by two'))).toEqual([]);
  expect(told.filter((all) => !all.includes('held'))).toEqual([]);
  // They did meet.
  expect(told.filter((all) => all.includes('refused')).length).toBeGreaterThan(rounds / 3);
});
