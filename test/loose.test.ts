import { describe, expect, it } from 'vitest';
import { annexText, composeAnnex, drawAnnexStyle } from '../scripts/compose/annex.ts';
import { changed } from '../scripts/compose/changes.ts';
import { blankZeros } from '../scripts/compose/damage.ts';
import { htmlPage } from '../scripts/compose/html.ts';
import { loose } from '../scripts/compose/loose.ts';
import { province } from '../scripts/compose/province-kind.ts';
import { createRandom } from '../scripts/compose/random.ts';
import { cleanStyle } from '../scripts/compose/styles.ts';
import { key } from '../scripts/compose/figures.ts';
import type { Reading } from '../transforms/report.ts';
import {
  against,
  codesOf,
  exact,
  figuresOf,
  htmlTable,
  pageOf,
  printedCell,
  readBytes,
  readString,
  rowsOf,
  tabText,
  type Rows,
} from './reading.fixture.ts';

/** Text and tables out of their layout: what can be known is read, and the rest is one finding that says what it is. */
const f = figuresOf();
const isNumber = (c: { role: string }) => c.role === 'number';
const withCode = (reading: Reading, code: string) => reading.findings.filter((x) => x.code === code);
/** Findings besides those of an invented place. */
const codes = (reading: Reading) => codesOf(reading).filter((code) => code !== 'division_unknown');
const statusOf = (reading: Reading, line: string) =>
  new Set(reading.facts.filter((x) => x.line === line).map((x) => x.status));

describe('labels ahead of rows', () => {
  const labels = ['2.没有现成信息需要另行制作', '3.补正后申请内容仍不明确'];
  const lines = ['unavailable_needs_creation', 'unavailable_still_unclear'];
  /** Section 三 as pipes, two of whose labels stand before two rows, or what is given in place of those four lines. */
  const page = (instead: (labels: string[], rows: string[]) => string[], more = f) => {
    const rows = rowsOf(more, 'requests').filter((r) => r.some(isNumber));
    const own = (r: Rows[number]) => r.findLast((c) => !isNumber(c))!.text;
    const pipes = (r: Rows[number]) =>
      `| ${r
        .filter(isNumber)
        .map((c) => c.text)
        .join(' | ')} |`;
    const at = rows.findIndex((r) => own(r) === labels[0]);
    const printed = rows.map((r) => `| ${own(r)} ${pipes(r)}`);
    const apart = instead(labels, rows.slice(at, at + 2).map(pipes));
    return tabText(more, { requests: [...printed.slice(0, at), ...apart, ...printed.slice(at + 2)].join('\n') });
  };

  it('as many labels as rows: in their order, and one finding says so', async () => {
    const reading = await readString(page((l, r) => ['', ...l, ...r, '']));
    expect(against(f, reading)).toMatchObject(exact);
    expect(codes(reading)).toEqual(['labels_ahead']);
    const [found] = withCode(reading, 'labels_ahead');
    expect(found!.details).toMatchObject({ labels, rows: 2, read: 'each' });
    expect(new Set(found!.cells.map((c) => c.line))).toEqual(new Set(lines));
  });

  it.each<[string, (l: string[], r: string[]) => string[]]>([
    ['two labels and three rows', (l, r) => ['', ...l, ...r, r[0]!, '']],
    ['two labels and one row', (l, r) => ['', ...l, r[0]!, '']],
    ['one label and two rows', (l, r) => ['', l[0]!, ...r, '']],
    ['two labels among other words, and two rows', (l, r) => ['', '2.另行制作的情形', ...l, ...r, '']],
  ])('%s: nobody’s', async (_, instead) => {
    const reading = await readString(page(instead));
    expect(reading.facts.filter((x) => lines.includes(x.line))).toEqual([]);
    expect(against(f, reading)).toMatchObject({ wrong: 0, extra: 0 });
    expect(withCode(reading, 'labels_ahead')).toHaveLength(1);
    expect(withCode(reading, 'row_leftover')).toEqual([]);
  });

  it('a label beside its numbers is theirs, whatever follows', async () => {
    const reading = await readString(page((l, r) => [`| ${l[0]} ${r[0]}`, r[1]!]));
    expect(against(f, reading)).toMatchObject({ wrong: 0, extra: 0 });
    expect(statusOf(reading, lines[0]!)).toEqual(new Set(['verified']));
  });

  it('in section 二, where no equation says so', async () => {
    const reading = await readString(loose.labels_ahead_unguarded(f).text);
    expect(against(f, reading)).toMatchObject(exact);
    expect(withCode(reading, 'labels_ahead')).toHaveLength(1);
    const lost = loose.labels_ahead_unguarded(f).text.replace(/^行政规范性文件$/mu, '');
    const without = await readString(lost);
    expect(without.facts.filter((x) => /regulations|normative/.test(x.line))).toEqual([]);
  });
});

