import { read, utils, write, type BookType, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { toTraditional } from '../compose/html.ts';
import type { Random } from '../compose/random.ts';
import { repacked, textOf, type Parts } from '../compose/ooxml.ts';
import { isZero, noZeros, type Relation } from './relation.ts';

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;

/** The XML of every sheet rewritten. */
const onXml = (
  name: string,
  change: (xml: string, random: Random) => string,
  more: Parts = {},
): Relation<Uint8Array> => ({
  name,
  change: (bytes, random) =>
    repacked(bytes, (parts) => {
      const changed = Object.entries(parts).map(([part, own]) => [
        part,
        SHEET.test(part) ? change(textOf(own), random) : own,
      ]);
      return { ...(Object.fromEntries(changed) as Parts), ...more };
    }),
});
const onPart = (name: string, part: string, change: (xml: string) => string): Relation<Uint8Array> => ({
  name,
  change: (bytes) => repacked(bytes, (parts) => ({ ...parts, [part]: change(textOf(parts[part]!)) })),
});

/** The workbook opened by the library, changed and saved again. */
const onBook = (
  name: string,
  change: (book: WorkBook, random: Random) => void,
  bookType: BookType = 'xlsx',
): Relation<Uint8Array> => ({
  name,
  change: (bytes, random) => {
    const book = read(bytes, { type: 'buffer', cellNF: true });
    change(book, random);
    return new Uint8Array(write(book, { type: 'buffer', bookType, compression: true }) as Buffer);
  },
});
const onSheets = (name: string, change: (sheet: WorkSheet, random: Random) => WorkSheet): Relation<Uint8Array> =>
  onBook(name, (book, random) => {
    for (const sheet of book.SheetNames) book.Sheets[sheet] = change(book.Sheets[sheet]!, random);
  });

interface At {
  row: number;
  column: number;
  cell: CellObject;
}
const cellsOf = (sheet: WorkSheet): At[] =>
  Object.entries(sheet).flatMap(([name, cell]) => {
    if (name.startsWith('!')) return [];
    const { r, c } = utils.decode_cell(name);
    return [{ row: r, column: c, cell: cell as CellObject }];
  });
/** The same cells elsewhere, and the merges with them. */
function moved(sheet: WorkSheet, rowOf: (row: number) => number, columnOf: (column: number) => number): WorkSheet {
  const own: WorkSheet = {};
  const place = ({ r, c }: { r: number; c: number }) => ({ r: rowOf(r), c: columnOf(c) });
  for (const { row, column, cell } of cellsOf(sheet)) own[utils.encode_cell(place({ r: row, c: column }))] = cell;
  const { s, e } = utils.decode_range(sheet['!ref'] ?? 'A1');
  own['!ref'] = utils.encode_range({ s, e: place(e) });
  own['!merges'] = (sheet['!merges'] ?? []).map((merge) => ({ s: place(merge.s), e: place(merge.e) }));
  return own;
}
const onCells = (name: string, change: (cell: CellObject, random: Random) => CellObject): Relation<Uint8Array> =>
  onSheets(name, (sheet, random) => {
    const own = { ...sheet };
    for (const { row, column, cell } of cellsOf(sheet))
      own[utils.encode_cell({ r: row, c: column })] = change(cell, random);
    return own;
  });
const onTexts = (change: (text: string, random: Random) => string) => (cell: CellObject, random: Random) =>
  cell.t === 's' ? { ...plain(cell), v: change(String(cell.v), random) } : cell;
const labels = (change: (text: string, random: Random) => string) =>
  onTexts((text, random) => (/^[^\s\d]{2,30}$/.test(text) ? change(text, random) : text));
/** Without what the library made of it for show. */
const plain = ({ t, v, z }: CellObject): CellObject => (z === undefined ? { t, v } : { t, v, z });
const inside = (what: string) => (text: string, random: Random) => {
  const at = random.whole(1, text.length - 1);
  return text.slice(0, at) + what + text.slice(at);
};
const isNumberText = (cell: CellObject) => cell.t === 's' && /^\d+(\.\d+)?$/.test(String(cell.v));

const merged = (sheet: WorkSheet, written: (first: CellObject | undefined) => CellObject | null): WorkSheet => {
  const own: WorkSheet = { ...sheet, '!merges': [] };
  for (const { s, e } of sheet['!merges'] ?? [])
    for (let r = s.r; r <= e.r; r++)
      for (let c = s.c; c <= e.c; c++) {
        const copy = written(sheet[utils.encode_cell(s)] as CellObject | undefined);
        if (copy && (r > s.r || c > s.c)) own[utils.encode_cell({ r, c })] = copy;
      }
  return own;
};

/** The rows of the table under the widest header once more, after some of its rows. */
function splitWithHeader(sheet: WorkSheet, random: Random): WorkSheet {
  const rows = new Map<number, At[]>();
  for (const at of cellsOf(sheet)) rows.set(at.row, [...(rows.get(at.row) ?? []), at]);
  const isNumbers = (row: number) =>
    (rows.get(row) ?? []).filter(({ cell }) => cell.t === 'n' || isNumberText(cell)).length >= 7;
  const last = Math.max(...rows.keys());
  const first = Array.from({ length: last + 1 }, (_, row) => row).find((row) => isNumbers(row) && isNumbers(row + 1));
  if (first === undefined) return sheet;
  let head = first;
  // Merged corners leave no row of a header without a cell.
  while (head > 0 && (rows.get(head - 1)?.length ?? 0) >= 2) head--;
  let end = first;
  while (isNumbers(end)) end++;
  const crossing = (row: number) => (sheet['!merges'] ?? []).some(({ s, e }) => s.r < row && row <= e.r);
  const cuts = Array.from({ length: end - first - 1 }, (_, i) => first + 1 + i).filter((row) => !crossing(row));
  if (cuts.length === 0 || head === first) return sheet;
  const cut = random.pick(cuts);
  const height = first - head;
  const own = moved(
    sheet,
    (row) => (row >= cut ? row + height : row),
    (column) => column,
  );
  const again = (row: number) => row - head + cut;
  for (let row = head; row < first; row++)
    for (const { column, cell } of rows.get(row) ?? []) own[utils.encode_cell({ r: again(row), c: column })] = cell;
  for (const { s, e } of sheet['!merges'] ?? [])
    if (s.r >= head && e.r < first)
      own['!merges']!.push({ s: { r: again(s.r), c: s.c }, e: { r: again(e.r), c: e.c } });
  return own;
}

const cell = /<c r="([A-Z]+)(\d+)"([^>]*?)(?:\/>|>(?:<v>([^<]*)<\/v>)?<\/c>)/g;
const TEXT = ' t="str"';
const texts =
  (of: (text: string, column: string, row: string, random: Random) => string) => (xml: string, random: Random) =>
    xml.replace(cell, (all: string, column: string, row: string, attributes: string, value: string | undefined) =>
      attributes.includes(TEXT) && value !== undefined ? of(value, column, row, random) : all,
    );
const inline = (of: (text: string, random: Random) => string) =>
  texts((text, column, row, random) => `<c r="${column}${row}" t="inlineStr"><is>${of(text, random)}</is></c>`);
const cut = (text: string, random: Random, of: (part: string) => string): string => {
  const chars = text.match(/&[^;]+;|[\s\S]/gu) ?? [];
  const at = random.whole(0, chars.length);
  return of(chars.slice(0, at).join('')) + of(chars.slice(at).join(''));
};
const afterData = (more: string) => (xml: string) => xml.replace('</sheetData>', `</sheetData>${more}`);
const each =
  (from: string | RegExp, to: string) =>
  (xml: string): string =>
    xml.replaceAll(from, to);
const numbers = (of: (value: string, attributes: string) => string) => (xml: string) =>
  xml.replace(cell, (all: string, column: string, row: string, attributes: string, value: string | undefined) =>
    / t="(?!n")/.test(attributes) || value === undefined ? all : `<c r="${column}${row}"${of(value, attributes)}</c>`,
  );
