import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginAccount, countVisits, pastOf, portalAccounts, type RunAccount } from '../pipelines/accounts/account.ts';
import { Acknowledged, Believed, parseReviewed, printReviewed } from '../pipelines/accounts/reviewed.ts';
import { nothingHeld } from '../pipelines/accounts/holdings.ts';
import {
  ageInDays,
  curedOf,
  extentOf,
  isAcknowledged,
  latelyOf,
  newOf,
  problemsOf,
  type Acknowledgement,
  type Cured,
  type Problem,
  type Trouble,
} from '../pipelines/accounts/problem.ts';
import { dueAfter, unreachedOf, type Newest } from '../pipelines/accounts/silence.ts';
import { ofHoldings, ofPortals, withoutRepeats, withoutShut, withoutUnread } from '../pipelines/accounts/troubles.ts';
import type { PortalLinks, StoredCapture } from '../pipelines/archive/archive.ts';
import { documentsOf } from '../pipelines/archive/documents.ts';
import { openArchive } from '../pipelines/archive/folder.ts';
import { clockFrom } from '../pipelines/clock.ts';
import { finding } from '../transforms/findings.ts';
import { portal, report } from './invented.ts';

const list = 'http://one.simulator.test/nb/';
const article = `${list}content/post_1.html`;
const blocked = (status: number): Trouble => ({ portal: 'one', ...finding('list_blocked', [], { list, status }) });
const links = (over: Partial<PortalLinks> = {}): PortalLinks => ({
  portal: portal('one'),
  listed_at: '2026-01-01T02:00:00Z',
  listed: 1,
  links: [
    { portal: 'one', url: article, title: report(2023), date: null, id: null, first_seen: '2024-03-01T02:00:00Z' },
  ],
  problems: [],
  ...over,
});
const capture = (over: Partial<StoredCapture>): StoredCapture => ({
  url: article,
  final_url: article,
  portal: 'one',
  kind: 'article',
  requested_at: '2026-01-01T02:00:00Z',
  status: 200,
  headers: {},
  sha256: 'a'.repeat(64),
  bytes: 100,
  media_type: 'text/html',
  outcome: 'ok',
  error: null,
  vantage: 'test',
  simulated: true,
  via: 'http',
  document_url: article,
  ...over,
});

