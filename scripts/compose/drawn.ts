import type { Figures } from './figures.ts';
import type { PrintedRun, PrintedTable } from './printed.ts';
import type { Random } from './random.ts';
import { reportSections, titleOf } from './prose.ts';
import { printedTables, type Splits } from './tables.ts';
import type { Wording } from './wording.ts';

/** How a program that is no browser writes a PDF. */
export interface DrawnStyle {
  /** What one operator shows: a character, the text between blanks, a line with kerning, or a line with spacing. */
  text: 'characters' | 'words' | 'kerned' | 'spaced';
  /** `pieces`: a line a cell, drawn twice where two meet; `bars`, `double`, `dots`: filled; `pictures`: of one dot. */
  rules: 'lines' | 'pieces' | 'bars' | 'double' | 'dots' | 'pictures';
  align: 'left' | 'middle' | 'right';
  /** Content comes column by column, or from the bottom up. */
  order: 'rows' | 'columns' | 'upwards';
  /** `/Rotate`, with the content turned back, or a page that is cut out of a larger one. */
  page: 'plain' | 'turned' | 'cropped';
  repeatHeader: boolean;
}

export const drawDrawnStyle = (random: Random): DrawnStyle => ({
  text: random.pick(['characters', 'words', 'kerned', 'spaced']),
  rules: random.pick(['lines', 'pieces', 'bars', 'double', 'dots', 'pictures']),
  align: random.pick(['left', 'middle', 'right']),
  order: random.pick(['rows', 'columns', 'upwards']),
  page: random.pick(['plain', 'turned', 'cropped']),
  repeatHeader: random.chance(0.5),
});

/** Points. */
const PAPER = { width: 595, height: 842, left: 45, right: 550, top: 60, bottom: 780 };
const SIZE = 9;
const LEADING = 12;
const PADDING = 4;

/** Content of one page, in drawing order. */
interface Sheet {
  rules: string[];
  texts: string[];
}

/** The report as PDF in a font that it does not hold. */
export function drawnPdf(f: Figures, wording: Wording & Splits, style: DrawnStyle): Uint8Array {
  const tables = printedTables(f, wording, wording);
  const sheets: Sheet[] = [{ rules: [], texts: [] }];
  let y = PAPER.top;
  const turnPage = () => {
    sheets.push({ rules: [], texts: [] });
    y = PAPER.top;
  };
  const say = (text: string, x: number, size: number) => {
    for (const line of wrapped(text, PAPER.right - x, size)) {
      if (y + size > PAPER.bottom) turnPage();
      y += 1.5 * size;
      sheets.at(-1)!.texts.push(shown(line, x, y, size, 'words'));
    }
  };
  say(titleOf(f), 150, 14);
  for (const { number, title, paragraphs } of reportSections(f, wording)) {
    say(title, 70, 12);
    for (const text of paragraphs) say(text, 66, 10.5);
    for (const table of tables.filter(({ section }) => section === number)) {
      y += 8;
      y = drawTable(
        table,
        style,
        y,
        () => {
          turnPage();
          return sheets.at(-1)!;
        },
        sheets.at(-1)!,
      );
      y += 8;
    }
  }
  return pdfOf(
    sheets.map(({ rules, texts }) => [...rules, ...texts].join('')),
    style.page,
  );
}

