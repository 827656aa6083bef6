import { distance } from 'fastest-levenshtein';
import { foldForms } from '../characters/radicals.ts';
import { memo } from '../memo.ts';
import { numberingOf } from './numbering.ts';

/**
 * Labels are matched by key: radicals and compatibility forms folded, white space and punctuation gone, Taiwan wording
 * (资讯, 规范性档案) and 其它 made one. Keys are for comparing only; text that is published keeps its form.
 */
export const keyOf = memo((text: string): string =>
  foldForms(text)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/其它/g, '其他')
    .replace(/资讯/g, '信息')
    .replace(/规范性档案/g, '规范性文件'),
);

/** Numbering of a label of the form ("（七）", "1.", "四、", also behind 其中) as a key, and the rest; '' when there is none. */
export function splitNumbering(label: string): { number: string; rest: string } {
  const text = foldForms(label)
    .trim()
    .replace(/^其中\s*[:：]?\s*/, '');
  const numbering = numberingOf(text);
  return numbering ? { number: keyOf(numbering.printed), rest: numbering.rest } : { number: '', rest: text };
}

/** 1 for equal keys, 0 for nothing in common: 1 − edit distance / longer length. */
export function similarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  if (longer === 0) return 0;
  if (Math.abs(a.length - b.length) > longer * 0.5) return 0;
  return 1 - distance(a, b) / longer;
}

/** The keys under which one label of the form may be printed, longest first. */
export const labelKeys = memo((label: { zh: string; aliases: string[] }): string[] =>
  [...new Set([label.zh, ...label.aliases].map(keyOf))].sort((a, b) => b.length - a.length),
);

/** A number behind a label. */
const NUMBER_BEHIND = /(?<![\d０-９,，.])[\d０-９][\d０-９,，.]{0,15}件?$/u;

/** A label without the number that stands in its cell; itself where there is none. */
export const withoutNumber = (label: string): string => label.replace(NUMBER_BEHIND, '');
