import { readConfig, readRegister } from '../../config.ts';
import { needsPerson, nightly } from '../../nightly.ts';
import { leave, show, withData, withPortals, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';
import { alone } from '../stage.ts';

export const define: Define = (command) =>
  withPortals(
    withData(command, [
      'nightly --data data-real',
      'nightly --division 44 --data data-real',
      'nightly --config sim/config.json --data data-sim   (see: gongkai simulator --help)',
    ]),
  )
    .option('--refresh', 'fetch every article again, however fresh')
    .action(async (flags: Flags) => {
      const config = readConfig(flags.config);
      const portals = readRegister(config, flags);
      const o = { config, portals, refresh: flags.refresh === true };
      const summary = await alone(flags, 'nightly', (effects) => nightly(o, effects));
      show(flags, summary, render.nightly(summary));
      leave(!needsPerson(summary));
    });
