import { expect, test } from 'vitest';
import { compare, identityErrors, Truth } from '../scripts/compare.ts';
import { finding } from '../transforms/findings.ts';
import type { Fact, Reading } from '../transforms/report.ts';
import { unreadable } from './reading.fixture.ts';

const fact = (col: string, value: number | null, over: Partial<Fact> = {}): Fact => ({
  grid: 'requests',
  line: 'received',
  col,
  edition: '2021',
  value,
  absence: value === null ? 'blank' : null,
  unit: 'count',
  raw: String(value ?? ''),
  status: 'unverified',
  proofs: 0,
  place: { block: 0, row: 0, column: 0 },
  ...over,
});

const reading = (facts: Fact[], over: Partial<Reading> = {}): Reading => ({
  ...unreadable('a.html'),
  findings: [],
  facts,
  ...over,
});

const truth = (cells: Record<string, number | null>, more = {}) =>
  Truth.parse({
    report: { publisher: '虚构县人民政府', division_code: '990101', year: 2020 },
    facts: Object.entries(cells).map(([col, value]) => ({ grid: 'requests', line: 'received', col, value })),
    ...more,
  });

test('right, wrong, missing and extra cells are told apart; a blank is a value', () => {
  const result = compare(
    truth({ a: 1, b: null, c: 3, d: 4 }),
    reading([fact('a', 1), fact('b', null), fact('c', 8), fact('e', 0)]),
  );
  expect(result).toMatchObject({ right: 2, wrong: 1, missing: 1, extra: 1, unflagged: 2 });
});

test('a zero where nothing is printed is wrong, and so is nothing where a zero is printed', () => {
  const result = compare(truth({ a: null, b: 0 }), reading([fact('a', 0), fact('b', null)]));
  expect(result).toMatchObject({ right: 0, wrong: 2, unflagged: 2 });
});

test('a wrong cell is flagged by its status or by a finding that names it, not by information', () => {
  const cells = (col: string) => [{ grid: 'requests', line: 'received', col }];
  const named = finding('fact.repeated', cells('b'), { first: '1', second: '2' });
  const information = finding('local_regulations', cells('c'), { publisher: '示例市' });
  const facts = [fact('a', 9, { status: 'contradicted' }), fact('b', 9), fact('c', 9)];
  const result = compare(truth({ a: 1, b: 1, c: 1 }), reading(facts, { findings: [named, information] }));
  expect(result).toMatchObject({ wrong: 3, unflagged: 1 });
});

test('an error that the document prints must be noticed', () => {
  const planted = truth({ a: 9 }, { error_planted: ['requests', 'received', 'a'] });
  expect(compare(planted, reading([fact('a', 9)])).look).toHaveLength(1);
  expect(compare(planted, reading([fact('a', 9, { status: 'contradicted' })])).look).toEqual([]);
});

test('identity is compared as far as the truth states it', () => {
  const report = { publisher: '虚构县人民政府', division_code: '990101', year: 2019, title: null, published_on: null };
  expect(identityErrors(truth({}), reading([], { report }))).toEqual(['year is 2020, read 2019']);
  expect(identityErrors(truth({}), reading([]))).toHaveLength(3);
  expect(identityErrors(Truth.parse({ report: { year: 2019 }, facts: [] }), reading([], { report }))).toEqual([]);
});
