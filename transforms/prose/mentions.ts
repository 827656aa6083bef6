import type { Mention, Section } from '../report.ts';

/**
 * Numbers that the prose states for a line of the form, each with its sentence. They never become facts; the
 * `prose.*` equations compare them with the tables.
 */
export function mentionsOf(sections: Section[]): Mention[] {
  return sections.flatMap((section) => sentencesOf(section.text).flatMap(mentionsIn));
}

const NUMBER = String.raw`(?<!\d|\d,)(?<value>\d[\d,]{0,14})(?<unit>件次|件|宗|条|起|例|次|份)`;
/** Up to a few words without a number or a new clause. */
const GAP = String.raw`(?:\([^()\d]{0,30}\))?[^\d。，,、;:()]{0,24}?(?:共|合计|总计)?(?:\([^()\d]{0,30}\))?`;
const NEXT_YEAR = String.raw`(?:结转|转)(?:至|到|入)?(?:下|次|20\d\d)一?年(?:度)?`;

/** One pattern a way of saying it; a line may have several. */
const PATTERNS: { line: string; pattern: RegExp }[] = [
  { line: 'received', pattern: rule(`新(?:收到?|接收|受理|增)${GAP}${NUMBER}`) },
  { line: 'received', pattern: rule(`(?<!新)(?:收到|接收|受理)(?:的)?[^\\d。，,、;:()]{0,12}申请${GAP}${NUMBER}`) },
  { line: 'carried_in', pattern: rule(`上一?年度?(?:结转|转入|遗留|接转)${GAP}${NUMBER}`) },
  { line: 'carried_in', pattern: rule(`${NUMBER}(?:为|系|是)?上一?年度?结转`) },
  { line: 'concluded', pattern: rule(`(?:办结|办理完毕|办理完结)${GAP}${NUMBER}`) },
  { line: 'concluded', pattern: rule(`${NUMBER}(?:申请)?(?:已|均已|全部|均)(?:按时|按期|依法)?办结`) },
  { line: 'handled', pattern: rule(`办理(?:的)?(?:各类)?(?:政府)?信息公开申请${GAP}${NUMBER}`) },
  { line: 'handled', pattern: rule(`办理总数${GAP}${NUMBER}`) },
  { line: 'carried_out', pattern: rule(`${NEXT_YEAR}${GAP}${NUMBER}`) },
  { line: 'carried_out', pattern: rule(`${NUMBER}(?:\\([^()]{0,30}\\))?[^\\d。，,、;:()]{0,6}${NEXT_YEAR}`) },
  { line: 'reconsideration', pattern: rule(`复议(?:申请|案件)?${GAP}${NUMBER}`) },
  { line: 'reconsideration', pattern: rule(`${NUMBER}(?:政府信息公开)?(?:类|的)?行政复议`) },
  { line: 'litigation', pattern: rule(`诉讼(?!.{0,2}复议)(?:案件)?${GAP}${NUMBER}`) },
  { line: 'litigation', pattern: rule(`${NUMBER}(?:政府信息公开)?(?:类|的)?行政诉讼`) },
];

function rule(source: string): RegExp {
  return new RegExp(source, 'gu');
}

/** 其中 before a narrower body (市本级, 办公室) makes what follows a part of the whole. */
const PART = /其中[^。;]{0,20}(?:本级|机关本部|本部门|办公[室厅]|镇街|街道|部门)/;

/** "比上年减少20件": by how much a number changed, not the number. */
const DIFFERENCE =
  /(?:增加|减少|增长|上升|下降)了?$|(?:比|较)[^。,;]{0,12}年[^。,;]{0,4}(?:增|减|多|少|升|降)[^。,;]{0,20}$/;

function mentionsIn(sentence: string): Mention[] {
  const text = sentence.normalize('NFKC').replace(/\s+/g, '');
  if (!/\d/.test(text)) return [];
  const found = new Map<number, Mention>();
  for (const { line, pattern } of PATTERNS)
    for (const match of text.matchAll(pattern)) {
      const { value, unit } = match.groups as { value: string; unit: string };
      const at = match.index + match[0].indexOf(value + unit);
      if (found.has(at) || (line === 'received' && isSum(text.slice(at + value.length + unit.length)))) continue;
      if (DIFFERENCE.test(text.slice(0, at))) continue;
      const before = text.slice(0, match.index);
      found.set(at, {
        line,
        value: Number(value.replaceAll(',', '')),
        unit,
        sentence,
        ...(PART.test(before) || PART.test(text.slice(0, at)) ? { part: true as const } : {}),
      });
    }
  return [...found].sort((a, b) => a[0] - b[0]).map(([, mention]) => mention);
}

/** "收到申请593件（含新收575件、上年结转18件）": the number is a sum over two lines, not 新收. */
const isSum = (rest: string): boolean => /^(?:[(,]?(?:其中|含|包括|包含)|\()[:,]?.{0,6}?(?:新收|上一?年)/.test(rest);

/** Sentences with their closing mark; line ends part sentences too. */
function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => line.match(/[^。；;！？!?]+[。；;！？!?]*/gu) ?? [])
    .map((s) => s.trim())
    .filter((s) => s !== '');
}
