import type { CheerioAPI } from 'cheerio';
import { isTag, isText } from 'domhandler';
import type { Columns } from './family.ts';
import { isReport } from './judged.ts';
import { nodesIn } from './visible.ts';
import type { Resolve } from './written.ts';

/** Far more units than any district has; what a page of links to everything would still be followed for. */
const MAX_LINKS = 2000;

/** Addresses of the lists that a page of a list leads to. */
export function columnsIn(hrefs: URL[], page: URL, { root, address }: Columns): string[] {
  const start = root.exec(page.pathname + page.search)?.[0];
  if (start === undefined) return [];
  const found = hrefs.slice(0, MAX_LINKS).filter(({ host, pathname, search }) => {
    const path = pathname + search;
    const isOther = host === page.host && path !== page.pathname + page.search;
    return isOther && path.startsWith(start) && address.test(path.slice(start.length));
  });
  return [...new Set(found.map(({ origin, pathname, search }) => origin + pathname + search))];
}

/** Addresses that scripts name, of a page that has no list of its own and lets them fetch those of others. */
export function namedInScripts($: CheerioAPI, resolve: Resolve): URL[] {
  const code = $('script')
    .toArray()
    .map((script) => $(script).text())
    .join('\n');
  return [...code.matchAll(LITERAL)].slice(0, MAX_LINKS).flatMap(([, written = '']) => resolve(written) ?? []);
}
const LITERAL = /["']([\w./%-]{1,200}\.s?html?)["']/gi;

/** Han characters outside of links: of the form's lines alone there are more, beside the rows of a list hardly any. */
const MIN_PROSE = 300;

/**
 * The title of a page that stands where a list is expected and is an article, as some systems give a unit a page in place
 * of a list; null for a list, however it is called.
 */
export function articleOn($: CheerioAPI): string | null {
  const prose = nodesIn($.root()[0]!, Infinity, (at) => !isTag(at) || !LINKS_AND_CODE.has(at.name)).filter(isText);
  const han =
    prose
      .map(({ data }) => data)
      .join('')
      .match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han < MIN_PROSE) return null;
  const names = [$('meta[name="ArticleTitle"]').attr('content'), $('h1').first().text(), $('title').first().text()]
    .map((name) => name?.replace(/\s+/g, ' ').trim() ?? '')
    .filter((name) => name !== '');
  return names.find(isReport) ?? names[0] ?? null;
}

const LINKS_AND_CODE = new Set(['a', 'head', 'script', 'style', 'noscript', 'template', 'option']);
