import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { families } from '../scrapers/families/index.ts';
import { inForce, parseRegister } from '../scrapers/portals.ts';
import { divisionOf, everyDivision, STATE } from '../transforms/identity/divisions.ts';

const HEADER = 'id,division,name,family,index_url,from,until,vantage,note\n';
const GOOD =
  'shili-city,990100,示例市人民政府,nfcms,https://www.shili.simulator.test/nb/,2020-01-01,2021-12-31,any,"invented, of course"\n';

const file = (name: string) => readFileSync(new URL(`../scrapers/${name}`, import.meta.url), 'utf8');
const OWN = parseRegister(file('portals.csv'));

/** What a name adds behind the organ: a year, the portal it stands on. */
const organOf = (name: string) => name.replace(/（[^）]*）$/, '');

describe('the register of the project', () => {
  test.each(OWN.map((portal) => [portal.id, portal] as const))('%s', (_, portal) => {
    const { index_url, division, name, family, how, seen_in, verified } = portal;
    expect(new URL(index_url).hostname).toMatch(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.gov\.cn$/);
    expect([...families.keys()]).toContain(family);
    expect(how).toMatch(/^(?:seen|derived)$/);
    expect(seen_in).toMatch(/^(?:https?:\/\/\S+|public (?:code|notes|page)|a copy on another site)$/);
    expect(verified).toBeNull();
    // A family is named where the address of a report shows it, else `auto` finds it out.
    const listing = families.get(family)?.listing;
    if (how === 'derived' && listing && 'rows' in listing && seen_in?.startsWith('http'))
      expect(new URL(seen_in).pathname).toMatch(listing.rows.address);
    // The code is that of the place whose name it carries: hosts of the same sound belong to others (qj: 綦江, 黔江).
    if (division !== STATE) expect(divisionOf(organOf(name), { at: null, hint: null })).toBe(division);
  });

  test('has on each host the organs of one prefecture, or of a province', () => {
    for (const { id, index_url, division } of OWN)
      for (const other of OWN.filter((one) => new URL(one.index_url).host === new URL(index_url).host)) {
        const shared = [division, other.division].some((code) => code.endsWith('0000')) ? 2 : 4;
        expect(other.division.slice(0, shared), `${id} and ${other.id}`).toBe(division.slice(0, shared));
      }
  });

  test('knows what it lacks: prefectures of Guangdong and districts of Guangzhou without a line', () => {
    const lines = new Set(OWN.map(({ division }) => division));
    const without = everyDivision()
      .filter(({ code, until }) => until === Infinity && /^44(?:\d\d00|01\d\d)$/.test(code) && !lines.has(code))
      .map(({ name }) => name);
    expect(without).toEqual(['茂名市', '梅州市', '清远市']);
  });

  test('columns of which only an article is known are apart from it, and the documentation counts both', () => {
    const [header, ...rows] = parse(file('candidates.csv')) as string[][];
    const docs = readFileSync(new URL('../docs/portals.md', import.meta.url), 'utf8');
    const places = new Set(OWN.map(({ division }) => division.slice(0, 2)));
    const inGuangdong = OWN.filter(({ division }) => division.startsWith('44')).length;
    expect(docs).toContain(
      `${OWN.length} columns of ${places.size - 1} provinces and the state, ${inGuangdong} of them in Guangdong`,
    );
    expect(docs).toContain(`has ${rows.length} publishers`);
    expect(header).toEqual(['division', 'name', 'family_believed', 'article', 'note']);
    const listed = new Set(OWN.map(({ index_url }) => index_url));
    for (const [division = '', name = '', , article = '', note = ''] of rows) {
      expect(divisionOf(organOf(name), { at: null, hint: null }), name).toBe(division);
      if (article === '') expect(note).toMatch(/^only the path is known/);
      else expect(new URL(article).hostname).toMatch(/\.cn$/);
      expect(listed).not.toContain(article);
    }
  });
});

test('every family is keyed by its id', () => {
  for (const [id, family] of families) expect(family.id).toBe(id);
});

describe('parseRegister', () => {
  test('reads a row, quotes and empty dates included', () => {
    const open = GOOD.replace('shili-city', 'shili-old').replace('/nb/', '/old/').replace('2020-01-01,2021-12-31', ',');
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
    ['a family that is no slug', GOOD.replace('nfcms', 'TRS WCM'), /line 3: family/],
    ['a code that no division ever had', GOOD.replace('990100', '440199'), /line 3: division: no division/],
    [
      'a column that stands in another line, by https or www',
      GOOD.replace('shili-city', 'b').replace('https://www.', 'http://'),
      /line 3: index_url http:.* is already on line 2/,
    ],
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
    expect(() => parseRegister(HEADER.replace('note', 'note,colour') + GOOD)).toThrow(/line 1.*colour/);
  });

  test('reads what is known of a line: former hosts, where it was seen, whether anybody tried it', () => {
    const header = HEADER.replace('note', 'note,verified,aliases,how,seen_in');
    const line = (more: string) => header + GOOD.replace('\n', `,${more}\n`);
    expect(parseRegister(line('never,old.simulator.test older.simulator.test,derived,public code'))).toMatchObject([
      {
        aliases: ['old.simulator.test', 'older.simulator.test'],
        how: 'derived',
        seen_in: 'public code',
        verified: null,
      },
    ]);
    expect(parseRegister(line('2026-01-31,,seen,https://a.example/'))).toMatchObject([
      { aliases: [], verified: '2026-01-31' },
    ]);
    for (const wrong of [',,seen,x', 'soon,,seen,x', 'never,http://a/b,seen,x', 'never,,guessed,x', 'never,,seen,'])
      expect(() => parseRegister(line(wrong))).toThrow(/line 2/);
  });
});

test('a portal is in force from its first to its last day', () => {
  const portals = parseRegister(
    HEADER + GOOD + GOOD.replace('shili-city', 'open').replace('/nb/', '/open/').replace('2020-01-01,2021-12-31', ','),
  );
  const on = (day: string) => inForce(portals, day).map(({ id }) => id);
  expect(on('2019-12-31')).toEqual(['open']);
  expect(on('2020-01-01')).toEqual(['shili-city', 'open']);
  expect(on('2021-12-31')).toEqual(['shili-city', 'open']);
  expect(on('2022-01-01')).toEqual(['open']);
});