describe('several lines of the form in one', () => {
  it('labels and then the numbers of both: so many for each as it has columns', async () => {
    const reading = await readString(loose.labels_ahead_dealt(f, createRandom(1)).text);
    expect(against(f, reading)).toMatchObject(exact);
    expect(codes(reading)).toEqual(['labels_ahead']);
  });

  it('one number fewer: nobody’s', async () => {
    const { text } = loose.labels_ahead_dealt(f, { ...createRandom(1), chance: () => true });
    const fewer = text.replace(/^(规章\n.*\n.*) \S+$/mu, '$1');
    expect(fewer).not.toBe(text);
    const reading = await readString(fewer);
    expect(reading.facts.filter((x) => x.line === 'regulations')).toEqual([]);
    expect(against(f, reading)).toMatchObject({ wrong: 0, extra: 0 });
    expect(withCode(reading, 'labels_ahead')).toHaveLength(2);
  });

  it.each(['lines_side_by_side_tabs', 'lines_side_by_side_pasted'] as const)('%s', async (name) => {
    const { text } = loose[name](f);
    expect(text).toMatch(/^行政处罚\s[\d\s.-]+\s行政强制\s/mu);
    const reading = await readString(text);
    expect(against(f, reading)).toMatchObject(exact);
    expect(codes(reading)).toEqual([]);
  });
});

describe('a cell a line, with pipes', () => {
  it.each(['pipe_behind', 'pipe_before', 'pipe_below'] as const)('%s', async (name) => {
    const reading = await readString(loose[name](f).text);
    expect(against(f, reading)).toMatchObject(exact);
    expect(codes(reading)).toEqual([]);
  });

  it('a line of pipes is the end of a row, and not its blanks', async () => {
    const reading = await readString(loose.pipe_blanks_in_a_line(f).text);
    expect(reading.facts.filter((x) => x.grid === 'requests')).toEqual([]);
    expect(codes(reading)).toContain('row_shape');
    expect(against(f, reading)).toMatchObject({ wrong: 0, extra: 0 });
  });

  it('a row of blanks of a table of pipes stays one', async () => {
    const row = '||||';
    const reading = await readString(
      tabText(f, {
        proactive: `|信息内容|本年制发件数|本年废止件数|现行有效件数|\n|---|---|---|---|\n|规章|1|2|3|\n${row}`,
      }),
    );
    expect(reading.facts.filter((x) => x.grid === 'proactive').map((x) => x.value)).toEqual([1, 2, 3]);
  });
});

it('text with the sections of a report and the period is a report, though its tables are blank and no title names an organ', async () => {
  const blank = { ...f, cells: new Map([...f.cells.keys()].map((path) => [path, null])) };
  const { text } = loose.pipe_behind_untitled(blank);
  const reading = await readString(text.replace(/^.*(?:新收|行政复议\d).*$/gmu, ''));
  expect(reading.report).toMatchObject({ publisher: null, year: f.year });
  expect(codes(reading)).toContain('publisher_unknown');
});

