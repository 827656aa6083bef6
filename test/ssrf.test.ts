import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isPublic } from '../scrapers/addresses.ts';
import { createBrowser, type Browser } from '../scrapers/browser.ts';
import { createClient } from '../scrapers/http.ts';
import { clientOptions, serve, type Serving } from './serving.ts';

/** What nobody outside may reach: a server on the loopback interface that notes whatever arrives. */
const arrived: string[] = [];
let inside: Server;
let port: number;
let portals: Serving;
/** What a portal answers, by path. */
const answers = new Map<string, { status?: number; headers?: Record<string, string>; body?: string }>();

beforeAll(async () => {
  inside = createServer((request, response) => {
    arrived.push(`${request.headers.host}${request.url}`);
    response.end('secret');
  });
  inside.on('connect', (request, socket) => (arrived.push(`CONNECT ${request.url}`), socket.destroy()));
  await new Promise<void>((resolve) => inside.listen(0, '::', resolve));
  port = (inside.address() as AddressInfo).port;
  portals = await serve((request, response) => {
    const { status = 200, headers = {}, body = '' } = answers.get(request.url ?? '') ?? { status: 404 };
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
  });
});
afterAll(async () => {
  inside.close();
  await portals.close();
});

beforeEach(() => void (arrived.length = 0));

/** The same machine by other names. */
const HOSTS = [
  '127.0.0.1',
  'localhost',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '0.0.0.0',
  '127.1',
  '2130706433',
  '0x7f.0.0.1',
  '[::]',
];
const targets = () => HOSTS.map((host) => `http://${host}:${port}`);

const INSIDE = `
  0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.8.8.8 169.254.169.254
  169.254.0.1 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255
  198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 :: ::1
  ::127.0.0.1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:8.8.8.8 ::ffff:10.0.0.1 64:ff9b::7f00:1
  64:ff9b::127.0.0.1 64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378::1 2001:2::1 2001:10::1 2001:20::1 2001:db8::1
  2002:7f00:1:: 2002:a00:1::1 3fff::1 3fff:fff::1 5f00::1 fc00::1 fd00::1 fdff:ffff::1 fe80::1 fe80::1%eth0 febf::1
  fec0::1 ff02::1 ff05::2 localhost 1.2.3 256.1.1.1 example.org`;

test.each(INSIDE.split(/\s+/))('%s is no public address', (address) => expect(isPublic(address)).toBe(false));

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '114.114.114.114',
  '192.0.1.1',
  '172.15.0.1',
  '172.32.0.1',
  '2400:3200::1',
  '2001:4860:4860::8888',
])('%s is one', (address) => expect(isPublic(address)).toBe(true));

test('no redirect leads the client inside', async () => {
  const client = createClient(clientOptions({ '*.simulator.test': portals.address }));
  let tried = 0;
  for (const status of [301, 302, 303, 307, 308])
    for (const target of targets()) {
      answers.set('/go', { status, headers: { location: `${target}/redirect` } });
      const { capture } = await client.get('http://www.simulator.test/go', 'shili', 'article');
      expect(capture.outcome).not.toBe('ok');
      tried += 1;
    }
  for (const target of targets()) await client.get(`${target}/asked`, 'shili', 'article');
  await client.close();
  expect(tried).toBe(45);
  expect(arrived).toEqual([]);
});

test('a stranger cannot send us to where `connect` leads, a portal that it leads to can', async () => {
  const other = await serve(
    (_, response) => void response.writeHead(302, { location: 'http://www.simulator.test/in' }).end(),
  );
  const client = createClient(clientOptions({ '*.simulator.test': portals.address, 'mapped.test': other.address }));
  answers.set('/in', { body: 'x'.repeat(300) });
  expect((await client.get('http://mapped.test/', 'shili', 'article')).capture.outcome).toBe('ok');
  await client.close();
  await other.close();
});

