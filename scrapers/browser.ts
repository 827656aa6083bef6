import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type BrowserContext, type Page, type Response, type Route } from 'playwright';
import { isPublic, mapped, refusal, resolvesToPublic } from './addresses.ts';
import { BrowserMissing } from './errors.ts';
import { createHosts, HostClosed, type Hosts } from './hosts.ts';
import { digest, outcomeOf, type Capture, type ClientOptions, type Fetched } from './capture.ts';

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
  const rules = Object.entries(options.connect).map(([host, target]) => `MAP ${host} ${target}`);
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
        '--no-proxy-server',
        ...(rules.length > 0 ? [`--host-resolver-rules=${rules.join(', ')}`] : []),
      ],
    })
    .catch((error: unknown) => {
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
        return await hosts.turn(hostname, () =>
          within(3 * options.timeoutMs, open(context, capture, options, selector)),
        );
      } catch (error) {
        const outcome = error instanceof HostClosed ? 'postponed' : 'error';
        return { capture: { ...capture, outcome, error: firstLine(error) }, body: new Uint8Array() };
      } finally {
        await context.close();
      }
    },
    close: () => process.close(),
  };
}

async function open(
  context: BrowserContext,
  capture: Capture,
  options: BrowserOptions,
  selector?: string,
): Promise<Fetched> {
  context.setDefaultTimeout(options.timeoutMs);
  const home = new URL(capture.url).hostname;
  await context.route('**/*', (route) =>
    // A window that was closed meanwhile can no longer be answered.
    judgeRequest(route, home, capture.portal, options).catch(() =>
      route.abort('blockedbyclient').catch(() => undefined),
    ),
  );
  await context.routeWebSocket('**/*', (socket) => socket.close());
  const page = await context.newPage();
  const inside: string[] = [];
  const checks: Promise<void>[] = [];
  page.on('response', (response) => checks.push(checkAddress(response, options, inside)));
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  context.on('page', (other) => other !== page && void other.close().catch(() => undefined));
  let refused: number | null = null;
  page.on('response', (answer) => {
    if (answer.request().isNavigationRequest() && answer.frame() === page.mainFrame() && answer.status() >= 400)
      refused = answer.status();
  });
  const response = await page.goto(capture.url, { waitUntil: 'domcontentloaded' }).catch((error: unknown) => {
    // Chromium takes an error without a body for no page at all.
    if (refused === null) throw error;
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
  const error = await settle(page, options.timeoutMs, selector);
  await Promise.all(checks);
  // A name that changed its address between the check and the connection: nothing of the page is used.
  if (inside.length > 0) throw new Error(`refused: ${inside.join(', ')}`);
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

async function judgeRequest(
  route: Route,
  home: string,
  portal: string,
  { connect, permit }: BrowserOptions,
): Promise<void> {
  const request = route.request();
  const url = request.url();
  if (refusal(url) !== null) return route.abort('blockedbyclient');
  const { hostname } = new URL(url);
  const heavy = HEAVY.has(request.resourceType()) && hostname !== home;
  const denied = request.isNavigationRequest() && permit ? !(await permit(url, portal)).allowed : false;
  const reachable = mapped(hostname, connect) !== null || (await resolvesToPublic(hostname));
  await (heavy || denied || !reachable ? route.abort('blockedbyclient') : route.continue());
}

async function checkAddress(response: Response, { connect }: BrowserOptions, inside: string[]): Promise<void> {
  const address = await response.serverAddr().catch(() => null);
  const { hostname } = new URL(response.url());
  if (address && mapped(hostname, connect) === null && !isPublic(address.ipAddress))
    inside.push(`${hostname} is ${address.ipAddress}`);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
