import { check } from '../../build.ts';
import { databaseOf, leave, show, withData, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';
import { alone } from '../stage.ts';

export const define: Define = (command) =>
  withData(command, ['check', 'check --json']).action(async (flags: Flags) => {
    databaseOf(flags);
    const verdict = await alone(flags, 'check', check);
    show(flags, verdict, render.checked(verdict));
    leave(verdict.ok);
  });
