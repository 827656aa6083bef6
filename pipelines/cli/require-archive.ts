import { openArchive } from '../archive/folder.ts';
import { UsageError } from '../errors.ts';
import type { Flags } from './command.ts';

/** Rejects with `UsageError` when nothing was ever fetched into it: a misspelt folder is no empty archive. */
export async function requireArchive({ data }: Flags): Promise<void> {
  if ((await openArchive(data).isSimulated()) !== null) return;
  throw new UsageError(`${data} holds no archive: run \`gongkai fetch\` (or \`nightly\`) first`);
}
