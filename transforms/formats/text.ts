import type { Block, Cell, Doc } from '../doc/doc.ts';
import { cell } from '../doc/doc.ts';
import { sayRuns, type Look, type Run } from '../doc/runs.ts';
import { parseSectionTitle } from '../printed/section-titles.ts';

/**
 * Plain text and Markdown → Doc. Lines with tabs or pipes become rows of an unaligned table: merged cells were lost
 * when the text was made, so only the order of cells in a row is known. Every other line is a paragraph of its own;
 * one that stops without closing punctuation is marked `wrapped`, because pages end lines where authors do not.
 */
export function readText(text: string): Doc {
  const lines = text.replace(/\r\n?|\f|\u2028|\u2029/g, '\n').split('\n');
  const blocks: Block[] = [];
  let rows: Cell[][] = [];
  let start = 0;
  const closeTable = () => {
    if (rows.length > 0) blocks.push({ kind: 'table', rows, aligned: false, origin: `line ${start}` });
    rows = [];
  };
  lines.forEach((line, index) => {
    const raw = rows.length === 0 ? withoutCellMark(line) : line;
    // A line of tabs alone is a row of blanks where it stands in a table.
    const row = rows.length > 0 && /^\t{4,}$/.test(raw) ? raw.split('\t').map(() => cell('')) : cellsOfLine(raw);
    if (row) {
      if (rows.length === 0) start = index + 1;
      if (row.length > 0) rows.push(row);
      return;
    }
    closeTable();
    const heading = /^\s{0,3}(#{1,6})\s+(\S.*)$/.exec(raw);
    const said = stripMarkup(heading ? heading[2]!.replace(/(?<![#\s])[#\s]+$/, '') : raw);
    if (said === '') return;
    const origin = `line ${index + 1}`;
    if (heading) blocks.push({ kind: 'heading', level: heading[1]!.length, text: said, origin });
    else if (/[。！？；：!?;:]["”’』」）)]*$/.test(said) || parseSectionTitle(said))
      blocks.push({ kind: 'paragraph', text: said, origin });
    else blocks.push({ kind: 'paragraph', text: said, origin, wrapped: true });
  });
  closeTable();
  return { title: null, metas: {}, blocks };
}

/**
 * A cell a line, each with a pipe before, behind or below it. Lines of pipes alone are the end of a row and its blanks in
 * one, so that neither can be told: what is left is the text of the cells.
 */
function withoutCellMark(line: string): string {
  const text = line.trim();
  if (/^\|+$/.test(text)) return '';
  const said = text.startsWith('|') ? text.slice(1) : text.endsWith('|') ? text.slice(0, -1) : line;
  return said.includes('|') ? line : said;
}

/** Cells of a tab- or pipe-separated line; [] for a Markdown rule; null when the line is no table row. */
function cellsOfLine(raw: string): Cell[] | null {
  const line = raw.trim();
  if (/^\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$/.test(line) && line.includes('|')) return [];
  if (/^\|.*\|$/.test(line) || (line.match(/\|/g)?.length ?? 0) >= 2)
    return line
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((c) => cell(stripMarkup(c.replace(/\\\|/g, '|'))));
  if (/\t/.test(raw.replace(/^[ \t]+(?=\S+$)/, '').trimEnd()) || /\S\t+$/.test(raw))
    return raw.split('\t').map((c) => cell(stripMarkup(c)));
  return null;
}

/** Markdown emphasis, links and HTML line breaks; everything else stays as printed. */
function stripMarkup(text: string): string {
  return sayMarked(text)
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/&nbsp;/g, ' ')
    .replace(/<(u|b|i|em|strong|font|span)>([^<]*)<\/\1>/gi, '$2')
    .replace(/\*\*|__(?=\S)/g, '')
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[\u00a0 ]+/g, ' ')
    .replace(/^[\s\u3000]+|[\s\u3000]+$/g, '');
}

/** Elements that Markdown takes over from HTML, and its own signs for the same. */
const MARKED = /<(sup|sub|del|s|strike)>([^<]*)<\/\1>|~~([^~]*)~~|\^([^\s^]{1,4})\^/gi;

/** A number whose marks are raised or whose former value is struck through; what is struck alone stays as written. */
function sayMarked(text: string): string {
  const runs: Run[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKED)) {
    const [whole, element, inside, struck, raised] = match;
    const look: Look = struck !== undefined || /^(?:del|s|strike)$/i.test(element ?? '') ? 'struck' : 'raised';
    runs.push({ text: text.slice(from, match.index), look: 'plain' }, { text: inside ?? struck ?? raised ?? '', look });
    from = match.index + whole.length;
  }
  if (runs.length === 0) return text;
  const said = sayRuns([...runs, { text: text.slice(from), look: 'plain' }]);
  return said.struck ? text : said.text;
}
