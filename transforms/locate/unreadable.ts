import type { Doc, Table } from '../doc/doc.ts';
import { textsOf } from '../doc/text.ts';
import { finding, type Finding } from '../findings.ts';
import type { FormGrid } from '../forms/form.ts';
import { memo } from '../memo.ts';
import { keyOf, labelKeys } from '../printed/labels.ts';
import { isNumber } from '../printed/number.ts';
import { cellKeys, meaningOf, wholeWidth } from './lexicon.ts';
import type { ReadRow } from './read-grid.ts';

/** Tables that a document has and nobody can read: named for what they are, so that none of them is called missing. */

/** Fewer rows are a table of something else. */
const FEWEST_ROWS = 5;

/**
 * Less than half of the rows are lines of the form that the year prescribes: a province kept a form of its own. Of a table
 * none of whose rows is one, few may have been taken for rows.
 */
export const isFormOfItsOwn = (rows: ReadRow[], doc: Doc): boolean => {
  const numbered = rows.filter(({ row }) => row.values.some((v) => isNumber(v.raw)));
  // A label that is only like one of the form, with other columns than that has, is one of another form.
  const known = numbered.filter(
    ({ row, match }) =>
      match?.how === 'exact' || (match?.how === 'fuzzy' && row.values.length === match.line.columns.length),
  );
  const block = doc.blocks[rows[0]!.row.block];
  const isNone = rows.every(({ row, match }) => !match && !row.ahead) && block?.kind === 'table';
  const count = isNone ? Math.max(numbered.length, numberedRows(block)) : numbered.length;
  return count >= FEWEST_ROWS && known.length * 2 < count;
};

/** `least`: rows of the table that were taken for such; it may have more. */
export function formUnknown(doc: Doc, grid: FormGrid, index: number, least: number): Finding {
  const block = doc.blocks[index]!;
  const rows = block.kind === 'table' ? Math.max(least, numberedRows(block)) : least;
  return finding('form_unknown', [], { grid: grid.code, label: grid.zh, where: block.origin, rows });
}

/** Words over the columns of a table of statistics, whatever its lines are. */
const STATISTICS =
  /^(?:统计指标|统计数|指标|指标名称|统计项目|项目|计量单位|单位|历年累计|累计|数量|数值|20\d\d年度?)$/;

/** A table of statistics in a report whose year prescribes an annex that was not found: the index of its block. */
export const unknownAnnex = (doc: Doc, consumed: Set<number>): number =>
  doc.blocks.findIndex(
    (block, i) =>
      block.kind === 'table' &&
      !block.aside &&
      !consumed.has(i) &&
      numberedRows(block) >= FEWEST_ROWS &&
      hasStatisticsHeader(block),
  );

const numberedRows = ({ rows }: Table): number =>
  rows.filter(([label, ...rest]) => /\p{Script=Han}/u.test(label?.text ?? '') && rest.some((c) => isNumber(c.text)))
    .length;

const hasStatisticsHeader = ({ rows }: Table): boolean =>
  rows.some(
    (row) =>
      row.filter(({ text }) => STATISTICS.test(cellKeys(text).whole) || meaningOf(text)?.kind === 'furniture').length >=
      2,
  );

/** The grids whose labels and numbers stand in the text with nothing between them (规章000, 行政许可128), or in one cell. */
export const joinedGrids = (doc: Doc, grids: FormGrid[]): FormGrid[] => {
  if (grids.length === 0) return [];
  const texts = textsOf({ ...doc, blocks: doc.blocks.filter((b) => !b.aside) });
  const text = texts.join('\n').normalize('NFKC');
  return grids.filter((grid) => {
    if (wholeWidth(grid.code) !== null) return hasHeaderAndRun(text, grid) || hasNumbersInHeader(texts, grid);
    const joined = grid.lines.filter(({ code }) =>
      joinedLines(grid).some((l) => l.code === code && l.print.test(text)),
    );
    return joined.length * 2 >= grid.lines.length;
  });
};

/** A label and at least a digit for each of its columns; a counter behind them is prose (行政许可128件). */
const joinedLines = memo((grid: FormGrid) =>
  grid.lines.flatMap(({ code, zh, aliases, columns }) =>
    [zh, ...aliases].map((label) => ({
      code,
      print: new RegExp(
        `${escaped(label.normalize('NFKC'))}\\d{${columns.length}}${columns.length === 1 ? '(?![\\d,.]*[件次条个项宗起人份元万、,;。])' : ''}`,
      ),
    })),
  ),
);

/** The columns of its lines one after the other, and then as many digits at least. */
function hasHeaderAndRun(text: string, { code, lines: [first] }: FormGrid): boolean {
  const header = new RegExp(`(?:${first!.columns.map((c) => `(?:${labelKeys(c).join('|')})`).join('')}){2,}$`, 'u');
  for (const run of text.matchAll(/(?<!\d)\d+/g))
    if (run[0].length >= wholeWidth(code)! && header.test(keyOf(text.slice(Math.max(0, run.index - 200), run.index))))
      return true;
  return false;
}

/** The cells of the header that go on with a number: 结果维持 3. */
function hasNumbersInHeader(texts: string[], { code, lines: [first] }: FormGrid): boolean {
  const labels = first!.columns.flatMap(labelKeys);
  const cells = texts.filter((text) => {
    const key = /\d\s*$/.test(text) ? keyOf(text) : '';
    return labels.some((label) => key.startsWith(label) && /^\d+$/.test(key.slice(label.length)));
  });
  return cells.length * 2 >= wholeWidth(code)!;
}

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
