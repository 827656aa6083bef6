import { describe, expect, test } from 'vitest';
import { buildLattice } from '../transforms/formats/geometry/lattice.ts';
import { joinAcrossPages } from '../transforms/formats/geometry/page-breaks.ts';
import { placeTable, type PlacedTable } from '../transforms/formats/geometry/placed-table.ts';
import { cellText, groupLines, lineText, wholeMarks } from '../transforms/formats/pdf/lines.ts';
import { findRules, groupRules, mergeCollinear, type Rule, type Rules } from '../transforms/formats/geometry/rules.ts';
import type { Glyph } from '../transforms/formats/pdf/types.ts';

const rule = (at: number, from: number, to: number): Rule => ({ at, from, to });
const lattice = (across: Rule[], down: Rule[]) => buildLattice({ across, down });
const frame: Rules = { across: [rule(0, 0, 90), rule(60, 0, 90)], down: [rule(0, 0, 60), rule(90, 0, 60)] };

describe('rules', () => {
  test('dashes are one rule, columns of dots too; a wide gap parts two rules', () => {
    const dashes = Array.from({ length: 20 }, (_, i) => rule(10, i * 6, i * 6 + 3));
    expect(mergeCollinear(dashes)).toEqual([rule(10, 0, 117)]);
    expect(mergeCollinear([rule(10, 0, 40), rule(10, 50, 90)])).toHaveLength(2);
    expect(mergeCollinear([rule(10, 0, 2)])).toEqual([]);
  });

  test('100,000 dashes are merged in less than a second', () => {
    const dashes = Array.from({ length: 100_000 }, (_, i) => rule((i % 500) * 3, i, i + 1));
    const start = performance.now();
    mergeCollinear(dashes);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('grids that do not touch are groups of their own; a filled area is four rules', () => {
    const fill = { x0: 200, y0: 0, x1: 300, y1: 50 };
    const { across, down } = findRules([], [fill]);
    expect([across.length, down.length]).toEqual([2, 2]);
    const groups = groupRules({ across: [...frame.across, ...across], down: [...frame.down, ...down] });
    expect(groups).toHaveLength(2);
  });
});

describe('cells', () => {
  test('spans over rows and columns', () => {
    // ┌───┬─────┐
    // │   ├──┬──┤
    // └───┴──┴──┘
    const cells = lattice(
      [...frame.across, rule(30, 30, 90)],
      [...frame.down, rule(30, 0, 60), rule(60, 30, 60)],
    )?.cells;
    expect(cells).toEqual([
      { row: 0, column: 0, rowspan: 2, colspan: 1 },
      { row: 0, column: 1, rowspan: 1, colspan: 2 },
      { row: 1, column: 1, rowspan: 1, colspan: 1 },
      { row: 1, column: 2, rowspan: 1, colspan: 1 },
    ]);
  });

  test('double rules are one line of the grid', () => {
    expect(lattice(frame.across, [...frame.down, rule(44, 0, 60), rule(46.5, 0, 60)])?.cells).toHaveLength(2);
  });

  test('open at the sides and at the foot of the page', () => {
    const open = lattice([rule(0, 0, 90), rule(30, 0, 90)], [rule(45, 0, 60)]);
    expect(open?.cells.map((c) => [c.row, c.column])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
  });

  test('a frame, and rules that enclose nothing, are no grid', () => {
    expect(buildLattice(frame)).toBeNull();
    expect(lattice([rule(0, 0, 90)], [rule(45, 0, 60)])).toBeNull();
    expect(lattice([], [])).toBeNull();
  });

  test('one rule that overshoots makes no column; two that do leave the table open', () => {
    const xs = (across: Rule[]) => lattice(across, [rule(0, 0, 60), rule(45, 0, 60), rule(90, 0, 60)])?.xs;
    expect(xs([rule(0, 0, 90), rule(30, 0, 120), rule(60, 0, 90)])).toEqual([0, 45, 90]);
    expect(xs([rule(0, 0, 120), rule(30, 0, 120), rule(60, 0, 90)])).toEqual([0, 45, 90, 120]);
  });

  test('a border that is drawn in part parts cells where the shape would be no rectangle', () => {
    const right = [rule(60, 0, 15), rule(60, 30, 60)];
    const cells = lattice([...frame.across, rule(30, 0, 90)], [...frame.down, ...right])?.cells;
    expect(cells?.map(({ row, column, colspan }) => [row, column, colspan])).toEqual([
      [0, 0, 2],
      [1, 0, 1],
      [1, 1, 1],
    ]);
    const healed = lattice(
      [...frame.across, rule(30, 0, 60)],
      [...frame.down, rule(60, 0, 15), rule(60, 30, 60)],
    )?.cells;
    expect(healed?.map(({ row, column, rowspan }) => [row, column, rowspan])).toEqual([
      [0, 0, 1],
      [0, 1, 2],
      [1, 0, 1],
    ]);
  });

  test('a tall line beside a cell belongs to the grid that is as tall, strokes of characters do not', () => {
    const tall = (height: number): Rules => ({
      across: [rule(0, 0, 90), rule(30, 0, 90)],
      down: [rule(0, 0, height), rule(90, 0, height), rule(120, 0, height)],
    });
    expect(groupRules(tall(200))[0]?.down).toHaveLength(3);
    expect(groupRules(tall(40))[0]?.down).toHaveLength(2);
  });

  test('a column is open where no rule ends it', () => {
    const open = lattice(
      [rule(0, 0, 90), rule(30, 0, 90), rule(60, 0, 45)],
      [rule(0, 0, 60), rule(45, 0, 60), rule(90, 0, 60)],
    );
    expect([open?.openTop, open?.openBottom]).toEqual([
      [false, false],
      [false, true],
    ]);
  });

  test('every square has one cell, also where rules end in nowhere', () => {
    const broken = lattice(
      [...frame.across, rule(20, 0, 55), rule(40, 35, 90)],
      [...frame.down, rule(30, 0, 35), rule(60, 25, 60)],
    );
    expect(broken).not.toBeNull();
    const area = broken!.cells.reduce((sum, c) => sum + c.rowspan * c.colspan, 0);
    expect(area).toBe(broken!.owner.length);
    expect([...broken!.owner].every((owner) => owner >= 0)).toBe(true);
  });
});

describe('page breaks', () => {
  /** Two columns of 45 points; `open` says whether the first row goes on from the page before, and the last on the next. */
  const part = (rows: string[][], open: { top?: boolean; foot?: boolean } = {}, page = 1, point = 1): PlacedTable => {
    const ys = [0, ...rows.map((_, i) => 30 * (i + 1))].map((y) => y * point);
    const xs = [0, 45, 90].map((x) => (x + 3 * page) * point);
    const across = ys.map((y) => rule(y, xs[0]!, xs[2]!)).slice(open.top ? 1 : 0, open.foot ? -1 : undefined);
    const down = xs.map((x) => rule(x, ys[0]!, ys.at(-1)!));
    const contents = rows.flat().map((text) => ({ text }));
    return placeTable(buildLattice({ across, down })!, contents, `page ${page}`, point);
  };
  const texts = (table: PlacedTable | undefined) => table?.rows.map((row) => row.map(({ text }) => text));
  const line = { x0: 0, y0: 70, x1: 90, y1: 80 };

  test('parts become one table: the header once, a cut row whole, also where the paper lies otherwise', () => {
    const first = part(
      [
        ['项目', '件'],
        ['甲', '1'],
        ['乙', '2'],
      ],
      { foot: true },
    );
    const second = part(
      [
        ['丙', ''],
        ['丁', '4'],
      ],
      { top: true },
      2,
      2,
    );
    const third = part(
      [
        ['项目', '件'],
        ['戊', '5'],
      ],
      {},
      3,
    );
    const [tables, ...others] = joinAcrossPages(
      [first, second, third].map((table) => ({ tables: [table], lines: [] })),
    );
    expect(others).toEqual([[], []]);
    expect(tables?.[0]?.origin).toBe('page 1 to page 3');
    expect(texts(tables?.[0])).toEqual([
      ['项目', '件'],
      ['甲', '1'],
      ['乙\n丙', '2'],
      ['丁', '4'],
      ['戊', '5'],
    ]);
  });

  test('a line between two tables, or another width, makes them two', () => {
    const pages = (lines: (typeof line)[], table: PlacedTable) =>
      joinAcrossPages([
        { tables: [part([['甲', '1']])], lines },
        { tables: [table], lines: [] },
      ]).map((tables) => tables.length);
    expect(pages([], part([['乙', '2']]))).toEqual([1, 0]);
    expect(pages([line], part([['乙', '2']]))).toEqual([1, 1]);
    expect(pages([], part([['乙', '2']], {}, 1, 2))).toEqual([1, 0]);
    const wider = placeTable(
      buildLattice({
        across: [rule(0, 0, 97), rule(30, 0, 97)],
        down: [rule(0, 0, 30), rule(45, 0, 30), rule(97, 0, 30)],
      })!,
      [{ text: '乙' }, { text: '2' }],
      'page 2',
    );
    expect(pages([], wider)).toEqual([1, 1]);
  });
});

const glyph = (char: string, x: number, base: number, turn = 0): Glyph => ({
  char,
  x0: x,
  x1: x + 10,
  y0: base - 9,
  y1: base + 1,
  base,
  size: 10,
  turn,
  spaced: false,
});
const row = (text: string, x: number, base: number): Glyph[] =>
  [...text].map((char, i) => glyph(char, x + 10 * i, base));

describe('lines', () => {
  test('glyphs in any order; numbers of another font a little off the line', () => {
    const lines = groupLines([...row('二行', 0, 40), ...row('一', 0, 20), glyph('1', 10, 21.5)]);
    expect(lines.map(lineText)).toEqual(['一1', '二行']);
  });

  test('marks above a line are on it, and so is a number that its mark lowers', () => {
    const mark: Glyph = { ...glyph('*', 10, 16), size: 6 };
    const lines = groupLines([glyph('4', 0, 20.6), mark, ...row('总计', 20, 20), ...row('二行', 0, 34)]);
    expect(lines.map(lineText)).toEqual(['4 (*)总计', '二行']);
  });

  test('a mark that its cell broke is whole where it begins; a small number below one without a mark stays', () => {
    const small = (char: string, x: number, base: number): Glyph => ({ ...glyph(char, x, base), x1: x + 5, size: 6 });
    const rest = [...row('信息', 40, 32), small('5', 2, 32)];
    const broken = wholeMarks(groupLines([glyph('0', 0, 20), small('注', 10, 16), ...row('内部', 40, 20), ...rest]));
    expect(broken.map(lineText)).toEqual(['0 (注5)内部', '信息']);
    expect(broken[0]!.glyphs.map(({ x1 }) => x1)).toEqual([10, 15, 15, 50, 60]);
    const none = wholeMarks(groupLines([glyph('0', 0, 20), ...row('内部', 40, 20), ...rest]));
    expect(none.map(lineText)).toEqual(['0 内部', '5 信息']);
  });

  test('one character a line keeps its order; turned text is read along its line', () => {
    expect(cellText([...'自然人'].map((char, i) => glyph(char, 5, 20 + 12 * i)))).toMatchObject({ text: '自\n然\n人' });
    const turned = (degrees: number, step: number): Glyph[] =>
      [...'本年度'].map((c, i) => glyph(c, 5, 60 + step * i, degrees));
    expect(cellText(turned(270, 10)).text).toBe('本年度');
    expect(cellText(turned(90, -10)).text).toBe('本年度');
  });

  test('wide gaps are blanks, spread ideographs are not', () => {
    expect(groupLines([...row('公开', 0, 20), ...row('件数', 32, 20)]).map(lineText)).toEqual(['公开 件数']);
    expect(groupLines([glyph('公', 0, 20), glyph('开', 14, 20)]).map(lineText)).toEqual(['公开']);
  });
});
