import { describe, expect, it } from 'vitest';
import { isNumber, isSupposed, isValueLike, parsePrinted } from '../transforms/printed/number.ts';

const value = (raw: string) => parsePrinted(raw).value;

describe('numbers as printed', () => {
  it.each([
    ['0', 0],
    ['12', 12],
    [' 12 ', 12],
    ['\u00a0\u300012\u3000', 12],
    ['1,234', 1234],
    ['1，234，567', 1_234_567],
    ['１２３４', 1234],
    ['１，２３４', 1234],
    ['+247', 247],
    ['＋247', 247],
    ['-46', -46],
    ['－46', -46],
    ['−46', -46],
    ['- 46', -46],
    ['-0', 0],
    ['12件', 12],
    ['1,200宗', 1200],
    ['3 起', 3],
    ['\u202a12\u202c', 12],
    ['\u200e12\ufeff', 12],
    ['6944.93', 6944.93],
    ['.5', 0.5],
  ])('%j is %d, and ordinary', (raw, expected) => {
    expect(parsePrinted(raw)).toEqual({ value: expected, absence: null, money: null, oddities: [] });
    expect(Object.is(value(raw), -0)).toBe(false);
  });

  it.each([
    ['--253', -253],
    ['? 0', 0],
    ['\ufffd5', 5],
    ['22（其中修订16件）', 22],
    ['22(其中修订16件)', 22],
    ['22〔含修订〕', 22],
    ['12[1]', 12],
    ['12①', 12],
    ['12*', 12],
    ['12※', 12],
    ['12注1', 12],
    ['12 (①)', 12],
    ['12¹件', 12],
    ['12²', 12],
    ['１２⑴', 12],
    ['12 34', 1234],
    ['12\n34', 1234],
    ['12,34', 1234],
    ['1,2345', 12345],
    ['007', 7],
    ['1\u200b2', 12],
    ['1\u00ad2', 12],
    ['1\u2060\u200b2.5', 12.5],
  ])('%j is %d with a word on how it is printed', (raw, expected) => {
    const printed = parsePrinted(raw);
    expect(printed.value).toBe(expected);
    expect(printed.oddities).not.toEqual([]);
  });

  it.each([
    '12人次之多',
    '约12',
    '12/3',
    '3-5',
    '12:30',
    '十二',
    '无',
    '①',
    '①2',
    '3½',
    '2021年',
    '5%',
    '1e5',
    'O',
    'l2',
    '12、34',
    '1.2.3',
    '12（3）件4',
    '(22)',
    '1234567890123456',
    '见附件',
    '１２３４５６７８９０１２３４５６７',
  ])('%j is text, never a guess', (raw) => {
    const printed = parsePrinted(raw);
    expect(printed).toMatchObject({ value: null, absence: 'text' });
    expect(printed.oddities).not.toEqual([]);
    expect(isValueLike(raw)).toBe(false);
  });
});

describe('absence is not zero', () => {
  it.each(['', ' ', '\u00a0', '\u3000', '\n', '\u200b', '\ufeff', ' \u00a0\u3000\t'])('%j is blank', (raw) => {
    expect(parsePrinted(raw)).toEqual({ value: null, absence: 'blank', money: null, oddities: [] });
  });
  it.each(['-', '—', '——', '–', '－', '―', '─', '−', ' - ', '_'])('%j is a dash', (raw) => {
    expect(parsePrinted(raw)).toMatchObject({ value: null, absence: 'dash', oddities: [] });
  });
  it('the character 一 where a dash is meant is a dash and odd', () => {
    expect(parsePrinted('一')).toMatchObject({ absence: 'dash' });
    expect(parsePrinted('一').oddities).toEqual(['one']);
  });
  it.each(['/', '／', '\\', '//', '|'])('%j is a slash', (raw) => {
    expect(parsePrinted(raw)).toMatchObject({ value: null, absence: 'slash', oddities: [] });
  });
  it('every kind of absence may stand in a value cell and is no number', () => {
    for (const raw of ['', '-', '/']) expect([isValueLike(raw), isNumber(raw)]).toEqual([true, false]);
  });
});

