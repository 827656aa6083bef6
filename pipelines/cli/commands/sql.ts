import { Option } from 'commander';
import { messageOf, UsageError } from '../../errors.ts';
import { WRONG_USAGE } from '../../exit.ts';
import { databaseOf, leave, withData, write, type Define, type Flags } from '../command.ts';
import { ask, prompt } from '../prompt.ts';

export const define: Define = (command) =>
  withData(command, [
    'sql "select publisher, year, total from requests where line = \'received\' order by year"',
    'sql --format csv "select * from facts" > facts.csv',
    'sql',
  ])
    .argument('[query]', 'one SQL statement')
    .addOption(new Option('--format <format>', 'of the answer').choices(['table', 'csv', 'json']))
    .action(async (statement: string | undefined, flags: Flags & { format?: 'table' | 'csv' | 'json' }) => {
      const database = databaseOf(flags);
      const format = flags.format ?? (flags.json ? 'json' : 'table');
      if (statement === undefined) {
        const { wrong } = await prompt(database, format);
        // Nobody sees what went wrong in a script that is piped in: its status has to say it.
        if (wrong > 0 && !process.stdin.isTTY) process.exitCode = WRONG_USAGE;
        return;
      }
      const answer = await ask(database, statement, format).catch((error: unknown) => {
        throw new UsageError(messageOf(error));
      });
      await write(answer.text);
      if (answer.note) process.stderr.write(`${answer.note}\n`);
      leave(answer.whole);
    });
