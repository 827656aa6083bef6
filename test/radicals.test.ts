import { expect, test } from 'vitest';
import { foldForms, foldRadicals } from '../transforms/characters/radicals.ts';
import { keyOf } from '../transforms/printed/labels.ts';

test('radicals become the characters they stand for, and nothing else changes', () => {
  expect(foldRadicals('⼀⾏⺠⻔⻓⼾⻅⻋⻛⺟')).toBe('一行民门长户见车风母');
  expect(foldRadicals('（一）①㎡Ⅳ，户')).toBe('（一）①㎡Ⅳ，户');
  expect(foldForms('（⼀）①，⼾')).toBe('(一)1,户');
});

test('every radical of both blocks has an ordinary character of the basic plane', () => {
  const block = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, i) => String.fromCharCode(first + i));
  // U+2E80 repeats the character before it, U+2E9A is not assigned.
  for (const radical of [...block(0x2e81, 0x2ef3), ...block(0x2f00, 0x2fd5)])
    if (radical !== '\u2e9a') expect(foldRadicals(radical)).toMatch(/^[\u3400-\u9fff]$/);
});

test('keys fold as text layers do: a label may be printed with radicals', () => {
  for (const [printed, label] of [
    ['⼾籍', '户籍'],
    ['⼈⺠政府', '人民政府'],
    ['⻓期', '长期'],
  ])
    expect(keyOf(printed!)).toBe(keyOf(label!));
});
