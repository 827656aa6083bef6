import { describe, expect, it } from 'vitest';
import { blankZeros } from '../scripts/compose/damage.ts';
import { plainWording } from '../scripts/compose/wording.ts';
import { textPage, textStyles } from '../scripts/compose/text.ts';
import { cleanStyle } from '../scripts/compose/styles.ts';
import { htmlPage } from '../scripts/compose/html.ts';
import type { FormColumn, FormLine } from '../transforms/forms/form.ts';
import { gridOf } from '../transforms/forms/index.ts';
import {
  against,
  codesOf,
  exact,
  figuresOf,
  htmlTable,
  pageOf,
  printedCell,
  readString,
  rowOf,
  rowsOf,
  tabRows,
  tabText,
  type Rows,
} from './reading.fixture.ts';

const editions = { '2019': figuresOf({ edition: '2019', year: 2020 }), '2021': figuresOf() };
const f = editions['2021'];
type Grid = 'proactive' | 'requests' | 'disputes';
const grids: Grid[] = ['proactive', 'requests', 'disputes'];

/** A printed table with every label `from` replaced. */
const relabelled = (rows: Rows, from: string, to: string): Rows =>
  rows.map((r) => r.map((c) => (c.text === from ? { ...c, text: to } : c)));

const inHtml = (figures: typeof f, grid: Grid, rows: Rows) => readString(pageOf(figures, { [grid]: htmlTable(rows) }));
const inTabs = (figures: typeof f, grid: Grid, rows: Rows) => readString(tabText(figures, { [grid]: tabRows(rows) }));

/** Every other way in which the forms say a line or column is printed. */
const aliases = (['2019', '2021'] as const).flatMap((edition) =>
  grids.flatMap((code) => {
    const { lines } = gridOf(edition, code);
    const columns = [...new Map(lines.flatMap((l) => l.columns).map((c) => [c.zh, c])).values()];
    return [
      ...lines.flatMap((l: FormLine) =>
        l.aliases.map((alias) => ({ edition, code, from: l.number + l.zh, to: l.number + alias })),
      ),
      ...columns.flatMap((c: FormColumn) =>
        c.aliases.map((alias) => ({ edition, code, from: c.zh, to: c.unit === 'yuan' ? `${alias}（万元）` : alias })),
      ),
    ];
  }),
);

describe('every label and every alias of the forms', () => {
  it('there are aliases to test', () => {
    expect(aliases.length).toBeGreaterThan(100);
  });

  it.each(['2019', '2021'] as const)('the statutory labels of %s, in HTML and in text', async (edition) => {
    for (const figures of [editions[edition], blankZeros(editions[edition])]) {
      for (const page of [pageOf(figures), tabText(figures), textPage(figures, textStyles.pasted)]) {
        const reading = await readString(page);
        expect(against(figures, reading)).toMatchObject({ wrong: 0, extra: 0, unflagged: 0 });
        expect(codesOf(reading)).not.toContain('label_fuzzy');
      }
      expect(against(figures, await readString(pageOf(figures)))).toMatchObject(exact);
      expect(against(figures, await readString(tabText(figures)))).toMatchObject(exact);
    }
  });

  it.each(aliases)('$edition $code: $to for $from', async ({ edition, code, from, to }) => {
    const figures = editions[edition];
    const original = rowsOf(figures, code);
    const rows = relabelled(original, from, to);
    expect(rows).not.toEqual(original);
    for (const reading of [await inHtml(figures, code, rows), await inTabs(figures, code, rows)]) {
      expect(against(figures, reading)).toMatchObject(exact);
      expect(
        codesOf(reading).filter((c) => ['label_fuzzy', 'label_lost', 'column_guessed', 'line_missing'].includes(c)),
      ).toEqual([]);
    }
  });

  it.each(['2019', '2021'] as const)(
    '%s: labels without their numbering, with the numbering in a cell of its own, in other brackets',
    async (edition) => {
      const figures = editions[edition];
      const rows = rowsOf(figures, 'requests');
      const numbering = /^(?:[一二三四]、|（[一二三四五六七]）|\d\.)/;
      const bare = rows.map((r) =>
        r.map((c) => (c.role === 'label' ? { ...c, text: c.text.replace(numbering, '') } : c)),
      );
      expect(against(figures, await inHtml(figures, 'requests', bare))).toMatchObject(exact);
      const ascii = rows.map((r) =>
        r.map((c) => ({ ...c, text: c.text.replaceAll('（', '(').replaceAll('）', ')').replace('、', '.') })),
      );
      expect(against(figures, await inHtml(figures, 'requests', ascii))).toMatchObject(exact);
      const apart = rows.map((r) =>
        r.map((c) => (c.role === 'label' ? { ...c, text: c.text.replace(numbering, '$&\n') } : c)),
      );
      expect(against(figures, await inHtml(figures, 'requests', apart))).toMatchObject(exact);
    },
  );

  it('headers and labels written downwards and with white space between characters', async () => {
    const rows = rowsOf(f, 'requests', { vertical: true }).map((r) =>
      r.map((c) => (c.role === 'label' || c.role === 'group' ? { ...c, text: [...c.text].join(' ') } : c)),
    );
    expect(against(f, await inHtml(f, 'requests', rows))).toMatchObject(exact);
  });

  it('总计 and 其他 are lines or columns by where they stand', async () => {
    const reading = await readString(pageOf(f));
    for (const [line, col] of [
      ['other_other', 'other_org'],
      ['other_other', 'total'],
      ['concluded', 'other_org'],
      ['concluded', 'total'],
    ])
      expect(reading.facts.find((x) => x.line === line && x.col === col)?.value).toBe(
        f.cells.get(`requests/${line}/${col}`),
      );
  });
});

