import type { CellRef } from '../../transforms/findings.ts';
import type { Reading } from '../../transforms/report.ts';
import type { Relation } from './html-relations.ts';

const nameOf = ({ grid, line, col }: CellRef) => `${grid}/${line}/${col}`;

/** Whether a finding names the cell, or says that its whole table is not read. */
const namedIn = ({ findings, facts }: Reading) => {
  const cells = new Set(findings.filter((f) => f.level !== 'info').flatMap((f) => f.cells.map(nameOf)));
  for (const fact of facts) if (fact.status === 'contradicted') cells.add(nameOf(fact));
  const tables = new Set(findings.flatMap((f) => (f.code === 'grid_missing' ? [String(Object(f.details).grid)] : [])));
  const none = findings.some((f) => f.code === 'not_a_report' || f.code === 'unreadable');
  return (name: string) => none || cells.has(name) || tables.has(name.split('/')[0]!);
};

/** Cells that a page shows alike before and after a change, read otherwise without a word in either reading. */
export function silentDifferences(before: Reading, after: Reading, shows: Relation<unknown>['shows']): string[] {
  const [named, namedBefore] = [namedIn(after), namedIn(before)];
  const was = new Map(before.facts.map((f) => [nameOf(f), f]));
  const is = new Map(after.facts.map((f) => [nameOf(f), f]));
  const said = (f: Reading['facts'][number] | undefined) => (f ? `${f.value} ${f.unit}` : 'nothing');
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
    const [a, b] = [was.get(name), is.get(name)];
    const expected = a && shows ? { ...a, value: shows(a.value) } : a;
    if (said(expected) === said(b) || named(name) || namedBefore(name)) return [];
    // A blank in place of nothing misleads nobody.
    if (!(a?.value ?? b?.value ?? null) && (!a || !b)) return [];
    return [`${name}: ${said(expected)} → ${said(b)}`];
  });
}
