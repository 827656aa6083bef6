import type { Fact } from '../report.ts';
import type { Finding } from '../finding.ts';
import { finding, type FindingCode } from '../findings.ts';
import type { FormColumn, FormLine } from '../forms/form.ts';
import { parsePrinted } from '../number.ts';
import type { Row, Value } from './row.ts';

/** One cell of the form. */
export interface Slot {
  line: FormLine;
  column: FormColumn;
}

export interface Placing {
  facts: Fact[];
  findings: Finding[];
  /** Values that are fewer than the cells they may stand in, for `collapse` to place. */
  pending: Pending | null;
}

export interface Pending {
  row: Row;
  slots: Slot[];
  values: Value[];
}

export const slotsOf = (line: FormLine): Slot[] => line.columns.map((column) => ({ line, column }));

/** Values in order → the cells of the form they stand for, by count; fewer values are left to the equations. */
export function placeInOrder(row: Row, slots: Slot[], edition: string): Placing {
  const values = trimBlanks(row, slots.length);
  if (values.length === slots.length) return gather(values.map((value, i) => toFact(row, slots[i]!, value, edition)));
  if (values.length < slots.length) return { facts: [], findings: [], pending: { row, slots, values } };
  return { facts: [], findings: [shapeFinding(row, slots, values)], pending: null };
}

/** Values by the header above them. `lineOf` gives the line of a value: the row's own, or the header's. */
export function placeByHeader(row: Row, lineOf: (value: Value) => FormLine | null, edition: string): Placing {
  const made: { fact: Fact; findings: Finding[] }[] = [];
  const findings: Finding[] = [];
  for (const value of row.values) {
    const line = lineOf(value);
    const column = line?.columns.find((c) => c.code === value.target!.col);
    if (line && column) made.push(toFact(row, { line, column }, value, edition));
    else if (parsePrinted(value.raw).value !== null)
      findings.push(
        finding(
          'cell_leftover',
          [{ grid: row.grid, line: line?.code ?? '', col: value.target!.col }],
          `"${value.raw}" stands under "${value.target!.header}", which ${line?.zh ?? 'its row'} does not have`,
          { actual: parsePrinted(value.raw).value },
        ),
      );
  }
  const gathered = gather(made);
  return { ...gathered, findings: [...findings, ...gathered.findings] };
}

/** Blanks at the ends are no values of their own when there are more cells than columns (merged cells in text). */
function trimBlanks(row: Row, wanted: number): Value[] {
  const values = [...row.values];
  while (values.length > wanted && values[0]!.raw === '') values.shift();
  while (values.length > wanted && values.at(-1)!.raw === '') values.pop();
  return values;
}

export function shapeFinding(row: Row, slots: Slot[], values: Value[]): Finding {
  const cells = slots.map((s) => ({ grid: row.grid, line: s.line.code, col: s.column.code }));
  return finding('row_shape', cells, `${slots[0]!.line.zh}: ${values.length} cells (${values.map((v) => v.raw).join(' ')}) for ${slots.length} columns`);
}

const gather = (made: { fact: Fact; findings: Finding[] }[]): Placing => ({
  facts: made.map((m) => m.fact),
  findings: made.flatMap((m) => m.findings),
  pending: null,
});

/** One printed cell → a fact, and findings about how it is printed. */
export function toFact(row: Row, { line, column }: Slot, value: Value, edition: string): { fact: Fact; findings: Finding[] } {
  const printed = parsePrinted(value.raw);
  const findings: Finding[] = [];
  const note = (code: FindingCode, text: string) => {
    const cells = [{ grid: row.grid, line: line.code, col: column.code }];
    findings.push(finding(code, cells, `${line.zh} · ${column.zh}: "${value.raw}": ${text}`, { actual: printed.value }));
  };
  if (printed.absence === 'text') note('value_text', printed.oddity ?? 'not a number');
  else if (printed.oddity) note('value_odd', printed.oddity);
  let unit: Fact['unit'] = column.unit;
  let amount = printed.value;
  if (column.unit === 'yuan' && amount !== null) {
    const money = printed.money ?? moneyOf(value.target?.header ?? '') ?? moneyOf(row.before);
    if (!money) {
      unit = 'unknown';
      note('unit_unknown', 'no unit is printed; the number is kept as printed');
    } else if (!printed.money) amount = parsePrinted(value.raw + money).value ?? amount;
  } else if (column.unit === 'count' && amount !== null) {
    if (printed.money) note('value_odd', 'a count with a unit of money');
    if (!Number.isInteger(amount)) note('value_fraction', 'a count is whole');
    if (amount < 0 && column.code !== 'change') note('value_negative', 'a count is not negative');
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
    place: { block: row.block, row: row.row, column: value.column },
  };
  if (value.ocr !== undefined) fact.read_by = 'ocr';
  return { fact, findings };
}

const moneyOf = (header: string): string | null => /(亿元|万元|元)/.exec(header.normalize('NFKC'))?.[1] ?? null;