describe('labels that are wrong or gone', () => {
  it.each([
    ['2.其他法律行政法规禁止公开', '2.其他法律行政发规禁止公开'],
    ['1.本机关不掌握相关政府信息', '1.本机关不掌握政府信息'],
    ['3.补正后申请内容仍不明确', '3.补正后申清内容仍不明'],
    ['5.要求行政机关确认或重新出具已获取信息', '5.要求行政机关确认或出具已获取信息'],
  ])('%s printed as %s is read, and said to be similar only', async (from, to) => {
    const rows = relabelled(rowsOf(f, 'requests'), from, to);
    for (const reading of [await inHtml(f, 'requests', rows), await inTabs(f, 'requests', rows)]) {
      expect(against(f, reading)).toMatchObject(exact);
      const fuzzy = reading.findings.filter((x) => x.code === 'label_fuzzy');
      expect(fuzzy.length).toBe(1);
      expect(fuzzy[0]!.cells.length).toBe(7);
    }
  });

  it.each(['属于三类内部事务信息', '重复申请', '部分公开'])(
    '%s lost: the line is known by its place, with a finding',
    async (label) => {
      const rows = rowsOf(f, 'requests');
      rowOf(rows, label).find((c) => c.role === 'label')!.text = '';
      for (const reading of [await inHtml(f, 'requests', rows), await inTabs(f, 'requests', rows)]) {
        expect(against(f, reading)).toMatchObject(exact);
        expect(reading.findings.filter((x) => x.code === 'label_lost').flatMap((x) => x.cells).length).toBe(7);
      }
    },
  );

  it('a lost label beside a line that is not printed is not guessed', async () => {
    const rows = rowsOf(f, 'requests');
    rowOf(rows, '属于三类内部事务信息').find((c) => c.role === 'label')!.text = '';
    const gone = rows.indexOf(rowOf(rows, '属于四类过程性信息'));
    for (const c of rows.flat()) if (c.role === 'group' && /办理结果|不予公开/.test(c.text)) c.rowspan--;
    rows.splice(gone, 1);
    for (const reading of [await inHtml(f, 'requests', rows), await inTabs(f, 'requests', rows)]) {
      expect(
        reading.facts.filter((x) => x.line === 'denied_internal_affairs' || x.line === 'denied_process_information'),
      ).toEqual([]);
      expect(codesOf(reading)).toContain('row_leftover');
    }
  });

  it('a line that is not printed is a finding and no fact', async () => {
    const rows = rowsOf(f, 'requests');
    const row = rowOf(rows, '重复申请');
    for (const c of rows.flat()) if (c.role === 'group' && /办理结果|不予处理/.test(c.text)) c.rowspan--;
    rows.splice(rows.indexOf(row), 1);
    const reading = await inHtml(f, 'requests', rows);
    expect(against(f, reading)).toMatchObject({ wrong: 0, extra: 0, missing: 7 });
    const missing = reading.findings.filter((x) => x.code === 'line_missing');
    expect(missing.flatMap((x) => x.cells.map((c) => c.line))).toEqual(Array(7).fill('not_processed_duplicate'));
  });

  it('extra rows 小计 are left over, nothing is read from them', async () => {
    const reading = await inHtml(f, 'requests', rowsOf(f, 'requests', { subtotals: true }));
    expect(against(f, reading)).toMatchObject(exact);
    const left = reading.findings.filter((x) => x.code === 'row_leftover');
    expect(left).toHaveLength(1);
    expect(left[0]!.details.rows.length).toBeGreaterThanOrEqual(3);
    expect(against(f, await inTabs(f, 'requests', rowsOf(f, 'requests', { subtotals: true })))).toMatchObject(exact);
  });

  it('a line out of order keeps its label and is said to be so', async () => {
    const rows = rowsOf(f, 'requests');
    const at = rows.indexOf(rowOf(rows, '重复申请'));
    [rows[at], rows[at + 1]] = [rows[at + 1]!, rows[at]!];
    for (const reading of [await inHtml(f, 'requests', rows), await inTabs(f, 'requests', rows)]) {
      expect(against(f, reading)).toMatchObject({ wrong: 0, extra: 0, unflagged: 0, missing: 0 });
      expect(codesOf(reading)).toContain('order_unusual');
    }
  });

  it('the label of the line below at two rows: neither is verified by its sum alone', async () => {
    const rows = rowsOf(f, 'requests');
    rowOf(rows, '属于三类内部事务信息').find((c) => c.role === 'label')!.text = '6.属于四类过程性信息';
    const reading = await inHtml(f, 'requests', rows);
    expect(against(f, reading)).toMatchObject({ unflagged: 0 });
    const doubtful = reading.facts.filter((x) => x.line === 'denied_process_information');
    expect(new Set(doubtful.map((x) => x.status))).toEqual(new Set(['unverified']));
    const left = reading.findings.filter((x) => x.code === 'row_leftover');
    expect(left.flatMap((x) => x.cells.map((c) => c.line))).toEqual(Array(7).fill('denied_process_information'));
  });

  it('无 in the place of every zero is one finding of its table', async () => {
    const rows = rowsOf(f, 'requests');
    const zeros = rows.flat().filter((c) => c.role === 'number' && c.text === '0');
    for (const zero of zeros) zero.text = '无';
    const reading = await inHtml(f, 'requests', rows);
    const found = reading.findings.filter((x) => x.code === 'value_text');
    expect(found.map((x) => x.cells.length)).toEqual([zeros.length]);
  });

  it('two numbers in each cell add up among each other: none is read as one', async () => {
    const rows = rowsOf(f, 'disputes');
    const cells = rows.flat().filter((c) => c.role === 'number');
    for (const [i, text] of ['5 6', '1 2', '0', '0', '6 8'].entries()) cells[i]!.text = text;
    const reading = await inHtml(f, 'disputes', rows);
    const line = reading.facts.filter((x) => x.line === 'reconsideration');
    expect(line.map((x) => x.value)).toEqual([null, null, 0, 0, null]);
    expect(reading.findings.filter((x) => x.code === 'value_text').map((x) => x.cells.length)).toEqual([3]);
  });

  it.each(['gone', 'empty', 'wide'])(
    'a label that holds the first number of its row, whose cell is %s',
    async (how) => {
      const rows = rowsOf(f, 'requests').map((r) => {
        const at = r.findIndex((c) => c.role === 'number');
        if (at < 1 || !/重复|其他$/.test(r[at - 1]!.text)) return r;
        const label = { ...r[at - 1]!, text: `${r[at - 1]!.text} ${r[at]!.text}`, colspan: how === 'wide' ? 2 : 1 };
        return r.toSpliced(at - 1, 2, label, ...(how === 'empty' ? [{ ...r[at]!, text: '' }] : []));
      });
      const reading = await inHtml(f, 'requests', rows);
      expect(against(f, reading)).toMatchObject({ wrong: 0, extra: 0, missing: 14 });
      const [left, ...more] = reading.findings.filter((x) => /row|line|cell|label/.test(x.code));
      expect([left?.code, new Set(left?.cells.map((c) => c.line)).size, more]).toEqual(['row_leftover', 2, []]);
    },
  );

  it('one label printed for two rows: the second is not read as another line', async () => {
    const rows = rowsOf(f, 'requests');
    rowOf(rows, '属于三类内部事务信息').find((c) => c.role === 'label')!.text = '4.保护第三方合法权益';
    for (const reading of [await inHtml(f, 'requests', rows), await inTabs(f, 'requests', rows)]) {
      expect(against(f, reading)).toMatchObject({ wrong: 0, extra: 0 });
      expect(codesOf(reading)).toContain('line_missing');
    }
  });
});

