import { holdsNumber, type Rows } from '../compose/changes.ts';
import { placedRows } from '../compose/blocks.ts';
import type { PrintedCell, PrintedTable } from '../compose/printed.ts';
import type { Random } from '../compose/random.ts';
import { splitBefore } from '../compose/spans.ts';

/**
 * What may happen to the structure of a table: something of it removed, doubled, swapped with its neighbour. Changes the
 * rows in place and says what it touched; null where the table has no such thing. What each cell of the form is stays what
 * was printed before: whatever is read afterwards as another number has moved.
 */
type StructureChange = (rows: Rows, random: Random) => string | null;

/** The tables that stand in the place of one, and what was touched for a person. */
export type TableChange = (table: PrintedTable, random: Random) => { tables: PrintedTable[]; touched: string } | null;

const copyOf = (cell: PrintedCell): PrintedCell => ({ ...cell });
const isHead = (row: PrintedCell[]) => !row.some(holdsNumber);
const headRows = (rows: Rows) => rows.filter(isHead);
const numberRows = (rows: Rows) => rows.filter((row) => !isHead(row));

/** A place in the table that a change can be tried at: the list that holds it, and where. */
interface Place {
  row: PrintedCell[];
  at: number;
}
const places = (rows: Rows, is: (cell: PrintedCell) => boolean): Place[] =>
  rows.flatMap((row) => row.flatMap((cell, at) => (is(cell) ? [{ row, at }] : [])));

const headerCells = (rows: Rows) => places(headRows(rows), () => true);
const labelCells = (rows: Rows) => places(numberRows(rows), (c) => !holdsNumber(c));
const valueCells = (rows: Rows) => places(numberRows(rows), holdsNumber);
const spanned = (rows: Rows) => places(rows, (c) => c.colspan > 1 || c.rowspan > 1);

type Act = (place: Place, random: Random) => string | null;

const remove: Act = ({ row, at }) => row.splice(at, 1)[0]!.text;
const double: Act = ({ row, at }) => {
  row.splice(at, 0, copyOf(row[at]!));
  return row[at]!.text;
};
/** What two neighbours print changes places; their spans stay. */
const swap: Act = ({ row, at }) => {
  const [a, b] = [row[at], row[at + 1]];
  if (!a || !b || a.text === b.text) return null;
  [a.text, b.text] = [b.text, a.text];
  return `${a.text} ${b.text}`;
};
const empty: Act = ({ row, at }) => {
  const { text } = row[at]!;
  row[at]!.text = '';
  return text;
};
const one: Act = ({ row, at }) => {
  row[at]!.colspan = row[at]!.rowspan = 1;
  return row[at]!.text;
};
const more =
  (which: 'colspan' | 'rowspan', by: number): Act =>
  ({ row, at }) => {
    const cell = row[at]!;
    if (cell[which] + by < 1) return null;
    cell[which] += by;
    return `${cell.text} ${which} ${cell[which]}`;
  };
const turned: Act = ({ row, at }) => {
  const cell = row[at]!;
  [cell.colspan, cell.rowspan] = [cell.rowspan, cell.colspan];
  return cell.text;
};

const onOne =
  (of: (rows: Rows) => Place[], act: Act): StructureChange =>
  (rows, random) => {
    const all = of(rows);
    return all.length === 0 ? null : act(random.pick(all), random);
  };

/** Labels of two rows of numbers change places, their numbers stay. */
const swapLabels: StructureChange = (rows, random) => {
  const own = numberRows(rows).flatMap((row) => row.filter((c) => !holdsNumber(c)).slice(-1));
  if (own.length < 2) return null;
  const at = random.whole(0, own.length - 2);
  const [a, b] = [own[at]!, own[random.whole(at + 1, own.length - 1)]!];
  [a.text, b.text] = [b.text, a.text];
  return `${a.text} ${b.text}`;
};

const isFree = (row: PrintedCell[]) => row.every((c) => c.rowspan === 1);

