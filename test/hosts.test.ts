import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClientOptions } from '../scrapers/capture.ts';
import { createHosts, HostClosed } from '../scrapers/hosts.ts';
import { createClient } from '../scrapers/http.ts';
import { clientOptions, serve } from './serving.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

/** A server that notes when requests come and when their answers end, and a client for it that behaves. */
async function watched(listener: RequestListener, more: Partial<ClientOptions> = {}) {
  const seen: { at: number; end: number; url: string }[] = [];
  const server = await serve((request, response) => {
    const one = { at: performance.now(), end: Infinity, url: request.url ?? '' };
    seen.push(one);
    response.on('finish', () => (one.end = performance.now()));
    listener(request, response);
  });
  const client = createClient(clientOptions({ '*.simulator.test': server.address }, { perHost: 1, ...more }));
  opened.push(client, server);
  const get = (path: string, host = 'a') => client.get(`http://${host}.simulator.test${path}`, 'shili', 'article');
  return { seen, get };
}

/** Timers of two processes in one clock: an answer ends at the server before the client has seen it. */
const gaps = (seen: { at: number; end: number }[]) => seen.slice(1).map(({ at }, n) => at - (seen[n]?.end ?? 0));

describe('distance', () => {
  test('is counted from the end of an answer, however long it took', async () => {
    const { seen, get } = await watched((_, response) => void setTimeout(() => response.end('x'), 60), {
      delayMs: 150,
    });
    await Promise.all(['/1', '/2', '/3', '/4'].map((path) => get(path)));
    expect(seen).toHaveLength(4);
    for (const gap of gaps(seen)) expect(gap).toBeGreaterThanOrEqual(149);
  });

  test('grows with the time that the host takes', async () => {
    const { seen, get } = await watched((_, response) => void setTimeout(() => response.end('x'), 200), {
      delayMs: 10,
    });
    await Promise.all(['/1', '/2'].map((path) => get(path)));
    expect(gaps(seen)[0]).toBeGreaterThanOrEqual(390);
  });

  test('a longer one that the site asks for holds from the answer that came before', async () => {
    const hosts = createHosts({ perHost: 1, delayMs: 10 });
    await hosts.turn('a', async () => undefined);
    const end = performance.now();
    hosts.slowDown('a', 200);
    hosts.slowDown('a', 200);
    await hosts.turn('a', async () => undefined);
    expect(performance.now() - end).toBeGreaterThanOrEqual(198);
    expect(performance.now() - end).toBeLessThan(390);
  });
});

describe('a host is left alone', () => {
  test('for as long as Retry-After says: nothing more is asked of it, another host is', async () => {
    const { seen, get } = await watched((request, response) => {
      if (request.headers.host?.startsWith('a.')) response.writeHead(429, { 'retry-after': '3600' }).end();
      else response.end('x'.repeat(300));
    });
    expect((await get('/1')).capture).toMatchObject({ outcome: 'blocked', status: 429 });
    const postponed = await Promise.all(['/2', '/3'].map((path) => get(path)));
    for (const { capture } of postponed)
      expect(capture).toMatchObject({
        outcome: 'postponed',
        status: null,
        error: 'HTTP 429 asks for a rest of 3600 s',
      });
    expect((await get('/4', 'b')).capture.outcome).toBe('ok');
    expect(seen.map(({ url }) => url)).toEqual(['/1', '/4']);
  });

  test('after five requests in a row that failed, of which only the first was repeated', async () => {
    const { seen, get } = await watched((_, response) => void response.writeHead(503).end(), { retries: 2 });
    for (const path of ['/1', '/2', '/3', '/4', '/5']) await get(path);
    expect(seen.map(({ url }) => url)).toEqual(['/1', '/1', '/1', '/2', '/3', '/4', '/5']);
    expect((await get('/6')).capture).toMatchObject({
      outcome: 'postponed',
      error: '5 requests in a row failed, the last with HTTP 503',
    });
    expect(seen).toHaveLength(7);
  });

  test('not for articles that are gone, nor for refusals between answers', async () => {
    const { seen, get } = await watched((request, response) => {
      response.writeHead(request.url === '/3' ? 200 : request.url === '/5' ? 403 : 404).end('x'.repeat(300));
    });
    for (let n = 1; n <= 9; n += 1) await get(`/${n}`);
    expect(seen).toHaveLength(9);
  });

  test('after a ban in the middle of a run', async () => {
    let asked = 0;
    const { seen, get } = await watched((_, response) => {
      response.writeHead((asked += 1) > 3 ? 403 : 200).end('x'.repeat(300));
    });
    for (let n = 1; n <= 20; n += 1) await get(`/${n}`);
    expect(seen).toHaveLength(8);
  });

  test('when it has had its share of requests, or of minutes', async () => {
    const { seen, get } = await watched((_, response) => void response.end('x'.repeat(300)), { hostRequests: 3 });
    const all = await Promise.all(['/1', '/2', '/3', '/4'].map((path) => get(path)));
    expect(all.map(({ capture }) => capture.outcome)).toEqual(['ok', 'ok', 'ok', 'postponed']);
    expect(seen).toHaveLength(3);

    const hosts = createHosts({ perHost: 1, delayMs: 0, hostMinutes: 0.001 });
    await hosts.turn('a', () => new Promise((resolve) => setTimeout(resolve, 100)));
    await expect(hosts.turn('a', async () => undefined)).rejects.toThrow(HostClosed);
    await expect(hosts.turn('b', async () => 1)).resolves.toBe(1);
  });
});

test('what is known of a copy is sent, and not to where the address leads', async () => {
  const headers: unknown[] = [];
  const server = await serve((request, response) => {
    headers.push([request.url, request.headers['if-none-match'], request.headers['if-modified-since']]);
    if (request.url === '/moved') response.writeHead(302, { location: '/there' }).end();
    else response.writeHead(request.url === '/same' ? 304 : 200).end();
  });
  const client = createClient(clientOptions({ '*.simulator.test': server.address }));
  opened.push(client, server);
  const known = { etag: '"7"', lastModified: 'Sat, 31 Jan 2026 04:00:00 GMT' };
  const same = await client.get('http://a.simulator.test/same', 'shili', 'article', { known });
  expect(same.capture).toMatchObject({ status: 304, outcome: 'unchanged', sha256: null });
  await client.get('http://a.simulator.test/moved', 'shili', 'article', { known });
  await client.get('http://a.simulator.test/same', 'shili', 'article');
  expect(headers).toEqual([
    ['/same', '"7"', known.lastModified],
    ['/moved', '"7"', known.lastModified],
    ['/there', undefined, undefined],
    ['/same', undefined, undefined],
  ]);
});
