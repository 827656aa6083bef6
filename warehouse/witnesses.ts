import type { Fact, Reading, ReportIdentity } from '../transforms/report.ts';
import { finding, type Finding } from '../transforms/findings.ts';
import { nameOf, refOf } from '../transforms/forms/check.ts';
import { groupedBy } from '../transforms/grouped.ts';
import type { DocumentRow } from './inputs.ts';
import { reportId, settleDivisions } from './publishers.ts';

/** A document that carries a report whose publisher and year are known. */
export interface Witness {
  document: DocumentRow;
  reading: Reading;
  identity: ReportIdentity & { publisher: string; year: number };
}

/** One report: publisher and year, the document whose numbers are published, and the others as evidence. */
export interface MergedReport {
  report_id: string;
  publisher: string;
  division_code: string | null;
  year: number;
  chosen: Witness;
  others: Witness[];
}

const trustOrder: DocumentRow['trust'][] = ['official', 'known', 'simulated', 'clone'];
const errorCount = (w: Witness): number => w.reading.findings.filter((f) => f.level === 'error').length;

/**
 * Best first: trust; then having a table at all, because a twin that only shows pictures has nothing to be wrong in;
 * then fewest errors, most cells, and the document id so that the choice never depends on the order of the input.
 */
function compareWitnesses(a: Witness, b: Witness): number {
  return (
    trustOrder.indexOf(a.document.trust) - trustOrder.indexOf(b.document.trust) ||
    Number(b.reading.facts.length > 0) - Number(a.reading.facts.length > 0) ||
    errorCount(a) - errorCount(b) ||
    b.reading.facts.length - a.reading.facts.length ||
    compareText(a.document.document_id, b.document.document_id)
  );
}

/** By UTF-16 code unit: the same on every machine, whatever its locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Groups witnesses by publisher, settled division and year; sorted by report_id. */
export function mergeReports(witnesses: Witness[]): MergedReport[] {
  const reports: MergedReport[] = [];
  for (const [publisher, ofPublisher] of groupedBy(witnesses, (w) => [w.identity.publisher])) {
    const settled = settleDivisions(ofPublisher.map((w) => w.identity.division_code));
    const division = (w: Witness): string | null => settled.get(w.identity.division_code) ?? null;
    const idOf = (w: Witness): string => reportId(division(w), publisher, w.identity.year);
    for (const [report_id, same] of groupedBy(ofPublisher, (w) => [idOf(w)])) {
      const [chosen, ...others] = same.sort(compareWitnesses);
      if (!chosen) continue;
      reports.push({
        report_id,
        publisher,
        division_code: division(chosen),
        year: chosen.identity.year,
        chosen,
        others,
      });
    }
  }
  return reports.sort((a, b) => compareText(a.report_id, b.report_id));
}

/** Cells where another witness of the report prints something else, and cells that only one of the two has. */
export function compareWithChosen(chosen: Fact[], other: Witness): Finding[] {
  const theirs = new Map(other.reading.facts.map((f) => [nameOf(f), f]));
  const ours = new Set(chosen.map(nameOf));
  const found: Finding[] = [];
  const { url } = other.document;
  for (const fact of chosen) {
    const twin = theirs.get(nameOf(fact));
    const agrees = twin?.value === fact.value && twin.absence === fact.absence && twin.unit === fact.unit;
    if (!twin || agrees) continue;
    // The same number in yuan and in a unit that is not stated need not be the same amount.
    const unit = fact.unit === twin.unit ? {} : ({ unit: twin.unit === 'unknown' ? 'first' : 'second' } as const);
    const details = { url, first: fact.raw, second: twin.raw, ...unit };
    found.push(finding('witness.disagree', [refOf(fact)], details, { expected: fact.value, actual: twin.value }));
  }
  const missing = chosen.filter((f) => !theirs.has(nameOf(f)));
  const extra = other.reading.facts.filter((f) => !ours.has(nameOf(f)));
  if (missing.length > 0) found.push(finding('witness.missing', missing.map(refOf), { url }));
  if (extra.length > 0) found.push(finding('witness.extra', extra.map(refOf), { url }));
  return found;
}

/** A cell read twice from one document: the first in reading order is published, the others become findings. */
export function withoutRepeats(facts: Fact[]): { facts: Fact[]; findings: Finding[] } {
  const first = new Map<string, Fact>();
  const findings: Finding[] = [];
  for (const fact of facts) {
    const earlier = first.get(nameOf(fact));
    if (!earlier) first.set(nameOf(fact), fact);
    else {
      const numbers = { expected: earlier.value, actual: fact.value };
      findings.push(finding('fact.repeated', [refOf(fact)], { first: earlier.raw, second: fact.raw }, numbers));
    }
  }
  return { facts: [...first.values()], findings };
}
