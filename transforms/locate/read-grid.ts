import { finding, type CellRef, type Finding } from '../findings.ts';
import type { Form, FormGrid, FormLine } from '../forms/form.ts';
import { forms } from '../forms/index.ts';
import { parsePrinted } from '../printed/number.ts';
import type { Fact } from '../report.ts';
import type { Match } from './lines.ts';
import { placeCollapsed } from './settle.ts';
import {
  headerOrder,
  placeByHeader,
  placeInOrder,
  shapeFinding,
  slotsOf,
  withoutPadding,
  type Pending,
  type Placing,
  type Slot,
} from './candidates.ts';
import type { Row } from './row.ts';
import { statedColumns, type Trial } from './edition.ts';

/** Cells of one printed grid under the edition it was found to follow, and every doubt about them. */
export function readInstance(
  printed: Row[],
  { form, grid, matches }: Trial,
): { facts: Fact[]; findings: Finding[]; edition: Form['edition'] } {
  const whole = grid.lines.flatMap(slotsOf);
  const isWhole = (row: Row) =>
    grid.code === 'disputes' && !row.positioned && row.values.length > grid.lines[0]!.columns.length;
  const slotsFor = (row: Row, match: Match | null | undefined) =>
    isWhole(row) ? whole : match ? slotsOf(match.line) : null;
  const wanted = new Map(printed.map((row, i) => [row, cellCount(row, slotsFor(row, matches[i]))]));
  const rows = byBlock(printed).flatMap((block) => withoutPadding(block, (row) => wanted.get(row) ?? null));
  // Several rows with more numbers than columns are two tables side by side: then shorter rows are not to be trusted either.
  const tooLong = (row: Row, i: number) =>
    !row.bounded &&
    !row.blanksKept &&
    !isWhole(row) &&
    row.values.length > (matches[i]?.line.columns.length ?? Infinity);
  const overfull = rows.filter(tooLong).length >= 3;
  const facts: Fact[] = [];
  const findings: Finding[] = [];
  const pending: Pending[] = [];
  const take = (placing: Placing) => {
    facts.push(...placing.facts);
    findings.push(...placing.findings);
    if (placing.pending) pending.push(placing.pending);
  };
  rows.forEach((row, i) => {
    const match = matches[i] ?? null;
    if (row.positioned && row.values.some((v) => v.target!.line)) {
      const lineOf = (code: string | null) => grid.lines.find((l) => l.code === code) ?? null;
      take(placeByHeader(row, (v) => lineOf(v.target!.line), form.edition));
    } else if (overfull && !row.blanksKept && !row.bounded)
      findings.push(shapeFinding(row, match ? slotsOf(match.line) : whole.slice(0, 1), row.values));
    else if (isWhole(row)) take(placeInOrder(row, whole, form.edition));
    else if (!match) findings.push(...leftover(row));
    else {
      findings.push(...doubts(row, match, matches.slice(0, i), grid));
      take(
        row.positioned
          ? placeByHeader(row, () => match.line, form.edition)
          : placeInOrder(row, slotsOf(match.line), form.edition),
      );
    }
  });
  const odd = rows
    .filter((r) => r.extraColumn && wanted.get(r) === null)
    .flatMap((r) => facts.filter((f) => f.place.block === r.block && f.place.row === r.row));
  if (odd.length > 0) findings.push(finding('column_unknown', odd.map(refOf), { where: grid.code, header: null }));
  const unclear = rows.filter(
    (row, i) => !row.positioned && couldBeOther(matches[i]?.line, grid, form) && statedColumns(rows, grid) === 0,
  );
  const doubtful = facts.filter((f) => unclear.some((r) => r.block === f.place.block && r.row === f.place.row));
  if (doubtful.length > 0) findings.push(finding('edition_unclear', doubtful.map(refOf), { edition: form.edition }));
  const placed = placeCollapsed(pending, facts, grid, form.equations, form.edition);
  const once = keepFirst([...facts, ...placed.facts]);
  findings.push(...placed.findings, ...once.findings, ...missing(grid, once.facts, pending), ...lostTotals(once.facts));
  return { facts: once.facts, findings, edition: form.edition };
}

/** Another edition has the line with as many columns of other meaning: without a header its numbers could be those. */
function couldBeOther(line: FormLine | undefined, grid: FormGrid, form: Form): boolean {
  if (!line) return false;
  const twins = forms.filter((f) => f !== form).flatMap((f) => f.grids.find((g) => g.code === grid.code)?.lines ?? []);
  return twins.some(
    (l) =>
      l.code === line.code &&
      l.columns.length === line.columns.length &&
      l.columns.some((c, i) => c.code !== line.columns[i]!.code),
  );
}

