import { columnsOf } from '../forms/form.ts';
import { forms } from '../forms/index.ts';
import { keyOf } from '../printed/labels.ts';
import { COUNTER } from './headers.ts';
import { meaningOf } from './lexicon.ts';
import type { GridCode } from './row.ts';

/** Stands in a header's order for the group whose columns the next line prints. */
export const GROUP = '*';
/** Stands in a header's order for a column that is not of the form. */
const NOT_OF_THE_FORM = '';

const GROUP_LABELS = new Set(
  forms.flatMap((f) => f.grids.flatMap((g) => columnsOf(g).flatMap((c) => c.group.map(keyOf)))),
);

/** Header lines that follow each other, above rows whose positions are lost. */
export interface Header {
  /** Columns of the form in the order each line prints them. */
  orders: string[][];
  /** The table numbers its rows in a column of its own. */
  counter: boolean;
  /** The header has a column that is not of the form. */
  extra: boolean;
}
export const NO_HEADER: Header = { orders: [], counter: false, extra: false };

export const joinHeaders = (a: Header, b: Header): Header => ({
  orders: [...a.orders, ...b.orders],
  counter: a.counter || b.counter,
  extra: a.extra || b.extra,
});

/** A line of the text that is a header: two columns of the form, or one beside its furniture. */
export function headerOf(cells: string[], grid: GridCode): Header | null {
  const order = cells.flatMap((text) => {
    const meaning = meaningOf(text);
    return meaning?.kind === 'column' ? meaning.of.filter((m) => m.grid === grid).map((m) => m.col) : [];
  });
  const isOther = (text: string) =>
    text !== '' && meaningOf(text) === null && !COUNTER.test(keyOf(text)) && keyOf(text).length <= 6;
  // A number before the label is no value; one after it would be taken for one.
  const counter = cells.findIndex((text) => COUNTER.test(keyOf(text))) > 0;
  const furniture = cells.some((text) => meaningOf(text)?.kind === 'furniture');
  if (order.length < 2 && !(furniture && (order.length > 0 || counter))) return null;
  const extra = cells.some(isOther);
  // Section 四 prints the same columns once for each of its lines.
  const printed = cells.flatMap((text) => {
    const meaning = meaningOf(text);
    const own = meaning?.kind === 'column' ? meaning.of.find((m) => m.grid === grid)?.col : undefined;
    if (GROUP_LABELS.has(keyOf(text))) return [GROUP];
    return own ? [own] : isOther(text) ? [NOT_OF_THE_FORM] : [];
  });
  return { orders: new Set(order).size === order.length ? [printed] : [], counter, extra };
}
