import { readConfig, readRegister } from '../../config.ts';
import { show, withData, withPortals, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';

export const define: Define = (command) =>
  withPortals(withData(command, ['portals', 'portals --division 44', 'portals --family nfcms --json'])).action(
    (flags: Flags) => {
      const portals = readRegister(readConfig(flags.config), flags);
      show(flags, portals, render.portals(portals));
    },
  );
