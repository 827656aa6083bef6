import { describe, expect, it } from 'vitest';
import type { StoredCapture } from '../pipelines/archive/archive.ts';
import { documentsOf, isGone, resultOf, troubleOf } from '../pipelines/archive/documents.ts';
import { finding, type Finding } from '../transforms/findings.ts';
import type { Fact, Reading, ReportIdentity } from '../transforms/report.ts';
import { portal, report } from './invented.ts';

/** Copies of one page, one after the other, as readings: which of them speaks. */

const url = 'http://one.simulator.test/nb/content/post_1.html';
const organ = '虚构县人民政府';
const identity = (over: Partial<ReportIdentity> = {}): ReportIdentity => {
  return { publisher: organ, division_code: '990100', year: 2023, title: report(2023), published_on: null, ...over };
};
const fact = (grid: string, line: string, value: number): Fact => ({
  grid,
  line,
  col: 'total',
  edition: '2021',
  value,
  absence: null,
  unit: 'count',
  raw: String(value),
  status: 'verified',
  proofs: 1,
  place: { block: 1, row: 1, column: 1 },
});
const whole = [fact('requests', 'received', 3), fact('requests', 'granted', 2), fact('disputes', 'total', 1)];

interface Copy {
  day: number;
  hash: string;
  report?: Partial<ReportIdentity> | null;
  facts?: Fact[];
  words?: string;
  findings?: Finding[];
  media?: string;
  cut?: true;
  sentTo?: string;
}

const noReport = (page?: 'login' | 'maintenance') => ({
  report: null,
  facts: [],
  findings: [finding('not_a_report', [], page ? { page } : {})],
});

const readingOf = (copy: Copy): Reading => ({
  source: {
    path: url,
    sha256: copy.hash,
    media_type: copy.media ?? 'text/html',
    encoding: null,
    script: 'simplified',
    ...(copy.cut ? { ended: false } : {}),
  },
  report: copy.report === null ? null : identity(copy.report),
  facts: copy.facts ?? whole,
  mentions: [],
  sections: [{ number: 1, title: '一、总体情况', text: copy.words ?? '' }],
  findings: copy.findings ?? [],
});

const at = (day: number) => new Date(Date.UTC(2026, 0, 1 + day, 18)).toISOString();
const captured = (day: number, over: Partial<StoredCapture>): StoredCapture => ({
  url,
  final_url: url,
  portal: 'one',
  kind: 'article',
  requested_at: at(day),
  status: 200,
  headers: {},
  sha256: null,
  bytes: 1,
  media_type: 'text/html',
  outcome: 'ok',
  error: null,
  vantage: 'any',
  simulated: true,
  via: 'http',
  document_url: url,
  ...over,
});

function documentFrom(copies: Copy[], title: string, missing: number[], lists: number) {
  const link = { portal: 'one', url, title, date: null, id: null, first_seen: at(0), absent: lists };
  const captures = [
    ...copies.map(({ day, hash, sentTo }) => captured(day, { sha256: hash, final_url: sentTo ?? url })),
    ...missing.map((day) => captured(day, { status: 404, outcome: 'not_found' })),
  ].sort((a, b) => (a.requested_at < b.requested_at ? -1 : 1));
  const listed = { portal: portal('one'), listed_at: at(0), listed: 1, links: [link], problems: [] };
  return documentsOf([listed], captures)[0]!;
}

async function resultFrom(
  copies: Copy[],
  title = report(2023),
  missing: number[] = [],
  lists = 0,
  believed: string[] = [],
) {
  const byHash = new Map(copies.map((copy) => [copy.hash, readingOf(copy)]));
  const document = documentFrom(copies, title, missing, lists);
  return resultOf(document, async ({ article }) => byHash.get(article?.sha256 ?? '') ?? null, new Set(believed));
}
const spoken = ({ reading }: Awaited<ReturnType<typeof resultFrom>>) => reading?.source.sha256;
const good: Copy = { day: 0, hash: 'good' };

