import { describe, expect, it } from 'vitest';
import { readText } from '../transforms/formats/text.ts';
import { itemsOf } from '../transforms/locate/text-items.ts';

const tablesOf = (text: string) =>
  readText(text).blocks.flatMap((block) => (block.kind === 'table' ? [block.rows] : []));

const cellsOf = (line: string) =>
  readText(`${line}\n`).blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat().map((c) => c.text) : []));

it.each([
  ['18452<sup>1</sup>', '18452 (1)'],
  ['18452^1^', '18452 (1)'],
  ['~~17~~ 18', '18'],
  ['~~17~~18', '18'],
  ['<del>17</del>18', '18'],
  ['<u>18</u>', '18'],
  ['&nbsp;18', '18'],
  ['<span style="display:none">9</span>18', '18'],
  ['<span hidden>9</span>18', '18'],
  ['<span style="color:red">18</span>', '18'],
  ['<del>17</del><ins>18</ins>', '18'],
  ['1<!-- 2 -->8', '18'],
  ['18$^{1}$', '18 (1)'],
  ['18$^1$', '18 (1)'],
  ['18^{1}', '18 (1)'],
  ['$18^{1}$', '18 (1)'],
  ['$18$', '18'],
  ['18\\*', '18*'],
  ['\\~~18', '~~18'],
  ['*18*', '18'],
  ['_18_', '18'],
  ['`18`', '18'],
  ['==18==', '18'],
  ['&#49;8', '18'],
  // A star behind a number opens no emphasis, a blank to fill in is none, and what is no element is text.
  ['18* 19*', '18* 19*'],
  ['____', '____'],
  ['1 < 2', '1 < 2'],
  ['<td>18', '<td>18'],
])('a cell of Markdown says what a reader sees: %s', (written, said) => {
  expect(cellsOf(`| 行政许可 | ${written} | 3 |`)).toEqual(['行政许可', said, '3']);
  expect(cellsOf(`行政许可\t${written}\t3`)).toEqual(['行政许可', said, '3']);
});

it('a quotation is read as what it quotes', () => {
  const quoted = ['> # 报告', '>', '>> | 规章 | 1 |', '> | --- | --- |', '> | 许可 | 2 |'].join('\n');
  expect(tablesOf(quoted).map((rows) => rows.map((row) => row.map((c) => c.text)))).toEqual([
    [
      ['规章', '1'],
      ['许可', '2'],
    ],
  ]);
});

it.each([
  ['| 规章 | 1 | |', ['规章', '1', '']],
  ['规章 | 1 | ', ['规章', '1', '']],
  ['规章 | 1 | 2', ['规章', '1', '2']],
  ['| 规章 | 1 | 2', ['规章', '1', '2']],
])('the last pipe of %s', (line, cells) => {
  expect(cellsOf(line)).toEqual(cells);
});

it('what is struck alone is no blank', () => {
  expect(tablesOf('| 行政许可 | ~~18~~ | <del>3</del> | |')).toEqual([
    [
      [
        { text: '行政许可', colspan: 1, rowspan: 1 },
        { text: '', colspan: 1, rowspan: 1, unread: 'struck' },
        { text: '', colspan: 1, rowspan: 1, unread: 'struck' },
        { text: '', colspan: 1, rowspan: 1 },
      ],
    ],
  ]);
});

it.each(['| 行政许可 | ~~18~~ |', '行政许可\t~~18~~', '行政许可 ~~18~~', '行政许可<del>18</del>'])(
  'a line that ends in what is struck alone keeps its value: %s',
  (written) => {
    expect(itemsOf(readText(written).blocks[0]!, 0)).toMatchObject([
      { kind: 'label', text: '行政许可' },
      { kind: 'values', values: [{ text: '', unread: 'struck' }] },
    ]);
  },
);

it('prose that ends in what is struck is no row', () => {
  expect(tablesOf('受理申请，其中网上~~18~~')).toEqual([]);
});

it('a comment hides what it holds, were it a table, and one without an end hides nothing', () => {
  const table = '| 规章 | 1 | 2 |';
  expect(tablesOf(`<!--\n${table}\n-->\n正文。\n`)).toEqual([]);
  expect(tablesOf(`<!--\n${table}\n`)).toHaveLength(1);
});

describe('tables drawn with characters', () => {
  const texts = (text: string) => tablesOf(text).map((rows) => rows.map((row) => row.map((c) => c.text)));

  it.each([
    ['│', '┌──┬──┐', '├──┼──┤'],
    ['┃', '┏━━┳━━┓', '┣━━╋━━┫'],
    ['║', '╔══╦══╗', '╠══╬══╣'],
    ['|', '+----+----+', '+----+----+'],
  ])('with %s', (bar, border, between) => {
    const rows = ['信息内容', '规章', '行政许可'].map((label, i) => `${bar}${label}${bar} ${i} ${bar}`);
    expect(texts([border, ...rows.flatMap((row) => [row, between])].join('\n'))).toEqual([
      [
        ['信息内容', '0'],
        ['规章', '1'],
        ['行政许可', '2'],
      ],
    ]);
  });

  it('between strokes a row has as many lines as its longest cell', () => {
    const wrapped = [
      '┌─┐',
      '│信息内容│数量│',
      '├─┤',
      '│行政规范│　　│',
      '│性文件　│　3 │',
      '├─┤',
      '│行政许可│    │',
      '└─┘',
    ];
    expect(texts(wrapped.join('\n'))).toEqual([
      [
        ['信息内容', '数量'],
        ['行政规范性文件', '3'],
        ['行政许可', ''],
      ],
    ]);
  });

  it('without strokes between them lines are rows', () => {
    const rows = ['┌─┐', '│信息内容│数量│', '├─┤', '│规章│1│', '│行政规范性文件│3│', '└─┘'];
    expect(texts(rows.join('\n'))).toEqual([
      [
        ['信息内容', '数量'],
        ['规章', '1'],
        ['行政规范性文件', '3'],
      ],
    ]);
  });

  it('a bar in a sentence draws no table', () => {
    expect(texts('示例市｜2022年政府信息公开工作年度报告')).toEqual([]);
    expect(readText('示例市｜2022年政府信息公开工作年度报告').blocks).toMatchObject([
      { text: '示例市｜2022年政府信息公开工作年度报告' },
    ]);
  });
});
