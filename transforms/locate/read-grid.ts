import { finding, type CellRef, type Finding } from '../findings.ts';
import { kindOf, totalColumns, type Form, type FormGrid, type FormLine } from '../forms/form.ts';
import { evaluate, nameOf, refOf } from '../forms/check.ts';
import { forms } from '../forms/index.ts';
import { groupedBy } from '../grouped.ts';
import { labelKeys } from '../printed/labels.ts';
import { isNumber, isSupposed } from '../printed/number.ts';
import type { Fact } from '../report.ts';
import { candidatesOf, hasColumnSomewhere, isTooLong, type Candidate, type Slot, type Way } from './candidates.ts';
import { statedColumns, type Fit } from './edition.ts';
import { printedIn, refOfSlot, toFact, type DigitDoubt, type UnitDoubt, type ValueDoubt } from './facts.ts';
import { isUnderOtherGroup, linesJoined, type Match } from './lines.ts';
import { outOfOrder } from './order.ts';
import { isUnderHeader, type Row, type Shown, type Target, type Value } from './row.ts';
import { settle, type Settled } from './settle.ts';

/** Rows with more numbers than columns: one or two are misprints, three are two tables side by side. */
const SIDE_BY_SIDE = 3;

export interface GridReading {
  edition: Form['edition'];
  facts: Fact[];
  findings: Finding[];
  /** What became of every printed row, in order. */
  rows: ReadRow[];
}

/** One printed row, the line of the form it was taken for, and how its values came to their columns. */
export interface ReadRow {
  row: Row;
  match: Match | null;
  settled: Settled | null;
}

/** Cells of one printing of a grid under the edition it was found to follow, and every doubt about them. */
export function readGrid(printed: Row[], { form, grid, matches }: Fit): GridReading {
  const candidates = candidatesOf(printed, matches, grid);
  const found = candidates.filter((c) => c !== null);
  if (found.filter(isTooLong).length >= SIDE_BY_SIDE) return sideBySide(printed, grid, form);
  const settled = settle(found, grid, form.equations);
  const facts: Fact[] = [];
  const findings: Finding[] = [];
  const odd: ValueDoubt[] = [];
  const doubts: UnitDoubt[] = [];
  const unsure: DigitDoubt[] = [];
  const matched: { row: Row; line: FormLine; how: Match['how'] }[] = [];
  const rows = printed.map((row, i): ReadRow => {
    const candidate = candidates[i] ?? null;
    const match = matches[i] ?? null;
    if (!candidate) return { row, match, settled: null };
    if (match && !row.ahead && candidate.slots.every((s) => s.line === match.line))
      matched.push({ row, line: match.line, how: match.how });
    const how = settled.get(candidate)!;
    const read = factsOfRow(candidate, match, how, form.edition);
    facts.push(...read.facts);
    findings.push(...read.findings);
    odd.push(...read.odd);
    doubts.push(...read.doubts);
    unsure.push(...read.unsure);
    return { row, match, settled: how };
  });
  const ahead = labelsAhead(rows, grid);
  const undecided = new Set([
    ...found.filter((c) => !settled.get(c)!.way).flatMap((c) => c.slots.map((s) => s.line.code)),
    ...ahead.flatMap(({ cells }) => cells.map((cell) => cell.line)),
    ...rows.flatMap(({ row, settled }) => (settled ? [] : linesJoined(row, grid.lines).map((line) => line.code))),
  ]);
  const kept = keepFirst(facts);
  const unknown = unconfirmed(kept.facts, odd, grid, form);
  const once = {
    ...kept,
    facts: kept.facts.map((f) => (unknown.has(nameOf(f)) ? { ...f, value: null, absence: 'text' as const } : f)),
  };
  const totals = totalColumns(form.equations, grid.code);
  findings.push(
    ...digitDoubts(unsure),
    ...valueDoubts(
      odd.map((d) => (unknown.has(nameOf(d.cell)) ? { ...d, code: 'value_text' as const, actual: null } : d)),
    ),
    ...doubtsOfLabels(matched, grid),
    ...ahead,
    ...leftover(rows, grid.lines),
    ...unsettled(found, settled),
    ...missingCells(found, settled),
    ...unreadCells(found, settled),
    ...unknownColumns(found, settled, facts, grid),
    ...unitDoubts(doubts),
    ...unclearEdition(rows, facts, grid, form),
    ...unusualOrder(rows, facts, grid, totals),
    ...displaced(printed, facts),
    ...once.findings,
    ...missing(grid, once.facts, undecided),
    ...lostTotals(once.facts, totals, grid),
  );
  return { edition: form.edition, facts: once.facts, findings, rows };
}

