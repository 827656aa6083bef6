import { UsageError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';
import { isAtWork, type Overview } from './overview.ts';
import { ageInDays, isOfWholeness, type Problem } from './problem.ts';
import { isOverdue } from './silence.ts';

/** What a monitor asks: `stale=2d`. A closed list; each gives why it is so, or null. */
const conditions: Record<string, { takes: 'time' | 'time?' | 'nothing'; en: string; why: Why }> = {
  stale: {
    takes: 'time',
    en: 'no run did its work for so long',
    why: ({ worked_at, now }, ms) =>
      worked_at === null
        ? 'no run has done its work yet'
        : Date.parse(now) - Date.parse(worked_at) > ms
          ? `no run has done its work since ${worked_at}`
          : null,
  },
  incomplete: {
    takes: 'time',
    en: 'the list of a portal was not read whole for so long, and nobody has acknowledged why',
    why: ({ portals, now }, ms) =>
      few(
        portals.filter(
          ({ state, complete_at, problems }) =>
            state !== 'closed' &&
            (complete_at === null || Date.parse(now) - Date.parse(complete_at) > ms) &&
            !isKnown(problems.filter(isOfWholeness)),
        ),
        'not read whole',
      ),
  },
  overdue: {
    takes: 'nothing',
    en: 'the next report of a portal is overdue, and nobody has acknowledged that',
    why: ({ portals, now }) =>
      few(
        portals.filter(
          ({ state, expected, problems }) =>
            state !== 'closed' &&
            expected !== null &&
            isOverdue(expected, now) &&
            !isKnown(problems.filter(({ code }) => code === 'report_overdue')),
        ),
        'overdue',
      ),
  },
  problems: {
    takes: 'time?',
    en: 'problems that nobody has acknowledged (for so long)',
    why: ({ problems, now }, ms) => {
      const open = problems.filter((one) => !one.acknowledged && Date.parse(now) - Date.parse(one.since) >= ms);
      const oldest = Math.max(...open.map(({ since }) => ageInDays(since, now)));
      return open.length === 0 ? null : `${open.length} to see to, the oldest for ${oldest} d`;
    },
  },
  failed: {
    takes: 'nothing',
    en: 'the last run failed, or was killed; one that is at work is neither',
    why: ({ run, at_work }) =>
      run === null || run.exit === 0 || run.exit === 1 || isAtWork({ run, at_work })
        ? null
        : `run ${run.run} ${run.exit === null ? 'has not ended' : `ended with ${run.exit}: ${run.failure}`}`,
  },
  never: {
    takes: 'nothing',
    en: 'the list of a portal was never read',
    why: ({ portals }) =>
      few(
        portals.filter(({ listed_at }) => listed_at === null),
        'never read',
      ),
  },
};
type Why = (overview: Overview, ms: number) => string | null;

export const failIfHelp = Object.entries(conditions)
  .map(([name, { takes, en }]) => {
    const argument = takes === 'time' ? '=2d' : takes === 'time?' ? '[=2d]' : '';
    return `  ${(name + argument).padEnd(16)} ${en}`;
  })
  .join('\n');

/** Somebody has seen all of them, and there is one. */
const isKnown = (problems: Problem[]): boolean => problems.length > 0 && problems.every((one) => one.acknowledged);

const few = (portals: { portal: string }[], what: string): string | null =>
  portals.length === 0
    ? null
    : `${portals.length} ${what}: ${portals
        .slice(0, 5)
        .map(({ portal }) => portal)
        .join(', ')}${portals.length > 5 ? ', …' : ''}`;

const UNITS: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * Reads conditions and gives what tells which of them hold, each as `condition: why`.
 * @throws UsageError on what is none: a monitor that watches nothing must not look content
 */
export function failIf(asked: string[]): (overview: Overview) => string[] {
  const wanted = asked.map((text) => {
    const [, name = '', time] = /^([a-z]+)(?:=(.*))?$/s.exec(text) ?? [];
    const condition = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
    const [, number, unit = ''] = /^(\d{1,5})([hdw])$/.exec(time ?? '') ?? [];
    const ms = Number(number) * (UNITS[unit] ?? NaN);
    const fits =
      condition && (time === undefined ? condition.takes !== 'time' : condition.takes !== 'nothing' && ms >= 0);
    if (!fits)
      throw new UsageError(
        `--fail-if ${text}${condition ? '' : didYouMean(name, Object.keys(conditions))}: it is one of these, times in h, d or w\n${failIfHelp}`,
      );
    return { text, why: condition.why, ms: time === undefined ? 0 : ms };
  });
  return (overview) =>
    wanted.flatMap(({ text, why, ms }) => {
      const reason = why(overview, ms);
      return reason === null ? [] : [`${text}: ${reason}`];
    });
}
