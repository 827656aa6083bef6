import { equation, ofLines, term, type Equation } from './form.ts';

/** Equations that tie the requests and disputes grids to last year's report and to the prose. */

export const carryEquation = equation('series.carry', {
  grid: 'requests',
  left: ofLines('carried_in'),
  right: [term({ line: 'carried_out', year: -1 })],
  level: 'error',
  zh: '上年结转等于上年报告的结转下年度继续办理',
  en: 'carried in (year) = carried out (year − 1), same publisher',
});

/** The lines that prose states numbers for. `handled` is received and carried in together; the two of disputes are totals. */
export const statedLines = [
  { line: 'received', zh: '新收', en: 'requests received in the year' },
  { line: 'carried_in', zh: '上年结转', en: 'requests carried in from the year before' },
  { line: 'concluded', zh: '办结', en: 'requests concluded' },
  { line: 'handled', zh: '办理总数', en: 'requests handled: received and carried in' },
  { line: 'carried_out', zh: '结转下年度', en: 'requests carried out to the next year' },
  { line: 'reconsideration', zh: '行政复议', en: 'administrative reconsiderations' },
  { line: 'litigation', zh: '行政诉讼', en: 'administrative litigation, direct and after reconsideration' },
] as const;

export type StatedLine = (typeof statedLines)[number]['line'];

const prose = <C extends StatedLine>(
  stated: C,
  grid: 'requests' | 'disputes',
  lines: string[],
): Equation<`prose.${C}`> =>
  equation(`prose.${stated}`, {
    grid,
    left: [term({ stated })],
    right: lines.map((line) => term({ line, col: 'total' })),
    level: 'warning',
    zh: `正文所述${statedLines.find(({ line }) => line === stated)!.zh}等于表中数字`,
    en: `the number of ${stated.replace('_', ' ')} stated in the text = the total in the table`,
  });

export const mentionEquations = [
  prose('received', 'requests', ['received']),
  prose('carried_in', 'requests', ['carried_in']),
  prose('concluded', 'requests', ['concluded']),
  prose('handled', 'requests', ['received', 'carried_in']),
  prose('carried_out', 'requests', ['carried_out']),
  prose('reconsideration', 'disputes', ['reconsideration']),
  prose('litigation', 'disputes', ['litigation_direct', 'litigation_after_reconsideration']),
];

/** What a stated number may mean besides: 受理749件 is said of the 713 newly received and the 36 carried in together. */
export const mayMean: ReadonlyMap<string, StatedLine> = new Map([['received', 'handled']]);
