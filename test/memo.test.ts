import { expect, test } from 'vitest';
import { memo, once } from '../transforms/memo.ts';

test('an answer is made once for a text, null included, and once for an object', () => {
  const asked: unknown[] = [];
  const length = memo((text: string) => (asked.push(text), text === '' ? null : text.length));
  expect([length('甲乙'), length('甲乙'), length(''), length('')]).toEqual([2, 2, null, null]);
  const line = { zh: '总计' };
  const same = memo((key: object) => (asked.push(key), key));
  expect([same(line), same(line), same({ zh: '总计' }) === line]).toEqual([line, line, false]);
  expect(asked).toEqual(['甲乙', '', line, { zh: '总计' }]);
});

test('texts of hostile pages do not fill the memory: a full memo starts afresh', () => {
  let made = 0;
  const answer = memo((text: string) => (made++, text));
  for (let i = 0; i < 20_000; i++) answer(String(i));
  answer('0');
  expect(made).toBe(20_000);
  answer('one more');
  answer('0');
  expect(made).toBe(20_002);
  answer('字'.repeat(401));
  answer('字'.repeat(401));
  expect(made).toBe(20_004);
});

test('a constant is made when it is first needed, and again after it was forgotten', () => {
  let made = 0;
  const constant = once(() => ++made);
  expect(made).toBe(0);
  expect([constant(), constant()]).toEqual([1, 1]);
  constant.forget();
  expect(constant()).toBe(2);
});
