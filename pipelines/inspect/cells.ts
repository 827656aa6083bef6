import { cellsOf, layOut, type Grid, type Placed } from '../../transforms/doc/grid.ts';
import type { CellRef, Finding } from '../../transforms/findings.ts';
import { nameOf, verdictsOf, type Verdict } from '../../transforms/forms/check.ts';
import { groupedBy } from '../../transforms/grouped.ts';
import type { Trace } from '../../transforms/interpret.ts';
import type { Slot } from '../../transforms/locate/candidates.ts';
import { refOfSlot } from '../../transforms/locate/facts.ts';
import type { Header } from '../../transforms/locate/headers.ts';
import type { ReadRow } from '../../transforms/locate/read-grid.ts';
import type { Value } from '../../transforms/locate/row.ts';
import { isNumber } from '../../transforms/printed/number.ts';
import type { Fact } from '../../transforms/report.ts';

/** What a printed cell came to. `left`: a number, or a header above numbers, that is no fact. */
export type Outcome = Fact['status'] | 'label' | 'header' | 'left' | 'ignored';

/** What became of one printed cell, and whatever led to that. */
export interface Became {
  /** Anchor of the cell on the page: block, row and column, as in the place of a fact (`v`: the order beside it). */
  id: string;
  outcome: Outcome;
  /** What it is, in words, where it is no fact. */
  what: string;
  text: string;
  row: ReadRow | null;
  slot: Slot | null;
  fact: Fact | null;
  verdicts: Verdict[];
  findings: Finding[];
}

export interface Outcomes {
  /** Of the cells of a table whose spans are exact; null for other blocks, and for those outside the report. */
  ofTable(block: number): { grid: Grid; cells: Map<Placed, Became> } | null;
  /** Of what a row holds beyond its cells on the page: values of a text, and blanks that are not printed. */
  beside(block: number): Map<number, Became[]>;
  /** The value of a cell of the form, and the anchor where it is printed; null where it is not. */
  factAt(ref: CellRef): { value: number | null; anchor: string | null } | null;
}

/** What became of every cell of a document. */
export function outcomesOf(traced: Omit<Trace, 'said'>, facts: Fact[], findings: Finding[]): Outcomes {
  const { doc, located } = traced;
  const factOf = new Map(facts.map((fact) => [nameOf(fact), fact]));
  const verdicts = groupedBy(verdictsOf(facts, 'within'), ({ left, right }) => [...left, ...right].map((t) => t.name));
  const about = groupedBy(findings, (found) => found.cells.map(nameOf));
  const rowsOf = groupedBy(located.rows, ({ row }) => [String(row.block)]);
  const anchors = new Map<string, string>();
  const tables = new Map<number, { grid: Grid; cells: Map<Placed, Became> }>();
  const besides = new Map<number, Map<number, Became[]>>();

  const plain = (id: string, outcome: Outcome, what: string, text: string, row: ReadRow | null = null): Became => {
    const lost = row && outcome === 'left' ? findings.filter((found) => isOfRow(found, row)) : [];
    const cells = row?.match?.line.columns.map((c) =>
      nameOf({ grid: row.row.grid, line: row.match!.line.code, col: c.code }),
    );
    const ofLine = outcome === 'ignored' ? [] : [...new Set((cells ?? []).flatMap((name) => about.get(name) ?? []))];
    return { id, outcome, what, text, row, slot: null, fact: null, verdicts: [], findings: [...ofLine, ...lost] };
  };

  /** A value of a row: the fact that it became, or why it became none. */
  const valueOf = (id: string, row: ReadRow, value: Value): Became => {
    const slot = row.settled?.way?.cells.find((cell) => cell.value === value)?.slot ?? null;
    const name = slot ? nameOf(refOfSlot(row.row.grid, slot)) : '';
    const fact = factOf.get(name);
    if (!slot || !fact || !isPlacedAt(fact, row, value)) {
      // A dash beside the label of a group is no number that was lost.
      const outcome = isNumber(value.raw) || (row.settled && value.raw !== '') ? 'left' : 'ignored';
      return { ...plain(id, outcome, slot ? 'a cell that was already read above' : whyNot(row), value.raw, row), slot };
    }
    anchors.set(name, id);
    return {
      ...plain(id, fact.status, '', value.raw, row),
      slot,
      fact,
      verdicts: verdicts.get(name) ?? [],
      findings: about.get(name) ?? [],
    };
  };

  doc.blocks.forEach((block, index) => {
    const rows = rowsOf.get(String(index)) ?? [];
    const beside = new Map<number, Became[]>();
    besides.set(index, beside);
    const add = (row: number, became: Became) => beside.set(row, [...(beside.get(row) ?? []), became]);
    const table = block.kind === 'table' && block.aligned && !block.aside ? layOut(block) : null;
    const cells = new Map<Placed, Became>();
    if (table) tables.set(index, { grid: table, cells });
    const idOf = (placed: Placed) => `b${index}r${placed.row}c${placed.column}`;
    for (const header of table ? (located.headers.get(index) ?? []) : [])
      for (const placed of headerCells(table!, header)) {
        const { outcome, what } = ofHeader(header, placed);
        const found = header.guessed.filter((g) => g.text === placed.cell.text);
        const became = plain(idOf(placed), outcome, what, placed.cell.text);
        const guessed = findings.filter(
          (f) => f.code === 'column_guessed' && found.some((g) => g.text === f.details.header),
        );
        const unknown = findings.filter((f) => f.code === 'column_unknown' && f.details.header === placed.cell.text);
        cells.set(placed, { ...became, findings: [...guessed, ...unknown] });
      }
    for (const row of rows) {
      const inTable = table !== null && row.row.cells === 'spans';
      if (!inTable) add(row.row.row, plain(`b${index}r${row.row.row}`, 'label', '', row.row.own, row));
      for (const value of valuesOf(row)) {
        const placed = inTable && row.row.values.includes(value) ? table.at[row.row.row]?.[value.column] : undefined;
        if (placed && !cells.has(placed)) cells.set(placed, valueOf(idOf(placed), row, value));
        else add(row.row.row, valueOf(`b${index}r${row.row.row}v${beside.get(row.row.row)?.length ?? 0}`, row, value));
      }
      const header = (located.headers.get(index) ?? []).findLast((h) => h.to <= row.row.row);
      for (const placed of inTable ? cellsOf(table, row.row.row) : []) {
        if (cells.has(placed) || placed.cell.text === '') continue;
        const isUnit = header?.unit === placed.column || header?.counters.has(placed.column);
        const isLabel = !isUnit && row.row.before.includes(placed.cell.text);
        const what = isUnit
          ? 'unit or number of its row'
          : isLabel && placed.rowspan > 1
            ? 'label of a group of lines'
            : '';
        const outcome = isLabel ? 'label' : 'ignored';
        cells.set(placed, plain(idOf(placed), outcome, what || (isLabel ? '' : NO_PART), placed.cell.text, row));
      }
    }
    if (!table) return;
    const again = new Set(located.printedAgain.flatMap(({ row }) => (row.block === index ? [row.row] : [])));
    for (const placed of placedOf(table)) {
      if (cells.has(placed) || placed.cell.text === '') continue;
      const what = again.has(placed.row) ? AGAIN : rows.length > 0 ? NO_PART : NO_TABLE;
      cells.set(placed, plain(idOf(placed), 'ignored', what, placed.cell.text));
    }
  });

  return {
    ofTable: (block) => tables.get(block) ?? null,
    beside: (block) => besides.get(block) ?? new Map<number, Became[]>(),
    factAt: (ref) => {
      const fact = factOf.get(nameOf(ref));
      return fact ? { value: fact.value, anchor: anchors.get(nameOf(ref)) ?? null } : null;
    },
  };
}

