import { expect, test } from 'vitest';
import { changedTable } from '../scripts/compose/changes.ts';
import { htmlPage } from '../scripts/compose/html.ts';
import { scoreOf } from '../scripts/compose/score.ts';
import { cleanStyle } from '../scripts/compose/styles.ts';
import { formats, kinds, unit } from '../scripts/compose/units-kind.ts';
import { stating, withUnit, type Statement } from '../scripts/compose/units.ts';
import { read } from '../transforms/read.ts';
import { figuresOf, readString } from './reading.fixture.ts';

/** Of each place in which a unit may stand, in each format. PDF, which takes a browser, is read in the composed corpus. */
const INSTANCES = 5;
const noBrowser = () => Promise.reject(new Error('no browser'));

test.each(formats.filter((format) => format !== 'pdf'))(
  '%s: the unit is found wherever it stands, and no other is supposed',
  async (format) => {
    const seen = new Map<string, number>();
    for (let turn = 0; turn < INSTANCES * kinds(format).length; turn++) {
      const { bytes, extension, truth } = await unit(turn * formats.length + formats.indexOf(format), noBrowser);
      const reading = await read({ bytes, path: `source.${extension}`, contentType: null, sha256: '' });
      const codes = reading.findings.map((f) => f.code).filter((code) => /^(unit|value|label|line)_/.test(code));
      const [, kind = ''] = truth.tags;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      const expected = kind === 'unknown' ? ['unit_unknown'] : kind === 'conflict' ? ['unit_conflict'] : [];
      // The label that pasted text parts from its unit is found by its place.
      const named = codes.filter((code) => !(format === 'pasted' && code.startsWith('label_')));
      expect([turn, kind, scoreOf(truth, reading).look, named]).toEqual([turn, kind, [], expected]);
    }
    expect(Math.min(...seen.values())).toBeGreaterThanOrEqual(INSTANCES);
    expect([...seen.keys()].sort()).toEqual([...new Set(kinds(format))].sort());
  },
  120_000,
);

const fees = async (of: Partial<Statement>, digits = '12.5', change = (page: string) => page) => {
  const page = htmlPage(figuresOf(), {
    ...cleanStyle,
    ...changedTable('proactive', withUnit(digits, stating(of))),
  });
  const { facts, findings } = await readString(change(page));
  return { fact: facts.find((f) => f.line === 'fees'), findings: findings.filter((f) => f.code.startsWith('unit_')) };
};

test('a caption above the table and a note under it count, what stands over the next table does not', async () => {
  const above = (text: string) => (page: string) =>
    page.replace(/(<table(?:(?!<table)[\s\S])*?第二十条)/, `<p>${text}</p>$1`);
  expect((await fees({}, '12.5', above('单位：千元'))).fact).toMatchObject({ value: 12_500, unit: 'yuan' });
  const under = (text: string) => (page: string) =>
    page.replace(/(行政事业性收费[\s\S]*?<\/table>)/, `$1<p>${text}</p>`);
  expect((await fees({}, '12.5', under('注：收费金额单位为百万元'))).fact).toMatchObject({ value: 12_500_000 });
});

test('the unit of the number itself stands against any other, which is named once', async () => {
  const { fact, findings } = await fees({ header: '（元）', behind: '万元', caption: '单位：千元' });
  expect(fact).toMatchObject({ value: 125_000, unit: 'yuan' });
  expect(findings).toMatchObject([{ code: 'unit_conflict', details: { units: ['万元', '元', '千元'] } }]);
});

test('units that disagree around a number leave it as printed', async () => {
  const { fact, findings } = await fees({ header: '（万元）', note: '注：收费金额单位为元' });
  expect(fact).toMatchObject({ value: 12.5, unit: 'unknown', status: 'unverified' });
  expect(findings.map((f) => f.code)).toEqual(['unit_conflict']);
});

test('the message names the unit that is printed, not that of the form', async () => {
  const { fact, findings } = await fees({ header: '（单位：W元）' });
  expect(fact).toMatchObject({ value: 12.5, unit: 'unknown', status: 'unverified' });
  expect(findings).toHaveLength(1);
  expect(findings[0]!.message).toContain('W元');
  expect(findings[0]!.message).not.toContain('万元');
});