const onRow =
  (change: (rows: Rows, at: number, random: Random) => string | null): StructureChange =>
  (rows, random) =>
    change(rows, random.whole(0, rows.length - 1), random);

/** Everything that stands in one column alone: its numbers, and the header cell above them. */
const onColumn =
  (withHeader: boolean, act: Act): StructureChange =>
  (rows, random) => {
    const placed = placedRows({ grid: '', section: 0, rows });
    const inColumn = (column: number): Place[] =>
      rows.flatMap((row, r) => {
        const found = placed[r]!.find((p) => p.column === column && !p.continues && p.cell.colspan === 1);
        const head = isHead(row);
        if (!found || (head ? !withHeader || found.cell.role !== 'header' : !holdsNumber(found.cell))) return [];
        return [{ row, at: row.indexOf(found.cell) }];
      });
    const columns = [...new Set(placed.flat().flatMap((p) => (holdsNumber(p.cell) ? [p.column] : [])))];
    const column = random.pick(columns);
    const found = inColumn(column);
    // Header cells that do not stand side by side cannot change places as their numbers do.
    const beside = ({ row, at }: Place) => {
      const next = placed[rows.indexOf(row)]!.find((p) => p.column === column + 1 && p.cell.colspan === 1);
      return next !== undefined && next.cell === row[at + 1] && next.cell.rowspan === row[at]!.rowspan;
    };
    if (act === swap && !found.every(beside)) return null;
    for (const place of found) act(place, random);
    return `column ${column}`;
  };

/** Two cells of the same kind, wherever they stand, print each other's text. */
const exchange =
  (of: (rows: Rows) => Place[]): StructureChange =>
  (rows, random) => {
    const cells = of(rows).map(({ row, at }) => row[at]!);
    if (cells.length < 2) return null;
    const [a, b] = [random.pick(cells), random.pick(cells)];
    if (a.text === b.text) return null;
    [a.text, b.text] = [b.text, a.text];
    return `${a.text} ${b.text}`;
  };

/** The label of every row printed twice; `headed`: the header goes over both. */
const doubleLabels =
  (headed: boolean): StructureChange =>
  (rows) => {
    const corner = rows[0]?.find((c) => c.role === 'corner' || c.role === 'header');
    const labels = numberRows(rows).map((row) => row.findIndex((c) => c.role === 'label'));
    if (!corner || labels.includes(-1)) return null;
    if (headed) corner.colspan++;
    for (const [i, row] of numberRows(rows).entries()) row.splice(labels[i]!, 0, copyOf(row[labels[i]!]!));
    return `${labels.length} rows`;
  };

/** Two rows print each other's numbers. */
const exchangeNumbers: StructureChange = (rows, random) => {
  const all = numberRows(rows);
  const [a, b] = [random.pick(all).filter(holdsNumber), random.pick(all).filter(holdsNumber)];
  if (a === b || a.length !== b.length) return null;
  for (const [i, cell] of a.entries()) [cell.text, b[i]!.text] = [b[i]!.text, cell.text];
  return `${a.length} numbers`;
};

/** Parted in two before a row of numbers; `again`: what of its head stands above the second part. */
const split =
  (again: 'nothing' | 'header' | 'header_without_groups'): TableChange =>
  (table, random) => {
    const head = table.rows.findIndex((row) => !isHead(row));
    if (table.rows.length - head < 2) return null;
    const at = random.whole(head + 1, table.rows.length - 1);
    const [above, below] = splitBefore(table, at);
    const rest = again === 'header_without_groups' ? table.rows.slice(at) : below.rows;
    const header = again === 'nothing' ? [] : table.rows.slice(0, head);
    return {
      tables: [above, { ...table, rows: [...header, ...rest].map((row) => row.map(copyOf)) }],
      touched: `before row ${at}`,
    };
  };

const inRows =
  (change: StructureChange): TableChange =>
  (table, random) => {
    const rows = table.rows.map((row) => row.map(copyOf));
    const touched = change(rows, random);
    return touched === null ? null : { tables: [{ ...table, rows }], touched };
  };

