import { describe, expect, it } from 'vitest';
import { cell, type Cell, type Table } from '../transforms/doc/doc.ts';
import { cellsOf, layOut } from '../transforms/doc/grid.ts';
import { readHtml } from '../transforms/formats/html/html.ts';
import {
  against,
  codesOf,
  exact,
  figuresOf,
  htmlTable,
  pageOf,
  readString,
  rowsOf,
  type Rows,
} from './reading.fixture.ts';

const table = (...rows: Cell[][]): Table => ({ kind: 'table', aligned: true, origin: 'test', rows });
const fill = (text: string, colspan = 1, rowspan = 1): Cell => cell(text, colspan, rowspan);

/** The text over every position; `.` where no cell is. */
const drawn = (t: Table): string[] => {
  const grid = layOut(t);
  return Array.from({ length: grid.rows }, (_, row) =>
    Array.from({ length: grid.columns }, (_, column) => grid.at[row]?.[column]?.cell.text ?? '.').join(''),
  );
};

describe('spans laid out on a rectangle', () => {
  it('a plain table', () => {
    expect(drawn(table([fill('a'), fill('b')], [fill('c'), fill('d')]))).toEqual(['ab', 'cd']);
  });
  it('spans that end at different rows', () => {
    expect(
      drawn(
        table(
          [fill('a', 1, 3), fill('b', 1, 2), fill('c')],
          [fill('d')],
          [fill('e'), fill('f')],
          [fill('g'), fill('h'), fill('i')],
        ),
      ),
    ).toEqual(['abc', 'abd', 'aef', 'ghi']);
  });
  it('a cell that spans rows and columns', () => {
    expect(drawn(table([fill('a', 2, 2), fill('b')], [fill('c')], [fill('d'), fill('e'), fill('f')]))).toEqual([
      'aab',
      'aac',
      'def',
    ]);
  });
  it('an empty spanned cell occupies its place like any other', () => {
    const grid = layOut(table([fill('', 1, 2), fill('1')], [fill('2')]));
    expect(grid.at[1]![0]).toBe(grid.at[0]![0]);
    expect(grid.at[1]![1]!.cell.text).toBe('2');
  });
  it('a row wholly covered from above', () => {
    expect(drawn(table([fill('a', 1, 2), fill('b', 1, 2)], [], [fill('c'), fill('d')]))).toEqual(['ab', 'ab', 'cd']);
  });
  it('ragged rows leave holes at their end', () => {
    expect(drawn(table([fill('a'), fill('b'), fill('c')], [fill('d')], [fill('e'), fill('f')]))).toEqual([
      'abc',
      'd..',
      'ef.',
    ]);
  });
  it('rowspan=0 reaches to the end of the table', () => {
    expect(drawn(table([fill('a', 1, 0), fill('b')], [fill('c')], [fill('d')]))).toEqual(['ab', 'ac', 'ad']);
  });
  it('a rowspan beyond the last row ends with the table', () => {
    expect(drawn(table([fill('a', 1, 99), fill('b')], [fill('c')]))).toEqual(['ab', 'ac']);
  });
  it('colspan=0 counts as 1', () => {
    expect(drawn(table([fill('a', 0), fill('b')]))).toEqual(['ab']);
  });
  it('overlapping spans: what stands there first stays', () => {
    const grid = layOut(table([fill('a'), fill('b', 1, 2)], [fill('c', 2)]));
    expect(grid.at[1]!.map((p) => p?.cell.text)).toEqual(['c', 'b']);
  });
  it('colspan=10^9 and rowspan=10^9 stay within limits and are said to be cut', () => {
    const start = performance.now();
    const grid = layOut(table(...Array.from({ length: 1000 }, () => [fill('a', 1e9, 1e9)])));
    expect(performance.now() - start).toBeLessThan(2000);
    expect(grid.cut).toBe(true);
    expect(layOut(table([fill('a', 1e9)])).columns).toBeLessThanOrEqual(1000);
  });
  it('a table of ordinary size is never cut', () => {
    expect(layOut(table(...Array.from({ length: 100 }, () => Array.from({ length: 30 }, () => fill('1'))))).cut).toBe(
      false,
    );
  });
  it('an empty table', () => {
    expect(layOut(table())).toMatchObject({ rows: 0, columns: 0, cut: false });
    expect(drawn(table([], []))).toEqual(['', '']);
  });
  it('the cells over a row are given once each, with those from above', () => {
    const grid = layOut(table([fill('a', 1, 2), fill('b', 2)], [fill('c', 2)]));
    expect(cellsOf(grid, 1).map((p) => [p.cell.text, p.row, p.column, p.colspan])).toEqual([
      ['a', 0, 0, 1],
      ['c', 1, 1, 2],
    ]);
    expect(cellsOf(grid, 9)).toEqual([]);
  });
});

const tablesOf = (html: string) => readHtml(html).blocks.filter((b) => b.kind === 'table');