/** From `top` on; gives where it ends, on the last page that it needed. */
function drawTable(table: PrintedTable, style: DrawnStyle, top: number, turnPage: () => Sheet, first: Sheet): number {
  const cells = placedCells(table);
  const xs = columnsOf(table, Math.max(...cells.map((c) => c.column + c.colspan)));
  const heights = table.rows.map((_, r) => {
    const own = cells.filter((c) => c.row === r && c.rowspan === 1);
    return Math.max(1, ...own.map((c) => linesOf(c, xs).length)) * LEADING + 2 * PADDING;
  });
  for (const c of cells.filter(({ rowspan }) => rowspan > 1)) {
    const needed = linesOf(c, xs).length * LEADING + 2 * PADDING;
    const has = heights.slice(c.row, c.row + c.rowspan).reduce((sum, h) => sum + h, 0);
    if (needed > has) heights[c.row + c.rowspan - 1]! += needed - has;
  }
  const head = table.rows.findIndex((row) => row.some((c) => c.role === 'number'));
  let sheet = first;
  let y = top;
  let from = 0;
  while (from < heights.length) {
    const repeated = from > 0 && style.repeatHeader ? Array.from({ length: head }, (_, i) => i) : [];
    const rows = [...repeated];
    let end = y + rows.reduce((sum, r) => sum + heights[r]!, 0);
    let to = from;
    while (to < heights.length && end + heights[to]! <= PAPER.bottom) end += heights[to++]!;
    if (to > from) {
      for (let r = from; r < to; r++) rows.push(r);
      drawRows(cells, rows, heights, xs, y, style, sheet);
      y = end;
      from = to;
    }
    if (from < heights.length) {
      sheet = turnPage();
      y = PAPER.top;
    }
  }
  return y;
}

interface Placed {
  text: string;
  runs?: PrintedRun[] | undefined;
  row: number;
  column: number;
  rowspan: number;
  colspan: number;
}

function placedCells({ rows }: PrintedTable): Placed[] {
  const taken = new Set<string>();
  return rows.flatMap((cells, row) => {
    let column = 0;
    return cells.map(({ text, runs, rowspan, colspan }) => {
      while (taken.has(`${row}/${column}`)) column++;
      for (let r = row; r < row + rowspan; r++) for (let c = column; c < column + colspan; c++) taken.add(`${r}/${c}`);
      return { text, runs, row, column, rowspan, colspan };
    });
  });
}

/** Edges of the columns: those of numbers are narrow. */
function columnsOf(table: PrintedTable, columns: number): number[] {
  const numbers = new Set<number>();
  const roles = table.rows.flat().map((c) => c.role);
  placedCells(table).forEach((c, i) => {
    if (roles[i] === 'number' && c.colspan === 1) numbers.add(c.column);
  });
  const narrow = columns > 12 ? 505 / columns : columns > 6 ? 36 : 100;
  const wide = (PAPER.right - PAPER.left - narrow * numbers.size) / Math.max(1, columns - numbers.size);
  const xs = [PAPER.left];
  for (let c = 0; c < columns; c++) xs.push(xs[c]! + (numbers.has(c) ? narrow : wide));
  return xs;
}

const linesOf = ({ text, column, colspan }: Placed, xs: number[]): string[] =>
  text.split('\n').flatMap((line) => wrapped(line, xs[column + colspan]! - xs[column]! - 4, SIZE));

