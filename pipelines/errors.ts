/** The command cannot be carried out as it was given (exit code 2); the message tells what to do instead. */
export class UsageError extends Error {}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
