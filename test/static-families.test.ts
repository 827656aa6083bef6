import type { ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outcomeOf, type Result } from '../pipelines/archive/documents.ts';
import { openArchive } from '../pipelines/archive/folder.ts';
import { createLog } from '../pipelines/cli/progress.ts';
import { defaultConfig } from '../pipelines/config.ts';
import { realEffects } from '../pipelines/effects.ts';
import { nightly, type NightlySummary } from '../pipelines/nightly.ts';
import { readDocuments } from '../pipelines/read.ts';
import { discover } from '../scrapers/discover.ts';
import { families } from '../scrapers/families/index.ts';
import { createClient, type Client } from '../scrapers/http.ts';
import { parseRegister, type Portal } from '../scrapers/portals.ts';
import { allPlans, routesOf } from '../scripts/simulator/plans.ts';
import { startSimulator, type Simulator } from '../scripts/simulator/server.ts';
import type { Routes } from '../scripts/simulator/types.ts';
import { judgeTitle } from '../transforms/printed/title.ts';
import { withDatabase } from '../warehouse/duckdb.ts';
import { clientOptions, lookHere, serve, type Serving } from './serving.ts';

/** The counties of 示例市, whose portals run the systems of static lists, each with its traps. */
const isCounty = ({ id }: { id: string }) => id.startsWith('sim-shilixian-');
let simulator: Simulator;
let portals: Portal[];
beforeAll(async () => {
  simulator = await startSimulator();
  portals = parseRegister(simulator.register).filter(isCounty);
});
afterAll(() => simulator.close());

test('every family of static lists has such a portal', () => {
  const listed = [...families.values()].filter(({ id, listing }) => listing.how === 'pages' && id !== 'plain');
  const there = new Set(portals.map(({ family }) => family));
  expect(listed.map(({ id }) => id).filter((id) => !there.has(id))).toEqual([]);
});

describe('one night', () => {
  let night: NightlySummary;
  let dir: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
    const settings = { connect: simulator.connect, vantage: 'simulator', simulated: true, per_host: 4, delay_ms: 0 };
    const effects = realEffects(openArchive(dir), createLog({ quiet: true, terminal: false }));
    night = await nightly({ config: defaultConfig(settings), portals, refresh: false }, effects);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const truths = () =>
    simulator.documents.flatMap(({ portal, truth }) =>
      truth && isCounty({ id: portal }) ? [{ portal, ...truth }] : [],
    );

  test('finds all reports, and takes nothing else for one', async () => {
    const problems = night.fetch.portals.flatMap((one) => one.problems);
    expect(problems.map(({ portal, message }) => `${portal}: ${message}`)).toEqual([]);
    expect(night.fetch.failed).toEqual([]);
    const ids = portals.map(({ id }) => id);
    const read: Result[] = [];
    for await (const result of readDocuments(openArchive(dir), ids)) read.push(result);
    const found = read
      .filter(({ document, reading }) => outcomeOf(document, reading).outcome === 'report')
      .map(({ document, reading }) => `${document.portal} ${reading?.report?.publisher} ${reading?.report?.year}`);
    const there = truths().map(({ portal, report }) => `${portal} ${report.publisher} ${report.year}`);
    expect(found.toSorted()).toEqual(there.toSorted());
    expect(there.length).toBe(14 * 5 + 2);
  });

  test('publishes every number as it was printed', async () => {
    const expected = new Map(
      truths().flatMap(({ report, facts }) =>
        facts.map(({ grid, line, col, value }): [string, number | null] => [
          [report.publisher, report.year, grid, line, col].join('/'),
          // Zero has a sign in JavaScript and none in print.
          value === 0 ? 0 : value,
        ]),
      ),
    );
    const sql = 'SELECT publisher, year, grid, line, col, value FROM facts JOIN reports USING (report_id)';
    const rows = await withDatabase(openArchive(dir).local.database, { readOnly: true }, (db) => db.rows(sql));
    const names = ['publisher', 'year', 'grid', 'line', 'col'];
    const published = new Map(rows.map((row) => [names.map((name) => row[name]).join('/'), row['value']]));
    const all = [...new Set([...expected.keys(), ...published.keys()])];
    expect(all.filter((name) => expected.get(name) !== published.get(name)).slice(0, 10)).toEqual([]);
    expect(all.length).toBeGreaterThan(10_000);
  });
});

