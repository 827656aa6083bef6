import type { RunAccount } from '../../accounts/account.ts';
import { openArchive } from '../../archive/folder.ts';
import { readConfig, readRegister, type Config } from '../../config.ts';
import { clockFrom } from '../../clock.ts';
import { UsageError } from '../../errors.ts';
import { FAILED } from '../../exit.ts';
import { nightly } from '../../nightly.ts';
import { isSelective } from '../../selection.ts';
import { withData, withPortals, type Define, type Flags } from '../command.ts';
import { accountToShow, tell } from '../hooks.ts';
import { printable } from '../printable.ts';
import * as render from '../render.ts';
import { alone } from '../stage.ts';

export const define: Define = (command) =>
  withPortals(
    withData(command, [
      'nightly --data data-real',
      'nightly --division 44 --data data-real',
      'nightly --config sim/config.json --data data-sim   (see: gongkai simulator --help)',
      'nightly --now 2027-04-01 --data data-copy          (as of that day: for tests and rehearsals)',
    ]),
  )
    .option('--refresh', 'fetch every article again, however fresh')
    .option('--now <time>', 'run as of this time, ISO 8601; the clock goes on from there')
    .addHelpText(
      'after',
      `
Exit status: 0 nothing new to see · 1 a problem that nobody has acknowledged (gongkai ack --help)
             2 wrong usage · 3 the run itself failed · 128 + signal ended by it`,
    )
    .action(async (flags: Flags) => {
      const config = readConfig(flags.config);
      const portals = readRegister(config, flags);
      forwards(flags);
      const o = { config, portals, refresh: flags.refresh === true, whole: !isSelective(flags) };
      const told: RunAccount[] = [];
      try {
        const summary = await alone(flags, 'nightly', (effects) =>
          nightly(o, effects, (account) => told.push(account)),
        );
        process.exitCode = summary.account.exit ?? FAILED;
        if (!flags.json) process.stdout.write(render.nightly(summary));
      } finally {
        for (const account of told) {
          if (flags.json) process.stdout.write(`${JSON.stringify(accountToShow(account))}\n`);
          // Ended by a signal, it has seconds left.
          if ((account.exit ?? 0) < 128) await tellOthers(config, account, flags);
        }
      }
    });

/** @throws UsageError when `--now` is before a night that was: a year mistyped would date what is published, and stop the nights after it */
function forwards({ data, now }: Flags): void {
  if (now === undefined) return;
  const last = openArchive(data).accounts.last()?.started;
  if (last !== undefined && clockFrom(now)().getTime() < Date.parse(last))
    throw new UsageError(
      `--now ${now} is before the last run, of ${last}: nights go on; a folder of its own (--data) may begin then`,
    );
}

/** After the archive was let go of: a hook may work on it. */
async function tellOthers(config: Config, account: RunAccount, { data }: Flags): Promise<void> {
  const archive = openArchive(data);
  for (const line of await tell(config, account, archive)) {
    process.stderr.write(`${printable(line)}\n`);
    archive.accounts.log(account.run, {
      time: new Date().toISOString(),
      run: account.run,
      level: 'warn',
      message: line,
    });
  }
}