describe('a problem', () => {
  test('is the same whatever its message says, and as old as when it was first seen', () => {
    const [first] = problemsOf([blocked(403)], [], [], '2026-01-01T02:00:00.000Z');
    const [second] = problemsOf([blocked(412)], first ? [first] : [], [], '2026-01-09T02:00:00.000Z');
    expect(second).toMatchObject({ id: first?.id, since: '2026-01-01T02:00:00.000Z', url: list, code: 'list_blocked' });
    expect(second?.message).not.toBe(first?.message);
    expect(ageInDays(second?.since ?? '', '2026-01-09T01:00:00.000Z')).toBe(7);
  });

  test('is another one at another portal, address, column or code', () => {
    const short = (column: string): Trouble => ({
      portal: 'one',
      ...finding('list_short', [], { list, column, articles: 1, stated: 2 }),
    });
    const troubles = [
      blocked(403),
      { ...blocked(403), portal: 'two' },
      { portal: 'one', ...finding('list_missing', [], { list, status: 404 }) } as const,
      { portal: 'one', ...finding('list_blocked', [], { list: `${list}2`, status: 403 }) } as const,
      short('a'),
      short('b'),
    ];
    expect(new Set(problemsOf(troubles, [], [], '2026-01-01').map(({ id }) => id)).size).toBe(6);
  });

  test('met twice in a night is told once, and what is no fault not at all', () => {
    const info: Trouble = { ...blocked(403), level: 'info', portal: 'two' };
    expect(problemsOf([blocked(403), blocked(412), info], [], [], '2026-01-01')).toHaveLength(1);
  });

  test('that comes and goes is one, until it stayed away for a week', () => {
    let before: Problem[] = [];
    let lately: Cured[] = [];
    const told: string[] = [];
    for (let day = 1; day <= 24; day++) {
      const at = `2026-01-${String(day).padStart(2, '0')}T02:00:00.000Z`;
      const isDown = day <= 8 && day % 2 === 0;
      const problems = problemsOf(isDown ? [blocked(403)] : [], before, [], at, lately);
      const cured = curedOf(problems, before);
      for (const { since } of newOf(problems, before)) told.push(`${day} new ${since.slice(8, 10)}`);
      for (const { seen } of cured) told.push(`${day} cured ${seen.slice(8, 10)}`);
      lately = latelyOf(cured, lately, at);
      before = problems;
    }
    expect(told).toEqual(['2 new 02', '3 cured 02', '4 new 02', '16 cured 08']);
    expect(lately).toEqual([]);
  });

  test('that is acknowledged is listed and is told again when the day is over', () => {
    const [{ id } = { id: '' }] = problemsOf([blocked(403)], [], [], '2026-01-01');
    const ack = [{ id, until: '2026-01-31', why: 'moved', extent: 1 }];
    const on = (day: string) => problemsOf([blocked(403)], [], ack, `${day}T23:00:00Z`)[0];
    expect(on('2026-01-31')).toMatchObject({ acknowledged: true, until: '2026-01-31', why: 'moved' });
    expect(on('2026-02-01')).toMatchObject({ acknowledged: false, until: null, why: null });
  });

  test.each<[string, (extent: number) => Trouble]>([
    ['reports', (n) => ({ portal: 'one', ...finding('reports_unlisted', [], { list, reports: n, examples: [] }) })],
    [
      'pages',
      (n) => ({
        portal: 'one',
        ...finding('pages_lost', [], { list, pages: Array.from({ length: n }, (_, i) => i), how: 'empty' }),
      }),
    ],
    [
      'rows that are lacking',
      (n) => ({ portal: 'one', ...finding('list_short', [], { list, articles: 100 - n, stated: 100 }) }),
    ],
    [
      'what it fell by',
      (n) => ({ portal: 'one', ...finding('reports_fell', [], { now: 100 - n, before: 100, on: '2026-01-01' }) }),
    ],
  ])('that has grown since somebody saw it is told again: %s', (_, of) => {
    const [{ id, details } = { id: '', details: {} }] = problemsOf([of(2)], [], [], '2026-01-01');
    const ack = [{ id, until: '2026-12-31', why: 'seen', extent: extentOf(details) }];
    const seen = (extent: number) => problemsOf([of(extent)], [], ack, '2026-02-01')[0];
    expect([1, 2, 3].map((extent) => [seen(extent)?.id, seen(extent)?.acknowledged])).toEqual([
      [id, true],
      [id, true],
      [id, false],
    ]);
  });
});

