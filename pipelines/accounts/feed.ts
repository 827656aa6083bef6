import { createHash } from 'node:crypto';
import { html, type Markup } from '../inspect/html.ts';
import type { RunAccount } from './account.ts';
import { newsOf } from './news.ts';

/** Readers of feeds keep what they have seen; a month of nights is in it. */
const MOST_ENTRIES = 200;

/**
 * Atom (RFC 4287) of what runs found: a failure, each problem when it is new and when it is cured, the reports that changed.
 * @param accounts of runs, the newest first
 * @param url where the feed is published; null where that is not known
 */
export function feedOf(accounts: RunAccount[], url: string | null): string {
  const entries = accounts.flatMap(entriesOf).slice(0, MOST_ENTRIES);
  const [newest] = accounts;
  const updated = newest?.ended ?? newest?.started ?? '1970-01-01T00:00:00.000Z';
  const feed = html`<feed xmlns="http://www.w3.org/2005/Atom">
    <id>${idOf(url ?? 'gongkai')}</id>
    <title>gongkai</title>
    <updated>${updated}</updated>
    <author><name>gongkai</name></author>
    ${url === null ? null : html`<link rel="self" href="${url}" /> `}${entries}</feed
  > `;
  // What no XML may hold, not even as a reference.
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed.text.replace(/[\uFFFE\uFFFF]/g, '')}`;
}

function entriesOf(account: RunAccount): Markup[] {
  const { run, started, ended, failure, publish } = account;
  const news = newsOf(account);
  const at = ended ?? started;
  const entry = (kind: string, of: string, title: string, content: string, link: string | null) =>
    html`<entry>
      <id>${idOf(JSON.stringify([kind, run, of]))}</id>
      <title>${title}</title>
      <updated>${at}</updated>
      <category term="${kind}" />
      ${link === null || !/^https?:\/\//.test(link) ? null : html`<link rel="related" href="${link}" /> `}<content
        type="text"
        >${content}</content
      >
    </entry> `;
  const changes = Object.entries((news.published === null ? null : publish?.changes) ?? {}).flatMap(
    ([kind, lines]: [string, string[]]) =>
      ['new_reports', 'revised', 'withdrawn'].includes(kind) && lines.length > 0
        ? [`${kind.replace('_', ' ')}:`, ...lines.map((line) => `  ${line}`)]
        : [],
  );
  return [
    ...(news.failed ? [entry('failure', '', `${run} failed`, failure ?? 'it did not end', null)] : []),
    ...news.new.map(({ id, portal, code, message, url }) =>
      entry('problem', id, `${portal ?? 'all'}: ${code}`, `${message} [${id}]`, url),
    ),
    ...news.cured.map(({ id, portal, code, message, url }) =>
      entry('cured', id, `${portal ?? 'all'}: ${code}: cured`, `${message} [${id}]`, url),
    ),
    ...(changes.length > 0 ? [entry('reports', '', `reports of ${news.published}`, changes.join('\n'), null)] : []),
  ];
}

/** Nobody need own a domain for an address that is the same for ever. */
function idOf(of: string): string {
  const hex = createHash('sha256').update(of).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}
