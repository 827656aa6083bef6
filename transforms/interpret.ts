import { check } from './check.ts';
import { withoutReadings } from './clones.ts';
import type { Doc } from './doc.ts';
import { foreignDomains } from './domains.ts';
import type { Finding } from './finding.ts';
import { finding } from './findings.ts';
import { formFor } from './forms/index.ts';
import { identify, identityGaps } from './identity.ts';
import { locate } from './locate/index.ts';
import { mentionsOf } from './mentions.ts';
import type { Reading } from './report.ts';
import { sectionsOf, spansOf } from './sections.ts';
import { simplifyDoc, type Script } from './simplify.ts';

export type Interpretation = Omit<Reading, 'source'> & { script: Script };

/** What a Doc says: identity, facts with their status, sections, mentions and findings. Pure and synchronous. */
export function interpret(printed: Doc): Interpretation {
  const cleaned = withoutReadings(printed);
  const { doc, script } = simplifyDoc(cleaned.doc);
  const spans = spansOf(doc);
  const { identity, isReport, findings } = identify(doc, spans);
  const located = locate(doc, spans, identity.year);
  const sections = sectionsOf(doc, spans, located.consumed);
  const statutory = new Set(spans.map((s) => s.number)).size;
  if (!isReport && located.facts.length === 0 && statutory < 4) {
    const message = 'neither the title, the tables nor the sections of an annual report';
    return { script, report: null, facts: [], mentions: [], sections: [], findings: [finding('not_a_report', [], message)] };
  }
  const mentions = mentionsOf(sections);
  const checked = check(located.facts, mentions);
  return {
    script,
    report: identity,
    facts: checked.facts,
    mentions,
    sections,
    findings: [
      ...cleaned.findings,
      ...findings,
      ...identityGaps(identity),
      ...missingGrids(identity.year, located.editions),
      ...located.findings,
      ...checked.findings,
      ...foreignDomains(sections.map((s) => s.text)),
    ],
  };
}

/** The tables that a report of the year must have and that were not found. */
function missingGrids(year: number | null, found: Map<string, string>): Finding[] {
  return (formFor(year)?.grids ?? [])
    .filter((grid) => !found.has(grid.code))
    .map((grid) => finding('grid_missing', [], `${grid.zh}: the table is not in the document`));
}
