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
