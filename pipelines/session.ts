import type { Browser } from '../scrapers/browser.ts';
import type { Capture, Fetched, RequestInit } from '../scrapers/capture.ts';
import { createRobots } from '../scrapers/robots.ts';
import { clientOptions, type Config } from './config.ts';
import type { Effects } from './effects.ts';

interface Asked extends RequestInit {
  url: string;
  portal: string;
  kind: Capture['kind'];
  /** Article that the request is made for; null for lists. */
  document_url: string | null;
}

/** The outside during one run: robots.txt is asked first, and every answer is archived before anything reads it. */
export interface Session {
  get: (asked: Asked) => Promise<Fetched>;
  /** A list through a browser that is started when the first page needs it. Rejects with `BrowserMissing`. */
  render: (url: string, portal: string) => Promise<Fetched>;
  close: () => Promise<void>;
}

export function openSession(config: Config, effects: Omit<Effects, 'log'>): Session {
  const archived = async (fetched: Fetched, document_url: string | null): Promise<Fetched> => {
    const { blobs, captures } = effects.archive;
    // The bytes first: a capture in the log promises that its blob is there.
    if (fetched.capture.sha256 !== null) await blobs.put(fetched.body);
    await captures.append({ ...fetched.capture, document_url });
    return fetched;
  };
  const permit = createRobots({
    fetch: async (url, portal) => archived(await client.get(url, portal, 'robots'), null),
    agent: config.user_agent.split('/')[0] ?? config.user_agent,
  });
  const options = { ...clientOptions(config, effects.now), permit };
  const client = effects.openClient(options);
  let browser: Promise<Browser> | null = null;

  return {
    get: async ({ url, portal, kind, document_url, ...init }) =>
      archived(await client.get(url, portal, kind, init), document_url),
    render: async (url, portal) => {
      browser ??= effects.openBrowser({ ...options, browser: config.browser });
      return archived(await (await browser).render(url, portal), null);
    },
    close: async () => {
      await browser?.then((opened) => opened.close()).catch(() => undefined);
      await client.close();
    },
  };
}
