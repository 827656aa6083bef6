import type { Browser } from 'playwright';
import type { Composed } from './composed.ts';
import type { Charset } from './encode.ts';
import type { Random } from './random.ts';

/** Starts a browser at the first call; only paper needs one. */
type OpenBrowser = () => Promise<Browser>;

/** One document of a kind; the same seed gives the same bytes on one machine. */
export type Recipe = (seed: number, browser: OpenBrowser) => Composed | Promise<Composed>;

/** A golden page: bytes without a truth, which is its expected reading. */
export type Page = Pick<Composed, 'extension' | 'bytes'>;
export type PageRecipe = (browser: OpenBrowser) => Page | Promise<Page>;

export const named = <T>(styles: Record<string, T>, random: Random): [string, T] => random.pick(Object.entries(styles));

/** Charset really used and what the page says. */
const charsets: [Charset, string | null][] = [
  ['utf-8', 'utf-8'],
  ['utf-8', 'utf-8'],
  ['utf-8', 'gb2312'],
  ['utf-8', null],
  ['gb18030', 'gb2312'],
  ['gb18030', 'utf-8'],
  ['gb18030', null],
];
const traditionalCharsets: [Charset, string | null][] = [
  ['utf-8', 'utf-8'],
  ['big5', 'big5'],
  ['big5', null],
];

export function drawCharset<S extends { script?: string }>(style: S, random: Random) {
  const [charset, label] = random.pick(style.script === 'traditional' ? traditionalCharsets : charsets);
  return { charset, style: { ...style, charset: label } };
}
