import { Command, CommanderError } from 'commander';
import type { CommandEntry } from './commands.ts';
import { adviceOf, hasCode, messageOf, Stopped, UsageError } from '../errors.ts';
import { DONE, FAILED, WRONG_USAGE } from '../exit.ts';
import { printable } from './printable.ts';

/**
 * The command line with a line for every command. Only those that `args` name get their options and action, and only
 * their modules are imported: `--help` and `sql` must not wait for PDF and network libraries.
 */
export async function createProgram(commands: Record<string, CommandEntry>, args: string[]): Promise<Command> {
  const program = new Command('gongkai')
    .description('Annual disclosure reports of Chinese government organs, as data that can be cited.')
    .version('0.1.0')
    .showHelpAfterError('(--help shows how it is used)')
    .exitOverride()
    .addHelpText(
      'after',
      `
In a clone of the repository every command is run as: npm run -s gongkai -- COMMAND …

Exit status: 0 done · 1 done, and something needs a person (nightly: a problem that is not acknowledged)
             2 wrong usage · 3 it failed · 128 + signal ended by it

Examples:
  gongkai nightly --data data-real                  all stages, every portal of the register
  gongkai read report.html --json                   one document, without an archive
  gongkai sql "select publisher, year from reports" ask the warehouse
  gongkai status                                    what became of every link discovered`,
    );
  for (const [name, { description, load }] of Object.entries(commands)) {
    const command = program.command(name).description(description);
    if (args.includes(name)) (await load()).define(command);
  }
  return program;
}

/** Runs one command line (without `node` and the script) and gives the exit status. */
export async function main(commands: Record<string, CommandEntry>, args: string[]): Promise<number> {
  process.exitCode = DONE;
  // `| head` has seen enough: that is no failure of ours.
  process.stdout.on('error', (error) => {
    if (!hasCode(error, 'EPIPE')) throw error;
    process.exit();
  });
  try {
    const program = await createProgram(commands, args);
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USAGE;
    process.stderr.write(`gongkai: ${printable(messageOf(error))}${adviceOf(error)}\n`);
    // What may still be under way has no lock any more.
    if (error instanceof Stopped) process.exit();
    return error instanceof UsageError ? WRONG_USAGE : FAILED;
  }
}
