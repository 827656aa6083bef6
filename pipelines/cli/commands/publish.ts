import { check } from '../../check.ts';
import { publishSnapshot } from '../../publish.ts';
import { databaseOf, leave, show, withData, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';
import { alone } from '../stage.ts';

export const define: Define = (command) =>
  withData(command, ['publish', 'publish --json']).action(async (flags: Flags) => {
    databaseOf(flags);
    await alone(flags, 'publish', async (effects) => {
      const verdict = await check(flags.data, effects);
      const summary = await publishSnapshot(flags.data, verdict, effects);
      show(flags, { ...summary, check: verdict }, render.checked(verdict) + render.published(summary));
      leave(verdict.ok);
    });
  });
