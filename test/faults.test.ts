import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchive } from '../pipelines/archive/folder.ts';
import { createLog } from '../pipelines/cli/progress.ts';
import { defaultConfig } from '../pipelines/config.ts';
import { realEffects } from '../pipelines/effects.ts';
import { nightly } from '../pipelines/nightly.ts';
import { families } from '../scrapers/families/index.ts';
import { groupedBy } from '../transforms/grouped.ts';
import { withDatabase } from '../warehouse/duckdb.ts';
import { faults, send, siteOf, systems, type Fault, type Site, type System } from './faults.fixture.ts';
import { portal } from './invented.ts';
import { serve, type Serving } from './serving.ts';

/**
 * Every fault on every system over real HTTP: a healthy night, the fault twice, recovery. What was published stays, whoever
 * looks after it is told while the fault lasts and no longer.
 */

interface Case {
  id: string;
  fault: Fault;
  system: System;
  healthy: Site;
  faulty: Site;
  recovered: Site;
}

interface Night {
  told: string[];
  /** Reports → number of facts and their sum. */
  published: Map<string, string>;
}

const tried = systems.filter(({ family }) => families.has(family));

const cases: Case[] = tried
  .flatMap((system) => faults.map((fault) => ({ system, fault })))
  .map(({ system, fault }, index) => {
    const id = `${system.family}-${fault.name}`;
    const host = `${id}.simulator.test`;
    const site = (change?: (site: Site) => void): Site => {
      const made = siteOf(system, host, index);
      fault.always?.(made);
      change?.(made);
      return made;
    };
    return { id, fault, system, healthy: site(), faulty: site(fault.apply), recovered: site(fault.after) };
  });

let server: Serving;
let dir: string;
const nights: Map<string, Night>[] = [];

beforeAll(async () => {
  let night = 0;
  const tonight = (c: Case): Site => (night === 3 ? c.recovered : night > 0 || c.fault.first ? c.faulty : c.healthy);
  const byHost = new Map(cases.flatMap((c) => [c.healthy.host, `www.${c.healthy.host}`].map((host) => [host, c])));
  server = await serve((request, response) => {
    const here = byHost.get((request.headers.host ?? '').replace(/:\d+$/, ''));
    if (!here) return send(response, { status: 421 });
    send(response, tonight(here).answers.get(request.url ?? '/'));
  });
  dir = mkdtempSync(join(tmpdir(), 'gongkai-faults-'));
  const archive = openArchive(dir);
  const config = defaultConfig({
    simulated: true,
    connect: { '*.simulator.test': server.address },
    delay_ms: 0,
    per_host: 4,
    portals_at_once: 20,
    timeout_ms: 3000,
    refresh_days: 1,
  });
  const portals = cases.map(({ id, system }) =>
    portal(id, { family: system.family, index_url: `http://${id}.simulator.test${system.folder}` }),
  );
  for (; night < 4; night += 1) {
    const effects = {
      ...realEffects(archive, createLog({ quiet: true, terminal: false })),
      now: () => new Date(Date.UTC(2026, 1, 1 + 16 * night, 18)),
    };
    const summary = await nightly({ config, portals, refresh: false }, effects);
    const told = groupedBy(summary.account.problems, (problem) => [String(problem.portal)]);
    const rows = await withDatabase(archive.local.database, { readOnly: true }, (db) =>
      db.rows(
        'SELECT portal, publisher, year, count(*) AS facts, sum(value) AS total FROM facts JOIN reports USING (report_id) JOIN documents ON documents.document_id = reports.document_id GROUP BY ALL',
      ),
    );
    const published = groupedBy(rows, (row) => [String(row['portal'])]);
    nights.push(
      new Map(
        cases.map(({ id }) => [
          id,
          {
            told: (told.get(id) ?? []).map(({ code, message }) => `${code} (${message})`),
            published: new Map(
              (published.get(id) ?? []).map((r) => [
                `${r['publisher']} ${r['year']}`,
                `${r['facts']} facts, ${r['total']}`,
              ]),
            ),
          },
        ]),
      ),
    );
  }
}, 600_000);
afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

const night = (n: number, { id }: Case): Night => {
  const found = nights[n - 1]?.get(id);
  if (!found) throw new Error(`no night ${n} of ${id}`);
  return found;
};

const summaryOf = (c: Case) =>
  [1, 2, 3, 4].map((n) => {
    const { told, published } = night(n, c);
    return `night ${n}: ${published.size} reports; told: ${told.join(', ') || 'nothing'}`;
  });

function judge(c: Case): void {
  const said = summaryOf(c).join('\n');
  const { told: isTold, first } = c.fault;
  const healthy = night(first ? 4 : 1, c).published;
  expect(healthy.size, said).toBe(6);
  for (const n of first ? [1, 2, 3] : [2, 3]) {
    const { told, published } = night(n, c);
    if (c.fault.after) expect(published.size === 7 || told.length > 0, `the new report is lost\n${said}`).toBe(true);
    const wrong = isTold ? 'is silent' : 'is told for nothing';
    if (isTold !== null) expect(told.length > 0, `night ${n} ${wrong}\n${said}`).toBe(isTold);
    expect(told.length, `one cause is told for each article\n${said}`).toBeLessThanOrEqual(3);
    if (!first) for (const [report, facts] of healthy) expect(published.get(report), `${report}\n${said}`).toBe(facts);
  }
  expect(night(4, c).told, said).toEqual([]);
  for (const [report, facts] of healthy) expect(night(4, c).published.get(report), said).toBe(facts);
}

describe.each(tried)('$family', ({ family }) => {
  const own = cases.filter(({ system }) => system.family === family);
  test.each(own.map((c) => [c.fault.name, c] as const))('%s', (_, c) => judge(c));
});
