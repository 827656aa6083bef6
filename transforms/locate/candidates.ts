import type { Fact } from '../report.ts';
import { finding, type Finding } from '../findings.ts';
import type { FormColumn, FormLine } from '../forms/form.ts';
import { moneyIn, parsePrinted, type Oddity, type Printed } from '../printed/number.ts';
import { GROUP } from './flow-header.ts';
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
  const order = headerOrder(row, slots);
  if (!order) return { facts: [], findings: [shapeFinding(row, slots, row.values)], pending: null };
  const values = row.bounded && row.values.length > order.length ? withoutEdges(row.values, order) : row.values;
  if (values.length === order.length)
    return gather(order.flatMap((slot, i) => (slot ? [toFact(row, slot, values[i]!, edition)] : [])));
  if (values.length < slots.length) return { facts: [], findings: [], pending: { row, slots, values } };
  return { facts: [], findings: [shapeFinding(row, slots, values)], pending: null };
}

/**
 * A row of a table that stands one column beside its header has blank cells at an end: they are none of its values when
 * what is left adds up to its total in exactly one way.
 */
function withoutEdges(values: Value[], order: (Slot | null)[]): Value[] {
  const total = order.findIndex((s) => s?.column.code === 'total');
  const extra = values.length - order.length;
  const number = (v: Value) => parsePrinted(v.raw).value ?? 0;
  const options = Array.from({ length: extra + 1 }, (_, start) => values.slice(start, start + order.length)).filter(
    (kept, start) => {
      const cut = [...values.slice(0, start), ...values.slice(start + order.length)];
      const sum = kept.reduce((all, v, i) => (i === total ? all : all + number(v)), 0);
      return total >= 0 && cut.every((v) => v.raw === '') && sum > 0 && sum === number(kept[total]!);
    },
  );
  return options.length === 1 ? options[0]! : values;
}

/**
 * The cells in the order of the header lines printed above (null for a column that is not of the line); the form's own
 * order where they say nothing against it, and null when they contradict it only in part.
 */
export function headerOrder(row: Row, slots: Slot[]): (Slot | null)[] | null {
  if (slots.some((s) => s.line !== slots[0]!.line)) return slots;
  const slotOf = (col: string) => slots.find((s) => s.column.code === col) ?? null;
  const lines = row.headers ?? [];
  const columns = (h: string[]) => h.filter((col) => slotOf(col));
  // A group stands on one line, its columns on the next.
  const [outer, inner] = lines.slice(-2);
  const joined = outer && inner ? outer.flatMap((col) => (col === GROUP ? inner : [col])) : [];
  const whole = [...lines, joined].findLast((h) => columns(h).length === slots.length && !h.includes(GROUP));
  if (whole) return whole.map(slotOf);
  const place = (col: string) => slots.findIndex((s) => s.column.code === col);
  const rising = lines.map(columns).every((h) => h.every((col, i) => i === 0 || place(col) > place(h[i - 1]!)));
  return rising ? slots : null;
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
          { value: value.raw, header: value.target!.header, label: line?.zh ?? null },
          { actual: parsePrinted(value.raw).value },
        ),
      );
  }
  const gathered = gather(made);
  return { ...gathered, findings: [...findings, ...gathered.findings] };
}

/**
 * Empty cells that are no values, in text that lost its spans: before the numbers and after them stands what is left of
 * wide labels. One longer row alone, or one with more numbers than columns, is not padding but a cell too many, and then
 * no row of the table is cut. Section 二 has lines with fewer columns than their table: what is left over stands after.
 */
export function withoutPadding(rows: Row[], wanted: (row: Row) => number | null): Row[] {
  const extra = (r: Row) => (r.positioned || r.bounded ? 0 : Math.max(0, r.values.length - (wanted(r) ?? Infinity)));
  const longer = rows.filter((r) => extra(r) > 0);
  // The empty cell of a lost label is one more before the numbers of its row alone.
  const alone = longer.length < 2 && rows.length > 3 && longer[0]?.own !== '';
  if (
    longer.length === 0 ||
    ((alone || !longer.every((r) => blanksAtEnds(r) >= extra(r))) && rows[0]!.grid !== 'proactive')
  )
    return rows;
  // Where blanks at both ends could be padding, rows that have only one way decide; labels stand before the numbers.
  const before = !longer.some((r) => blanksAtEnds(r) === extra(r) && leadingBlanks(r) === 0);
  return rows.map((row) => {
    const most = extra(row);
    if (most === 0) return row;
    const start =
      row.grid === 'proactive'
        ? 0
        : before
          ? Math.min(most, leadingBlanks(row))
          : most - Math.min(most, trailingBlanks(row));
    const end = Math.min(most - start, trailingBlanks(row));
    return { ...row, values: row.values.slice(start, row.values.length - end) };
  });
}

const leadingBlanks = ({ values }: Row): number => {
  const first = values.findIndex((v) => v.raw !== '');
  return first < 0 ? values.length : first;
};
const trailingBlanks = ({ values }: Row): number => values.length - 1 - values.findLastIndex((v) => v.raw !== '');
const blanksAtEnds = (row: Row): number => leadingBlanks(row) + trailingBlanks(row);

export function shapeFinding(row: Row, slots: Slot[], values: Value[]): Finding {
  const cells = slots.map((s) => ({ grid: row.grid, line: s.line.code, col: s.column.code }));
  const label = slots[0]!.line.zh;
  return finding('row_shape', cells, {
    label,
    values: values.map((v) => v.raw),
    columns: slots.length,
    placings: null,
  });
}

const gather = (made: { fact: Fact; findings: Finding[] }[]): Placing => ({
  facts: made.map((m) => m.fact),
  findings: made.flatMap((m) => m.findings),
  pending: null,
});

/** Below this confidence recognised digits are named: an equation does not cover every cell. */
const SURE = 0.85;

/** The cell shows something that is no text: a picture, a table of its own. */
const UNREAD = {
  value: null,
  absence: 'text',
  money: null,
  oddities: ['not_text'],
} satisfies Printed;

/** One printed cell → a fact, and findings about how it is printed. */
export function toFact(
  row: Row,
  { line, column }: Slot,
  value: Value,
  edition: string,
): { fact: Fact; findings: Finding[] } {
  const printed = value.unread ? UNREAD : parsePrinted(value.raw);
  const findings: Finding[] = [];
  const cells = [{ grid: row.grid, line: line.code, col: column.code }];
  const said = { label: line.zh, column: column.zh, value: value.raw };
  const actual = printed.value;
  const odd = (code: 'value_text' | 'value_odd', oddities: Oddity[]) =>
    void findings.push(finding(code, cells, { ...said, oddities }, { actual }));
  const note = (code: 'unit_unknown' | 'value_fraction' | 'value_negative') =>
    void findings.push(finding(code, cells, said, { actual }));
  if (printed.absence === 'text') odd('value_text', printed.oddities);
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
    } else if (!printed.money) amount = parsePrinted(value.raw + money).value ?? amount;
  } else if (column.unit === 'count' && amount !== null) {
    if (printed.money) odd('value_odd', ['money']);
    if (!Number.isInteger(amount)) note('value_fraction');
    if (amount < 0 && column.code !== 'change') note('value_negative');
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
