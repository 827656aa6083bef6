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

const prose = <C extends string>(
  stated: C,
  grid: 'requests' | 'disputes',
  lines: string[],
  zh: string,
): Equation<`prose.${C}`> =>
  equation(`prose.${stated}`, {
    grid,
    left: [term({ stated })],
    right: lines.map((line) => term({ line, col: 'total' })),
    level: 'warning',
    zh: `正文所述${zh}等于表中数字`,
    en: `the number of ${stated.replace('_', ' ')} stated in the text = the total in the table`,
  });

export const mentionEquations = [
  prose('received', 'requests', ['received'], '新收'),
  prose('carried_in', 'requests', ['carried_in'], '上年结转'),
  prose('concluded', 'requests', ['concluded'], '办结'),
  prose('handled', 'requests', ['received', 'carried_in'], '办理总数'),
  prose('carried_out', 'requests', ['carried_out'], '结转下年度'),
  prose('reconsideration', 'disputes', ['reconsideration'], '行政复议'),
  prose('litigation', 'disputes', ['litigation_direct', 'litigation_after_reconsideration'], '行政诉讼'),
];

/** What a stated number may mean besides: 受理749件 is said of the 713 newly received and the 36 carried in together. */
export const mayMean: ReadonlyMap<string, string> = new Map([['received', 'handled']]);
