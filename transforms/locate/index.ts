import type { Doc } from '../doc.ts';
import type { CellRef, Finding } from '../finding.ts';
import { finding } from '../findings.ts';
import { columnsOf, type Form, type FormGrid } from '../forms/form.ts';
import { formFor, forms } from '../forms/index.ts';
import { keyOf, labelKeys } from '../labels.ts';
import { parsePrinted } from '../number.ts';
import type { Fact } from '../report.ts';
import type { Span } from '../sections.ts';
import { alignedRows, type Carry } from './aligned.ts';
import { align, type Match } from './align.ts';
import { placeCollapsed } from './collapse.ts';
import { flowRows } from './flow.ts';
import { placeByHeader, placeInOrder, slotsOf, type Pending, type Placing } from './place.ts';
import type { GridCode, Row } from './row.ts';

export interface Located {
  facts: Fact[];
  findings: Finding[];
  /** Blocks that were read as rows of a table, so that they are not prose. */
  consumed: Set<number>;
  /** Edition of each grid that was found. */
  editions: Map<GridCode, Form['edition']>;
}

/** Find the statutory tables of a Doc and read their cells. `year` chooses between tables or columns of several years. */
export function locate(doc: Doc, spans: Span[], year: number | null): Located {
  const { rows: textRows, consumed } = flowRows(doc, spans);
  const rows = [...textRows];
  const findings: Finding[] = [];
  let carry: Carry | null = null;
  doc.blocks.forEach((block, index) => {
    if (block.kind !== 'table' || !block.aligned) return;
    const read = alignedRows(block, index, year, carry);
    rows.push(...read.rows);
    findings.push(...read.findings);
    carry = read.carry;
    if (read.rows.length > 0) consumed.add(index);
  });
  rows.sort((a, b) => a.block - b.block || a.row - b.row);
  const located: Located = { facts: [], findings, consumed, editions: new Map() };
  for (const code of GRIDS) readGrid(code, rejoin(rows.filter((r) => r.grid === code)), year, located);
  settleUndecided(located, year);
  return located;
}

const GRIDS: GridCode[] = ['proactive', 'requests', 'disputes', 'annex'];

/** A grid read under one edition: what its cells say if the edition is right. */
interface Trial {
  form: Form;
  grid: FormGrid;
  matches: (Match | null)[];
  score: number;
}

function readGrid(code: GridCode, rows: Row[], year: number | null, into: Located): void {
  const instances = instancesOf(rows);
  const trials = instances.map((instance) => ({ rows: instance, trial: bestTrial(code, instance, year) }));
  const read = trials
    .filter((t): t is { rows: Row[]; trial: Trial } => t.trial !== null)
    .map(({ rows: own, trial }) => readInstance(own, trial));
  if (read.length === 0) return;
  const best = read.reduce((a, b) => (b.facts.length > a.facts.length ? b : a));
  const others = read.filter((r) => r !== best);
  into.findings.push(...best.findings);
  if (best.facts.length === 0) return;
  into.facts.push(...best.facts);
  into.editions.set(code, best.edition);
  const differ = others.filter((o) => disagreement(best.facts, o.facts).length > 0);
  if (differ.length > 0)
    into.findings.push(
      finding(
        'grid_repeated',
        differ.flatMap((o) => disagreement(best.facts, o.facts)).slice(0, 200),
        `${code} is printed ${read.length} times with different numbers; the ${best === read[0] ? 'first' : 'fullest'} was read`,
      ),
    );
}

function disagreement(kept: Fact[], other: Fact[]): CellRef[] {
  const values = new Map(kept.map((f) => [`${f.line}/${f.col}`, f.value]));
  return other
    .filter((f) => values.has(`${f.line}/${f.col}`) && values.get(`${f.line}/${f.col}`) !== f.value)
    .map(refOf);
}

/** A line whose label already stood in an earlier table begins the grid anew: another year's or organ's table. */
function instancesOf(rows: Row[]): Row[][] {
  const instances: { rows: Row[]; labels: Set<string> }[] = [];
  let block = -1;
  for (const [i, row] of rows.entries()) {
    const label = row.positioned && row.values[0]?.target?.line ? '15' : keyOf(row.before).slice(-40);
    const current = instances.at(-1);
    const restarts = row.block !== block || !row.bounded;
    const repeated = current !== undefined && label !== '' && current.labels.has(label) && label.length > 3;
    if (!current || (restarts && repeated && restOfBlockRepeats(rows, i, current.labels))) instances.push({ rows: [row], labels: new Set([label]) });
    else {
      current.rows.push(row);
      current.labels.add(label);
    }
    block = row.block;
  }
  return instances.map((i) => i.rows);
}

