import type { Browser } from '../scrapers/browser.ts';
import type { ClientOptions } from '../scrapers/capture.ts';
import type { Hosts } from '../scrapers/hosts.ts';
import { createClient, type Client } from '../scrapers/http.ts';
import type { Archive } from './archive/archive.ts';
import type { Log } from './cli/progress.ts';
import { createPool, type Pool } from './reading/pool.ts';

/** Everything through which the outside reaches a stage, and a stage the outside. */
export interface Effects {
  archive: Archive;
  now: () => Date;
  log: Log;
  /** Processes in which what was fetched is looked into. */
  openPool: () => Pool;
  /** Aborted, with `Stopped` as its reason, when the run is to end: nothing is asked of a portal after that. */
  stop: AbortSignal;
  /** Client and browser share what they know of the hosts. */
  openClient: (options: ClientOptions, hosts: Hosts) => Client;
  /** Rejects with `BrowserMissing` when the machine has none. */
  openBrowser: (options: ClientOptions & { browser?: string }, hosts: Hosts) => Promise<Browser>;
}

export const realEffects = (
  archive: Archive,
  log: Log,
  stop = new AbortController().signal,
  now = () => new Date(),
): Effects => ({
  archive,
  now,
  log,
  openPool: createPool,
  stop,
  openClient: createClient,
  // The largest library of all, and most portals need no browser.
  openBrowser: async (options, hosts) => (await import('../scrapers/browser.ts')).createBrowser(options, hosts),
});
