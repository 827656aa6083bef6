import { serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { said } from '../../transforms/findings.ts';

/** What a reading process can do, by name: functions of plain data that give plain data. */
export type Tasks = Record<string, (input: never) => unknown>;
export type InputOf<T extends Tasks, N extends keyof T> = Parameters<T[N]>[0];
export type ResultOf<T extends Tasks, N extends keyof T> = Awaited<ReturnType<T[N]>>;

/** What goes to a reading process and comes back; structured clones, so bytes stay bytes. */
export type Request = { tasks: { name: string; input: unknown }[] };
export type Response = { ready: true } | { answers: Answer[] };
/**
 * Of each task, in their order. A result is packed: its size is known before it is taken in. `excess` is the size of
 * one that is too large to be.
 */
export type Answer = { packed: Buffer } | { failed: string } | { excess: number };

/** Far beyond the reading of the longest report. */
export const LARGEST_RESULT = 64 * 2 ** 20;

/**
 * The side of the pool that runs in a process of its own: does one task after the other, and ends with its parent.
 * What a task throws is told to the parent as the failure of that task.
 */
export function serve(tasks: Tasks): void {
  const answerTo = async ({ name, input }: Request['tasks'][number]): Promise<Answer> => {
    try {
      const packed = serialize(await tasks[name]!(input as never));
      return packed.length > LARGEST_RESULT ? { excess: packed.length } : { packed };
    } catch (error) {
      return { failed: said(error) + placeOf(error) };
    }
  };
  process.on('message', async (request: Request) => {
    const answers: Answer[] = [];
    for (const task of request.tasks) answers.push(await answerTo(task));
    send({ answers });
  });
  process.on('disconnect', () => process.exit());
  watchParent();
  send({ ready: true });
}

/** Where in the project it was thrown, for whoever mends it; the rest of the stack is of no use and names this machine. */
function placeOf(error: unknown): string {
  const place = /^.*[/\\]((?:transforms|scrapers|pipelines)[/\\][^\s:]+:\d+)/m.exec(
    (error as Error | null)?.stack ?? '',
  );
  return place ? ` (${place[1]})` : '';
}

const send = (response: Response) => void process.send?.(response);

/** A parser that never returns does not see that its parent is gone: a thread beside it does. */
function watchParent(): void {
  const watch = `const parent = ${process.ppid};
    setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 1000);`;
  new Worker(watch, { eval: true, execArgv: [], stdout: true, stderr: true }).unref();
}
