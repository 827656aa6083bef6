import { expect, test } from 'vitest';
import { sayRuns, type Look } from '../transforms/doc/runs.ts';

const said = (...runs: [string, Look?][]) => sayRuns(runs.map(([text, look = 'plain']) => ({ text, look })));

test.each<[string, string, [string, Look?][]]>([
  ['behind a number', '18452 (1)', [['18452'], ['1', 'raised']]],
  ['in pieces', '18452 (12)', [['184'], ['52'], ['1', 'raised'], ['2', 'raised']]],
  ['before a number', '147 (注3)', [['注3', 'raised'], ['147']]],
  ['before its counter', '147件 (1)', [['147'], ['1', 'raised'], ['件']]],
  ['behind a number of a sentence', '收到23 (1)件。', [['收到23'], ['1', 'raised'], ['件。']]],
  ['behind a word', 'm2', [['m'], ['2', 'raised']]],
  ['behind a dash', '— (2)', [['—'], ['2', 'raised']]],
  [
    'alone',
    '23',
    [
      ['2', 'raised'],
      ['3', 'raised'],
    ],
  ],
])('a mark %s', (_, text, runs) => {
  expect(said(...runs)).toEqual({ text, unread: null });
});

test('what is struck through or unseen is not said; that there is nothing else is', () => {
  expect(said(['18450', 'struck'], ['18452'])).toEqual({ text: '18452', unread: null });
  expect(said(['99', 'unseen'], ['2316'])).toEqual({ text: '2316', unread: null });
  expect(said(['18450', 'struck'], [' '])).toEqual({ text: ' ', unread: 'struck' });
  expect(said(['18450', 'unseen'])).toEqual({ text: '', unread: null });
});

test.each([
  ['5', '3'],
  ['５', '3'],
  ['5', '３'],
  ['，', '３'],
])('pale digits beside others may be one number with them: %s and pale %s', (plain, pale) => {
  expect(said([plain], [pale, 'pale'])).toEqual({ text: plain, unread: 'pale' });
  expect(said([pale, 'pale'], [plain])).toEqual({ text: plain, unread: 'pale' });
});

test('a mark behind a full-width digit of a sentence is set apart', () => {
  expect(said(['收到２３'], ['1', 'raised'], ['件。'])).toEqual({ text: '收到２３ (1)件。', unread: null });
});
