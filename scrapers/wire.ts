import { isIP } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';
import { Agent, buildConnector, ProxyAgent, type Dispatcher } from 'undici';
import { isPublic, mapped, plainHost, publicLookup, Refused } from './addresses.ts';
import { REFUSALS, type ClientOptions } from './capture.ts';

/** Opens sockets to public addresses and to where `connect` leads, and to nothing else. */
export function connector({
  connect,
  timeoutMs,
}: {
  connect: Record<string, string>;
  timeoutMs: number;
}): buildConnector.connector {
  const direct = buildConnector({ timeout: timeoutMs });
  const guarded = buildConnector({ timeout: timeoutMs, lookup: publicLookup });
  return (target, callback) => {
    const host = plainHost(target);
    const elsewhere = mapped(host, connect);
    // The name stays for TLS, only the address changes.
    if (elsewhere)
      return direct({ ...target, ...elsewhere, servername: isIP(host) ? target.servername : host }, callback);
    // The socket looks up names only; a literal address has to be checked here.
    if (isIP(host) && !isPublic(host)) return callback(new Refused(`${host} is not a public address`), null);
    guarded(target, callback);
  };
}

/** The proxy that the environment names for an address (HTTPS_PROXY, HTTP_PROXY, NO_PROXY), or null. */
export function proxyOf(url: string): URL | null {
  const proxy = getProxyForUrl(url);
  return proxy === '' ? null : new URL(proxy);
}

/**
 * The ways out: straight to public addresses and to where `connect` leads, or through the proxy of the environment. A
 * proxy looks names up by itself, so it alone can keep requests off private addresses that have a name; those without
 * one are refused here.
 */
export function openWays(options: Pick<ClientOptions, 'connect' | 'timeoutMs'>) {
  const straight = new Agent({ connect: connector(options) });
  const proxies = new Map<string, ProxyAgent>();
  return {
    of(url: URL): Dispatcher {
      const host = plainHost(url);
      const proxy = mapped(host, options.connect) ? null : proxyOf(url.href);
      if (proxy === null) return straight;
      if (isIP(host) && !isPublic(host)) throw new Refused(`${host} is not a public address`);
      // Most proxies let only encrypted connections through as tunnels.
      const proxyTunnel = url.protocol === 'https:';
      const key = `${proxyTunnel} ${proxy.href}`;
      const way = proxies.get(key) ?? new ProxyAgent({ uri: proxy.href, proxyTunnel });
      proxies.set(key, way);
      return way;
    },
    close: async (): Promise<void> => {
      await Promise.all([straight, ...proxies.values()].map((way) => way.close()));
    },
  };
}

const TRANSIENT = new Set(
  `ECONNRESET ECONNREFUSED EPIPE ETIMEDOUT EAI_AGAIN ENETUNREACH EHOSTUNREACH UND_ERR_SOCKET UND_ERR_CONNECT_TIMEOUT
  UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT UND_ERR_RES_CONTENT_LENGTH_MISMATCH UND_ERR_ABORTED`.split(/\s+/),
);

/** Whether the fault may pass by itself. */
export const isTransient = (error: unknown): boolean =>
  error instanceof Error && TRANSIENT.has((error as NodeJS.ErrnoException).code ?? '');

/** The time for all of an answer was not enough: a second try would not end sooner. */
export const isTooSlow = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

/** What a host answers that works: everything but a refusal and a fault of its own. */
export const works = (status: number): boolean => status < 500 && !REFUSALS.has(status);

/** Milliseconds that Retry-After asks for: seconds or a date. */
export function restOf(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** Header bytes come as Latin-1; portals send paths in UTF-8 or GBK. */
export const headerText = (value: string): string => textOf(Buffer.from(value, 'latin1'));

/** UTF-8 if it can be, else GB18030: enough to look at an answer, whatever its label says. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** One line with the code of the fault. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  const text = error.message || (error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : error.name);
  return code && !text.includes(code) ? `${code}: ${text}` : text;
}
