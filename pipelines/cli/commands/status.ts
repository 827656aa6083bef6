import type { Portal } from '../../../scrapers/portals.ts';
import { failIf, failIfHelp } from '../../accounts/fail-if.ts';
import { overviewOf, states } from '../../accounts/overview.ts';
import { statusPage } from '../../accounts/page.ts';
import { linksOf, type Archive } from '../../archive/archive.ts';
import { writeFor } from '../../archive/files.ts';
import { openArchive } from '../../archive/folder.ts';
import { clockFrom } from '../../clock.ts';
import { readConfig, readRegister } from '../../config.ts';
import { isSelective, selected } from '../../selection.ts';
import { statusOf } from '../../status.ts';
import { leave, show, withData, withPortals, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';
import { requireArchive } from '../require-archive.ts';

interface StatusFlags extends Flags {
  failIf?: string[];
  html?: string;
}

export const define: Define = (command) =>
  withPortals(
    withData(command, [
      'status',
      'status --division 4401 --data data-real --json',
      'status --fail-if stale=2d problems=1d --data data-real   (for a monitor)',
      'status --html public/status.html --data data-real',
    ]),
  )
    .option('--fail-if <condition...>', `end with 1 if one of these is so:\n${failIfHelp}`)
    .option('--html <file>', 'write it as one page as well, as `nightly` does into the data folder')
    .option('--now <time>', 'as of this time, ISO 8601')
    .addHelpText(
      'after',
      `
States, the first that fits:
${Object.entries(states)
  .map(([state, [, en]]) => `  ${state.padEnd(16)} ${en}`)
  .join('\n')}

Exit status: 0 whatever it shows; with --fail-if, 1 where one of these is so · 2 wrong usage, or no archive`,
    )
    .action(async (flags: StatusFlags) => {
      const isSo = failIf(flags.failIf ?? []);
      const archive = openArchive(flags.data);
      const portals = await portalsToShow(flags, archive);
      await requireArchive(flags);
      const overview = await overviewOf(portals, archive, clockFrom(flags.now)());
      if (flags.html !== undefined) await writeFor(flags.html, statusPage(overview));
      const reasons = isSo(overview);
      if (flags.failIf === undefined) {
        const counts = await statusOf(
          portals.map(({ id }) => id),
          archive,
        );
        const merged = overview.portals.map((view, i) => ({ ...counts[i], ...view }));
        show(flags, { ...overview, portals: merged }, render.status(overview, counts));
      }
      // A monitor asks often, and what became of each document is read out of all of them.
      else show(flags, { ...overview, failed_if: reasons }, '');
      for (const line of [...reasons, ...archive.damaged().map((line) => `${line}; \`gongkai nightly\` mends it`)])
        process.stderr.write(`${line}\n`);
      leave(reasons.length === 0);
    });

/** The register, and what the archive holds beside it: portals that have left the register, or simulated ones. */
async function portalsToShow(flags: Flags, archive: Archive): Promise<Portal[]> {
  const registered =
    (await archive.isSimulated()) && flags.config === undefined ? [] : readRegister(readConfig(flags.config));
  const known = new Map(registered.map((portal) => [portal.id, portal]));
  for (const { portal } of await linksOf(archive)) if (!known.has(portal.id)) known.set(portal.id, portal);
  if (!isSelective(flags)) return [...known.values()];
  return selected([...known.values()], flags, `the register or in ${archive.place}`);
}
