import { blankGrids } from './forms/blank-grids.ts';
import { check, refOf } from './forms/check.ts';
import { foreignDomains, withoutReadings } from './identity/clones.ts';
import type { Doc } from './doc/doc.ts';
import { finding, type CellRef, type Finding } from './findings.ts';
import { formFor, lineOf } from './forms/index.ts';
import { identify, identityGaps } from './identity/identity.ts';
import { pageKindOf } from './identity/page-kind.ts';
import { locate, type Located } from './locate/index.ts';
import type { ReadRow } from './locate/read-grid.ts';
import { isNumber } from './printed/number.ts';
import { mentionsOf } from './prose/mentions.ts';
import type { Fact, Reading, ReportIdentity } from './report.ts';
import { secondReport, sectionsOf, spansOf } from './prose/sections.ts';
import { simplifyDoc, type Script } from './characters/simplify.ts';

export type Interpretation = Omit<Reading, 'source'> & { script: Script };

/** An interpretation with the steps that led to it. */
export interface Trace {
  said: Interpretation;
  /** What was interpreted, whose blocks, rows and columns the places of the facts count: in simplified script, with what is not of the report aside. */
  doc: Doc;
  located: Located;
}

/**
 * Cells that hold every sum in whatever place they are: under labels that changed places, of a row that does not print
 * them, and in rows that lack a column, whose own sum cannot be taken.
 */
function unprovable({ facts, findings }: Located): CellRef[] {
  const cells = findings.flatMap((f) => (f.code === 'order_unusual' || f.code === 'cell_missing' ? f.cells : []));
  const lacking = findings.flatMap((f) =>
    f.code === 'line_missing' && f.details.without.length > 0 ? f.cells.map((c) => `${c.grid}/${c.line}`) : [],
  );
  return lacking.length === 0 ? cells : [...cells, ...facts.filter((f) => lacking.includes(`${f.grid}/${f.line}`))];
}

/** What a Doc says: identity, facts with their status, sections, mentions and findings. Pure and synchronous. */
export const interpret = (printed: Doc): Interpretation => trace(printed).said;

/** Likewise, with what lies between. */
export function trace(printed: Doc): Trace {
  const cleaned = withoutReadings(printed);
  const { doc: whole, script } = simplifyDoc(cleaned.doc);
  const { doc, findings: further } = firstReportOf(whole);
  const cut = printed.cut ? [finding('pages_unread', [], printed.cut)] : [];
  const spans = spansOf(doc);
  const { identity, isReport, details, findings } = identify(doc, spans);
  const located = locate(doc, spans, identity.year);
  const sections = sectionsOf(doc, spans, located.consumed);
  const statutory = new Set(spans.map((s) => s.number)).size;
  // A notice may carry the blank form, or announce a report: only numbers or a report's title make one. Where no title says
  // what it is, the sections do, with blank tables only beside the period that they are about.
  const isBlankForm = located.facts.length > 0 && identity.year === null;
  const byText = isReport === null && statutory >= 4 && !isBlankForm;
  if (!isReport && !byText && !located.facts.some((f) => f.value !== null)) {
    const page = pageKindOf(doc);
    const findings = [...cut, finding('not_a_report', [], page === null ? {} : { page })];
    return { said: { script, report: null, facts: [], mentions: [], sections: [], findings }, doc, located };
  }
  const mentions = mentionsOf(sections);
  const checked = check(located.facts, mentions, unprovable(located));
  const said: Interpretation = {
    script,
    report: identity,
    facts: checked.facts,
    mentions,
    sections,
    findings: [
      ...cut,
      ...cleaned.findings,
      ...further,
      ...findings,
      ...identityGaps(identity),
      ...missingGrids(identity.year, located.editions),
      ...located.findings,
      ...checked.findings,
      ...blankGrids(checked.facts, mentions, gridsLeftUnread(located.rows)),
      ...regulationsOfOthers(identity, checked.facts),
      ...foreignDomains(sections.map((s) => s.text)),
    ],
    ...(details && { details }),
  };
  return { said, doc, located };
}

/** Grids with numbers that are of no cell, or cells that show what nobody read. */
const gridsLeftUnread = (rows: ReadRow[]): Set<string> =>
  new Set(
    rows
      .filter(
        ({ row, settled }) =>
          row.values.some((v) => v.unread) || (!settled?.way && row.values.some((v) => isNumber(v.raw))),
      )
      .map(({ row }) => row.grid),
  );

/** A document may hold several reports: the first is read, never a mixture. */
function firstReportOf(doc: Doc): { doc: Doc; findings: Finding[] } {
  const end = secondReport(doc);
  if (end === null) return { doc, findings: [] };
  const blocks = doc.blocks.map((block, i) => (i < end ? block : { ...block, aside: true as const }));
  return {
    doc: { ...doc, blocks },
    findings: [finding('second_report', [], { where: doc.blocks[end]!.origin })],
  };
}

/** Only governments of provinces and of cities with districts make 规章: others that report some are kept, and named. */
function regulationsOfOthers({ publisher, division_code: code }: ReportIdentity, facts: Fact[]): Finding[] {
  if (!publisher || !code || (code.endsWith('00') && publisher.endsWith('人民政府'))) return [];
  const some = facts.filter((f) => f.value !== null && f.value > 0 && lineOf(f)?.ofLawmakers);
  if (some.length === 0) return [];
  return [finding('local_regulations', some.map(refOf), { publisher })];
}

/** The tables that a report of the year must have and that were not found. */
function missingGrids(year: number | null, found: Map<string, string | null>): Finding[] {
  return (formFor(year)?.grids ?? [])
    .filter((grid) => !found.has(grid.code))
    .map((grid) => finding('grid_missing', [], { grid: grid.code, label: grid.zh }));
}
