import { cell, type PrintedCell, type PrintedTable } from './printed.ts';
import type { ComposedFact } from './composed.ts';
import { gridInSection, key, type Figures } from './figures.ts';
import type { Random } from './random.ts';
import { insertRow, splitBefore, withLabel } from './spans.ts';
import { unsplit, type Splits } from './tables.ts';
import type { Wording } from './wording.ts';

/** Damage to the labels and rows of section 三. Its cells stay as they were: that is the truth of what is printed. */
export interface TableDamage {
  splits: Splits;
  wording?: Partial<Wording>;
  undecidable?: (fact: ComposedFact) => boolean;
}

type Alteration = (table: PrintedTable) => PrintedTable | PrintedTable[];

const requestsOnly = (alter: Alteration, splits: Splits = unsplit): TableDamage => ({
  splits: {
    ...splits,
    alter: (tables) => tables.flatMap((table) => (table.section === 3 ? alter(table) : [table])),
  },
});

/** Rows above the first line of the form. */
const headerRows = 3;
const changeRow = (table: PrintedTable, at: number, change: (row: PrintedCell[]) => PrintedCell[]): PrintedTable => ({
  ...table,
  rows: table.rows.with(at, change(table.rows[at] ?? [])),
});

/** A letter left out, doubled, or swapped with the next: what typing does. Short labels would become other labels. */
function misspelt(label: string, random: Random): string {
  const [, number = '', rest = ''] =
    /^([^\p{Script=Han}]*[一二三四五六七]?[^\p{Script=Han}]*)(.*)$/su.exec(label) ?? [];
  const chars = [...rest];
  if (chars.length < 7) return label;
  const at = random.whole(1, chars.length - 3);
  const [a = '', b = ''] = chars.slice(at);
  const slip = random.pick([[b], [a, a, b], [b, a], ['止', b]]);
  return number + chars.toSpliced(at, 2, ...slip).join('');
}

const lineOf = (f: Figures, index: number) => gridInSection(f, 3)?.lines[index];
const lineCount = (f: Figures) => gridInSection(f, 3)?.lines.length ?? 0;

const startsGroup = (row: PrintedCell[]) => row.some((c) => c.role === 'group' || c.role === 'continued');

