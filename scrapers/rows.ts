import { load, type CheerioAPI } from 'cheerio';
import { isTag, type AnyNode, type Element } from 'domhandler';
import type { Encoding } from '../transforms/characters/decode.ts';
import { isFileAddress } from '../transforms/printed/file-types.ts';
import { articleOn, columnsIn, namedInScripts } from './columns.ts';
import { mayBeReport } from './judged.ts';
import { UnexpectedPage } from './errors.ts';
import type { Rows } from './family.ts';
import { pathOf } from './links.ts';
import { leadsTo, readPager, type Pager } from './pager.ts';
import { standsAmong } from './siblings.ts';
import { elementsIn, nodesIn, visibleText } from './visible.ts';
import { addressesOn, type Resolve } from './written.ts';

interface ListRow {
  href: string;
  /** Its address is one of the family's. */
  fits: boolean;
  title: string;
  date: string | null;
  id: string | null;
}

export interface ListPage {
  rows: ListRow[];
  /** Titles of reports whose rows lead to no address. */
  astray: string[];
  /** Anchors that run a script instead of leading anywhere. */
  scripted: number;
  pager: Pager;
  hasScripts: boolean;
  /** Addresses of further lists that the page leads to. */
  columns: string[];
  /** Addresses of what the page shows in itself, or in its own place: frames, and where it sends a reader at once. */
  inside: string[];
  /** The title of the page where it says more than lists do. */
  article: string | null;
}

/** Rows are shallow; further out stand the dates of the page itself. */
const MAX_CLIMB = 4;

/** Characters of a row: an element with more holds many, and would be searched for each of its anchors. */
const MAX_ROW = 2000;

/** Far beyond what any page nests or forgets to close. */
const MAX_OPEN = 5000;

/**
 * Reads the rows of one page of a list, and what it says of the other pages. A row is an anchor to an address of the
 * family, or, wherever it leads, one under the title of a report: systems change their addresses, and titles stay.
 * @throws UnexpectedPage for a page that nests too deeply
 */
