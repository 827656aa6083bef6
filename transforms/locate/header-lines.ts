import { columnsOf } from '../forms/form.ts';
import { gridsOf } from '../forms/index.ts';
import { memo } from '../memo.ts';
import { keyOf, labelKeys } from '../printed/labels.ts';
import { COUNTER } from './headers.ts';
import { columnGroups, meaningOf } from './lexicon.ts';
import type { HeaderLines } from './row.ts';

/** Stands in a header's order for the group whose columns the next line prints. */
export const GROUP = '*';
/** Stands in a header's order for a column that is not of the form. */
const NOT_OF_THE_FORM = '';
/** Longer texts beside columns are captions and notes, no column. */
const LONGEST_COLUMN = 6;

/** What stands over the labels where the form prints nothing, and is no column. */
const CORNER = /^(?:统计)?(?:项目|指标|类别|类型|分类|种类|内容|名称|事项|情况|栏目|行标签)(?:名称|内容|类别|分类)?$/;

export const NO_HEADER: HeaderLines = { orders: [], counter: false, extra: null };

export const joinHeaders = (a: HeaderLines, b: HeaderLines): HeaderLines => ({
  orders: [...a.orders, ...b.orders],
  counter: a.counter || b.counter,
  extra: a.extra ?? b.extra,
});

/** A line of the text that is a header: two columns of the form, or one beside its furniture. */
export function headerOf(cells: string[], grid: string): HeaderLines | null {
  const columnOf = (text: string): string | null => {
    const meaning = meaningOf(text);
    return meaning?.kind === 'column' ? (meaning.of.find((m) => m.grid === grid)?.col ?? null) : null;
  };
  const isOther = (text: string) =>
    text !== '' &&
    meaningOf(text) === null &&
    !COUNTER.test(keyOf(text)) &&
    keyOf(text).length <= LONGEST_COLUMN &&
    !isPieceOfHeader(text, grid);
  const isCorner = (text: string, i: number) => i === 0 && CORNER.test(keyOf(text));
  const columns = cells.map(columnOf).filter((col) => col !== null);
  // A number before the label is no value; one after it would be taken for one.
  const counter = cells.findIndex((text) => COUNTER.test(keyOf(text))) > 0;
  const furniture = cells.some((text) => meaningOf(text)?.kind === 'furniture');
  if (columns.length < 2 && !(furniture && (columns.length > 0 || counter))) return null;
  const printed = cells.flatMap((text, i) => {
    if (isCorner(text, i)) return [];
    if (columnGroups().has(keyOf(text))) return [GROUP];
    return columnOf(text) ?? (isOther(text) ? [NOT_OF_THE_FORM] : []);
  });
  // Section 四 prints the same columns once for each of its lines.
  const once = new Set(columns).size === columns.length;
  return {
    orders: once ? [printed] : [],
    counter,
    extra: cells.find((text, i) => !isCorner(text, i) && isOther(text)) ?? null,
  };
}

/** A header cell broken over lines of text (商业, and 企业 below; 之和） of the corner) is no other column. */
const isPieceOfHeader = (text: string, grid: string): boolean =>
  headerKeys(grid).some((key) => key.includes(keyOf(text)));
const headerKeys = memo((grid: string): string[] =>
  gridsOf(grid).flatMap((g) => [keyOf(g.corner ?? ''), keyOf(g.head ?? ''), ...columnsOf(g).flatMap(labelKeys)]),
);
