import { isPageNumber } from '../../printed/page-number.ts';
import { lineText, type Line } from './lines.ts';

/** Lines outside tables of one page. */
export interface PageLines {
  number: number;
  height: number;
  lines: Line[];
}

/** Share of the page, at its top and bottom, where page numbers and running heads stand. */
const MARGIN = 0.13;
const BARE = /^\d{1,3}$/;
const BARE_ONLY = /^[\d\s.,]*$/;

/** Page numbers and running heads: only what is certainly no text of the report. */
export function dropFurniture(pages: PageLines[]): PageLines[] {
  const bare = bareNumberOffset(pages);
  const repeated = repeatedLines(pages);
  return pages.map((page) => ({
    ...page,
    lines: page.lines.filter((line) => {
      if (!inMargin(line, page.height)) return true;
      const text = lineText(line).trim();
      if (isPageNumber(text)) return false;
      if (bare !== null && BARE.test(text) && Number(text) - page.number === bare) return false;
      return BARE_ONLY.test(text) || !repeated.has(keyOf(line));
    }),
  }));
}

const inMargin = (line: Line, height: number): boolean => line.y1 < MARGIN * height || line.y0 > (1 - MARGIN) * height;

/** A lone number at the foot counts the pages when it does so on all pages but perhaps the first. */
function bareNumberOffset(pages: PageLines[]): number | null {
  const votes = new Map<number, number>();
  for (const { number, height, lines } of pages) {
    const foot = lines.at(-1);
    const text = foot && foot.y0 > (1 - MARGIN) * height ? lineText(foot).trim() : '';
    if (BARE.test(text)) votes.set(Number(text) - number, (votes.get(Number(text) - number) ?? 0) + 1);
  }
  const least = Math.max(2, pages.length - 1);
  return [...votes].find(([, count]) => count >= least)?.[0] ?? null;
}

/** The same words at the same height of every page. */
function repeatedLines(pages: PageLines[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { height, lines } of pages) {
    const heads = lines.filter((line) => inMargin(line, height) && !BARE_ONLY.test(lineText(line)));
    for (const key of new Set(heads.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  if (pages.length < 2) return new Set();
  return new Set([...counts].flatMap(([key, count]) => (count === pages.length ? [key] : [])));
}

const keyOf = (line: Line): string => `${Math.round(line.base)} ${lineText(line).replace(/\d+/g, '#')}`;
