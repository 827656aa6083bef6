import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../pipelines/errors.ts';
import { serve } from '../scripts/simulator/command.ts';
import { allPlans, routesOf } from '../scripts/simulator/plans.ts';
import { figuresOfSeed, readSeeds } from '../scripts/simulator/seeds.ts';
import { startSimulator, type Simulator } from '../scripts/simulator/server.ts';
import { truthOf, type Figures } from '../scripts/compose/figures.ts';
import { families } from '../scrapers/families/index.ts';
import { parseRegister } from '../scrapers/portals.ts';

interface Answer {
  status: number;
  type: string;
  bytes: Buffer;
  text: string;
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ slowMs: 400 });
});
afterAll(() => simulator.close());

const get = (url: string, from = simulator): Promise<Answer> => {
  const { host, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: from.port, path: pathname + search, headers: { host } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            bytes,
            text: bytes.toString('utf8'),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end();
  });
};

const portals = () => parseRegister(simulator.register);
const portal = (id: string) => portals().find((p) => p.id === id)!;
const hrefs = (html: string) => [...html.matchAll(/href="([^"]+post_\d+[^"]*\.html)"/g)].map((m) => m[1]!);

describe('the register', () => {
  test('reads as a register, has every family, and all its lists answer', async () => {
    const served = new Set([...portals(), ...allPlans()].map((p) => p.family));
    expect([...families.keys()].filter((id) => !served.has(id))).toEqual([]);
    expect(portals().filter((p) => !/^http:\/\/[a-z.]+\.simulator\.test\//.test(p.index_url))).toEqual([]);
    const answers = await Promise.all(portals().map((p) => get(p.index_url)));
    expect(answers.map((a) => a.status)).toEqual(portals().map(() => 200));
  });

  test('invented places have codes of no real place and say that they are invented', async () => {
    const invented = portals().filter((p) => p.id.startsWith('sim-shili'));
    expect(new Set(invented.map((p) => p.division)).size).toBe(1 + 8 + 14 + 9);
    for (const p of invented) {
      expect(p.division).toMatch(/^9901/);
      expect(p.name).toContain('示例市');
    }
    for (const d of simulator.documents.filter((x) => x.portal.startsWith('sim-shili')))
      expect(d.title).toContain('示例市');
  });
});

describe('seeds', () => {
  test('are facts of five reports: cells as published, absent ones blank, missing lines missing', () => {
    const seeds = new Map(readSeeds().map((s) => [s.id, truthOf(figuresOfSeed(s)).facts]));
    expect([...seeds].map(([id, facts]) => [id, facts.length])).toEqual([
      ['guangzhou-2020', 198],
      ['zengcheng-2020', 174],
      ['nansha-2020', 198],
      ['huadu-office-2020', 198],
      ['guangzhou-office-2021-mirror', 0],
    ]);
    const concluded = seeds
      .get('huadu-office-2020')!
      .filter((f) => f.line === 'concluded')
      .map((f) => f.value);
    expect(concluded).toEqual([92, 2, null, null, null, null, 94]);
    expect(seeds.get('zengcheng-2020')!.some((f) => f.line === 'received')).toBe(false);
  });

  test("the General Office's page is Traditional, has no table and states its numbers", async () => {
    const { text } = await get('http://www.gz.simulator.test/zfjgzy/gzsrmzfbgt/zfxxgknb/sbj/content/post_7996001.html');
    const article = text.slice(text.indexOf('article-content'));
    expect(article).not.toContain('<table');
    for (const words of [
      '申請575宗',
      '上年結轉18宗',
      '辦結584宗',
      '辦理9宗',
      '行政複議3宗',
      '行政訴訟3宗',
      'www.example.com',
    ]) {
      expect(article).toContain(words);
    }
  });

  test('Huadu prints its absent cells as blanks', async () => {
    const { bytes } = await get('http://www.huadu.simulator.test/zwgk/zfxxgknb/content/post_7998001.html');
    expect(iconv.decode(bytes, 'gb18030')).toContain(
      '（七）总计</td><td>92</td><td>2</td><td></td><td></td><td></td><td></td><td>94</td>',
    );
  });
});

const api = (host: string, prefix: string, sid: string, page: number) =>
  get(`http://www.${host}.shili.simulator.test${prefix}gkmlpt/api/all/721?sid=${sid}&page=${page}`);

describe('manners', () => {
  test('static lists turn pages with index_2.html until 404', async () => {
    const { index_url } = portal('sim-shili-departments');
    const pages = await Promise.all(
      ['', 'index.html', 'index_2.html', 'index_3.html'].map((name) => get(index_url + name)),
    );
    const links = pages.map((p) => hrefs(p.text));
    expect(links[0]).toEqual(links[1]);
    expect(links[2]!.length).toBe(12);
    expect(links[1]!.filter((l) => links[2]!.includes(l))).toEqual([]);
    expect(pages.map((p) => p.status)).toEqual([200, 200, 200, 404]);
  });

  test('the catalogue: page 0 is page 1, then empty or 404', async () => {
    const [zero, one, two, three] = await Promise.all([0, 1, 2, 3].map((n) => api('yi', '/', '990102', n)));
    expect(zero!.bytes.equals(one!.bytes)).toBe(true);
    const first = JSON.parse(one!.text);
    expect(first.articles.length).toBe(100);
    expect(JSON.parse(two!.text).articles.length).toBe(first.total - 100);
    expect(JSON.parse(three!.text).articles).toEqual([]);
    expect((await api('bing', '/bgs/', '990103', 1)).status).toBe(200);
    expect((await api('bing', '/bgs/', '990103', 2)).status).toBe(404);
  });

  test('the catalogue: the shell is a script, articles answer under both addresses, one is in two categories', async () => {
    const shell = await get(portal('sim-shili-bing').index_url);
    expect(shell.text).toMatch(/window\._CONFIG = \{ NAME: .*SID: '990103', SERVICE_AREA_ID: 1, TREE: \[/);
    expect(hrefs(shell.text)).toEqual([]);
    const [row] = JSON.parse((await api('bing', '/bgs/', '990103', 1)).text).articles;
    const again = await get('http://www.bing.shili.simulator.test/bgs/gkmlpt/api/all/725?page=1&sid=990103');
    expect(JSON.parse(again.text).articles.map((a: { id: number }) => a.id)).toContain(row.id);
    const article = await get(row.url);
    expect(article.status).toBe(200);
    expect((await get(row.url.replace('post_', 'mpost_'))).bytes.equals(article.bytes)).toBe(true);
    expect(new Date(row.create_time * 1000).toISOString().slice(0, 10) < row.created_at.slice(0, 10)).toBe(true);
  });

  test('a scripted list holds no address before its script ran', async () => {
    const { index_url } = portal('sim-shili-wu');
    const page = await get(index_url);
    const script = await get(`${index_url}list.js`);
    expect(page.text + script.text).not.toMatch(/\.htm"/);
    expect(page.text).not.toContain('年度报告');
    const [, name] = /\["([^"]+)","[^"]*年度报告/.exec(script.text)!;
    expect((await get(`${index_url}${name}.htm`)).status).toBe(200);
  });

  test('robots.txt closes a folder of one portal and is missing on another', async () => {
    const robots = (host: string) => get(`http://www.${host}.shili.simulator.test/robots.txt`);
    expect((await robots('xin')).text).toContain('Disallow: /zwgk/internal/');
    expect(
      hrefs((await get(portal('sim-shili-xin').index_url)).text).filter((l) => l.includes('/internal/')).length,
    ).toBe(2);
    expect((await robots('yi')).status).toBe(404);
  });

  test('decoys stand in the lists, and an attachment opens', async () => {
    const kinds = new Set(simulator.documents.map((d) => d.kind));
    expect(kinds).toEqual(new Set(['report', 'notice', 'website_report', 'summary', 'attachment', 'other']));
    const list = await get(portal('sim-shili-jia').index_url);
    expect(list.text).toContain('编制和发布工作的通知');
    expect(list.text).toContain('_app.html');
    const pdf = await get('http://www.shili.simulator.test/attachment/7/7000/7000043/7000044.pdf');
    expect(pdf.type).toBe('application/pdf');
    expect(pdf.text).toMatch(/^%PDF-1\.4/);
    const page = await get('http://www.jia.shili.simulator.test/zwgk/zfxxgknb/content/post_7100043.html');
    const file = /href="([^"]+\.docx)"/.exec(page.text)![1]!;
    expect((await get(`http://www.jia.shili.simulator.test${file}`)).text).toMatch(/^PK/);
    const attached = simulator.documents.filter((d) => d.kind === 'attachment');
    expect(attached.filter((d) => d.truth === null).length).toBe(2);
    expect(attached.find((d) => d.id === 7100043)?.truth?.facts.length).toBe(200);
  });
});

/** What a page says and what it is. */
const seen = async (url: string) => {
  const { bytes, type } = await get(url);
  const label = /charset=([\w-]+)/.exec(bytes.toString('latin1'))?.[1] ?? null;
  const utf8 = Buffer.from(bytes.toString('utf8')).equals(bytes);
  return { label, header: type, utf8, bytes };
};

describe('bytes', () => {
  test('encodings and their labels disagree in every way portals have', async () => {
    const word = await seen('http://www.ji.shili.simulator.test/zwgk/nb/content/post_7105000.html');
    expect([word.label, word.utf8, word.header]).toEqual(['utf-8', false, 'text/html']);
    const rare = await seen('http://www.ji.shili.simulator.test/zwgk/nb/content/post_7105001.html');
    expect(rare.bytes.includes(iconv.encode('㙍', 'gb18030'))).toBe(true);
    expect(iconv.encode('㙍', 'gb18030').length).toBe(4);
    const reverse = await seen('http://www.xin.shili.simulator.test/zwgk/content/post_7107000.html');
    expect([reverse.label, reverse.utf8]).toEqual(['gb2312', true]);
    const silent = await seen('http://www.huadu.simulator.test/zwgk/zfxxgknb/content/post_7998001.html');
    expect([silent.label, silent.utf8]).toEqual([null, false]);
    const list = await seen(portal('sim-shili-geng').index_url);
    expect([list.label, list.utf8]).toEqual([null, false]);
    expect(iconv.decode(list.bytes, 'big5')).toContain('政府信息公開工作年度報告');
  });

  test('every page can be written in its charset, and a second simulator serves the same bytes', async () => {
    const second = await startSimulator();
    let compared = 0;
    const different: string[] = [];
    for (const plan of allPlans()) {
      const paths = [...routesOf(plan, 'ok')];
      // An interface answers only who asks for something.
      if (!plan.behind) for (const [, route] of paths) expect(route.reply().status).toBe(200);
      for (const [path] of paths.filter(([, route], i) => i % 20 === 0 || route.kind === 'attachment')) {
        const url = `http://${plan.host}${path}`;
        if ((await get(url)).bytes.equals((await get(url, second)).bytes)) compared++;
        else different.push(url);
      }
    }
    expect(different).toEqual([]);
    expect(compared).toBeGreaterThan(20);
    await second.close();
  });
});

describe('series', () => {
  const organs = new Map<string, Figures[]>();
  for (const plan of allPlans().filter(
    (p) => p.id !== 'sim-shili-districts' && !/^sim-shili(?:xian|zhen)-/.test(p.id),
  )) {
    for (const entry of plan.entries) {
      if (entry.kind !== 'report' || !entry.figures.invented) continue;
      organs.set(entry.figures.publisher, [...(organs.get(entry.figures.publisher) ?? []), entry.figures]);
    }
  }

  test('every invented organ of a city or district reports from 2019 to 2024, in both editions', () => {
    expect(organs.size).toBe(2 + 4 + 8 + 8);
    for (const reports of organs.values()) {
      expect(reports.map((f) => f.year).toSorted()).toEqual([2019, 2020, 2021, 2022, 2023, 2024]);
    }
    expect(new Set([...organs.values()].flat().map((f) => f.edition))).toEqual(new Set(['2019', '2021']));
  });

  test('what one year carries out the next carries in, wherever both are printed', () => {
    let compared = 0;
    for (const reports of organs.values()) {
      const byYear = new Map(reports.map((f) => [f.year, f]));
      for (const f of reports) {
        const before = byYear.get(f.year - 1)?.cells.get('requests/carried_out/natural_person') ?? null;
        const now = f.cells.get('requests/carried_in/natural_person') ?? null;
        if (before === null || now === null) continue;
        expect(now).toBe(before);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(60);
  });
});

describe('the command', () => {
  test('writes settings for a run and misbehaves from the start', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'simulator-'));
    const { simulator: started, config } = await serve({ dir, misbehave: ['sim-huadu=blocked'] });
    expect(config).toMatchObject({
      connect: { '*.simulator.test': `127.0.0.1:${started.port}` },
      vantage: 'simulator',
      simulated: true,
    });
    expect(JSON.parse(readFileSync(join(dir, 'config.json'), 'utf8'))).toEqual(config);
    expect(parseRegister(readFileSync(join(dir, 'register.csv'), 'utf8')).length).toBe(portals().length);
    expect((await get(portal('sim-huadu').index_url, started)).status).toBe(412);
    await started.close();
    rmSync(dir, { recursive: true });
  });

  test.each([
    [{ port: 'x' }, /not a port/],
    [{ misbehave: ['sim-huadu=rude'] }, /the mode one of ok, down/],
    [{ misbehave: ['sim-nowhere=down'] }, /no portal sim-nowhere/],
  ])('%j is refused', async (flags, message) => {
    await expect(serve(flags)).rejects.toThrow(message);
    await expect(serve(flags)).rejects.toThrow(UsageError);
  });
});

describe('misbehaviour', () => {
  const id = 'sim-shili-jia';
  const index = 'http://www.jia.shili.simulator.test/zwgk/zfxxgknb/';
  let list: Answer;
  let newest: string;
  let article: Answer;
  beforeAll(async () => {
    list = await get(index);
    newest = hrefs(list.text)[0]!;
    article = await get(newest);
  });
  afterEach(() => simulator.misbehave(id, 'ok'));

  test('down: no answer, and other portals live', async () => {
    simulator.misbehave(id, 'down');
    await expect(get(index)).rejects.toThrow(/hang up|ECONNRESET/);
    expect((await get(portal('sim-shili-ji').index_url)).status).toBe(200);
  });

  test('empty: lists without rows, articles as ever', async () => {
    simulator.misbehave(id, 'empty');
    const now = await get(index);
    expect([now.status, hrefs(now.text).length, (await get(newest)).status]).toEqual([200, 0, 200]);
  });

  test('blocked: a challenge instead of everything but robots.txt', async () => {
    simulator.misbehave(id, 'blocked');
    expect([(await get(index)).status, (await get(newest)).status]).toEqual([412, 412]);
    expect((await get(new URL('/robots.txt', index).href)).status).toBe(200);
  });

  test('slow: the same bytes, later', async () => {
    simulator.misbehave(id, 'slow');
    const started = Date.now();
    expect((await get(index)).bytes.equals(list.bytes)).toBe(true);
    expect(Date.now() - started).toBeGreaterThanOrEqual(390);
  });

  test('changed: one report edited in the same markup', async () => {
    simulator.misbehave(id, 'changed');
    const edited = await get(newest);
    expect(edited.bytes.equals(article.bytes)).toBe(false);
    expect(edited.text.replace(/\d/g, '')).toBe(article.text.replace(/\d/g, ''));
    expect((await get(index)).bytes.equals(list.bytes)).toBe(true);
    const older = hrefs(list.text).at(-1)!;
    const changed = await get(older);
    simulator.misbehave(id, 'ok');
    expect(changed.bytes.equals((await get(older)).bytes)).toBe(true);
  });

  test('redesigned: the same article in other markup', async () => {
    simulator.misbehave(id, 'redesigned');
    const other = await get(newest);
    expect(other.text).not.toContain('TRS_Editor');
    expect(article.text).toContain('TRS_Editor');
    expect(other.text.match(/<table/g)).toEqual(article.text.match(/<table/g));
  });

  test('ok: everything as before', async () => {
    simulator.misbehave(id, 'redesigned');
    simulator.misbehave(id, 'ok');
    expect((await get(newest)).bytes.equals(article.bytes)).toBe(true);
  });

  test('an empty catalogue and an empty scripted list answer without rows', async () => {
    simulator.misbehave('sim-shili-yi', 'empty');
    simulator.misbehave('sim-shili-wu', 'empty');
    const api = await get('http://www.yi.shili.simulator.test/gkmlpt/api/all/721?page=1&sid=990102');
    expect(JSON.parse(api.text).articles).toEqual([]);
    expect((await get(`${portal('sim-shili-wu').index_url}list.js`)).text).toContain('var rows = [];');
    for (const id of ['sim-shili-yi', 'sim-shili-wu']) simulator.misbehave(id, 'ok');
  });

  test('an unknown portal, host or page', async () => {
    expect(() => simulator.misbehave('sim-nowhere', 'down')).toThrow(/sim-nowhere/);
    expect((await get('http://www.elsewhere.simulator.test/')).status).toBe(421);
    expect((await get('http://www.gz.simulator.test/none.html')).status).toBe(404);
  });
});
