import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientOptions } from '../scrapers/capture.ts';
import { looks, type Look } from '../scrapers/looks.ts';

export interface Serving {
  /** `127.0.0.1:port`, for `connect`. */
  address: string;
  /** Method and url of every request, in order. */
  asked: string[];
  close(): Promise<void>;
}

/** A real server on loopback. */
export async function serve(listener: RequestListener): Promise<Serving> {
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push(`${request.method} ${request.url}`);
    listener(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** Serves pages by path; anything else is 404. */
export function servePages(pages: Record<string, string>): Promise<Serving> {
  return serve((request, response) => {
    const body = pages[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(body ?? '404');
  });
}

/** In this process: what the tests serve is not hostile. */
export const lookHere: Look = async (name, input) =>
  looks[name](input as never) as ReturnType<(typeof looks)[typeof name]>;

export function clientOptions(connect: Record<string, string>, more: Partial<ClientOptions> = {}): ClientOptions {
  return {
    vantage: 'test',
    simulated: true,
    connect,
    perHost: 4,
    delayMs: 0,
    timeoutMs: 3000,
    maxBytes: 1_000_000,
    userAgent: 'gongkai-test/1.0',
    now: () => new Date('2026-01-31T04:00:00Z'),
    retries: 0,
    look: lookHere,
    retryMs: 1,
    ...more,
  };
}
