import type { Doc } from '../doc/doc.ts';
import { finding, type CellRef, type Finding } from '../findings.ts';
import type { Form } from '../forms/form.ts';
import { formFor } from '../forms/index.ts';
import type { Fact } from '../report.ts';
import type { Span } from '../prose/sections.ts';
import { alignedRows, type Carry } from './rows-of-tables.ts';
import { flowRows } from './rows-of-text.ts';
import { instancesOf, rejoin, yearAbove } from './printings.ts';
import { readInstance, refOf } from './read-grid.ts';
import type { GridCode, Row } from './row.ts';
import { bestTrial, type Trial } from './edition.ts';

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
  const { rows: textRows, consumed, findings } = flowRows(doc, spans);
  const rows = [...textRows];
  let carry: Carry | null = null;
  doc.blocks.forEach((block, index) => {
    if (block.kind !== 'table' || !block.aligned || block.aside) return;
    const read = alignedRows(block, index, year, carry);
    rows.push(...read.rows);
    findings.push(...read.findings);
    carry = read.carry;
    if (read.rows.length > 0) consumed.add(index);
  });
  rows.sort((a, b) => a.block - b.block || a.row - b.row);
  const located: Located = { facts: [], findings, consumed, editions: new Map() };
  for (const code of GRIDS) readGrid(code, rejoin(rows.filter((r) => r.grid === code)), doc, year, located);
  settleUndecided(located, year);
  located.findings.push(...mixedEditions(located));
  return located;
}

const GRIDS: GridCode[] = ['proactive', 'requests', 'disputes', 'annex'];

function readGrid(code: GridCode, rows: Row[], doc: Doc, year: number | null, into: Located): void {
  const instances = instancesOf(rows);
  const trials = instances.map((instance) => ({ rows: instance, trial: bestTrial(code, instance, year) }));
  const read = trials
    .filter((t): t is { rows: Row[]; trial: Trial } => t.trial !== null)
    .map(({ rows: own, trial }) => ({
      ...readInstance(own, trial),
      ofYear: yearAbove(doc, own[0]!) === year && year !== null,
    }));
  if (read.length === 0) return;
  const most = Math.max(...read.map((r) => r.facts.length));
  // The year says which; else the first that is not a fragment: never tables of one report among those of another.
  const whole = read.filter((r) => r.facts.length * 2 >= most);
  const best = whole.find((r) => r.ofYear) ?? whole[0]!;
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
        differ.flatMap((o) => disagreement(best.facts, o.facts)),
        { grid: code, times: read.length, read: best === read[0] ? 'first' : 'of_year' },
      ),
    );
}

function disagreement(kept: Fact[], other: Fact[]): CellRef[] {
  const values = new Map(kept.map((f) => [`${f.line}/${f.col}`, f.value]));
  return other
    .filter((f) => values.has(`${f.line}/${f.col}`) && values.get(`${f.line}/${f.col}`) !== f.value)
    .map(refOf);
}

/** Tables of different editions in one report are read each under its own, and said to be so. */
function mixedEditions({ editions }: Located): Finding[] {
  const proactive = editions.get('proactive');
  const requests = editions.get('requests');
  if (!proactive || !requests || proactive === requests) return [];
  return [finding('edition_mixed', [], { proactive, requests })];
}

/** Disputes look the same in both editions: they are of the edition of the other tables, else of the year's. */
function settleUndecided(located: Located, year: number | null): void {
  if (!located.editions.has('disputes')) return;
  const prescribed = formFor(year);
  const own = prescribed?.grids.some((g) => g.code === 'disputes')
    ? prescribed.edition
    : located.editions.get('disputes')!;
  const edition = located.editions.get('requests') ?? located.editions.get('proactive') ?? own;
  located.editions.set('disputes', edition);
  for (const fact of located.facts) if (fact.grid === 'disputes') fact.edition = edition;
}
