import { isZone } from '../transforms/identity/divisions.ts';

/** What kind of organ a publisher is, and at which level, from its name and the code of its division. */

export type Kind = 'government' | 'office' | 'department' | 'township' | 'zone' | 'other';
export type Level = 'province' | 'prefecture' | 'county' | 'township';

/** The first that fits. Names end in what the organ is. */
const kinds: [Kind, RegExp][] = [
  ['township', /(?:[^城][镇乡]|街道?|苏木)(?:党政综合)?(?:人民政府|政府|办事处|办)?(?:党政(?:综合)?办公室|办公室)?$/],
  ['office', /(?:人民)?政府办公[室厅]$/],
  ['government', /(?:政府|行政公署|[^同联]盟|地区)$/],
  ['department', /(?:[局委厅部署院办]|委员会|办公室|中心|[大支总]队|监狱|海关)$/],
];

/** A second name in brackets (苏州高新区管委会(虎丘区人民政府)) is not what the report is of. */
export function kindOf(publisher: string): Kind {
  const own = publisher.replace(/[(（][^()（）]*[)）]$/, '');
  return isZone(own) ? 'zone' : (kinds.find(([, pattern]) => pattern.test(own))?.[0] ?? 'other');
}

/** GB/T 2260: 440000 is a province, 440100 a prefecture, 440118 a county; no code says nothing of the level. */
export function levelOf(division: string | null, kind: Kind): Level | null {
  if (kind === 'township') return 'township';
  if (division === null) return null;
  return division.endsWith('0000') ? 'province' : division.endsWith('00') ? 'prefecture' : 'county';
}
