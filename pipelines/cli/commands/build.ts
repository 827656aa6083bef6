import { build } from '../../build.ts';
import { archiveOf, show, withData, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';
import { alone } from '../stage.ts';

export const define: Define = (command) =>
  withData(command, ['build', 'build --data data-real --json']).action(async (flags: Flags) => {
    archiveOf(flags);
    const summary = await alone(flags, 'build', (effects) => build(flags.data, effects));
    show(flags, summary, render.built(summary));
  });