export const tableDamages = {
  /** A third of the long labels are misspelt. */
  typos: (_f, random) =>
    requestsOnly((table) => ({
      ...table,
      rows: table.rows.map((row) =>
        random.chance(0.35) ? withLabel(row, (l) => ({ ...l, text: misspelt(l.text, random) })) : row,
      ),
    })),

  lost_label: (f, random) => {
    const at = headerRows + random.whole(1, lineCount(f) - 2);
    return requestsOnly((table) => changeRow(table, at, (row) => withLabel(row, (l) => ({ ...l, text: '' }))));
  },

  subtotal_rows: (): TableDamage => ({ splits: unsplit, wording: { subtotals: true } }),

  /** 小计 over the five kinds of organisations, before 总计. */
  subtotal_column: (f) =>
    requestsOnly((table) => ({
      ...table,
      rows: table.rows.map((row, r) => {
        if (r === 0) return row.map((c) => (c.role === 'header' ? { ...c, colspan: c.colspan + 1 } : c));
        if (r === 1) return row.map((c) => (c.colspan > 1 ? { ...c, colspan: c.colspan + 1 } : c));
        if (r === 2) return [...row, cell('小计', 'header')];
        return row.toSpliced(-1, 0, cell(String(organisations(f, r - headerRows)), 'number'));
      }),
    })),

  /** Two lines inside a group change places, with their numbers. */
  out_of_order: (_f, random) =>
    requestsOnly((table) => {
      const inside = table.rows.flatMap((row, r) => {
        const next = table.rows[r + 1];
        const own = (x: PrintedCell[]) => !startsGroup(x) && x.find((c) => c.role === 'label')?.colspan === 1;
        return r > headerRows && next && own(row) && own(next) ? [r] : [];
      });
      const at = random.pick(inside);
      return {
        ...table,
        rows: table.rows.with(at, table.rows[at + 1] ?? []).with(at + 1, table.rows[at] ?? []),
      };
    }),

  /** The end of a page falls inside a row: its label, or the first half of it, stays behind without the numbers. */
  row_cut: (f, random) => {
    const index = random.whole(3, lineCount(f) - 3);
    const whole = random.chance(0.5);
    const line = lineOf(f, index)?.code;
    const cut = requestsOnly((table) => {
      const at = headerRows + index;
      const [above] = splitBefore(table, at + 1);
      const [, below] = splitBefore(table, at);
      const half = (text: string) => (whole ? text.length : Math.ceil(text.length / 2));
      const left = changeRow(above, at, (row) =>
        withLabel(row, (l) => ({ ...l, text: l.text.slice(0, half(l.text)) })).map((c) =>
          c.role === 'number' ? { ...c, text: '' } : c,
        ),
      );
      const right = changeRow(below, 0, (row) =>
        withLabel(row, (l) => ({ ...l, text: l.text.slice(half(l.text)) })).map((c) =>
          c.role === 'group' ? { ...c, text: '' } : c,
        ),
      );
      return [left, right];
    });
    return { ...cut, undecidable: (fact) => fact.grid === gridInSection(f, 3)?.code && fact.line === line };
  },

  /** The label of a group stands on the first page only, and the second has no cell for it. */
  group_once: () => {
    const splits: Splits = { parts: 2, continued: 'empty' };
    return requestsOnly((table) => {
      const first = table.rows[headerRows] ?? [];
      const gone = first.filter((c) => c.role === 'continued');
      return {
        ...table,
        rows: table.rows.map((row, r) => {
          const missing = gone.filter((c) => r >= headerRows && r < headerRows + c.rowspan).length;
          return withLabel(
            row.filter((c) => !gone.includes(c)),
            (l) => ({ ...l, colspan: l.colspan + missing }),
          );
        }),
      };
    }, splits);
  },

  /** The header block once more where a page began, inside the one table. */
  header_again: () =>
    requestsOnly((table) => {
      const free = table.rows.findIndex(
        (row, r) => r > headerRows + 6 && row[0]?.role === 'group' && reaches(table, r),
      );
      const at = free < 0 ? table.rows.length - 1 : free;
      return { ...table, rows: table.rows.toSpliced(at, 0, ...table.rows.slice(0, headerRows)) };
    }),

  page_numbers: (f, random) =>
    requestsOnly((table) =>
      insertRow(table, headerRows + random.whole(4, lineCount(f) - 2), `- ${random.whole(2, 9)} -`),
    ),

  /** The label of one row is a column too wide or too narrow: its numbers stand under the wrong headers. */
  shifted_row: (f, random) => {
    const at = headerRows + random.whole(0, lineCount(f) - 1);
    const wider = random.chance(0.5);
    return requestsOnly((table) =>
      changeRow(table, at, (row) =>
        withLabel(row, (l) => ({ ...l, colspan: wider || l.colspan === 1 ? l.colspan + 1 : l.colspan - 1 })),
      ),
    );
  },
} satisfies Record<string, (f: Figures, random: Random) => TableDamage>;

export type TableDamageName = keyof typeof tableDamages;

const reaches = (table: PrintedTable, at: number) =>
  table.rows.slice(0, at).every((row, r) => row.every((c) => r + c.rowspan <= at));

function organisations(f: Figures, index: number): number {
  const line = lineOf(f, index);
  const columns = line?.columns.filter((c) => c.group.length > 0) ?? [];
  const number = (col: string) => f.cells.get(key(gridInSection(f, 3)?.code ?? '', line?.code ?? '', col)) ?? 0;
  return columns.reduce((sum, c) => sum + number(c.code), 0);
}
