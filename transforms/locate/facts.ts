import type { CellRef } from '../findings.ts';
import { unitsIn, withoutUnit, type Money, type Stated } from '../printed/money.ts';
import { amountIn, parsePrinted, type Oddity, type Printed } from '../printed/number.ts';
import type { Fact } from '../report.ts';
import type { Slot } from './candidates.ts';
import type { Row, Value } from './row.ts';

/** Below this confidence recognised digits are named: an equation does not cover every cell. */
const SURE = 0.85;

/** The cell shows something that is not in its text: a picture, a table of its own. */
const UNREAD: Printed = { value: null, absence: 'text', money: null, oddities: [] };

/** Beside pale digits the number itself is printed as any other: it is kept, and its cell named. */
export const printedIn = (value: Value): Printed =>
  value.unread && value.unread !== 'pale' ? UNREAD : parsePrinted(value.raw);

export const refOfSlot = (grid: string, { line, column }: Slot): CellRef => ({
  grid,
  line: line.code,
  col: column.code,
});

/** Units that are printed for one amount, the nearest first. */
function unitsOf(row: Row, value: Value, own: Stated | null): Stated[] {
  const near = [value.target?.header ?? '', row.unit ?? '', row.before].flatMap(unitsIn);
  return [...(own ? [own] : []), ...near, ...(row.around ?? [])];
}

/** Why the unit of an amount is not known, or does not agree with another that is printed for it. */
export interface UnitDoubt {
  cell: CellRef;
  said: Said;
  code: 'unit_unknown' | 'unit_conflict';
  units: string[];
}

/** What is odd about how a value is printed. */
export interface ValueDoubt {
  cell: CellRef;
  said: Said;
  code: 'value_text' | 'value_odd' | 'value_fraction' | 'value_negative';
  /** Why, of the first two. */
  oddities: Oddity[];
  actual: number | null;
}

/** Digits that were recognised with little confidence, in per cent. */
export interface DigitDoubt {
  cell: CellRef;
  said: Said;
  confidence: number;
  actual: number | null;
}

/** The unit that holds for an amount: its own, else the one that all others agree on. */
function unitOf(units: Stated[], own: Stated | null): { money: Money | null; doubt: UnitDoubt['code'] | null } {
  const isUnknown = (own ? [own] : units).some((unit) => unit.money === null) || units.length === 0;
  const known = new Set(units.map((unit) => unit.money));
  if (isUnknown) return { money: null, doubt: 'unit_unknown' };
  if (known.size === 1) return { money: units[0]!.money, doubt: null };
  return { money: own?.money ?? null, doubt: 'unit_conflict' };
}

interface Said {
  label: string;
  column: string;
  value: string;
}

/** The form's own unit is left out of its label: the document may print another. */
const saidOf = ({ line, column }: Slot, { raw }: Value): Said => ({
  label: line.zh,
  column: withoutUnit(column.zh),
  value: raw,
});

/** One printed cell → a fact, and what is odd about it: the same of several cells is one finding of their table. */
export function toFact(
  row: Row,
  slot: Slot,
  value: Value,
  edition: string,
): { fact: Fact; odd: ValueDoubt[]; doubt: UnitDoubt | null; unsure: DigitDoubt | null } {
  const { line, column } = slot;
  const printed = printedIn(value);
  const odd: ValueDoubt[] = [];
  const actual = printed.value;
  const cell = refOfSlot(row.grid, slot);
  const note = (code: ValueDoubt['code'], oddities: Oddity[] = []) =>
    void odd.push({ cell, said: saidOf(slot, value), code, oddities, actual });
  if (printed.absence === 'text' && !value.unread) note('value_text', printed.oddities);
  else if (printed.oddities.length > 0) note('value_odd', printed.oddities);
  const isUnsure = value.ocr !== undefined && value.ocr < SURE && printed.absence !== 'blank';
  const unsure = isUnsure
    ? { cell, said: saidOf(slot, value), confidence: Math.round(value.ocr! * 100), actual }
    : null;
  let unit: Fact['unit'] = column.unit;
  let amount = printed.value;
  let doubt: UnitDoubt | null = null;
  if (column.unit === 'yuan' && amount !== null) {
    const units = unitsOf(row, value, printed.money);
    const { money, doubt: code } = unitOf(units, printed.money);
    const names = units.map((u) => u.printed);
    if (code) doubt = { cell, said: saidOf(slot, value), code, units: [...new Set(names)] };
    const inYuan = money && (printed.money ? amount : amountIn(value.raw, money));
    if (inYuan === null) unit = 'unknown';
    else amount = inYuan;
    // 12件 under a header in 万元 is no number of either.
    if (money && inYuan === null)
      doubt = { cell, said: saidOf(slot, value), code: 'unit_conflict', units: [...new Set([...names, value.raw])] };
  } else if (column.unit === 'count' && amount !== null) {
    if (printed.money) note('value_odd', ['money']);
    if (!Number.isInteger(amount)) note('value_fraction');
    if (amount < 0 && !column.signed) note('value_negative');
  }
  const fact: Fact = {
    grid: row.grid,
    line: line.code,
    col: column.code,
    edition,
    value: amount,
    absence: printed.absence,
    unit,
    raw: value.raw,
    status: 'unverified',
    proofs: 0,
    place: { block: row.block, row: row.row, column: value.column },
  };
  if (value.ocr !== undefined) fact.read_by = 'ocr';
  return { fact, odd, doubt, unsure };
}
