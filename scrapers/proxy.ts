import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect as netConnect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { mapped, plainHost, refusal, Refused } from './addresses.ts';
import type { ClientOptions } from './capture.ts';
import { connector, proxyOf } from './wire.ts';

/** The way out for a browser: it leads where the HTTP client may go, by the same pinned look-up, and nowhere else. */
export interface Proxy {
  /** `127.0.0.1:port`. */
  address: string;
  close(): Promise<void>;
}

/**
 * @param allows whether anything may be asked of a host at all
 *
 * A browser looks names up again for each connection and follows what pages tell it (redirects, refresh, speculation,
 * frames), so whether an address is public can only be decided where the connection is made. A request that is refused
 * finds its connection closed.
 */
export async function createProxy(how: Way, allows: (hostname: string) => boolean): Promise<Proxy> {
  const options = { ...how, allows };
  const sockets = new Set<Duplex>();
  const server = createServer((asked, answer) => void forward(asked, answer, options).catch(() => answer.destroy()));
  server.on('connection', (socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
  server.on('connect', (asked, browser: Duplex, head: Buffer) => {
    browser.on('error', () => browser.destroy());
    tunnel(asked, browser, head, options).catch(() => browser.destroy());
  });
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

type Way = Pick<ClientOptions, 'connect' | 'timeoutMs'>;
type Options = Way & { allows: (hostname: string) => boolean };

/** `GET http://host/path`, as browsers ask a proxy for what is not encrypted. */
async function forward(asked: IncomingMessage, answer: ServerResponse, options: Options): Promise<void> {
  const url = new URL(asked.url ?? '');
  if (url.protocol !== 'http:' || refusal(url.href) !== null || !options.allows(url.hostname))
    throw new Refused(`${url.href} is not to be asked`);
  const upstream = upstreamOf(url, options);
  const socket = upstream ? netConnect(Number(upstream.port || 80), upstream.hostname) : await open(url, options);
  const headers = Object.fromEntries(Object.entries(asked.headers).filter(([name]) => !name.startsWith('proxy-')));
  const sent = request({
    method: asked.method,
    path: upstream ? url.href : url.pathname + url.search,
    headers: { ...headers, ...(upstream ? credentials(upstream) : {}), connection: 'close' },
    createConnection: () => socket,
  });
  sent.on('error', () => answer.destroy());
  sent.on('response', (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.on('error', () => answer.destroy()).pipe(answer);
  });
  answer.on('close', () => sent.destroy());
  asked.pipe(sent);
}

/** `CONNECT host:port`: what goes through is between the browser and the host. */
async function tunnel(asked: IncomingMessage, browser: Duplex, head: Buffer, options: Options): Promise<void> {
  const url = new URL(`https://${asked.url}`);
  if (!options.allows(url.hostname)) throw new Refused(`${url.host} is not to be asked`);
  const upstream = upstreamOf(url, options);
  const socket = await (upstream ? openThrough(upstream, url, options) : open(url, options));
  socket.on('error', () => browser.destroy()).on('close', () => browser.destroy());
  browser.on('close', () => socket.destroy());
  browser.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  socket.write(head);
  browser.pipe(socket).pipe(browser);
}

const upstreamOf = (url: URL, { connect }: Options): URL | null =>
  mapped(plainHost(url), connect) ? null : proxyOf(url.href);

function open(url: URL, options: Options): Promise<Socket> {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return new Promise((resolve, reject) =>
    // Plain, whatever the port: the encryption is the browser's own.
    connector(options)({ hostname: url.hostname, host: url.host, port, protocol: 'http:' }, (error, socket) =>
      socket ? resolve(socket) : reject(error),
    ),
  );
}

const openThrough = (upstream: URL, url: URL, { timeoutMs }: Options): Promise<Socket> =>
  new Promise((resolve, reject) => {
    request({
      host: upstream.hostname,
      port: upstream.port || 80,
      method: 'CONNECT',
      path: `${url.hostname}:${url.port || 443}`,
      headers: credentials(upstream),
      timeout: timeoutMs,
    })
      .on('connect', ({ statusCode }, socket) =>
        statusCode === 200 ? resolve(socket) : reject(new Refused(`the proxy answers ${statusCode}`)),
      )
      .on('error', reject)
      .end();
  });

const credentials = ({ username, password }: URL): Record<string, string> =>
  username === ''
    ? {}
    : {
        'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`,
      };
