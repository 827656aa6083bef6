import { z } from 'zod';
import type { Effects } from './effects.ts';
import { UsageError } from './errors.ts';

const DAY_MS = 86_400_000;
/** No archive rests for three years; a clock that lost its battery is off by more. */
const MOST_DAYS = 1000;

/**
 * The time of a run names its snapshot and decides what is due, which portals are in force and what is too old.
 * @param last when the last capture of the archive was made
 * @throws UsageError when the clock is absurdly later
 */
export function checkClock(
  last: string | undefined,
  refresh: boolean,
  { now, log }: Pick<Effects, 'now' | 'log'>,
): void {
  if (last === undefined) return;
  const time = now();
  const days = (time.getTime() - Date.parse(last)) / DAY_MS;
  const said = `the clock says ${time.toISOString()}, the last capture in the archive is of ${last}`;
  if (days > MOST_DAYS && !refresh)
    throw new UsageError(
      `${said}, ${Math.floor(days)} days before: set the clock of this machine; if it is right, fetch everything again with --refresh`,
    );
  if (days < -1)
    log.warn(`${said}, which is later: one of the two clocks was wrong; what was captured last counts as latest`);
}

/**
 * The clock of a run: that of this machine, or one that starts at `time` and goes on from there.
 * @param time ISO 8601, a date or an instant with its offset
 * @throws UsageError when it is neither
 */
export function clockFrom(time: string | undefined): () => Date {
  if (time === undefined) return () => new Date();
  if (!Time.safeParse(time).success)
    throw new UsageError(`--now ${time}: neither a date (2027-04-01) nor an instant (2027-04-01T02:00:00+08:00)`);
  const start = Date.parse(time);
  const since = performance.now();
  return () => new Date(start + performance.now() - since);
}

const Time = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