function drawRows(
  cells: Placed[],
  rows: number[],
  heights: number[],
  xs: number[],
  top: number,
  style: DrawnStyle,
  sheet: Sheet,
) {
  const tops = new Map<number, number>();
  let y = top;
  for (const r of rows) {
    tops.set(r, y);
    y += heights[r]!;
  }
  const texts: string[] = [];
  const own = cells.filter((c) => rows.some((r) => r >= c.row && r < c.row + c.rowspan));
  if (style.order === 'columns') own.sort((a, b) => a.column - b.column || a.row - b.row);
  if (style.order === 'upwards') own.reverse();
  for (const c of own) {
    const covered = rows.filter((r) => r >= c.row && r < c.row + c.rowspan);
    const y0 = tops.get(covered[0]!)!;
    const y1 = tops.get(covered.at(-1)!)! + heights[covered.at(-1)!]!;
    const [x0, x1] = [xs[c.column]!, xs[c.column + c.colspan]!];
    sheet.rules.push(...boxOf(x0, y0, x1, y1, style.rules));
    // What a page end cuts is printed where it begins, as far as it has room.
    if (covered[0] !== c.row) continue;
    const lines = linesOf(c, xs).slice(0, Math.max(1, Math.floor((y1 - y0 - PADDING) / LEADING)));
    const foot = (y0 + y1 - lines.length * LEADING) / 2;
    const beginsAt = (room: number): number =>
      x0 + 2 + (style.align === 'left' ? 0 : style.align === 'right' ? room : room / 2);
    if (c.runs) {
      // One line, made smaller where it has no room.
      const wide = c.runs.reduce((sum, run) => sum + widthOfRun(run, SIZE, style.text), 0);
      const size = SIZE * Math.min(1, (x1 - x0 - 4) / wide);
      let x = beginsAt(x1 - x0 - 4 - (wide * size) / SIZE);
      for (const run of c.runs) {
        texts.push(shownRun(run, x, (y0 + y1) / 2 + 0.3 * size, size, style.text));
        x += widthOfRun(run, size, style.text);
      }
      continue;
    }
    for (const [i, line] of lines.entries()) {
      const room = x1 - x0 - 4 - widthOf(line, SIZE, style.text);
      texts.push(shown(line, beginsAt(room), foot + i * LEADING + 0.8 * SIZE + 1, SIZE, style.text));
    }
  }
  sheet.texts.push(...texts);
}

function boxOf(x0: number, y0: number, x1: number, y1: number, rules: DrawnStyle['rules']): string[] {
  const sides = [
    [x0, y0, x1, y0],
    [x0, y1, x1, y1],
    [x0, y0, x0, y1],
    [x1, y0, x1, y1],
  ] as const;
  return sides.map(([ax, ay, bx, by]) => {
    const [left, low] = [ax, PAPER.height - by];
    const [width, height] = [bx - ax, by - ay];
    const bar = (shift: number, thick: number) =>
      `${left + (width === 0 ? shift : 0)} ${low + (height === 0 ? shift : 0)} ${width || thick} ${height || thick} re f\n`;
    switch (rules) {
      case 'lines':
        return `0.5 w ${left} ${low} m ${left + width} ${low + height} l S\n`;
      case 'pieces':
        return `0.5 w ${left} ${low} m ${left + width / 2} ${low + height / 2} l S ${left + width / 2} ${low + height / 2} m ${left + width} ${low + height} l S\n`;
      case 'bars':
        return bar(-0.24, 0.48);
      case 'double':
        return bar(-0.8, 0.4) + bar(0.6, 0.4);
      case 'dots':
        return Array.from({ length: Math.ceil((width + height) / 2) }, (_, i) =>
          width > 0 ? `${left + 2 * i} ${low} 1 0.5 re f\n` : `${left} ${low + 2 * i} 0.5 1 re f\n`,
        ).join('');
      case 'pictures':
        return `q ${width || 0.6} 0 0 ${height || 0.6} ${left} ${low} cm /Dot Do Q\n`;
    }
  });
}

const isHalf = (char: string): boolean => char < '\u0100';
const advance = (char: string, size: number): number => (isHalf(char) ? size / 2 : size);
const SPACING = 0.6;
const widthOf = (line: string, size: number, text: DrawnStyle['text']): number =>
  [...line].reduce((sum, char) => sum + advance(char, size) + (text === 'spaced' ? SPACING : 0), 0);

function wrapped(text: string, room: number, size: number): string[] {
  const lines = [''];
  for (const char of text) {
    if (widthOf(lines.at(-1)! + char, size, 'spaced') > room && lines.at(-1) !== '') lines.push('');
    lines[lines.length - 1] += char;
  }
  return lines;
}

const hex = (text: string): string =>
  `<${[...text].map((c) => c.codePointAt(0)!.toString(16).padStart(4, '0')).join('')}>`;