describe('many that are alike', () => {
  const unread = (n: number): Trouble => ({
    portal: 'one',
    ...finding('document_unread', [], { url: `http://one.simulator.test/${n}.html`, said: 'no table' }),
  });
  const night = (of: number[], before: Problem[], ack: Acknowledgement[], day: string): Problem[] =>
    problemsOf(
      withoutRepeats(of.map(unread), (trouble) => isAcknowledged(trouble, ack, day)),
      before,
      ack,
      day,
    );
  const ackOf = ({ id, details }: Problem): Acknowledgement => ({
    id,
    until: '2026-12-31',
    why: 'known',
    extent: extentOf(details),
  });
  const open = (problems: Problem[]) => problems.filter(({ acknowledged }) => !acknowledged);

  test('whoever knows of three is told of the fourth alone', () => {
    const three = night([1, 2, 3], [], [], '2026-01-01');
    const four = night([1, 2, 3, 4], three, three.map(ackOf), '2026-01-02');
    expect(open(four).map(({ url }) => url)).toEqual(['http://one.simulator.test/4.html']);
  });

  test('whoever knows of four knows of the three that are left, and they are not over', () => {
    const four = night([1, 2, 3, 4], [], [], '2026-01-01');
    expect(four.map(({ code }) => code)).toEqual(['articles_alike']);
    const three = night([1, 2, 4], four, four.map(ackOf), '2026-01-02');
    expect(three.map(({ acknowledged, since }) => [acknowledged, since])).toEqual(
      [1, 2, 4].map(() => [true, '2026-01-01']),
    );
    expect(curedOf(three, four)).toEqual([]);
    expect(open(night([1, 2, 3, 4, 5], four, four.map(ackOf), '2026-01-02'))).toHaveLength(1);
  });

  test('a file that cannot be had is told and not that its page holds nothing, which that of another is', () => {
    const url = 'http://one.simulator.test/1.html';
    const file: Trouble = {
      portal: 'one',
      ...finding('file_failed', [], { url, file: 'http://one.simulator.test/1.doc', outcome: 'not_found' }),
    };
    const told = withoutUnread([file, unread(1), unread(2), { ...unread(1), portal: 'two' }]);
    expect(told).toEqual([file, unread(2), { ...unread(1), portal: 'two' }]);
  });

  test('what was asked of the portal in vain is told once as well, its lists by themselves', () => {
    const failed = [1, 2, 3, 4].map((n): Trouble => {
      const said = `left for another night: a rest of ${3600 + n} s`;
      const url = `http://one.simulator.test/${n}.html`;
      return { portal: 'one', ...finding('article_failed', [], { url, status: null, outcome: 'left', said }) };
    });
    const files = [1, 2, 3, 4].map((n): Trouble => {
      const [url, file] = ['html', 'doc'].map((type) => `http://one.simulator.test/${n}.${type}`) as [string, string];
      return { portal: 'one', ...finding('file_failed', [], { url, file, outcome: 'not_found' }) };
    });
    const lists = [1, 2, 3, 4].map((n): Trouble => {
      const list = `http://one.simulator.test/${n}/`;
      return { portal: 'one', ...finding('list_missing', [], { list, status: 404 }) };
    });
    const told = withoutRepeats([...lists, ...failed, ...files], () => false);
    expect(told.map(({ code }) => code)).toEqual([
      ...lists.map(({ code }) => code),
      'articles_alike',
      'articles_alike',
    ]);
    const day = '2026-01-01';
    const [one] = problemsOf(failed.slice(0, 1), [], [], day);
    const [many] = problemsOf(told.slice(4, 5), [], [], day);
    expect(newOf([one!], [many!])).toEqual([]);
  });

  test('three that become four are as old as the first of them, and a fourth is news', () => {
    const three = night([1, 2, 3], [], [], '2026-01-01');
    const four = night([1, 2, 3, 4], three, [], '2026-01-02');
    expect(four.map(({ since }) => since)).toEqual(['2026-01-01']);
    expect([newOf(four, three).length, curedOf(four, three), newOf(three, four)]).toEqual([1, [], []]);
    expect(curedOf([], four)).toEqual(four);
  });
});

describe('acknowledged.csv', () => {
  const line = {
    id: 'abcdef012345',
    portal: 'one',
    code: 'article_gone',
    url: article,
    until: '2026-01-31',
    why: 'x',
    extent: 1,
  };
  test('says again what was written, whatever the reason says', () => {
    const lines = [line, { ...line, id: '012345abcdef', why: '栏目已关闭, "moved"\nsee mail' }];
    expect(parseReviewed(Acknowledged, printReviewed(Acknowledged, lines), 'a.csv')).toEqual(lines);
    expect(parseReviewed(Acknowledged, '', 'a.csv')).toEqual([]);
  });
  test('believed.csv likewise', () => {
    const right = { url: article, sha256: 'a'.repeat(64), on: '2026-01-31', why: 'confirmed, "by phone"' };
    expect(parseReviewed(Believed, printReviewed(Believed, [right]), 'b.csv')).toEqual([right]);
    expect(() => parseReviewed(Believed, printReviewed(Believed, [{ ...right, sha256: 'x' }]), 'b.csv')).toThrow(
      /b\.csv line 2: sha256/,
    );
  });
  test.each([
    ['until', { ...line, until: '31.1.2026' }],
    ['why', { ...line, why: '' }],
    ['id', { ...line, id: 'one' }],
  ])('that somebody edited wrongly is told with its line: %s', (name, wrong) => {
    expect(() => parseReviewed(Acknowledged, printReviewed(Acknowledged, [line, wrong]), 'a.csv')).toThrow(
      new RegExp(`a\\.csv line 3: ${name}`),
    );
  });
});

