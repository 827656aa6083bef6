import type { Block } from '../doc/doc.ts';
import { joinUnits, unitAlone } from '../printed/money.ts';
import { isNumber, isValueLike } from '../printed/number.ts';
import { isPageNumber } from '../printed/page-number.ts';

/** Text where columns were lost: labels and numbers in printed order, nothing more. */
export type Item =
  | { kind: 'label'; text: string; cells?: string[]; block: number; row: number }
  | { kind: 'values'; values: string[]; blanksKept: boolean; unit?: string; block: number; row: number };

/** Labels and values of a block, in printed order; page numbers are neither. */
export function itemsOf(block: Block, index: number): Item[] {
  if (block.aside || block.kind === 'picture') return [];
  if (block.kind === 'table')
    return block.aligned
      ? []
      : block.rows.flatMap((row, r) =>
          tableRow(
            row.map((c) => c.text),
            index,
            r,
          ),
        );
  if (isPageNumber(block.text)) return [];
  return line(block.text, index, 0);
}

/** Cells of one row: leading text is label; what follows the last text is values, blanks included. */
function tableRow(printedCells: string[], block: number, row: number): Item[] {
  // The unit of an amount may be a cell of its own behind it.
  const behind = printedCells.findIndex(
    (c, i) => unitAlone(c) && isNumber(printedCells.slice(0, i).findLast((b) => b !== '') ?? ''),
  );
  const cells = printedCells.toSpliced(behind, behind < 0 ? 0 : 1);
  const printed = cells.filter((c) => c !== '');
  if (printed.length <= 1 && cells.length < 5) return printed.flatMap((c) => line(c, block, row));
  const last = cells.findLastIndex((c) => !isValueLike(c) && !tokens(c));
  const before = cells.slice(0, last + 1).filter((c) => c !== '');
  const label = before.filter((c) => !isUnit(c));
  const unit = printedCells[behind] ?? before.find(isUnit);
  const values = cells.slice(last + 1);
  const items: Item[] = [];
  if (label.length > 0)
    items.push({ kind: 'label', text: label.join('\n'), cells: cells.slice(0, last + 1), block, row });
  if (!values.some((v) => v !== '') && values.length < 3) return items;
  // One cell may hold the numbers of all columns; two in one cell are a number with a blank inside.
  const filled = values.filter((v) => v !== '');
  const several = filled.length === 1 ? tokens(filled[0]!) : null;
  const merged = several !== null && several.length > 2 ? several : null;
  items.push({
    kind: 'values',
    values: merged ?? values,
    blanksKept: merged === null,
    ...(unit ? { unit } : {}),
    block,
    row,
  });
  return items;
}

/** A line of text: numbers at its end (or its beginning) are values when nothing but white space parts them. */
function line(text: string, block: number, row: number): Item[] {
  const words = joinUnits(text).trim().split(/\s+/);
  const behind = words.length > 2 && unitAlone(words.at(-1)!) && isNumber(words.at(-2)!) ? words.pop()! : null;
  let end = words.length;
  while (end > 0 && isPlainValue(words[end - 1]!)) end--;
  let start = 0;
  while (start < end && isPlainValue(words[start]!)) start++;
  // Numbers before the text are values only in a run: "2 月" is prose.
  if (start < 3) start = 0;
  const isBefore = end > start && end < words.length && isUnit(words[end - 1]!);
  const before = isBefore ? words[end - 1]! : null;
  const unit = behind ?? before;
  const label = words.slice(start, before ? end - 1 : end).join(' ');
  const items: Item[] = [];
  const prose = label.length > 60 || /[。；]/.test(label);
  const values = (from: number, to: number): Item => ({
    kind: 'values',
    values: words.slice(from, to),
    blanksKept: false,
    ...(unit ? { unit } : {}),
    block,
    row,
  });
  if (start > 0) items.push(values(0, start));
  if (label !== '')
    items.push({ kind: 'label', text: prose ? `${label} ${words.slice(end).join(' ')}` : label, block, row });
  if (end < words.length && !prose) items.push(values(end, words.length));
  return items;
}

const isPlainValue = (word: string): boolean => isNumber(word) || /^[-—–/／]+$/.test(word);

function tokens(text: string): string[] | null {
  const words = text.trim().split(/\s+/);
  return words.length > 1 && words.every(isPlainValue) ? words : null;
}

/** A word that states the unit of a row in a column of its own. */
const isUnit = (word: string): boolean => /^(?:[条件次个人]|[—-]{2,})$/.test(word) || unitAlone(word) !== null;
