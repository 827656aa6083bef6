import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openArchive } from '../pipelines/archive/folder.ts';
import { checkPortals } from '../pipelines/check-portals.ts';
import { createLog } from '../pipelines/cli/progress.ts';
import { checkedPortals, portals as listedPortals } from '../pipelines/cli/render.ts';
import { defaultConfig } from '../pipelines/config.ts';
import { realEffects } from '../pipelines/effects.ts';
import { Stopped, UsageError } from '../pipelines/errors.ts';
import { parseRegister, type Portal } from '../scrapers/portals.ts';
import { startSimulator, type Simulator } from '../scripts/simulator/server.ts';

let simulator: Simulator;
let dir: string;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  simulator = await startSimulator();
});
afterEach(async () => {
  await simulator.close();
  rmSync(dir, { recursive: true, force: true });
});

const line = (id: string, over: Partial<Portal> = {}): Portal => {
  const portal = parseRegister(simulator.register).find((one) => one.id === id);
  if (!portal) throw new Error(`no ${id}`);
  return { ...portal, ...over };
};

const settings = () => ({ connect: simulator.connect, vantage: 'simulator', simulated: true, delay_ms: 0 });

function check(...portals: Portal[]) {
  const config = defaultConfig(settings());
  const effects = realEffects(openArchive(dir), createLog({ quiet: true, terminal: false }));
  return checkPortals({ config, portals }, effects);
}

const kept = () => JSON.parse(readFileSync(join(dir, 'portal-checks.json'), 'utf8')) as { portal: string }[];

test('says what each column answers, and keeps the latest of each portal', async () => {
  const nansha = line('sim-nansha');
  const moved = line('sim-huadu', { index_url: new URL('/nowhere/', line('sim-huadu').index_url).href });
  const checks = await check(nansha, moved);
  expect(checks).toMatchObject([
    { portal: 'sim-nansha', status: 200, outcome: 'ok', final_url: nansha.index_url, problems: [] },
    {
      portal: 'sim-huadu',
      status: 404,
      detected: null,
      outcome: 'not_found',
      rows: 0,
      reports: 0,
      problems: [{ code: 'list_missing' }],
    },
  ]);
  expect(checks[0]?.reports).toBeGreaterThan(0);
  expect(kept().map(({ portal }) => portal)).toEqual(['sim-huadu', 'sim-nansha']);
  expect(checkedPortals(checks)).toMatch(
    /404 +0 +0 {2}sim-huadu: nfcms list_missing[\s\S]*2 portals asked, 1 with reports in the list/,
  );

  const asked = simulator.requests().length;
  await check(line('sim-huadu'));
  expect(kept()).toMatchObject([{ portal: 'sim-huadu', status: 200 }, { portal: 'sim-nansha' }]);
  expect(simulator.requests()[asked]).toContain('/robots.txt');
  // Only lists: nothing of it is a link of the nightly, and no article was asked for.
  expect(simulator.requests().join('\n')).not.toContain('post_');
  expect(await openArchive(dir).links.portals()).toEqual([]);
});

test('a run that is ended keeps what was answered until then', async () => {
  const stopping = new AbortController();
  const archive = openArchive(dir);
  const append: typeof archive.captures.append = async (capture) => {
    await archive.captures.append(capture);
    if (capture.kind === 'list') stopping.abort(new Stopped('ended by SIGTERM', 143));
  };
  const told = { ...archive, captures: { ...archive.captures, append } };
  const effects = realEffects(told, createLog({ quiet: true, terminal: false }), stopping.signal);
  const config = { ...defaultConfig(settings()), portals_at_once: 1 };
  await expect(checkPortals({ config, portals: [line('sim-nansha'), line('sim-huadu')] }, effects)).rejects.toThrow(
    'SIGTERM',
  );
  expect(kept().map(({ portal }) => portal)).toEqual(['sim-nansha']);
});

test('a family that this version does not read is a problem of its line', async () => {
  const [check0] = await check(line('sim-nansha', { family: 'geocities' }));
  expect(check0).toMatchObject({ status: null, outcome: 'not_asked', problems: [{ code: 'list_failed' }] });
  expect(check0?.problems[0]?.message).toContain('family geocities is not one of');
});

test('a file of checks that is none is made again; nobody to ask is wrong usage', async () => {
  writeFileSync(join(dir, 'portal-checks.json'), '[{"portal":');
  await check(line('sim-nansha'));
  expect(kept()).toHaveLength(1);
  await expect(check(line('sim-nansha', { until: '2001-01-01' }))).rejects.toThrow(UsageError);
});

test('the list of the register says of each line whether it was ever tried, and when it is in use', () => {
  const base = { ...line('sim-nansha'), from: '2020-01-01' };
  const text = listedPortals([base, { ...line('sim-huadu'), verified: '2026-03-01' }]).split('\n');
  expect(text[0]).toMatch(/^440115 {2}nfcms {2}never {7}sim-nansha {2}.*\(2020-01-01–\) {2}http/);
  expect(text[1]).toMatch(/^440114 {2}nfcms {2}2026-03-01 {2}sim-huadu {3}/);
  expect(text[2]).toContain('1 of them were never tried live');
});
