import { createHash } from 'node:crypto';
import { kindsBy } from '../transforms/finding-kinds.ts';
import { languages, type Finding, type ListedCode } from '../transforms/findings.ts';
import { nameOf } from '../transforms/forms/check.ts';
import { forms } from '../transforms/forms/index.ts';
import type { DocumentRow } from './inputs.ts';
import type { TableRow } from './schema.ts';
import { compareText } from './witnesses.ts';

/** A finding with what it is about. */
export interface About {
  scope: 'report' | 'witness' | 'series' | 'document' | 'portal';
  report_id?: string;
  document?: DocumentRow;
  portal?: string;
  finding: Finding;
}

/**
 * Rows of the table `findings`. The id leaves details, message and numbers out, so that a finding that is worded
 * anew, or whose number was revised, is still the same finding in the next snapshot.
 */
export function findingRows(about: About[]): TableRow[] {
  const nth = new Map<string, number>();
  const rows = about.map(({ scope, report_id, document, portal, finding }) => ({
    scope,
    report_id: report_id ?? null,
    document_id: document?.document_id ?? null,
    portal: portal ?? document?.portal ?? null,
    code: finding.code,
    level: finding.level,
    cells: finding.cells.map(nameOf).sort(compareText).join(' ') || null,
    details: Object.keys(finding.details).length === 0 ? null : JSON.stringify(finding.details),
    expected: finding.expected,
    actual: finding.actual,
    message: finding.message,
  }));
  return inFixedOrder(rows).map((row) => {
    // The chosen document of a report may change while what is wrong with the report stays.
    const subject = row.scope === 'report' || row.scope === 'series' ? row.report_id : (row.document_id ?? row.portal);
    const identity = JSON.stringify([row.scope, subject, row.code, row.cells]);
    const count = nth.get(identity) ?? 0;
    nth.set(identity, count + 1);
    return { finding_id: hash(`${identity} ${count}`), ...row };
  });
}

/** The closed list, so that a code says what it means wherever the tables go. */
export const codeRows = (): TableRow[] => [
  ...Object.entries(kindsBy).flatMap(([about, kinds]) =>
    (Object.entries(kinds) as [ListedCode, { level: string }][]).map(([code, { level }]) => {
      return { code, about, level, zh: languages.zh[code][0], en: languages.en[code][0] };
    }),
  ),
  ...new Map(
    forms
      .flatMap((f) => f.equations)
      .map(({ code, level, zh, en }) => [code, { code, about: 'equation', level, zh, en }]),
  ).values(),
];

/** By content, so that ordinals do not depend on the order in which the rows came. */
export const inFixedOrder = <T>(rows: T[]): T[] =>
  rows
    .map((row) => ({ row, text: JSON.stringify(row) }))
    .sort((a, b) => compareText(a.text, b.text))
    .map(({ row }) => row);

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
