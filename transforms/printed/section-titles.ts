import { forms } from '../forms/index.ts';
import { memo, once } from '../memo.ts';
import { keyOf, labelKeys, splitNumbering } from './labels.ts';
import { numberingOf, type Numbering } from './numbering.ts';

interface SectionWords {
  number: number;
  words: RegExp;
}

/** The six statutory sections, by words that their titles always hold. */
const STATUTORY: SectionWords[] = [
  { number: 1, words: /^(总体情况|概述|基本情况|总体概况)/ },
  { number: 2, words: /^主动公开/ },
  { number: 3, words: /^(收到和处理政府信息公开申请|依申请公开|政府信息公开申请)/ },
  { number: 4, words: /(行政复议|行政诉讼|复议诉讼).{0,12}(情况)?$/ },
  { number: 5, words: /^(政府信息公开工作)?(工作)?存在的?(主要)?(问题|不足)/ },
  { number: 6, words: /^其他需要(报告|说明)/ },
];

/** And by the title of the table that an edition of the form has there. */
const sections = once((): SectionWords[] => [
  ...STATUTORY,
  ...forms
    .flatMap((form) => form.grids)
    .filter((grid) => grid.section > 0)
    .map((grid) => ({ number: grid.section, words: new RegExp(`${keyOf(grid.zh)}$`) })),
]);

/** Sections are numbered 一、 or （一）, never 1.; some print a blank for the mark. */
function sectionNumber(printed: string): Numbering | null {
  const numbering = numberingOf(printed.replace(/^(第?[一二三四五六七八九十](?:部分)?)\s+(?![、.．,，:：])/u, '$1：'));
  return numbering && !/\d/.test(numbering.printed) ? numbering : null;
}

/** Number and title of a section heading; null when the text is not one. */
export const parseSectionTitle = memo((text: string): { number: number; title: string; statutory: boolean } | null => {
  const printed = text.trim();
  if (printed.length > 60 || printed.length < 3 || /\s[\d.,]+$/.test(printed) || /[。；;，]$/.test(printed))
    return null;
  const numbering = sectionNumber(printed);
  const title = numbering?.rest ?? printed;
  const key = keyOf(title);
  if (key.length < 2 || isFormLabel(keyOf(printed), numbering !== null)) return null;
  const known = key.length <= 40 ? sections().find((s) => s.words.test(key)) : undefined;
  if (known && (numbering || known.words.source.startsWith('^'))) {
    if (!numbering && key.length > 24) return null;
    return { number: numbering?.style === 'bracketed' ? -1 : known.number, title: printed, statutory: true };
  }
  if (
    numbering?.style === 'chinese' &&
    /^[^第].*、$/u.test(numbering.printed) &&
    title.length <= 40 &&
    !/[。！？!?:]/.test(title)
  )
    return { number: numbering.value, title: printed, statutory: false };
  return null;
});

export const isSectionTitle = (text: string): boolean => {
  const parsed = text.length <= 60 ? parseSectionTitle(text) : null;
  return parsed !== null && parsed.statutory && parsed.number > 0;
};

/** Keys under which the form prints its own lines and groups, with their number and without. */
const formLabels = once(() => {
  const labels = { numbered: new Set<string>(), bare: new Set<string>() };
  for (const grid of forms.flatMap((f) => f.grids)) {
    for (const text of [...grid.furniture, ...grid.lines.flatMap((l) => l.group)]) {
      labels.numbered.add(keyOf(text));
      labels.bare.add(keyOf(splitNumbering(text).rest));
    }
    for (const line of grid.lines)
      for (const label of labelKeys(line)) {
        labels.numbered.add(keyOf(line.number) + label);
        labels.bare.add(label);
      }
  }
  return labels;
});

/**
 * Lines and groups of the form carry numbers like section titles do (一、本年新收…, 四、结转…, and in the old annex
 * 一、主动公开情况): with its own number a label is never a title, with another number it may be one.
 */
function isFormLabel(key: string, numbered: boolean): boolean {
  const own = numbered ? formLabels().numbered : formLabels().bare;
  if (own.has(key)) return true;
  for (const label of own)
    if (label.length >= 8 && (key.startsWith(label) || (key.length >= 8 && label.startsWith(key)))) return true;
  return false;
}
