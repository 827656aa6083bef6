import {
  alter,
  anotherOther,
  changed,
  firstNumber,
  hasLabel,
  inCells,
  holdsNumber,
  linesInRows,
  number,
  numberRows,
  reworded,
  totalFirst,
  type Change,
  type Rows,
} from './changes.ts';
import type { ComposedFact } from './composed.ts';
import { blankZeros, withoutLines } from './damage.ts';
import { composeFigures, gridInSection, key, type Figures } from './figures.ts';
import { cell, type PrintedTable } from './printed.ts';
import { seedOf, type Random } from './random.ts';
import { splitBefore, withLabel } from './spans.ts';
import { printedTables, type Splits } from './tables.ts';
import { plainWording } from './wording.ts';

type LayoutFormat = 'html' | 'tabs' | 'markdown' | 'pasted' | 'docx' | 'xlsx';

/** Tables laid out as no style lays them out: each is a thing that layout does to a reader, whatever the numbers are. */
export interface Layout {
  /** What is printed; the given figures when left out. */
  f?: Figures;
  alter?: Splits['alter'];
  formats: readonly LayoutFormat[];
  /** The page after it was printed. */
  page?: (text: string) => string;
  /** Cells that may be left out, with a finding. */
  undecidable?: (fact: ComposedFact) => boolean;
}

const ruled = ['html', 'html', 'docx', 'xlsx'] as const;
const inOrder = ['tabs', 'markdown'] as const;
const every = [...ruled, ...inOrder] as const;

const section3 = (f: Figures): string => gridInSection(f, 3)!.code;
const inSection3 = (f: Figures) => (fact: ComposedFact) => fact.grid === section3(f);
const headerRows = 3;
/** A row with numbers of section 三, not the first or last. */
const someLine = (f: Figures, random: Random): { at: number; code: string } => {
  const { lines } = gridInSection(f, 3)!;
  const index = random.whole(2, lines.length - 3);
  return { at: headerRows + index, code: lines[index]!.code };
};
const ofLines =
  (f: Figures, ...codes: string[]) =>
  ({ grid, line }: ComposedFact) =>
    grid === section3(f) && codes.includes(line);
/** Lines with blanks, where those leave nothing behind. */
const withBlanks = (f: Figures) => {
  const blank = new Set(
    [...f.cells].flatMap(([path, value]) => (value === null ? [path.slice(0, path.lastIndexOf('/'))] : [])),
  );
  return ({ grid, line }: ComposedFact) => grid === section3(f) && blank.has(`${grid}/${line}`);
};
const rowAt =
  (at: number, change: (row: Rows[number]) => Rows[number]): Change =>
  (rows) =>
    rows.with(at, change(rows[at] ?? []));
const inRequests = (f: Figures, change: Change) => changed(section3(f), change);

/** The same organ's figures of the year before. */
const yearBefore = (f: Figures): Figures =>
  composeFigures({ ...f, seed: seedOf('year before', f.publisher, f.year), year: f.year - 1, size: 'large' });
const requestsOf = (f: Figures): PrintedTable =>
  printedTables(f, plainWording).find((table) => table.grid === section3(f))!;
const captioned = (table: PrintedTable, text: string): PrintedTable => ({
  ...table,
  rows: [[cell(text, 'caption', 10)], ...table.rows],
});
/** Lines of text above section 三. */
const textAbove = (f: Figures, lines: string[]) =>
  alter(section3(f), (table) => [{ ...table, rows: lines.map((line) => [cell(line, 'caption')]) }, table]);

