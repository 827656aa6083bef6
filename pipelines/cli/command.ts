import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { NEEDS_PERSON } from '../exit.ts';
import { localFiles } from '../archive/files.ts';
import type { Selection } from '../selection.ts';
import { printable } from './printable.ts';

/** What the commands have in common: flags, streams, exit status. Whatever loads a library stands elsewhere. */

export interface Flags extends Selection {
  data: string;
  config?: string;
  json?: boolean;
  quiet?: boolean;
  refresh?: boolean;
  now?: string;
}

/** What the module of a command exports: gives the command its arguments, options, examples and action. */
export type Define = (command: Command) => unknown;

/** Lines at the end of the command's help. */
export const withExamples = (command: Command, examples: string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  gongkai ${example}`).join('\n')}`);

/** The flags of every command that works on a data folder. */
export const withData = (command: Command, examples: string[]): Command =>
  withExamples(command, examples)
    .option('--data <dir>', 'folder of the archive and everything made from it', 'data')
    .option('--config <file>', 'settings (JSON)')
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'say nothing while working');

export const withPortals = (command: Command): Command =>
  command
    .option('--portal <id...>', 'only these portals of the register')
    .option(
      '--division <code...>',
      'only divisions whose code begins so: 44 a province, 4401 a prefecture, both with all in them',
    )
    .option('--family <id...>', 'only portals of these systems');

export const show = (flags: Flags, result: object, text: string): void =>
  void process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : printable(text));

export const leave = (good: boolean): void => {
  if (!good) process.exitCode = NEEDS_PERSON;
};

/** Waits when the reader of the pipe is slower than we are, so that a large folder is not held in memory. */
export function write(text: string): Promise<void> | void {
  if (process.stdout.write(text)) return;
  return new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** Throws `UsageError` when nothing was built yet. */
export function databaseOf(flags: Flags): string {
  const { database } = localFiles(flags.data);
  if (!existsSync(database))
    throw new UsageError(
      `${database} is not there: run \`npm start\` (simulated portals), \`gongkai build\` or \`gongkai nightly\` first`,
    );
  return database;
}
