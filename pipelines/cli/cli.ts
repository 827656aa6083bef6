import { Command, CommanderError, Option } from 'commander';
import {
  alone,
  archiveOf,
  command,
  databaseOf,
  effectsOf,
  leave,
  NEEDS_PERSON,
  show,
  withPortals,
  write,
  type Flags,
} from './command.ts';
import { readConfig, readRegister } from '../config.ts';
import { messageOf, UsageError } from '../errors.ts';
import { hasCode } from '../archive/files.ts';
import * as render from './render.ts';

// Stages are imported by the command that runs them: `--help` and `sql` must not wait for PDF and browser libraries.

const DONE = 0;
const WRONG_USAGE = 2;

export function createProgram(): Command {
  const program = new Command('gongkai')
    .description('Annual disclosure reports of Chinese government organs, as data that can be cited.')
    .version('0.1.0')
    .showHelpAfterError('(--help shows how it is used)')
    .addHelpText(
      'after',
      `
In a clone of the repository every command is run as: npm run -s gongkai -- COMMAND …

Exit status: 0 done · 1 finished, with failures that need a person · 2 wrong usage

Examples:
  gongkai nightly --data data-real                  all stages, every portal of the register
  gongkai read report.html --json                   one document, without an archive
  gongkai sql "select publisher, year from reports" ask the warehouse
  gongkai status                                    what became of every link discovered`,
    );
  addStages(program);
  addQuestions(program);
  return program;
}

