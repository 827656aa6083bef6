import type { Command } from 'commander';
import { openArchive } from '../../archive/folder.ts';
import { UsageError } from '../../errors.ts';
import { didYouMean } from '../../suggest.ts';
import { readConfig, readRegister, registerHeader } from '../../config.ts';
import { registerLine } from '../../../scrapers/portals.ts';
import { leave, show, withData, withPortals, type Define, type Flags } from '../command.ts';
import { printable } from '../printable.ts';
import * as render from '../render.ts';

export const define: Define = (command) => {
  withPortals(
    withData(command, [
      'portals',
      'portals --division 44',
      'portals --family nfcms --json',
      'portals check --help',
      'portals detect --help',
    ]),
  )
    // Else a name that was mistyped is told as one argument too many.
    .allowExcessArguments()
    .action(async (flags: Flags, self: Command) => {
      const [typed] = self.args;
      if (typed !== undefined) {
        const known = self.commands.map((one) => one.name());
        throw new UsageError(
          `no command portals ${typed}${didYouMean(typed, known)}: there are ${known.join(' and ')}`,
        );
      }
      const { links } = openArchive(flags.data);
      const portals = await Promise.all(
        readRegister(readConfig(flags.config), flags).map(async (portal) => {
          const detected = (await links.read(portal.id))?.detected;
          return detected === undefined ? portal : { ...portal, detected };
        }),
      );
      show(flags, portals, render.portals(portals));
    });
  const check = command
    .command('check')
    .description('ask portals for their lists, politely, and say what they answer; the register stays as it is');
  withPortals(
    withData(check, [
      'portals check --division 4401 --data data-real',
      'portals check --portal guangzhou-city --data data-real --json',
    ]),
  ).action(async (_: unknown, self: { optsWithGlobals: () => Flags }) => {
    const flags = self.optsWithGlobals();
    const config = readConfig(flags.config);
    const portals = readRegister(config, flags);
    const { alone } = await import('../stage.ts');
    const { checkPortals } = await import('../../check-portals.ts');
    const checks = await alone(flags, 'portals check', (effects) => checkPortals({ config, portals }, effects));
    show(flags, checks, render.checkedPortals(checks));
    leave(checks.every(({ rows, problems }) => rows > 0 && problems.length === 0));
  });
  const detect = command
    .command('detect')
    .argument('<url>', 'address of the first page of the list')
    .description(
      'ask one column, politely, which system made it, and print the line of the register that it would have',
    );
  withData(detect, [
    'portals detect https://www.example.gov.cn/zwgk/zfxxgknb/ --data data-real',
    'portals detect https://www.example.gov.cn/zwgk/zfxxgknb/ --data data-real --json',
  ]).action(async (url: string, _: unknown, self: { optsWithGlobals: () => Flags }) => {
    const flags = self.optsWithGlobals();
    const { alone } = await import('../stage.ts');
    const { detectPortal } = await import('../../detect-portal.ts');
    const config = readConfig(flags.config);
    // One that cannot be read is told before anything is asked.
    readRegister(config);
    const header = registerHeader(config);
    const found = await alone(flags, 'portals detect', (effects) => detectPortal({ config, url }, effects));
    const { portal, by, status, outcome } = found;
    // Of a page that cannot be had nothing was seen, as its line would say.
    show(flags, found, by === null ? '' : `${registerLine(portal, header)}\n`);
    const blank = (['division', 'name'] as const).filter((name) => portal[name] === '');
    const said =
      by === null
        ? `the page cannot be had: ${outcome}${status === null ? '' : ` (HTTP ${status})`}`
        : `${portal.family}: ${by}${blank.length > 0 ? `; fill in ${blank.join(' and ')}` : ''}; the columns are those of your register: ${header.join()}`;
    if (!flags.json && !flags.quiet) process.stderr.write(`${printable(said)}\n`);
    leave(by !== null);
  });
};
