import { openArchive } from '../archive/folder.ts';
import { realEffects, type Effects } from '../effects.ts';
import { UsageError } from '../errors.ts';
import type { Flags } from './command.ts';
import { createLog } from './progress.ts';

/** Everything that writes into the archive does it alone. */
export async function alone<T>(
  { data, quiet }: Pick<Flags, 'data' | 'quiet'>,
  name: string,
  stage: (effects: Effects) => Promise<T>,
): Promise<T> {
  const archive = openArchive(data);
  const release = await archive.lock(name);
  try {
    return await stage(realEffects(archive, createLog({ quiet: quiet === true, terminal: process.stderr.isTTY })));
  } finally {
    await release();
  }
}

/** Rejects with `UsageError` when nothing was ever fetched into it: a misspelt folder is no empty archive. */
export async function requireArchive({ data }: Flags): Promise<void> {
  if ((await openArchive(data).isSimulated()) !== null) return;
  throw new UsageError(`${data} holds no archive: run \`gongkai fetch\` (or \`nightly\`) first`);
}
