import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { isPublic, mapped } from '../scrapers/addresses.ts';
import type { ClientOptions } from '../scrapers/capture.ts';
import { createClient, type Client } from '../scrapers/http.ts';
import { createRobots } from '../scrapers/robots.ts';
import { clientOptions, lookHere, serve, type Serving } from './serving.ts';

const HOST = 'www.shili.simulator.test';
const PAGE = Buffer.from(`<html><body><p>${'示例市的一页正文。'.repeat(40)}</p></body></html>`);
const opened: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

async function start(
  listener: RequestListener,
  more: Partial<ClientOptions> = {},
): Promise<{ client: Client; server: Serving }> {
  const server = await serve(listener);
  const client = createClient(clientOptions({ '*.simulator.test': server.address }, more));
  opened.push(client, server);
  return { client, server };
}

const get = async (listener: RequestListener, more: Partial<ClientOptions> = {}, path = '/a') =>
  (await start(listener, more)).client.get(`http://${HOST}${path}`, 'shili', 'article');

describe('bodies', () => {
  test('the bytes of the wire are kept as they are, whatever the label says', async () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x3c, 0x70, 0x3e, 0xb9, 0xab, 0xff, 0x00, 0x0d, 0x0a, ...PAGE]);
    const { capture, body } = await get((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=gb2312', 'x-other': 'no', etag: '"7"' }).end(bytes);
    });
    expect(Buffer.from(body).equals(bytes)).toBe(true);
    expect(capture).toEqual({
      url: `http://${HOST}/a`,
      final_url: `http://${HOST}/a`,
      portal: 'shili',
      kind: 'article',
      requested_at: '2026-01-31T04:00:00.000Z',
      status: 200,
      headers: expect.objectContaining({ 'content-type': 'text/html; charset=gb2312', etag: '"7"' }),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.byteLength,
      media_type: 'text/html',
      outcome: 'ok',
      error: null,
      vantage: 'test',
      simulated: true,
      via: 'http',
    });
    expect(capture.headers).not.toHaveProperty('x-other');
  });

  test.each([
    ['gzip', gzipSync(PAGE)],
    ['br', brotliCompressSync(PAGE)],
    ['deflate', deflateSync(PAGE)],
    ['deflate', deflateRawSync(PAGE)],
    ['gzip, br', brotliCompressSync(gzipSync(PAGE))],
  ])('content-encoding %s is undone and noted', async (encoding, wire) => {
    const { capture, body } = await get(
      (_, response) => void response.writeHead(200, { 'content-encoding': encoding }).end(wire),
    );
    expect(Buffer.from(body).equals(PAGE)).toBe(true);
    expect(capture.headers['content-encoding']).toBe(encoding);
  });

  test.each([
    ['text/html', PAGE],
    ['application/gzip', gzipSync(PAGE)],
  ])('gzip that nobody names is undone in text, and no file is unpacked: %s', async (type, expected) => {
    const { body } = await get(
      (_, response) => void response.writeHead(200, { 'content-type': type }).end(gzipSync(PAGE)),
    );
    expect(Buffer.from(body).equals(expected)).toBe(true);
  });

  test('a body that is not in its encoding is an error and keeps its bytes', async () => {
    const { capture, body } = await get(
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(PAGE),
    );
    expect(capture).toMatchObject({ outcome: 'error', status: 200, error: expect.stringContaining('gzip') });
    expect(Buffer.from(body).equals(PAGE)).toBe(true);
  });

  test.each<[string, RequestListener]>([
    ['announced', (_, response) => void response.writeHead(200, { 'content-length': 5000 }).end(Buffer.alloc(5000))],
    ['streamed', (_, response) => void response.writeHead(200).write(Buffer.alloc(5000))],
    [
      'decompressed',
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000))),
    ],
  ])('a body over the limit is too large: %s', async (_, listener) => {
    const { capture, body } = await get(listener, { maxBytes: 4000 });
    expect(capture).toMatchObject({ outcome: 'too_large', status: 200, sha256: null });
    expect(capture.bytes).toBeGreaterThan(4000);
    expect(body.byteLength).toBe(0);
  });

  test('a body cut short is an error, not a page', async () => {
    const { capture } = await get((_, response) => {
      response.writeHead(200, { 'content-length': PAGE.byteLength });
      response.write(PAGE.subarray(0, 100), () => response.destroy());
    });
    expect(capture).toMatchObject({ outcome: 'error', sha256: null, error: expect.stringMatching(/./) });
  });

  test('TLS that fails is an error', async () => {
    const { client } = await start((_, response) => void response.end(PAGE));
    const { capture } = await client.get(`https://${HOST}/`, 'shili', 'article');
    expect(capture).toMatchObject({ outcome: 'error', status: null, error: expect.stringMatching(/ssl|tls/i) });
  });

  test('a silence ends at its limit, a file that keeps coming arrives', async () => {
    const drip: RequestListener = (request, response) => {
      let left = 12;
      const timer = setInterval(() => {
        if (request.url === '/silent' && left < 10) return;
        response.write(`${left} `);
        if ((left -= 1) === 0) response.end();
      }, 100);
      response.on('close', () => clearInterval(timer));
    };
    const silent = await get(drip, { timeoutMs: 400 }, '/silent');
    expect(silent.capture).toMatchObject({ outcome: 'error', error: expect.stringMatching(/timeout/i) });
    const whole = await get(drip, { timeoutMs: 400 }, '/whole');
    expect(whole.capture).toMatchObject({ outcome: 'ok', error: null });
    expect(Buffer.from(whole.body).toString()).toBe('12 11 10 9 8 7 6 5 4 3 2 1 ');
  });

  test('an answer that drips for ever ends at the limit for all of it, and is not asked for again', async () => {
    const started = performance.now();
    const { client, server } = await start(
      (_, response) => {
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
      },
      { timeoutMs: 300, totalMs: 300, retries: 2 },
    );
    const { capture } = await client.get(`http://${HOST}/a`, 'shili', 'article');
    expect(capture).toMatchObject({ outcome: 'error', error: expect.stringMatching(/timeout/i) });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(server.asked).toHaveLength(1);
  });
});

