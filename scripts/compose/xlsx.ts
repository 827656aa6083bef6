import type { PrintedBlock, PrintedRun } from './printed.ts';
import { CFB, SSF, utils, write, type CellObject, type Range, type WorkSheet } from '@e965/xlsx';
import { packZip } from './docx.ts';
import { withOldRichText } from './old-strings.ts';
import { placedRows, printedBlocks, widthOf } from './blocks.ts';
import type { Figures } from './figures.ts';
import { unsplit, type Splits } from './tables.ts';
import { plainWording, type Wording } from './wording.ts';

export interface XlsxStyle extends Wording, Splits {
  format: 'xlsx' | 'biff8';
  /** Everything on one sheet, or a sheet for the text and for each table. */
  sheets: 'one' | 'each';
  /** Cells hold texts, or numbers with a number format. */
  cells: 'text' | 'number';
  /** Blank rows between the blocks. */
  spaced: boolean;
}

const plain: XlsxStyle = { ...plainWording, ...unsplit, format: 'xlsx', sheets: 'one', cells: 'number', spaced: true };

export const xlsxStyles = {
  plain,
  old: { ...plain, format: 'biff8' },
  sheets: { ...plain, sheets: 'each', digits: 'commas' },
  old_sheets: { ...plain, format: 'biff8', sheets: 'each', cells: 'text', explanation: true },
  tight: { ...plain, spaced: false, cells: 'text', absent: '—' },
} satisfies Record<string, XlsxStyle>;

export function xlsxFile(f: Figures, style: XlsxStyle): Uint8Array {
  const blocks = printedBlocks(f, style);
  const width = Math.max(...blocks.map((b) => (b.kind === 'table' ? widthOf(b.table) : 1)));
  const book = utils.book_new();
  const rich: PrintedRun[][] = [];
  if (style.sheets === 'one') utils.book_append_sheet(book, sheetOf(blocks, width, style, rich), '年报');
  else {
    const text = blocks.filter((b) => b.kind !== 'table');
    utils.book_append_sheet(book, sheetOf(text, width, style, rich), '正文');
    for (const [i, block] of blocks.entries()) {
      if (block.kind === 'table') utils.book_append_sheet(book, sheetOf([block], width, style, rich), `表${i}`);
    }
  }
  forgetFormats();
  const written = new Uint8Array(
    write(book, { type: 'buffer', bookType: style.format, compression: true, bookSST: rich.length > 0 }),
  );
  if (rich.length === 0) return written;
  return style.format === 'biff8' ? withOldRichText(written, rich, richName) : withRichText(written, rich);
}

/** The library writes the number formats of every workbook that it read or wrote before into this one. */
function forgetFormats(): void {
  const known = (SSF as { get_table: () => Record<number, string> }).get_table();
  for (const id of Object.keys(known).map(Number)) if (id > LAST_BUILT_IN) delete known[id];
}
/** Of the formats that the library knows by itself. */
const LAST_BUILT_IN = 56;

function sheetOf(blocks: PrintedBlock[], width: number, style: XlsxStyle, rich: PrintedRun[][]): WorkSheet {
  const sheet: WorkSheet = {};
  const merges: Range[] = [];
  let row = 0;
  const merge = (r: number, c: number, rows: number, columns: number) => {
    if (rows * columns > 1) merges.push({ s: { r, c }, e: { r: r + rows - 1, c: c + columns - 1 } });
  };
  for (const block of blocks) {
    if (block.kind !== 'table') {
      sheet[utils.encode_cell({ r: row, c: 0 })] = { t: 's', v: block.text };
      merge(row++, 0, 1, width);
    } else {
      for (const placed of placedRows(block.table)) {
        for (const { cell, column, continues } of placed) {
          if (continues) continue;
          if (cell.runs) {
            sheet[utils.encode_cell({ r: row, c: column })] = { t: 's', v: richName(rich.length) };
            rich.push(cell.runs);
          } else if (cell.text !== '') sheet[utils.encode_cell({ r: row, c: column })] = cellOf(cell.text, style);
          merge(row, column, cell.rowspan, cell.colspan);
        }
        row++;
      }
    }
    if (style.spaced) row++;
  }
  sheet['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: row, c: width - 1 } });
  sheet['!merges'] = merges;
  return sheet;
}

/** How a workbook makes a run look so; it hides nothing within a cell. */
const lookXml: Partial<Record<PrintedRun['look'], string[]>> = {
  plain: [''],
  raised: [
    '<vertAlign val="superscript"/>',
    '<sz val="8"/><vertAlign val="superscript"/>',
    '<vertAlign val="subscript"/>',
  ],
  struck: ['<strike/>', '<strike val="1"/><color rgb="FFFF0000"/>'],
  white: ['<color rgb="FFFFFFFF"/>', '<color theme="0"/>', '<color indexed="9"/>'],
  pale: ['<color rgb="FFC9C9C9"/>', '<color theme="0" tint="-0.15"/>', '<color indexed="22"/>'],
};

/** The library writes plain strings alone: rich ones are put in the place of their names. */
const richName = (at: number) => `rich text ${at}.`;

function withRichText(workbook: Uint8Array, texts: PrintedRun[][]): Uint8Array {
  const parts: Record<string, Uint8Array> = {};
  const container = CFB.read(workbook, { type: 'buffer' });
  for (const [i, path] of container.FullPaths.entries())
    if (!path.endsWith('/')) parts[path.replace(/^Root Entry\//, '')] = Buffer.from(container.FileIndex[i]!.content);
  let strings = Buffer.from(parts['xl/sharedStrings.xml']!).toString();
  for (const [i, runs] of texts.entries()) strings = strings.replace(`<t>${richName(i)}</t>`, richXml(runs));
  return packZip({ ...parts, 'xl/sharedStrings.xml': Buffer.from(strings) });
}

const richXml = (runs: PrintedRun[]): string =>
  runs
    .map(({ text, look, way }) => {
      const ways = lookXml[look] ?? [];
      return `<r><rPr>${ways[way % ways.length]}</rPr><t>${text}</t></r>`;
    })
    .join('');

/** A number keeps its digits; its thousands separators become a number format. */
function cellOf(text: string, style: XlsxStyle): CellObject {
  if (style.cells === 'text' || !/^-?[\d,]+(\.\d+)?$/.test(text)) return { t: 's', v: text };
  const decimals = text.split('.')[1]?.length ?? 0;
  const fraction = decimals > 0 ? `.${'0'.repeat(decimals)}` : '';
  const value = Number(text.replaceAll(',', ''));
  return text.includes(',') ? { t: 'n', v: value, z: `#,##0${fraction}` } : { t: 'n', v: value };
}
