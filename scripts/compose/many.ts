import { cell, type PrintedTable } from './printed.ts';
import { htmlBody, htmlPage, articleOf, type HtmlStyle } from './html.ts';
import { composeFigures, gridInSection, type Figures } from './figures.ts';
import { departmentOf, departments } from './names.ts';
import { titleOf } from './prose.ts';
import { seedOf, type Random } from './random.ts';
import { printedTables, unsplit } from './tables.ts';
import { articlePage } from './shell.ts';
import { widthOf } from './blocks.ts';

/**
 * Pages with more tables than one report has, or fewer. Where two readings are possible the truth is what the title
 * announces, and its cells are undecidable: a reader takes them or says why not, and never mixes.
 */
export interface ManyPage {
  page: string;
  undecidable: (cell: { grid: string; line: string; col: string }) => boolean;
}

/** Same publisher a year earlier: whole lines of numbers differ. */
const lastYear = (f: Figures): Figures =>
  composeFigures({
    seed: seedOf('last year', f.publisher, f.year),
    publisher: f.publisher,
    division_code: f.division_code,
    year: f.year - 1,
    edition: f.edition,
    size: 'large',
  });

const captioned = (table: PrintedTable, text: string): PrintedTable => ({
  ...table,
  rows: [[cell(text, 'caption', widthOf(table))], ...table.rows],
});

/** Both years' numbers in one row, year by year under the same headers. */
function joined(table: PrintedTable, before: PrintedTable, years: [string, string]): PrintedTable {
  const numbers = (rows: PrintedTable['rows'], r: number) =>
    (rows[r] ?? []).filter((c) => c.role === 'number' || c.role === 'header');
  const corner = table.rows[0]?.find((c) => c.role === 'corner');
  if (!corner) return table;
  const half = widthOf(table) - corner.colspan;
  const top = [{ ...corner, rowspan: corner.rowspan + 1 }, ...years.map((year) => cell(year, 'header', half))];
  const rest = table.rows.map((row, r) => [...row.filter((c) => c.role !== 'corner'), ...numbers(before.rows, r)]);
  return { ...table, rows: [top, ...rest] };
}

const inSectionThree =
  (f: Figures) =>
  ({ grid }: { grid: string }) =>
    grid === gridInSection(f, 3)?.code;

export const manyPages = {
  years_side_by_side: (f, style) => {
    const before = printedTables(lastYear(f), style).find((t) => t.section === 3);
    const alter = (tables: PrintedTable[]) =>
      tables.map((t) => (t.section === 3 && before ? joined(t, before, [`${f.year}年`, `${f.year - 1}年`]) : t));
    return { page: htmlPage(f, { ...style, ...unsplit, alter }), undecidable: inSectionThree(f) };
  },

  last_year_after: (f, style, random) => {
    const before = printedTables(lastYear(f), style);
    const named = random.chance(0.5);
    const caption = (t: PrintedTable, year: number) => (named ? captioned(t, `${year}年度`) : t);
    const alter = (tables: PrintedTable[]) =>
      tables.flatMap((t) => {
        const last = before.find((b) => b.grid === t.grid);
        return [caption(t, f.year), ...(last ? [caption(last, f.year - 1)] : [])];
      });
    return { page: htmlPage(f, { ...style, ...unsplit, alter }), undecidable: () => true };
  },

  /** A county's report with the report of one of its departments below. */
  department_below: (f, style, random) => {
    const department = departmentOf(
      { name: f.publisher.replace(/人民政府.*|.{2,4}局$/, ''), division_code: '' },
      random.pick(departments),
    );
    const other = composeFigures({ ...f, seed: seedOf(department, f.year), publisher: department, size: 'small' });
    const body = `${htmlBody(f, style)}\n<h2>${titleOf(other)}</h2>\n${htmlBody(other, style)}`;
    return { page: articlePage({ ...articleOf(f), body }, style), undecidable: () => true };
  },

  /** Tables of the site around the article, with words and numbers of the form in them. */
  crowded_layout: (f, style, random) => {
    const rows = ['总计', '规章', '行政许可', '自然人', '行政复议', '三、本年度办理结果', '访问量', '结果维持'].map(
      (word) => `<tr><td>${word}</td><td>${random.whole(0, 99)}</td></tr>`,
    );
    const side = `<table class="hot">${rows.join('')}</table>`;
    const days = Array.from(
      { length: 5 },
      (_, w) => `<tr>${Array.from({ length: 7 }, (_, d) => `<td>${w * 7 + d + 1}</td>`).join('')}</tr>`,
    );
    const calendar = `<table class="calendar"><tr><td colspan="7">${f.year}年</td></tr>${days.join('')}</table>`;
    return {
      page: htmlPage(f, style)
        .replace('<div class="nav">', `${side}<div class="nav">`)
        .replace('</body>', `${calendar}${side}</body>`),
      undecidable: () => false,
    };
  },

  /** Section 三 as a picture that nobody has. */
  picture_only: (f, style) => {
    const marker = 'table-as-picture';
    const alter = (tables: PrintedTable[]) =>
      tables.map((t) => (t.section === 3 ? { ...t, rows: [[cell(marker, 'label')]] } : t));
    const page = htmlPage(f, { ...style, ...unsplit, markup: 'clean', nested: false, alter });
    return {
      page: page.replace(
        new RegExp(`<table[^>]*><tr><td>${marker}</td></tr></table>`),
        '<p><img src="/images/table3.png" alt=""></p>',
      ),
      undecidable: inSectionThree(f),
    };
  },
} satisfies Record<string, (f: Figures, style: HtmlStyle, random: Random) => ManyPage>;

export type ManyName = keyof typeof manyPages;
