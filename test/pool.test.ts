import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { createPool } from '../pipelines/reading/pool.ts';
import { inOrder } from '../pipelines/reading/readers.ts';
import type { Input } from '../transforms/read.ts';

const worker = new URL('./pool.fixture.ts', import.meta.url);
const pool = createPool({ workers: 2, timeoutMs: 2500, memoryMb: 250, worker });
afterAll(() => pool.close());

const task = (path: string, bytes = new Uint8Array()): Input => ({ path, sha256: 'f'.repeat(64), bytes });
const read = async (path: string, from = pool) => (await from.read(task(path))).reading;
const processOf = async (path: string, from = pool) => (await read(path, from)).source.media_type;

describe('pool', () => {
  it('reads in another process and hands bytes over', async () => {
    const { reading } = await pool.read(task('fine', new Uint8Array(70_000)));
    expect(reading.source.media_type).not.toBe(`pid ${process.pid}`);
    expect(reading.sections[0]?.text).toBe('70000');
  });

  it.each([
    ['hang', 'limit_time'],
    ['exit', 'crashed'],
    ['abort', 'crashed'],
    ['throw', 'crashed'],
    ['native', 'limit_memory'],
    ['heap', 'limit_memory'],
  ])('makes a finding of a reader that does "%s", and reads the next document', async (path, code) => {
    const [bad, good] = await Promise.all([read(path), read('fine')]);
    expect(bad).toMatchObject({ source: { path, sha256: 'f'.repeat(64) }, report: null, facts: [] });
    expect(bad.findings.map((f) => [f.code, f.level])).toEqual([[code, 'error']]);
    expect(good.findings).toEqual([]);
    expect((await read('fine')).findings).toEqual([]);
  });

  it('publishes of a failed reader neither its stack nor a path of the machine', async () => {
    const [finding] = (await read('throw')).findings;
    expect(finding?.message).toMatch(
      /^the reader failed: a defect in '…' seen by … \(pipelines\/reading\/child\.ts:\d+\)$/,
    );
    for (const part of [process.cwd(), process.execPath, '/home/', '\n'])
      expect(JSON.stringify(finding)).not.toContain(JSON.stringify(part).slice(1, -1));
  });

  it.each(['hang', 'exit', 'throw', 'native'])(
    'takes several pages at once, and for "%s" among them fails no other',
    async (bad) => {
      const page = new TextEncoder().encode('<html>');
      const paths = ['fine', 'fine', 'fine', bad, 'fine', 'fine'];
      const one = createPool({ workers: 1, timeoutMs: 1500, memoryMb: 250, worker });
      const all = await Promise.all(paths.map((path) => one.read(task(path, page))));
      one.close();
      expect(all.map(({ reading }) => reading.source.path)).toEqual(paths);
      expect(all.map(({ reading }) => reading.findings.length)).toEqual(paths.map((path) => (path === bad ? 1 : 0)));
    },
  );

  it('keeps a healthy process and replaces one that holds too much memory', async () => {
    const one = createPool({ workers: 1, memoryMb: 250, worker });
    const pid = (path: string) => processOf(path, one);
    const first = await pid('fine');
    expect(await pid('fine')).toBe(first);
    expect(await pid('greedy')).toBe(first);
    const watched = existsSync('/proc/self/status');
    expect((await pid('fine')) !== first).toBe(watched);
    one.close();
  });

  it('gives results in order, taking no more documents than it may', async () => {
    let taken = 0;
    function* paths() {
      for (const path of ['slow', 'fine', 'hang', 'fine', 'slow', 'fine']) {
        taken++;
        yield path;
      }
    }
    const done: string[] = [];
    for await (const [path, reading] of inOrder(paths(), (path) => read(path), 3)) {
      done.push(`${path} ${reading.findings[0]?.code ?? 'read'}`);
      expect(taken).toBeLessThanOrEqual(done.length + 2);
    }
    expect(done).toEqual(['slow read', 'fine read', 'hang limit_time', 'fine read', 'slow read', 'fine read']);
  });

  it('uses no more processes than it may', async () => {
    const processes = new Set(await Promise.all(Array.from({ length: 12 }, () => processOf('slow'))));
    expect(processes.size).toBe(2);
  });

  it('rejects what waits when it is closed, and what comes later', async () => {
    const closing = createPool({ workers: 1, worker });
    const waiting = [closing.read(task('hang')), closing.read(task('fine'))];
    closing.close();
    for (const result of await Promise.allSettled(waiting)) expect(result.status).toBe('rejected');
    await expect(closing.read(task('fine'))).rejects.toThrow('closed');
  });

  it('does not keep its own process alive, and its processes end with it, even one that never returns', async () => {
    const script = `
      import { createPool } from ${JSON.stringify(new URL('../pipelines/reading/pool.ts', import.meta.url).href)};
      const pool = createPool({ workers: 1, timeoutMs: 60_000, worker: new URL(${JSON.stringify(worker.href)}) });
      const task = (path) => ({ path, sha256: '', bytes: new Uint8Array() });
      pool.read(task('fine')).then(({ reading: { source } }) => {
        console.log(source.media_type);
        if (process.argv[1] === 'hang') { pool.read(task('hang')); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100); }
      });`;
    const run = (how: string) =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, how]).catch(
        (error: { stdout: string; signal: string }) => error,
      );
    for (const result of [await run('idle'), await run('hang')]) {
      const pid = Number(/pid (\d+)/.exec(result.stdout)?.[1]);
      expect(pid).toBeGreaterThan(0);
      await expect.poll(() => isRunning(pid), { timeout: 4000 }).toBe(false);
    }
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
