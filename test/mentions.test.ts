import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mentions } from '../scripts/compose/prose.ts';
import { plainWording } from '../scripts/compose/wording.ts';
import { mentionsOf } from '../transforms/prose/mentions.ts';
import { STATEMENTS } from './mentions.fixture.ts';
import { figuresOf } from './reading.fixture.ts';

const said = (text: string) =>
  mentionsOf([{ number: 1, title: '一、总体情况', text }]).map(
    (m) => `${m.line} ${m.value}${m.unit}${m.part ? ' part' : ''}`,
  );

describe('numbers stated for a line', () => {
  it.each([
    ['2021年新收政府信息公开申请575件。', ['received 575件']],
    ['全年共收到政府信息公开申请23宗。', ['received 23宗']],
    ['本年度新受理依申请公开5条，', ['received 5条']],
    ['新增信息公开申请共计1,234件', ['received 1234件']],
    ['新收申请１２件', ['received 12件']],
    ['上年结转18件', ['carried_in 18件']],
    ['上年度结转政府信息公开申请18宗', ['carried_in 18宗']],
    ['18件为上年度结转', ['carried_in 18件']],
    ['本年度办结584件', ['concluded 584件']],
    ['584件均已按期办结', ['concluded 584件']],
    ['办理政府信息公开申请共593件', ['handled 593件']],
    ['结转下年度继续办理9件', ['carried_out 9件']],
    ['结转至2022年度办理9件', ['carried_out 9件']],
    ['9件结转下一年度继续办理', ['carried_out 9件']],
    ['因政府信息公开引起的行政复议3件', ['reconsideration 3件']],
    ['行政复议申请3宗', ['reconsideration 3宗']],
    ['行政诉讼案件4起', ['litigation 4起']],
    ['发生政府信息公开行政诉讼4件', ['litigation 4件']],
    ['新收政府信息公开申请0件', ['received 0件']],
  ])('%s', (sentence, expected) => {
    expect(said(sentence)).toEqual(expected);
  });

  it('several in one sentence', () => {
    expect(said('全年新收政府信息公开申请575件，上年结转18件，本年度办结584件，结转下年度继续办理9件。')).toEqual([
      'received 575件',
      'carried_in 18件',
      'concluded 584件',
      'carried_out 9件',
    ]);
    expect(said('行政复议3件，行政诉讼4件。')).toEqual(['reconsideration 3件', 'litigation 4件']);
    expect(said('发生行政复议3件、行政诉讼4件')).toEqual(['reconsideration 3件', 'litigation 4件']);
  });

  it.each(['件', '宗', '条', '起'] as const)('what is composed, counted in %s', (counter) => {
    const f = figuresOf();
    const text = mentions(f, { ...plainWording, counter }).join('\n');
    const { received, carried_in, concluded, carried_out, reconsideration, litigation } = f.prose;
    expect(said(text)).toEqual([
      `received ${received}${counter}`,
      `carried_in ${carried_in}${counter}`,
      `concluded ${concluded}${counter}`,
      `carried_out ${carried_out}${counter}`,
      `reconsideration ${reconsideration}${counter}`,
      `litigation ${litigation}${counter}`,
    ]);
  });

  it('a sum of 新收 and 上年结转 is not 新收', () => {
    expect(said('收到政府信息公开申请593件（含新收575件、上年结转18件）。')).toEqual([
      'received 575件',
      'carried_in 18件',
    ]);
  });

  it('a part of the whole is marked', () => {
    expect(said('全区新收政府信息公开申请575件，其中区政府办公室收到申请95件。')).toEqual([
      'received 575件',
      'received 95件 part',
    ]);
  });
});