const NO_PART = 'in no row or column that is read as part of the form';
const NO_TABLE = 'in a table of which no row is of the form';
const AGAIN = 'in a further printing of the same lines, of which no fact is made';

/** Where the row is settled, its values in the order of the form with its blanks, and what is left over; else as printed. */
function valuesOf({ row, settled }: ReadRow): Value[] {
  const way = settled?.way;
  if (!way) return row.values;
  const cells = way.cells.map(({ value }) => value);
  return [...cells, ...row.values.filter((value) => !cells.includes(value))];
}

const isPlacedAt = ({ place }: Fact, { row }: ReadRow, value: Value): boolean =>
  place.block === row.block && place.row === row.row && place.column === value.column;

/** Why no value of a row became a fact, or this one did not. */
function whyNot({ match, settled }: ReadRow): string {
  if (settled?.way) return 'in no column of its line';
  if (!settled) return match ? 'its row was not read' : 'its row is no line of the form';
  return settled.left > 1
    ? `${settled.left} ways to read its row are left`
    : 'its row fits its line in no way that the equations accept';
}

/** A row that is no line of the form has a finding that names its values instead of cells. */
const isOfRow = (found: Finding, { row, settled }: ReadRow): boolean =>
  settled === null &&
  found.code === 'row_leftover' &&
  found.details.grid === row.grid &&
  found.details.rows.some(({ values }) => values.join('\t') === row.values.map((v) => v.raw).join('\t'));

function ofHeader(header: Header, placed: Placed): { outcome: Outcome; what: string } {
  const columns = Array.from({ length: placed.colspan }, (_, i) => placed.column + i);
  const targets = [...new Set(columns.flatMap((c) => header.targets.get(c) ?? []))];
  const named = targets.map(({ line, col }) => [line, col].filter((code) => code !== null).join('/'));
  if (header.repeated)
    return { outcome: 'left', what: 'header with the same columns twice, which nothing tells apart' };
  if (header.unknown.some((u) => columns.includes(u.column)) && named.length === 0)
    return { outcome: 'left', what: 'header of a column that is not of the form' };
  const above = named.length > 0 ? `: above ${named.slice(0, 12).join(', ')}` : '';
  return { outcome: 'header', what: `header of ${header.grid}${above}` };
}

const headerCells = (grid: Grid, { from, to }: Header): Placed[] =>
  placedOf(grid, from, to).filter(({ row, cell }) => row >= from && cell.text !== '');

/** Every cell of the rows once. */
function placedOf(grid: Grid, from = 0, to = grid.rows): Placed[] {
  const cells: Placed[] = [];
  for (let row = from; row < to; row++) cells.push(...cellsOf(grid, row).filter((p) => p.row === row));
  return cells;
}
