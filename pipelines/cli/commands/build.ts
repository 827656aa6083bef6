import { build } from '../../build.ts';
import { show, withData, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';
import { requireArchive } from '../require-archive.ts';
import { alone } from '../stage.ts';

export const define: Define = (command) =>
  withData(command, ['build', 'build --data data-real --json']).action(async (flags: Flags) => {
    await requireArchive(flags);
    const summary = await alone(flags, 'build', build);
    show(flags, summary, render.built(summary));
  });