describe('numbers that say something else', () => {
  it.each([
    '2021年1月1日起至2021年12月31日止。',
    '主动公开政府信息12345条。',
    '发布规范性文件12件，废止3件。',
    '举办培训3次，培训人员120人。',
    '网站访问量1200次。',
    '根据《中华人民共和国政府信息公开条例》第50条。',
    '答复率100%。',
    '',
  ])('%s', (sentence) => {
    expect(said(sentence)).toEqual([]);
  });

  it('a percentage or a comparison with last year is no count', () => {
    expect(said('新收政府信息公开申请同比增长25%。')).toEqual([]);
    expect(said('行政复议案件同比下降3个百分点。')).toEqual([]);
  });

  it.each([
    '较上年减少新收申请20件。',
    '新收政府信息公开申请比上年减少20件。',
    '行政复议案件同比增加2件。',
    '新收申请较去年多20件。',
  ])('a difference from last year is no count: %s', (sentence) => {
    expect(said(sentence)).toEqual([]);
    expect(said(`新收政府信息公开申请120件，${sentence}`)).toEqual(['received 120件']);
  });
});

it.each(STATEMENTS)('%s', (sentence, expected) => {
  const found = mentionsOf([{ number: 1, title: '', text: sentence }]);
  expect(found.map((m) => `${m.part ? '~' : ''}${m.line} ${m.value}`)).toEqual(expected);
});

it('lists at least 150 statements, each once', () => {
  const sentences = STATEMENTS.map(([sentence]) => sentence);
  expect(new Set(sentences).size).toBe(sentences.length);
  expect(sentences.length).toBeGreaterThanOrEqual(150);
});

interface Passage {
  text: string;
  want: Record<string, number>;
}
const passages = '../shared/corpus/prose.json';
if (!existsSync(passages)) console.warn(`${passages} is not here: statements of real reports are not tried`);

describe.runIf(existsSync(passages))('statements of real reports', () => {
  it('all are found, none is wrong, none is extra', () => {
    const known: Passage[] = existsSync(passages) ? JSON.parse(readFileSync(passages, 'utf8')) : [];
    const differing = known.filter(({ text, want }) => {
      const found = mentionsOf([{ number: 1, title: '', text }])
        .filter((m) => !m.part)
        .map((m): [string, number] => [m.line, m.value]);
      return found.length !== Object.keys(want).length || found.some(([line, value]) => want[line] !== value);
    });
    expect(differing).toEqual([]);
    expect(known.length).toBeGreaterThan(20);
  });
});

it('each with its whole sentence, as printed', () => {
  const text = '２０２１年，本机关 新收政府信息公开申请 ５７５ 件；办结584件。下一句。';
  const [first, second] = mentionsOf([{ number: 1, title: '', text }]);
  expect(first).toMatchObject({ value: 575, sentence: '２０２１年，本机关 新收政府信息公开申请 ５７５ 件；' });
  expect(second).toMatchObject({ value: 584, sentence: '办结584件。' });
});

it.each([
  '新收'.repeat(50_000),
  `新收${'('.repeat(50_000)}`,
  '1'.repeat(100_000),
  '复议申请'.repeat(20_000),
  '其中'.repeat(50_000) + '新收5件',
  '收到申请5件'.repeat(8_000),
  '结转上年'.repeat(10_000) + '5件',
  '('.repeat(50_000) + '5件' + ')'.repeat(40_000),
  '申请、'.repeat(30_000),
  '收()'.repeat(30_000),
  '由5件到'.repeat(20_000),
  '其中区办公室收到申请5件，'.repeat(3_000),
  '较上年收到'.repeat(8_000) + '5件',
])('long hostile text takes no time: %.12s', (text) => {
  const start = performance.now();
  mentionsOf([{ number: 1, title: '', text }]);
  expect(performance.now() - start).toBeLessThan(3000);
});

it('a number right after a comma, with a dated note before what it counts', () => {
  const text = '全年共收到政府信息公开申请 80 件，期限内办结 79 件，1 件（12 月 30 日收案）结转下年度继续办理。';
  const stated = mentionsOf([{ number: 1, title: '', text }]).map((m) => [m.line, m.value]);
  expect(stated).toEqual([
    ['received', 80],
    ['concluded', 79],
    ['carried_out', 1],
  ]);
});