describe('what is wrong as things stand', () => {
  const of = (captures: StoredCapture[], problems: PortalLinks['problems'] = []) =>
    withoutShut(ofPortals([links({ problems })], documentsOf([links()], captures))).map(({ code }) => code);
  const gone = capture({ status: 404, outcome: 'not_found', sha256: null, bytes: 0 });

  test('a dead link is one for as long as it was not seen alive', () => {
    expect(of([capture({}), gone])).toEqual(['article_gone']);
    expect(of([gone, capture({})])).toEqual([]);
    const failed = capture({ status: 403, outcome: 'blocked', sha256: null });
    expect(of([failed])).toEqual(['article_blocked']);
    expect(of([gone], [{ portal: 'one', ...finding('list_blocked', [], { list, status: 403 }) }])).toEqual([
      'list_blocked',
      'article_gone',
    ]);
  });
  test('a host that is down is told once, and not for each article that was due', () => {
    const failed = capture({ status: null, outcome: 'error', sha256: null, error: 'ECONNREFUSED' });
    const down = finding('list_error', [], { list, status: null, outcome: 'error' });
    expect(of([failed], [{ portal: 'one', ...down }])).toEqual(['list_error']);
    const moved = finding('list_error', [], { list, status: 200, outcome: 'moved' });
    expect(of([failed], [{ portal: 'one', ...moved }])).toEqual(['list_error', 'article_failed']);
  });
  test('what robots.txt closes is none', () => {
    expect(of([capture({ outcome: 'disallowed', status: null, sha256: null })])).toEqual([]);
  });
  test('a file that was never had', () => {
    const file = capture({ kind: 'attachment', url: `${list}a.docx`, outcome: 'error', status: 500, sha256: null });
    expect(of([capture({}), file])).toEqual(['file_failed']);
  });
});

describe('silence', () => {
  const codes = (newest: Partial<Newest>, now: string, listed = links()) =>
    ofHoldings(
      listed,
      new Map([['one', { ...nothingHeld, newest: { ...nothingHeld.newest, ...newest } }]]),
      {},
      new Date(now),
    ).map(
      ({ code, details }) =>
        `${code} ${JSON.stringify('of' in details ? [details.year, details.by, ...details.of] : [])}`,
    );

  test('a report is missed from the day after it was due to whom it was due, until it is there', () => {
    const government = 'report_overdue [2024,"2025-03-31","government"]';
    expect(codes({ government: 2023 }, '2025-03-31T23:00:00Z')).toEqual([]);
    expect(codes({ government: 2023 }, '2025-04-01T02:00:00Z')).toEqual([government]);
    expect(codes({ government: 2023 }, '2026-02-01T02:00:00Z')).toEqual([government]);
    expect(codes({ government: 2024 }, '2025-04-01T02:00:00Z')).toEqual([]);
    const organ = 'report_overdue [2024,"2025-01-31","organ"]';
    expect(codes({ organ: 2023 }, '2025-01-31T23:00:00Z')).toEqual([]);
    expect(codes({ organ: 2023 }, '2025-02-01T02:00:00Z')).toEqual([organ]);
    expect(codes({ organ: 2023, government: 2023 }, '2025-03-31T02:00:00Z')).toEqual([organ]);
    expect(codes({ organ: 2024, government: 2023 }, '2025-04-01T02:00:00Z')).toEqual([government]);
  });
  test('a column that went silent is one problem, that grows by those whose day has come', () => {
    const on = (day: string) => {
      const holding = { ...nothingHeld, newest: { organ: 2023, government: 2023 } };
      const [problem] = problemsOf(ofHoldings(links(), new Map([['one', holding]]), {}, new Date(day)), [], [], day);
      return [problem?.id, extentOf(problem?.details ?? {})];
    };
    const [id] = on('2025-02-01T02:00:00Z');
    expect([on('2025-02-01T02:00:00Z'), on('2025-04-01T02:00:00Z')]).toEqual([
      [id, 1],
      [id, 2],
    ]);
  });
  test('whoever knows that organs are late has not seen that governments are, once those have reported', () => {
    const on = (day: string, newest: Newest, known: Problem[]) => {
      const troubles = ofHoldings(links(), new Map([['one', { ...nothingHeld, newest }]]), {}, new Date(day));
      const acknowledged = known.map(({ id, details }) => ({
        id,
        until: '2025-12-31',
        why: '',
        extent: extentOf(details),
      }));
      return problemsOf(troubles, [], acknowledged, day);
    };
    const both = { organ: 2023, government: 2023 };
    const governments = { organ: 2024, government: 2023 };
    const organs = on('2025-02-01T02:00:00Z', both, []);
    const april = '2025-04-01T02:00:00Z';
    expect(on(april, governments, organs)).toMatchObject([{ acknowledged: false }]);
    expect(on(april, governments, on(april, both, []))).toMatchObject([{ acknowledged: true }]);
  });
  test('before the Regulations of 2019 everybody had until the end of March', () => {
    expect(dueAfter({ organ: 2017, government: 2018 })).toEqual([
      { of: 'organ', year: 2018, by: '2019-03-31' },
      { of: 'government', year: 2019, by: '2020-03-31' },
    ]);
    expect(dueAfter({ organ: 2018, government: null })).toEqual([{ of: 'organ', year: 2019, by: '2020-01-31' }]);
  });
  test('a list that was met only after the season is not', () => {
    const late = links({ links: links().links.map((link) => ({ ...link, first_seen: '2025-05-01T00:00:00Z' })) });
    expect(codes({ organ: 2023, government: 2023 }, '2025-06-01T02:00:00Z', late)).toEqual([]);
    expect(codes({}, '2025-06-01T02:00:00Z')).toEqual([]);
  });

  test('a network that no portal names is told once, whatever it leaves out; one that some name is meant', () => {
    const portals = [portal('one'), portal('two', { vantage: 'inside' }), portal('three', { vantage: 'inside' })];
    const of = (vantage: string) => unreachedOf(portals, vantage, new Date('2026-01-01'));
    expect(of('insde')).toMatchObject([{ portal: null, details: { vantage: 'insde', portals: ['two', 'three'] } }]);
    expect(of('inside')).toEqual([]);
    expect(
      unreachedOf([...portals, portal('four', { vantage: 'outside' })], 'outside', new Date('2026-01-01')),
    ).toEqual([]);
    const over = portals.map((one) => ({ ...one, until: '2025-12-31' }));
    expect(unreachedOf(over, 'insde', new Date('2026-01-01'))).toEqual([]);
  });

  const fall = (reports: number, cells: number) => {
    const past = {
      one: { complete_at: null, reports: 8, cells: 1600, best_at: '2025-12-01T02:00:00Z' },
    };
    const holding = { ...nothingHeld, reports, cells };
    return ofHoldings(links(), new Map([['one', holding]]), past, new Date('2026-01-01'));
  };
  test('fewer reports, or a table less, than there once were', () => {
    expect(fall(8, 1600)).toEqual([]);
    expect(fall(8, 1590)).toEqual([]);
    expect(fall(7, 1600)).toMatchObject([{ code: 'reports_fell', message: '7 reports, 8 on 2025-12-01' }]);
    expect(fall(8, 1450)).toMatchObject([{ code: 'cells_fell', message: '1450 cells, 1600 on 2025-12-01' }]);
  });
  test('of everything, too', () => {
    const past = {
      one: { complete_at: null, reports: 8, cells: 1600, best_at: '2025-12-01T02:00:00Z' },
    };
    expect(ofHoldings(links(), new Map(), past, new Date('2026-01-01'))).toMatchObject([{ code: 'reports_fell' }]);
  });
});

