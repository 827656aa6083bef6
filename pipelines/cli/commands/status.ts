import type { Archive } from '../../archive/archive.ts';
import { openArchive } from '../../archive/folder.ts';
import { readConfig, readRegister } from '../../config.ts';
import { UsageError } from '../../errors.ts';
import { statusOf } from '../../status.ts';
import { show, withData, withPortals, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';

export const define: Define = (command) =>
  withPortals(withData(command, ['status', 'status --portal guangzhou-city --data data-real --json'])).action(
    async (flags: Flags) => {
      const archive = openArchive(flags.data);
      const statuses = await statusOf(await portalsToShow(flags, archive), archive);
      show(flags, statuses, render.status(statuses));
      for (const line of archive.damaged()) process.stderr.write(`${line}; \`gongkai nightly\` mends it\n`);
    },
  );

/** The register, and what the archive holds beside it: portals that have left the register, or simulated ones. */
async function portalsToShow(flags: Flags, archive: Archive): Promise<string[]> {
  const registered = (await archive.isSimulated()) ? [] : readRegister(readConfig(flags.config)).map(({ id }) => id);
  const known = [...new Set([...registered, ...(await archive.links.portals())])];
  const unknown = (flags.portal ?? []).filter((id) => !known.includes(id));
  if (unknown.length > 0)
    throw new UsageError(`no portal ${unknown.join(', ')} in the register or in ${archive.place}`);
  return flags.portal ?? known;
}