/** One label twice is a misprint; a grid that begins anew repeats several. */
function restOfBlockRepeats(rows: Row[], from: number, labels: Set<string>): boolean {
  const next = rows.slice(from, from + 4);
  const again = next.filter((r) => labels.has(keyOf(r.before).slice(-40)) || r.values[0]?.target?.line).length;
  return again >= Math.min(2, next.length);
}

function bestTrial(code: GridCode, rows: Row[], year: number | null): Trial | null {
  const trials: Trial[] = [];
  for (const form of [...forms].sort((a, b) => closeness(b, year) - closeness(a, year))) {
    const grid = form.grids.find((g) => g.code === code);
    if (!grid) continue;
    const matches = align(rows, grid);
    // Nothing can fit better than every line under its own label with its own columns.
    if (isPerfect(rows, matches, grid)) return { form, grid, matches, score: Infinity };
    const lines = matches.reduce((sum, m) => sum + (m?.score ?? 0), 0);
    trials.push({ form, grid, matches, score: lines + headerScore(rows, matches) + 3 * statedColumns(rows, grid) });
  }
  return trials.toSorted((a, b) => b.score - a.score)[0] ?? null;
}

function isPerfect(rows: Row[], matches: (Match | null)[], grid: FormGrid): boolean {
  if (rows.length !== grid.lines.length) return false;
  return rows.every((row, i) => {
    const match = matches[i];
    if (match?.how !== 'exact' || !row.positioned || row.values.length !== match.line.columns.length) return false;
    return row.values.every(({ target }, k) => target!.col === match.line.columns[k]!.code);
  });
}

/** Columns that the header states and the line has speak for an edition, others against it. */
function headerScore(rows: Row[], matches: (Match | null)[]): number {
  let score = 0;
  rows.forEach((row, i) => {
    const line = matches[i]?.line;
    if (!line) return;
    if (!row.positioned) {
      score += row.values.length === line.columns.length ? 1 : -1;
      return;
    }
    for (const { target } of row.values) {
      const column = line.columns.find((c) => c.code === target!.col);
      if (!column) score -= 2;
      else score += labelKeys(column)[0] === keyOf(target!.header) || keyOf(column.zh) === keyOf(target!.header) ? 1.2 : 1;
    }
  });
  return score;
}

/** Columns of the form whose header is printed somewhere in the text around rows that lost their positions. */
function statedColumns(rows: Row[], grid: FormGrid): number {
  const text = keyOf(rows.map((r) => (r.positioned ? '' : r.before)).join(''));
  return text === '' ? 0 : columnsOf(grid).filter((c) => labelKeys(c).some((label) => text.includes(label))).length;
}

const closeness = (form: Form, year: number | null): number => (formFor(year) === form ? 1 : 0);

function readInstance(rows: Row[], { form, grid, matches }: Trial): { facts: Fact[]; findings: Finding[]; edition: Form['edition'] } {
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
    } else if (grid.code === 'disputes' && isWholeGrid(row, grid)) take(placeInOrder(row, grid.lines.flatMap(slotsOf), form.edition));
    else if (!match) findings.push(...leftover(row));
    else {
      findings.push(...doubts(row, match, rows, matches, grid));
      take(row.positioned ? placeByHeader(row, () => match.line, form.edition) : placeInOrder(row, slotsOf(match.line), form.edition));
    }
  });
  if (grid.code === 'proactive' && rows.every((r) => !r.positioned) && statedColumns(rows, grid) === 0)
    findings.push(finding('edition_unclear', facts.map(refOf), `no column header of section 二 is printed; read as the edition ${form.edition}`));
  const placed = placeCollapsed(pending, facts, grid, form.equations, form.edition);
  const once = keepFirst([...facts, ...placed.facts]);
  findings.push(...placed.findings, ...once.findings, ...missing(grid, [...facts, ...placed.facts], pending));
  return { facts: once.facts, findings, edition: form.edition };
}

