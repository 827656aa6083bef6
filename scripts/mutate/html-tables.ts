import { load, type Cheerio, type CheerioAPI } from 'cheerio';
import type { Element } from 'domhandler';
import type { Random } from '../compose/random.ts';

/** Changes of pages that need their tree. */

type Of = (table: Cheerio<Element>, $: CheerioAPI, random: Random) => void;

/** Every table that holds no other one. */
const innermost =
  (of: Of) =>
  (page: string, random: Random): string => {
    const $ = load(page);
    for (const table of $('table').toArray()) if ($(table).find('table').length === 0) of($(table), $, random);
    return $.html();
  };

export const asSerialized = innermost(() => undefined);

interface Placed {
  element: Element;
  row: number;
  column: number;
  rows: number;
  columns: number;
}

/** The cells of a table with the places that they cover; spans end with the table. */
function placed(table: Cheerio<Element>, $: CheerioAPI): Placed[] {
  const rows = table.find('tr').toArray();
  const taken = new Set<string>();
  return rows.flatMap((tr, row) => {
    let column = 0;
    return $(tr)
      .children('td, th')
      .toArray()
      .map((element): Placed => {
        while (taken.has(`${row} ${column}`)) column++;
        const span = (name: string) => Number(element.attribs[name] ?? 1);
        const own = {
          element,
          row,
          column,
          rows: Math.min(span('rowspan'), rows.length - row),
          columns: span('colspan'),
        };
        for (let r = 0; r < own.rows; r++) for (let c = 0; c < own.columns; c++) taken.add(`${row + r} ${column + c}`);
        return own;
      });
  });
}

const isNumber = ({ element }: Placed, $: CheerioAPI) => /^\s*[\d,.]+\s*$/.test($(element).text());

/** Each cell of several rows or columns as many cells, the others of which hold its text again or nothing. */
export const spansWrittenOut = (others: 'repeated' | 'blank') =>
  innermost((table, $) => {
    const cells = placed(table, $);
    const rows = table.find('tr').toArray();
    const width = Math.max(...cells.map((c) => c.column + c.columns));
    const at = (row: number, column: number) =>
      cells.find((c) => c.row <= row && row < c.row + c.rows && c.column <= column && column < c.column + c.columns);
    const written = rows.map((_, row) =>
      Array.from({ length: width }, (_, column) => {
        const cell = at(row, column);
        if (!cell) return null;
        const copy = $(cell.element).clone().removeAttr('rowspan').removeAttr('colspan');
        return others === 'blank' && (cell.row !== row || cell.column !== column) ? copy.empty() : copy;
      }),
    );
    for (const [row, tr] of rows.entries())
      $(tr)
        .empty()
        .append(...written[row]!.filter((cell) => cell !== null));
  });

/** Parted between two rows of numbers, where the rows of the header that stand above begin the second part again. */
export const splitWithHeader = (between: string) =>
  innermost((table, $, random) => {
    const cells = placed(table, $);
    const rows = table.find('tr').toArray();
    const hasNumbers = rows.map((_, row) => cells.some((c) => c.row === row && isNumber(c, $)));
    const cuts = rows.flatMap((_, row) => (row > 0 && hasNumbers[row - 1] && hasNumbers[row] ? [row] : []));
    if (cuts.length === 0) return;
    const cut = random.pick(cuts);
    const end = hasNumbers.lastIndexOf(false, cut) + 1;
    const start = hasNumbers.lastIndexOf(true, end - 1) + 1;
    const second = table.clone();
    second.find('tr').remove();
    for (const row of rows.slice(start, end)) second.append($(row).clone());
    const crossing = cells.filter((c) => c.row < cut && c.row + c.rows > cut);
    for (const c of crossing) $(c.element).attr('rowspan', String(cut - c.row));
    const first = $(rows[cut]!);
    const next = cells.filter((c) => c.row === cut);
    for (const c of crossing) {
      const copy = $(c.element)
        .clone()
        .attr('rowspan', String(c.row + c.rows - cut));
      const behind = next.find(({ column }) => column > c.column);
      if (behind) $(behind.element).before(copy);
      else first.append(copy);
    }
    for (const row of rows.slice(cut)) second.append($(row));
    table.after(second);
    if (between) table.after(between);
  });