describe('editions', () => {
  it('(六)其他处理 as one row and as three', async () => {
    for (const [figures, lines] of [
      [editions['2019'], ['other']],
      [f, ['other_not_corrected', 'other_fee_unpaid', 'other_other']],
      [figuresOf({ mixed: true }), ['other']],
    ] as const) {
      for (const page of [pageOf(figures), tabText(figures)]) {
        const reading = await readString(page);
        expect(against(figures, reading)).toMatchObject(exact);
        expect([
          ...new Set(reading.facts.map((x) => x.line).filter((l) => /^other(_(not|fee|other).*)?$/.test(l))),
        ]).toEqual(lines);
      }
    }
  });

  it('the edition belongs to the block: 2021 in section 二, 2019 in section 三', async () => {
    const reading = await readString(pageOf(figuresOf({ mixed: true })));
    const editionOf = (grid: string) => [
      ...new Set(reading.facts.filter((x) => x.grid === grid).map((x) => x.edition)),
    ];
    expect([editionOf('proactive'), editionOf('requests')]).toEqual([['2021'], ['2019']]);
  });

  it('a late report on old tables, and an early one on new tables', async () => {
    for (const figures of [figuresOf({ edition: '2019', year: 2023 }), figuresOf({ edition: '2021', year: 2020 })])
      for (const page of [pageOf(figures), tabText(figures)]) {
        const reading = await readString(page);
        expect(against(figures, reading)).toMatchObject(exact);
        expect(new Set(reading.facts.filter((x) => x.grid === 'proactive').map((x) => x.edition))).toEqual(
          new Set([figures.edition]),
        );
      }
  });

  it('items of the fees of 2019 are never an amount', async () => {
    const reading = await readString(pageOf(editions['2019']));
    expect(reading.facts.filter((x) => x.line === 'fees').map((x) => [x.col, x.unit])).toEqual([
      ['items_last_year', 'count'],
      ['change', 'count'],
    ]);
  });
});