describe('an earlier copy speaks where the latest is', () => {
  it.each<[string, Omit<Copy, 'day' | 'hash'>]>([
    ['login', noReport('login')],
    ['maintenance', noReport('maintenance')],
    ['other_text', noReport()],
    ['other_year', { report: { year: 2022 } }],
    ['other_publisher', { report: { publisher: '虚构县水务局' } }],
    ['unnamed', { report: { publisher: null } }],
    ['emptied', { facts: [] }],
    ['emptied', { facts: whole.slice(0, 2) }],
    ['emptied', { facts: whole.map((cell) => ({ ...cell, value: null, absence: 'blank' as const })) }],
    ['cut', { facts: [whole[0]!, whole[2]!], cut: true }],
    [
      'picture',
      { report: null, facts: [], media: 'image/png', findings: [finding('needs_ocr', [], { what: 'image' })] },
    ],
    ['unreadable', { report: null, facts: [], findings: [finding('crashed', [], { how: 'ended', said: '' })] }],
    ['login', { facts: [], findings: [finding('attachment.not_fetched', [], { url: 'x.docx', outcome: 'login' })] }],
  ])('%s', async (word, instead) => {
    const copies = [good, { day: 1, hash: 'b', ...instead }, { day: 2, hash: 'c', ...instead }];
    const result = await resultFrom(copies);
    expect([spoken(result), result.outcome, result.superseded]).toEqual(['good', 'report', word]);
    expect(result.wrongSince).toBe(at(1));
    expect(result.reading?.findings.at(-1)).toMatchObject({
      code: 'report_kept',
      details: { captured: '2026-01-01', instead: word },
    });
    expect(troubleOf(result)).not.toBeNull();
    const back = await resultFrom([...copies, { day: 3, hash: 'd' }]);
    expect([spoken(back), back.superseded, back.wrongSince, troubleOf(back)]).toEqual(['good', null, null, null]);
  });

  it('a page that led elsewhere, which is said', async () => {
    const home = { day: 1, hash: 'b', ...noReport(), sentTo: 'http://one.simulator.test/' };
    const result = await resultFrom([good, home]);
    expect(result.reading?.findings.at(-1)?.details).toMatchObject({ redirected: 'http://one.simulator.test/' });
  });
});

describe('the latest copy speaks at once where it is', () => {
  it.each<[string, Omit<Copy, 'day' | 'hash'>]>([
    ['a revision of numbers', { facts: [fact('requests', 'received', 9), ...whole.slice(1)] }],
    ['a revision of the text', { words: '本年新收申请九件。' }],
    ['a cell left blank', { facts: [{ ...whole[0]!, value: null, absence: 'blank' as const }, ...whole.slice(1)] }],
    ['one row shorter', { facts: [whole[0]!, whole[2]!] }],
    ['without its end and with all it had', { cut: true, facts: [...whole, fact('requests', 'denied', 1)] }],
    ['printed with a shorter name of the organ', { report: { publisher: '人民政府' } }],
    ['retitled', { report: { title: '2023年年报' } }],
    ['sent to another address', { words: '搬家了。', sentTo: 'http://new.simulator.test/1.html' }],
  ])('%s', async (_, now) => {
    const result = await resultFrom([good, { day: 1, hash: 'b', ...now }]);
    expect([spoken(result), result.superseded, result.contents]).toEqual(['b', null, 2]);
  });

  it('a report after a night of something else', async () => {
    const result = await resultFrom([
      { day: 0, hash: 'a', ...noReport('maintenance') },
      { day: 1, hash: 'b' },
    ]);
    expect([spoken(result), result.superseded]).toEqual(['b', null]);
  });
});

describe('what differs in bytes only', () => {
  it.each([
    ['a counter', '浏览次数：17次', '浏览次数：4021次'],
    ['a counter in other words', '点击量: 3', '点击量: 4'],
    ['a clock', '今天是2026年1月1日 星期四', '今天是2026年1月2日 星期五'],
  ])('%s is no revision: the first copy is cited', async (_, one, two) => {
    const copies = [
      { day: 0, hash: 'a', words: `全年新收三件。\n${one}` },
      { day: 9, hash: 'b', words: `全年新收三件。\n${two}` },
    ];
    const result = await resultFrom(copies);
    expect([spoken(result), result.contents]).toEqual(['a', 1]);
  });
});