describe('a header broken over lines of text', () => {
  it('its pieces are no other columns, so that empty cells behind the rows are padding', async () => {
    const reading = await readString(loose.blank_behind_broken_header(f, createRandom(3)).text);
    expect(against(f, reading)).toMatchObject(exact);
    expect(codes(reading)).toEqual([]);
  });

  it('a column that the form does not have is still one', async () => {
    const text = loose.blank_behind_broken_header(f, createRandom(3)).text.replace('| 科研 |', '| 小计 |');
    expect(codes(await readString(text))).toContain('column_unknown');
  });
});

describe('section 四 as a table for each line', () => {
  const rows = rowsOf(f, 'disputes');
  const numbers = rows.at(-1)!.filter(isNumber);
  const head = ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计'].map((t) => printedCell(t));
  const table = (i: number) => htmlTable([head, numbers.slice(i * 5, i * 5 + 5)]);
  const labels = ['行政复议', '未经复议直接起诉', '复议后起诉'];

  it.each<[string, (i: number) => string]>([
    ['the label', (i) => labels[i]!],
    ['the label and its number', (i) => `（${'一二三'[i]}）${labels[i]}情况`],
    ['the label behind its group', (i) => (i === 0 ? labels[0]! : `行政诉讼（${labels[i]}）`)],
  ])('%s in the caption', async (_, caption) => {
    const body = [0, 1, 2].map((i) => `<p>${caption(i)}</p>${table(i)}`).join('');
    const reading = await readString(pageOf(f, { disputes: body }));
    expect(against(f, reading)).toMatchObject(exact);
    expect(codes(reading)).toEqual([]);
  });

  it('the captions say which is which, not the order', async () => {
    const reading = await readString(
      pageOf(f, { disputes: [2, 0].map((i) => `<p>${labels[i]}</p>${table(i)}`).join('') }),
    );
    expect(against(f, reading)).toMatchObject({ wrong: 0, extra: 0, missing: 5 });
  });
});

