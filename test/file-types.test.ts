import { expect, test } from 'vitest';
import { isFileAddress, isPictureAddress, withoutFileType } from '../transforms/printed/file-types.ts';

test.each([
  ['/a/年报.docx', true],
  ['a.PDF#page=2', true],
  ['a.wps?v=1', true],
  ['a.tiff ', true],
  ['/pdf', false],
  ['a.html', false],
  ['a.pdf/', false],
  ['a.pdfx', false],
])('%s leads to a file: %s', (address, file) => expect(isFileAddress(address)).toBe(file));

test('some files are pictures', () => {
  expect(['1.jpeg', '1.PNG?x', '1.tif', '1.pdf', '1.gif'].map(isPictureAddress)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('a title may end in the type of its file or page', () => {
  const name = '虚构县2023年政府信息公开工作年度报告';
  for (const type of ['pdf', 'DOC', 'xlsx', 'ofd', 'rar', 'jpg', 'htm', 'shtml'])
    expect(withoutFileType(`${name}.${type}`)).toBe(name);
  expect(withoutFileType(`${name}.2`)).toBe(`${name}.2`);
});
