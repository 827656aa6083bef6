import { checkPortals } from '../../check-portals.ts';
import { readConfig, readRegister } from '../../config.ts';
import { leave, show, withData, withPortals, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';
import { alone } from '../stage.ts';

export const define: Define = (command) => {
  withPortals(
    withData(command, ['portals', 'portals --division 44', 'portals --family nfcms --json', 'portals check --help']),
  ).action((flags: Flags) => {
    const portals = readRegister(readConfig(flags.config), flags);
    show(flags, portals, render.portals(portals));
  });
  const check = command
    .command('check')
    .description('ask portals for their lists, politely, and say what they answer; the register stays as it is');
  withPortals(
    withData(check, [
      'portals check --division 4401 --data data-real',
      'portals check --portal guangzhou-city --data data-real --json',
    ]),
  ).action(async (_: unknown, self: { optsWithGlobals: () => Flags }) => {
    const flags = self.optsWithGlobals();
    const config = readConfig(flags.config);
    const portals = readRegister(config, flags);
    const checks = await alone(flags, 'portals check', (effects) => checkPortals({ config, portals }, effects));
    show(flags, checks, render.checkedPortals(checks));
    leave(checks.every(({ rows, problems }) => rows > 0 && problems.length === 0));
  });
};
