import { createHash } from 'node:crypto';
import { formOf } from '../transforms/forms/index.ts';
import type { Fact, Reading } from '../transforms/report.ts';
import type { CaptureRow, DocumentRow, PortalRow, WarehouseInputs } from '../warehouse/inputs.ts';

/** Inputs of the warehouse about an invented prefecture, without documents being read: the rows are what is tested. */

export interface Told {
  publisher?: string;
  division?: string | null;
  year?: number;
  edition?: string;
  /** By `grid/line/col`; other cells are 0, and totals are not made to fit. */
  values?: Record<string, number | null>;
  /** Amounts are printed without a unit. */
  withoutUnit?: boolean;
  /** Keeps only these cells. */
  only?: (cell: string) => boolean;
  url?: string;
  trust?: DocumentRow['trust'];
  findings?: Reading['findings'];
  published_on?: string;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const portal: PortalRow = {
  id: 'shili-demo',
  division: '990101',
  name: '示例市甲区',
  family: 'plain',
  index_url: 'https://jia.simulator.test/nb/',
  from: '2020-01-01',
  until: null,
  vantage: 'any',
  note: '',
};

/** One document with its reading and its capture. */
export function told(o: Told): { document: DocumentRow; reading: Reading; capture: CaptureRow } {
  const { publisher = '示例市甲区人民政府', division = '990101', year = 2022, edition = '2021' } = o;
  const url = o.url ?? `https://jia.simulator.test/nb/${sha256(publisher).slice(0, 6)}-${year}.html`;
  const hash = sha256(JSON.stringify([url, o]));
  const facts: Fact[] = [];
  for (const [block, grid] of formOf(edition).grids.entries())
    for (const [row, line] of grid.lines.entries())
      for (const [column, c] of line.columns.entries()) {
        const cell = `${grid.code}/${line.code}/${c.code}`;
        if (o.only && !o.only(cell)) continue;
        const value = o.values && cell in o.values ? o.values[cell]! : 0;
        facts.push({
          grid: grid.code,
          line: line.code,
          col: c.code,
          edition,
          value,
          absence: value === null ? 'blank' : null,
          unit: o.withoutUnit && c.unit === 'yuan' ? 'unknown' : c.unit,
          raw: value === null ? '' : String(value),
          status: 'verified',
          proofs: 1,
          place: { block, row, column },
        });
      }
  return {
    document: {
      document_id: sha256(url).slice(0, 12),
      portal: portal.id,
      url,
      title: `${publisher}${year}年政府信息公开工作年度报告`,
      listed_on: `${year + 1}-01-28`,
      sha256: hash,
      outcome: 'report',
      reason: null,
      captured_at: `${year + 1}-02-01T00:00:00Z`,
      revisions: 1,
      withdrawn_on: null,
      simulated: true,
      trust: o.trust ?? 'simulated',
      suggested_url: null,
    },
    reading: {
      source: { path: url, sha256: hash, media_type: 'text/html', encoding: null, script: 'simplified' },
      report: {
        publisher,
        division_code: division,
        year,
        title: `${publisher}${year}年报`,
        published_on: o.published_on ?? null,
      },
      facts,
      mentions: [{ line: 'received', value: 3, unit: '件', sentence: '全年新收申请3件。' }],
      sections: [{ number: 1, title: '一、总体情况', text: '全年新收申请3件。' }],
      findings: o.findings ?? [],
    },
    capture: {
      url,
      final_url: url,
      portal: portal.id,
      kind: 'article',
      requested_at: `${year + 1}-02-01T00:00:00.000Z`,
      status: 200,
      headers: { 'content-type': 'text/html' },
      sha256: hash,
      bytes: 1000,
      media_type: 'text/html',
      outcome: 'ok',
      error: null,
      vantage: 'any',
      simulated: true,
      via: 'http',
    },
  };
}

/** What a test looks into: a log that is held. */
type Inputs = WarehouseInputs & { captures: CaptureRow[] };

export function inputsOf(tellings: Told[], more: Partial<Inputs> = {}): Inputs {
  const all = tellings.map(told);
  const last = all.map((t) => t.capture).sort((a, b) => (a.requested_at < b.requested_at ? 1 : -1))[0];
  const list = last
    ? [{ ...last, url: portal.index_url, final_url: portal.index_url, kind: 'list', sha256: null }]
    : [];
  return {
    portals: [portal],
    captures: [...all.map((t) => t.capture), ...list],
    documents: all.map((t) => t.document),
    readings: all.map((t) => ({ document_id: t.document.document_id, reading: t.reading })),
    ...more,
  };
}
