import { formRows } from './form-rows.ts';
import { captureRows, dateOrNull, documentRow, firstSights, portalRow, runRows } from './evidence-rows.ts';
import { finding } from '../transforms/findings.ts';
import { codeRows, findingRows, inFixedOrder, type About } from './findings.ts';
import { expectedPublishers } from './expected.ts';
import { kindOf, levelOf } from './organs.ts';
import { isInvented, STATE } from '../transforms/identity/divisions.ts';
import { checkSeries } from './series.ts';
import type { DocumentRow, PortalRow, WarehouseInputs } from './inputs.ts';
import type { TableRow } from './schema.ts';
import type { Fact, Reading } from '../transforms/report.ts';
import {
  compareText,
  compareWithChosen,
  mergeReports,
  withoutRepeats,
  type MergedReport,
  type Witness,
} from './witnesses.ts';

/** Rows of every table by its name. Facts, by far the most, are made while they are read, so as not to be held twice. */
export type TableRows = Record<string, Iterable<TableRow>>;

/** A report with its cells free of repeats, and everything that is wrong with it. */
interface Settled {
  report: MergedReport;
  facts: Fact[];
  about: About[];
}

/**
 * Pure: the same inputs in any order give the same rows. Throws on a reading without a document and on two readings
 * of one document, which are mistakes of the caller; what documents do wrong becomes findings.
 */
export function rowsOf(inputs: WarehouseInputs): TableRows {
  const documents = latestRevisions(inputs.documents);
  const readings = readingsById(inputs, documents);
  const about: About[] = (inputs.problems ?? []).map(({ portal, ...finding }) => ({
    scope: 'portal',
    portal,
    finding,
  }));
  const witnesses: Witness[] = [];
  for (const [id, document] of documents) {
    const reading = readings.get(id);
    const witness = witnessOf(document, reading);
    if ('gap' in witness) {
      if (witness.gap) {
        const gap = finding('identity.incomplete', [], { lacks: witness.gap });
        documents.set(id, { ...document, outcome: 'unread', reason: gap.message });
        about.push({ scope: 'document', document, finding: gap });
      }
      for (const finding of reading?.findings ?? []) about.push({ scope: 'document', document, finding });
    } else witnesses.push(witness);
  }
  const portals = new Map(inputs.portals.map((p) => [p.id, p]));
  const settled = mergeReports(witnesses).map(settle);
  const membership = membershipOf(settled);
  const first = firstSights(inputs.captures, documents.values());
  const documentRows = [...documents.values()].map((d) => documentRow(d, membership.get(d.document_id), first, about));
  const reports = settled.map((s) => reportRow(s, portals.get(s.report.chosen.document.portal)));
  for (const s of settled) about.push(...s.about);
  about.push(...seriesFindings(settled));
  return {
    reports,
    facts: factRows(settled),
    mentions: settled.flatMap(({ report }) =>
      report.chosen.reading.mentions.map(({ line, value, unit, sentence, part }, position) => {
        return { report_id: report.report_id, position, line, value, unit, sentence, part: part ?? false };
      }),
    ),
    sections: settled.flatMap(({ report }) =>
      report.chosen.reading.sections.map(({ number, title, text }, position) => {
        return { report_id: report.report_id, position, number, title, text };
      }),
    ),
    findings: findingRows(about),
    finding_codes: codeRows(),
    documents: documentRows,
    captures: captureRows(inputs.captures),
    portals: inputs.portals.map(portalRow),
    expected_publishers: expectedPublishers(
      inputs.portals,
      settled.reduce((newest, { report }) => Math.max(newest, report.year), 0),
      settled.map(({ report }) => report),
    ),
    ...runRows(inputs.runs ?? []),
    ...formRows(),
  };
}

/** Several rows of one document are revisions of it: the latest capture wins, the earlier stay in the capture log. */
function latestRevisions(rows: DocumentRow[]): Map<string, DocumentRow> {
  const latest = new Map<string, DocumentRow>();
  for (const row of inFixedOrder(rows)) {
    const known = latest.get(row.document_id);
    if (!known || (row.captured_at ?? '') >= (known.captured_at ?? '')) latest.set(row.document_id, row);
  }
  return latest;
}

