import type { Browser } from '../scrapers/browser.ts';
import type { ClientOptions } from '../scrapers/capture.ts';
import { createClient, type Client } from '../scrapers/http.ts';
import type { Log } from './cli/progress.ts';

/** Everything through which the outside reaches a stage; the disk under the data folder is the other half. */
export interface Effects {
  now: () => Date;
  log: Log;
  openClient: (options: ClientOptions) => Client;
  /** Rejects with `BrowserMissing` when the machine has none. */
  openBrowser: (options: ClientOptions & { browser?: string }) => Promise<Browser>;
}

export const realEffects = (log: Log): Effects => ({
  now: () => new Date(),
  log,
  openClient: createClient,
  // The largest library of all, and most portals need no browser.
  openBrowser: async (options) => (await import('../scrapers/browser.ts')).createBrowser(options),
});