/** Two tables side by side, whose header does not tell them apart: no number can be told to be of one of them. */
function sideBySide(printed: Row[], grid: FormGrid, form: Form): GridReading {
  return {
    edition: form.edition,
    facts: [],
    findings: [finding('columns_repeated', [], { where: grid.code })],
    rows: printed.map((row) => ({ row, match: null, settled: null })),
  };
}

/** The facts of a row as it was settled; a finding where it was not. */
function factsOfRow(candidate: Candidate, match: Match | null, { way, byEquation }: Settled, edition: string) {
  const { row } = candidate;
  if (!way) return { facts: [], findings: [], odd: [], doubts: [], unsure: [] };
  const facts: Fact[] = [];
  const findings = leftCells(candidate, way);
  const odd: ValueDoubt[] = [];
  const doubts: UnitDoubt[] = [];
  const unsure: DigitDoubt[] = [];
  const isSideBySide = way.cells.some(({ slot }) => slot.line !== way.cells[0]!.slot.line);
  const byLabel = isSideBySide ? undefined : placedByLabel(row, match);
  for (const { slot, value } of way.cells) {
    const made = toFact(row, slot, value, edition);
    const placed = byEquation ? 'by_equation' : placedBy(byLabel, way, value.target);
    facts.push(placed ? { ...made.fact, placed } : made.fact);
    odd.push(...made.odd);
    if (made.doubt) doubts.push(made.doubt);
    if (made.unsure) unsure.push(made.unsure);
  }
  return { facts, findings, odd, doubts, unsure };
}

/** One poor picture makes many digits of a table doubtful: the least sure comes first, and is what is said. */
function digitDoubts(unsure: DigitDoubt[]): Finding[] {
  const sorted = unsure.toSorted((a, b) => a.confidence - b.confidence);
  const [least] = sorted;
  if (!least) return [];
  const { said, confidence, actual } = least;
  const cells = sorted.map(({ cell }) => cell);
  return [finding('ocr_doubt', cells, { ...said, confidence }, sorted.length === 1 ? { actual } : {})];
}

/**
 * Two numbers in one cell, or one in two pieces, are one only where a sum holds that has another number in it and none
 * fails: such cells alone add up among each other as well (5 6 and 1 2 to 6 8). These are the cells where none says so.
 */
function unconfirmed(facts: Fact[], odd: ValueDoubt[], grid: FormGrid, form: Form): Set<string> {
  const cells = new Map(facts.map((fact) => [nameOf(fact), fact]));
  const isRead = ({ cell, said }: ValueDoubt) => cells.get(nameOf(cell))?.raw === said.value;
  const supposed = new Set(odd.filter((d) => isSupposed(d) && isRead(d)).map(({ cell }) => nameOf(cell)));
  if (supposed.size === 0) return supposed;
  const held = new Set<string>();
  const failed = new Set<string>();
  for (const equation of form.equations.filter((e) => kindOf(e) === 'within' && e.grid === grid.code))
    for (const { result, left, right } of evaluate(equation, grid, cells)) {
      const names = [...left, ...right].map(({ name }) => name);
      const hasAnother = names.some((name) => !supposed.has(name) && cells.get(name)?.value);
      if (result === 'fails') names.forEach((name) => failed.add(name));
      else if (result === 'holds' && hasAnother) names.forEach((name) => held.add(name));
    }
  return new Set([...supposed].filter((name) => failed.has(name) || !held.has(name)));
}