export function readRows(html: string, page: string, family: Rows, used: Encoding['used'] = 'utf-8'): ListPage {
  guardDepth(html);
  const $ = load(html);
  const resolve = addressesOn(page, $('base[href]').attr('href'), used);
  const anchors = $('a')
    .toArray()
    .map((anchor) => {
      const { url } = leadsTo(anchor, resolve);
      const path = url ? pathOf(url) : '';
      const article = family.address.exec(path);
      return { anchor, url, article, fits: article !== null || (family.files.test(path) && isFileAddress(path)) };
    });
  const others = anchors.flatMap(({ url, fits }) => (url && !fits ? [url] : []));
  const texts = new Map<AnyNode, string>();
  const columns = new Set(
    family.columns
      ? [...columnsIn(others, new URL(page), family.columns), ...yearsOf($, anchors, new URL(page), resolve)]
      : [],
  );
  const titled = anchors.map((row) => {
    const printed = withoutDate(oneLine($(row.anchor).text()));
    const own = titleOf(printed, withoutDate(oneLine(row.anchor.attribs['title'] ?? '')));
    return { ...row, printed, title: ACTION.test(own) ? (titleBeside(row.anchor) ?? own) : own };
  });
  // Where addresses tell articles and navigation not apart, the rows beside reports are rows, whatever they lead to.
  const isAmong = family.only === 'dated' ? standsAmong($, anchorsOfReports()) : () => false;
  const found = titled.flatMap(({ anchor, url, printed, title, article, ...row }) => {
    const fits = row.fits || (isAmong(anchor) && !TURNS.test(title));
    if (!title || columns.has(url?.href ?? '')) return [];
    if (!fits && (!mayBeReport(title) || url?.href === page)) return [];
    return [{ anchor, printed, title, fits, href: url?.href ?? null, id: article?.groups?.['id'] ?? null }];
  });
  // For every element around articles: the one article it holds, or null where it holds several.
  const held = new Map<AnyNode, string | null>();
  for (const { anchor, href, title } of found)
    for (const element of around(anchor))
      held.set(element, !held.has(element) || held.get(element) === (href ?? title) ? (href ?? title) : null);
  const listed = found.flatMap(({ anchor, printed, title, fits, href, id }) => {
    const beside = textsBeside(anchor, href ?? title, printed);
    const date = firstOf(beside, dateIn);
    const isDated = date !== null || YEAR.test(title);
    const isListed = fits ? family.only === 'all' || isDated || isAmong(anchor) : isDated;
    return isListed || (mayBeReport(title) && beside.some((text) => HALF_DATE.test(text)))
      ? [{ href, fits, title, date, id }]
      : [];
  });
  const all = [...listed, ...withoutAnchor()];
  const rows = all.flatMap(({ href, ...row }) => (href === null ? [] : [{ href, ...row }]));
  if (family.columns && all.length + columns.size === 0)
    columnsIn(namedInScripts($, resolve), new URL(page), family.columns).forEach((column) => columns.add(column));
  const titles = new Set(rows.map(({ title }) => title));
  // Of a row, what only does something, as printing it, is no row.
  const unled = all.filter(({ href, title }) => href === null && mayBeReport(title)).map(({ title }) => title);
  return {
    rows,
    astray: [...new Set(unled)].filter((title) => !titles.has(title)),
    columns: [...columns],
    inside: insideOf($, resolve),
    article: articleOn($),
    scripted: anchors.filter(({ anchor }) => /^\s*javascript:/i.test(anchor.attribs['href'] ?? '')).length,
    pager: readPager($, new URL(page), resolve),
    hasScripts: $('script').length > 0,
  };

  function anchorsOfReports(): Element[] {
    return titled
      .filter(({ title, url }) => mayBeReport(title) && !columns.has(url?.href ?? ''))
      .map(({ anchor }) => anchor);
  }

  /** The title of a row whose anchor only says what it does: the one of a report, else the longest of its texts. */
  function titleBeside(anchor: Element): string | null {
    const row = $(anchor).closest('tr, li, dl');
    if (row.length === 0 || textOf(row[0]!).length > MAX_TITLED_ROW) return null;
    const texts = elementsIn(row[0]!, MAX_IN_ROW)
      .filter((element) => element.name !== 'a' && !element.children.some(isTag))
      .map((element) => withoutDate(textOf(element)))
      .filter((text) => !ACTION.test(text));
    return texts.find(mayBeReport) ?? texts.toSorted((a, b) => b.length - a.length)[0] ?? null;
  }

  /** What stands beside the title, nearest first, as long as nothing else is listed there. */
  function textsBeside(anchor: Element, key: string, printed: string): string[] {
    const beside: string[] = [];
    for (const element of [anchor, ...around(anchor)]) {
      if (element !== anchor && held.get(element) !== key) break;
      const text = textOf(element);
      if (text.length > MAX_ROW) break;
      beside.push(text.replace(printed, ' '));
    }
    return beside;
  }

  /** Dated rows under the title of a report that hold no anchor at all: scripts make them lead somewhere, by an address of theirs or not. */
  function withoutAnchor(): (Omit<ListRow, 'href'> & { href: string | null })[] {
    return $('li, tr, dd')
      .toArray()
      .flatMap((element) => {
        const inside = nodesIn(element, MAX_IN_ROW);
        const text = visibleText(element, MAX_TITLED_ROW);
        const date = dateIn(text);
        const isDated = (date ?? HALF_DATE.exec(text)) !== null;
        if (!isDated || text.length > MAX_TITLED_ROW || inside.length === MAX_IN_ROW) return [];
        const elements = inside.filter(isTag);
        if (elements.some((at) => at !== element && /^(?:a|li|tr|dd)$/.test(at.name))) return [];
        const title = elements.map((at) => withoutDate(visibleText(at, MAX_TITLED_ROW))).find(mayBeReport);
        if (title === undefined) return [];
        const { url } = leadsTo(elements.find(({ attribs }) => 'onclick' in attribs) ?? element, resolve);
        const article = family.address.exec(url ? pathOf(url) : '');
        const id = article?.groups?.['id'] ?? null;
        return [{ href: url?.href ?? null, fits: article !== null, title, date, id }];
      });
  }

  /** Taken once: many anchors may stand in one element. */
  function textOf(element: AnyNode): string {
    const text = texts.get(element) ?? oneLine($(element).text());
    texts.set(element, text);
    return text;
  }
}

