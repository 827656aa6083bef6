import { inForce, type Portal } from '../scrapers/portals.ts';
import type { Config } from './config.ts';
import type { Effects } from './effects.ts';
import { UsageError } from './errors.ts';
import { didYouMean } from './suggest.ts';

/** Which portals are meant. Several values of one kind add up, the kinds narrow each other; nothing given is all. */
export interface Selection {
  portal?: string[];
  /** Prefixes of codes of GB/T 2260: 44 is the province with all in it, 440100 the city itself. */
  division?: string[];
  family?: string[];
}

const kinds: { [kind in keyof Required<Selection>]: (portal: Named, value: string) => boolean } = {
  portal: ({ id }, value) => id === value,
  division: ({ division }, value) => division.startsWith(value),
  family: ({ family }, value) => family === value,
};

type Named = Pick<Portal, 'id' | 'division' | 'family'>;

export const isSelective = ({ portal, division, family }: Selection): boolean =>
  [portal, division, family].some((values) => values !== undefined);

/**
 * The portals that are meant, in their order.
 * @param where what holds the portals, for the message
 * @throws UsageError when a value fits no portal, or no portal fits all kinds
 */
export function selected<T extends Named>(portals: T[], selection: Selection, where: string): T[] {
  let chosen = portals;
  for (const kind of ['portal', 'division', 'family'] as const) {
    const values = selection[kind];
    if (values === undefined) continue;
    const fits = kinds[kind];
    const idle = values.filter((value) => value === '' || !portals.some((portal) => fits(portal, value)));
    if (idle.length > 0)
      throw new UsageError(
        `no ${kind === 'portal' ? 'portal' : `portal of ${kind}`} ${named(idle, kind, portals)} in ${where}; \`gongkai portals\` lists them`,
      );
    chosen = chosen.filter((portal) => values.some((value) => fits(portal, value)));
  }
  if (chosen.length > 0) return chosen;
  const asked = Object.entries(selection).map(([kind, values]) => `--${kind} ${String(values)}`);
  throw new UsageError(
    portals.length === 0 ? `no portal at all in ${where}` : `no portal in ${where} is of all of ${asked.join(' and ')}`,
  );
}

const named = (idle: string[], kind: keyof Selection, portals: Named[]): string => {
  const known = [...new Set(portals.map((portal) => portal[kind === 'portal' ? 'id' : kind]))];
  return idle.map((value) => `${value}${didYouMean(value, known)}`).join(', ');
};

/**
 * Portals whose column is in use today and that can be reached from this network.
 * @throws UsageError where there is none: nothing was asked, which must not look like nothing new
 */
export function reachable(
  portals: Portal[],
  { vantage: here }: Pick<Config, 'vantage'>,
  { now, log }: Pick<Effects, 'now' | 'log'>,
): Portal[] {
  const today = now().toISOString().slice(0, 10);
  const current = inForce(portals, today);
  const chosen = current.filter(({ vantage }) => vantage === 'any' || vantage === here);
  const elsewhere = [...new Set(current.filter((portal) => !chosen.includes(portal)).map(({ vantage }) => vantage))];
  const left = [
    ...(elsewhere.length > 0
      ? [`${current.length - chosen.length} need the network ${elsewhere.join(' or ')}, this one is ${here}`]
      : []),
    ...(current.length < portals.length ? [`${portals.length - current.length} are not in use on ${today}`] : []),
  ].join(', ');
  if (chosen.length === 0)
    throw new UsageError(`none of ${portals.length} portals can be asked: ${left || 'the register is empty'}`);
  if (left !== '') log.warn(`portals left out: ${left}`);
  return chosen;
}
