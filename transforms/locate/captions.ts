import type { Doc } from '../doc/doc.ts';
import { gridsOf } from '../forms/index.ts';
import { memo } from '../memo.ts';
import { keyOf, labelKeys } from '../printed/labels.ts';
import { isSectionTitle } from '../printed/section-titles.ts';
import { lineWidth, wholeWidth } from './lexicon.ts';
import type { Row } from './row.ts';

/** Longer texts above a table are prose. */
const LONGEST_CAPTION = 40;

/**
 * A grid whose lines stand side by side (section 四) may be printed as a table for each of its lines, with the line's label
 * in the caption alone: "（二）行政诉讼：未经复议直接起诉情况" stands for a row that has no label.
 */
export function withCaption(row: Row, doc: Doc): Row {
  const isOneLine = wholeWidth(row.grid) !== null && row.values.length <= lineWidth(row.grid);
  if (!isOneLine || row.own !== '' || row.values.some((v) => v.target?.line)) return row;
  const caption = row.before === '' ? captionAbove(row, doc) : row.before;
  const named = namedIn(caption, row.grid);
  return named.length === 1 ? { ...row, own: named[0]!, before: caption } : row;
}

/** The text just above a table, or the row above in it that is one cell. */
function captionAbove({ block, row }: Row, doc: Doc): string {
  const table = doc.blocks[block]!;
  const rows =
    table.kind === 'table' ? table.rows.slice(0, row).map((cells) => cells.filter((c) => c.text !== '')) : [];
  const inside = rows.findLast((cells) => cells.length === 1)?.[0]!.text;
  if (inside !== undefined) return inside;
  const above = doc.blocks.slice(0, block).findLast((b) => b.kind !== 'picture');
  if (!above || above.kind === 'table' || above.text.length > LONGEST_CAPTION || isSectionTitle(above.text)) return '';
  return above.text;
}

/** Labels of lines in a text; 行政复议 is none in 行政复议后起诉. */
function namedIn(text: string, grid: string): string[] {
  const key = keyOf(text);
  const found: string[] = [];
  for (let at = 0; at < key.length;) {
    const label = labelsOfLines(grid).find((l) => key.startsWith(l, at));
    if (label) found.push(label);
    at += label?.length ?? 1;
  }
  return found;
}

/** Keys of the labels of the lines, longest first; short ones are words of anything. */
const labelsOfLines = memo((grid: string): string[] =>
  [...new Set(gridsOf(grid).flatMap((g) => g.lines.flatMap(labelKeys)))]
    .filter((label) => label.length >= 4)
    .sort((a, b) => b.length - a.length),
);
