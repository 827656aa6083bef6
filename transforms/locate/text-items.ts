import type { Block, Cell } from '../doc/doc.ts';
import { meaningOf } from './lexicon.ts';
import { joinUnits, unitAlone } from '../printed/money.ts';
import { isNumber, isValueLike } from '../printed/number.ts';
import { isPageNumber } from '../printed/page-number.ts';

/** Text where columns were lost: labels and numbers in printed order, nothing more. */
export type Item =
  | { kind: 'label'; text: string; cells?: string[]; block: number; row: number }
  | { kind: 'values'; values: Printed[]; blanksKept: boolean; unit?: string; block: number; row: number };

type Printed = Pick<Cell, 'text' | 'unread'>;
const plain = (text: string): Printed => ({ text });

/** Labels and values of a block, in printed order; page numbers are neither. */
export function itemsOf(block: Block, index: number): Item[] {
  if (block.aside || block.kind === 'picture') return [];
  if (block.kind === 'table')
    return block.aligned
      ? []
      : block.rows.flatMap((row, r) => linesSideBySide(row).flatMap((own) => tableRow(own, index, r)));
  if (isPageNumber(block.text)) return [];
  return wordsSideBySide(block.text).flatMap((text) => line(text, index, 0));
}

/** A line of words that prints several lines of the form: 行政处罚 46 行政强制 5. */
function wordsSideBySide(text: string): string[] {
  if (text.length > LONGEST_LINE) return [text];
  const words = text.trim().split(/\s+/);
  const starts = words.flatMap((word, i) =>
    !isPlainValue(word) && (i === 0 || isPlainValue(words[i - 1]!)) ? [i] : [],
  );
  const parts = starts.map((start, i) => words.slice(start, starts[i + 1]));
  const areLines = parts.every((part) => {
    const end = part.findIndex(isPlainValue);
    return end > 0 && meaningOf(part.slice(0, end).join(' '))?.kind === 'line';
  });
  return parts.length > 1 && starts[0] === 0 && areLines ? parts.map((part) => part.join(' ')) : [text];
}
/** Longer lines are prose. */
const LONGEST_LINE = 400;

/** A row that prints several lines of the form beside each other, each with its label and values, as a row for each. */
function linesSideBySide(row: Cell[]): Cell[][] {
  const isValue = ({ text }: Cell) => isValueLike(text) || isUnit(text);
  const starts = row.flatMap(({ text }, i) =>
    !isValue(row[i]!) && row[i + 1] && isValue(row[i + 1]!) && meaningOf(text)?.kind === 'line' ? [i] : [],
  );
  if (starts.length < 2 || row.some((c, i) => i > starts[0]! && !isValue(c) && !starts.includes(i))) return [row];
  return starts.map((start, k) => row.slice(k === 0 ? 0 : start, starts[k + 1]));
}

/** Cells of one row: leading text is label; what follows the last text is values, blanks included. */
function tableRow(rowCells: Cell[], block: number, row: number): Item[] {
  const printedCells = rowCells.map((c) => c.text);
  // The unit of an amount may be a cell of its own behind it.
  const behind = printedCells.findIndex(
    (c, i) => unitAlone(c) && isNumber(printedCells.slice(0, i).findLast((b) => b !== '') ?? ''),
  );
  const kept = rowCells.toSpliced(behind, behind < 0 ? 0 : 1);
  const cells = kept.map((c) => c.text);
  if (kept.filter(isPrinted).length <= 1 && cells.length < 5) return cells.flatMap((c) => line(c, block, row));
  const last = cells.findLastIndex((c) => !isValueLike(c) && !tokens(c));
  const before = cells.slice(0, last + 1).filter((c) => c !== '');
  const label = before.filter((c) => !isUnit(c));
  const unit = printedCells[behind] ?? before.find(isUnit);
  const values = kept.slice(last + 1);
  const items: Item[] = [];
  if (label.length > 0)
    items.push({ kind: 'label', text: label.join('\n'), cells: cells.slice(0, last + 1), block, row });
  if (!values.some(isPrinted) && values.length < 3) return items;
  // One cell may hold the numbers of all columns; two in one cell are a number with a blank inside.
  const filled = values.filter(isPrinted);
  const several = filled.length === 1 ? tokens(filled[0]!.text) : null;
  const merged = several !== null && several.length > 2 ? several.map(plain) : null;
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

export const isPrinted = ({ text, unread }: Printed): boolean => text !== '' || unread !== undefined;

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
    values: words.slice(from, to).map(plain),
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
