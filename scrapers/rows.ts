import { load } from 'cheerio';
import type { AnyNode, Element } from 'domhandler';
import { isFileAddress } from '../transforms/printed/file-types.ts';
import { articleOn, columnsIn, isReport } from './columns.ts';
import { UnexpectedPage } from './errors.ts';
import type { Rows } from './family.ts';

interface ListRow {
  href: string;
  title: string;
  date: string | null;
  id: string | null;
}

export interface ListPage {
  rows: ListRow[];
  /** Anchors that run a script instead of leading anywhere. */
  scripted: number;
  /** Address of the next page as written, if the page names one. */
  next: string | null;
  hasScripts: boolean;
  /** Addresses of further lists that the page leads to. */
  columns: string[];
  /** The title of the page where it is no list but an article. */
  article: string | null;
}

const NEXT = /^[\s[【(（]*(?:下一页|下一頁|下页|下頁|后一页|next(?: page)?|[>›»]{1,2})[\s\])】）>›»]*$/i;
/** Rows are shallow; further out stand the dates of the page itself. */
const MAX_CLIMB = 4;

/** Characters of a row: an element with more holds many, and would be searched for each of its anchors. */
const MAX_ROW = 2000;

/** Far beyond what any page nests or forgets to close. */
const MAX_OPEN = 5000;

/**
 * Reads the anchors of one page of a list.
 * @throws UnexpectedPage for a page that nests too deeply
 */
export function readRows(html: string, base: string, family: Rows): ListPage {
  guardDepth(html);
  const $ = load(html);
  const from = $('base[href]').attr('href');
  const page = from && URL.canParse(from, base) ? new URL(from, base).href : base;
  const anchors = $('a[href]').toArray();
  const found = anchors.flatMap((anchor) => {
    const href = anchor.attribs['href']?.trim() ?? '';
    const url = URL.canParse(href, page) ? new URL(href, page) : null;
    if (!url || !/^https?:$/.test(url.protocol)) return [];
    const path = url.pathname + url.search;
    const article = family.address.exec(path);
    if (!article && !(family.files.test(path) && isFileAddress(path))) return [];
    return [{ anchor, href: url.href, id: article?.groups?.['id'] ?? null }];
  });
  // For every element around articles: the one article it holds, or null where it holds several.
  const held = new Map<AnyNode, string | null>();
  for (const { anchor, href } of found)
    for (const element of around(anchor))
      held.set(element, !held.has(element) || held.get(element) === href ? href : null);
  const texts = new Map<AnyNode, string>();
  const rows = found.flatMap(({ anchor, href, id }) => {
    const printed = withoutDate(oneLine($(anchor).text()));
    const title = titleOf(printed, withoutDate(oneLine(anchor.attribs['title'] ?? '')));
    const date = dateBeside(anchor, href, printed);
    if (family.only === 'dated' && date === null && !/(?:19|20)\d\d|二[〇○零]/.test(title)) return [];
    return title ? [{ href, title, date, id }] : [];
  });
  const next = anchors.find((anchor) => NEXT.test($(anchor).text()) || anchor.attribs['rel'] === 'next');
  const listed = new Set(found.map(({ href }) => href));
  const others = anchors.flatMap((anchor) => {
    const href = anchor.attribs['href']?.trim() ?? '';
    const url = URL.canParse(href, page) ? new URL(href, page) : null;
    return url && !listed.has(url.href) ? [url] : [];
  });
  return {
    rows,
    columns: family.columns ? columnsIn(others, new URL(page), family.columns) : [],
    article: rows.some(({ title }) => isReport(title)) ? null : articleOn($),
    scripted: anchors.filter((anchor) => /^\s*javascript:/i.test(anchor.attribs['href'] ?? '')).length,
    next: next?.attribs['href'] ?? null,
    hasScripts: $('script').length > 0,
  };

  /** The date nearest to the anchor, as long as nothing else is listed there. */
  function dateBeside(anchor: Element, href: string, printed: string): string | null {
    for (const element of [anchor, ...around(anchor)]) {
      if (element !== anchor && held.get(element) !== href) return null;
      const text = textOf(element);
      if (text.length > MAX_ROW) return null;
      const date = dateIn(text.replace(printed, ' '));
      if (date !== null) return date;
    }
    return null;
  }

  /** Taken once: many anchors may stand in one element. */
  function textOf(element: AnyNode): string {
    const text = texts.get(element) ?? oneLine($(element).text());
    texts.set(element, text);
    return text;
  }
}

/** Parsing takes time quadratic in depth: elements that are opened and never closed are counted before it. */
export function guardDepth(html: string): void {
  const open = new Map<string, number>();
  let all = 0;
  for (const [, close, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    const tag = name.toLowerCase();
    const count = open.get(tag) ?? 0;
    if (IMPLIED_END.has(tag) || (close && count === 0)) continue;
    open.set(tag, count + (close ? -1 : 1));
    all += close ? -1 : 1;
    if (all > MAX_OPEN) throw new UnexpectedPage(`the page nests more than ${MAX_OPEN} elements`);
  }
}

/** Elements without an end tag, or whose end tag may be left out. */
const IMPLIED_END = new Set(
  'area base br col embed hr img input link meta param source track wbr p li td th tr dd dt option tbody thead tfoot'.split(
    ' ',
  ),
);

/** The elements around an anchor that can be its row, nearest first. */
function around(anchor: Element): AnyNode[] {
  const elements: AnyNode[] = [];
  for (let parent = anchor.parent; parent && elements.length < MAX_CLIMB; parent = parent.parent) {
    if (parent.type !== 'tag' || parent.name === 'body') break;
    elements.push(parent);
  }
  return elements;
}

/** Lists cut long titles and print the whole in the attribute; some put a call to action there. */
function titleOf(printed: string, whole: string): string {
  const start = printed.replace(/(?<!\.)\.{2,}$|(?<!…)…+$/, '');
  return !printed || (start !== '' && whole.startsWith(start)) ? whole || printed : printed;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Some lists print the date inside of the anchor, before or after the title. */
function withoutDate(text: string): string {
  const date = String.raw`[[(（【]?\s*(?:19|20)\d\d(?:-|\/|\.|年)\d{1,2}(?:-|\/|\.|月)\d{1,2}日?(?:\s+\d\d?:\d\d(?::\d\d)?)?\s*[\])）】]?`;
  return text.replace(new RegExp(`^${date}\\s+|\\s*${date}$`, 'g'), '').trim();
}

/** The first calendar date in a text, as YYYY-MM-DD. */
export function dateIn(text: string): string | null {
  for (const [, year = '', month = '', day = ''] of text.matchAll(
    /(?<!\d)((?:19|20)\d\d)\s*(?:-|\/|\.|年)\s*(\d{1,2})\s*(?:-|\/|\.|月)\s*(\d{1,2})(?!\d)/g,
  )) {
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const time = Date.parse(`${date}T00:00:00Z`);
    if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(date)) return date;
  }
  return null;
}