export const layouts = {
  /** 行次 between the labels and the numbers. */
  row_numbers: (f) => ({
    ...inRequests(f, (rows) =>
      numberRows((r, i) => r.toSpliced(firstNumber(r), 0, number(String(i + 1))))(
        rows.with(0, rows[0]!.toSpliced(1, 0, cell('行次', 'header', 1, 3))),
      ),
    ),
    formats: every,
  }),

  /** A header cell is misspelt, and beside it stands a column that the form does not have. */
  misspelt_beside_subtotal: (f) => ({
    ...inRequests(f, (rows) => {
      const wider = (r: Rows[number], at: number) => r.with(at, { ...r[at]!, colspan: r[at]!.colspan + 1 });
      const header = rows
        .with(0, wider(rows[0]!, 1))
        .with(1, wider(rows[1]!, 1))
        .with(2, rows[2]!.toSpliced(-1, 0, cell('小计', 'header')));
      const withSums = numberRows((r) => {
        const at = firstNumber(r);
        const sum = r.slice(at + 1, at + 5).reduce((n, c) => n + Number(c.text || 0), 0);
        return r.toSpliced(at + 5, 0, number(String(sum)));
      })(header);
      return reworded('法律服务机构', '法律服物机构')(withSums);
    }),
    formats: ['html', 'docx'],
  }),

  /** The first cell of a row, which is blank, is merged into its label, and the label is none of the form. */
  label_over_blank: (f, random) => {
    const small = blankZeros(f, [section3(f)]);
    const { at, code } = someLine(small, random);
    return {
      f: small,
      ...inRequests(small, (rows) =>
        rowAt(at, (r) =>
          withLabel(r, (l) => ({ ...l, text: `${l.text}（不含结转）`, colspan: l.colspan + 1 })).toSpliced(
            firstNumber(r),
            1,
          ),
        )(rows),
      ),
      formats: ['html', 'docx'],
      undecidable: ofLines(small, code),
    };
  },

  /** A group goes on for one row too many, and that row has lost its last cell. */
  group_too_long: (f) => {
    const next = gridInSection(f, 3)!.lines.find((l) => l.code === 'unavailable_not_held')!.code;
    return {
      ...inRequests(f, (rows) => {
        const longer = inCells((c) =>
          c.role === 'group' && c.text.includes('不予公开') ? { ...c, rowspan: c.rowspan + 1 } : c,
        )(rows);
        return longer.map((r) => (hasLabel('本机关不掌握')(r) ? r.slice(0, -1) : r));
      }),
      formats: ['html'],
      undecidable: ofLines(f, next),
    };
  },

  /** A number is a picture. */
  number_as_picture: (f, random) => {
    const { at, code } = someLine(f, random);
    const cells = new Map(f.cells).set(key(section3(f), code, 'natural_person'), null);
    return {
      f: { ...f, cells },
      ...inRequests(
        f,
        rowAt(at, (r) => r.with(firstNumber(r), number('number-as-picture'))),
      ),
      formats: ['html'],
      page: (text: string) => text.replace('number-as-picture', '<img src="figure.png" alt="">'),
    };
  },

  /** Two lines' numbers in cells that span both. */
  numbers_of_two_lines: (f) => ({
    ...inRequests(f, (rows) => {
      const at = rows.findIndex(hasLabel('重复申请'));
      return rows
        .with(
          at,
          rows[at]!.map((c) => (holdsNumber(c) ? { ...c, rowspan: 2 } : c)),
        )
        .with(
          at + 1,
          rows[at + 1]!.filter((c) => !holdsNumber(c)),
        );
    }),
    formats: ['html', 'docx'],
    undecidable: inSection3(f),
  }),

  /** A row has a number too many, as the first or the last. */
  number_too_many: (f, random) => {
    const { at, code } = someLine(f, random);
    const last = random.chance(0.5);
    const extra = random.pick(['77', '0', '1']);
    return {
      ...inRequests(
        f,
        rowAt(at, (r) => r.toSpliced(last ? r.length : firstNumber(r), 0, number(extra))),
      ),
      formats: every,
      undecidable: ofLines(f, code),
    };
  },

  /** A row lacks the cell of one number. */
  cell_missing: (f, random) => {
    const { at, code } = someLine(f, random);
    const which = random.whole(0, 6);
    return {
      ...inRequests(
        f,
        rowAt(at, (r) => r.toSpliced(firstNumber(r) + which, 1)),
      ),
      formats: every,
      undecidable: ofLines(f, code),
    };
  },

  /** A row has an empty cell too many. */
  empty_cell_too_many: (f, random) => {
    const { at, code } = someLine(f, random);
    const which = random.pick([0, 0, 3, 7]);
    return {
      ...inRequests(
        f,
        rowAt(at, (r) => r.toSpliced(firstNumber(r) + which, 0, number(''))),
      ),
      formats: every,
      undecidable: ofLines(f, code),
    };
  },

  /** An empty column behind the numbers. */
  empty_column_behind: (f) => ({
    ...inRequests(f, (rows) => rows.map((r) => [...r, cell('', r.some(holdsNumber) ? 'number' : 'header')])),
    formats: [...ruled, ...inOrder, ...inOrder],
  }),

  /** A converter filled every row up with empty cells, and zeros of all tables are blank. */
  zeros_blank_everywhere: (f) => ({
    f: blankZeros(f, ['proactive', 'requests', 'disputes']),
    formats: inOrder,
    undecidable: ({ grid }) => grid === 'proactive',
  }),

  /** Section 四 has a second row of numbers, of the year before. */
  disputes_of_two_years: (f) => ({
    ...changed('disputes', (rows) => {
      const last = printedTables(yearBefore(f), plainWording).find((table) => table.grid === 'disputes');
      return [...rows, last!.rows.at(-1)!];
    }),
    formats: every,
    undecidable: ({ grid }) => grid === 'disputes',
  }),

  /** An empty row stands between the header of section 四 and its numbers. */
  disputes_below_empty_row: () => ({
    ...changed('disputes', (rows) => [
      ...rows.slice(0, -1),
      rows.at(-1)!.map((c) => ({ ...c, text: '' })),
      rows.at(-1)!,
    ]),
    formats: every,
  }),

  total_first: (f) => ({ ...inRequests(f, totalFirst), formats: every }),

  /** Two kinds of organisations have changed places, header and numbers. */
  columns_exchanged: (f) => ({
    ...inRequests(f, (rows) => {
      const swap = (r: Rows[number], a: number, b: number) => r.with(a, r[b]!).with(b, r[a]!);
      return numberRows((r) => swap(r, firstNumber(r) + 1, firstNumber(r) + 4))(rows.with(2, swap(rows[2]!, 0, 3)));
    }),
    formats: every,
    undecidable: inSection3(f),
  }),

  /** Sentences above a table that the end of a line broke at their numbers. */
  sentences_at_numbers: (f, random) => ({
    ...textAbove(f, [
      `本年度新收申请的数量较上年有所增加。其中网上提交 ${random.whole(3, 40)}`,
      `${random.whole(3, 40)} 件为信函提交，其余为当面提交；全部按期答复。共印发指南 ${random.whole(100, 400)}`,
    ]),
    formats: ['tabs', 'pasted'],
    undecidable: withBlanks(f),
  }),

  /** A converter put all numbers of a row into one cell. */
  numbers_in_one_cell: (f) => ({
    ...inRequests(
      f,
      numberRows((r) => [
        ...r.slice(0, firstNumber(r)),
        number(
          r
            .filter(holdsNumber)
            .map((c) => c.text)
            .join(' '),
        ),
      ]),
    ),
    formats: inOrder,
    undecidable: withBlanks(f),
  }),

  /** A table of other things, with words of the form, in a section of prose. */
  other_table_in_prose: (f, random) => ({
    alter: (tables) => [
      ...tables,
      {
        grid: 'other',
        section: 5,
        rows: ['行政许可', '行政处罚', '行政强制'].map((word) => [
          cell(word, 'label'),
          ...[1, 2, 3].map(() => number(String(random.whole(1, 60)))),
        ]),
      },
    ],
    formats: [...inOrder, 'pasted'],
    undecidable: withBlanks(f),
  }),

  /** Two years side by side, each under its own header; blanks are lost. */
  years_side_by_side: (f) => {
    const printed = blankZeros(f);
    const last = requestsOf(blankZeros(yearBefore(f)));
    return {
      f: printed,
      ...inRequests(f, (rows) =>
        rows.map((r, i) => [...r, ...(last.rows[i] ?? []).filter((c) => holdsNumber(c) || c.role === 'header')]),
      ),
      formats: ['pasted', 'pasted', 'tabs'],
      undecidable: () => true,
    };
  },

  /** Last year's table stands above this year's, each under its year. */
  last_year_above: (f) => ({
    ...alter(section3(f), (table) => [
      captioned(requestsOf(yearBefore(f)), `${f.year - 1}年度`),
      captioned(table, `${f.year}年度`),
    ]),
    formats: ['html', 'docx'],
  }),

  /** The first lines of a table, and then the whole table. */
  excerpt_above: (f) => ({
    ...alter(section3(f), (table) => [splitBefore(table, headerRows + 5)[0], table]),
    formats: ['html', 'docx'],
  }),

  /** Section 四 with a row for each of its lines. */
  disputes_in_rows: () => ({ ...changed('disputes', linesInRows), formats: [...ruled, 'tabs'] }),

  /** A reason that the form does not have, with a label that it has elsewhere; that line is not printed. */
  other_reason: (f) => {
    const printed = withoutLines(f, section3(f), ['other_other']);
    return { f: printed, ...inRequests(printed, anotherOther), formats: ruled };
  },

  /** A label is lost at the end of a page, where the next page goes on without a header. */
  cut_without_header: (f, random) => ({
    ...alter(section3(f), (table) => splitBefore(table, headerRows + random.whole(5, 15))),
    formats: ['html', 'docx', 'tabs', 'markdown'],
  }),

  without_header: (f) => ({
    ...inRequests(f, (rows) => rows.slice(headerRows)),
    formats: every,
    undecidable: () => true,
  }),

  /** The same cells printed twice, the second time otherwise. */
  line_twice: (f, random) => {
    const { at, code } = someLine(f, random);
    return {
      ...inRequests(f, (rows) => {
        const again = rows[at]!.filter((c) => c.role !== 'group').map((c) =>
          holdsNumber(c) ? { ...c, text: String(Number(c.text || 0) + 1) } : c,
        );
        const grown = rows.map((r, i) =>
          r.map((c) => (c.rowspan > 1 && i <= at && i + c.rowspan > at ? { ...c, rowspan: c.rowspan + 1 } : c)),
        );
        return grown.toSpliced(at + 1, 0, again);
      }),
      formats: ['html', 'docx'],
      undecidable: ofLines(f, code),
    };
  },
} satisfies Record<string, (f: Figures, random: Random) => Layout>;
