import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { BrowserMissing, createBrowser, findBrowser, type Browser } from '../scrapers/browser.ts';
import { discover } from '../scrapers/discover.ts';
import { families } from '../scrapers/families/index.ts';
import { createClient } from '../scrapers/http.ts';
import { clientOptions, lookHere, serve, type Serving } from './serving.ts';

// Browsers start slowly on a machine that is busy.
vi.setConfig({ testTimeout: 30_000 });

const HOST = 'http://www.shili.simulator.test';
const row = (n: number) =>
  `<li><a href="/gk/a${n}.html">示例县第${n}局2023年政府信息公开工作年度报告</a><span>2024-01-0${n}</span></li>`;
const pages: Record<string, string> = {
  '/gk/':
    '<!DOCTYPE html><html><head><meta charset="gb2312"></head><body><ul id="list"></ul><img src="/own.png"><img src="http://other.simulator.test/heavy.png"><script src="list.js"></script></body></html>',
  '/gk/list.js': `fetch('rows.json').then((r) => r.json()).then((rows) => { document.getElementById('list').innerHTML = rows.join(''); });`,
  '/gk/rows.json': JSON.stringify([row(1), row(2)]),
  '/inside': `<body><p id="out">x</p><script>
    const ask = (url) => fetch(url, { mode: 'no-cors' }).then(() => 'reached', () => 'refused');
    Promise.all([ask('http://127.0.0.1:PORT/secret'), ask('http://localhost:PORT/secret'), ask('http://169.254.169.254/')])
      .then((all) => { document.getElementById('out').textContent = all.join(' '); document.getElementById('out').className = 'done'; });
    </script></body>`,
  '/never':
    '<body><p>这一页总也装不完</p><script>setInterval(() => fetch("/gk/rows.json?" + Math.random()), 50)</script></body>',
  '/stuck': '<body><p>卡住</p><script>setTimeout(() => { for (;;); }, 100)</script></body>',
  '/huge': '<body><script>document.body.append("x".repeat(3_000_000))</script></body>',
};

const permit = (url: string) =>
  Promise.resolve({ allowed: !url.includes('/closed/'), answered: true, reason: 'robots.txt', delayMs: null });

let server: Serving;
let browser: Browser;

