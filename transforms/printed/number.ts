import { memo } from '../memo.ts';

/**
 * One printed cell → a value or a kind of absence. Absent is not zero: a number, `0`, a blank, a dash and a slash are
 * five different things. What is not clearly one number is `text`, never a guess.
 */
export interface Printed {
  value: number | null;
  absence: 'blank' | 'dash' | 'slash' | 'text' | null;
  /** Money unit printed with the number, which `value` has applied. */
  money: Money | null;
  /** What was odd about the printed form, for a finding; none when it is an ordinary number or absence. */
  oddities: Oddity[];
}

/** What can be odd about a printed value; the last is of cells of the form and not of numbers. */
export type Oddity =
  | 'commas'
  | 'digits'
  | 'figure'
  | 'long'
  | 'note'
  | 'one'
  | 'signs'
  | 'stray'
  | 'unit'
  | 'white_space'
  | 'words'
  | 'zero'
  | 'money';

/** Decimal places by which a printed money unit shifts the number. */
const SHIFT = { 元: 0, 圆: 0, 千元: 3, 万元: 4, 万: 4, 十万元: 5, 百万元: 6, 千万元: 7, 亿元: 8, 亿: 8 } as const;
export type Money = keyof typeof SHIFT;
const isMoney = (unit: string): unit is Money => Object.hasOwn(SHIFT, unit);

/** The one money unit that a header states ("采购总金额（万元）"); null when there is none, several, or a foreign one. */
export function moneyIn(text: string): Money | null {
  const units = new Set(text.normalize('NFKC').match(/[十百千万亿]*[美港欧日]?元/g) ?? []);
  const [unit] = units;
  return units.size === 1 && isMoney(unit!) ? unit : null;
}

const COUNTERS = '件次条个项宗起人份部篇期场家种例';

const absent = (absence: Printed['absence'], ...oddities: Oddity[]): Printed => ({
  value: null,
  absence,
  money: null,
  oddities,
});

/** Footnote marks behind a number: NFKC would make digits of them (12① → 121). */
const MARKS = new RegExp(`(?<=\\d\\s*)(?![¼-¾⅐-⅟↉])\\p{No}+(?=\\s*[${COUNTERS}]?\\s*$)`, 'u');

/** A note in brackets behind a number, or behind what stands in its place; it may hold anything. */
const NOTED = /^(.*?\d.*?|[-‐‑‒–—―─━_~/\\|]+\s*)[(（〔[【].*[)）〕\]】]\s*$/su;
const withoutNote = (text: string): string => NOTED.exec(text)?.[1] ?? text;

/** A printed number with its unit and note is shorter; prose is not searched for one. */
const LONGEST = 200;

export const parsePrinted = memo((raw: string): Printed => {
  if (raw.length > LONGEST && raw.trim().length > LONGEST) return absent('text', 'long');
  const printed = raw.replace(/[０-９]/g, (ch) => String(ch.charCodeAt(0) - 0xff10));
  const unmarked = printed.replace(MARKS, '');
  if (/\p{No}/u.test(withoutNote(unmarked))) return absent('text', 'figure');
  const text = normalise(unmarked);
  if (text === '') return absent('blank');
  const body = withoutNote(text).trim();
  const note: Oddity[] = body !== text || unmarked !== printed ? ['note'] : [];
  if (/^[-‐‑‒–—―─━一_~]+$/.test(body)) return absent('dash', ...note, ...(body === '一' ? (['one'] as const) : []));
  if (/^[/\\|]+$/.test(body)) return absent('slash', ...note);
  const match = /^([?�]\s*)?([+-]*)\s*(\d[\d,，\s]*(?:\.\s?\d[\d\s]*)?|\.\d+)\s*([^\d\s]{0,3})$/u.exec(body);
  if (!match) return absent('text', 'words');
  const [, stray, signs, digits, unit] = match as unknown as [string, string?, string?, string?, string?];
  const money = isMoney(unit ?? '') ? (unit as Money) : null;
  if (unit && !money && !(unit.length === 1 && COUNTERS.includes(unit))) return absent('text', 'unit');
  const oddities = note;
  if (stray) oddities.push('stray');
  if (signs!.length > 1) oddities.push('signs');
  if (/\d\s+\d/.test(digits!)) oddities.push('white_space');
  if (/[,，]/.test(digits!) && !/^\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(digits!.replace(/\s/g, '')))
    oddities.push('commas');
  if (/^0\d/.test(digits!)) oddities.push('zero');
  const plain = digits!.replace(/[,，\s]/g, '');
  if (plain.replace(/^0+|\D/g, '').length > 15) return absent('text', 'digits');
  const magnitude = Number(shift(plain, money ? SHIFT[money] : 0));
  const negative = /-/.test(signs!) && magnitude !== 0;
  return {
    value: negative ? -magnitude : magnitude,
    absence: null,
    money,
    oddities,
  };
});

/** The amount in yuan of a number that is printed in a money unit which stands elsewhere; null for what is no number. */
export const amountIn = (raw: string, money: Money): number | null =>
  parsePrinted(withoutNote(raw.replace(MARKS, '')) + money).value;

/** True when a text could stand in a value cell: a number or one of the printed forms of absence. */
export const isValueLike = (raw: string): boolean => parsePrinted(raw).absence !== 'text';

/** True when the text is a printed number. */
export const isNumber = (raw: string): boolean => parsePrinted(raw).value !== null;

/** The digits that a text ends in, when something else stands before them (a label that touches its number), else ''. */
export const digitsBehind = (text: string): string => /[^\d０-９]([\d０-９]+)$/u.exec(text)?.[1] ?? '';

/** Move the decimal point by `places` in the string, so that 8021.820972 万元 is exactly 80218209.72 yuan. */
function shift(digits: string, places: number): string {
  if (places === 0) return digits;
  const [whole = '', fraction = ''] = digits.split('.');
  const padded = fraction.padEnd(places, '0');
  return `${whole}${padded.slice(0, places)}.${padded.slice(places)}0`;
}

function normalise(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]/g, '')
    .replace(/[−﹣－]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}
