import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openArchive } from '../pipelines/archive/folder.ts';
import { defaultConfig } from '../pipelines/config.ts';
import { detectPortal } from '../pipelines/detect-portal.ts';
import { listPortal } from '../pipelines/discover.ts';
import { realEffects } from '../pipelines/effects.ts';
import { lookIn } from '../pipelines/reading/pool.ts';
import { openSession } from '../pipelines/session.ts';
import { parseRegister, registerColumns, registerLine } from '../scrapers/portals.ts';
import { portal } from './invented.ts';
import { serve } from './serving.ts';

const opened: (() => unknown)[] = [];
afterEach(() => Promise.all(opened.splice(0).map((close) => close())));

const log = { info: () => {}, warn: () => {}, bar: () => ({ step: () => {}, done: () => {} }) };
const title = '虚构县人民政府2023年政府信息公开工作年度报告';
const list = `<html><head><meta name="SiteName" content="虚构县，人民政府, &quot;门户&quot;"><meta name="SiteIDCode" content="4403000052"></head><body>
  <ul><li><a href="./202401/t20240120_12345.html">${title}</a></li></ul></body></html>`;

async function outside() {
  let body = list;
  const server = await serve((request, response) => {
    response.writeHead(request.url === '/nb/' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(request.url === '/nb/' ? body : '');
  });
  const dir = mkdtempSync(join(tmpdir(), 'detect-'));
  opened.push(server.close, () => rmSync(dir, { recursive: true }));
  const effects = realEffects(openArchive(dir), log, new AbortController().signal);
  const connect = { '*.simulator.test': server.address };
  const config = defaultConfig({ simulated: true, delay_ms: 0, connect });
  return { config, effects, dir, becomes: (page: string) => void (body = page) };
}

test('makes the line of the register that a column would have', async () => {
  const { config, effects } = await outside();
  const found = await detectPortal({ config, url: 'http://www.xugou.simulator.test/nb/' }, effects);
  expect(found).toMatchObject({ by: 'articles at /nb/N/tN_N.html', status: 200, outcome: 'ok' });
  const header = readFileSync(new URL('../scrapers/portals.csv', import.meta.url), 'utf8').split('\n')[0]!;
  expect(parseRegister(`${header}\n${registerLine(found.portal)}\n`)).toEqual([
    expect.objectContaining({
      id: 'xugou-simulator-test-nb',
      division: '440300',
      name: '虚构县，人民政府, "门户"',
      family: 'trs',
      index_url: 'http://www.xugou.simulator.test/nb/',
      verified: null,
    }),
  ]);
  // A register that is in use may have fewer columns, in another order.
  const own = 'note,id,division,name,family,index_url,from,until,vantage\n';
  const line = registerLine(found.portal, registerColumns(own));
  expect(line).toMatch(/^,xugou-simulator-test-nb,440300,/);
  expect(parseRegister(`${own}${line}\n`)).toMatchObject([{ id: 'xugou-simulator-test-nb', family: 'trs' }]);
  const missing = await detectPortal({ config, url: 'http://www.xugou.simulator.test/none/' }, effects);
  expect(missing).toMatchObject({
    by: null,
    status: 404,
    outcome: 'not_found',
    portal: { family: 'auto', division: '' },
  });
  await expect(detectPortal({ config, url: 'ftp://x/' }, effects)).rejects.toThrow('not http');
});

test('what was recognised is kept, and a night on which nothing is listed does not change it', async () => {
  const { config, effects, becomes } = await outside();
  const one = portal('one', { family: 'auto', index_url: 'http://www.xugou.simulator.test/nb/' });
  const pool = effects.openPool();
  opened.push(pool.close);
  const night = async () => {
    const session = openSession(config, lookIn(pool), effects, []);
    const outcome = await listPortal(one, session, effects, async () => null).finally(() => session.close());
    return [outcome.family, (await effects.archive.links.read('one'))?.detected?.family];
  };
  expect(await night()).toEqual(['trs', 'trs']);
  becomes('<html><body><p>系统维护中，请稍后访问，由此带来的不便敬请谅解。</p><a href="/">首页</a></body></html>');
  expect(await night()).toEqual(['trs', 'trs']);
});