/** Tabs of years, and what leads to those before: the page itself, asked for another, or an address below it. */
function yearsOf(
  $: CheerioAPI,
  anchors: { anchor: Element; url: URL | null }[],
  page: URL,
  resolve: Resolve,
): string[] {
  const folder = page.pathname.replace(/[^/]*$/, '');
  const tabs = anchors.map(({ anchor, url }) => ({ label: visibleText(anchor, 20), url }));
  const choices = $('select option')
    .toArray()
    .slice(0, MAX_CHOICES)
    .map((option) => ({ label: visibleText(option, 20), url: chosen(option) }));
  return [...tabs, ...choices].flatMap(({ label, url }) => {
    const [, year] = YEAR_TAB.exec(label) ?? [];
    if (url?.host !== page.host || (year === undefined && !EARLIER.test(label))) return [];
    const isAsked = url.pathname === page.pathname && url.search !== page.search;
    const isBelow = url.pathname.startsWith(folder) && url.pathname !== page.pathname;
    return isAsked || (isBelow && (year === undefined || url.pathname.includes(year))) ? [url.href] : [];
  });

  /** An address, or what a form asks with it. */
  function chosen(option: Element): URL | null {
    const value = option.attribs['value'] ?? '';
    if (/[/?.]/.test(value)) return resolve(value);
    const form = $(option).closest('form');
    const name = $(option).closest('select').attr('name');
    if (value === '' || name === undefined || form.length === 0 || /post/i.test(form.attr('method') ?? '')) return null;
    const url = resolve(form.attr('action') ?? page.pathname);
    if (url) url.search = new URLSearchParams({ [name]: value }).toString();
    return url;
  }
}
const YEAR_TAB = /^((?:19|20)\d\d)(?:年度?)?$/;
const EARLIER = /^(?:往年|历年|以往|以前年度)(?:年报|年度报告|报告)?[>»]{0,2}$/;
const MAX_CHOICES = 200;

function insideOf($: CheerioAPI, resolve: Resolve): string[] {
  const frames = $('frame[src], iframe[src]')
    .toArray()
    .map(({ attribs }) => attribs['src'] ?? '');
  const sent = $('meta[http-equiv="refresh" i]').attr('content') ?? '';
  const to = /^[\d.\s]{0,10}[;,]\s{0,10}url\s{0,10}=\s{0,10}['"]?([^'"\s]{1,300})/i.exec(sent)?.[1];
  return [...(to === undefined ? [] : [to]), ...frames].slice(0, MAX_INSIDE).flatMap((at) => resolve(at)?.href ?? []);
}
const MAX_INSIDE = 5;

/** What turns the pages of a list. */
export const TURNS = /^(?:\d{1,4}|首页|尾页|末页|[上前下后]一?页|[<>«»‹›]+)$/;

const ACTION =
  /^[[【（(]?(?:点击|在线|附件|正文|全文)?(?:查看|浏览|阅读|详情|查阅|详细|预览|下载|打开|进入)(?:全文|正文|详情|附件|更多|原文)?[\]】）)>»]*$/;

/** A row without an anchor is a title and a date and hardly more. */
const MAX_TITLED_ROW = 300;
const MAX_IN_ROW = 100;

const YEAR = /(?:19|20)\d\d|二[〇○零]/;
/** Beside a title, where the list prints no year. */
const HALF_DATE = /(?<![-\d/.])\d{1,2}[-/.月]\d{1,2}日?(?![-\d/.])|[昨今前]天|\d{1,2}\s?(?:天|小时|分钟)前/;

function firstOf<T>(texts: string[], find: (text: string) => T | null): T | null {
  for (const text of texts) {
    const found = find(text);
    if (found !== null) return found;
  }
  return null;
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
