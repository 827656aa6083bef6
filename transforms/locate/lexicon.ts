import { columnsOf, hasFixedColumns, type FormColumn, type FormGrid } from '../forms/form.ts';
import { forms, gridsOf } from '../forms/index.ts';
import { memo, once } from '../memo.ts';
import { keyOf, labelKeys, splitNumbering } from '../printed/labels.ts';
import { withoutUnit } from '../printed/money.ts';

/** What the forms say about the words of a table: renderings of the data in `forms/`, made once. */

/** The columns that every line of the grid has, in order; null where lines differ in theirs (section 二). */
export const sequenceOf = memo((code: string): FormColumn[] | null => {
  const [first, ...others] = gridsOf(code);
  const columns = first && hasFixedColumns(first) ? first.lines[0]!.columns : null;
  const same = (grid: FormGrid) => hasFixedColumns({ ...grid, lines: [first!.lines[0]!, ...grid.lines] });
  return columns && others.every(same) ? columns : null;
});

/** Every edition prints the grid with the same lines and columns, so that it does not tell them apart. */
export const isSameInAllEditions = memo((code: string): boolean => {
  const printed = gridsOf(code).map((g) =>
    g.lines.map((l) => [l.code, ...l.columns.map((c) => c.code)].join(' ')).join(),
  );
  return printed.length > 1 && printed.every((p) => p === printed[0]);
});

/** Cells of the one row that a grid is printed in, all its lines side by side (section 四); null for other grids. */
export const wholeWidth = memo((code: string): number | null => {
  const grid = gridsOf(code).find((g) => g.oneRow);
  return grid ? grid.lines.flatMap((l) => l.columns).length : null;
});

/** Cells of the line of a label, in each edition that has it. */
export const widthsOf = (label: string, code: string): number[] =>
  gridsOf(code).flatMap((g) => g.lines.filter((l) => labelKeys(l).includes(label)).map((l) => l.columns.length));

/** Cells of the longest line. */
export const lineWidth = memo((code: string): number =>
  Math.max(...gridsOf(code).flatMap((g) => g.lines.map((l) => l.columns.length))),
);

/** Keys of the groups that stand inside a part of the grid ((三)不予公开 …). */
export const innerGroups = memo((code: string): string[] => [
  ...new Set(
    gridsOf(code).flatMap((g) => g.lines.filter((l) => l.group.length > 1).map((l) => groupKey(l.group.at(-1)!))),
  ),
]);
export const groupKey = memo((group: string): string => keyOf(splitNumbering(group).rest));

/** Keys of the labels over several columns (法人或其他组织). */
export const columnGroups = once(
  () => new Set(forms.flatMap((f) => f.grids.flatMap((g) => columnsOf(g).flatMap((c) => c.group.map(keyOf))))),
);

/** The grid that stands in a statutory section; null where the section has none. */
export const gridOfSection = (section: number): string | null =>
  section === 0 ? null : (forms.flatMap((f) => f.grids).find((g) => g.section === section)?.code ?? null);

/** The last statutory section that has a grid. */
export const lastSection = once(() => Math.max(...forms.flatMap((f) => f.grids.map((g) => g.section))));

/** Grids without a statutory section of their own stand after all sections. */
export const isAnnex = (code: string): boolean => gridsOf(code).every((g) => g.section === 0);

/** Keys of the labels of all lines of a grid, in every edition. */
export const labelsOf = memo((code: string): string[] => gridsOf(code).flatMap((g) => g.lines.flatMap(labelKeys)));

interface Lexicon {
  columns: Map<string, { grid: string; col: string }[]>;
  lines: Map<string, { grid: string; line: string }[]>;
  furniture: Map<string, string[]>;
  notes: { words: string; grid: string }[];
}

const lexicon = once((): Lexicon => {
  const made: Lexicon = { columns: new Map(), lines: new Map(), furniture: new Map(), notes: [] };
  for (const form of forms) for (const grid of form.grids) addGrid(made, grid);
  return made;
});

function addGrid(into: Lexicon, grid: FormGrid): void {
  const add = <T>(map: Map<string, T[]>, key: string, value: T) => {
    const known = map.get(key) ?? [];
    if (!known.some((k) => JSON.stringify(k) === JSON.stringify(value))) map.set(key, [...known, value]);
  };
  for (const line of grid.lines) {
    for (const key of labelKeys(line)) add(into.lines, key, { grid: grid.code, line: line.code });
    for (const column of line.columns)
      for (const key of labelKeys(column)) add(into.columns, key, { grid: grid.code, col: column.code });
  }
  for (const word of grid.furniture) add(into.furniture, keyOf(word), grid.code);
  for (const words of grid.notes ?? []) into.notes.push({ words: keyOf(words), grid: grid.code });
}

const words = once(
  () =>
    new Set(
      forms.flatMap((form) =>
        form.grids.flatMap((grid) => [
          ...grid.furniture.map(keyOf),
          ...columnsOf(grid).flatMap((column) => [...labelKeys(column), ...column.group.map(keyOf)]),
          ...grid.lines.flatMap((line) => [...labelKeys(line), ...line.group.map(groupKey)]),
        ]),
      ),
    ),
);

/** Whether a cell holds words of a form, numbered or not, and nothing else: no unit and no note in brackets. */
export const isOfForm = (text: string): boolean =>
  words().has(cellKeys(text).whole) || words().has(cellKeys(text).unnumbered);

/** Keys of a printed cell: whole, without bracketed notes and its unit, without numbering; and its numbering, '' when it has none. */
export const cellKeys = memo((text: string) => {
  const { number, rest } = splitNumbering(text);
  return {
    whole: keyOf(text),
    bare: keyOf(withoutUnit(text).replace(/[（(【[][^）)】\]]{0,200}[）)】\]]/g, '')) || keyOf(text),
    unnumbered: keyOf(rest),
    number,
  };
});

/** What a header or label cell may be: a column, a line, or words of the header that are neither (申请人情况). */
export type Meaning =
  | { kind: 'column'; of: { grid: string; col: string }[] }
  | { kind: 'line'; of: { grid: string; line: string }[] }
  | { kind: 'furniture'; of: string[] }
  | null;

/** A header cell is never numbered, so a numbered label ("（七）总计", "3.其他") is a line, not a column. */
export const meaningOf = memo((text: string): Meaning => {
  if (text === '') return null;
  const { columns, lines, furniture, notes } = lexicon();
  const { whole, bare, unnumbered } = cellKeys(text);
  if (whole === '') return null;
  const word = furniture.get(whole) ?? furniture.get(bare) ?? (unnumbered ? furniture.get(unnumbered) : undefined);
  if (word) return { kind: 'furniture', of: word };
  const note = notes.find((n) => whole.includes(n.words));
  if (note) return { kind: 'furniture', of: [note.grid] };
  const column = columns.get(whole) ?? columns.get(bare);
  if (column) return { kind: 'column', of: column };
  const line = lines.get(whole) ?? lines.get(unnumbered) ?? lines.get(bare);
  if (line) return { kind: 'line', of: line };
  return null;
});
