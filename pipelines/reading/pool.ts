import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pLimit from 'p-limit';
import { finding, said, type DetailsOf, type Finding } from '../../transforms/findings.ts';
import type { Input, ReadDocument } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import type { Request, Response } from './child.ts';

export interface PoolOptions {
  /** Processes; one a core when left out. */
  workers?: number;
  /** Time for one document, in milliseconds. */
  timeoutMs?: number;
  /** Resident memory of one process, WebAssembly and native code included. Watched where there is a `/proc`. */
  memoryMb?: number;
  /** Module that a process runs; it calls `serve`. */
  worker?: URL;
}

/** `A`: what the module that the processes run gives back of a document. */
export interface Pool<A extends ReadDocument = ReadDocument> {
  /** Never rejects for what a document does: time, memory and crashes become a reading with a finding. */
  read(input: Input): Promise<A | ReadDocument>;
  /** Ends the processes. What still waits is not read and rejects. */
  close(): void;
}

/** The module of a process beside the module that starts it, built or not. */
export const workerBeside = (moduleUrl: string): URL =>
  new URL(moduleUrl.endsWith('.js') ? './worker.js' : './worker.ts', moduleUrl);

const defaults = { timeoutMs: 60_000, memoryMb: 1024, worker: workerBeside(import.meta.url) };

/**
 * Reads documents in processes of their own. Threads would not do: what one takes beside the JavaScript heap nobody
 * limits, its memory is the memory of all, and a crash of native code is the end of all. Ready-made pools hide which
 * process has which task, so they can neither limit one document nor say why it failed.
 */
export function createPool<A extends ReadDocument = ReadDocument>(options: PoolOptions = {}): Pool<A> {
  const limits = { ...defaults, ...options };
  const limit = pLimit(options.workers ?? availableParallelism());
  const idle: ChildProcess[] = [];
  const running = new Set<ChildProcess>();
  let closed = false;

  async function ask(input: Input): Promise<A | ReadDocument> {
    if (closed) throw new Error('the pool is closed');
    const child = healthy(idle) ?? start(limits);
    running.add(child);
    try {
      const outcome = await run<A>(child, input, limits);
      if (closed) throw new Error('the pool was closed');
      if ('reading' in outcome) {
        // A process that kept much of what it took would fail the next document for the last one's size.
        if (residentMb(child) < limits.memoryMb / 2) idle.push(child);
        else child.kill('SIGKILL');
        return outcome;
      }
      child.kill('SIGKILL');
      return { reading: notRead(input.path, input.sha256, outcome.failure), files: [] };
    } finally {
      running.delete(child);
    }
  }

  return {
    read: (input) => limit(() => ask(input)),
    close: () => {
      closed = true;
      for (const child of [...idle.splice(0), ...running]) child.kill('SIGKILL');
    },
  };
}

/** One that waits for work and has not died meanwhile. */
function healthy(idle: ChildProcess[]): ChildProcess | undefined {
  for (let child = idle.pop(); child; child = idle.pop()) if (child.connected && child.exitCode === null) return child;
  return undefined;
}

type Limits = Required<Pick<PoolOptions, 'timeoutMs' | 'memoryMb' | 'worker'>>;
type Failure = { failure: Finding };

function start({ worker, memoryMb }: Limits): ChildProcess {
  // Run from its sources (tests, development), a process needs the loader that this one has.
  const loader = worker.pathname.endsWith('.ts')
    ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
    : [];
  const child = fork(fileURLToPath(worker), [], {
    serialization: 'advanced',
    execArgv: [...loader, `--max-old-space-size=${memoryMb}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  // An idle process must not keep this one alive, nor its end this one's.
  child.unref();
  child.channel?.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
  child.on('error', () => undefined);
  return child;
}

/** Time to start and load the readers, before a document's own time begins. */
const startupMs = 60_000;
const pollMs = 40;

function run<A extends ReadDocument>(
  child: ChildProcess,
  input: Input,
  { timeoutMs, memoryMb }: Limits,
): Promise<A | Failure> {
  return new Promise((resolve) => {
    let errors = '';
    let timer = setTimeout(() => done(crashed({ how: 'not_started' })), startupMs);
    const watch = setInterval(() => {
      const mb = residentMb(child);
      if (mb > memoryMb) done(overMemory(memoryMb));
    }, pollMs);
    const heard = (data: Buffer) => (errors = (errors + data.toString()).slice(-4000));
    const answered = (response: Response) => {
      if ('ready' in response) send();
      else if ('result' in response) done(response.result as A);
      else done(crashed({ how: 'failed', said: response.failed }));
    };
    const exited = (code: number | null, signal: string | null) => {
      if (/heap out of memory|Allocation failed/.test(errors)) done(overMemory(memoryMb));
      else done(crashed({ how: 'ended', said: signal ?? `exit code ${code}` }));
    };
    const broken = (error: Error) => done(crashed({ how: 'failed', said: said(error) }));
    const send = () => {
      started.add(child);
      clearTimeout(timer);
      timer = setTimeout(() => done({ failure: finding('limit_time', [], { seconds: timeoutMs / 1000 }) }), timeoutMs);
      child.send({ task: input } satisfies Request, (error) => error && broken(error));
    };
    const done = (outcome: A | Failure) => {
      clearTimeout(timer);
      clearInterval(watch);
      child.off('message', answered).off('close', exited).off('error', broken);
      child.stderr?.off('data', heard);
      resolve(outcome);
    };
    // After `close`, not `exit`: what it said on its way out has been read by then.
    child.on('message', answered).on('close', exited).on('error', broken);
    child.stderr?.on('data', heard);
    if (started.has(child)) send();
  });
}

const started = new WeakSet<ChildProcess>();

const overMemory = (megabytes: number): Failure => ({ failure: finding('limit_memory', [], { megabytes }) });
const crashed = (details: DetailsOf<'crashed'>): Failure => ({ failure: finding('crashed', [], details) });

/** 0 where the system does not say, or the process is gone. */
function residentMb(child: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'latin1');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The reading of a document that no reader got to see, or none ended with. */
export const notRead = (path: string, sha256: string, why: Finding): Reading => ({
  source: { path, sha256, media_type: 'application/octet-stream', encoding: null, script: null },
  report: null,
  facts: [],
  mentions: [],
  sections: [],
  findings: [why],
});
