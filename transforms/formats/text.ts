import type { Block, Cell, Doc } from '../doc/doc.ts';
import { cell } from '../doc/doc.ts';
import { isNumber } from '../printed/number.ts';
import { parseSectionTitle } from '../printed/section-titles.ts';
import { inlineOf, withoutComments } from './markdown.ts';

/**
 * Plain text and Markdown → Doc. Lines with tabs or pipes become rows of an unaligned table: merged cells were lost
 * when the text was made, so only the order of cells in a row is known. Every other line is a paragraph of its own;
 * one that stops without closing punctuation is marked `wrapped`, because pages end lines where authors do not.
 */
export function readText(text: string): Doc {
  const lines = withoutComments(text.replace(/\r\n?|\f|\u2028|\u2029/g, '\n'))
    .split('\n')
    .map((line) => line.replace(QUOTED, ''));
  const blocks: Block[] = [];
  let rows: Cell[][] = [];
  let rules: number[] = [];
  let start = 0;
  const closeTable = () => {
    if (rows.length > 0)
      blocks.push({ kind: 'table', rows: joinedLines(rows, rules), aligned: false, origin: `line ${start}` });
    rows = [];
    rules = [];
  };
  lines.forEach((line, index) => {
    if (isRule(line)) return void rules.push(rows.length);
    const piped = line.replace(UPRIGHT, '|');
    const raw = rows.length === 0 ? withoutCellMark(piped) : piped;
    // A line of tabs alone is a row of blanks where it stands in a table.
    const row = rows.length > 0 && /^\t{4,}$/.test(raw) ? raw.split('\t').map(() => cell('')) : cellsOfLine(raw);
    if (row) {
      if (rows.length === 0) start = index + 1;
      if (row.length > 0) rows.push(row);
      return;
    }
    closeTable();
    const written = raw === piped ? line : raw;
    const heading = /^\s{0,3}(#{1,6})\s+(\S.*)$/.exec(written);
    const said = inlineOf(heading ? heading[2]!.replace(/(?<![#\s])[#\s]+$/, '') : written).text;
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

/** Marks of a quotation, which may hold a whole report. */
const QUOTED = /^ {0,3}(?:> ?)+/;
/** Upright strokes of tables that are drawn with characters; the full-width bar parts cells as well. */
const UPRIGHT = /[│┃║┆┇┊┋╎╏｜]/g;
/** A line of strokes: the border of a table that is drawn, or between its rows. */
const isRule = (line: string): boolean =>
  /^[\s|+=\-\u2500-\u257f]+$/.test(line) && /[\u2500-\u257f]{2}|\+[-=]{2}/.test(line);

/**
 * Where strokes part all rows of a table, a row has as many lines as its longest cell. Lines that print numbers of their
 * own in one column are rows, between which no strokes stand.
 */
function joinedLines(rows: Cell[][], rules: number[]): Cell[][] {
  const ends = [...new Set([...rules, rows.length])].filter((end) => end > 0);
  const parts = ends.map((end, i) => rows.slice(ends[i - 1] ?? 0, end));
  return parts.length > 1 && parts.every(isOneRow) ? parts.map(asOneRow) : rows;
}

/** A number stands alone in its column, but for the rest of one that is too long for it. */
function isOneRow(lines: Cell[][]): boolean {
  return lines.every((row, k) => {
    const above = (i: number) => lines.slice(0, k).filter((line) => line[i]?.text);
    const isAlone = ({ text }: Cell, i: number) =>
      text === '' || above(i).every((line) => !isNumber(text) && !isNumber(line[i]!.text));
    return row.length === lines[0]!.length && (row[0]!.text === '' || row.every(isAlone));
  });
}

/** Pieces of a number stay apart, which says that it was put together. */
const asOneRow = (lines: Cell[][]): Cell[] =>
  lines[0]!.map((first, i) => {
    const texts = lines.map((line) => line[i]!.text).filter((text) => text !== '');
    return { ...first, text: texts.join(texts.every(isNumber) ? ' ' : '') };
  });

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
  // The last pipe of a line that does not begin with one may stand before an empty cell.
  if (/^\|.*\|$/.test(line) || (line.match(/\|/g)?.length ?? 0) >= 2)
    return (line.startsWith('|') ? line.slice(1).replace(/\|$/, '') : line)
      .split(/(?<!\\)\|/)
      .map((c) => inlineCell(c.replace(/\\\|/g, '|')));
  if (/\t/.test(raw.replace(/^[ \t]+(?=\S+$)/, '').trimEnd()) || /\S\t+$/.test(raw))
    return raw.split('\t').map(inlineCell);
  return struckAtEnd(line);
}

/** A label and a number that is only struck: as words of a line, the label would stand there without any number. */
function struckAtEnd(line: string): Cell[] | null {
  const [, label = '', struck = ''] =
    /^([^\d|#。，；]*[^\s\d|#。，；])\s*(~~[\d.,]+~~|<(?:del|s|strike)>[\d.,]+<\/(?:del|s|strike)>)$/.exec(line) ?? [];
  return struck === '' ? null : [inlineCell(label), inlineCell(struck)];
}

function inlineCell(written: string): Cell {
  const { text, unread } = inlineOf(written);
  return unread ? { ...cell(text), unread } : cell(text);
}
