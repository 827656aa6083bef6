import { describe, expect, test } from 'vitest';
import { buildLattice } from '../transforms/formats/geometry/lattice.ts';
import { cellText, groupLines, lineText } from '../transforms/formats/pdf/lines.ts';
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

  test('one character a line keeps its order; turned text is read along its line', () => {
    expect(cellText([...'自然人'].map((char, i) => glyph(char, 5, 20 + 12 * i)))).toBe('自\n然\n人');
    const turned = (degrees: number, step: number): Glyph[] =>
      [...'本年度'].map((c, i) => glyph(c, 5, 60 + step * i, degrees));
    expect(cellText(turned(270, 10))).toBe('本年度');
    expect(cellText(turned(90, -10))).toBe('本年度');
  });

  test('wide gaps are blanks, spread ideographs are not', () => {
    expect(groupLines([...row('公开', 0, 20), ...row('件数', 32, 20)]).map(lineText)).toEqual(['公开 件数']);
    expect(groupLines([glyph('公', 0, 20), glyph('开', 14, 20)]).map(lineText)).toEqual(['公开']);
  });
});
