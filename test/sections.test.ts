import { describe, expect, it } from 'vitest';
import type { Block, Doc } from '../transforms/doc/doc.ts';
import { forms } from '../transforms/forms/index.ts';
import { isSectionTitle, parseSectionTitle } from '../transforms/printed/section-titles.ts';
import { sectionsOf, spansOf } from '../transforms/prose/sections.ts';

const p = (text: string, more: Partial<{ wrapped: boolean; aside: true }> = {}): Block => ({
  kind: 'paragraph',
  text,
  origin: 'test',
  ...more,
});
const docOf = (...blocks: Block[]): Doc => ({ title: null, metas: {}, blocks });
const read = (...blocks: Block[]) => {
  const doc = docOf(...blocks);
  return sectionsOf(doc, spansOf(doc), new Set()).map((s) => [s.number, s.title, s.text]);
};

describe('statutory headings', () => {
  it.each([
    ['一、总体情况', 1],
    ['一、概述', 1],
    ['一、 总体情况', 1],
    ['一．总体情况', 1],
    ['第一部分 总体情况', 1],
    ['总体情况', 1],
    ['二、主动公开政府信息情况', 2],
    ['二、主动公开政府信息的情况', 2],
    ['三、收到和处理政府信息公开申请情况', 3],
    ['三、依申请公开政府信息情况', 3],
    ['四、政府信息公开行政复议、行政诉讼情况', 4],
    ['四、因政府信息公开工作被申请行政复议、提起行政诉讼情况', 4],
    ['五、存在的主要问题及改进情况', 5],
    ['五、政府信息公开工作存在的主要问题及改进情况', 5],
    ['五、存在问题及改进措施', 5],
    ['六、其他需要报告的事项', 6],
    ['六、其他需要报告事项', 6],
  ])('%s', (text, number) => {
    expect(parseSectionTitle(text)).toMatchObject({ number, title: text, statutory: true });
    expect(isSectionTitle(text)).toBe(true);
  });

  it.each([
    '',
    '一',
    '2021年，全区总体情况良好。',
    '（一）主动公开方面',
    '主动公开政府信息情况良好，全年公开信息一千余条，涉及各个领域的各个方面，内容丰富；',
    '二、上年结转政府信息公开申请数量',
    '四、结转下年度继续办理',
    '三、本年度办理结果',
    '（七）总计',
  ])('not a heading: %s', (text) => {
    expect(isSectionTitle(text)).toBe(false);
  });

  it('no label of the form is taken for a heading', () => {
    for (const form of forms)
      for (const grid of form.grids)
        for (const line of grid.lines)
          for (const label of [line.zh, ...line.aliases])
            expect([label, isSectionTitle(line.number + label)]).toEqual([label, false]);
  });
});

describe('sections of a text', () => {
  it('the six, with what stands between', () => {
    expect(
      read(
        p('某报告'),
        p('一、总体情况'),
        p('第一段。'),
        p('第二段。'),
        p('二、主动公开政府信息情况'),
        p('三、收到和处理政府信息公开申请情况'),
        p('四、政府信息公开行政复议、行政诉讼情况'),
        p('五、存在的主要问题及改进情况'),
        p('问题。'),
        p('六、其他需要报告的事项'),
        p('无。'),
      ),
    ).toEqual([
      [0, '', '某报告'],
      [1, '一、总体情况', '第一段。\n第二段。'],
      [2, '二、主动公开政府信息情况', ''],
      [3, '三、收到和处理政府信息公开申请情况', ''],
      [4, '四、政府信息公开行政复议、行政诉讼情况', ''],
      [5, '五、存在的主要问题及改进情况', '问题。'],
      [6, '六、其他需要报告的事项', '无。'],
    ]);
  });
  it('lines that a page ended are one paragraph', () => {
    expect(
      read(p('一、总体情况'), p('新收政府信', { wrapped: true }), p('息公开申请12', { wrapped: true }), p('件。')),
    ).toEqual([[1, '一、总体情况', '新收政府信息公开申请12件。']]);
  });
  it('what stands aside, in tables or in pictures is not text', () => {
    const table: Block = {
      kind: 'table',
      rows: [[{ text: '12', colspan: 1, rowspan: 1 }]],
      aligned: true,
      origin: 't',
    };
    expect(
      read(p('一、总体情况', { aside: true }), p('一、总体情况'), p('导航', { aside: true }), p('正文。'), table, {
        kind: 'picture',
        source: 'a.png',
        alt: '图',
        origin: 'x',
      }),
    ).toEqual([[1, '一、总体情况', '正文。']]);
  });
  it('blocks that were read as rows of a table are not text', () => {
    const doc = docOf(p('三、收到和处理政府信息公开申请情况'), p('（七）总计 92 2 94'), p('另附说明。'));
    expect(sectionsOf(doc, spansOf(doc), new Set([1]))).toEqual([
      { number: 3, title: '三、收到和处理政府信息公开申请情况', text: '另附说明。' },
    ]);
  });
  it('sections may be missing, and their number may be printed wrong', () => {
    expect(read(p('二、主动公开政府信息情况'), p('五、存在的主要问题及改进情况'), p('略。')).map(([n]) => n)).toEqual([
      2, 5,
    ]);
    expect(
      read(p('一、总体情况'), p('三、主动公开政府信息情况'), p('三、收到和处理政府信息公开申请情况')).map(([n]) => n),
    ).toEqual([1, 2, 3]);
  });
  it('a numbered paragraph inside a section does not cut it', () => {
    expect(
      read(
        p('一、总体情况'),
        p('（一）主动公开。本年公开信息。'),
        p('（二）依申请公开。'),
        p('二、主动公开政府信息情况'),
      ).map(([n]) => n),
    ).toEqual([1, 2]);
  });
  it('no heading at all', () => {
    expect(read(p('没有标题的文字。'))).toEqual([[0, '', '没有标题的文字。']]);
    expect(read()).toEqual([]);
  });
});

it('a group of the old annex is a title when it carries the number of a section', () => {
  expect(parseSectionTitle('二、主动公开情况')?.number).toBe(2);
  expect(parseSectionTitle('四、结转下年度继续办理')).toBeNull();
});
