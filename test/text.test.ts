import { expect, it } from 'vitest';
import { readText } from '../transforms/formats/text.ts';

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
  // What is struck alone is not blank: it stays as it is written, and is no number.
  ['~~18~~', '~~18~~'],
  // An element with attributes may hide what it holds: it stays, and makes no number of two.
  ['<span style="display:none">9</span>18', '<span style="display:none">9</span>18'],
])('a cell of Markdown says what a reader sees: %s', (written, said) => {
  expect(cellsOf(`| 行政许可 | ${written} | 3 |`)).toEqual(['行政许可', said, '3']);
  expect(cellsOf(`行政许可\t${written}\t3`)).toEqual(['行政许可', said, '3']);
});
