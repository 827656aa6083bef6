import { readConfig, readRegister } from '../../config.ts';
import { fetchPortals } from '../../fetch.ts';
import { leave, show, withData, withPortals, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';
import { alone } from '../stage.ts';

export const define: Define = (command) =>
  withPortals(
    withData(command, [
      'fetch --portal guangzhou-city --data data-real',
      'fetch --division 4401 --family nfcms --data data-real',
      'fetch --refresh --data data-real   (look for silent edits now)',
    ]),
  )
    .option('--refresh', 'fetch every article again, however fresh')
    .action(async (flags: Flags) => {
      const config = readConfig(flags.config);
      const portals = readRegister(config, flags);
      const o = { config, portals, refresh: flags.refresh === true };
      const summary = await alone(flags, 'fetch', (effects) => fetchPortals(o, effects));
      show(flags, summary, render.fetched(summary));
      leave(
        summary.failed.length === 0 &&
          summary.portals.every(({ problems }) => problems.every(({ level }) => level === 'info')),
      );
    });
