import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Effects } from '../effects.ts';
import { UsageError } from '../errors.ts';
import { databasePath } from '../archive/files.ts';
import { lock } from '../archive/lock.ts';
import { createLog } from './progress.ts';

/** What the commands have in common: flags, streams, exit status. */

export const NEEDS_PERSON = 1;

export interface Flags {
  data: string;
  portal?: string[];
  config?: string;
  json?: boolean;
  quiet?: boolean;
  refresh?: boolean;
}

/** A command with the flags that all have. `examples` are lines of its help. */
export function command(program: Command, name: string, description: string, examples: string[]): Command {
  return program
    .command(name)
    .description(description)
    .option('--data <dir>', 'folder of the archive and everything made from it', 'data')
    .option('--config <file>', 'settings (JSON)')
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'say nothing while working')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  gongkai ${example}`).join('\n')}`);
}

export const withPortals = (c: Command): Command => c.option('--portal <id...>', 'only these portals of the register');

export async function effectsOf(flags: { quiet?: boolean }): Promise<Effects> {
  const { realEffects } = await import('../effects.ts');
  return realEffects(createLog({ quiet: flags.quiet === true, terminal: process.stderr.isTTY }));
}

/** Everything that writes into the data folder does it alone. */
export async function alone<T>(flags: Flags, name: string, work: () => Promise<T>): Promise<T> {
  const release = lock(flags.data, name);
  try {
    return await work();
  } finally {
    release();
  }
}

export const show = (flags: Flags, result: object, text: string): void =>
  void process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : text);

export const leave = (good: boolean): void => {
  if (!good) process.exitCode = NEEDS_PERSON;
};

/** Waits when the reader of the pipe is slower than we are, so that a large folder is not held in memory. */
export function write(text: string): Promise<void> | void {
  if (process.stdout.write(text)) return;
  return new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** The folder of an archive. Throws `UsageError` when nothing was ever fetched into it: a misspelt folder is no empty one. */
export function archiveOf(flags: Flags): string {
  if (existsSync(join(flags.data, 'archive.json'))) return flags.data;
  throw new UsageError(`${flags.data} holds no archive: run \`gongkai fetch\` (or \`nightly\`) first`);
}

/** Throws `UsageError` when nothing was built yet. */
export function databaseOf(flags: Flags): string {
  const path = databasePath(flags.data);
  if (!existsSync(path))
    throw new UsageError(
      `${path} is not there: run \`npm start\` (simulated portals), \`gongkai build\` or \`gongkai nightly\` first`,
    );
  return path;
}
