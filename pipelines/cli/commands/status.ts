import { linksOf, type Archive } from '../../archive/archive.ts';
import { openArchive } from '../../archive/folder.ts';
import { readConfig, readRegister } from '../../config.ts';
import { isSelective, selected } from '../../selection.ts';
import { statusOf } from '../../status.ts';
import { show, withData, withPortals, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';

export const define: Define = (command) =>
  withPortals(withData(command, ['status', 'status --division 4401 --data data-real --json'])).action(
    async (flags: Flags) => {
      const archive = openArchive(flags.data);
      const statuses = await statusOf(await portalsToShow(flags, archive), archive);
      show(flags, statuses, render.status(statuses));
      for (const line of archive.damaged()) process.stderr.write(`${line}; \`gongkai nightly\` mends it\n`);
    },
  );

/** The register, and what the archive holds beside it: portals that have left the register, or simulated ones. */
async function portalsToShow(flags: Flags, archive: Archive): Promise<string[]> {
  const registered = (await archive.isSimulated()) ? [] : readRegister(readConfig(flags.config));
  if (!isSelective(flags)) return [...new Set([...registered.map(({ id }) => id), ...(await archive.links.portals())])];
  const known = new Map(registered.map((portal) => [portal.id, portal]));
  for (const { portal } of await linksOf(archive)) if (!known.has(portal.id)) known.set(portal.id, portal);
  return selected([...known.values()], flags, `the register or in ${archive.place}`).map(({ id }) => id);
}