/** The library writes one style alone: another, of a number format, behind it. Whole numbers show the same in it. */
const inFormat = (name: string, format: number): Relation<Uint8Array> => ({
  name,
  change: (bytes) =>
    repacked(bytes, (parts) => {
      const styles = textOf(parts['xl/styles.xml']!);
      const count = /<cellXfs count="(\d+)"/.exec(styles)![1]!;
      const own: Parts = {
        ...parts,
        'xl/styles.xml': styles.replace(
          '</cellXfs>',
          `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>`,
        ),
      };
      for (const [part, xml] of Object.entries(parts))
        if (SHEET.test(part))
          own[part] = numbers((value, attributes) =>
            Number.isInteger(Number(value))
              ? ` s="${count}"${attributes.replace(/ s="\d+"/, '')}><v>${value}</v>`
              : `${attributes}><v>${value}</v>`,
          )(textOf(xml));
      return own;
    }),
});

const another: WorkSheet = { A1: { t: 's', v: '总计' }, B1: { t: 'n', v: 12 }, '!ref': 'A1:B1' };
const withSheet = (name: string, hidden: 0 | 1 | 2, sheet: WorkSheet = another) =>
  onBook(name, (book) => {
    utils.book_append_sheet(book, sheet, '参考');
    book.Workbook = {
      ...book.Workbook,
      Sheets: book.SheetNames.map((own) => ({ name: own, Hidden: own === '参考' ? hidden : 0 })),
    };
  });

