import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deserialize } from 'node:v8';
import type { Look } from '../../scrapers/looks.ts';
import { finding, said, type DetailsOf, type Finding } from '../../transforms/findings.ts';
import type { Input, ReadDocument } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import {
  LARGEST_RESULT,
  type Answer,
  type InputOf,
  type Request,
  type Response,
  type ResultOf,
  type Tasks,
} from './child.ts';
import type { ReadingTasks } from './worker.ts';

export interface PoolOptions {
  /** Processes; one a core when left out. */
  workers?: number;
  /** Time for one task, in milliseconds. */
  timeoutMs?: number;
  /** Resident memory of one process, WebAssembly and native code included. Watched where there is a `/proc`. */
  memoryMb?: number;
  /** Module that a process runs; it calls `serve` with the tasks. */
  worker?: URL;
}

/** What a task gave, or why it gave nothing. */
export type Outcome<R> = { result: R } | { failure: Finding };

/** The tasks of the module that the processes run; `read`, which each has, reads a document. */
type DocumentTasks = Tasks & { read: (input: Input) => Promise<ReadDocument> };

export interface Pool<T extends DocumentTasks = ReadingTasks> {
  /** Never rejects for what a task does: time, memory, size, defects and crashes are failures of it and of no other. */
  run<N extends keyof T & string>(name: N, input: InputOf<T, N>): Promise<Outcome<ResultOf<T, N>>>;
  /** Likewise; what fails is a reading with that finding. */
  read(input: Input): Promise<ResultOf<T, 'read'> | ReadDocument>;
  /** Ends the processes. What still waits is not done and rejects. */
  close(): void;
}

/** The module of a process beside the module that starts it, built or not. */
export const workerBeside = (moduleUrl: string): URL =>
  new URL(moduleUrl.endsWith('.js') ? './worker.js' : './worker.ts', moduleUrl);

const defaults = { timeoutMs: 60_000, memoryMb: 1024, worker: workerBeside(import.meta.url) };

/**
 * Does tasks in processes of their own. Threads would not do: what one takes beside the JavaScript heap nobody
 * limits, its memory is the memory of all, and a crash of native code is the end of all. Ready-made pools hide which
 * process has which task, so they can neither limit one document nor say why it failed.
 */
export function createPool<T extends DocumentTasks = ReadingTasks>(options: PoolOptions = {}): Pool<T> {
  const limits = { ...defaults, ...options };
  const workers = options.workers ?? availableParallelism();
  const waiting: Waiting[] = [];
  const idle: ChildProcess[] = [];
  const running = new Set<ChildProcess>();
  let closed = false;

  function next(): void {
    if (closed) return;
    while (running.size < workers && waiting.length > 0) {
      const child = healthy(idle) ?? start(limits);
      running.add(child);
      void doIn(child, nextBatch(waiting, workers)).then(() => {
        running.delete(child);
        next();
      });
    }
  }

  async function doIn(child: ChildProcess, batch: Waiting[]): Promise<void> {
    const tasks = batch.map(({ task }) => task);
    const alone = batch.length === 1;
    const outcome = await ask(
      child,
      tasks,
      alone ? limits : { ...limits, timeoutMs: Math.min(limits.timeoutMs, BATCH_MS) },
    );
    if (closed) return batch.forEach(({ reject }) => reject(new Error('the pool was closed')));
    // A process that kept much of what it took would fail the next document for the last one's size.
    const sound = 'answers' in outcome && outcome.answers.every((answer) => 'packed' in answer);
    if (sound && residentMb(child) < limits.memoryMb / 2) idle.push(child);
    else child.kill('SIGKILL');
    if ('answers' in outcome) batch.forEach(({ resolve }, i) => resolve(outcomeOf(outcome.answers[i]!)));
    // Which of several it was that took too much, nothing tells.
    else if (!alone) waiting.unshift(...batch.map((one) => ({ ...one, alone: true })));
    else batch.forEach(({ resolve }) => resolve(outcome));
  }

  const run = (name: string, input: unknown, alone: boolean): Promise<Outcome<unknown>> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new Error('the pool is closed'));
      waiting.push({ task: { name, input }, resolve, reject, alone });
      next();
    });

  return {
    run: <N extends keyof T & string>(name: N, input: InputOf<T, N>) =>
      run(name, input, !isSmall(input)) as Promise<Outcome<ResultOf<T, N>>>,
    read: async (input) => {
      const outcome = await run('read', input, !isPage(input));
      return 'result' in outcome ? (outcome.result as ResultOf<T, 'read'>) : unread(input, outcome.failure);
    },
    close: () => {
      closed = true;
      for (const { reject } of waiting.splice(0)) reject(new Error('the pool was closed'));
      for (const child of [...idle.splice(0), ...running]) child.kill('SIGKILL');
    },
  };
}

interface Waiting {
  task: Request['tasks'][number];
  resolve: (outcome: Outcome<unknown>) => void;
  reject: (error: Error) => void;
  /** Not in one message with others. */
  alone: boolean;
}

/** Pages are read in a few milliseconds, a third of which the messages took when each had its own. */
const MOST = 8;
/** Far beyond the time of so many pages; what is not done by then is done again, each alone and with all its time. */
const BATCH_MS = 5_000;
const LARGEST_PAGE = 256 * 1024;

const isSmall = ({ bytes }: { bytes?: Uint8Array }): boolean => (bytes?.length ?? 0) <= LARGEST_PAGE;

/** By a glance: markup, and no pictures to recognise. */
const isPage = (input: Input): boolean => input.bytes[0] === 0x3c && isSmall(input) && input.pictures === undefined;

/** The tasks that one process does next: no more than its share of those that wait. */
function nextBatch(waiting: Waiting[], workers: number): Waiting[] {
  const most = Math.min(MOST, Math.ceil(waiting.length / workers));
  const end = waiting.findIndex(({ alone }, i) => alone || i === most);
  return waiting.splice(0, end === -1 ? waiting.length : Math.max(1, end));
}

function outcomeOf(answer: Answer): Outcome<unknown> {
  if ('packed' in answer) return { result: deserialize(answer.packed) };
  if ('failed' in answer) return crashed({ how: 'failed', said: answer.failed });
  const { excess: count } = answer;
  return { failure: finding('too_large', [], { what: 'result', count, limit: LARGEST_RESULT }) };
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

function ask(
  child: ChildProcess,
  tasks: Request['tasks'],
  { timeoutMs, memoryMb }: Limits,
): Promise<{ answers: Answer[] } | Failure> {
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
      else done(response);
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
      child.send({ tasks } satisfies Request, (error) => error && broken(error));
    };
    const done = (outcome: { answers: Answer[] } | Failure) => {
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

/** Looks of the fetching process, taken by the reading ones. */
export const lookIn =
  (pool: Pool): Look =>
  async (name, input) => {
    const outcome = await pool.run(name, input);
    return 'result' in outcome ? outcome.result : { unseen: outcome.failure.message };
  };

/** What a reading process failed to read. */
export const unread = ({ path, sha256 }: Input, failure: Finding): ReadDocument => ({
  reading: notRead(path, sha256, failure),
  files: [],
});

/** The reading of a document that no reader got to see, or none ended with. */
export const notRead = (path: string, sha256: string, why: Finding): Reading => ({
  source: { path, sha256, media_type: 'application/octet-stream', encoding: null, script: null },
  report: null,
  facts: [],
  mentions: [],
  sections: [],
  findings: [why],
});
