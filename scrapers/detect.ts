import { load } from 'cheerio';
import { judgeTitle } from '../transforms/printed/title.ts';
import { columnsIn } from './columns.ts';
import { listed } from './families/index.ts';
import { plain } from './families/plain.ts';
import { guardDepth } from './rows.ts';

/** Which family a column belongs to, and by what it was recognised: in words, for whoever wonders. */
export interface Detected {
  family: string;
  by: string;
}

/** Who the page says that it belongs to, by the metas of the national standard; null where it does not. */
export interface Site {
  name: string | null;
  /** Six digits. */
  code: string | null;
}

export function siteOf(html: string): Site {
  guardDepth(html);
  const $ = load(html);
  const meta = (name: string) => $(`meta[name="${name}" i]`).first().attr('content')?.trim() || null;
  return { name: meta('SiteName'), code: /^\d{6}/.exec(meta('SiteIDCode') ?? '')?.[0] ?? null };
}

/** Nothing was recognised, but the page leads to lists of its own, by whose pages something may be. */
export interface Leads {
  leads: string[];
}

/** What only one system writes: into the address of a column, or into its page, which then holds no rows a reader of pages sees. */
const marks: { family: string; by: string; address?: RegExp; page?: RegExp }[] = [
  { family: 'gkmlpt', by: 'the address is that of its catalogue', address: /\/gkmlpt\// },
  { family: 'gkmlpt', by: '_CONFIG with a TREE', page: /\bSID["']?\s*:[^<>]{0,2000}\bTREE["']?\s*:\s*\[/ },
  { family: 'openness', by: 'the address of its register', address: /\/openness[A-Z]\w*\/|\/\w*AnnualReports?\//i },
  { family: 'xxgk-annual', by: 'the address of its module', address: /\/xxgkAnnualReport\.jsp/ },
  { family: 'xxgk', by: 'the address of its directory', address: /\/module\/xxgk\/search\.jsp/ },
  { family: 'trs-search', by: 'the address of a search', address: /\/was\d{0,2}\/web\/search\?|\/govsearch\/jsonp\// },
  { family: 'public-column', by: 'the address /public/column/', address: /\/public\/column\/\d/ },
  { family: 'ucap-channel', by: 'the address of its interface', page: /\/getFileListByCodeId\b/ },
  { family: 'jpage', by: '<datastore>', page: /<datastore\b/i },
  { family: 'jpaas', by: 'querydata', page: /\bquerydata\s*=\s*["']\s*\{/i },
  { family: 'public-column', by: 'a label of the site', page: /\/site\/label\/\d/ },
];

/** The same, where the page has no rows besides: sites name some of it in the frame of every page. */
const lastMarks: typeof marks = [
  { family: 'xxgk-annual', by: 'addresses of its module', page: /\/xxgkAnnualReport\.jsp\?[^"'<>\s]{0,200}\barea=/ },
  { family: 'xxgk', by: 'the address of its directory', page: /\/module\/xxgk\/search\.jsp|\bvc_xxgkarea\b/ },
  { family: 'trs-search', by: 'the address of a search', page: /\/was\d{0,2}\/web\/search\?\w|\/govsearch\/jsonp\// },
  { family: 'ucap-channel', by: 'channelId', page: /\bchannelId\s*[:=]\s*["'][0-9a-f]{32}["']/i },
  { family: 'ucap', by: "createPageHTML('…', pages, …)", page: /\bcreatePageHTML\s*\(\s*["']/ },
  { family: 'trs', by: 'createPageHTML(pages, …)', page: /\bcreatePageHTML\s*\(\s*\d|\bvar\s+countPage\s*=/ },
  { family: 'vsb', by: 'p_pages', page: /class\s*=\s*["']p_pages\b|\b_vsb_content\b/ },
];

/** Where nothing is recognised. */
export const UNKNOWN: Detected = { family: 'plain', by: 'no system was recognised' };

/** So many lists are looked into at most. */
export const MAX_LEADS = 3;

/**
 * Detects the family of a column from its page and its address alone: by what only one system writes, else by the
 * addresses of what is listed, those under titles of reports before all others.
 * @throws UnexpectedPage for a page that nests too deeply
 */
export function detectFamily(html: string, url: string): Detected | Leads {
  guardDepth(html);
  const anchors = anchorsOf(html, url);
  return (
    byMarks(marks, html, url) ??
    byRows(anchors) ??
    byMarks(lastMarks.filter(mayList(anchors)), html, url) ??
    leadsAmong(anchors, new URL(url))
  );
}

interface Anchor {
  to: URL;
  titles: string[];
}

function anchorsOf(html: string, base: string): Anchor[] {
  const $ = load(html);
  return $('a[href]')
    .toArray()
    .flatMap((anchor) => {
      const { href = '', title = '' } = anchor.attribs;
      if (!URL.canParse(href, base)) return [];
      return [{ to: new URL(href, base), titles: [title, $(anchor).text()].map((text) => text.trim()) }];
    });
}

function leadsAmong(anchors: Anchor[], page: URL): Detected | Leads {
  const columns = plain.listing.how === 'pages' ? plain.listing.rows.columns : undefined;
  const leads =
    columns === undefined
      ? []
      : columnsIn(
          anchors.map(({ to }) => to),
          page,
          columns,
        );
  return leads.length > 0 ? { leads: leads.slice(0, MAX_LEADS) } : UNKNOWN;
}

/** A pager is borrowed from one system by another: a family of static lists needs an article of its own besides. */
const mayList =
  (anchors: Anchor[]) =>
  ({ family }: { family: string }): boolean => {
    const listing = listed.find(({ id }) => id === family)?.listing;
    return listing?.how !== 'pages' || anchors.some(({ to }) => listing.rows.address.test(to.pathname + to.search));
  };

function byMarks(table: typeof marks, html: string, url: string): Detected | null {
  const found = table.find(({ address, page }) => address?.test(url) ?? page?.test(html));
  return found ? { family: found.family, by: found.by } : null;
}

/** The family whose articles most of the listed addresses are like; of several the one that names its addresses most closely. */
function byRows(anchors: Anchor[]): Detected | null {
  const reports = anchors.filter(({ titles }) => titles.some((title) => judgeTitle(title).kind !== 'other'));
  const rows = reports.length > 0 ? reports : anchors.filter(({ titles }) => titles.some(isLong));
  return mostLike(rows.map(({ to }) => to.pathname + to.search));
}

/** Navigation is short, titles are not. */
const isLong = (title: string): boolean => title.length > 10;

function mostLike(paths: string[]): Detected | null {
  const counts = listed.flatMap(({ id, listing }) => {
    if (id === plain.id || listing.how !== 'pages') return [];
    const like = paths.filter((path) => listing.rows.address.test(path));
    return like.length * 2 > paths.length ? [{ family: id, like }] : [];
  });
  const most = Math.max(...counts.map(({ like }) => like.length));
  const best = counts.find(({ like }) => like.length === most);
  return best === undefined ? null : { family: best.family, by: `articles at ${shapeOf(best.like[0] ?? '')}` };
}

/** An address with its numbers and ids taken out. */
const shapeOf = (path: string): string =>
  path
    .slice(0, 200)
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{24,}/gi, 'H')
    .replace(/\d+/g, 'N');
