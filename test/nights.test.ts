import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccountFormat, StatusFormat } from './account-format.fixture.ts';
import { list, page, report, row } from './invented.ts';
import { serve, type Serving } from './serving.ts';

/** Nights one after the other, as a timer starts them: real processes over real HTTP, and what whoever watches gets of them. */

interface Night {
  run: string;
  exit: number;
  portals: Record<string, unknown>[];
  problems: { id: string; portal: string | null; code: string; since: string; acknowledged: boolean }[];
}

let dir: string;
let server: Serving;
let pages: Record<string, string>;
const told: string[] = [];
beforeAll(async () => {
  const built = spawnSync(process.execPath, ['scripts/setup.mjs', 'build'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  server = await serve((request, response) => {
    if (request.method === 'POST') {
      request.on('data', (part: Buffer) => told.push(part.toString().slice(0, 200)));
      return void response.writeHead(204).end();
    }
    const host = (request.headers.host ?? '').split('.')[0];
    const body = pages[`${host}${request.url}`];
    response
      .writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
      .end(body ?? '<p>404</p>');
  });
  const cells = (id: string) => `${id},990100,虚构的${id},nfcms,http://${id}.simulator.test/nb/,,,any,`;
  const header = 'id,division,name,family,index_url,from,until,vantage,note';
  writeFileSync(join(dir, 'register.csv'), [header, cells('one'), cells('two'), ''].join('\n'));
  const settings = {
    register: 'register.csv',
    connect: { '*.simulator.test': server.address },
    simulated: true,
    delay_ms: 0,
    hooks: { webhook: `http://${server.address}/told`, feed: 'feed.atom' },
  };
  writeFileSync(join(dir, 'config.json'), JSON.stringify(settings));
  pages = {
    'one/nb/': list(row(1, report(2024)), row(2, report(2025))),
    'one/nb/content/post_1.html': page(report(2024)),
    'one/nb/content/post_2.html': page(report(2025)),
    'two/nb/': list(row(3, '虚构镇2025年政府信息公开工作年度报告')),
    'two/nb/content/post_3.html': page('虚构镇2025年政府信息公开工作年度报告'),
  };
});
afterAll(async () => {
  await server?.close();
  rmSync(dir, { recursive: true, force: true });
});

async function gongkai(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [
    join('dist', 'scripts', 'gongkai.js'),
    ...args,
    '--config',
    join(dir, 'config.json'),
    '--data',
    join(dir, 'data'),
  ]);
  const ran = { status: null as number | null, stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (ran.stdout += text));
  child.stderr.on('data', (text: Buffer) => (ran.stderr += text));
  ran.status = await new Promise((resolve) => child.once('close', resolve));
  return ran;
}

async function night(now: string, ...more: string[]): Promise<Night> {
  const ran = await gongkai('nightly', '--json', '--quiet', '--now', now, ...more);
  if (ran.stdout === '') throw new Error(ran.stderr);
  const account = AccountFormat.parse(JSON.parse(ran.stdout)) as Night;
  expect(ran.status).toBe(account.exit);
  return account;
}
const codes = ({ exit, problems }: Night) => [exit, problems.map(({ portal, code }) => `${portal} ${code}`)];

test('a dead link is told until somebody has seen it, a moved column until it is back, a silent one after the season', async () => {
  const first = await night('2026-02-01T02:00:00+08:00');
  expect(codes(first)).toEqual([0, []]);
  expect(first).toMatchObject({
    run: '00001-20260131T180000Z',
    portals: [
      { portal: 'one', family: 'nfcms', listed: 2, complete: true, reports: 2, new: 2, changed: 0, failed: 0 },
      { portal: 'two', listed: 1, complete: true, reports: 1, new: 1 },
    ],
    publish: { published: true },
  });

  const status = StatusFormat.parse(JSON.parse((await gongkai('status', '--json')).stdout));
  expect(status.portals).toMatchObject([{ report: 2, tables: { reports: 2, copies: 0, waiting: 0 } }, { report: 1 }]);

  pages['one/nb/'] = list(row(1, report(2024)), row(2, report(2025)), row(4, report(2023)));
  const second = await night('2026-02-02T02:00:00+08:00');
  expect(codes(second)).toEqual([1, ['one article_gone']]);
  const [{ id } = { id: '' }] = second.problems;

  delete pages['two/nb/'];
  const third = await night('2026-02-03T02:00:00+08:00');
  expect(codes(third)).toEqual([1, ['two list_missing', 'one article_gone']]);
  expect(third.portals).toMatchObject([{ complete: true }, { portal: 'two', listed: 0, complete: false, reports: 1 }]);
  expect(third.problems.map(({ since }) => since.slice(0, 10))).toEqual(['2026-02-02', '2026-02-01']);

  // A choice of portals says nothing about the others.
  expect(codes(await night('2026-02-03T03:00:00+08:00', '--portal', 'one'))).toEqual(codes(third));

  pages['two/nb/'] = list(row(3, '虚构镇2025年政府信息公开工作年度报告'));
  const seen = ['ack', id, '--until', '2026-02-28', '--now', '2026-02-03'];
  expect(await gongkai(...seen)).toMatchObject({ status: 2, stderr: expect.stringContaining('--why') });
  expect(await gongkai('ack', 'abcdef012345', ...seen.slice(2), '--why', 'x')).toMatchObject({ status: 2 });
  expect(await gongkai(...seen, '--why', '已致电, "无此文"')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('acknowledged until 2026-02-28'),
  });
  expect(readFileSync(join(dir, 'data', 'acknowledged.csv'), 'utf8')).toMatch(
    new RegExp(
      `^id,portal,code,url,until,why,extent\n${id},one,article_gone,http://.*,2026-02-28,"已致电, ""无此文""",1\n$`,
    ),
  );
  const fourth = await night('2026-02-04T02:00:00+08:00');
  expect(codes(fourth)).toEqual([0, ['one article_gone']]);
  expect(fourth.problems).toMatchObject([{ id, acknowledged: true, since: second.problems[0]?.since }]);
  expect(codes(await night('2026-03-02T02:00:00+08:00'))).toEqual([1, ['one article_gone']]);

  // Gone for four weeks, it is asked for again after as long.
  pages['one/nb/content/post_4.html'] = page(report(2023));
  expect(codes(await night('2026-04-01T02:00:00+08:00'))).toEqual([0, []]);
  const list4 = await gongkai('ack', '--list');
  expect(list4).toMatchObject({ status: 0, stdout: expect.stringContaining('cured') });
  await gongkai('ack', id, '--remove');

  // Townships have until the end of January, governments until the end of March.
  expect(codes(await night('2027-01-31T10:00:00+08:00'))).toEqual([0, []]);
  expect(codes(await night('2027-03-31T10:00:00+08:00'))).toEqual([1, ['two report_overdue']]);
  const silent = await night('2027-04-01T10:00:00+08:00');
  expect(codes(silent)).toEqual([1, ['one report_overdue', 'two report_overdue']]);

  // What was published, found or cured; a night without any of it tells nobody.
  expect(told.map((text) => /^\{"text":"gongkai (\d+)-\w+: ([^"]*)"/.exec(text)?.slice(1).join(' '))).toEqual([
    expect.stringMatching(/^00001 0 to see to, published 2026-01-31-/),
    expect.stringMatching(/^00002 1 new problem, 1 to see to/),
    expect.stringMatching(/^00003 1 new problem, 2 to see to/),
    expect.stringMatching(/^00005 1 cured, 0 to see to/),
    expect.stringMatching(/^00006 1 new problem, 1 to see to/),
    expect.stringMatching(/^00007 1 cured, 0 to see to, published 2026-03-31-/),
    expect.stringMatching(/^00009 1 new problem, 1 to see to/),
    expect.stringMatching(/^00010 1 new problem, 2 to see to/),
  ]);
  expect(readFileSync(join(dir, 'feed.atom'), 'utf8').match(/<category term="problem"/g)).toHaveLength(5);

  const rows = await gongkai(
    'sql',
    '--format',
    'csv',
    'select r.exit, r.problems, r.acknowledged, v.portal, v.listed, v.complete, v.new, v.failed from runs r join visits v using (run) order by all',
  );
  expect(rows.stdout.split('\n')).toContain('1,2,0,two,0,false,0,0');
}, 600_000);

