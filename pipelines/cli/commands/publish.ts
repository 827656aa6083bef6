import { check, publishSnapshot } from '../../build.ts';
import { databaseOf, leave, show, withData, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';
import { alone } from '../stage.ts';

export const define: Define = (command) =>
  withData(command, ['publish', 'publish --json']).action(async (flags: Flags) => {
    databaseOf(flags);
    await alone(flags, 'publish', async (effects) => {
      const verdict = await check(effects);
      const summary = await publishSnapshot(verdict, effects);
      show(flags, { ...summary, check: verdict }, render.checked(verdict) + render.published(summary));
      leave(verdict.ok);
    });
  });
