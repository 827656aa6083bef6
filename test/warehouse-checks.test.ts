import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWarehouse } from '../warehouse/build.ts';
import { runChecks } from '../warehouse/checks.ts';
import type { WarehouseInputs } from '../warehouse/inputs.ts';
import { inputsOf, told } from './warehouse.fixture.ts';
import { brokenRow } from './reading.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checks-'));
});
afterAll(() => rm(folder, { recursive: true }));

const build = (name: string, inputs: WarehouseInputs) => buildWarehouse({ inputs, outDir: join(folder, name) });

const verdictOf = async (name: string, inputs: WarehouseInputs, previous: string | null = null) => {
  const { database } = await build(name, inputs);
  return runChecks({ database, previous });
};
const names = (results: { check: string }[]) => results.map((r) => r.check);

describe('runChecks', () => {
  it('passes what is right', async () => {
    const values = {
      'requests/received/natural_person': 4,
      'requests/received/enterprise': 1,
      'requests/received/total': 5,
    };
    const flow = {
      'requests/granted/natural_person': 4,
      'requests/granted/enterprise': 1,
      'requests/granted/total': 5,
    };
    const sums = {
      'requests/concluded/natural_person': 4,
      'requests/concluded/enterprise': 1,
      'requests/concluded/total': 5,
    };
    const inputs = inputsOf([{ values: { ...values, ...flow, ...sums } }, { year: 2020, edition: '2019' }]);
    const { database } = await build('right', inputs);
    expect(await runChecks({ database, previous: join(folder, 'right') })).toEqual({
      ok: true,
      failures: [],
      warnings: [],
    });
  });

  it('fails on an empty warehouse', async () => {
    const { ok, failures } = await verdictOf('none', { portals: [], captures: [], documents: [], readings: [] });
    expect({ ok, failed: names(failures) }).toEqual({ ok: false, failed: ['no_reports'] });
  });

  it('fails on a cell called verified that an equation contradicts, with the rows', async () => {
    const { failures } = await verdictOf('violated', inputsOf([{ values: { 'requests/granted/enterprise': 4 } }]));
    const [failure] = failures;
    expect(names(failures)).toEqual(['verified_but_violated']);
    // Its row, its column's outcomes.
    expect(failure?.sample.map((row) => row['code'])).toEqual(['requests.outcomes', 'requests.row']);
  });

  it('fails on a cell called verified that a finding contradicts', async () => {
    const { failures } = await verdictOf('reported', inputsOf([{ findings: [brokenRow()] }]));
    expect(names(failures)).toEqual(['verified_but_reported']);
  });

  it('fails on a finding whose code is in no list', async () => {
    const misspelt = { ...brokenRow(), code: 'requests.rows' } as unknown as ReturnType<typeof brokenRow>;
    const { failures } = await verdictOf('misspelt', inputsOf([{ findings: [misspelt] }]));
    expect(names(failures)).toEqual(['findings_code']);
  });

  it('fails on a code that is not in the form', async () => {
    const inputs = inputsOf([{}]);
    inputs.readings[0]!.reading.facts[0]!.col = 'misspelt';
    const { failures } = await verdictOf('codes', inputs);
    expect(names(failures)).toEqual(['facts_grid_line_col']);
    expect(failures[0]?.sample[0]).toMatchObject({ col: 'misspelt' });
  });

  it('fails when reports fall by more than a fifth or a portal loses all of its own', async () => {
    const years = [2019, 2020, 2021, 2022, 2023].map((year) => told({ year }));
    const elsewhere = { ...years[0]!.document, portal: 'shili-other' };
    const inputs = inputsOf([2019, 2020, 2021, 2022, 2023].map((year) => ({ year })));
    inputs.documents[0] = elsewhere;
    await build('five', inputs);
    const four = { ...inputs, documents: inputs.documents.slice(1), readings: inputs.readings.slice(1) };
    const three = { ...inputs, documents: inputs.documents.slice(2), readings: inputs.readings.slice(2) };
    expect(names((await verdictOf('four', four, join(folder, 'five'))).failures)).toEqual(['portal_lost_reports']);
    const fell = await verdictOf('three', three, join(folder, 'five'));
    expect(names(fell.failures)).toEqual(['portal_lost_reports', 'reports_fell']);
    expect(fell.failures[1]?.sample).toEqual([{ reports_before: 5, reports_now: 3 }]);
  });

  it('fails when a document neither gave a report nor says why', async () => {
    const inputs = inputsOf([{}]);
    inputs.documents.push({ ...told({ year: 2020 }).document, outcome: 'not_a_report', reason: null });
    expect(names((await verdictOf('mute', inputs)).failures)).toEqual(['document_unaccounted']);
  });

  it('warns, but passes, on unread documents, stale portals and contradictions', async () => {
    const inputs = inputsOf([{ values: { 'disputes/reconsideration/total': 9 } }]);
    for (const fact of inputs.readings[0]!.reading.facts) fact.status = 'contradicted';
    inputs.documents.push({ ...told({ year: 2020 }).document, outcome: 'unread', reason: 'encrypted' });
    inputs.captures = inputs.captures.map((c) =>
      c.kind === 'list' ? { ...c, requested_at: '2023-01-01T00:00:00Z' } : c,
    );
    const { ok, failures, warnings } = await verdictOf('warned', inputs);
    expect({ ok, failures }).toEqual({ ok: true, failures: [] });
    expect(names(warnings)).toEqual(['contradicted_share', 'stale_portals', 'unread_documents']);
  });
});