/** Text at x, y from the top. */
function shown(line: string, x: number, y: number, size: number, how: DrawnStyle['text']): string {
  const at = (left: number) => `1 0 0 1 ${left.toFixed(3)} ${(PAPER.height - y).toFixed(3)} Tm`;
  const font = `/Song ${size} Tf`;
  if (how === 'kerned') return `BT ${font} ${at(x)} [${[...line].map((c) => `${hex(c)} 12`).join(' ')}] TJ ET\n`;
  if (how === 'spaced') return `BT ${font} ${SPACING} Tc ${at(x)} ${hex(line)} Tj 0 Tc ET\n`;
  const parts = how === 'characters' ? [...line] : line.split(/(?<= )/);
  let left = x;
  const drawn = parts.map((part) => {
    const one = `${at(left)} ${hex(part)} Tj`;
    left += widthOf(part, size, how);
    return one;
  });
  return `BT ${font} ${drawn.join(' ')} ET\n`;
}

/** Of its line: marks that are no digits also stand on it, as large as the number. */
const sizeOfRun = ({ text, look, way }: PrintedRun): number =>
  look === 'raised' && (way % 2 === 0 || /\d/.test(text)) ? 0.6 : 1;
const widthOfRun = (run: PrintedRun, size: number, how: DrawnStyle['text']): number =>
  widthOf(run.text, size * sizeOfRun(run), how) + (how === 'spaced' ? SPACING : 0);

/** A run as `shown`, at x, y from the top, with what its look needs before, around or over it. */
function shownRun(run: PrintedRun, x: number, y: number, size: number, how: DrawnStyle['text']): string {
  const { text, look, way } = run;
  const small = sizeOfRun(run) < 1;
  const drawn = shown(text, x, small ? y - 0.4 * size : y, size * sizeOfRun(run), how);
  const width = widthOf(text, size, how);
  const foot = PAPER.height - y;
  const inColour = (gray: number) => `q ${gray} g ${drawn}Q\n`;
  switch (look) {
    case 'struck': {
      const middle = foot + 0.36 * size;
      const bar = `${x} ${middle} ${width} 0.5 re f\n`;
      return drawn + (way % 2 === 0 ? `0.5 w ${x} ${middle} m ${x + width} ${middle} l S\n` : bar);
    }
    case 'covered':
      return `${drawn}q ${[1, 0, 0.5][way % 3]} g ${x} ${foot - 0.15 * size} ${width} ${1.1 * size} re f Q\n`;
    case 'clipped':
      return `q ${x} ${foot - size} 0.2 ${3 * size} re W n ${drawn}Q\n`;
    case 'unseen':
      return way % 2 === 0 ? `q 3 Tr ${drawn}Q\n` : inColour(1);
    case 'white':
      return inColour(1);
    case 'pale':
      return inColour(0.75);
    default:
      return drawn;
  }
}

function pdfOf(contents: string[], page: DrawnStyle['page']): Uint8Array {
  const first = 7;
  const { width, height } = PAPER;
  const box = {
    plain: `/MediaBox [0 0 ${width} ${height}]`,
    turned: `/MediaBox [0 0 ${height} ${width}] /Rotate 90`,
    cropped: `/MediaBox [-100 -80 ${width + 120} ${height + 60}] /CropBox [0 0 ${width} ${height}]`,
  }[page];
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${contents.map((_, i) => `${first + 2 * i} 0 R`).join(' ')}] /Count ${contents.length} >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R /DW 1000 /W [1 95 500 814 939 500] >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
    '<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\0\nendstream',
    ...contents.flatMap((content, i) => {
      const turned = page === 'turned' ? `q 0 1 -1 0 ${height} 0 cm\n${content}Q\n` : content;
      return [
        `<< /Type /Page /Parent 2 0 R ${box} /Contents ${first + 2 * i + 1} 0 R /Resources << /Font << /Song 3 0 R >> /XObject << /Dot 6 0 R >> >> >>`,
        `<< /Length ${turned.length} >>\nstream\n${turned}\nendstream`,
      ];
    }),
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
