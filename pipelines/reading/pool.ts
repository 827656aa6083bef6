import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { finding, said, type DetailsOf, type Finding } from '../../transforms/findings.ts';
import type { Input, ReadDocument } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import type { Answer, Request, Response } from './child.ts';

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
  const workers = options.workers ?? availableParallelism();
  const waiting: Waiting<A>[] = [];
  const idle: ChildProcess[] = [];
  const running = new Set<ChildProcess>();
  let closed = false;

  function next(): void {
    if (closed) return;
    while (running.size < workers && waiting.length > 0) {
      const child = healthy(idle) ?? start(limits);
      running.add(child);
      void readIn(child, nextBatch(waiting, workers)).then(() => {
        running.delete(child);
        next();
      });
    }
  }

  async function readIn(child: ChildProcess, batch: Waiting<A>[]): Promise<void> {
    const inputs = batch.map(({ input }) => input);
    const alone = batch.length === 1;
    const outcome = await run(
      child,
      inputs,
      alone ? limits : { ...limits, timeoutMs: Math.min(limits.timeoutMs, BATCH_MS) },
    );
    if (closed) return batch.forEach(({ reject }) => reject(new Error('the pool was closed')));
    // A process that kept much of what it took would fail the next document for the last one's size.
    const sound = 'answers' in outcome && outcome.answers.every((answer) => 'result' in answer);
    if (sound && residentMb(child) < limits.memoryMb / 2) idle.push(child);
    else child.kill('SIGKILL');
    if ('answers' in outcome) batch.forEach(({ input, resolve }, i) => resolve(answerOf(input, outcome.answers[i]!)));
    // Which of several it was that took too much, nothing tells.
    else if (!alone) waiting.unshift(...batch.map((one) => ({ ...one, alone: true })));
    else batch.forEach(({ input, resolve }) => resolve(unread(input, outcome)));
  }

  return {
    read: (input) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the pool is closed'));
        waiting.push({ input, resolve, reject, alone: !isPage(input) });
        next();
      }),
    close: () => {
      closed = true;
      for (const { reject } of waiting.splice(0)) reject(new Error('the pool was closed'));
      for (const child of [...idle.splice(0), ...running]) child.kill('SIGKILL');
    },
  };
}

interface Waiting<A> {
  input: Input;
  resolve: (document: A | ReadDocument) => void;
  reject: (error: Error) => void;
  /** Not in one message with others. */
  alone: boolean;
}

/** Pages are read in a few milliseconds, a third of which the messages took when each had its own. */
const MOST = 8;
/** Far beyond the time of so many pages; what is not done by then is read again, each alone and with all its time. */
const BATCH_MS = 5_000;
const LARGEST_PAGE = 256 * 1024;

/** By a glance: markup, and no pictures to recognise. */
const isPage = ({ bytes, pictures }: Input): boolean =>
  bytes[0] === 0x3c && bytes.length <= LARGEST_PAGE && pictures === undefined;

/** The documents that one process reads next: no more than its share of those that wait. */
function nextBatch<A>(waiting: Waiting<A>[], workers: number): Waiting<A>[] {
  const most = Math.min(MOST, Math.ceil(waiting.length / workers));
  const end = waiting.findIndex(({ alone }, i) => alone || i === most);
  return waiting.splice(0, end === -1 ? waiting.length : Math.max(1, end));
}

const answerOf = <A extends ReadDocument>(input: Input, answer: Answer): A | ReadDocument =>
  'result' in answer ? (answer.result as A) : unread(input, crashed({ how: 'failed', said: answer.failed }));

const unread = ({ path, sha256 }: Input, { failure }: Failure): ReadDocument => ({
  reading: notRead(path, sha256, failure),
  files: [],
});

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

function run(
  child: ChildProcess,
  tasks: Input[],
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

/** The reading of a document that no reader got to see, or none ended with. */
export const notRead = (path: string, sha256: string, why: Finding): Reading => ({
  source: { path, sha256, media_type: 'application/octet-stream', encoding: null, script: null },
  report: null,
  facts: [],
  mentions: [],
  sections: [],
  findings: [why],
});