describe('columns', () => {
  it('one misspelt between two known ones', async () => {
    const reading = await inHtml(f, 'requests', relabelled(rowsOf(f, 'requests'), '法律服务机构', '法律服物机构'));
    expect(against(f, reading)).toMatchObject(exact);
    expect(reading.findings.filter((x) => x.code === 'column_guessed').length).toBe(1);
  });

  it('a column that the form does not have is named and not read', async () => {
    const rows = rowsOf(f, 'requests');
    rows[0]!.at(-1)!.colspan++;
    rows[1]!.push(printedCell('备注', 1, 2));
    for (const row of rows.slice(3)) row.push(printedCell('12'));
    for (const reading of [await inHtml(f, 'requests', rows), await inTabs(f, 'requests', rows)]) {
      expect(against(f, reading)).toMatchObject(exact);
      expect(codesOf(reading).filter((code) => code === 'column_unknown').length).toBe(1);
    }
  });

  it('columns in another order are read by their headers', async () => {
    const rows = rowsOf(f, 'requests');
    rows[1]!.unshift(rows[1]!.pop()!);
    for (const row of rows.slice(3))
      row.splice(
        row.findIndex((c) => c.role === 'number'),
        0,
        row.pop()!,
      );
    expect(against(f, await inHtml(f, 'requests', rows))).toMatchObject(exact);
  });

  it('a table without any header is read by the order of its cells', async () => {
    expect(against(f, await inHtml(f, 'requests', rowsOf(f, 'requests').slice(3)))).toMatchObject(exact);
  });

  it.each(['2', '4'])('a label cell that spans %s columns instead of 3 does not shift the numbers', async (span) => {
    const rows = rowsOf(f, 'requests');
    rowOf(rows, '本年新收')[0]!.colspan = Number(span);
    expect(against(f, await inHtml(f, 'requests', rows))).toMatchObject(exact);
  });
});

