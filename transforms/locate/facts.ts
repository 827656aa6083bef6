import { finding, type CellRef, type Finding } from '../findings.ts';
import { amountIn, moneyIn, parsePrinted, type Oddity, type Printed } from '../printed/number.ts';
import type { Fact } from '../report.ts';
import type { Slot } from './candidates.ts';
import type { Row, Value } from './row.ts';

/** Below this confidence recognised digits are named: an equation does not cover every cell. */
const SURE = 0.85;

/** The cell shows something that is not in its text: a picture, a table of its own. */
const UNREAD: Printed = { value: null, absence: 'text', money: null, oddities: [] };

export const printedIn = (value: Value): Printed => (value.unread ? UNREAD : parsePrinted(value.raw));

export const refOfSlot = (grid: string, { line, column }: Slot): CellRef => ({
  grid,
  line: line.code,
  col: column.code,
});

/** One printed cell → a fact, and findings about how it is printed. */
export function toFact(row: Row, slot: Slot, value: Value, edition: string): { fact: Fact; findings: Finding[] } {
  const { line, column } = slot;
  const printed = printedIn(value);
  const findings: Finding[] = [];
  const cells = [refOfSlot(row.grid, slot)];
  const said = { label: line.zh, column: column.zh, value: value.raw };
  const actual = printed.value;
  const odd = (code: 'value_text' | 'value_odd', oddities: Oddity[]) =>
    void findings.push(finding(code, cells, { ...said, oddities }, { actual }));
  const note = (code: 'unit_unknown' | 'value_fraction' | 'value_negative') =>
    void findings.push(finding(code, cells, said, { actual }));
  if (printed.absence === 'text' && !value.unread) odd('value_text', printed.oddities);
  else if (printed.oddities.length > 0) odd('value_odd', printed.oddities);
  if (value.ocr !== undefined && value.ocr < SURE && printed.absence !== 'blank')
    findings.push(finding('ocr_doubt', cells, { ...said, confidence: Math.round(value.ocr * 100) }, { actual }));
  let unit: Fact['unit'] = column.unit;
  let amount = printed.value;
  if (column.unit === 'yuan' && amount !== null) {
    const money =
      printed.money ?? moneyIn(value.target?.header ?? '') ?? moneyIn(row.unit ?? '') ?? moneyIn(row.before);
    if (!money) {
      unit = 'unknown';
      note('unit_unknown');
    } else if (!printed.money) amount = amountIn(value.raw, money) ?? amount;
  } else if (column.unit === 'count' && amount !== null) {
    if (printed.money) odd('value_odd', ['money']);
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
  return { fact, findings };
}