test('what cannot be done leaves no account, and what breaks down leaves one that says so', async () => {
  const before = readdirSync(join(dir, 'data', 'runs'));
  const wrong = await gongkai('nightly', '--now', 'tomorrow');
  expect(wrong).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('--now tomorrow') });
  const mistyped = await gongkai('nightly', '--now', '2020-01-01');
  expect(mistyped).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('before the last run') });
  expect(readdirSync(join(dir, 'data', 'runs'))).toEqual(before);

  // The tables cannot be written where a file of their name is.
  rmSync(join(dir, 'data', 'build'), { recursive: true });
  writeFileSync(join(dir, 'data', 'build'), '');
  const failed = await gongkai('nightly', '--json', '--quiet', '--now', '2027-04-02');
  expect(failed).toMatchObject({ status: 3, stderr: expect.stringContaining('gongkai: ') });
  expect(JSON.parse(failed.stdout)).toMatchObject({
    exit: 3,
    failure: expect.stringMatching(/EEXIST|ENOTDIR/),
    // Its lists were read before, and the tables of the night before are there: neither is nothing.
    portals: [
      { portal: 'one', requests: expect.any(Number), listed: 3, complete: true, reports: 3 },
      { portal: 'two', listed: 1, complete: true, reports: 1 },
    ],
    problems: [{ code: 'report_overdue' }, {}],
  });
  rmSync(join(dir, 'data', 'build'));
  expect((await night('2027-04-03T02:00:00+08:00')).problems).toMatchObject([
    { portal: 'one', since: expect.stringMatching(/^2027-04-01/) },
    {},
  ]);
}, 600_000);
