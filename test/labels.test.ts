import { describe, expect, it } from 'vitest';
import { forms } from '../transforms/forms/index.ts';
import { keyOf, labelKeys, similarity, splitNumbering } from '../transforms/printed/labels.ts';

const lines = forms.flatMap((form) => form.grids.flatMap((grid) => grid.lines));

describe('keys', () => {
  it.each([
    ['自然\n人', '自然人'],
    ['结 果 维 持', '结果维持'],
    ['三\n、\n本\n年\n度', '三本年度'],
    ['（七）总计', '七总计'],
    ['(七)总计', '七总计'],
    ['危及“三安全一稳定”', '危及三安全一稳定'],
    ['其它处理', '其他处理'],
    ['⼀、⾏政许可', '一行政许可'],
    ['⺠⻔⻓', '民门长'],
    ['１．属于国家秘密', '1属于国家秘密'],
    ['\u200b总\u00a0计\u3000', '总计'],
    ['——', ''],
    ['', ''],
  ])('%j is %j', (text, key) => {
    expect(keyOf(text)).toBe(key);
  });

  it('no two lines of one grid share a key', () => {
    for (const form of forms)
      for (const grid of form.grids) {
        const keys = grid.lines.flatMap((line) =>
          labelKeys(line).map((k) => `${line.group.join('/')}/${keyOf(line.number)}/${k}`),
        );
        expect(new Set(keys).size).toBe(keys.length);
      }
  });

  it('the statutory label is among the keys of its line', () => {
    for (const line of lines) expect(labelKeys(line)).toContain(keyOf(line.zh));
  });
});

describe('numbering', () => {
  it.each([
    ['（七）总计', '七', '总计'],
    ['(七) 总计', '七', '总计'],
    ['1.属于国家秘密', '1', '属于国家秘密'],
    ['1、属于国家秘密', '1', '属于国家秘密'],
    ['１．属于国家秘密', '1', '属于国家秘密'],
    ['四、结转下年度继续办理', '四', '结转下年度继续办理'],
    ['其中：1.涉及国家秘密', '1', '涉及国家秘密'],
    ['总计', '', '总计'],
    ['三类内部事务信息', '', '三类内部事务信息'],
    ['一般公共预算', '', '一般公共预算'],
    ['12', '', '12'],
  ])('%s', (label, number, rest) => {
    expect(splitNumbering(label)).toEqual({ number, rest });
  });

  it('of every line of the forms comes off, and only that', () => {
    for (const line of lines) {
      const { rest } = splitNumbering(line.number + line.zh);
      expect(keyOf(rest)).toBe(keyOf(line.zh));
    }
  });
});

describe('likeness', () => {
  it.each([
    ['总计', '总计', 1],
    ['', '', 0],
    ['总计', '', 0],
    ['甲乙丙丁', '甲乙丙戊', 0.75],
  ])('%j and %j: %d', (a, b, likeness) => {
    expect(similarity(a, b)).toBe(likeness);
    expect(similarity(b, a)).toBe(likeness);
  });
  it('a misprint is nearer to its own label than to any other of its grid', () => {
    for (const form of forms)
      for (const grid of form.grids)
        for (const line of grid.lines) {
          const label = keyOf(line.zh);
          if (label.length < 6) continue;
          const misprint = label.slice(0, 2) + '囗' + label.slice(3);
          const nearest = grid.lines.toSorted(
            (a, b) => similarity(misprint, keyOf(b.zh)) - similarity(misprint, keyOf(a.zh)),
          )[0]!;
          expect([line.zh, nearest.zh]).toEqual([line.zh, line.zh]);
        }
  });
});
