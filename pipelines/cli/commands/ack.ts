import { z } from 'zod';
import type { AcknowledgedLine } from '../../accounts/reviewed.ts';
import { extentOf, withStanding } from '../../accounts/problem.ts';
import { openArchive } from '../../archive/folder.ts';
import { clockFrom } from '../../clock.ts';
import { UsageError } from '../../errors.ts';
import { didYouMean } from '../../suggest.ts';
import { show, withData, type Define, type Flags } from '../command.ts';
import * as render from '../render.ts';
import { requireArchive } from '../require-archive.ts';

interface AckFlags extends Flags {
  until?: string;
  why?: string;
  list?: boolean;
  remove?: boolean;
  believe?: boolean;
}

export const define: Define = (command) =>
  withData(command, [
    'ack --list --data data-real',
    'ack 3f9a2c1be07d --until 2027-03-31 --why "column closed, told the office" --data data-real',
    'ack 3f9a2c1be07d --remove --data data-real',
    'ack 3f9a2c1be07d --believe --why "the office confirms the new numbers" --data data-real',
  ])
    .argument('[id...]', 'problems, as `nightly`, `status` and `ack --list` name them')
    .option('--until <date>', 'last day on which they are not to be told')
    .option('--why <text>', 'for whoever reviews acknowledged.csv')
    .option('--remove', 'take the acknowledgement back')
    .option('--believe', 'publish what the page shows now: somebody has looked, and it is the report')
    .option('--list', 'every problem of the last run and every acknowledgement')
    .option('--now <time>', 'as of this time, ISO 8601')
    .action(async (ids: string[], flags: AckFlags) => {
      await requireArchive(flags);
      const { accounts } = openArchive(flags.data);
      const now = clockFrom(flags.now)().toISOString();
      if (flags.believe) {
        const { believe } = await import('../../believe.ts');
        const lines = await believe(ids, reasonOf(flags), now.slice(0, 10), openArchive(flags.data));
        return show(flags, { believed: lines }, render.believed(lines));
      }
      const before = accounts.acknowledged();
      const after = changed(before, ids, flags, now);
      if (after !== before) await accounts.acknowledge(after);
      const problems = withStanding(accounts.last()?.problems ?? [], after, now);
      const listed = { problems, acknowledged: after };
      show(flags, listed, render.acknowledged(listed, now));

      function changed(lines: AcknowledgedLine[], ids: string[], flags: AckFlags, now: string): AcknowledgedLine[] {
        if (ids.length === 0) {
          if (flags.list) return lines;
          throw new UsageError('name the problems, or --list them');
        }
        const others = lines.filter(({ id }) => !ids.includes(id));
        if (flags.remove) {
          const unknown = ids.filter((id) => !lines.some((line) => line.id === id));
          if (unknown.length > 0) throw new UsageError(`${unknown.join(', ')} is not acknowledged`);
          return others;
        }
        const { until, why } = agreed(flags, now);
        const known = accounts.last()?.problems ?? [];
        return [
          ...others,
          ...ids.map((id) => {
            const problem = known.find((one) => one.id === id);
            if (!problem)
              throw new UsageError(
                `the last run has no problem ${id}${didYouMean(
                  id,
                  known.map((one) => one.id),
                )}; \`gongkai ack --list\` has them all`,
              );
            const { portal, code, url, details } = problem;
            return { id, portal: portal ?? '', code, url: url ?? '', until, why, extent: extentOf(details) };
          }),
        ];
      }
    });

/** @throws UsageError without a day that is still to come and a reason */
function agreed(flags: AckFlags, now: string): { until: string; why: string } {
  const { until } = flags;
  if (until === undefined || !z.iso.date().safeParse(until).success)
    throw new UsageError('--until DATE: the last day on which it is not to be told, YYYY-MM-DD');
  if (until < now.slice(0, 10)) throw new UsageError(`--until ${until}: that day is over`);
  return { until, why: reasonOf(flags) };
}

/** @throws UsageError where there is none */
function reasonOf({ why = '' }: AckFlags): string {
  if (why.trim() === '') throw new UsageError('--why TEXT: say why, for whoever reviews it');
  return why.trim();
}