describe('the account of a run', () => {
  const begun = (before: RunAccount | null, at: string) => beginAccount(new Date(at), before, 'test', 'code');

  test('is numbered, so that a clock that was wrong once does not make it the last for ever', () => {
    const late = begun(null, '2030-01-01T02:00:00.500Z');
    expect(late.run).toBe('00001-20300101T020000Z');
    expect(begun(late, '2026-01-02T02:00:00Z').run).toBe('00002-20260102T020000Z');
  });

  test('counts what was new, changed, refused and failed, by portal', () => {
    const visits = countVisits([capture({})], () => new Date('2026-01-02T02:00:05Z'));
    const tonight = (over: Partial<StoredCapture>) => capture({ requested_at: '2026-01-02T02:00:00Z', ...over });
    visits.add(tonight({ kind: 'robots', outcome: 'not_found', status: 404, sha256: null, bytes: 0 }));
    visits.add(tonight({ kind: 'list', bytes: 10 }));
    visits.add(tonight({}));
    visits.add(tonight({ sha256: 'b'.repeat(64) }));
    visits.add(tonight({ status: 304, sha256: 'b'.repeat(64) }));
    visits.add(tonight({ url: `${article}?2` }));
    visits.add(tonight({ outcome: 'blocked', status: 403 }));
    visits.add(tonight({ outcome: 'error', status: null, sha256: null, bytes: 0 }));
    expect(visits.of('one')).toEqual({
      requests: 8,
      new: 1,
      changed: 1,
      unchanged: 2,
      refused: 1,
      failed: 1,
      bytes: 410,
      seconds: 5,
    });
    expect(visits.of('two')).toBeNull();
    expect(portalAccounts([portal('one'), portal('two')], [], visits, new Map())).toMatchObject([
      { portal: 'one', listed: 0, complete: false, reports: 0, requests: 8 },
    ]);
  });

  test('a list is complete that was read whole, whatever stands beside it', () => {
    const gone = { portal: 'one', ...finding('reports_unlisted', [], { list, reports: 1, examples: [article] }) };
    const outcome = { portal: 'one', family: 'nfcms', discovered: 2, listed: 1, new_links: 0, problems: [gone] };
    const complete = (whole: boolean) =>
      portalAccounts(
        [portal('one')],
        [{ ...outcome, whole }],
        countVisits([], () => new Date()),
        new Map(),
      )[0]?.complete;
    expect([complete(true), complete(false)]).toEqual([true, false]);
  });

  test('keeps the best of the past for longer than a year, and then lets go', () => {
    const account = { ...begun(null, '2026-01-01T02:00:00Z'), portals: [] };
    const at = (started: string, reports: number, past: RunAccount['past']) =>
      pastOf({ ...account, started, past }, new Map([['one', { ...nothingHeld, reports }]]))['one'];
    const best = at('2026-01-01T02:00:00Z', 8, {});
    const worse = at('2026-12-01T02:00:00Z', 5, best ? { one: best } : {});
    expect(worse).toMatchObject({ reports: 8, best_at: '2026-01-01T02:00:00Z' });
    expect(at('2027-06-01T02:00:00Z', 5, worse ? { one: worse } : {})).toMatchObject({ reports: 5 });
  });
  test('a report more does not make up for a table less', () => {
    const account = { ...begun(null, '2026-01-01T02:00:00Z'), portals: [] };
    const at = (started: string, reports: number, cells: number, past: RunAccount['past']) =>
      pastOf({ ...account, started, past }, new Map([['one', { ...nothingHeld, reports, cells }]]));
    const more = at('2026-02-01T02:00:00Z', 9, 1450, at('2026-01-01T02:00:00Z', 8, 1600, {}));
    expect(more['one']).toMatchObject({ reports: 9, cells: 1600, best_at: '2026-01-01T02:00:00Z' });
    expect(at('2027-06-01T02:00:00Z', 9, 1450, more)['one']).toMatchObject({ cells: 1450 });
  });

  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test('is kept; one that is damaged costs itself alone, and is set aside', async () => {
    const archive = openArchive(dir);
    expect(archive.accounts.last()).toBeNull();
    const first = begun(null, '2026-01-01T02:00:00Z');
    await archive.accounts.write(first);
    const second = begun(first, '2026-01-02T02:00:00Z');
    await archive.accounts.write(second);
    archive.accounts.log(second.run, { message: 'one' });
    expect(archive.accounts.last()).toEqual(second);
    expect(readFileSync(join(dir, 'runs', `${second.run}.log.ndjson`), 'utf8')).toBe('{"message":"one"}\n');
    writeFileSync(join(dir, 'runs', `${second.run}.json`), '{"run":');
    expect(archive.accounts.last()).toEqual(first);
    expect(await archive.mend()).toEqual([expect.stringContaining('.damaged')]);
    expect(archive.accounts.runs()).toEqual([first.run]);
  });
});

test('of logs a season stays', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  try {
    const { accounts } = openArchive(dir);
    for (let n = 1; n <= 102; n++) accounts.log(String(n).padStart(5, '0'), { n });
    accounts.prune();
    const kept = readdirSync(join(dir, 'runs')).sort();
    expect([kept.length, kept[0]]).toEqual([100, '00003.log.ndjson']);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('a clock that is set goes on from there; what is no time is refused', () => {
  const now = clockFrom('2027-04-01T02:00:00+08:00');
  expect(now().toISOString()).toMatch(/^2027-03-31T18:00:0/);
  expect(clockFrom('2027-04-01')().toISOString()).toMatch(/^2027-04-01T00:00:0/);
  for (const wrong of ['yesterday', '2027-13-01', '2027-04-01T02:00', ''])
    expect(() => clockFrom(wrong)).toThrow('--now');
});