/** Ways by which a page makes a browser ask an address. */
const WAYS: Record<string, (target: string) => { headers?: Record<string, string>; body: string }> = {
  'meta refresh': (t) => ({ body: `<meta http-equiv="refresh" content="0;url=${t}">` }),
  'Refresh header': (t) => ({ headers: { refresh: `0;url=${t}` }, body: 'x' }),
  location: (t) => ({ body: `<script>location.href='${t}'</script>` }),
  iframe: (t) => ({ body: `<iframe src="${t}"></iframe>` }),
  pictures: (t) => ({ body: `<img src="${t}"><svg><image href="${t}"/></svg>` }),
  'script and style': (t) => ({
    body: `<script src="${t}"></script><link rel="stylesheet" href="${t}"><style>@import '${t}'</style>`,
  }),
  fetch: (t) => ({ body: `<script>fetch('${t}',{mode:'no-cors',keepalive:true})</script>` }),
  XMLHttpRequest: (t) => ({ body: `<script>const x=new XMLHttpRequest();x.open('POST','${t}');x.send('a')</script>` }),
  beacon: (t) => ({ body: `<script>navigator.sendBeacon('${t}','a')</script>` }),
  WebSocket: (t) => ({ body: `<script>new WebSocket('${t.replace('http', 'ws')}')</script>` }),
  'event source': (t) => ({ body: `<script>new EventSource('${t}')</script>` }),
  worker: (t) => ({
    body: `<script>new Worker(URL.createObjectURL(new Blob(["importScripts('${t}');fetch('${t}')"])))</script>`,
  }),
  'speculation rules': (t) => ({
    body: `<script type="speculationrules">{"prefetch":[{"urls":["${t}"],"eagerness":"immediate"}],"prerender":[{"urls":["${t}"],"eagerness":"immediate"}]}</script>`,
  }),
  hints: (t) => ({
    headers: { link: `<${t}>; rel=preconnect` },
    body: `<link rel="prefetch" href="${t}"><link rel="preload" as="script" href="${t}"><link rel="modulepreload" href="${t}"><link rel="preconnect" href="${t}"><link rel="prerender" href="${t}">`,
  }),
  form: (t) => ({
    body: `<form method="post" action="${t}"><input name="a"></form><script>document.forms[0].submit()</script>`,
  }),
  window: (t) => ({ body: `<script>window.open('${t}')</script>` }),
  object: (t) => ({
    body: `<object data="${t}"></object><embed src="${t}"><video src="${t}" poster="${t}"></video><audio src="${t}"></audio>`,
  }),
  'redirects of what it loads': (t) => ({
    body: `<script>fetch('/redirect?${t}')</script><iframe src="/redirect?${t}"></iframe><script src="/redirect?${t}"></script>`,
  }),
  WebRTC: (t) => ({
    body: `<script>const p=new RTCPeerConnection({iceServers:[{urls:'turn:${new URL(t).host}?transport=tcp',username:'a',credential:'b'}]});p.createDataChannel('a');p.createOffer().then((o)=>p.setLocalDescription(o))</script>`,
  }),
};

describe('no page leads the browser inside', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await createBrowser(clientOptions({ '*.simulator.test': portals.address }, { timeoutMs: 4000 }));
  });
  afterAll(() => browser.close());
  // Three names each, on one page: 57 attempts.
  test.each(Object.entries(WAYS))('by %s', async (way, page) => {
    for (const target of targets().slice(0, 3)) {
      const url = `${target}/${encodeURIComponent(way)}`;
      answers.set(`/redirect?${url}`, { status: 302, headers: { location: url } });
      answers.set('/page', { ...page(url), body: `<p>${'示'.repeat(50)}</p>${page(url).body}` });
      await browser.render('http://www.simulator.test/page', 'shili', 'p');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(arrived).toEqual([]);
  });
});

test('through the proxy of the environment', async () => {
  const seen: string[] = [];
  const upstream = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<p>${'示'.repeat(200)}</p><script src="http://www.simulator.test/mapped"></script>`);
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const before = { ...process.env };
  process.env['HTTP_PROXY'] = `http://me:word@127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const options = clientOptions({ '*.simulator.test': portals.address });
  const client = createClient(options);
  const browser = await createBrowser(options);
  try {
    const word = `Basic ${Buffer.from('me:word').toString('base64')}`;
    const { capture } = await client.get('http://far.example.test/a', 'shili', 'article');
    expect(capture.outcome).toBe('ok');
    const rendered = await browser.render('http://far.example.test/b', 'shili');
    expect(rendered.capture.outcome).toBe('ok');
    // A stranger's page asks in vain for a host that `connect` leads to.
    expect(portals.asked).not.toContain('GET /mapped');
    expect(seen).toEqual([`GET http://far.example.test/a ${word}`, `GET http://far.example.test/b ${word}`]);
    expect((await client.get(`http://127.0.0.1:${port}/x`, 'shili', 'article')).capture.outcome).toBe('error');
    answers.set('/near', { body: '示'.repeat(200) });
    expect((await client.get('http://www.simulator.test/near', 'shili', 'article')).capture.outcome).toBe('ok');
    expect(seen).toHaveLength(2);
  } finally {
    process.env = before;
    await client.close();
    await browser.close();
    upstream.close();
  }
});
