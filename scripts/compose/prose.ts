import { formOf } from '../../transforms/forms/index.ts';
import type { Figures } from './figures.ts';
import { createRandom, seedOf } from './random.ts';
import type { Wording } from './wording.ts';

/** Neutral sentences of our own around the tables: nothing here was taken from any report. */
export interface ReportSection {
  number: number;
  title: string;
  paragraphs: string[];
}

export const inventedNotice = '本页为演示用虚构内容：示例市及其所属机构并不存在，数字均由程序生成。';

export const titleOf = (f: Pick<Figures, 'publisher' | 'year' | 'title'>) =>
  f.title ?? `${f.publisher}${f.year}年政府信息公开工作年度报告`;

export function reportSections(f: Figures, w: Wording): ReportSection[] {
  const random = createRandom(seedOf(f.publisher, f.year, 'prose'));
  const opening = random.pick([
    `${f.year}年，本机关按照规定更新公开目录和公开指南，方便群众查询。`,
    `本报告所列数据的统计期限自${f.year}年1月1日起，至${f.year}年12月31日止。`,
    `${f.year}年，各科室分工整理公开内容，并由专人负责答复。`,
  ]);
  const problem = random.pick([
    '个别栏目更新不够及时，解读的形式也比较单一。',
    '部分信息的分类还不够准确，查找起来不够方便。',
    '工作人员更换较多，业务还需要继续熟悉。',
  ]);
  return [
    { number: 1, title: '一、总体情况', paragraphs: [opening, ...mentions(f, w), ...(f.remarks ?? [])] },
    ...formOf(f.edition).grids.map(({ section, zh }) => ({
      number: section,
      title: `${'一二三四五六'[section - 1]}、${zh}`,
      paragraphs: [],
    })),
    {
      number: 5,
      title: '五、存在的主要问题及改进情况',
      paragraphs: [problem, '下一步将安排专人检查，并改进查询方式。'],
    },
    { number: 6, title: '六、其他需要报告的事项', paragraphs: ['没有其他需要报告的事项。'] },
  ];
}

/** The numbers of the report stated in words, only those it states. */
export function mentions(f: Figures, w: Wording): string[] {
  const { received, carried_in, concluded, carried_out, reconsideration, litigation } = f.prose;
  const n = (value: number) => `${value}${w.counter}`;
  const requests = [
    received === null ? '' : `新收政府信息公开申请${n(received)}`,
    carried_in === null ? '' : `上年结转${n(carried_in)}`,
    concluded === null ? '' : `本年度办结${n(concluded)}`,
    carried_out === null ? '' : `结转下年度继续办理${n(carried_out)}`,
  ].filter((part) => part !== '');
  const disputes = [
    reconsideration === null ? '' : `行政复议${n(reconsideration)}`,
    litigation === null ? '' : `行政诉讼${n(litigation)}`,
  ].filter((part) => part !== '');
  return [
    ...(requests.length > 0 ? [`全年${requests.join('，')}。`] : []),
    ...(disputes.length > 0 ? [`因政府信息公开引起的${disputes.join('，')}。`] : []),
  ];
}
