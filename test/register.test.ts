import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { families } from '../scrapers/families/index.ts';
import { inForce, parseRegister } from '../scrapers/portals.ts';

const HEADER = 'id,division,name,family,index_url,from,until,vantage,note\n';
const GOOD =
  'shili-city,990100,示例市人民政府,nfcms,https://www.shili.simulator.test/nb/,2020-01-01,2021-12-31,any,"invented, of course"\n';

test('the register of the project is right, and every family is keyed by its id', () => {
  const portals = parseRegister(readFileSync(new URL('../scrapers/portals.csv', import.meta.url), 'utf8'));
  expect(portals.length).toBeGreaterThan(0);
  for (const portal of portals) {
    expect(new URL(portal.index_url).hostname).toMatch(/\.gov\.cn$/);
    expect(portal.division).toMatch(/^44/);
    expect(portal.note).toContain('never tried against the live portal');
  }
  for (const [id, family] of families) expect(family.id).toBe(id);
});

describe('parseRegister', () => {
  test('reads a row, quotes and empty dates included', () => {
    const open = GOOD.replace('shili-city', 'shili-old').replace('2020-01-01,2021-12-31', ',');
    expect(parseRegister(`\uFEFF${HEADER}${GOOD}\n${open}`)).toEqual([
      {
        id: 'shili-city',
        division: '990100',
        name: '示例市人民政府',
        family: 'nfcms',
        index_url: 'https://www.shili.simulator.test/nb/',
        from: '2020-01-01',
        until: '2021-12-31',
        vantage: 'any',
        note: 'invented, of course',
      },
      expect.objectContaining({ id: 'shili-old', from: null, until: null }),
    ]);
  });

  test.each([
    ['a family nobody knows', GOOD.replace('nfcms', 'geocities'), /line 3: family.*nfcms/],
    ['an id that is no slug', GOOD.replace('shili-city', 'Shili City'), /line 3: id/],
    ['an id used twice', GOOD, /line 3: id shili-city is already on line 2/],
    ['a division of five digits', GOOD.replace('990100', '99010'), /line 3: division/],
    ['an address of another scheme', GOOD.replace('https', 'ftp'), /line 3: index_url/],
    ['an address with a password', GOOD.replace('https://', 'https://a:b@'), /line 3: index_url/],
    ['a day that does not exist', GOOD.replace('2020-01-01', '2020-02-30'), /line 3: from/],
    ['an epoch that ends before it begins', GOOD.replace('2020-01-01', '2022-01-01'), /line 3: .*from is after until/],
    ['a cell too few', GOOD.replace(',any', ''), /line 3: 8 cells/],
    ['no name', GOOD.replace('示例市人民政府', ''), /line 3: name/],
  ])('refuses %s', (_, row, message) => {
    expect(() => parseRegister(HEADER + GOOD + row)).toThrow(message);
  });

  test('refuses another header', () => {
    expect(() => parseRegister(GOOD)).toThrow(/line 1/);
    expect(() => parseRegister('')).toThrow(/line 1/);
  });
});

test('a portal is in force from its first to its last day', () => {
  const portals = parseRegister(
    HEADER + GOOD + GOOD.replace('shili-city', 'open').replace('2020-01-01,2021-12-31', ','),
  );
  const on = (day: string) => inForce(portals, day).map(({ id }) => id);
  expect(on('2019-12-31')).toEqual(['open']);
  expect(on('2020-01-01')).toEqual(['shili-city', 'open']);
  expect(on('2021-12-31')).toEqual(['shili-city', 'open']);
  expect(on('2022-01-01')).toEqual(['open']);
});
