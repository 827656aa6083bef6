import { memo } from '../memo.ts';

/** The units of money that reports print, and the decimal places by which each shifts its number. */
const SHIFT = { 元: 0, 百元: 2, 千元: 3, 万元: 4, 十万元: 5, 百万元: 6, 千万元: 7, 亿元: 8 } as const;
export type Money = keyof typeof SHIFT;

/** A unit as it is printed; `money` is null for whatever touches 元 and is none of the grammar (W元, 美元, 元/万元). */
export interface Stated {
  printed: string;
  money: Money | null;
}

const moneyOf = (unit: string): Money | null => (Object.hasOwn(SHIFT, unit) ? (unit as Money) : null);

/** Other forms of the characters of a unit. */
const FORMS: Record<string, string> = { 萬: '万', 億: '亿', 圆: '元', 圓: '元', 仟: '千', 佰: '百', 拾: '十' };

/** White space, line breaks, points and marks that are not seen may part the characters of a unit, which is one all the same. */
const squeeze = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s.·•・‧∙⋅。\p{Cf}]/gu, '')
    .replace(/[萬億圆圓仟佰拾]/g, (ch) => FORMS[ch]!);

/** 元 in other words. */
const OTHER_WORDS = /[单公多状次纪]元|元[旦素月首宝件老宵]/g;
/** What may touch a unit from the left: ends of labels (金额万元, 费用元), and words that lead to one (单位为元, 以元计). */
const BEFORE = /(?:^|[^元]\/|[([【〔)\]】〕:,、|“"_—-]|[额费位为以按计用数价款]|人民币)$/u;
const UNIT = /[十百千万亿]{0,4}元/g;
/** What stands between a unit and what it is a unit of, or parts its characters, and is none of the marks that do not count. */
const PARTED = /[十百千万亿][^\p{L}\p{N}]+$/u;
/** As many characters before a unit are looked at. */
const TOUCHING = 3;

const distinct = (found: Stated[]): Stated[] =>
  found.filter((unit, i) => found.findIndex((u) => u.printed === unit.printed) === i);

/** The units of money that a header or a label states ("采购总金额（万 元）"). */
export const unitsIn = memo((text: string): Stated[] => {
  if (!/[元圆圓]/.test(text)) return [];
  const squeezed = squeeze(text).replace(OTHER_WORDS, ',');
  const found: Stated[] = [];
  for (const { 0: unit, index } of squeezed.matchAll(UNIT)) {
    const before = squeezed.slice(Math.max(0, index - TOUCHING), index);
    // A number before it makes it an amount ("共12元"); alone in brackets, a unit of its own ("（10元）").
    if (/\d$/.test(before) && !/[(:]\d*$/.test(before)) continue;
    const after = squeezed[index + unit.length] === '/' ? '/' : '';
    const touching = BEFORE.test(before) && !PARTED.test(before) ? '' : (/.[^\p{L}]*$/u.exec(before)?.[0] ?? '');
    found.push({ printed: touching + unit + after, money: touching + after === '' ? moneyOf(unit) : null });
  }
  return distinct(found);
});

/** Ways in which a text around a table states the unit of its amounts; prose that has a unit in it states none. */
const AROUND = [
  /单位(?:[:为是]|均为)(?:[件个条项次人宗份]{1,2}[、,/;])?(?:人民币)?(\p{L}{0,4}元)/gu,
  /单位([十百千万亿]{0,4}元)/gu,
  /[以按](\p{L}{0,4}元)(?:为单位|计)/gu,
  /(?:表|情况)[([](\p{L}{0,4}元)[)\]]$/gu,
];

/** The units that a caption, a note or a corner states for the table it belongs to. */
export const unitsAround = memo((text: string): Stated[] => {
  if (!/[元圆圓]/.test(text)) return [];
  const squeezed = squeeze(text).replace(OTHER_WORDS, ',');
  const found = AROUND.flatMap((way) => [...squeezed.matchAll(way)].map((m) => m[1]!));
  return distinct(found.map((printed) => ({ printed, money: moneyOf(printed) })));
});

/** Brackets and what leads to a unit, around a unit that is a cell of its own. */
const AROUND_ALONE = /^[([【〔]?(?:(?:金额|计量)?单位:?)?(?:人民币)?|[)\]】〕]$/g;

/** The unit that is all of a text: in a cell of its own beside the amount, under a header, in a column of units. */
export const unitAlone = (text: string): Stated | null =>
  text.length > 40 || !/[元圆圓]/.test(text) ? null : aloneIn(text);
const aloneIn = memo((text: string): Stated | null => {
  const unit = squeeze(text).replace(AROUND_ALONE, '');
  return /^[A-Za-z十百千万亿美港欧日英澳台币]{0,5}元$/.test(unit) ? { printed: unit, money: moneyOf(unit) } : null;
});

/** Likewise of a text that may be nothing but the unit. */
export const statedAround = (text: string): Stated[] => {
  if (!/[元圆圓]/.test(text)) return [];
  const alone = unitAlone(text);
  return alone ? [alone] : unitsAround(text);
};

const GAP = '[\\s·•・‧．.]{1,4}';
const PARTS = new RegExp(
  `(?<=[十拾百佰千仟万萬亿億])${GAP}(?=(?:[十拾百佰千仟万萬亿億](?:${GAP})?){0,3}[元圆圓])`,
  'gu',
);

/** A text whose units stand together, for what parts a text at its white space. */
export const joinUnits = (text: string): string => (/[元圆圓]/.test(text) ? text.replace(PARTS, '') : text);

const BRACKETED = /[(（[][^()（）[\]]{1,20}[)）\]]/g;
/** What is counted, alone in brackets. */
const COUNTED = /^.(?:单位[:：]?)?[件个条项次宗份起].$/;
/** A unit that a mark parts from its label ("收费金额/万元"). */
const BEHIND = /(?:[\s/|:：,，、_—–-]{0,3}单位)?[\s/|:：,，、_—–-]{1,3}(?:人民币)?[十百千万萬亿億]{0,4}[元圆圓]$/u;
/** A label without the unit that is printed in it. */
export const withoutUnit = (label: string): string =>
  label
    .replace(BRACKETED, (note) => (COUNTED.test(note) || unitAlone(note) ? '' : note))
    .trimEnd()
    .replace(BEHIND, '');

/** A number and the unit that is printed behind it, in brackets or not ("12.5 万 元", "12.5（万元）"). */
export function unitBehind(text: string): { number: string; unit: Stated } | null {
  const found = /^([^元圆圓]*\d)\s*[(（[]?([^\d()（）[\]]{0,12}[元圆圓万萬亿億])[)）\]]?$/u.exec(text);
  if (!found) return null;
  const printed = squeeze(found[2]!).replace(/^人民币/, '');
  // Beside a number 万 and 亿 are amounts of money where the column is one.
  const unit = printed === '万' || printed === '亿' ? `${printed}元` : printed;
  return unit.endsWith('元') ? { number: found[1]!, unit: { printed, money: moneyOf(unit) } } : null;
}

/** Move the decimal point in the string, so that 8021.820972 万元 is exactly 80218209.72 yuan. */
export function inYuan(digits: string, money: Money): string {
  const places = SHIFT[money];
  if (places === 0) return digits;
  const [whole = '', fraction = ''] = digits.split('.');
  const padded = fraction.padEnd(places, '0');
  return `${whole}${padded.slice(0, places)}.${padded.slice(places)}0`;
}
