import type { Pager } from './pager.ts';
import type { Resolve } from './written.ts';

type Told = Pick<Pager, 'pages' | 'rows' | 'numbered'>;
type AddressOf = (name: string) => string | null;

/** No list has more pages that a call of a script counts; one that says so is not believed. */
const MAX_PAGES = 1000;

/**
 * What scripts of a page are given to make its pager from. `addressOf` makes an address of a name beside the page, and
 * `ending` is how names there end.
 */
export function pagerOfScripts(scripts: string, page: URL, addressOf: AddressOf, ending: string): Told {
  const code = withoutComments(scripts);
  const call = callIn(code) ?? variablesIn(code, page, ending);
  const rows = numberAfter(code, ROWS) ?? (PAGES_AT_ALL.test(code) ? numberAfter(code, TOTAL) : null);
  if (call === null) return { pages: numberAfter(code, PAGES), rows, numbered: [] };
  return { ...seriesOf(call, page, addressOf), rows: call.rows ?? rows };
}

/**
 * A list whose first page is `prefix.suffix` and whose others are `prefix_N.suffix`, where N is what the script counts as
 * the current page: from 0 or from 1.
 */
interface Series {
  pages: number;
  current: number;
  from: 0 | 1;
  prefix: string;
  suffix: string;
  rows: number | null;
}

/**
 * `createPageHTML` has two orders: (pages, current from 0, prefix, suffix) of TRS, whose second page is `_1`, and (element,
 * pages, current from 1, prefix, suffix, rows) of UCAP, whose second page is `_2`.
 */
function callIn(code: string): Series | null {
  for (const [, written = ''] of code.matchAll(/createPageHTML\s*\(([^()]{0,400})\)/gi)) {
    const given = written.split(',').map((argument) => argument.replace(/['"\s]/g, ''));
    const isTrs = isNumber(given[0]);
    const [pages, current, prefix, suffix, rows] = isTrs ? given : given.slice(1);
    if (!isNumber(pages) || !isNumber(current) || !prefix || !suffix || Number(pages) > MAX_PAGES) continue;
    return {
      pages: Number(pages),
      current: Number(current),
      from: isTrs ? 0 : 1,
      prefix,
      suffix: suffix.replace(/^\./, ''),
      rows: !isTrs && isNumber(rows) ? Number(rows) : null,
    };
  }
  return null;
}

/** TRS without the call: variables that the page, or a script beside it, makes the pager from. */
function variablesIn(code: string, page: URL, ending: string): Series | null {
  const pages = numberAfter(code, /\bcountPage\s*=\s*["']?(\d{1,4})\b/);
  const current = numberAfter(code, /\bcurrentPage\s*=\s*["']?(\d{1,4})\b/);
  if (pages === null || current === null || pages > MAX_PAGES) return null;
  const own = /^(.*?)(?:_\d+)?\.(s?html?)$/i.exec(page.pathname.split('/').at(-1) ?? '');
  const [, prefix, suffix] =
    /["'\\]([\w-]{1,40})\\?["']\s*\+\s*\\?["']_[\s\S]{0,80}?["'.]\s*(s?html?)\b/i.exec(code) ?? [];
  return {
    pages,
    current,
    from: 0,
    prefix: prefix ?? own?.[1] ?? 'index',
    suffix: suffix ?? own?.[2] ?? ending,
    rows: null,
  };
}

function seriesOf(
  { pages, current, from, prefix, suffix }: Series,
  page: URL,
  addressOf: AddressOf,
): Omit<Told, 'rows'> {
  // What the first page calls itself is the number that the others go on from, whichever system the call is of.
  const isFirst = !/_\d+\.[a-z]+$/i.test(page.pathname);
  const base = isFirst && current <= 1 ? current : from;
  const numbered = Array.from({ length: pages }, (_, index) => index + 1).flatMap((number) => {
    const url = addressOf(number === 1 ? `${prefix}.${suffix}` : `${prefix}_${base + number - 1}.${suffix}`);
    return url === null ? [] : [{ number, url }];
  });
  return { pages: Math.max(1, pages), numbered };
}

/**
 * Hebei's lists are blocks of a template, which a script of the page asks for by their number: the address of page
 * `{number}`; null where there is none.
 */
export function blockIn(texts: string[], resolve: Resolve): string | null {
  const block = texts.map((text) => BLOCK.exec(text)?.[0]).find((found) => found !== undefined);
  const url = block === undefined ? null : resolve(block);
  return url && `${url.href}?page={number}&fix=0`;
}
const BLOCK = /\/columns\/[0-9a-f-]{36}\/templates\/[0-9a-f-]{36}\/blocks\/[0-9a-f-]{36}/i;

/** By parts: a pattern over both marks takes a time that is quadratic in openings without an end. */
const withoutComments = (scripts: string): string =>
  scripts
    .split('/*')
    .map((part, index) => (index === 0 ? part : (part.split('*/')[1] ?? '')))
    .join(' ')
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('//'))
    .join('\n');

const isNumber = (text: string | undefined): text is string => text !== undefined && /^\d{1,6}$/.test(text);

const PAGES =
  /\b(?:countPage|pageCount|pageTotal|totalPages?|totalPageCount|allPages?)["']?\s*[:=]\s*["']?(\d{1,4})\b/i;
const ROWS =
  /\b(?:totalRecords?|recordCount|totalCount|totalRows?|totalNum|rowCount|dataCount)["']?\s*[:=]\s*["']?(\d{1,6})\b/i;
/** Words that could count anything, believed beside those of pages. */
const TOTAL = /\b(?:total|count)["']?\s*[:=]\s*["']?(\d{1,6})\b/i;
const PAGES_AT_ALL = /laypage|pagination|paging|pageSize|perPage|pageNo|pageNum|pageIndex/i;

function numberAfter(code: string, pattern: RegExp): number | null {
  const digits = pattern.exec(code)?.[1];
  return digits === undefined ? null : Number(digits);
}
