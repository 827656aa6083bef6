import { isSimulated, listedPortals } from '../../archive/archive.ts';
import { readConfig, readRegister } from '../../config.ts';
import { UsageError } from '../../errors.ts';
import { statusOf } from '../../status.ts';
import { show, withData, withPortals, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';

export const define: Define = (command) =>
  withPortals(withData(command, ['status', 'status --portal guangzhou-city --data data-real --json'])).action(
    (flags: Flags) => {
      const statuses = statusOf(flags.data, portalsToShow(flags));
      show(flags, statuses, render.status(statuses));
    },
  );

/** The register, and what the archive holds beside it: portals that have left the register, or simulated ones. */
function portalsToShow(flags: Flags): string[] {
  const registered = isSimulated(flags.data) ? [] : readRegister(readConfig(flags.config)).map(({ id }) => id);
  const known = [...new Set([...registered, ...listedPortals(flags.data)])];
  const unknown = (flags.portal ?? []).filter((id) => !known.includes(id));
  if (unknown.length > 0) throw new UsageError(`no portal ${unknown.join(', ')} in the register or in ${flags.data}`);
  return flags.portal ?? known;
}
