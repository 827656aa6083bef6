import type { Rows } from '../family.ts';
import { readRows, TURNS } from '../rows.ts';
import type { Answer } from './interface.ts';

/** What the interfaces have in common that send pieces of pages. */

/** Every anchor of a piece of a page is a row, but those that turn pages: the interface sends nothing else. */
export function rowsIn(fragment: string, url: string, rows: Rows): Pick<Answer, 'rows' | 'total' | 'pages'> {
  const here = new URL(url).href.replace(/#.*/s, '');
  const { rows: all, pager } = readRows(fragment, url, { ...rows, address: anywhere(rows.address), only: 'all' });
  const found = all.filter(({ href, title }) => href.replace(/#.*/s, '') !== here && !TURNS.test(title));
  return { rows: found, total: pager.rows, pages: pager.pages };
}

/** With the ids of the family's articles, and any other address as well. */
const anywhere = ({ source, flags }: RegExp): RegExp => new RegExp(`(?:${source})|$`, flags.replace(/[gy]/g, ''));

/** The first number that is found, as a total. */
export function numberIn(text: string, ...patterns: RegExp[]): number | null {
  const found = patterns.map((pattern) => pattern.exec(text)?.[1]).find((digits) => digits !== undefined);
  return found === undefined ? null : Number(found);
}

/** The address in the page's text, most of all in its scripts, that has `core` in it. */
export function addressIn(text: string, core: RegExp, base: string): URL | null {
  const found = core.exec(text);
  if (!found) return null;
  const before =
    text
      .slice(Math.max(0, found.index - 300), found.index)
      .split(END)
      .at(-1) ?? '';
  const after = text.slice(found.index, found.index + 3000).split(END, 1)[0] ?? '';
  const written = (before + after).replaceAll('&amp;', '&').replaceAll('\\/', '/');
  return URL.canParse(written, base) ? new URL(written, base) : null;
}

/** What ends an address in a script or an attribute. */
const END = /["'<>()\s[\]]/;

/** Parameters as they are sent, those named in `holes` with a hole that each request fills. */
export function query(parameters: Iterable<[string, string]>, holes: Record<string, string> = {}): string {
  const names = new Map([...parameters].map(([name, value]) => [name, encodeURIComponent(value)]));
  for (const [name, hole] of Object.entries(holes)) names.set(name, hole);
  return [...names].map(([name, value]) => `${encodeURIComponent(name)}=${value}`).join('&');
}
