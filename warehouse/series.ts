import { verdictsOf } from '../transforms/forms/check.ts';
import type { Fact } from '../transforms/report.ts';
import type { Finding } from '../transforms/findings.ts';

/**
 * What `now` contradicts of `before`, the facts of the same publisher's previous report. An equation with an absent
 * cell is not applicable, and neither is one whose columns last year's edition does not have.
 */
export const checkSeries = (before: Fact[], now: Fact[]): Finding[] =>
  verdictsOf(now, 'series', before)
    .filter((v) => v.result === 'fails')
    .map(({ equation: { code, level, zh, en }, left, leftSum, rightSum }) => ({
      code,
      level,
      cells: left.map(({ grid, line, col }) => ({ grid, line, col })),
      expected: rightSum,
      actual: leftSum,
      message: `${zh}：应为 ${rightSum}，实为 ${leftSum} · ${en}`,
    }));