describe('a page that was corrected', () => {
  const other = (day: number, hash: string): Copy => ({ day, hash, report: { year: 2022 } });
  it('speaks where the list names what it shows, and not what it showed', async () => {
    expect(spoken(await resultFrom([good, other(1, 'b')], report(2022)))).toBe('b');
  });
  it('speaks after three sights in thirty days where the list says nothing against it', async () => {
    const title = '虚构县人民政府政府信息公开工作年度报告';
    const twice = [good, other(1, 'b'), other(20, 'c')];
    expect(spoken(await resultFrom(twice, title))).toBe('good');
    expect(spoken(await resultFrom([...twice, other(30, 'd')], title))).toBe('good');
    expect(spoken(await resultFrom([...twice, other(31, 'd')], title))).toBe('d');
  });
  it('does not speak while the list still names what it was', async () => {
    const copies = [good, ...[1, 20, 40, 80, 160].map((day) => other(day, `c${day}`))];
    const result = await resultFrom(copies);
    expect([spoken(result), result.superseded]).toEqual(['good', 'other_year']);
  });
  it('does not speak for ever without a number', async () => {
    const copies = [good, ...[1, 20, 40, 80].map((day) => ({ day, hash: `c${day}`, facts: [] }))];
    expect(spoken(await resultFrom(copies))).toBe('good');
  });
});

describe('a page that goes back and forth', () => {
  const [a, b] = ['三件。', '九件。'];
  const copies = (...days: [number, string][]): Copy[] =>
    days.map(([day, words]) => ({ day, hash: `${words}${day}`, words }));
  const spoke = async (...days: [number, string][]) => {
    const result = await resultFrom(copies(...days));
    return [result.reading?.sections[0]?.text, result.inTurnsSince, result.contents];
  };

  it('is one problem from its first return on, and the later content stays', async () => {
    expect(await spoke([0, a], [1, b])).toEqual([b, null, 2]);
    expect(await spoke([0, a], [1, b], [2, a])).toEqual([b, '2026-01-03', 2]);
    expect(await spoke([0, a], [1, b], [2, a], [3, b])).toEqual([b, '2026-01-03', 2]);
    expect(await spoke([0, a], [1, b], [2, a], [3, b], [4, a])).toEqual([b, '2026-01-03', 2]);
    const result = await resultFrom(copies([0, a], [1, b], [2, a], [3, b]));
    expect(result.reading?.findings).toMatchObject([
      { code: 'report_alternates', details: { captured: '2026-01-02', since: '2026-01-03' } },
    ]);
    expect([result.wrongSince, troubleOf(result)]).toEqual([at(2), expect.stringContaining('in turns')]);
  });
  it('is settled by three sights of one content in thirty days, or by another content', async () => {
    expect(await spoke([0, a], [1, b], [2, a], [20, a], [31, a])).toEqual([b, '2026-01-03', 2]);
    expect(await spoke([0, a], [1, b], [2, a], [20, a], [32, a])).toEqual([a, null, 2]);
    expect(await spoke([0, a], [1, b], [2, a], [3, b], [20, b], [33, b])).toEqual([b, null, 2]);
    expect(await spoke([0, a], [1, b], [2, a], [3, '五件。'])).toEqual(['五件。', null, 3]);
  });
  it('is settled by a person, for as long as it shows nothing new', async () => {
    const of = async (hash: string, ...days: [number, string][]) => {
      const result = await resultFrom(copies(...days), report(2023), [], 0, [hash]);
      return [result.reading?.sections[0]?.text, result.inTurnsSince];
    };
    const { offered } = await resultFrom(copies([0, a], [1, b], [2, a]));
    expect(offered).toBe(`${a}2`);
    expect(await of(`${a}2`, [0, a], [1, b], [2, a])).toEqual([a, null]);
    expect(await of(`${a}2`, [0, a], [1, b], [2, a], [3, b], [4, a])).toEqual([a, null]);
    expect(await of(`${a}2`, [0, a], [1, b], [2, a], [3, '五件。'])).toEqual(['五件。', null]);
    expect(await of(`${a}2`, [0, a], [1, b], [2, a], [3, b], [20, b], [33, b])).toEqual([b, null]);
  });
});