/** Cells that a row should print: as many as its header, where that is printed and has a column more than the form. */
function cellCount(row: Row, slots: Slot[] | null): number | null {
  if (!slots) return null;
  const order = headerOrder(row, slots);
  return order && (order.length !== slots.length || !row.extraColumn)
    ? order.length
    : row.extraColumn
      ? null
      : slots.length;
}

export const refOf = ({ grid, line, col }: Fact): CellRef => ({ grid, line, col });

function leftover(row: Row): Finding[] {
  const numbers = row.values.filter((v) => parsePrinted(v.raw).value !== null);
  if (numbers.length === 0) return [];
  const printed = row.before.slice(-40).replace(/\n/g, '');
  return [finding('row_leftover', [], { grid: row.grid, printed, values: row.values.map((v) => v.raw) })];
}

/** What speaks against a match that was accepted: a label that differs, that is lost, or that stands out of order. */
function doubts(row: Row, match: Match, above: (Match | null)[], grid: FormGrid): Finding[] {
  const cells = match.line.columns.map((c) => ({ grid: grid.code, line: match.line.code, col: c.code }));
  const printed = (row.own || row.before.slice(-40)).replace(/\n/g, '');
  if (row.rejoined) return [finding('label_lost', cells, { printed: null, label: match.line.zh })];
  const label = match.line.number + match.line.zh;
  if (match.how === 'fuzzy') return [finding('label_fuzzy', cells, { printed, label })];
  if (match.how === 'order') return [finding('label_lost', cells, { printed, label })];
  const index = (m: Match) => grid.lines.indexOf(m.line);
  // The alignment is in order but for the rows that were matched after it, without a score of their own.
  const misplaced = match.score === 0 || above.some((m) => m && m.score === 0 && index(m) > index(match));
  return misplaced ? [finding('order_unusual', cells, { label: match.line.zh })] : [];
}

/** Rows of each block, in order. */
function byBlock(rows: Row[]): Row[][] {
  const blocks = new Map<number, Row[]>();
  for (const row of rows) {
    const block = blocks.get(row.block);
    if (block) block.push(row);
    else blocks.set(row.block, [row]);
  }
  return [...blocks.values()];
}

/** The same cell read twice: the first stays, a different second is named. */
function keepFirst(facts: Fact[]): { facts: Fact[]; findings: Finding[] } {
  const kept = new Map<string, Fact>();
  const findings: Finding[] = [];
  for (const fact of facts) {
    const name = `${fact.line}/${fact.col}`;
    const first = kept.get(name);
    if (!first || (first.absence === 'blank' && fact.value !== null)) kept.set(name, fact);
    else if (fact.absence === 'blank') continue;
    else if (first.value !== fact.value)
      findings.push(
        finding(
          'grid_repeated',
          [{ grid: fact.grid, line: fact.line, col: fact.col }],
          { first: first.raw, second: fact.raw },
          {
            expected: first.value,
            actual: fact.value,
          },
        ),
      );
  }
  return { facts: [...kept.values()], findings };
}

/** A row of numbers without its total, where other rows print theirs: a cell is missing, and the others may be shifted. */
function lostTotals(facts: Fact[]): Finding[] {
  const totals = facts.filter((f) => f.col === 'total');
  if (!totals.some((f) => f.value !== null && f.value > 0)) return [];
  return totals
    .filter((t) => t.value === null && facts.some((f) => f.line === t.line && f.value !== null && f.value > 0))
    .map((t) => finding('total_absent', facts.filter((f) => f.line === t.line).map(refOf), {}));
}

/** Lines of the form that the document does not print, and cells of printed lines that have no column. */
function missing(grid: FormGrid, facts: Fact[], pending: Pending[]): Finding[] {
  const printed = new Map<string, Set<string>>();
  for (const { line, col } of facts) {
    const cols = printed.get(line);
    if (cols) cols.add(col);
    else printed.set(line, new Set([col]));
  }
  const undecided = new Set(pending.flatMap((p) => p.slots.map((s) => s.line.code)));
  const findings: Finding[] = [];
  for (const line of grid.lines) {
    const cols = printed.get(line.code);
    if (cols?.size === line.columns.length || undecided.has(line.code)) continue;
    const lost = line.columns
      .filter((c) => !cols?.has(c.code))
      .map((c) => ({ grid: grid.code, line: line.code, col: c.code }));
    findings.push(finding('line_missing', lost, { label: line.number + line.zh, printed: cols !== undefined }));
  }
  return findings;
}