/** What is odd in the same way about several values of a table: 无 in the place of each zero, last year's number in brackets. */
function valueDoubts(odd: ValueDoubt[]): Finding[] {
  return [...groupedBy(odd, ({ code, oddities }) => [[code, ...oddities].join(' ')]).values()].map((alike) => {
    const { code, said, oddities, actual } = alike[0]!;
    const cells = alike.map(({ cell }) => cell);
    const numbers = alike.length === 1 ? { actual } : {};
    return code === 'value_text' || code === 'value_odd'
      ? finding(code, cells, { ...said, oddities }, numbers)
      : finding(code, cells, said, numbers);
  });
}

/** The same doubt about units is one of the table, whatever number of its amounts it is about. */
function unitDoubts(doubts: UnitDoubt[]): Finding[] {
  return [...groupedBy(doubts, ({ code, units }) => [[code, ...units].join(' ')]).values()].map((alike) => {
    const { code, said, units } = alike[0]!;
    return finding(
      code,
      alike.map(({ cell }) => cell),
      { ...said, units },
    );
  });
}

/** Where blanks are cells of their own, a row that has too few of them prints no blank in the place of one that it lacks. */
function missingCells(found: Candidate[], settled: Map<Candidate, Settled>): Finding[] {
  const slots = found.flatMap(({ row }, i) => {
    const cells = (row.cells === 'words' ? null : settled.get(found[i]!)!.way?.cells) ?? [];
    return cells.flatMap(({ slot, value }) => (row.values.includes(value) ? [] : [{ row, slot }]));
  });
  if (slots.length === 0) return [];
  const labels = [...new Set(slots.map(({ slot }) => slot.line.zh))];
  return [
    finding(
      'cell_missing',
      slots.map(({ row, slot }) => refOfSlot(row.grid, slot)),
      { labels },
    ),
  ];
}

/** Cells that show what is not in their text, once for each thing that they show. */
function unreadCells(found: Candidate[], settled: Map<Candidate, Settled>): Finding[] {
  const cells = new Map<Shown, CellRef[]>();
  for (const candidate of found)
    for (const { slot, value } of settled.get(candidate)!.way?.cells ?? []) {
      if (!value.unread) continue;
      const same = cells.get(value.unread) ?? [];
      cells.set(value.unread, [...same, refOfSlot(candidate.row.grid, slot)]);
    }
  return [...cells].map(([shows, of]) => finding('cell_unread', of, { shows }));
}

/** How a row came to its line, where its own label does not name it. */
function placedByLabel(row: Row, match: Match | null): Fact['placed'] {
  if (row.rejoined || row.own === '' || match?.how === 'order' || match?.contested) return 'by_order';
  return match?.how === 'fuzzy' ? 'by_likeness' : undefined;
}

/** How a cell came to its line and column, where a label in its row and one in its header do not name them. */
function placedBy(byLabel: Fact['placed'], way: Way, target: Target | null): Fact['placed'] {
  if (byLabel && !target?.line) return byLabel;
  // The only cell of its line needs no header: the label names it.
  return target ? target.inferred : way.cells.length > 1 ? 'by_count' : undefined;
}

/** Numbers of a row that stand under columns which its line does not have. */
function leftCells({ row, slots }: Candidate, way: Way): Finding[] {
  if (way.leaves.length === 0) return [];
  const line = row.values.some((v) => v.target!.line !== null) ? undefined : slots[0]?.line;
  const printed = way.leaves.map((v) => ({ value: v.raw, header: v.target!.header }));
  // A header that has no line for one of its columns leaves the others in doubt as well.
  const cells = line
    ? way.leaves.map((v) => ({ grid: row.grid, line: line.code, col: v.target!.col }))
    : slots.map((slot) => refOfSlot(row.grid, slot));
  const actual = way.leaves.length === 1 ? printedIn(way.leaves[0]!).value : null;
  return [finding('cell_leftover', cells, { printed, label: line?.zh ?? null }, { actual })];
}