describe('a page that a person believes', () => {
  const other: Copy = { day: 1, hash: 'b', report: { year: 2022 } };
  it('speaks where it is a report, and is offered as that', async () => {
    const before = await resultFrom([good, other]);
    expect([spoken(before), before.offered]).toEqual(['good', 'b']);
    const after = await resultFrom([good, other], report(2023), [], 0, ['b']);
    expect([spoken(after), after.superseded, after.offered]).toEqual(['b', null, null]);
  });
  it('does not where it is none', async () => {
    const login: Copy = { day: 1, hash: 'b', ...noReport('login') };
    expect((await resultFrom([good, login])).offered).toBe(null);
    const after = await resultFrom([good, login], report(2023), [], 0, ['b']);
    expect([spoken(after), after.superseded]).toEqual(['good', 'login']);
  });
});

describe('a page that is gone', () => {
  it('is withdrawn after three days of 404, and its report stays', async () => {
    const two = await resultFrom([good], report(2023), [1, 2, 2]);
    expect([isGone(two.document), two.withdrawnOn]).toEqual([false, null]);
    const three = await resultFrom([good], report(2023), [1, 2, 3]);
    expect([three.outcome, spoken(three), three.withdrawnOn]).toEqual(['report', 'good', '2026-01-02']);
  });
  it('is not where it was there in between', async () => {
    const result = await resultFrom([good, { day: 2, hash: 'good' }], report(2023), [1, 3, 4]);
    expect(result.withdrawnOn).toBe(null);
  });
});

it('what was not read yet, or needs a recogniser, is not asked for again', async () => {
  const scan = { ...noReport(), media: 'application/pdf', findings: [finding('needs_ocr', [], { what: 'pdf' })] };
  const result = await resultFrom([{ day: 0, hash: 'a', ...scan }]);
  expect([result.outcome, result.wrongSince]).toEqual(['unread', null]);
  const picture = await resultFrom([{ day: 0, hash: 'a', ...scan, media: 'image/png' }]);
  expect(picture.wrongSince).toBe(at(0));
  const document = documentFrom([good], report(2023), [], 0);
  expect(await resultOf(document, async () => null)).toMatchObject({ outcome: 'unread', wrongSince: null });
});

it('a first copy that lacks a table and its end is a report, and told until it is whole', async () => {
  const grid = finding('grid_missing', [], { grid: 'disputes', label: '行政复议' });
  const cut: Copy = { day: 0, hash: 'a', cut: true, facts: whole.slice(0, 2), findings: [grid] };
  const result = await resultFrom([cut]);
  expect([result.outcome, result.wrongSince]).toEqual(['report', at(0)]);
  expect(troubleOf(result)).toMatch(/no end/);
  const next = await resultFrom([cut, { day: 1, hash: 'b' }]);
  expect([spoken(next), troubleOf(next)]).toEqual(['b', null]);
});

describe('a page that the list leaves out', () => {
  const login = { day: 1, hash: 'b', ...noReport('login') };
  it('is withdrawn after seven complete lists where it is no report any more', async () => {
    expect((await resultFrom([good, login], report(2023), [], 6)).withdrawnOn).toBe(null);
    const result = await resultFrom([good, login], report(2023), [], 7);
    expect([result.withdrawnOn, spoken(result), troubleOf(result)]).toEqual(['2026-01-02', 'good', null]);
  });
  it('is not where it still is the report, or shows another one', async () => {
    expect((await resultFrom([good], report(2023), [], 99)).withdrawnOn).toBe(null);
    const other = { day: 1, hash: 'b', report: { year: 2022 } };
    expect((await resultFrom([good, other], report(2023), [], 99)).withdrawnOn).toBe(null);
  });
});

describe('a page that never was the report', () => {
  it.each([
    ['unread under the title of one', report(2023), noReport(), 'unread'],
    [
      'unread where it is no article at all',
      '关于公布虚构县2023年政府信息公开工作年度报告的公告',
      noReport('login'),
      'unread',
    ],
    [
      'no report where a notice announced one',
      '关于公布虚构县2023年政府信息公开工作年度报告的公告',
      noReport(),
      'not_a_report',
    ],
  ])('is %s', async (_, title, copy, outcome) => {
    const result = await resultFrom(
      [
        { day: 0, hash: 'a', ...copy },
        { day: 1, hash: 'b', ...copy },
      ],
      title,
    );
    expect(result.outcome).toBe(outcome);
    // Told as long as it is so, whatever its bytes; of what reads the same, the first is cited.
    expect(result.wrongSince).toBe(outcome === 'unread' ? at(0) : null);
    expect(spoken(result)).toBe('a');
  });
});
