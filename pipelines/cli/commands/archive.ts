import { createReadStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { openArchive } from '../../archive/folder.ts';
import { prune } from '../../archive/prune.ts';
import { importWarc } from '../../archive/unwarc.ts';
import { verify } from '../../archive/verify.ts';
import { exportWarc } from '../../archive/warc.ts';
import { realEffects } from '../../effects.ts';
import { UsageError } from '../../errors.ts';
import { leave, show, withData, withExamples, type Define, type Flags } from '../command.ts';
import { createLog } from '../progress.ts';
import * as render from '../render-archive.ts';
import { requireArchive } from '../require-archive.ts';
import { alone } from '../stage.ts';

const examples = {
  verify: ['archive verify --data data-real', 'archive verify --mend --data data-real   (then: nightly)'],
  prune: ['archive prune --data data-real', 'archive prune --older-than 90 --yes --data data-real'],
  warc: ['archive warc reports.warc.gz --data data-real'],
  import: ['archive import reports.warc.gz --data data-copy   (then: read, build)'],
};

export const define: Define = (command) => {
  withExamples(command, Object.values(examples).flat());
  const sub = (name: string, description: string, examples: string[]): Command =>
    withData(command.command(name).description(description), examples);

  sub('verify', 'does every blob have its hash, every capture its blob, every line its form?', examples.verify)
    .option('--mend', 'put damaged blobs aside, so that the next night fetches them again')
    .action(async (flags: Flags & { mend?: boolean }) => {
      await requireArchive(flags);
      const found = flags.mend
        ? await alone(flags, 'archive verify', (effects) => verify(true, effects))
        : await verify(false, looking(flags));
      show(flags, found, render.verified(found));
      leave(found.faults.length === 0);
    });

  sub('prune', 'what nothing needs any more: old answers of lists, and bytes without a name', examples.prune)
    .option('--older-than <days>', 'keep all answers of lists that are younger', days, 365)
    .option('--yes', 'remove it; without this nothing is touched')
    .action(async (flags: Flags & { olderThan: number; yes?: boolean }) => {
      await requireArchive(flags);
      const o = { days: flags.olderThan, remove: flags.yes === true };
      const pruned = await alone(flags, 'archive prune', (effects) => prune(o, effects));
      show(flags, pruned, render.pruned(pruned));
    });

  sub('warc', 'write the archive as WARC/1.1, which other programs replay', examples.warc)
    .argument('<out>', 'file; packed record by record when its name ends in .gz')
    .action(async (out: string, flags: Flags) => {
      await requireArchive(flags);
      const exported = await written(out, (write) =>
        exportWarc({ write, packed: out.endsWith('.gz') }, looking(flags)),
      );
      show(flags, exported, render.exported(exported, out));
      leave(exported.lost.length === 0);
    });

  sub('import', 'make an archive of what `archive warc` wrote', examples.import)
    .argument('<file>', 'WARC file, packed or not')
    .action(async (file: string, flags: Flags) => {
      if (!existsSync(file)) throw new UsageError(`${file} is not there`);
      const source = createReadStream(file) as AsyncIterable<Buffer>;
      const imported = await alone(flags, 'archive import', (effects) => importWarc(source, effects));
      show(flags, imported, render.imported(imported, flags.data));
      leave(imported.faults.length === 0);
    });
};

/** What only reads, beside a night that may be at work. */
const looking = ({ data, quiet }: Flags) =>
  realEffects(openArchive(data), createLog({ quiet: quiet === true, terminal: process.stderr.isTTY }));

function days(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new UsageError(`--older-than ${text}: not a number of days`);
  return Number(text);
}

/** A file that is there when it is whole. */
async function written<T>(path: string, make: (write: (bytes: Uint8Array) => Promise<void>) => Promise<T>): Promise<T> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, 'w');
  try {
    const made = await make((bytes) => file.appendFile(bytes));
    await file.sync();
    await file.close();
    await rename(temporary, path);
    return made;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}