/**
 * Rows with too many or too few cells for their columns, and no way or several that the equations accept. What is
 * wrong with the same number of cells in several rows is wrong once.
 */
function unsettled(candidates: Candidate[], settled: Map<Candidate, Settled>): Finding[] {
  const causes = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const { way, left } = settled.get(candidate)!;
    if (way) continue;
    const { cells, values } = candidate.row;
    // Where blanks vanished from the text, that is the one cause, whatever is left of each row.
    const cause = [left > 1, ...(cells === 'words' ? [] : [values.length, candidate.slots.length])].join(' ');
    causes.set(cause, [...(causes.get(cause) ?? []), candidate]);
  }
  return [...causes.values()].map((alike) => {
    const { row, slots } = alike[0]!;
    const left = settled.get(alike[0]!)!.left;
    return finding(
      left > 1 ? 'row_ambiguous' : 'row_shape',
      alike.flatMap((c) => c.slots.map((slot) => refOfSlot(row.grid, slot))),
      {
        label: slots[0]!.line.zh,
        rows: alike.length,
        values: row.values.map((v) => v.raw),
        columns: slots.length,
        placings: left > 1 ? left : null,
      },
    );
  });
}

/** Rows of numbers that are no line of the form, one finding for all; its cells are those of lines whose label they bear. */
function leftover(rows: ReadRow[], lines: FormLine[]): Finding[] {
  const left = rows.filter(({ row, settled }) => !settled && !row.ahead && row.values.some((v) => isNumber(v.raw)));
  if (left.length === 0) return [];
  const said = left.map(({ row }) => ({
    printed: row.before.slice(-40).replace(/\n/g, ''),
    values: row.values.map((v) => v.raw),
  }));
  const { grid } = left[0]!.row;
  const contested = rows.flatMap(({ match }) => (match?.contested ? [match.line] : []));
  const joined = left.flatMap(({ row }) => linesJoined(row, lines));
  const cells = [...contested, ...joined].flatMap((line) =>
    line.columns.map((c) => ({ grid, line: line.code, col: c.code })),
  );
  return [finding('row_leftover', cells, { grid, rows: said })];
}

/** Labels that stand together before rows without any: one finding for those that were read in the same way. */
function labelsAhead(rows: ReadRow[], grid: FormGrid): Finding[] {
  const runs = [...new Set(rows.flatMap(({ row }) => row.ahead ?? []))];
  return (['each', 'last', 'none'] as const).flatMap((read) => {
    const alike = runs.filter((run) => run.read === read);
    if (alike.length === 0) return [];
    const keys = alike.flatMap(({ labels }) => labels);
    const matched = rows.flatMap(({ row, match }) => (row.ahead?.read === 'each' && match ? [match.line] : []));
    const lines =
      read === 'each' ? matched : grid.lines.filter((line) => labelKeys(line).some((key) => keys.includes(key)));
    return finding(
      'labels_ahead',
      lines.flatMap((line) => line.columns.map((c) => ({ grid: grid.code, line: line.code, col: c.code }))),
      {
        grid: grid.code,
        labels: lines.map((l) => l.number + l.zh),
        rows: alike.reduce((n, r) => n + r.rows, 0),
        read,
      },
    );
  });
}

/** What speaks against matches that were accepted, labels that differ and labels that are lost: one finding for each. */
function doubtsOfLabels(matched: { row: Row; line: FormLine; how: Match['how'] }[], grid: FormGrid): Finding[] {
  const doubted = matched.filter(({ row, how }) => row.rejoined || how !== 'exact');
  return (['label_fuzzy', 'label_lost'] as const).flatMap((code) => {
    const alike = doubted.filter(({ row, how }) => (code === 'label_lost') === (row.rejoined || how === 'order'));
    if (alike.length === 0) return [];
    const labels = alike.map(({ row, line }) => ({
      printed: row.rejoined ? null : (row.own || row.before.slice(-40)).replace(/\n/g, ''),
      label: line.number + line.zh,
    }));
    const cells = alike.flatMap(({ line }) =>
      line.columns.map((c) => ({ grid: grid.code, line: line.code, col: c.code })),
    );
    return [finding(code, cells, { labels })];
  });
}