/** What stands at the address of a page of a list, further on or of a column, in place of it. */
const faults: Record<string, (response: ServerResponse, first: string) => void> = {
  'is a stub with status 200': (response) => response.end('<html><head><title>年报</title></head></html>'),
  'is not there': (response) => response.writeHead(404).end(),
  'leads back to the first': (response, first) => response.writeHead(302, { location: first }).end(),
};

describe('a page of a list', () => {
  let routes: Routes;
  let broken: { path: string; answer: (response: ServerResponse) => void } | null = null;
  let server: Serving;
  let client: Client;
  beforeAll(async () => {
    server = await serve((request, response) => {
      const path = pathOf(new URL(request.url ?? '/', 'http://simulator.test'));
      if (path === broken?.path) return broken.answer(response);
      const { status, type, body } = routes.get(path)?.reply() ?? { status: 404, type: 'text/html', body: '' };
      response.writeHead(status, { 'content-type': type }).end(body);
    });
    client = createClient(clientOptions({ '*.simulator.test': server.address }));
  });
  afterAll(() => Promise.all([client.close(), server.close()]));

  /** Reports found, what was told, and the pages of lists that were asked for. */
  async function listed(portal: Portal) {
    const asked = new Set<string>();
    const family = families.get(portal.family);
    if (!family) throw new Error(portal.family);
    const get = async (url: string, kind: 'list' | 'api') => {
      asked.add(pathOf(new URL(url)));
      const { capture, body } = await client.get(url, portal.id, kind);
      const { status, final_url, outcome, error, headers } = capture;
      return { bytes: body, contentType: headers['content-type'] ?? null, status, url: final_url, outcome, error };
    };
    const { links, problems } = await discover(portal, family, {
      get,
      render: () => Promise.reject(new Error('no page needs a browser')),
      look: lookHere,
      now: () => new Date('2026-01-31T04:00:00Z'),
    });
    return { reports: links.filter(({ title }) => judgeTitle(title).kind !== 'other').length, problems, asked };
  }

  test.each(Object.entries(faults))('that %s costs no report in silence', async (_, fault) => {
    const silent: string[] = [];
    let tried = 0;
    for (const plan of allPlans().filter((one) => isCounty(one) && one.system)) {
      const portal = portals.find(({ id }) => id === plan.id)!;
      routes = routesOf(plan, 'ok');
      broken = null;
      const before = await listed(portal);
      const [first = '', ...others] = [...before.asked].filter((path) => routes.get(path)?.kind === 'list');
      for (const path of others) {
        broken = { path, answer: (response) => fault(response, first) };
        const { reports, problems } = await listed(portal);
        tried += 1;
        if (reports < before.reports && problems.length === 0) silent.push(`${plan.id} ${path}`);
      }
    }
    expect(silent).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });

  test('the first of which leads to the home page is told, and nothing there is taken for a row', async () => {
    const title = '示例市子县人民政府2024年政府信息公开工作年度报告';
    const home = `<html><body><ul><li><a href="/news/content_712345.html">${title}</a> 2025-01-20</li></ul></body></html>`;
    for (const plan of allPlans().filter((one) => isCounty(one) && one.system)) {
      const portal = portals.find(({ id }) => id === plan.id)!;
      const reply = () => ({ status: 200, type: 'text/html; charset=utf-8', body: Buffer.from(home) });
      routes = new Map([...routesOf(plan, 'ok'), ['/', { kind: 'list', reply }]]);
      const path = pathOf(new URL(portal.index_url));
      broken = { path, answer: (response) => response.writeHead(301, { location: '/' }).end() };
      const { reports, problems } = await listed(portal);
      expect([plan.id, reports, problems.map(({ code }) => code)]).toEqual([plan.id, 0, ['list_error']]);
    }
  });
});

/** As the simulator keeps them: parameters in one order. */
function pathOf(url: URL): string {
  url.searchParams.sort();
  return url.pathname + url.search;
}
