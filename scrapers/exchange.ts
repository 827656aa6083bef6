import type { CookieJar } from 'tough-cookie';
import { request, type Dispatcher } from 'undici';
import { readCapped, TooLarge, Undecodable, undoEncoding, unnamedEncoding } from './body.ts';
import { typeOfPosted, type ClientOptions, type RequestInit } from './capture.ts';

/** One response. */
export interface Answer {
  status: number;
  /** Lower-case names, only `KEPT`. */
  headers: Record<string, string>;
  /** Without Content-Encoding; as on the wire where that cannot be undone; nothing where it is too large. */
  body: Buffer;
  /** `TooLarge` or `Undecodable`: why the body is not what was sent. */
  fault: Error | null;
}

const KEPT = `content-type content-encoding content-length content-disposition content-language date etag last-modified
  location reason retry-after server`.split(/\s+/);

/**
 * One request and its response, cookies both ways, no redirects.
 * @throws whatever breaks the connection, a body cut short and the time limit included
 */
export async function exchange(
  url: URL,
  init: RequestInit,
  how: Pick<ClientOptions, 'timeoutMs' | 'totalMs' | 'maxBytes' | 'userAgent'> & {
    dispatcher: Dispatcher;
    jar: CookieJar;
  },
): Promise<Answer> {
  const cookie = await how.jar.getCookieString(url.href);
  const response = await request(url, {
    dispatcher: how.dispatcher,
    method: init.method ?? 'GET',
    body: init.body ?? null,
    signal: AbortSignal.timeout(how.totalMs ?? 20 * how.timeoutMs),
    headersTimeout: how.timeoutMs,
    bodyTimeout: how.timeoutMs,
    headers: {
      'user-agent': how.userAgent,
      accept: '*/*',
      'accept-language': 'zh-CN,zh;q=0.9',
      'accept-encoding': 'gzip, deflate, br',
      ...(init.body === undefined ? {} : { 'content-type': typeOfPosted(init.body) }),
      ...(init.referer === undefined ? {} : { referer: init.referer }),
      ...(cookie ? { cookie } : {}),
      ...(init.known?.etag ? { 'if-none-match': init.known.etag } : {}),
      ...(init.known?.lastModified ? { 'if-modified-since': init.known.lastModified } : {}),
    },
  });
  for (const set of [response.headers['set-cookie'] ?? []].flat())
    await how.jar.setCookie(set, url.href, { ignoreError: true });
  const headers = Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = response.headers[name];
      return value === undefined ? [] : [[name, [value].flat().join(', ')]];
    }),
  );
  const status = response.statusCode;
  // A body that is given up tells of its own end; nobody needs to hear it.
  response.body.on('error', () => undefined);
  const announced = Number(headers['content-length'] ?? 0);
  let body: Buffer = Buffer.alloc(0);
  try {
    if (announced > how.maxBytes) throw new TooLarge(announced);
    body = await readCapped(response.body, how.maxBytes);
    return {
      status,
      headers,
      body: await undoEncoding(body, headers['content-encoding'] ?? unnamedEncoding(headers, body), how.maxBytes),
      fault: null,
    };
  } catch (error) {
    response.body.destroy();
    if (error instanceof TooLarge) return { status, headers, body: Buffer.alloc(0), fault: error };
    if (error instanceof Undecodable) return { status, headers, body, fault: error };
    throw error;
  }
}