describe('section 四', () => {
  const results = gridOf('2021', 'disputes').lines[0]!.columns;

  it('with its lines in rows', async () => {
    const rows: Rows = [
      [printedCell('', 2), ...results.map((c) => printedCell(c.zh))],
      ...gridOf('2021', 'disputes').lines.map((line, i) => [
        ...(i === 0
          ? [printedCell(line.zh, 2)]
          : [...(i === 1 ? [printedCell('行政诉讼', 1, 2)] : []), printedCell(line.zh)]),
        ...results.map((c) => printedCell(String(f.cells.get(`disputes/${line.code}/${c.code}`)), 1, 1, 'number')),
      ]),
    ];
    expect(against(f, await inHtml(f, 'disputes', rows))).toMatchObject(exact);
    expect(against(f, await inTabs(f, 'disputes', rows))).toMatchObject(exact);
  });

  it('without the row that says which proceedings a column is of, nothing is read', async () => {
    const [, second, , values] = rowsOf(f, 'disputes');
    const results = second!.filter((c) => c.text !== '未经复议直接起诉' && c.text !== '复议后起诉');
    const rows = [[...results, ...results, ...results].map((c) => ({ ...c, rowspan: 1 })), values!];
    const reading = await inHtml(f, 'disputes', rows);
    expect(reading.facts.filter((x) => x.grid === 'disputes')).toEqual([]);
    expect(codesOf(reading)).toContain('columns_repeated');
  });
});

describe('rows that a page break cut', () => {
  it('the label in two cells, one a page', async () => {
    const rows = rowsOf(f, 'requests');
    const row = rowOf(rows, '要求行政机关确认');
    const at = rows.indexOf(row);
    const label = row.find((c) => c.role === 'label')!;
    const blank = row.map((c) =>
      c.role === 'number' ? { ...c, text: '' } : { ...c, text: '5.要求行政机关确认或重新' },
    );
    label.text = '出具已获取信息';
    rows.splice(at, 0, blank);
    for (const c of rows.flat()) if (c.role === 'group' && /办理结果|不予处理/.test(c.text)) c.rowspan++;
    expect(against(f, await inHtml(f, 'requests', rows))).toMatchObject(exact);
  });
});