/** Rows under a header that does not stand above its numbers: one finding for each table. */
const displaced = (printed: Row[], facts: Fact[]): Finding[] =>
  [...new Set(printed.flatMap((row) => row.displaced ?? []))].map((where) => {
    const rows = printed.filter((row) => row.displaced === where);
    return finding('header_displaced', factsOf(rows, facts).map(refOf), { where });
  });

/**
 * Lines and columns printed in another order than the form's, as their labels say: read so, but labels that changed places
 * look the same, and sums do not tell one part from another.
 */
function unusualOrder(rows: ReadRow[], facts: Fact[], grid: FormGrid, totals: string[]): Finding[] {
  const named = rows.filter(
    ({ match, settled }) => match && settled?.way?.cells.every((c) => c.slot.line === match.line),
  );
  const astray = outOfOrder(named.map(({ match }) => grid.lines.indexOf(match!.line)));
  const lines = named.filter(({ row, match }, i) => astray[i] || isUnderOtherGroup(match!.line, row));
  const columns = columnsAstray(rows, facts, grid, totals);
  const ofLines = factsOf(
    lines.map((r) => r.row),
    facts,
  );
  const findings: Finding[] = [];
  if (ofLines.length > 0)
    findings.push(finding('order_unusual', ofLines.map(refOf), { labels: lines.map(({ match }) => match!.line.zh) }));
  if (columns.length > 0)
    findings.push(
      finding(
        'order_unusual',
        columns.map((slot) => refOfSlot(grid.code, slot)),
        {
          labels: [...new Set(columns.map(({ column }) => column.zh))],
        },
      ),
    );
  return findings;
}

/** Cells whose columns a header prints in another order than the form; a total among numbers is told by its sum. */
function columnsAstray(rows: ReadRow[], facts: Fact[], grid: FormGrid, totals: string[]): Slot[] {
  const placeOf = ({ line, column }: Slot) => grid.lines.indexOf(line) * MOST_COLUMNS + line.columns.indexOf(column);
  const isSummed = facts.every((f) => f.value !== null);
  return rows.flatMap(({ settled }) => {
    const way = settled?.way;
    if (way?.because !== 'header' && way?.because !== 'header_order') return [];
    const ofOneLine = way.cells.every(({ slot }) => slot.line === way.cells[0]!.slot.line);
    const isTold = ({ slot }: Way['cells'][number]) => isSummed && ofOneLine && totals.includes(slot.column.code);
    const told = way.cells.filter((c) => !isTold(c));
    const printed = told.toSorted((a, b) => a.value.column - b.value.column).map((c) => c.slot);
    const astray = outOfOrder(printed.map(placeOf));
    return printed.filter((_, i) => astray[i]);
  });
}
/** No line of any form has as many. */
const MOST_COLUMNS = 100;

const factsOf = (rows: Row[], facts: Fact[]): Fact[] =>
  rows.length === 0 ? [] : facts.filter((f) => rows.some((r) => r.block === f.place.block && r.row === f.place.row));

/** Columns of a text's header that are not of the form: their numbers are not read, or make those of the row doubtful. */
function unknownColumns(
  found: Candidate[],
  settled: Map<Candidate, Settled>,
  facts: Fact[],
  grid: FormGrid,
): Finding[] {
  const doubtful = factsOf(
    found.filter(hasColumnSomewhere).map((c) => c.row),
    facts,
  );
  const unread = found.filter((candidate) => {
    const cells = settled.get(candidate)!.way?.cells;
    // Copies of the one number of a merged cell are read with it.
    const isRead = (v: Value) =>
      cells!.some((c) => c.value === v || (candidate.slots.length === 1 && c.value.raw === v.raw));
    return cells && candidate.row.values.some((v) => !v.target && isNumber(v.raw) && !isRead(v));
  });
  const names = new Set(unread.map((c) => c.row.header?.extra ?? ''));
  return [
    ...(doubtful.length > 0
      ? [finding('column_unknown', doubtful.map(refOf), { where: grid.code, header: null })]
      : []),
    ...[...names].map((header) => finding('column_unknown', [], { where: grid.code, header })),
  ];
}

