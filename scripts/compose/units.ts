import { cell, type PrintedCell, type PrintedTable } from './printed.ts';
import type { Random } from './random.ts';

/** Where a report prints the unit of its amount, and how: in words that a reader must take for one unit, or for none. */

/** Decimal places of each unit; null: no unit of money that is known. */
const units: [string, number | null][] = [
  ['元', 0],
  ['百元', 2],
  ['千元', 3],
  ['万元', 4],
  ['萬元', 4],
  ['十万元', 5],
  ['百万元', 6],
  ['千万元', 7],
  ['亿元', 8],
];
const unknown = ['W元', 'ｗ元', '美元', '万美元', '港元', '万亿元'];
/** What may part the characters of a unit. */
const gaps = ['', '', ' ', '\u3000', '\u00a0', '·', '．', '.'];

export interface Statement {
  /** In the header, in a row and in a cell of its own; '' where none stands there. */
  header: string;
  label: string;
  corner: string;
  caption: string;
  note: string;
  behind: string;
  beside: string;
  before: string;
  heading: string;
}
const NOWHERE: Statement = {
  header: '',
  label: '',
  corner: '',
  caption: '',
  note: '',
  behind: '',
  beside: '',
  before: '',
  heading: '',
};

export const stating = (of: Partial<Statement>): PrintedUnit => ({ stated: { ...NOWHERE, ...of }, places: null });

/** `places`: what the number is shifted by; null where it stays as printed, and a finding says why. */
export interface PrintedUnit {
  stated: Statement;
  places: number | null;
}

type Placing = (unit: string) => Partial<Statement>;
const inBrackets = (unit: string): string => `（${unit}）`;
/** Each place in which one unit may stand. */
export const placings = {
  header: (unit) => ({ header: inBrackets(unit) }),
  header_named: (unit) => ({ header: `（单位：${unit}）` }),
  label: (unit) => ({ label: inBrackets(unit) }),
  corner: (unit) => ({ corner: `（单位：${unit}）` }),
  caption: (unit) => ({ caption: `单位：${unit}` }),
  heading: (unit) => ({ heading: `（单位：${unit}）` }),
  note: (unit) => ({ note: `注：收费金额以${unit}计` }),
  cell: (unit) => ({ behind: unit }),
  cell_brackets: (unit) => ({ behind: inBrackets(unit) }),
  beside: (unit) => ({ beside: unit }),
  before: (unit) => ({ before: unit }),
} satisfies Record<string, Placing>;
export type PlacingName = keyof typeof placings;

/** One unit, printed with a gap or without. */
export function oneUnit(name: PlacingName, random: Random): PrintedUnit {
  const [unit, places] = random.pick(units);
  const gap = random.pick(gaps);
  return { stated: { ...NOWHERE, ...placings[name]([...unit].join(gap)) }, places };
}

/** What touches 元 and is no unit of the grammar. */
export const unknownUnit = (name: PlacingName, random: Random): PrintedUnit => ({
  stated: { ...NOWHERE, ...placings[name](random.pick(unknown)) },
  places: null,
});

/** Another unit in the header than around the table, or behind the number: that of the number itself stands. */
export function twoUnits(random: Random): PrintedUnit {
  const [other, places] = random.pick(units.filter(([unit]) => unit !== '万元' && unit !== '萬元'));
  const own = random.chance(0.5);
  const where: PlacingName = own ? 'cell' : random.pick(['caption', 'corner', 'note'] as const);
  return {
    stated: { ...NOWHERE, ...placings.header('万元'), ...placings[where](other) },
    places: own ? places : null,
  };
}

/** The table of section 二 with its amount printed as `digits`, and its unit where it is stated. */
export const withUnit =
  (digits: string, { stated }: PrintedUnit) =>
  (table: PrintedTable): PrintedTable => {
    const isAmounts = (row: PrintedCell[]): boolean =>
      row.some((c) => c.role === 'label' && c.text.includes('行政事业性收费'));
    const rows = table.rows.map((row, i) => {
      if (isAmounts(row)) return row.flatMap((c) => amountCells(c, digits, stated));
      const isAbove = table.rows[i + 1] !== undefined && isAmounts(table.rows[i + 1]!);
      return row.map((c) => headerCell(c, isAbove, stated));
    });
    const width = rows[0]!.reduce((n, c) => n + c.colspan, 0);
    const whole = (text: string) => (text === '' ? [] : [[cell(text, 'caption', width)]]);
    return { ...table, rows: [...whole(stated.caption), ...rows, ...whole(stated.note)] };
  };

function amountCells(c: PrintedCell, digits: string, { label, behind, beside, before }: Statement): PrintedCell[] {
  if (c.role === 'label') return [{ ...c, text: c.text + label }, ...(before === '' ? [] : [cell(before, 'label')])];
  if (c.role !== 'number') return [c];
  // A cell of its own for the unit takes its width from that of the amount.
  const taken = beside === '' && before === '' ? 0 : 1;
  return [
    { ...c, text: digits + behind, colspan: c.colspan - taken },
    ...(beside === '' ? [] : [cell(beside, 'label')]),
  ];
}

function headerCell(c: PrintedCell, isAbove: boolean, { header, corner }: Statement): PrintedCell {
  if (c.role === 'number' || !isAbove) return c;
  if (c.text.includes('金额')) return { ...c, text: c.text.replace(/[（(].*/, '') + header };
  return c.text === '信息内容' ? { ...c, text: c.text + corner } : c;
}