function readingsById(inputs: WarehouseInputs, documents: Map<string, DocumentRow>): Map<string, Reading> {
  const readings = new Map<string, Reading>();
  for (const { document_id, reading } of inputs.readings) {
    const document = documents.get(document_id);
    if (!document) throw new Error(`reading of a document that is not listed: ${document_id}`);
    // The reading of an earlier revision is not what the address says now.
    if (document.sha256 !== null && document.sha256 !== reading.source.sha256) continue;
    if (readings.has(document_id)) throw new Error(`two readings of document ${document_id}`);
    readings.set(document_id, reading);
  }
  return readings;
}

/** A witness, or why not: `gap` is null when the document does not claim to be a report. */
function witnessOf(
  document: DocumentRow,
  reading: Reading | undefined,
): Witness | { gap: 'reading' | 'publisher' | 'year' | null } {
  if (document.outcome !== 'report') return { gap: null };
  if (!reading?.report) return { gap: 'reading' };
  const { publisher, year } = reading.report;
  if (publisher === null) return { gap: 'publisher' };
  if (year === null) return { gap: 'year' };
  return { document, reading, identity: { ...reading.report, publisher, year } };
}

function settle(report: MergedReport): Settled {
  const { facts, findings } = withoutRepeats(report.chosen.reading.facts);
  const { report_id, chosen, others } = report;
  const about: About[] = [...chosen.reading.findings, ...findings].map((f) => {
    return { scope: 'report', report_id, document: chosen.document, finding: f };
  });
  for (const other of others) {
    for (const f of [...other.reading.findings, ...compareWithChosen(facts, other)])
      about.push({ scope: 'witness', report_id, document: other.document, finding: f });
  }
  return { report, facts, about };
}

type Membership = Map<string, { report_id: string; witness: 'chosen' | 'other' }>;

function membershipOf(settled: Settled[]): Membership {
  const members: Membership = new Map();
  for (const { report } of settled) {
    const { report_id, chosen, others } = report;
    members.set(chosen.document.document_id, { report_id, witness: 'chosen' });
    for (const other of others) members.set(other.document.document_id, { report_id, witness: 'other' });
  }
  return members;
}

function seriesFindings(settled: Settled[]): About[] {
  const byId = new Map(settled.map((s) => [s.report.report_id, s]));
  return settled.flatMap(({ report, facts }) => {
    const before = byId.get(report.report_id.replace(/\d+$/, String(report.year - 1)));
    if (!before) return [];
    const { report_id, chosen } = report;
    return checkSeries(before.facts, facts).map((f): About => {
      return { scope: 'series', report_id, document: chosen.document, finding: f };
    });
  });
}

function* factRows(settled: Settled[]): Generator<TableRow> {
  for (const { report, facts } of settled) {
    const { report_id } = report;
    const { document_id } = report.chosen.document;
    for (const fact of facts)
      yield {
        report_id,
        grid: fact.grid,
        line: fact.line,
        col: fact.col,
        edition: fact.edition,
        value: fact.value,
        absence: fact.absence,
        unit: fact.unit,
        raw: fact.raw,
        status: fact.status,
        proofs: fact.proofs,
        placed: fact.placed ?? null,
        read_by: fact.read_by ?? null,
        document_id,
        block: fact.place.block,
        row: fact.place.row,
        cell_column: fact.place.column,
      };
  }
}

function reportRow({ report, facts, about }: Settled, portal: PortalRow | undefined): TableRow {
  const { report_id, publisher, division_code, year, chosen, others } = report;
  const { document, reading, identity } = chosen;
  const kind = kindOf(publisher);
  const editions = [...new Set(facts.map((f) => f.edition))].sort(compareText);
  return {
    report_id,
    publisher,
    division_code,
    level: levelOf(division_code, kind),
    kind,
    year,
    title: identity.title,
    published_on: dateOrNull(identity.published_on),
    edition: editions.length > 0 ? editions.join('+') : null,
    document_id: document.document_id,
    url: document.url,
    sha256: reading.source.sha256,
    script: reading.source.script,
    trust: document.trust,
    simulated: document.simulated,
    invented: isInvented(division_code ?? portal?.division ?? STATE),
    witnesses: 1 + others.length,
    facts: facts.length,
    errors: about.filter((a) => a.scope === 'report' && a.finding.level === 'error').length,
  };
}
