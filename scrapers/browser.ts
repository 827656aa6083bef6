import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type BrowserContext, type Page, type Request } from 'playwright';
import { mapped, plainHost, refusal } from './addresses.ts';
import { BrowserMissing } from './errors.ts';
import { createHosts, HostClosed, type Hosts } from './hosts.ts';
import { digest, outcomeOf, type Capture, type ClientOptions, type Fetched } from './capture.ts';
import { createProxy } from './proxy.ts';

export { BrowserMissing } from './errors.ts';

export interface BrowserOptions extends ClientOptions {
  /** Path of a browser to use before any other. */
  browser?: string;
}

export interface Browser {
  /**
   * Opens a page, lets its scripts run and captures the document they leave: `body` is that document as UTF-8, not
   * the bytes of the wire. Never throws for what the page does.
   * @param selector what the page must show before it counts as complete; without it, a quiet network
   */
  render(url: string, portal: string, selector?: string): Promise<Fetched>;
  close(): Promise<void>;
}

const SYSTEM = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
);

function candidates(setting?: string): string[] {
  const own = chromium.executablePath();
  return [...(setting ? [setting] : []), own, ...headlessShell(own), ...SYSTEM];
}

/** Playwright installs its headless shell beside the whole browser: …/chromium-1200/… and …/chromium_headless_shell-1200/…. */
function headlessShell(own: string): string[] {
  const revision = /^(.*[\\/])chromium-(\d+)[\\/]/.exec(own);
  if (!revision) return [];
  const [, root = '', number = ''] = revision;
  const folder = basename(dirname(own)).replace('chrome-', 'chrome-headless-shell-');
  const shell = join(root, `chromium_headless_shell-${number}`);
  return [join(shell, folder, 'chrome-headless-shell'), join(shell, basename(dirname(own)), 'headless_shell')];
}

/** Path of the first browser there is: the setting, Playwright's own, the system's. */
export function findBrowser(setting?: string): string | null {
  return candidates(setting).find((path) => existsSync(path)) ?? null;
}

/** @throws BrowserMissing with the paths tried */
export async function createBrowser(options: BrowserOptions, hosts: Hosts = createHosts(options)): Promise<Browser> {
  const executablePath = findBrowser(options.browser);
  if (executablePath === null) throw new BrowserMissing(candidates(options.browser), 'no browser found');
  // What pages asked for and was let through; what Chromium asks for by itself, or a page by a way of its own, is not.
  const wanted = new Set<string>();
  const proxy = await createProxy(options, (hostname) => wanted.has(hostname));
  const process = await chromium
    .launch({
      executablePath,
      // Chromium's sandbox does not start for root.
      chromiumSandbox: globalThis.process.getuid?.() !== 0,
      args: [
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--proxy-server=http://${proxy.address}`,
        // Chromium asks loopback addresses without the proxy, if it is not told otherwise.
        '--proxy-bypass-list=<-loopback>',
        '--disable-quic',
        '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
      ],
    })
    .catch(async (error: unknown) => {
      await proxy.close();
      throw new BrowserMissing([executablePath], `the browser does not start: ${firstLine(error)}`);
    });
  return {
    async render(url, portal, selector) {
      const capture: Capture = {
        url,
        final_url: url,
        portal,
        kind: 'list',
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
        via: 'browser',
      };
      const reason = refusal(url);
      if (reason) return { capture: { ...capture, error: reason }, body: new Uint8Array() };
      const { hostname } = new URL(url);
      try {
        const permission = await options.permit?.(url, portal);
        if (permission && !permission.allowed)
          return {
            capture: { ...capture, outcome: permission.answered ? 'disallowed' : 'error', error: permission.reason },
            body: new Uint8Array(),
          };
        if (permission?.delayMs) hosts.slowDown(hostname, permission.delayMs);
        const context = await process.newContext({
          acceptDownloads: false,
          serviceWorkers: 'block',
          locale: 'zh-CN',
          userAgent: options.userAgent,
        });
        try {
          return await within(3 * options.timeoutMs, open(context, capture, { ...options, hosts, wanted }, selector));
        } finally {
          await context.close();
        }
      } catch (error) {
        const outcome = error instanceof HostClosed ? 'postponed' : 'error';
        return { capture: { ...capture, outcome, error: firstLine(error) }, body: new Uint8Array() };
      }
    },
    close: async () => {
      await process.close();
      await proxy.close();
    },
  };
}

