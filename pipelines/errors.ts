/** The command cannot be carried out as it was given (exit code 2); the message tells what to do instead. */
export class UsageError extends Error {}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Of Node, of DuckDB, and of what writes the archive. */
const NO_ROOM = /no space left|disk is full|quota/i;

/** What to do about what the system refused; blank where that depends. */
export const adviceOf = (error: unknown): string =>
  hasCode(error, 'EADDRINUSE')
    ? '; choose another port'
    : error instanceof Error && 'path' in error && (hasCode(error, 'EACCES') || hasCode(error, 'EPERM'))
      ? '; run this as the user whom that folder belongs to, or name another folder'
      : NO_ROOM.test(messageOf(error))
        ? '; make room (`df` says where, `gongkai archive prune` what may go) and run it again: what was archived stays'
        : '';

/** Somebody ended the run (SIGTERM, Ctrl-C): what was archived until then stays, and the next run goes on from there. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  /** 128 and the number of the signal. */
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}
