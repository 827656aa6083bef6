import { foldForms } from '../characters/radicals.ts';

/** The number that a heading, line or label of the form carries. */
export interface Numbering {
  /** 一、 before sections, （一） before their parts and the lines of the form, 1. before lines of a group. */
  style: 'chinese' | 'bracketed' | 'decimal';
  value: number;
  /** As printed, compatibility forms folded. */
  printed: string;
  /** What follows it. */
  rest: string;
}

const NUMERALS = '一二三四五六七八九十';
const NUMBERING = new RegExp(
  String.raw`^(?<before>第?[（(【]?)\s{0,4}(?:(?<chinese>[${NUMERALS}]{1,3})|(?<decimal>\d{1,2}))(?:部分)?\s{0,4}(?<after>[）)】]?\s{0,4}[、.:,]?)(?!\d)`,
  'u',
);

/** Numbering at the start of a text; null when there is none. A numeral without any mark is part of a word (三类…, 一般…). */
export function numberingOf(text: string): Numbering | null {
  const folded = foldForms(text).trim();
  const match = NUMBERING.exec(folded);
  if (!match) return null;
  const { before, chinese, decimal, after } = match.groups as { [part: string]: string | undefined };
  const marks = `${before}${after}`;
  if (!/[^第\s]/u.test(marks)) return null;
  return {
    style: /[()【】]/.test(marks) ? 'bracketed' : chinese ? 'chinese' : 'decimal',
    value: chinese ? valueOf(chinese) : Number(decimal),
    printed: match[0],
    rest: folded.slice(match[0].length).trimStart(),
  };
}

/** Whether a line begins with a number of this style. */
export const isNumbered = (text: string, ...styles: Numbering['style'][]): boolean => {
  const numbering = numberingOf(text);
  return numbering !== null && (styles.length === 0 || styles.includes(numbering.style));
};

/** 三 is 3, 十二 is 12, 二十 is 20; NaN for what counts nothing (一二). */
function valueOf(chinese: string): number {
  const [tens, ones, ...more] = chinese.includes('十') ? chinese.split('十') : ['', chinese];
  const digit = (numeral: string): number => NUMERALS.slice(0, 9).indexOf(numeral) + 1 || NaN;
  if (more.length > 0 || (ones ?? '').length > 1) return NaN;
  const high = chinese.includes('十') ? 10 * (tens === '' ? 1 : digit(tens!)) : 0;
  return high + (ones === '' ? 0 : digit(ones!));
}