describe('outcomes', () => {
  const shell = '<html><head><script>window.location.href="/index2.html"</script></head><body></body></html>';
  const challenge = '<html><script>document.cookie="x_clearance=1";location.reload()</script></html>';
  test.each<[number, string, string]>([
    [401, '', 'blocked'],
    [403, '<p>reason:GeoBL</p>', 'blocked'],
    [412, challenge, 'blocked'],
    [521, '<script>var __jsl_clearance=1</script>', 'blocked'],
    [429, '', 'blocked'],
    [200, challenge, 'blocked'],
    [200, '<html><body>您的访问已被拦截</body></html>', 'blocked'],
    [404, 'gone', 'not_found'],
    [410, 'gone', 'not_found'],
    [200, '', 'empty'],
    [204, '', 'empty'],
    [200, shell, 'empty'],
    [200, '<html><head><title>年报</title></head><body><ul></ul></body></html>', 'empty'],
    [200, '<html><body><h1>您访问的页面不存在</h1></body></html>', 'empty'],
    [200, '<html><body><center><h1>502 Bad Gateway</h1></center></body></html>', 'empty'],
    [200, '<html><body>404</body></html>', 'empty'],
    [200, '<html><body><p>2021年收到申请404件。</p></body></html>', 'ok'],
    [500, '', 'error'],
    [503, '', 'error'],
    [400, '', 'error'],
    [304, '', 'error'],
    [200, '<html><body><script>window._CONFIG = {SID: "9", TREE: []}</script></body></html>', 'ok'],
    [200, '<html><body><a href="content/post_1.html">示例市年报</a></body></html>', 'ok'],
    [200, '{"total":0,"articles":[]}', 'ok'],
  ])('%i %s is %s', async (status, body, outcome) => {
    const { capture } = await get(
      (_, response) => void response.writeHead(status, { 'content-type': 'text/html' }).end(body),
    );
    expect(capture).toMatchObject({ status, outcome });
  });

  test('what a refusal prints in GBK is understood', async () => {
    const refused = Buffer.from('3c703ec4fab5c4b7c3cecad2d1b1bbbedcbef83c2f703e', 'hex');
    expect((await get((_, response) => void response.end(refused))).capture.outcome).toBe('blocked');
  });

  test('a long page may speak of 404 and of verification codes', async () => {
    const page = `<p>404 请输入验证码 ${'正文'.repeat(300)}</p>`;
    expect((await get((_, response) => void response.end(page))).capture.outcome).toBe('ok');
  });
});