describe('marks that are not seen', () => {
  it.each([
    '12\u202e34',
    '12\u202e34\u202c',
    '\u202e1234',
    '\u202d1234',
    '12\u200e34',
    '12\u200f34',
    '12\u061c34',
    '12\u206634\u2069',
    '1\u200b\u202b2',
    '12\u202a.5',
  ])('%j is shown in another order than it is written, or may be: no number', (raw) => {
    expect(parsePrinted(raw)).toEqual({ value: null, absence: 'text', money: null, oddities: ['hidden'] });
  });
  it('a separator of lines is white space, which is named', () => {
    expect(parsePrinted('12\u202834')).toMatchObject({ value: 1234, oddities: ['parted'] });
  });
});

describe('amounts', () => {
  it.each([
    ['1471599.16万元', 14_715_991_600],
    ['2122500000元', 2_122_500_000],
    ['251000 元', 251_000],
    ['1,471,599.16万元', 14_715_991_600],
    ['１２．５万元', 125_000],
    ['0.0001万元', 1],
    ['3.2亿元', 320_000_000],
    ['12万', 120_000],
    ['0万元', 0],
    ['-5万元', -50_000],
    ['5千元', 5000],
    ['5百万元', 5_000_000],
    ['5百元', 500],
    ['5十万元', 500_000],
    ['5千万元', 50_000_000],
    ['5萬元', 50_000],
    ['5 万 元', 50_000],
    ['5万\n元', 50_000],
    ['5亿·元', 500_000_000],
    ['5（百万元）', 5_000_000],
    ['5（万\u3000元）', 50_000],
  ])('%j is %d yuan', (raw, yuan) => {
    expect(parsePrinted(raw)).toMatchObject({ value: yuan, absence: null, oddities: [] });
    expect(parsePrinted(raw).money).not.toBeNull();
  });

  it('keeps decimals exact where multiplication would not', () => {
    expect(value('8021.820972万元')).toBe(80_218_209.72);
    let inexact = 0;
    for (let cents = 1; cents < 20_000; cents += 37) {
      const digits = String(cents).padStart(7, '0');
      const printed = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
      expect(value(`${printed}万元`)).toBe(cents / 100);
      if (Number(printed) * 10_000 !== cents / 100) inexact++;
    }
    expect(inexact).toBeGreaterThan(0);
  });

  it.each(['5美元', '5万美元', '5港元', '5元/万元', '5W元', '5（W元）', '5 万亿元'])(
    '%j has a unit that is not known: the number as printed',
    (raw) => {
      expect(parsePrinted(raw)).toMatchObject({ value: 5, absence: null, money: { money: null } });
    },
  );

  it('5分 is text', () => {
    expect(parsePrinted('5分')).toMatchObject({ value: null, absence: 'text' });
  });

  it('a number without a unit has none', () => {
    expect(parsePrinted('6944.93').money).toBeNull();
  });
});

describe('digits in pieces', () => {
  it.each(['56 60', '56\n60', '56\u202860', '1 2', '56 600\n1', '1,234 567', '06 12', '201062.27 675'])(
    '%j may be several numbers: one is only supposed',
    (raw) => {
      expect(parsePrinted(raw).oddities).toContain('parted');
      expect(isSupposed(parsePrinted(raw))).toBe(true);
    },
  );
  it.each(['1234,5', '12,34', '1,2345', '56,60', '56，60'])('%j may have a decimal comma, or be two numbers', (raw) => {
    expect(isSupposed(parsePrinted(raw))).toBe(true);
  });
  it.each([
    ['18 452', 18452],
    ['1 234 567.5', 1234567.5],
    ['2\n316', 2316],
    ['56 00', 5600],
    ['56\n00', 5600],
    ['12,3\n45', 12345],
    ['12. 5', 12.5],
    ['1, 234', 1234],
  ])('%j is one number', (raw, value) => {
    expect(parsePrinted(raw)).toMatchObject({ value });
    expect(isSupposed(parsePrinted(raw))).toBe(false);
  });
});

describe('marks beside a number', () => {
  it.each(['12。', '12，', '12,', '12、', "'12", '’12'])('%j is a number with a stray mark', (raw) => {
    expect(parsePrinted(raw)).toMatchObject({ value: 12, oddities: ['stray'] });
  });
  it.each(['18’452', "18'452", '18＇452'])('%j has its thousands parted', (raw) => {
    expect(parsePrinted(raw)).toMatchObject({ value: 18452, oddities: [] });
  });
  it.each(['18’45', '1’8452', '12.', '18、452', '12，。'])('%j is no clear number', (raw) => {
    expect(parsePrinted(raw).value).toBeNull();
  });
});
