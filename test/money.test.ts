import { expect, test } from 'vitest';
import { statedAround, unitAlone, unitsAround, unitsIn, withoutUnit } from '../transforms/printed/money.ts';

const units = ['元', '百元', '千元', '万元', '十万元', '百万元', '千万元', '亿元'];
const gaps = ['', ' ', '\n', '\r\n', '\t', '\u00a0', '\u3000', '\u200b', '·', '•', '．', '.', ' · '];
const money = (found: { money: string | null }[]) => found.map((unit) => unit.money);

test.each(units)('%s is one unit, whatever parts its characters', (unit) => {
  for (const gap of gaps) {
    const printed = [...unit].join(gap);
    for (const text of [`采购总金额（${printed}）`, `金额(${printed})`, `金额${gap}${printed}`, printed])
      expect([text, money(unitsIn(text))]).toEqual([text, [unit]]);
    expect(money(unitsAround(`单位：${printed}`))).toEqual([unit]);
    expect(unitAlone(`（${printed}）`)?.money).toBe(unit);
  }
});

test('characters of one unit have other forms', () => {
  expect(money(unitsIn('（萬元）'))).toEqual(['万元']);
  expect(money(unitsIn('（億圓）'))).toEqual(['亿元']);
  expect(money(unitsIn('（佰万圆）'))).toEqual(['百万元']);
});

test.each([
  'W元',
  'Ｗ元',
  '美元',
  '万美元',
  '港币万元',
  '万亿元',
  '亿万元',
  '元/万元',
  '元/件',
  '万、元',
  '万-元',
  '10元',
  'RMB元',
  '块元',
])('%s touches 元 and is no unit', (unit) => {
  expect([...new Set(money(unitsIn(`本年收费金额（${unit}）`)))]).toEqual([null]);
});

test.each(['单元', '公元2021年', '元旦', '多元化', '共收12万元', '本年度'])('%s states no unit', (text) => {
  expect(unitsIn(text)).toEqual([]);
});

test('two units are two', () => {
  expect(money(unitsIn('项目（万元）金额（元）'))).toEqual(['万元', '元']);
  expect(money(unitsAround('单位：万元（按元为单位）'))).toEqual(['万元', '元']);
});

test.each([
  ['单位：万元', '万元'],
  ['（单位：件、万元）', '万元'],
  ['计量单位为千元', '千元'],
  ['注：收费金额以万元计。', '万元'],
  ['本表金额按百万元为单位', '百万元'],
  ['统计表（万元）', '万元'],
])('%s states the unit of its table', (text, unit) => {
  expect(money(unitsAround(text))).toEqual([unit]);
});

test.each(['各单位共收费12万元', '市财政拨款30万元，用于信息公开', '各单位多元共治', '单位：件'])(
  '%s states none',
  (text) => {
    expect(unitsAround(text)).toEqual([]);
  },
);

test('what is nothing but a unit states it, and a label is one without its unit', () => {
  expect(money(statedAround('(万元)'))).toEqual(['万元']);
  expect(withoutUnit('行政事业性收费（万 元）')).toBe('行政事业性收费');
  expect(withoutUnit('其他（含元旦）')).toBe('其他（含元旦）');
});

test('a text of any length is judged in linear time', () => {
  const began = performance.now();
  for (const part of ['万', '（', '单位', '单位：', '元 ', '万 ', 'a元', '以万', '。元'])
    for (const judge of [unitsIn, unitsAround, withoutUnit, statedAround])
      judge(`元${part.repeat(100_000 / part.length)}`);
  expect(performance.now() - began).toBeLessThan(4000);
});

test.each([
  '金额/万元',
  '金额—万元',
  '金额：万元',
  '金额 单位：万元',
  '金额（万元）',
  '金额（件）',
  '金额（单位：件）',
])('a label without its unit: %s', (label) => {
  expect(withoutUnit(label)).toBe('金额');
});

test('a unit behind a stroke is one, two of them are none', () => {
  expect(money(unitsIn('收费金额/万元'))).toEqual(['万元']);
  expect(money(unitsIn('元/万元'))).toContain(null);
});