describe('several tables of one grid', () => {
  const other = figuresOf({ seed: 99 });
  const stacked = (first: string, second: string) => pageOf(f, { requests: `${first}<p>下表为对照。</p>${second}` });

  it('the same numbers twice are one table', async () => {
    const table = htmlTable(rowsOf(f, 'requests'));
    const reading = await readString(stacked(table, table));
    expect(against(f, reading)).toMatchObject(exact);
    expect(codesOf(reading)).not.toContain('grid_repeated');
  });

  it('two tables with different numbers are never mixed, and every cell that differs is named', async () => {
    const reading = await readString(stacked(htmlTable(rowsOf(f, 'requests')), htmlTable(rowsOf(other, 'requests'))));
    expect(against(f, reading)).toMatchObject(exact);
    const named = reading.findings
      .filter((x) => x.code === 'grid_repeated')
      .flatMap((x) => x.cells.map((c) => `${c.grid}/${c.line}/${c.col}`));
    const differing = [...f.cells.keys()].filter(
      (k) => k.startsWith('requests/') && f.cells.get(k) !== other.cells.get(k),
    );
    expect(new Set(named)).toEqual(new Set(differing));
  });

  it('a table of an earlier year is not read in place of the one of the report that cannot be', async () => {
    const rows = rowsOf(f, 'requests').map((row, y) =>
      y < 3 ? row.slice(0, 1) : [...row, printedCell('5'), printedCell('8')],
    );
    const earlier = `<p>附：2020年度收到和处理政府信息公开申请情况</p>${htmlTable(rowsOf(other, 'requests'))}`;
    const reading = await readString(pageOf(f, { requests: htmlTable(rows) + earlier }));
    expect(reading.facts.filter((x) => x.grid === 'requests')).toEqual([]);
    expect(codesOf(reading)).toContain('row_shape');
  });

  it('a merged cell that a conversion wrote out in each of its columns is one number', async () => {
    const text = tabText(f).replace(/^(行政许可\t)(\d+).*$/m, '$1$2\t$2\t$2');
    expect(text).not.toBe(tabText(f));
    const reading = await readString(text);
    expect(against(f, reading)).toMatchObject(exact);
    expect(codesOf(reading)).toEqual(codesOf(await readString(tabText(f))));
    const another = await readString(text.replace(/^(行政许可\t\d+\t\d+)\t\d+$/m, '$1\t7'));
    expect(another.facts.filter((x) => x.line === 'licensing')).toEqual([]);
    expect(codesOf(another)).toContain('row_shape');
  });

  it('rows that end in a remark under a header that lacks a cell are not lost in silence', async () => {
    const rows = rowsOf(f, 'requests');
    rows[2]!.shift();
    const remarked = rows.map((row, y) => (y < 3 ? row : [...row, printedCell('8.5%')]));
    const reading = await readString(pageOf(f, { requests: htmlTable(remarked) }));
    expect(against(f, reading)).toMatchObject({ wrong: 0, unflagged: 0 });
    expect(codesOf(reading)).not.toContain('grid_missing');
  });

  it.each([true, false])(
    'years side by side: the one of the report is read or none, it stands first: %s',
    async (first) => {
      const rows = rowsOf(f, 'requests');
      const before = rowsOf(other, 'requests');
      const [left, right] = first ? [rows, before] : [before, rows];
      const both: Rows = rows.map((row, y) => [
        ...row.filter((c) => c.role !== 'number' && c.role !== 'header'),
        ...left[y]!.filter((c) => c.role === 'number' || c.role === 'header'),
        ...right[y]!.filter((c) => c.role === 'number' || c.role === 'header'),
      ]);
      both[0] = [
        both[0]![0]!,
        printedCell(first ? '2022年' : '2021年', 7, 1, 'header'),
        printedCell(first ? '2021年' : '2022年', 7, 1, 'header'),
      ];
      const reading = await inHtml(f, 'requests', both);
      if (reading.facts.some((x) => x.grid === 'requests')) expect(against(f, reading)).toMatchObject(exact);
      else expect(codesOf(reading)).toContain('columns_repeated');
      const unstated = both.map((r) => r.map((c) => ({ ...c, text: c.text.replace(/^20\d\d年$/, '申请人情况') })));
      const unread = await inHtml(f, 'requests', unstated);
      expect(unread.facts.filter((x) => x.grid === 'requests')).toEqual([]);
      expect(codesOf(unread)).toContain('columns_repeated');
    },
  );
});

it('a report without tables gives no facts and says which are missing', async () => {
  const reading = await readString(pageOf(f, { proactive: '', requests: '', disputes: '' }));
  expect(reading.facts).toEqual([]);
  expect(reading.findings.filter((x) => x.code === 'grid_missing').length).toBe(3);
  expect(reading.mentions.length).toBeGreaterThan(3);
});

it('every fact says where it stands', async () => {
  const reading = await readString(htmlPage(f, { ...cleanStyle, ...plainWording }));
  const places = reading.facts.map((x) => `${x.place.block}/${x.place.row}/${x.place.column}`);
  expect(new Set(places).size).toBe(places.length);
});