beforeAll(async () => {
  server = await serve((request, response) => {
    const body = pages[request.url?.split('?')[0] ?? ''];
    if (request.url === '/refused')
      return void response.writeHead(403, { 'content-type': 'text/html' }).end('<p>no</p>');
    if (request.url === '/file')
      return void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('bytes');
    const type = request.url?.endsWith('.js')
      ? 'text/javascript'
      : request.url?.endsWith('.json')
        ? 'application/json'
        : 'text/html; charset=utf-8';
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type });
    response.end(body?.replaceAll('PORT', server.address.split(':')[1] ?? ''));
  });
  browser = await createBrowser(clientOptions({ '*.simulator.test': server.address }, { permit, timeoutMs: 15_000 }));
}, 30_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe('render', () => {
  test('gives the document that the scripts leave, and says how it was come by', async () => {
    const { capture, body } = await browser.render(`${HOST}/gk/`, 'shili');
    expect(Buffer.from(body).toString()).toContain('示例县第2局2023年政府信息公开工作年度报告');
    expect(capture).toMatchObject({
      url: `${HOST}/gk/`,
      final_url: `${HOST}/gk/`,
      status: 200,
      outcome: 'ok',
      error: null,
      via: 'browser',
      kind: 'list',
      simulated: true,
      requested_at: '2026-01-31T04:00:00.000Z',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      bytes: body.byteLength,
    });
    expect(server.asked).toContain('GET /own.png');
    expect(server.asked).not.toContain('GET /heavy.png');
  });

  test('the page cannot reach private addresses', async () => {
    const { body } = await browser.render(`${HOST}/inside`, 'shili', '#out.done');
    expect(Buffer.from(body).toString()).toContain('refused refused refused');
    expect(server.asked).not.toContain('GET /secret');
  });

  test('nor can the caller', async () => {
    const before = server.asked.length;
    for (const url of [`http://${server.address}/gk/`, 'file:///etc/passwd', 'http://a:b@www.shili.simulator.test/'])
      expect((await browser.render(url, 'shili')).capture).toMatchObject({
        outcome: 'error',
        status: null,
        sha256: null,
      });
    expect(server.asked).toHaveLength(before);
  });

  test('a page that never rests is taken at the time limit and says so', async () => {
    const impatient = await createBrowser(clientOptions({ '*.simulator.test': server.address }, { timeoutMs: 2500 }));
    const { capture, body } = await impatient.render(`${HOST}/never`, 'shili');
    await impatient.close();
    expect(capture).toMatchObject({ outcome: 'ok', error: expect.stringContaining('not complete') });
    expect(Buffer.from(body).toString()).toContain('总也装不完');
  });

  test('a page whose script never ends is an error, not a standstill', async () => {
    const impatient = await createBrowser(clientOptions({ '*.simulator.test': server.address }, { timeoutMs: 1000 }));
    const { capture } = await impatient.render(`${HOST}/stuck`, 'shili');
    await impatient.close();
    expect(capture).toMatchObject({ outcome: 'error', error: expect.stringMatching(/does not answer|timeout/i) });
  });

  test('a document over the limit is too large', async () => {
    const { capture, body } = await browser.render(`${HOST}/huge`, 'shili');
    expect(capture).toMatchObject({ outcome: 'too_large', status: 200, sha256: null });
    expect(body.byteLength).toBe(0);
  });

  test('what robots.txt disallows is not opened', async () => {
    const before = server.asked.length;
    const { capture } = await browser.render(`${HOST}/closed/`, 'shili');
    expect(capture).toMatchObject({ outcome: 'disallowed', error: 'robots.txt' });
    expect(server.asked).toHaveLength(before);
  });

  test('refusals, missing pages and downloads are outcomes', async () => {
    expect((await browser.render(`${HOST}/refused`, 'shili')).capture).toMatchObject({
      outcome: 'blocked',
      status: 403,
    });
    expect((await browser.render(`${HOST}/nowhere`, 'shili')).capture).toMatchObject({
      outcome: 'not_found',
      status: 404,
    });
    expect((await browser.render(`${HOST}/file`, 'shili')).capture).toMatchObject({ outcome: 'error', sha256: null });
  });
});

test('a list that only exists after its scripts ran is discovered', async () => {
  const client = createClient(clientOptions({ '*.simulator.test': server.address }));
  const plain = families.get('plain');
  if (!plain) throw new Error('no family');
  const page = ({ capture, body }: Awaited<ReturnType<typeof client.get>>) => ({
    bytes: body,
    contentType: capture.headers['content-type'] ?? null,
    status: capture.status,
    url: capture.final_url,
    outcome: capture.outcome,
    error: capture.error,
  });
  const portal = {
    id: 'shili',
    division: '990100',
    name: '示例县（虚构）',
    family: 'plain',
    index_url: `${HOST}/gk/`,
    from: null,
    until: null,
    vantage: 'any',
    note: '',
  };
  const { links, problems } = await discover(portal, plain, {
    get: async (url, kind) => page(await client.get(url, 'shili', kind)),
    render: async (url) => page(await browser.render(url, 'shili')),
    look: lookHere,
    now: () => new Date('2026-01-31T04:00:00Z'),
  });
  await client.close();
  expect(problems).toEqual([]);
  expect(links.map(({ url, date }) => [url, date])).toEqual([
    [`${HOST}/gk/a1.html`, '2024-01-01'],
    [`${HOST}/gk/a2.html`, '2024-01-02'],
  ]);
});

test('the setting goes first, and where nothing starts the paths are named', async () => {
  expect(findBrowser(process.execPath)).toBe(process.execPath);
  const options = { ...clientOptions({}), browser: '/bin/false' };
  await expect(createBrowser(options)).rejects.toThrow(BrowserMissing);
  await expect(createBrowser(options)).rejects.toMatchObject({ tried: expect.arrayContaining(['/bin/false']) });
});
