import { openArchive } from '../../archive/folder.ts';
import { describe, explain } from '../../explain.ts';
import { databaseOf, show, withData, type Define, type Flags } from '../command.ts';

export const define: Define = (command) =>
  withData(command, [
    'explain 440100-44967a04-2020/requests/granted/enterprise',
    'explain 440100-44967a04-2020/requests/granted/enterprise --json',
  ])
    .argument('<cell>', 'REPORT_ID/GRID/LINE/COL')
    .action(async (cell: string, flags: Flags) => {
      databaseOf(flags);
      const explanation = await explain(cell, openArchive(flags.data));
      show(flags, explanation, describe(explanation));
    });
