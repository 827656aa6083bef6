import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { daysToNextVisit } from '../pipelines/revisits.ts';

const idOf = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 16);
const days = (published: string | null, now: string, name = 'a') =>
  daysToNextVisit({ document_id: idOf(name), listed_on: published, article: null }, 30, new Date(`${now}T18:00:00Z`));
const names = Array.from({ length: 400 }, (_, i) => `article ${i}`);
const mean = (published: string, now: string) =>
  names.reduce((sum, name) => sum + days(published, now, name), 0) / names.length;

test('what appeared this season is looked at twice a month, an old report once a year', () => {
  expect(mean('2026-01-20', '2026-02-10')).toBeCloseTo(15, 0);
  expect(mean('2026-01-20', '2026-05-10')).toBeCloseTo(30, 0);
  expect(mean('2025-01-20', '2026-01-21')).toBeCloseTo(92, -1);
  expect(mean('2015-01-20', '2026-02-10')).toBeCloseTo(360, -1);
});

test('what was fetched on one day comes due over half of its interval, and no night gets more than its share', () => {
  const due = names.map((name) => Math.ceil(days('2015-01-20', '2026-02-10', name)));
  expect(Math.min(...due)).toBeGreaterThanOrEqual(270);
  expect(Math.max(...due)).toBeLessThanOrEqual(450);
  const onADay = new Map<number, number>();
  for (const day of due) onADay.set(day, (onADay.get(day) ?? 0) + 1);
  // 400 articles over 180 nights: two a night, and by chance rarely more than nine.
  expect(Math.max(...onADay.values())).toBeLessThan(10);
});

test('a date that is none, or of the future, counts as today; the same article always gets the same answer', () => {
  expect(days(null, '2026-07-01')).toBeLessThan(38);
  expect(days('2031-01-01', '2026-07-01')).toBeLessThan(38);
  expect(days('2015-01-20', '2026-02-10')).toBe(days('2015-01-20', '2026-02-10'));
});
