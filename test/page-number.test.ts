import { expect, test } from 'vitest';
import { isPageNumber } from '../transforms/printed/page-number.ts';

test.each([
  '- 4 -',
  '—4—',
  '－ 12 －',
  '· 3 ·',
  '第4页',
  '第 4 页 共 9 页',
  '第4页，共12页',
  '第4页/共9页',
  '4页',
  '4/9',
  '４／９',
])('%s', (text) => {
  expect(isPageNumber(text)).toBe(true);
});

test.each(['4', '-4', '—', '/', '第4条', '2021年', '12,345', '4/9/2022', '', '-'.repeat(100_000)])(
  'no page number: %s',
  (text) => {
    expect(isPageNumber(text)).toBe(false);
  },
);