describe('redirects', () => {
  test('are followed to the last address, with a Location in raw UTF-8', async () => {
    const { capture } = await get((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: Buffer.from('/乙.html').toString('latin1') }).end();
      else response.end(PAGE);
    });
    expect(capture).toMatchObject({
      outcome: 'ok',
      url: `http://${HOST}/a`,
      final_url: `http://${HOST}/%E4%B9%99.html`,
    });
  });

  test('to itself with a cookie is solved by the cookie', async () => {
    const { capture } = await get((request, response) => {
      if (request.headers.cookie?.includes('seen=1')) response.end(PAGE);
      else response.writeHead(302, { location: '/a', 'set-cookie': 'seen=1; path=/' }).end();
    });
    expect(capture.outcome).toBe('ok');
  });

  test.each<[string, string]>([
    ['in a loop', '/a'],
    ['without end', ''],
    ['to another scheme', 'file:///etc/passwd'],
    ['to loopback', 'http://127.0.0.1:1/'],
    ['to a name of loopback', 'http://localhost:1/'],
    ['to link-local', 'http://169.254.169.254/latest'],
    ['to loopback in IPv6', 'http://[::ffff:127.0.0.1]/'],
  ])('%s end as an error', async (_, location) => {
    let hop = 0;
    const { capture } = await get(
      (__, response) => void response.writeHead(302, { location: location || `/${(hop += 1)}` }).end(),
    );
    expect(capture).toMatchObject({
      outcome: 'error',
      status: null,
      error: expect.stringMatching(/redirect|scheme|not a public|leads to/),
    });
  });
});

describe('addresses', () => {
  test.each([
    'ftp://www.shili.simulator.test/',
    'file:///etc/passwd',
    'http://user:secret@www.shili.simulator.test/',
    'javascript:1',
    'no url',
  ])('%s is refused without a request', async (url) => {
    const { client, server } = await start((_, response) => void response.end(PAGE));
    const { capture } = await client.get(url, 'shili', 'article');
    expect(capture).toMatchObject({ outcome: 'error', status: null, sha256: null });
    expect(server.asked).toEqual([]);
  });

  test('a private address is reached through `connect` alone', async () => {
    const { client, server } = await start((_, response) => void response.end(PAGE));
    expect((await client.get(`http://${HOST}/`, 'shili', 'article')).capture.outcome).toBe('ok');
    const direct = await client.get(`http://${server.address}/`, 'shili', 'article');
    expect(direct.capture).toMatchObject({ outcome: 'error', error: expect.stringContaining('not a public address') });
    expect(server.asked).toHaveLength(1);
  });

  test.each([
    '10.1.2.3',
    '127.9.9.9',
    '169.254.0.1',
    '172.31.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    'name',
  ])('%s is not public', (address) => expect(isPublic(address)).toBe(false));

  test.each(['8.8.8.8', '172.32.0.1', '2400:3200::1'])('%s is public', (address) =>
    expect(isPublic(address)).toBe(true),
  );

  test('the exact name goes before the longest suffix', () => {
    const connect = { '*.test': '127.0.0.1:1', '*.simulator.test': '127.0.0.1:2', 'a.simulator.test': '[::1]:3' };
    expect(mapped('a.simulator.test', connect)).toEqual({ hostname: '::1', port: '3' });
    expect(mapped('b.simulator.test', connect)).toEqual({ hostname: '127.0.0.1', port: '2' });
    expect(mapped('simulator.test', connect)).toEqual({ hostname: '127.0.0.1', port: '1' });
    expect(mapped('test', connect)).toBeNull();
  });
});

