import { createHash } from 'node:crypto';

/**
 * Which documents speak of the same publisher. Names alone do not decide it (several cities have a 鼓楼区), codes
 * alone neither (a county report on the prefecture's portal may carry the prefecture's code, or none).
 */

/** Digits of a GB/T 2260 code that say something: 440000 is 44, 440100 is 4401; no code says nothing. */
const stem = (code: string | null): string => (code ?? '').replace(/(00)+$/, '');

const continues = (longer: string | null, shorter: string | null): boolean =>
  stem(longer) !== stem(shorter) && stem(longer).startsWith(stem(shorter));

/**
 * For the codes seen beside one publisher's name, the code each belongs to: a less exact code belongs to the only
 * more exact one that continues it; where several continue it, it stays by itself.
 */
export function settleDivisions(codes: Iterable<string | null>): Map<string | null, string | null> {
  const all = [...new Set(codes)];
  const leaves = all.filter((code) => !all.some((other) => continues(other, code)));
  return new Map(
    all.map((code) => {
      const under = leaves.filter((leaf) => continues(leaf, code));
      return [code, under.length === 1 ? under[0]! : code];
    }),
  );
}

/** `<division|none>-<8 hex of the publisher's name>-<year>`: no clock, no counter, the same in every build. */
export const reportId = (division: string | null, publisher: string, year: number): string =>
  `${division ?? 'none'}-${createHash('sha256').update(publisher).digest('hex').slice(0, 8)}-${year}`;
