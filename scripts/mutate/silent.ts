import type { CellRef, FindingCode } from '../../transforms/findings.ts';
import type { Fact, Reading } from '../../transforms/report.ts';
import type { Relation } from './relation.ts';

const nameOf = ({ grid, line, col }: CellRef) => `${grid}/${line}/${col}`;

/** That a table is not read at all; which it is need not be known. */
const OF_TABLES: FindingCode[] = ['columns_repeated', 'form_unknown', 'table_too_large', 'cells_joined'];

/** Whether a finding names the cell, or says that its whole table is not read. */
const namedIn = ({ findings, facts }: Reading) => {
  const cells = new Set(findings.filter((f) => f.level !== 'info').flatMap((f) => f.cells.map(nameOf)));
  for (const fact of facts) if (fact.status === 'contradicted') cells.add(nameOf(fact));
  const tables = new Set(findings.flatMap((f) => (f.code === 'grid_missing' ? [f.details.grid] : [])));
  const none = findings.some((f) => f.code === 'not_a_report' || f.code === 'unreadable');
  const read = new Set(facts.map(({ grid }) => grid));
  const some = findings.some(({ code }) => OF_TABLES.includes(code));
  const isTableNamed = (grid: string) => tables.has(grid) || (some && !read.has(grid));
  return (name: string) => none || cells.has(name) || isTableNamed(name.split('/')[0]!);
};

interface Differences {
  /** That no finding names, for a person. */
  silent: string[];
  /** That one names. */
  named: number;
}

/** What a document shows alike before and after a change and is read otherwise: cells, and whose report of what year it is. */
export function differences(before: Reading, after: Reading, shows: Relation<unknown>['shows']): Differences {
  const cells = differentCells(before, after, shows);
  const identity = differentIdentity(before, after);
  return { silent: [...identity.silent, ...cells.silent], named: identity.named + cells.named };
}

function differentCells(before: Reading, after: Reading, shows: Relation<unknown>['shows']): Differences {
  const [named, namedBefore] = [namedIn(after), namedIn(before)];
  const was = new Map(before.facts.map((f) => [nameOf(f), f]));
  const is = new Map(after.facts.map((f) => [nameOf(f), f]));
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((name) => {
    const [a, b] = [was.get(name), is.get(name)];
    // A blank in place of nothing misleads nobody.
    const isNothing = !(a?.value ?? b?.value ?? null) && (!a || !b);
    return !isNothing && said(a, shows) !== said(b);
  });
  const silent = names.filter((name) => !named(name) && !namedBefore(name));
  return {
    silent: silent.map((name) => `${name}: ${said(was.get(name), shows)} → ${said(is.get(name))}`),
    named: names.length - silent.length,
  };
}

function said(fact: Fact | undefined, shows: Relation<unknown>['shows'] = (value) => value): string {
  if (!fact) return 'nothing';
  const value = shows(fact.value);
  // What stands for a number that is blanked is no longer its unit or its doubt.
  return value === null ? `${fact.value === null ? fact.absence : 'blank'}` : `${value} ${fact.unit}`;
}

/** What says that the identity of a report is not to be trusted. */
const doubts: Record<'publisher' | 'division_code' | 'year', FindingCode[]> = {
  publisher: ['publisher_unknown', 'publisher_disagrees'],
  division_code: ['publisher_unknown', 'publisher_disagrees', 'division_unknown', 'division_disagrees'],
  year: ['year_unknown', 'year_disagrees'],
};
/** That a document could not be read, or not as a report. */
const unread: FindingCode[] = ['unreadable', 'not_a_report', 'encoding_lost'];

function differentIdentity(before: Reading, after: Reading): Differences {
  const has = (codes: FindingCode[]) => after.findings.some(({ code }) => codes.includes(code));
  const parts = ['publisher', 'division_code', 'year'] as const;
  const different = parts.filter((part) => before.report?.[part] !== after.report?.[part]);
  const silent = different.filter((part) => !has([...unread, ...doubts[part]]));
  return {
    silent: silent.map((part) => `${part}: ${String(before.report?.[part])} → ${String(after.report?.[part])}`),
    named: different.length - silent.length,
  };
}
