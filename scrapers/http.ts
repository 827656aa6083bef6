import pRetry from 'p-retry';
import { CookieJar } from 'tough-cookie';
import { mapped, plainHost, Refused, refusal } from './addresses.ts';
import { TooLarge } from './body.ts';
import {
  digest,
  mediaType,
  outcomeOf,
  type Capture,
  type ClientOptions,
  type Fetched,
  type RequestInit,
} from './capture.ts';
import { exchange, type Answer } from './exchange.ts';
import { createHosts, HostClosed, MAX_REST_MS, type Hosts } from './hosts.ts';
import { headerText, isTooSlow, isTransient, messageOf, openWays, restOf, works } from './wire.ts';

export interface Client {
  /** Never throws for what the network or the other side does: that is the capture's outcome. */
  get(url: string, portal: string, kind: Capture['kind'], init?: RequestInit): Promise<Fetched>;
  close(): Promise<void>;
}

const MAX_REDIRECTS = 10;

/** Worth another attempt: the fault may pass. */
class Transient extends Error {
  override name = 'Transient';
  readonly answer: Answer | null;
  constructor(message: string, answer: Answer | null) {
    super(message);
    this.answer = answer;
  }
}

class Disallowed extends Error {
  override name = 'Disallowed';
}

/** The one place where the network is used without a browser. `hosts` is shared with whatever else asks the same hosts. */
export function createClient(options: ClientOptions, hosts: Hosts = createHosts(options)): Client {
  const ways = openWays(options);
  const jar = new CookieJar();

  const ask = (url: URL, init: RequestInit) =>
    hosts.turn(url.hostname, () => exchange(url, init, { ...options, dispatcher: ways.of(url), jar }));

  /** Asks, and again while the fault may pass. */
  async function askPatiently(url: URL, init: RequestInit): Promise<Answer> {
    const { hostname } = url;
    const tries = hosts.isTroubled(hostname) ? 0 : (options.retries ?? 2);
    const attempt = async () => {
      const answer = await ask(url, init).catch((error: unknown) => {
        if (isTransient(error)) throw new Transient(messageOf(error), null);
        throw error;
      });
      const rest = works(answer.status) ? null : restOf(answer.headers['retry-after'], options.now());
      if (rest !== null)
        hosts.rest(hostname, rest, `HTTP ${answer.status} asks for a rest of ${Math.ceil(rest / 1000)} s`);
      if (answer.status !== 429 && ![500, 502, 503, 504].includes(answer.status)) return answer;
      // A wait longer than a run can afford is an answer in itself.
      if (rest !== null && rest > MAX_REST_MS) return answer;
      throw new Transient(`HTTP ${answer.status}`, answer);
    };
    try {
      const answer = await pRetry(attempt, {
        retries: tries,
        minTimeout: options.retryMs ?? 1000,
        shouldRetry: ({ error }) => error instanceof Transient,
      }).catch((error: unknown) => {
        if (error instanceof Transient && error.answer) return error.answer;
        throw error;
      });
      hosts.ended(hostname, works(answer.status) ? null : `HTTP ${answer.status}`);
      return answer;
    } catch (error) {
      if (error instanceof Transient || isTooSlow(error)) hosts.ended(hostname, messageOf(error));
      throw error;
    }
  }

  const isMapped = (url: string) => mapped(plainHost(new URL(url)), options.connect) !== null;

  async function follow(
    start: string,
    portal: string,
    kind: Capture['kind'],
    first: RequestInit,
    at: (url: string) => void,
  ): Promise<Answer> {
    let url = start;
    let init = first;
    const seen = new Set<string>();
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const reason = refusal(url);
      if (reason) throw new Refused(reason);
      // `connect` is for addresses that the register names, not for where a stranger sends us.
      if (hop > 0 && isMapped(url) && !isMapped(start)) throw new Refused(`redirect to ${url}, which \`connect\` maps`);
      at(url);
      const permission = kind === 'robots' ? null : await options.permit?.(url, portal);
      if (permission && !permission.allowed) throw new (permission.answered ? Disallowed : Error)(permission.reason);
      if (permission?.delayMs) hosts.slowDown(new URL(url).hostname, permission.delayMs);
      // A page that sends to itself with a new cookie is no loop: the cookie is part of the state.
      const state = `${init.method ?? 'GET'} ${url} ${await jar.getCookieString(url)}`;
      if (seen.has(state)) throw new Error('redirects in a loop');
      seen.add(state);
      const answer = await askPatiently(new URL(url), init);
      const location = answer.headers.location;
      if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
      const target = headerText(location);
      if (!URL.canParse(target, url)) throw new Error(`redirect to ${target}, which is no url`);
      url = new URL(target, url).href;
      // What is known of the first address says nothing of the second.
      init = answer.status < 307 ? {} : { ...init, known: undefined };
    }
    throw new Error(`more than ${MAX_REDIRECTS} redirects`);
  }

  return {
    async get(url, portal, kind, init = {}) {
      const capture: Capture = {
        url,
        final_url: url,
        ...(init.body === undefined ? {} : { form: init.body }),
        portal,
        kind,
        requested_at: options.now().toISOString(),
        status: null,
        headers: {},
        sha256: null,
        bytes: 0,
        media_type: null,
        outcome: 'error',
        error: null,
        vantage: options.vantage,
        simulated: options.simulated,
        via: 'http',
      };
      try {
        const { status, headers, body, fault } = await follow(
          url,
          portal,
          kind,
          init,
          (at) => (capture.final_url = at),
        );
        const media_type = mediaType(headers['content-type']);
        const answer = { ...capture, status, headers, media_type, ...digest(body) };
        if (fault instanceof TooLarge)
          return { capture: { ...answer, bytes: fault.seen, outcome: 'too_large', error: fault.message }, body };
        if (fault) return { capture: { ...answer, outcome: 'error', error: fault.message }, body };
        if (status === 304 && init.known && capture.final_url === url)
          return { capture: { ...answer, outcome: 'unchanged' }, body };
        const judged = await outcomeOf(options.look, { status, kind, mediaType: media_type, body });
        return { capture: { ...answer, ...judged }, body };
      } catch (error) {
        const outcome =
          error instanceof Disallowed ? 'disallowed' : error instanceof HostClosed ? 'postponed' : 'error';
        return { capture: { ...capture, outcome, error: messageOf(error) }, body: new Uint8Array() };
      }
    },
    close: () => ways.close(),
  };
}
