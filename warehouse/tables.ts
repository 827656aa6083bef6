import type { Table } from './schema.ts';
import { finding_codes } from './tables/codes.ts';
import { expected_publishers } from './tables/expected.ts';
import { captures, documents, portals } from './tables/evidence.ts';
import { form_columns, form_equations, form_lines, form_terms } from './tables/form.ts';
import { facts, findings, mentions, reports, sections } from './tables/reports.ts';
import { runs, visits } from './tables/runs.ts';

/** Every published table, in the order a reader meets them. */
export const tables: Table[] = [
  reports,
  facts,
  mentions,
  sections,
  findings,
  finding_codes,
  documents,
  captures,
  portals,
  expected_publishers,
  runs,
  visits,
  form_lines,
  form_columns,
  form_equations,
  form_terms,
];

/** Throws when there is no such table: a misspelt name is a mistake of ours. */
export const tableOf = (name: string): Table => {
  const table = tables.find((t) => t.name === name);
  if (!table) throw new Error(`no table ${name}`);
  return table;
};