/** Numbers that changed places under labels that stayed. */
const NUMBERS_ALONE = ['numbers_swapped', 'numbers_exchanged'];
/** A sheet has a cell in each of its places: where one is taken out or put in, those behind it stand under other headers. */
const SHIFTED = ['header_removed', 'value_removed', 'value_doubled', 'numbers_removed', 'numbers_doubled'];

/**
 * The table says something else, and says it in order. Sums along the other direction hold as before, so that a cell which
 * one proof verifies stays verified; nothing in the document tells. Counted, and expected of no reader.
 */
export const isUntellable = (change: string, format: string): boolean =>
  NUMBERS_ALONE.includes(change) || (format === 'xlsx' && SHIFTED.includes(change));

const rowChanges: Record<string, StructureChange> = {
  header_removed: onOne(headerCells, remove),
  header_doubled: onOne(headerCells, double),
  header_swapped: onOne(headerCells, swap),
  header_emptied: onOne(headerCells, empty),
  headers_exchanged: exchange(headerCells),
  header_rows_swapped: (rows) => {
    const [a, b] = headRows(rows).slice(-2);
    if (!a || !b) return null;
    const [i, j] = [rows.indexOf(a), rows.indexOf(b)];
    [rows[i], rows[j]] = [b, a];
    return `${i} ${j}`;
  },
  label_removed: onOne(labelCells, remove),
  label_doubled: onOne(labelCells, double),
  label_swapped: onOne(labelCells, swap),
  label_emptied: onOne(labelCells, empty),
  labels_exchanged: swapLabels,
  label_column_doubled: doubleLabels(false),
  label_column_wider: doubleLabels(true),
  value_removed: onOne(valueCells, remove),
  value_doubled: onOne(valueCells, double),
  row_removed: onRow((rows, at) => rows.splice(at, 1)[0]![0]?.text ?? ''),
  row_doubled: onRow((rows, at) => {
    rows.splice(at, 0, rows[at]!.map(copyOf));
    return rows[at]![0]?.text ?? '';
  }),
  rows_swapped: onRow((rows, at, random) => {
    const other = random.whole(0, rows.length - 1);
    if (other === at || !isFree(rows[at]!) || !isFree(rows[other]!)) return null;
    [rows[at], rows[other]] = [rows[other]!, rows[at]!];
    return `${at} ${other}`;
  }),
  header_row_removed: (rows, random) => {
    const heads = headRows(rows);
    if (heads.length === 0) return null;
    rows.splice(rows.indexOf(random.pick(heads)), 1);
    return '';
  },
  column_removed: onColumn(true, remove),
  column_doubled: onColumn(true, double),
  column_swapped: onColumn(true, swap),
  numbers_removed: onColumn(false, remove),
  numbers_doubled: onColumn(false, double),
  numbers_swapped: onColumn(false, swap),
  numbers_exchanged: exchangeNumbers,
  span_removed: onOne(spanned, one),
  colspan_longer: onOne((rows) => places(rows, () => true), more('colspan', 1)),
  colspan_shorter: onOne((rows) => places(rows, (c) => c.colspan > 1), more('colspan', -1)),
  rowspan_longer: onOne((rows) => places(rows, () => true), more('rowspan', 1)),
  rowspan_shorter: onOne((rows) => places(rows, (c) => c.rowspan > 1), more('rowspan', -1)),
  span_doubled: onOne(spanned, ({ row, at }) => {
    row[at]!.colspan *= 2;
    row[at]!.rowspan *= row[at]!.colspan > 2 ? 1 : 2;
    return row[at]!.text;
  }),
  span_turned: onOne(spanned, turned),
};

export const structureChanges: Record<string, TableChange> = {
  ...Object.fromEntries(Object.entries(rowChanges).map(([name, change]) => [name, inRows(change)])),
  split: split('nothing'),
  split_with_header: split('header'),
  split_without_groups: split('header_without_groups'),
};