/** Runs one command line (without `node` and the script) and gives the exit status. */
export async function main(args: string[], program = createProgram()): Promise<number> {
  for (const each of [program, ...program.commands]) each.exitOverride();
  process.exitCode = DONE;
  // `| head` has seen enough: that is no failure of ours.
  process.stdout.on('error', (error) => {
    if (!hasCode(error, 'EPIPE')) throw error;
    process.exit();
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USAGE;
    process.stderr.write(`gongkai: ${messageOf(error)}\n`);
    return error instanceof UsageError ? WRONG_USAGE : NEEDS_PERSON;
  }
}

function addStages(program: Command): void {
  withPortals(
    command(program, 'nightly', 'all stages: fetch, read, build, check, publish', [
      'nightly --data data-real',
      'nightly --portal guangzhou-city --data data-real',
      'nightly --config sim/config.json --data data-sim   (see: gongkai simulator --help)',
    ]),
  )
    .option('--refresh', 'fetch every article again, however fresh')
    .action(async (flags: Flags) => {
      const { nightly, needsPerson } = await import('../nightly.ts');
      const config = readConfig(flags.config);
      const portals = readRegister(config, flags.portal);
      const o = { dataDir: flags.data, config, portals, refresh: flags.refresh === true };
      const summary = await alone(flags, 'nightly', async () => nightly(o, await effectsOf(flags)));
      show(flags, summary, render.nightly(summary));
      leave(!needsPerson(summary));
    });

  withPortals(
    command(program, 'fetch', 'list portals, fetch what is new, archive the bytes', [
      'fetch --portal guangzhou-city --data data-real',
      'fetch --refresh --data data-real   (look for silent edits now)',
    ]),
  )
    .option('--refresh', 'fetch every article again, however fresh')
    .action(async (flags: Flags) => {
      const { fetchPortals } = await import('../fetch.ts');
      const config = readConfig(flags.config);
      const portals = readRegister(config, flags.portal);
      const o = { dataDir: flags.data, config, portals, refresh: flags.refresh === true };
      const summary = await alone(flags, 'fetch', async () => fetchPortals(o, await effectsOf(flags)));
      show(flags, summary, render.fetched(summary));
      leave(summary.failed.length === 0 && summary.portals.every(({ problems }) => problems.length === 0));
    });

  withPortals(
    command(program, 'read', 'read the archive; or, given paths, documents on this machine', [
      'read                       (what the archive holds and was not read yet)',
      'read report.pdf',
      'read folder --json         (one JSON object a document and line)',
    ]),
  )
    .argument('[path...]', 'files, or folders walked in name order: html, pdf, docx, doc, xlsx, txt, md, images')
    .action(async (paths: string[], flags: Flags) => {
      if (paths.length > 0) return leave((await readPaths(paths, flags)) === 0);
      const { readArchive } = await import('../read.ts');
      const o = { dataDir: archiveOf(flags), portals: flags.portal ?? [] };
      const summary = await alone(flags, 'read', async () => readArchive(o, await effectsOf(flags)));
      show(flags, summary, render.read(summary));
    });

  command(program, 'build', 'make the tables (Parquet and DuckDB) from the archive', [
    'build',
    'build --data data-real --json',
  ]).action(async (flags: Flags) => {
    const { build } = await import('../build.ts');
    archiveOf(flags);
    const summary = await alone(flags, 'build', async () => build(flags.data, await effectsOf(flags)));
    show(flags, summary, render.built(summary));
  });

  command(program, 'check', 'check the tables: floors fail, ceilings warn', ['check', 'check --json']).action(
    async (flags: Flags) => {
      const { check } = await import('../check.ts');
      databaseOf(flags);
      const verdict = await alone(flags, 'check', async () => check(flags.data, await effectsOf(flags)));
      show(flags, verdict, render.checked(verdict));
      leave(verdict.ok);
    },
  );

  command(program, 'publish', 'publish a snapshot when the tables changed and every check passed', [
    'publish',
    'publish --json',
  ]).action(async (flags: Flags) => {
    const { check } = await import('../check.ts');
    const { publishSnapshot } = await import('../publish.ts');
    databaseOf(flags);
    await alone(flags, 'publish', async () => {
      const verdict = await check(flags.data, await effectsOf(flags));
      const summary = await publishSnapshot(flags.data, verdict, await effectsOf(flags));
      show(flags, { ...summary, check: verdict }, render.checked(verdict) + render.published(summary));
      leave(verdict.ok);
    });
  });
}

async function readPaths(paths: string[], flags: Flags): Promise<number> {
  const { readFiles } = await import('../reading/read-files.ts');
  const note = (line: string): void => void (flags.quiet || process.stderr.write(`${line}\n`));
  const { unreadable } = await readFiles({ paths, json: flags.json === true, print: write, note });
  return unreadable;
}

function addQuestions(program: Command): void {
  withPortals(
    command(program, 'status', 'coverage and freshness of each portal; adds up to every link discovered', [
      'status',
      'status --portal guangzhou-city --data data-real --json',
    ]),
  ).action(async (flags: Flags) => {
    const { statusOf } = await import('../status.ts');
    const statuses = statusOf(flags.data, portalsToShow(flags, await import('../archive/archive.ts')));
    show(flags, statuses, render.status(statuses));
  });

  withPortals(command(program, 'portals', 'the register of portals', ['portals', 'portals --json'])).action(
    (flags: Flags) => {
      const portals = readRegister(readConfig(flags.config), flags.portal);
      show(flags, portals, render.portals(portals));
    },
  );

  command(program, 'sql', 'ask the warehouse; without a query, a prompt', [
    'sql "select publisher, year, total from requests where line = \'received\' order by year"',
    'sql --format csv "select * from facts" > facts.csv',
    'sql',
  ])
    .argument('[query]', 'one SQL statement')
    .addOption(new Option('--format <format>', 'of the answer').choices(['table', 'csv', 'json']))
    .action(async (statement: string | undefined, flags: Flags & { format?: 'table' | 'csv' | 'json' }) => {
      const database = databaseOf(flags);
      const format = flags.format ?? (flags.json ? 'json' : 'table');
      const { ask, prompt } = await import('./prompt.ts');
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

  command(program, 'explain', 'one number back to its document, place and archived bytes', [
    'explain 440100-44967a04-2020/requests/granted/enterprise',
    'explain 440100-44967a04-2020/requests/granted/enterprise --json',
  ])
    .argument('<cell>', 'REPORT_ID/GRID/LINE/COL')
    .action(async (cell: string, flags: Flags) => {
      const { explain, describe } = await import('../explain.ts');
      const explanation = await explain(flags.data, databaseOf(flags), cell);
      show(flags, explanation, describe(explanation));
    });
}

/** The register, and what the archive holds beside it: portals that have left the register, or simulated ones. */
function portalsToShow(flags: Flags, store: typeof import('../archive/archive.ts')): string[] {
  const listed = store.listedPortals(flags.data);
  const registered = store.isSimulated(flags.data) ? [] : readRegister(readConfig(flags.config)).map(({ id }) => id);
  const known = [...new Set([...registered, ...listed])];
  const unknown = (flags.portal ?? []).filter((id) => !known.includes(id));
  if (unknown.length > 0) throw new UsageError(`no portal ${unknown.join(', ')} in the register or in ${flags.data}`);
  return flags.portal ?? known;
}