/** No header says which columns these are, and another edition has other columns under the same label. */
function unclearEdition(rows: ReadRow[], facts: Fact[], grid: FormGrid, form: Form): Finding[] {
  const unclear = rows.filter(
    ({ row, match }) => !row.displaced && !isUnderHeader(row) && couldBeOther(match?.line, grid, form),
  );
  const doubtful = factsOf(
    unclear.map((r) => r.row),
    facts,
  );
  const printed = rows.map((r) => r.row);
  if (doubtful.length === 0 || statedColumns(printed, grid) > 0) return [];
  return [finding('edition_unclear', doubtful.map(refOf), { edition: form.edition })];
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

/** The same cell read twice: the first stays, a different second is named. */
function keepFirst(facts: Fact[]): { facts: Fact[]; findings: Finding[] } {
  const kept: Fact[] = [];
  const places = new Map<string, Map<string, number>>();
  const findings: Finding[] = [];
  for (const fact of facts) {
    let inLine = places.get(fact.line);
    if (!inLine) places.set(fact.line, (inLine = new Map()));
    const place = inLine.get(fact.col);
    const first = place === undefined ? undefined : kept[place];
    if (!first || place === undefined) inLine.set(fact.col, kept.push(fact) - 1);
    else if (first.absence === 'blank' && fact.value !== null) kept[place] = fact;
    else if (fact.absence !== 'blank' && first.value !== fact.value)
      findings.push(
        finding(
          'grid_repeated',
          [refOf(fact)],
          { first: first.raw, second: fact.raw },
          {
            expected: first.value,
            actual: fact.value,
          },
        ),
      );
  }
  return { facts: kept, findings };
}

/** Rows of numbers without their total, where others print theirs: a cell is missing, and the others may be shifted. */
function lostTotals(facts: Fact[], columns: string[], grid: FormGrid): Finding[] {
  const totals = facts.filter((f) => columns.includes(f.col));
  if (!totals.some((f) => f.value !== null && f.value > 0)) return [];
  const without = totals.filter(
    (t) => t.value === null && facts.some((f) => f.line === t.line && f.value !== null && f.value > 0),
  );
  if (without.length === 0) return [];
  const codes = new Set(without.map((t) => t.line));
  const labels = grid.lines.flatMap((line) => (codes.has(line.code) ? [line.number + line.zh] : []));
  return [finding('total_absent', facts.filter((f) => codes.has(f.line)).map(refOf), { labels })];
}

/** Lines of the form that the document does not print, and columns that it leaves out of some: one finding each. */
function missing(grid: FormGrid, facts: Fact[], undecided: Set<string>): Finding[] {
  const printed = new Map(grid.lines.map((line) => [line.code, new Set<string>()]));
  for (const fact of facts) printed.get(fact.line)?.add(fact.col);
  const causes = new Map<string, { lines: FormLine[]; without: string[] }>();
  for (const line of grid.lines) {
    const cells = printed.get(line.code)!;
    if (cells.size === line.columns.length || undecided.has(line.code)) continue;
    const columns = line.columns.map((c) => c.code);
    const lost = columns.filter((col) => !cells.has(col));
    const without = lost.length === columns.length ? [] : lost;
    causes.set(without.join(), { lines: [...(causes.get(without.join())?.lines ?? []), line], without });
  }
  return [...causes.values()].map(({ lines, without }) => {
    const cells = lines.flatMap((line) =>
      (without.length > 0 ? without : line.columns.map((c) => c.code)).map((col) => ({
        grid: grid.code,
        line: line.code,
        col,
      })),
    );
    return finding('line_missing', cells, { labels: lines.map((line) => line.number + line.zh), without });
  });
}
