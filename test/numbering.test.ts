import { expect, test } from 'vitest';
import { isNumbered, numberingOf } from '../transforms/printed/numbering.ts';

test.each([
  ['一、总体情况', 'chinese', 1, '总体情况'],
  ['十二、其他', 'chinese', 12, '其他'],
  ['二十、其他', 'chinese', 20, '其他'],
  ['第一部分：概述', 'chinese', 1, '概述'],
  ['⼀、总体情况', 'chinese', 1, '总体情况'],
  ['（七）总计', 'bracketed', 7, '总计'],
  ['( 七 ) 总计', 'bracketed', 7, '总计'],
  ['（3）其他', 'bracketed', 3, '其他'],
  ['１．属于国家秘密', 'decimal', 1, '属于国家秘密'],
  ['（一）', 'bracketed', 1, ''],
  ['1.', 'decimal', 1, ''],
])('%s', (text, style, value, rest) => {
  expect(numberingOf(text)).toMatchObject({ style, value, rest });
});

test.each(['三类内部事务信息', '一般公共预算', '第三方', '12', '1.5', '12,345', '2021年', '总计', '—', ''])(
  'no numbering: %s',
  (text) => {
    expect(numberingOf(text)).toBeNull();
  },
);

test('by style', () => {
  expect(isNumbered('一、总体情况')).toBe(true);
  expect(isNumbered('一、总体情况', 'chinese')).toBe(true);
  expect(isNumbered('（一）总体情况', 'chinese', 'decimal')).toBe(false);
});

test('takes no time, whatever it is given', () => {
  const start = performance.now();
  for (const part of ['第', '（', '一', ' ', '、', '一、', '1', '部分', '（一）']) numberingOf(part.repeat(100_000));
  numberingOf(`（${' '.repeat(100_000)}一`);
  expect(performance.now() - start).toBeLessThan(500);
});
