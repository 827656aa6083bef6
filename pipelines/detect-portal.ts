import { recognise } from '../scrapers/discover.ts';
import type { Site } from '../scrapers/detect.ts';
import { sentOf } from '../scrapers/run.ts';
import { refusal } from '../scrapers/addresses.ts';
import { isDivision, type Portal } from '../scrapers/portals.ts';
import type { Config } from './config.ts';
import { ioOf } from './discover.ts';
import type { Effects } from './effects.ts';
import { UsageError } from './errors.ts';
import { lookIn } from './reading/pool.ts';
import { openSession } from './session.ts';

/** What the page of a column shows, as far as a line of the register can be made of it. */
export interface Recognised {
  /** `division` and `name` are blank where the page says nothing of them. */
  portal: Portal;
  /** By what its family was recognised; null where the page cannot be had, and the family is `auto`. */
  by: string | null;
  /** What the page answered. */
  status: number | null;
  outcome: string;
}

/** Asks for one column, as politely as a night does, and says which system made it. */
export async function detectPortal(o: { config: Config; url: string }, effects: Effects): Promise<Recognised> {
  const refused = refusal(o.url);
  if (refused) throw new UsageError(`${o.url}: ${refused}`);
  await effects.archive.claim(o.config.simulated);
  const pool = effects.openPool();
  const session = openSession(o.config, lookIn(pool), effects, []);
  try {
    const id = idOf(new URL(o.url));
    const {
      detected: [detected],
      pages,
    } = await recognise(o.url, ioOf(id, session, effects.now));
    const page = pages.get(o.url);
    const site = page?.outcome === 'ok' ? await session.look('site', sentOf(page)) : null;
    return {
      portal: lineOf(id, o.url, detected?.family ?? 'auto', site && 'unseen' in site ? null : site),
      by: detected?.by ?? null,
      status: page?.status ?? null,
      outcome: page?.outcome ?? 'not_asked',
    };
  } finally {
    await session.close().finally(() => pool.close());
  }
}

const lineOf = (id: string, url: string, family: string, site: Site | null): Portal => ({
  id,
  division: site?.code && isDivision(site.code) ? site.code : '',
  name: site?.name ?? '',
  family,
  index_url: url,
  from: null,
  until: null,
  vantage: 'any',
  aliases: [],
  how: 'seen',
  seen_in: 'its own page',
  verified: null,
  note: '',
});

/** Of the host and the last name of the path. */
function idOf({ hostname, pathname }: URL): string {
  const host = hostname.replace(/^www\.|\.gov\.cn$/g, '');
  const folder = pathname.split('/').findLast((name) => name !== '' && !/^(?:index|list|default)\b/.test(name)) ?? '';
  return `${host}-${folder.replace(/\.\w+$/, '')}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
