import { refOf, verdictsOf } from '../transforms/forms/check.ts';
import type { Fact } from '../transforms/report.ts';
import { broken, type Finding } from '../transforms/findings.ts';

/**
 * What `now` contradicts of `before`, the facts of the same publisher's previous report. An equation with an absent
 * cell is not applicable, and neither is one whose columns last year's edition does not have.
 */
export const checkSeries = (before: Fact[], now: Fact[]): Finding[] =>
  verdictsOf(now, 'series', before)
    .filter((v) => v.result === 'fails')
    .map(({ equation, at, left, leftSum, rightSum }) =>
      broken(equation, left.map(refOf), { at }, { expected: rightSum, actual: leftSum }),
    );
