import type { Rows } from '../family.ts';
import { readRows } from '../rows.ts';
import type { Answer, Stated } from './interface.ts';

/** What the interfaces have in common that send pieces of pages. */

/** Every anchor of a piece of a page is a row: the interface sends nothing else. */
export function rowsIn(fragment: string, url: string, rows: Rows): Answer['rows'] {
  const here = new URL(url).href.replace(/#.*/s, '');
  return readRows(fragment, url, { ...rows, address: anywhere(rows.address), only: 'all' }).rows.filter(
    ({ href, title }) =>
      href.replace(/#.*/s, '') !== here && !/^(?:\d{1,4}|首页|尾页|末页|[上下前后]一?页)$/.test(title),
  );
}

/** With the ids of the family's articles, and any other address as well. */
const anywhere = ({ source, flags }: RegExp): RegExp => new RegExp(`(?:${source})|$`, flags.replace(/[gy]/g, ''));

/** 共189条, 共13页 and what scripts call them. */
export const statedIn = (text: string): Stated => ({
  total: numberIn(text, [
    /\btotal(?:_?(?:record|count|row|num)s?)?["']?\s*[:=>]\s*["']?(\d{1,7})/i,
    /\bcount\s*=\s*["']?(\d{1,7})/i,
    /共\s*(?:<[^<>]{0,80}>\s*)?(\d{1,7})\s*(?:<[^<>]{0,80}>\s*)?[条篇项]/,
  ]),
  pages: numberIn(text, [
    /\b(?:page_?count|count_?page|total_?pages?)["']?\s*[:=>]\s*["']?(\d{1,6})/i,
    /共\s*(?:<[^<>]{0,80}>\s*)?(\d{1,6})\s*(?:<[^<>]{0,80}>\s*)?页/,
    /第\s*\d{1,6}\s*\/\s*(\d{1,6})\s*页/,
  ]),
});

function numberIn(text: string, patterns: RegExp[]): number | null {
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
