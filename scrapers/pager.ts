import type { CheerioAPI } from 'cheerio';
import { isTag, isText, type Element } from 'domhandler';
import { addressKey, ROUTE } from './links.ts';
import { blockIn, pagerOfScripts } from './pager-scripts.ts';
import { elementsIn, visibleText } from './visible.ts';
import type { Resolve } from './written.ts';

/** What one page of a list says of the others; all addresses are absolute. */
export interface Pager {
  /** How many pages and rows the whole list has, as printed or given to a script; null where nothing says it. */
  pages: number | null;
  rows: number | null;
  /** Where the control that says 下一页 leads; null where there is none, or it leads nowhere. */
  next: string | null;
  /** Other pages, where the pager names them by their numbers: these are not assumed, as some systems count down. */
  numbered: { number: number; url: string }[];
  /** Where a script of the page asks for any page, whose number stands for `{number}`. */
  asks: string | null;
  /** A control for further pages that runs a script or sends a form, as it is written. */
  scripted: string | null;
}

/** Far beyond what any pager says, and what of a page is looked at to find one. */
const MAX_TEXT = 2000;
const MAX_NUMBER = 9999;
const MAX_CLIMB = 6;
const MAX_CONTROLS = 1000;

/** Reads the pager of a page in whatever form: text, links, numbers, pictures, scripts, a drop-down list. */
export function readPager($: CheerioAPI, page: URL, resolve: Resolve): Pager {
  const here = addressKey(page.href);
  const elsewhere = (url: URL | null) => (url !== null && addressKey(url.href) !== here ? url.href : null);
  const controls = [
    ...$('a, area, button, input, [onclick]').toArray(),
    ...$('div, p, li, span').toArray().filter(saysMore),
  ]
    .filter((element) => !('disabled' in element.attribs) && !/disabl/i.test(element.attribs['class'] ?? ''))
    .map((element) => ({ element, label: labelOf(element) }))
    .filter(({ element, label }) => isTurn(element, label) || numberIn(label) !== null)
    .slice(0, MAX_CONTROLS);
  const turns = controls
    .filter(({ element, label }) => isTurn(element, label))
    .map(({ element, label }) => {
      const to = leadsTo(element, resolve);
      // What a script hangs on it stands elsewhere, and at the end of a list it is gone or hidden.
      return { element, label, to: saysMore(element) && to.url === null ? { ...to, script: to.script ?? label } : to };
    })
    // A mark alone may lead anywhere: it turns pages only among what else turns pages.
    .filter(({ element, label, to }) => !MARK.test(label) || isAmongPager(element) || isBeside(to.url, page));
  const numbers = controls.flatMap(({ element, label }) => {
    const number = numberIn(label);
    const { url } = number === null ? NOWHERE : leadsTo(element, resolve);
    const address = elsewhere(url);
    const isPage = isBeside(url, page) || (address !== null && (isAmongPager(element) || isCounted(element, number)));
    return number !== null && address !== null && isPage ? [{ number, url: address }] : [];
  });
  const unled = controls.find(
    ({ element, label }) =>
      (numberIn(label) ?? 1) > 1 && isCalledPage(element) && leadsTo(element, resolve).url === null,
  );
  const choices = $('select')
    .toArray()
    .map((select) => choicesOf(select, resolve));
  const scripts = $('script')
    .toArray()
    .map((script) => $(script).text());
  const inScripts = pagerOfScripts(
    scripts.join('\n'),
    page,
    (name) => elsewhere(resolve(name)),
    endingBeside($, page, resolve) ?? 'html',
  );
  const attributes = $('[data-url], [data-src], [data-href]')
    .toArray()
    .flatMap(({ attribs }) => Object.values(attribs));
  const printed = printedTotals(visibleText($.root()[0], Infinity), pagersOf(controls.map(({ element }) => element)));
  const head = $('link[rel="next"]').attr('href');
  const next =
    turns.map(({ to }) => elsewhere(to.url)).find((url) => url !== null) ??
    (head === undefined ? null : elsewhere(resolve(head)));
  const told = attributesOf($);
  return {
    pages: printed.pages ?? inScripts.pages ?? told.pages ?? largest(choices.flatMap((choice) => choice.pages ?? [])),
    rows: printed.rows ?? inScripts.rows ?? told.rows,
    next,
    numbered: onceEach([
      ...numbers,
      ...choices.flatMap(({ numbered }) => numbered).filter(({ url }) => addressKey(url) !== here),
      ...inScripts.numbered,
    ]),
    asks: blockIn([...scripts, ...attributes], resolve),
    scripted:
      turns.map(({ to }) => to.script).find((script) => script !== null) ??
      choices.map(({ scripted }) => scripted).find((script) => script !== null) ??
      unled?.label ??
      null,
  };
}

