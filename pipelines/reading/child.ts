import { Worker } from 'node:worker_threads';
import { said } from '../../transforms/findings.ts';

/** What goes to a reading process and comes back; structured clones, so bytes stay bytes. */
export type Request = { tasks: unknown[] };
export type Response = { ready: true } | { answers: Answer[] };
/** Of each task, in their order. */
export type Answer = { result: unknown } | { failed: string };

/**
 * The side of the pool that runs in a process of its own: does one task after the other, and ends with its parent.
 * What `work` throws is told to the parent as the failure of that task.
 */
export function serve<T>(work: (task: T) => Promise<unknown>): void {
  const answerTo = (task: T): Promise<Answer> =>
    work(task).then(
      (result) => ({ result }),
      (error: unknown) => ({ failed: said(error) + placeOf(error) }),
    );
  process.on('message', async ({ tasks }: { tasks: T[] }) => {
    const answers: Answer[] = [];
    for (const task of tasks) answers.push(await answerTo(task));
    send({ answers });
  });
  process.on('disconnect', () => process.exit());
  watchParent();
  send({ ready: true });
}

/** Where in the project it was thrown, for whoever mends it; the rest of the stack is of no use and names this machine. */
function placeOf(error: unknown): string {
  const place = /^.*[/\\]((?:transforms|pipelines)[/\\][^\s:]+:\d+)/m.exec((error as Error | null)?.stack ?? '');
  return place ? ` (${place[1]})` : '';
}

const send = (response: Response) => void process.send?.(response);

/** A parser that never returns does not see that its parent is gone: a thread beside it does. */
function watchParent(): void {
  const watch = `const parent = ${process.ppid};
    setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 1000);`;
  new Worker(watch, { eval: true, execArgv: [], stdout: true, stderr: true }).unref();
}
