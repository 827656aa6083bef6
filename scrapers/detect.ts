import { load } from 'cheerio';
import { MAX_LEADS, UNKNOWN, type Detected } from './detected.ts';
import { mayBeReport } from './judged.ts';
import { listed } from './families/index.ts';
import { anyList, plain } from './families/plain.ts';
import { guardDepth, readRows } from './rows.ts';

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
  { family: 'ilist', by: 'the address iList.jsp', address: /\/info\/iList\.jsp\?(?!(?:.{0,200}&)?info_id=)/i },
  { family: 'public-column', by: 'the address /public/column/', address: /\/public\/column\/\d/ },
  { family: 'ucap-channel', by: 'the address of its interface', page: /\/getFileListByCodeId\b/ },
  { family: 'jpage', by: '<datastore>', page: /<datastore\b/i },
  { family: 'jpaas', by: 'querydata', page: /\bquerydata\s*=\s*["']\s*\{/i },
  { family: 'public-column', by: 'a label of the site', page: /\/site\/label\/\d/ },
  { family: 'xxgk-annual', by: 'addresses of its module', page: /\/xxgkAnnualReport\.jsp\?[^"'<>\s]{0,200}\barea=/ },
];

/** The same, where the page itself lists no report: sites name some of it in the frame of every page. */
const lastMarks: typeof marks = [
  { family: 'xxgk', by: 'the address of its directory', page: /\/module\/xxgk\/search\.jsp|\bvc_xxgkarea\b/ },
  { family: 'trs-search', by: 'the address of a search', page: /\/was\d{0,2}\/web\/search\?\w|\/govsearch\/jsonp\// },
  { family: 'irs', by: 'the address of its search', page: /\/irs\/front\/list\b/ },
  { family: 'ucap-channel', by: 'channelId', page: /\bchannelId\s*[:=]\s*["'][0-9a-f]{32}["']/i },
  { family: 'ucap', by: "the name of its template's pages", address: /\/xxgk_lists?\.shtml$/ },
  { family: 'ucap', by: "createPageHTML('…', pages, …)", page: /\bcreatePageHTML\s*\(\s*["']/ },
  { family: 'trs', by: 'createPageHTML(pages, …)', page: /\bcreatePageHTML\s*\(\s*\d|\bvar\s+countPage\s*=/ },
  { family: 'vsb', by: 'p_pages', page: /class\s*=\s*["']p_pages\b|\b_vsb_content\b/ },
];

/**
 * Detects the family of a column from its page and its address alone: by what only one system writes, else by the
 * addresses of what is listed, those under titles of reports before all others. Several are given where a page shows
 * several, the surest first: part of it may be another system's, or no list.
 * @throws UnexpectedPage for a page that nests too deeply
 */
export function detectFamily(html: string, url: string): Detected[] | Leads {
  const { rows, columns } = readRows(html, url, anyList.rows);
  const reports = rows.filter(({ title }) => mayBeReport(title));
  const recognised = [
    ...byMarks(marks, html, url),
    ...byRows(reports.length > 0 ? reports : rows),
    ...(reports.length > 0 ? [] : byMarks(lastMarks.filter(mayList(rows)), html, url)),
  ];
  const once = recognised.filter((one, i) => recognised.findIndex(({ family }) => family === one.family) === i);
  if (once.length > 0) return once;
  return reports.length === 0 && columns.length > 0 ? { leads: columns.slice(0, MAX_LEADS) } : [UNKNOWN];
}

/** A pager is borrowed from one system by another: a family of static lists needs an article of its own besides. */
const mayList =
  (rows: { href: string }[]) =>
  ({ family, address }: (typeof marks)[number]): boolean => {
    if (address) return true;
    const listing = listed.find(({ id }) => id === family)?.listing;
    return listing?.how !== 'pages' || rows.some(({ href }) => listing.rows.address.test(pathIn(href)));
  };

const byMarks = (table: typeof marks, html: string, url: string): Detected[] =>
  table.filter(({ address, page }) => address?.test(url) ?? page?.test(html)).map(({ family, by }) => ({ family, by }));

/** The family whose articles most of the addresses are like; of several the one that names its addresses most closely. */
function byRows(rows: { href: string }[]): Detected[] {
  return mostLike(rows.map(({ href }) => pathIn(href)));
}

const pathIn = (address: string): string => address.replace(/^[^/]*\/\/[^/]*/, '');

function mostLike(paths: string[]): Detected[] {
  const counts = listed.flatMap(({ id, listing }) => {
    if (id === plain.id || listing.how !== 'pages') return [];
    const like = paths.filter((path) => listing.rows.address.test(path));
    return like.length * 2 > paths.length ? [{ family: id, like }] : [];
  });
  const most = Math.max(...counts.map(({ like }) => like.length));
  const best = counts.find(({ like }) => like.length === most);
  return best === undefined ? [] : [{ family: best.family, by: `articles at ${shapeOf(best.like[0] ?? '')}` }];
}

/** An address with its numbers and ids taken out. */
const shapeOf = (path: string): string =>
  path
    .slice(0, 200)
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{24,}/gi, 'H')
    .replace(/\d+/g, 'N');