describe('tables that cannot be read are named for what they are', () => {
  it.each([' ', '\n'])('cells with nothing between them, lines parted by %j', async (between) => {
    const text = loose.cells_joined(f, { ...createRandom(1), pick: () => between as never }).text;
    const reading = await readString(text);
    expect(reading.facts).toEqual([]);
    expect(withCode(reading, 'grid_missing')).toEqual([]);
    expect(withCode(reading, 'cells_joined')).toMatchObject([
      { details: { grids: ['proactive', 'requests', 'disputes'] } },
    ]);
  });

  it.each([' ', '\n', ''])('numbers in the cells of their header, behind %j', async (between) => {
    let at = 0;
    const header = /^(?:结果维持|结果纠正|其他结果|尚未审结|总计)$/;
    const alter = changed('disputes', (rows) =>
      rows
        .slice(0, -1)
        .map((row) => row.map((c) => (header.test(c.text) ? { ...c, text: `${c.text}${between}${at++}` } : c))),
    ).alter;
    const reading = await readString(htmlPage(f, { ...cleanStyle, alter }));
    expect(withCode(reading, 'cells_joined')).toMatchObject([{ details: { grids: ['disputes'] } }]);
    expect(codes(reading).filter((code) => code === 'grid_missing' || code === 'column_guessed')).toEqual([]);
  });

  it('numbers in prose are no cells', async () => {
    const prose = '全年办理行政许可128件、行政处罚46件、行政强制5件，制发行政规范性文件3件，行政事业性收费12.35万元。';
    const reading = await readString(tabText(f, { proactive: prose }));
    expect(codes(reading)).toContain('grid_missing');
    expect(codes(reading)).not.toContain('cells_joined');
  });

  it('a table of blanks about which the text states numbers', async () => {
    const empty = {
      ...f,
      cells: new Map([...f.cells].map(([path, n]) => [path, path.startsWith('requests/') ? null : n])),
    };
    const reading = await readString(pageOf(empty));
    const found = withCode(reading, 'grid_blank');
    expect(found).toHaveLength(1);
    expect(found[0]!.details).toMatchObject({ grid: 'requests' });
    expect(codesOf(await readString(pageOf(blankZeros(f))))).not.toContain('grid_blank');
  });

  it('a form without anything in its cells is told as such, once, whatever the text says', async () => {
    const bare = (html: string) => html.replace(/(<td[^>]*>)\d[\d.,]*(?=<\/td>)/g, '$1<span data-value="7"></span>');
    for (const page of [bare(pageOf(f)), bare(pageOf(f)).replace(/<p>[^<]*\d件.*?<\/p>/g, '')]) {
      const reading = await readString(page);
      expect(reading.facts.every((x) => x.absence === 'blank')).toBe(true);
      expect(withCode(reading, 'grid_blank').length).toBeGreaterThan(0);
    }
    const silent = await readString(bare(pageOf(f)).replace(/<p>[^<]*\d件.*?<\/p>/g, ''));
    expect(silent.findings.map((x) => x.code)).toEqual(['division_unknown', 'grid_blank']);
  });

  it('a table of blanks with a row that was left unread is not called blank', async () => {
    const empty = {
      ...f,
      cells: new Map([...f.cells].map(([path, n]) => [path, path.startsWith('requests/') ? null : n])),
    };
    const rows = rowsOf(empty, 'requests');
    const unread = [
      printedCell('6.另行说明的情形', 3),
      ...Array.from({ length: 7 }, () => printedCell('3', 1, 1, 'number')),
    ];
    const reading = await readString(pageOf(empty, { requests: htmlTable([...rows, unread]) }));
    expect(reading.facts.filter((x) => x.grid === 'requests' && x.value !== null)).toEqual([]);
    expect(codes(reading)).toContain('row_leftover');
    expect(codes(reading)).not.toContain('grid_blank');
  });
});

describe('a blank cell beside a label', () => {
  it('does not lose a short label', async () => {
    const rows = rowsOf(f, 'requests');
    for (const row of rows) {
      const at = row.findIndex((c) => c.role === 'label');
      if (at < 0 || row[at]!.colspan !== 2) continue;
      row[at]!.colspan = 1;
      row.splice(at + 1, 0, printedCell(''));
    }
    const reading = await readString(pageOf(f, { requests: htmlTable(rows) }));
    expect(against(f, reading)).toMatchObject(exact);
    expect(codes(reading)).toEqual([]);
    expect(reading.facts.find((x) => key(x.grid, x.line, x.col) === 'requests/concluded/total')?.status).toBe(
      'verified',
    );
  });
});

describe('a form that a province kept', () => {
  it.each(Array.from({ length: 30 }, (_, i) => i))('document %i: one finding, no fact', async (seed) => {
    const { bytes, truth } = await province(seed, () => Promise.reject(new Error('no browser is needed')));
    const reading = await readBytes(bytes);
    expect(reading.facts).toEqual([]);
    expect(reading.report).toMatchObject({ year: truth.report.year });
    expect(codes(reading)).toEqual(['form_unknown']);
  });

  it('the national form with a few lines of its own is the national form', async () => {
    const annex = composeAnnex({
      seed: 3,
      size: 'large',
      publisher: '示例市甲区人民政府',
      division_code: '990101',
      year: 2016,
    });
    const text = annexText(annex, drawAnnexStyle(4), 'tabs');
    const more = text.replace(/^.*新闻发布会.*$/mu, (line) => `${line}\n网站发布条数\t条\t3\n公告栏发布条数\t条\t4`);
    const reading = await readString(more);
    expect(reading.facts.length).toBeGreaterThan(40);
    expect(codes(reading)).not.toContain('form_unknown');
  });
});