describe('tables of a page', () => {
  it('keep their spans, rows of thead, tbody and tfoot, and line breaks in cells', () => {
    const [only] = tablesOf(
      '<table><thead><tr><th colspan=2>甲</th></tr></thead><tbody><tr><td rowspan="2">自<br>然<br>人</td><td>1</td></tr><tr><td>2</td></tr></tbody></table>',
    );
    expect(only!.rows.map((r) => r.map((c) => [c.text, c.colspan, c.rowspan]))).toEqual([
      [['甲', 2, 1]],
      [
        ['自\n然\n人', 1, 2],
        ['1', 1, 1],
      ],
      [['2', 1, 1]],
    ]);
  });
  it('a nested table stays in its cell and is not part of its text', () => {
    const numbers = '<tr>' + '<td>7</td>'.repeat(8) + '</tr>';
    const [outer, ...others] = tablesOf(
      `<table>${numbers}<tr><td>外<table><tr><td>内</td><td>5</td></tr></table></td></tr></table>`,
    );
    expect(others).toEqual([]);
    const holder = outer!.rows[1]![0]!;
    expect(holder.text).toBe('外');
    expect(holder.nested!.map((t) => t.rows.map((r) => r.map((c) => c.text)))).toEqual([[['内', '5']]]);
  });
  it('a table that lays out the page is opened; the data table in it is the table', () => {
    const tables = tablesOf(
      '<table><tr><td width=200><table><tr><td>导航 12</td></tr></table></td><td><p>一段文字。</p><table><tr><td>规章</td><td>1</td><td>2</td><td>3</td></tr></table></td></tr></table>',
    );
    expect(tables.map((t) => t.rows.flat().map((c) => c.text))).toContainEqual(['规章', '1', '2', '3']);
    expect(tables.every((t) => t.rows.flat().every((c) => (c.nested ?? []).length === 0))).toBe(true);
  });
  it.each(['"abc"', '"-3"', '""', '"1.9"'])('a colspan of %s is 1', (span) => {
    expect(tablesOf(`<table><tr><td colspan=${span}>a</td><td>b</td></tr></table>`)[0]!.rows[0]![0]!.colspan).toBe(1);
  });
});

describe('statutory tables as they are printed', () => {
  const f = figuresOf();
  const read = async (requests: string) => against(f, await readString(pageOf(f, { requests })));
  const headed = (rows: Rows, from: number, to: number) => [...rows.slice(0, 3), ...rows.slice(from, to)];

  it('the header repeated after a page break inside of one table', async () => {
    const rows = rowsOf(f, 'requests');
    // Row 7 begins the group (三), so no span is cut.
    const at = rows.findIndex((r) => r.some((c) => c.text.includes('不予公开')));
    const lead = rows
      .slice(3, at)
      .flat()
      .find((c) => c.text.includes('办理结果'))!;
    lead.rowspan = 2;
    const rest = rows.slice(at);
    rest[0] = [{ text: '', colspan: 1, rowspan: rest.length - 1, role: 'continued' }, ...rest[0]!];
    expect(await read(htmlTable([...rows.slice(0, at), ...rows.slice(0, 3), ...rest]))).toMatchObject(exact);
  });

  it.each([10, 14, 20])('cut in two inside a group, the group label on the first half only: row %i', async (cut) => {
    const rows = rowsOf(f, 'requests');
    const open = rows.flatMap((row, y) =>
      row.filter((c) => c.role === 'group' && y < cut && y + c.rowspan > cut).map((c) => ({ c, end: y + c.rowspan })),
    );
    const second = headed(rows, cut, rows.length).map((r) => [...r]);
    second[3] = [
      ...open.map(({ end }) => ({ text: '', colspan: 1, rowspan: end - cut, role: 'continued' as const })),
      ...second[3]!,
    ];
    for (const { c, end } of open) c.rowspan -= end - cut;
    expect(await read(`${htmlTable(rows.slice(0, cut))}<p>- 4 -</p>${htmlTable(second)}`)).toMatchObject(exact);
    // Without a new header the columns of the first half hold.
    expect(await read(`${htmlTable(rows.slice(0, cut))}<p>- 4 -</p>${htmlTable(second.slice(3))}`)).toMatchObject(
      exact,
    );
  });

  it('group cells left out by rows that are ragged', async () => {
    const rows = rowsOf(f, 'requests').map((r, y) => (y < 3 ? r : r.filter((c) => c.role !== 'group')));
    expect(await read(htmlTable(rows))).toMatchObject(exact);
  });

  it('a spacer row and an empty cell at the end of each row', async () => {
    const rows = rowsOf(f, 'requests').flatMap((r) => [
      [...r, { text: '', colspan: 1, rowspan: 1, role: 'number' as const }],
      [],
    ]);
    const halved = rows.map((r) => r.map((c) => ({ ...c, rowspan: c.rowspan === 1 ? 1 : c.rowspan * 2 })));
    expect(await read(htmlTable(halved))).toMatchObject(exact);
  });

  it('rowspan=0 and a huge colspan on the last cell', async () => {
    const rows = rowsOf(f, 'requests');
    rows[0]!.at(-1)!.colspan = 900;
    expect(await read(htmlTable(rows))).toMatchObject(exact);
  });

  it('a page laid out by tables with numbers in the navigation', async () => {
    const navigation = '<table><tr><td>今日访问</td><td>120</td><td>总访问</td><td>99,000</td></tr></table>';
    const page = pageOf(f)
      .replace('<div class="article">', `<table><tr><td>${navigation}</td></tr><tr><td><div class="article">`)
      .replace('</div></body>', '</div></td></tr></table></body>');
    const reading = await readString(page);
    expect(against(f, reading)).toMatchObject(exact);
    expect(codesOf(reading)).not.toContain('row_leftover');
  });

  it('every statutory table alone in a cell of another table', async () => {
    const wrap = (grid: 'proactive' | 'requests' | 'disputes') =>
      `<table width="100%"><tr><td><center>${htmlTable(rowsOf(f, grid))}</center></td></tr></table>`;
    const reading = await readString(
      pageOf(f, { proactive: wrap('proactive'), requests: wrap('requests'), disputes: wrap('disputes') }),
    );
    expect(against(f, reading)).toMatchObject(exact);
  });
});