/** What the element of a pager tells the script that draws it; a total alone may be of anything. */
function attributesOf($: CheerioAPI): Pick<Pager, 'pages' | 'rows'> {
  const told = $('[data-total], [data-pagecount], [data-page-count], [data-total-pages]')
    .toArray()
    .map(({ attribs }) => attribs)
    .find((attribs) => Object.keys(attribs).some((name) => /^data-.*page/.test(name)));
  const number = (...names: string[]) => {
    const value = names.map((name) => told?.[name]).find((one) => one !== undefined && /^\d{1,6}$/.test(one));
    return value === undefined ? null : Number(value);
  };
  return { pages: number('data-pagecount', 'data-page-count', 'data-total-pages'), rows: number('data-total') };
}

/** How most pages end that the page leads to in its own folder; null where it leads to none. */
function endingBeside($: CheerioAPI, page: URL, resolve: Resolve): string | null {
  const folder = page.href.replace(/[^/]*(?:[?#].*)?$/, '');
  const counts = new Map<string, number>();
  for (const { attribs } of $('a[href]').toArray()) {
    const url = resolve(attribs['href'] ?? '');
    const ending = url?.href.startsWith(folder) ? /\.(s?html?)$/i.exec(url.pathname)?.[1] : undefined;
    if (ending !== undefined) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

const MARK = /^[>›»→]{1,3}$/;
const MORE = /^(?:点击|點擊)?(?:加[载載]|[显顯]示)更多$/;
const NEXT = new RegExp(String.raw`^(?:下一?[页頁]|[后後]一?[页頁]|next(?:page)?)$|${MORE.source}`, 'i');

const isRelNext = ({ attribs }: Element): boolean => /\bnext\b/i.test(attribs['rel'] ?? '');

/** Brackets and arrows around the words do not change them. */
const isNext = (label: string): boolean =>
  MARK.test(label) || NEXT.test(label.replace(/[[\]【】()（）<>‹›«»→|\s]/g, ''));

const isTurn = (element: Element, label: string): boolean => isNext(label) || isRelNext(element) || saysMore(element);

/** Whatever element it is: it asks for further rows, and nothing else says so. */
const saysMore = (element: Element): boolean =>
  element.children.every(isText) &&
  !/display\s*:\s*none/i.test(element.attribs['style'] ?? '') &&
  (MORE.test(visibleText(element, 40)) || (isLoader(element) && /^(?:查看|浏览)更多$/.test(visibleText(element, 40))));

/** Words that elsewhere lead to another list. */
const isLoader = ({ name, attribs }: Element): boolean => name === 'button' || /load/i.test(attribs['class'] ?? '');

function numberIn(label: string): number | null {
  const number = /^[[【(（第\s]{0,3}(\d{1,4})[\]】)）页\s]{0,3}$/.exec(label)?.[1];
  return number === undefined || Number(number) < 1 ? null : Number(number);
}

/** Pictures and buttons say what they do in an attribute. */
function labelOf(element: Element): string {
  const text = visibleText(element, 40);
  if (text !== '') return text;
  const { title, value } = element.attribs;
  const picture = elementsIn(element, 40).find(({ name }) => name === 'img')?.attribs ?? {};
  const words = [picture['alt'], picture['title'], title, element.attribs['aria-label'], element.attribs['alt'], value];
  const said = words.find((word) => word !== undefined && word.trim() !== '')?.trim();
  const file = (picture['src'] ?? '').slice(-100).split('/').at(-1) ?? '';
  return said ?? (/(?:^|[_-])next/i.test(file) ? '>' : '');
}

const NOWHERE = { url: null, script: null };
/** A script that does nothing is what a control without a page behind it has. */
const isIdle = (script: string): boolean =>
  /^(?:javascript:)?(?:void\(?0?\)?|returnfalse|returntrue|false|null|#)?;*$/i.test(script.replace(/\s+/g, ''));

/** Where a control leads: to an address, be it the one that its script is given, or to what only that script knows. */
export function leadsTo(element: Element, resolve: Resolve): { url: URL | null; script: string | null } {
  const href = element.attribs['href']?.trim() ?? '';
  const onclick = element.attribs['onclick'] ?? onclickAround(element);
  const isPlace = href.startsWith('#') && !ROUTE.test(href);
  if (href !== '' && !isPlace && !/^[a-z]+script:/i.test(href)) return { url: resolve(href), script: null };
  const script = [onclick, href].find((code) => !isIdle(code) && !code.startsWith('#'));
  if (script === undefined) return NOWHERE;
  const address = addressIn(script);
  const url = address === null ? null : resolve(address);
  return url === null ? { url, script: script.slice(0, 100) } : { url, script: null };
}

/** Of a row or cell around it that is clicked instead. */
function onclickAround({ parent }: Element): string {
  for (let at = parent, climbed = 0; at && isTag(at) && climbed < 2; at = at.parent, climbed += 1)
    if (at.attribs['onclick'] !== undefined) return at.attribs['onclick'];
  return '';
}

/** Whether the page calls it, or what is around it, a pager: days of a calendar and dots of a slide show are numbers too. */
function isCalledPage(element: Element): boolean {
  let at: Element['parent'] = element;
  for (let climbed = 0; at && isTag(at) && climbed < 3; at = at.parent, climbed += 1) {
    const { class: called = '', id = '', ...others } = at.attribs;
    const name = `${called} ${id}`;
    if (/swiper|slide|banner|focus|carousel/i.test(name)) return false;
    if (/pag(?:e|ing|ination)/i.test(name) || Object.keys(others).some((other) => other.startsWith('data-page')))
      return true;
  }
  return false;
}

/** The one address that a script is given: what it makes the location, else a path or a name of a page. */
function addressIn(script: string): string | null {
  const location = /\blocation(?:\.href)?\s*=\s*(['"])([^'"\s]{1,300})\1\s*(?:;|$)/.exec(script.slice(0, 500))?.[2];
  if (location !== undefined) return location;
  const texts = [...script.slice(0, 500).matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, one, two]) =>
    (one ?? two ?? '').trim(),
  );
  const addresses = texts.filter((text) =>
    /^(?:https?:\/\/|\.{0,2}\/)[^\s'"]+$|^[^\s'":]+\.(?:s?html?|jspx?|aspx?|php|do|pdf|docx?|xlsx?|wps)(?:[?#][^\s'"]*)?$|^\?[^\s'"]*=/i.test(
      text,
    ),
  );
  return new Set(addresses).size === 1 ? (addresses[0] ?? null) : null;
}

/** Pages as the entries of a drop-down list: numbered from one, and not the days of a month. */
function choicesOf(select: Element, resolve: Resolve) {
  const none = { pages: null, numbered: [], scripted: null };
  // By hand: a selector compares all children of what it is asked to look into with each other.
  const options = elementsIn(select, 3 * MAX_NUMBER).filter(({ name }) => name === 'option');
  const numbers = options.map((option) => /^\D{0,3}(\d{1,4})(?!\d)/.exec(visibleText(option, 40))?.[1]);
  if (
    options.length < 2 ||
    options.length > MAX_NUMBER ||
    numbers.some((number, index) => Number(number) !== index + 1)
  )
    return none;
  const numbered = options.slice(0, MAX_CONTROLS).flatMap(({ attribs }, index) => {
    const url = /^\d*$/.test(attribs['value'] ?? '') ? null : resolve(attribs['value'] ?? '');
    return url ? [{ number: index + 1, url: url.href }] : [];
  });
  if (numbered.length === 0 && !visibleText(select.parent, MAX_TEXT).includes('页')) return none;
  return {
    pages: options.length,
    numbered,
    scripted: numbered.length > 0 ? null : `select ${select.attribs['onchange'] ?? ''}`.trim().slice(0, 100),
  };
}

/** Nothing but what pagers say: numbers, marks and these characters and words. */
const isPagerText = (text: string): boolean =>
  text.length <= MAX_TEXT &&
  /^[\d\s\p{P}\p{S}首尾末最后後第一上前下当前页頁次码碼总總数數计計合共有每显示顯条條记記录錄信息据據篇个個转轉到跳至往确確定件为為]*$/u.test(
    withDigits(text).replace(/prev(?:ious)?|next|first|last|page|total|items?|records?|of|go/gi, ''),
  );

/** The outermost element around the control that is a pager and nothing else; null where the control stands alone. */
function pagerAround(control: Element): Element | null {
  let pager: Element | null = null;
  let at = control.parent;
  for (let climbed = 0; at && isTag(at) && at.name !== 'body' && climbed < MAX_CLIMB; climbed += 1) {
    if (!isPagerText(visibleText(at, MAX_TEXT + 1))) break;
    pager = at;
    at = at.parent;
  }
  return pager;
}

/** Whether what stands around the control are page numbers or words about pages. */
function isAmongPager(control: Element): boolean {
  const pager = pagerAround(control);
  return /\d\D+\d|[页頁]/.test(pager === null ? textBeside(control) : visibleText(pager, MAX_TEXT));
}

/** Whether the number before it, or after it, stands beside the control. */
function isCounted({ prev, next }: Element, number: number | null): boolean {
  const beside = [prev, prev?.prev, next, next?.next].flatMap((at) =>
    at && isTag(at) ? numberIn(visibleText(at, 40)) : [],
  );
  return number !== null && (beside.includes(number - 1) || beside.includes(number + 1));
}

const pagersOf = (controls: Element[]): string[] => {
  const around = controls.map(pagerAround);
  return [
    ...[...new Set(around.flatMap((pager) => pager ?? []))].map((pager) => visibleText(pager, MAX_TEXT)),
    // Where rows stand in the same element, the pager is what stands beside the control.
    ...controls
      .filter((_, i) => around[i] === null)
      .slice(0, MAX_ALONE)
      .map(textBeside),
  ];
};

/** The control and what of its neighbours says nothing but what pagers say. */
function textBeside(control: Element): string {
  const texts = [visibleText(control, 40)];
  for (let at = control.prev, n = 0; at && n < MAX_BESIDE; at = at.prev, n += 1) {
    const text = visibleText(at, MAX_BESIDE);
    if (!isPagerText(text)) break;
    texts.unshift(text);
  }
  for (let at = control.next, n = 0; at && n < MAX_BESIDE; at = at.next, n += 1) {
    const text = visibleText(at, MAX_BESIDE);
    if (!isPagerText(text)) break;
    texts.push(text);
  }
  return texts.join(' ');
}
/** Characters of a neighbour, and neighbours on either side; controls so looked at. */
const MAX_BESIDE = 40;
const MAX_ALONE = 20;

/** Numbers of pages and rows that are written in words. */
const withDigits = (text: string): string =>
  text.replace(/(?<=[第共计有]\s?)[一二三四五六七八九十]{1,3}(?=\s?[页頁条條篇])/g, (words) => {
    const [tens, ones] = words.includes('十') ? words.split('十') : ['', words];
    const ten = words.includes('十') ? 10 * (NUMERALS.indexOf(tens || '一') + 1) : 0;
    return String(ten + NUMERALS.indexOf(ones || ' ') + 1);
  });
const NUMERALS = '一二三四五六七八九';

/** What a list prints of its own length, anywhere on the page or, where the words alone could mean anything, in a pager. */
function printedTotals(printed: string, beside: string[]): Pick<Pager, 'pages' | 'rows'> {
  const [text = '', ...pagers] = [printed, ...beside].map(withDigits);
  const pages = (first([text, ...pagers], OF_PAGES) ?? first(pagers, OF_PAGES_BARE))?.[2];
  return {
    pages: numberOf(pages ?? first([text], ALL_PAGES)?.[1]),
    rows: numberOf((first([text], ROWS_AND_PAGES) ?? first(pagers, ROWS) ?? first([text], ROWS_NAMED))?.[1]),
  };
}

const OF_PAGES =
  /(?:第|页次:?|当前:?)\s?(\d{1,4})\s?(?:页\s?[/,;|]\s?[共总计有]{0,2}|页\s?[共总计有]{1,2}|[/,;|]\s?[共总计有]{0,2}|[共总计有]{1,2})\s?(\d{1,4})\s?页|(?<![\d/])(\d{1,4})\s?\/\s?(\d{1,4})\s?页/;
const OF_PAGES_BARE = /(?<![\d/])(\d{1,4})\s?(?:\/|of)\s?(\d{1,4})(?![\d/])/i;
const ALL_PAGES = /(?:[共总计有]{1,2}|总页数:?|分)\s?(\d{1,4})\s?页|总页数:?\s?(\d{1,4})/;
const ROWS_AND_PAGES = /[共总计有]{1,2}:?\s?(\d{1,6})\s?[条篇个件][^\d。]{0,20}\d{1,4}\s?[/页]/;
const ROWS_NAMED =
  /(?:[共总计有]{1,2}:?\s?(\d{1,6})\s?[条篇个件]?(?:记录|信息|数据)|(?:总记录数|记录总数|总条数):?\s?(\d{1,6}))/;
const ROWS = /(?:[共总计有]{1,2}|总数|total):?\s?(\d{1,6})\s?(?:[条篇个件]|记录|items|records|$)/i;

/** The first match, without the groups of other alternatives. */
function first(texts: string[], pattern: RegExp): string[] | null {
  for (const text of texts) {
    const match = pattern.exec(text);
    if (match) return match.filter((group) => group !== undefined);
  }
  return null;
}

const numberOf = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits));

/**
 * Another page of the same list, by its address: only a number at the end of the name differs, or numbers in the query.
 * Beside `nb.htm` is `nb/4.htm`.
 */
function isBeside(url: URL | null, page: URL): boolean {
  return url !== null && url.host === page.host && stemOf(url) === stemOf(page);
}

const stemOf = ({ pathname, searchParams }: URL): string => {
  const name = pathname
    .replace(/\.[a-z]{2,5}$/i, '')
    .replace(/[-_/]?\d{1,4}$/, '')
    .replace(/\/(?:index|default)?$/i, '');
  const fixed = [...searchParams].filter(([, value]) => !/^\d*$/.test(value)).map((pair) => pair.join('='));
  return [name, ...fixed.sort()].join(' ');
};

const largest = (numbers: number[]): number | null => (numbers.length === 0 ? null : Math.max(...numbers));

/** The first address of each number. */
const onceEach = (pages: Pager['numbered']): Pager['numbered'] =>
  [...new Map(pages.toReversed().map((page) => [page.number, page])).values()].sort((a, b) => a.number - b.number);