describe('patience', () => {
  test('a transient fault is tried again, after what Retry-After asks for', async () => {
    let tries = 0;
    const started = performance.now();
    const { capture } = await get(
      (_, response) => {
        tries += 1;
        if (tries === 1) response.destroy();
        else if (tries === 2) response.writeHead(503, { 'retry-after': '1' }).end();
        else response.end(PAGE);
      },
      { retries: 2 },
    );
    expect(capture.outcome).toBe('ok');
    expect(tries).toBe(3);
    expect(performance.now() - started).toBeGreaterThan(950);
  });

  test('a refusal is not tried again', async () => {
    const { client, server } = await start((_, response) => void response.writeHead(403).end(), { retries: 2 });
    await client.get(`http://${HOST}/`, 'shili', 'article');
    expect(server.asked).toHaveLength(1);
  });

  test('Retry-After of hours is an answer', async () => {
    const { client, server } = await start(
      (_, response) => void response.writeHead(429, { 'retry-after': '7200' }).end(),
      { retries: 2 },
    );
    expect((await client.get(`http://${HOST}/`, 'shili', 'article')).capture.outcome).toBe('blocked');
    expect(server.asked).toHaveLength(1);
  });

  test('one host is asked one at a time and at a distance, another does not wait for it', async () => {
    const starts: Record<string, number[]> = {};
    let running = 0;
    let most = 0;
    const { client } = await start(
      (request, response) => {
        (starts[request.headers.host ?? ''] ??= []).push(performance.now());
        if (request.headers.host === HOST) most = Math.max(most, (running += 1));
        setTimeout(() => {
          if (request.headers.host === HOST) running -= 1;
          response.end(PAGE);
        }, 30);
      },
      { perHost: 1, delayMs: 100 },
    );
    const begun = performance.now();
    await Promise.all(
      [1, 2, 3]
        .map((n) => client.get(`http://${HOST}/${n}`, 'shili', 'article'))
        .concat(client.get('http://b.simulator.test/', 'b', 'article')),
    );
    const own = starts[HOST] ?? [];
    expect(most).toBe(1);
    expect((own[1] ?? 0) - (own[0] ?? 0)).toBeGreaterThan(85);
    expect((own[2] ?? 0) - (own[1] ?? 0)).toBeGreaterThan(85);
    expect((starts['b.simulator.test']?.[0] ?? 0) - begun).toBeLessThan(85);
  });
});

async function permitted(robots: RequestListener, path: string) {
  const server = await serve((request, response) => {
    if (request.url === '/robots.txt') robots(request, response);
    else if (request.url === '/go') response.writeHead(302, { location: '/closed/a' }).end();
    else response.end(PAGE);
  });
  const permit = createRobots({
    fetch: (url, portal) => client.get(url, portal, 'robots'),
    look: lookHere,
    agent: 'gongkai-test',
  });
  const client: Client = createClient(clientOptions({ '*.simulator.test': server.address }, { permit }));
  opened.push(client, server);
  const first = await client.get(`http://${HOST}${path}`, 'shili', 'article');
  await client.get(`http://${HOST}${path}`, 'shili', 'article');
  return { capture: first.capture, asked: server.asked };
}

const rules: RequestListener = (_, response) =>
  void response.end('User-agent: *\nDisallow: /\n\nUser-agent: gongkai-test\nDisallow: /closed/\n');

describe('robots.txt', () => {
  test('is asked once, and obeyed for the url and for what it redirects to', async () => {
    const open = await permitted(rules, '/open');
    expect(open.capture.outcome).toBe('ok');
    expect(open.asked.filter((line) => line === 'GET /robots.txt')).toHaveLength(1);
    const closed = await permitted(rules, '/closed/a');
    expect(closed.capture).toMatchObject({
      outcome: 'disallowed',
      status: null,
      error: expect.stringContaining('robots.txt'),
    });
    expect(closed.asked).toEqual(['GET /robots.txt']);
    const redirected = await permitted(rules, '/go');
    expect(redirected.capture).toMatchObject({ outcome: 'disallowed', final_url: `http://${HOST}/closed/a` });
    expect(redirected.asked).not.toContain('GET /closed/a');
  });

  test.each([
    [403, 'ok'],
    [404, 'ok'],
    [500, 'error'],
    [521, 'error'],
    [429, 'error'],
  ])('an answer of %i means %s', async (status, outcome) => {
    const { capture } = await permitted((_, response) => void response.writeHead(status).end(), '/a');
    expect(capture.outcome).toBe(outcome);
  });

  test('no answer means that nothing may be fetched', async () => {
    const { capture } = await permitted((_, response) => void response.destroy(), '/a');
    expect(capture).toMatchObject({ outcome: 'error', error: expect.stringContaining('robots.txt of') });
  });
});