async function open(
  context: BrowserContext,
  capture: Capture,
  options: BrowserOptions & { hosts: Hosts; wanted: Set<string> },
  selector?: string,
): Promise<Fetched> {
  // Waiting for the host's turn is no silence of the host; what is, `within` ends.
  context.setDefaultTimeout(0);
  const home = new URL(capture.url).hostname;
  const ended = endsOf(context);
  let asked = 0;
  let closed: HostClosed | null = null;
  await context.route('**/*', async (route) => {
    try {
      const isFine = (asked += 1) <= MOST_REQUESTS && (await isWanted(route.request(), home, capture.portal, options));
      if (!isFine) return await route.abort('blockedbyclient');
      const { hostname } = new URL(route.request().url());
      options.wanted.add(hostname);
      // Each request of a page is one more to its host, and takes its turn like any other.
      await options.hosts.turn(hostname, async () => {
        await route.continue();
        await Promise.race([ended(route.request()), sleep(options.timeoutMs, null, { ref: false })]);
      });
    } catch (error) {
      if (error instanceof HostClosed) closed = error;
      // A window that was closed meanwhile can no longer be answered.
      await route.abort('blockedbyclient').catch(() => undefined);
    }
  });
  await context.routeWebSocket('**/*', (socket) => socket.close());
  const page = await context.newPage();
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  context.on('page', (other) => other !== page && void other.close().catch(() => undefined));
  let refused: number | null = null;
  page.on('response', (answer) => {
    if (answer.request().isNavigationRequest() && answer.frame() === page.mainFrame() && answer.status() >= 400)
      refused = answer.status();
  });
  const response = await page.goto(capture.url, { waitUntil: 'domcontentloaded' }).catch((error: unknown) => {
    // Chromium takes an error without a body for no page at all.
    if (refused === null) throw closed ?? error;
    return null;
  });
  if (!response) {
    if (refused === null) throw new Error('no response');
    const nothing = { status: refused, kind: capture.kind, mediaType: null, body: new Uint8Array() };
    return {
      capture: { ...capture, status: refused, ...(await outcomeOf(options.look, nothing)) },
      body: new Uint8Array(),
    };
  }
  const error = await settle(page, 2 * options.timeoutMs, selector);
  const length = await page.evaluate(() => document.documentElement.outerHTML.length);
  const body = length > options.maxBytes ? null : Buffer.from(await page.content());
  const status = response.status();
  const answer = {
    ...capture,
    final_url: page.url(),
    status,
    media_type: 'text/html',
    headers: { 'content-type': 'text/html; charset=utf-8' },
  };
  if (body === null || body.byteLength > options.maxBytes)
    return {
      capture: { ...answer, bytes: body?.byteLength ?? length, outcome: 'too_large', error: 'more than the limit' },
      body: new Uint8Array(),
    };
  const verdict = await outcomeOf(options.look, { status, kind: capture.kind, mediaType: answer.media_type, body });
  return { capture: { ...answer, ...digest(body), ...verdict, error: verdict.error ?? error }, body };
}

/** A script that never ends also stops the calls into its page, which know no time limit. */
async function within<T>(ms: number, task: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = sleep(ms, null, { signal: timer.signal }).then(() => {
    throw new Error(`the page does not answer after ${ms} ms`);
  });
  return Promise.race([task, late]).finally(() => timer.abort());
}

/** Waits for the page to be complete. A page that never is, is taken as it stands, and the capture says so. */
async function settle(page: Page, timeoutMs: number, selector?: string): Promise<string | null> {
  const wait = selector
    ? page.waitForSelector(selector, { state: 'attached', timeout: timeoutMs })
    : page.waitForLoadState('networkidle', { timeout: timeoutMs });
  return wait.then(
    () => null,
    () => `not complete after ${timeoutMs} ms`,
  );
}

const HEAVY = new Set(['image', 'media', 'font']);

/** A page that asks for more is no list. */
const MOST_REQUESTS = 150;

async function isWanted(
  request: Request,
  home: string,
  portal: string,
  { permit, connect }: BrowserOptions,
): Promise<boolean> {
  const url = request.url();
  if (refusal(url) !== null) return false;
  // `connect` is for addresses that the register names, not for what a stranger's page asks for.
  const isMapped = (host: string) => mapped(host, connect) !== null;
  if (isMapped(plainHost(new URL(url))) && !isMapped(home)) return false;
  if (HEAVY.has(request.resourceType()) && new URL(url).hostname !== home) return false;
  return !request.isNavigationRequest() || !permit || (await permit(url, portal)).allowed;
}

/** When a request has ended, in whatever way; all have when the window closes. */
function endsOf(context: BrowserContext): (request: Request) => Promise<void> {
  const waiting = new Map<Request, () => void>();
  const end = (request: Request) => {
    waiting.get(request)?.();
    waiting.delete(request);
  };
  context.on('requestfinished', end);
  context.on('requestfailed', end);
  context.on('close', () => [...waiting.keys()].forEach(end));
  return (request) => new Promise((resolve) => waiting.set(request, resolve));
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
