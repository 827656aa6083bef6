import { cell, type PrintedCell, type PrintedTable } from './printed.ts';
import { withLabel } from './spans.ts';
import type { Splits } from './tables.ts';

/** What is done to a printed table, whatever is printed in it. */

export type Rows = PrintedCell[][];
export type Change = (rows: Rows) => Rows;

export const alter = (grid: string, change: (table: PrintedTable) => PrintedTable[]): Pick<Splits, 'alter'> => ({
  alter: (tables) => tables.flatMap((table) => (table.grid === grid ? change(table) : [table])),
});
/** One table changed as a whole. */
export const changedTable = (grid: string, change: (table: PrintedTable) => PrintedTable) =>
  alter(grid, (table) => [change(table)]);
export const changed = (grid: string, change: Change) =>
  alter(grid, (table) => [{ ...table, rows: change(table.rows.map((row) => [...row])) }]);

export const holdsNumber = (c: PrintedCell) => c.role === 'number';
export const firstNumber = (row: PrintedCell[]) => row.findIndex(holdsNumber);
export const hasLabel = (label: string) => (row: PrintedCell[]) =>
  row.some((c) => c.role === 'label' && c.text.includes(label));
/** One row changed, found by its label. */
export const row =
  (label: string, change: (row: PrintedCell[]) => PrintedCell[]): Change =>
  (rows) =>
    rows.map((r) => (hasLabel(label)(r) ? change(r) : r));
/** Every row that holds numbers changed. */
export const numberRows =
  (change: (row: PrintedCell[], index: number) => PrintedCell[]): Change =>
  (rows) => {
    const first = rows.findIndex((r) => r.some(holdsNumber));
    return rows.map((r, i) => (i < first ? r : change(r, i - first)));
  };
export const inCells =
  (change: (c: PrintedCell) => PrintedCell): Change =>
  (rows) =>
    rows.map((r) => r.map(change));
export const reworded = (from: string, to: string): Change =>
  inCells((c) => ({ ...c, text: c.text.replace(from, to) }));
export const number = (text: string) => cell(text, 'number');
/** The label of a row is lost. */
export const unlabelled = (label: string) => row(label, (r) => withLabel(r, (l) => ({ ...l, text: '' })));
/** A row inside 三、本年度办理结果 and the group `group` is not printed. */
export const withoutRow =
  (label: string, group: string): Change =>
  (rows) =>
    rows
      .map((r) =>
        r.map((c) =>
          c.role === 'group' && (c.text.includes(group) || c.text.includes('办理结果'))
            ? { ...c, rowspan: c.rowspan - 1 }
            : c,
        ),
      )
      .filter((r) => !hasLabel(label)(r));
/** 总计 stands before the other columns of section 三. */
export const totalFirst: Change = (rows) =>
  rows.map((r, i) => {
    if (i === 1) return [r.at(-1)!, ...r.slice(0, -1)];
    return i > 2 ? r.toSpliced(firstNumber(r), 0, r.at(-1)!).slice(0, -1) : r;
  });

/** A reason that the form does not have, under the reasons of refusal; the line of the form of that name is not printed. */
export const anotherOther: Change = (rows) => {
  const at = rows.findIndex(hasLabel('属于行政查询事项'));
  const grown = rows.map((r) =>
    r.map((c) => (c.role === 'group' && /不予公开|办理结果/.test(c.text) ? { ...c, rowspan: c.rowspan + 1 } : c)),
  );
  return grown.toSpliced(at + 1, 0, [cell('9.其他', 'label'), ...[4, 0, 0, 0, 0, 0, 4].map((n) => number(String(n)))]);
};

/** Section 四 with one line of the form in each row, as some offices print it. */
export function linesInRows(rows: Rows): Rows {
  const values = (rows.at(-1) ?? []).map((c) => c.text);
  const results = (rows[1] ?? [])
    .filter((c) => c.role === 'header')
    .slice(0, 5)
    .map((c) => ({ ...c, rowspan: 1 }));
  return [
    [cell('', 'corner', 2), ...results],
    [cell('行政复议', 'label', 2), ...values.slice(0, 5).map(number)],
    [cell('行政诉讼', 'group', 1, 2), cell('未经复议直接起诉', 'label'), ...values.slice(5, 10).map(number)],
    [cell('复议后起诉', 'label'), ...values.slice(10).map(number)],
  ];
}