const refOf = ({ grid, line, col }: Fact): CellRef => ({ grid, line, col });

/** Section 四 as text: all cells of the grid in one row under a header that was lost. */
const isWholeGrid = (row: Row, grid: FormGrid): boolean => {
  const cells = grid.lines.flatMap(slotsOf).length;
  return !row.positioned && row.values.length > grid.lines[0]!.columns.length && row.values.length <= cells + (row.blanksKept ? 10 : 0);
};

function leftover(row: Row): Finding[] {
  const numbers = row.values.filter((v) => parsePrinted(v.raw).value !== null);
  if (numbers.length === 0) return [];
  const label = row.before.slice(-40).replace(/\n/g, '');
  return [finding('row_leftover', [], `${row.grid}: "${label}" ${row.values.map((v) => v.raw).join(' ')}`)];
}

/** What speaks against a match that was accepted: a label that differs, that is lost, or that stands out of order. */
function doubts(row: Row, match: Match, rows: Row[], matches: (Match | null)[], grid: FormGrid): Finding[] {
  const cells = match.line.columns.map((c) => ({ grid: grid.code, line: match.line.code, col: c.code }));
  const printed = (row.own || row.before.slice(-40)).replace(/\n/g, '');
  if (match.how === 'fuzzy') return [finding('label_fuzzy', cells, `"${printed}" read as ${match.line.number}${match.line.zh}`)];
  if (match.how === 'order') return [finding('label_lost', cells, `"${printed}" read as ${match.line.number}${match.line.zh} by its place`)];
  const index = (m: Match | null | undefined) => (m ? grid.lines.indexOf(m.line) : -1);
  const at = rows.indexOf(row);
  const earlier = matches.slice(0, at).some((m) => m && index(m) > index(match) && match.score === 0);
  const later = matches.slice(at + 1).some((m) => m && index(m) < index(match) && match.score === 0);
  return earlier || later ? [finding('order_unusual', cells, `${match.line.zh} stands out of order`)] : [];
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
        finding('grid_repeated', [{ grid: fact.grid, line: fact.line, col: fact.col }], `${name} is printed twice: "${first.raw}" and "${fact.raw}"`, {
          expected: first.value,
          actual: fact.value,
        }),
      );
  }
  return { facts: [...kept.values()], findings };
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
    const lost = line.columns.filter((c) => !cols?.has(c.code)).map((c) => ({ grid: grid.code, line: line.code, col: c.code }));
    const what = cols ? `without ${lost.map((r) => r.col).join(', ')}` : 'not at all';
    findings.push(finding('line_missing', lost, `${line.number}${line.zh} is printed ${what}`));
  }
  return findings;
}

/**
 * A label that a page break cut: a row with a label and no numbers, then a row whose label continues it. They are one
 * row when the labels together are a label of the form and neither is one alone.
 */
function rejoin(rows: Row[]): Row[] {
  const out: Row[] = [];
  for (const row of rows) {
    const last = out.at(-1);
    const empty = last?.values.every((v) => v.raw === '') ?? false;
    if (last && empty && row.block >= last.block && joins(last.own, row.own, row.grid))
      out[out.length - 1] = { ...row, own: last.own + row.own, before: last.before + row.own };
    else out.push(row);
  }
  return out;
}

function joins(first: string, second: string, grid: GridCode): boolean {
  if (keyOf(first).length < 2) return false;
  const labels = forms.flatMap((f) => f.grids.filter((g) => g.code === grid).flatMap((g) => g.lines.flatMap(labelKeys)));
  const ends = (text: string) => labels.some((label) => keyOf(text).endsWith(label) && keyOf(text).length <= label.length + 3);
  return ends(first + second) && (!ends(first) || second === '') && !ends(second);
}

/** Disputes look the same in both editions: they are of the edition of the other tables, else of the year's. */
function settleUndecided(located: Located, year: number | null): void {
  if (!located.editions.has('disputes')) return;
  const prescribed = formFor(year);
  const own = prescribed?.grids.some((g) => g.code === 'disputes') ? prescribed.edition : located.editions.get('disputes')!;
  const edition = located.editions.get('requests') ?? located.editions.get('proactive') ?? own;
  located.editions.set('disputes', edition);
  for (const fact of located.facts) if (fact.grid === 'disputes') fact.edition = edition;
}