export const xlsxRelations: Relation<Uint8Array>[] = [
  onXml(
    'inline texts',
    inline((text) => `<t>${text}</t>`),
  ),
  onXml(
    'runs in texts',
    inline((text, random) => cut(text, random, (part) => `<r><rPr><b/><sz val="11"/></rPr><t>${part}</t></r>`)),
  ),
  onXml(
    'readings over texts',
    inline((text) => `<t>${text}</t><rPh sb="0" eb="1"><t>ni3 99</t></rPh><phoneticPr fontId="1"/>`),
  ),
  onXml(
    'character references',
    inline((text) => `<t>${text.replace(/[^&;\w]/gu, (c) => `&#${c.codePointAt(0)};`)}</t>`),
  ),
  onXml(
    'escapes of the format',
    inline((text) => `<t>${text}_x000D_</t>`),
  ),
  onXml(
    'white space around texts',
    inline((text) => `<t xml:space="preserve">  ${text} </t>`),
  ),
  onXml(
    'no-break spaces around texts',
    inline((text) => `<t>\u00a0${text}\u3000</t>`),
  ),
  onXml(
    'zero-width characters',
    inline((text, random) => cut(text, random, (part) => `<r><t>${part}\u200b</t></r>`)),
  ),
  onXml('no references of rows', each(/<row r="\d+"/g, '<row')),
  onXml('looks of rows', each(/<row r="(\d+)"/g, '<row r="$1" spans="1:15" ht="24" customHeight="1"')),
  onXml('no dimension', each(/<dimension [^>]*>/g, '')),
  onXml('a dimension of one cell', each(/<dimension [^>]*>/g, '<dimension ref="A1"/>')),
  onXml('a dimension of all cells', each(/<dimension [^>]*>/g, '<dimension ref="A1:XFD1048576"/>')),
  onXml('XML comments', each('<row', '<!-- 7 --><row')),
  onXml('pretty-printed', each(/<(row|c|v|\/row|\/c)\b/g, '\n  <$1')),
  onXml('another prefix', (xml) => xml.replace(/<(\/?)(?=[a-zA-Z])/g, '<$1x:').replace('xmlns="', 'xmlns:x="')),
  onXml(
    'widths of columns',
    each('<sheetData>', '<cols><col min="1" max="3" width="18" customWidth="1"/></cols><sheetData>'),
  ),
  onXml(
    'frozen panes',
    each(
      /<sheetView [^>]*\/>/g,
      '<sheetView workbookViewId="0"><pane ySplit="2" topLeftCell="A3" state="frozen"/></sheetView>',
    ),
  ),
  onXml('filters', afterData('<autoFilter ref="A1:J3"/>')),
  onXml(
    'validations',
    afterData(
      '<dataValidations count="1"><dataValidation type="whole" sqref="B9"><formula1>0</formula1></dataValidation></dataValidations>',
    ),
  ),
  onXml(
    'conditional looks',
    afterData(
      '<conditionalFormatting sqref="A1:J9"><cfRule type="cellIs" priority="1" operator="lessThan"><formula>0</formula></cfRule></conditionalFormatting>',
    ),
  ),
  onXml('headers and footers', (xml) =>
    xml.replace('</worksheet>', '<headerFooter><oddFooter>&amp;C- &amp;P -</oddFooter></headerFooter></worksheet>'),
  ),
  onXml(
    'formulas with results',
    numbers((value, attributes) => `${attributes}><f>SUM(Z1:Z2)+${value}</f><v>${value}</v>`),
  ),
  onXml(
    'exponents',
    numbers((value, attributes) => `${attributes}><v>${Number(value) > 9 ? Number(value).toExponential() : value}</v>`),
  ),
  inFormat('whole numbers', 1),
  inFormat('texts by format', 49),
  inFormat('thousands by format', 4),
  onPart('names of ranges', 'xl/workbook.xml', (xml) =>
    xml.replace('</sheets>', '</sheets><definedNames><definedName name="total">1978</definedName></definedNames>'),
  ),
  onPart('sheets named by what they hold', 'xl/workbook.xml', each('name="年报"', 'name="2008年度报告"')),
  onBook('saved again', () => {}),
  onBook('saved as XLS', () => {}, 'biff8'),
  onBook('saved as XLSB', () => {}, 'xlsb'),
  onBook('its saver named', (book) => {
    book.Props = { ...book.Props, Author: '某市人民政府', Company: '某县民政局' };
  }),
  withSheet('a sheet that is hidden', 1),
  withSheet('a sheet that is hidden well', 2),
  withSheet('an empty sheet', 0, { '!ref': 'A1' }),
  onSheets('an empty row above', (sheet) =>
    moved(
      sheet,
      (row) => row + 2,
      (column) => column,
    ),
  ),
  onSheets('empty columns before', (sheet) =>
    moved(
      sheet,
      (row) => row,
      (column) => column + 2,
    ),
  ),
  onSheets('merges of one', (sheet) => ({
    ...sheet,
    '!merges': [...(sheet['!merges'] ?? []), { s: { r: 90, c: 0 }, e: { r: 90, c: 0 } }],
  })),
  onSheets('spans written out', (sheet) => merged(sheet, (first) => (first ? plain(first) : null))),
  onSheets('spans written out with blanks', (sheet) => merged(sheet, () => null)),
  onSheets('tables parted under a repeated header', splitWithHeader),
  onCells('numbers as texts', (own) => (own.t === 'n' && own.z === undefined ? { t: 's', v: String(own.v) } : own)),
  onCells('texts as numbers', (own) => (isNumberText(own) ? { t: 'n', v: Number(own.v) } : own)),
  onCells(
    'wide digits',
    onTexts((text) => text.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)))),
  ),
  onCells('white space in labels', labels(inside(' '))),
  onCells('line ends in labels', labels(inside('\n'))),
  onCells(
    'labels downwards',
    labels((text) => [...text].join('\r\n')),
  ),
  onCells('Traditional', onTexts(toTraditional)),
  {
    ...onCells('zeros left blank', (own) => (isZero(String(own.v)) ? { t: 'z' } : own)),
    shows: noZeros,
  },
];
