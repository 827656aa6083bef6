import { utils, write, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { packOle } from '../scripts/compose/doc.ts';
import { packZip } from '../scripts/compose/docx.ts';
import { xlsxFile, xlsxStyles } from '../scripts/compose/xlsx.ts';
import { repacked, textOf } from '../scripts/compose/ooxml.ts';
import type { Doc } from '../transforms/doc/doc.ts';
import { openOle } from '../transforms/formats/ole.ts';
import { readXlsx } from '../transforms/formats/sheet/workbook.ts';
import { editions, figuresOf, linesOf, printed, tablesOf } from './office.fixture.ts';

describe('readXlsx on composed reports', () => {
  for (const edition of editions) {
    it.each(Object.entries(xlsxStyles))(`reads every cell of ${edition} in style "%s"`, async (_, style) => {
      const figures = figuresOf(edition);
      const doc = await readXlsx(xlsxFile(figures, style));
      const want = printed(figures, style);
      const captions: string[] = [];
      // On a sheet of its own a caption across the whole table cannot be told from a title.
      const tables = want.tables.map((rows) => {
        const [first] = rows;
        if (style.sheets === 'one' || first?.length !== 1 || !first[0]) return rows;
        captions.push(first[0][0]);
        return rows.slice(1);
      });
      expect(tablesOf(doc)).toEqual(tables);
      expect(linesOf(doc)).toEqual([...want.lines, ...captions]);
      expect(doc.blocks.every((b) => b.kind !== 'table' || b.aligned)).toBe(true);
    });
  }

  it('says on which sheet and row a block stands', async () => {
    const doc = await readXlsx(xlsxFile(figuresOf('2021'), xlsxStyles.sheets));
    expect(doc.blocks.at(0)?.origin).toBe('sheet 1 (正文), row 1');
    expect(doc.blocks.at(-1)?.origin).toMatch(/^sheet 4 \(.+\), row 1$/);
  });
});

describe('whole cells of XLSX', () => {
  /** B1 in a font and a fill. */
  const textsIn = async (font: string, fill = '<patternFill patternType="none"/>') => {
    const bytes = repacked(bytesOf([['标签', 17, 18]]), (parts) => ({
      ...parts,
      'xl/styles.xml': textOf(parts['xl/styles.xml']!)
        .replace('</fonts>', `<font>${font}</font></fonts>`)
        .replace('</fills>', `<fill>${fill}</fill></fills>`)
        .replace('</cellXfs>', '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0"/></cellXfs>'),
      'xl/worksheets/sheet1.xml': textOf(parts['xl/worksheets/sheet1.xml']!).replace(
        '<c r="B1"',
        `<c r="B1" s="${STYLES}"`,
      ),
    }));
    const [block] = (await readXlsx(bytes)).blocks;
    return block?.kind === 'table' ? block.rows[0]!.map(({ text, unread }) => unread ?? text) : null;
  };
  /** Of the library's own. */
  const STYLES = 1;

  it.each([
    ['<strike/>', undefined, 'struck'],
    ['<strike val="0"/>', undefined, '17'],
    ['<color rgb="FFFFFFFF"/>', undefined, ''],
    ['<color theme="0"/>', undefined, ''],
    ['<color indexed="9"/>', undefined, ''],
    ['<color theme="0"/>', '<patternFill patternType="solid"><fgColor rgb="FF1F4E79"/></patternFill>', '17'],
    ['<color theme="0"/>', '<patternFill patternType="solid"><fgColor theme="4"/></patternFill>', '17'],
    ['<color rgb="FF000000"/>', '<patternFill patternType="solid"><fgColor rgb="FF000000"/></patternFill>', 'struck'],
    ['<color theme="1"/>', undefined, '17'],
    ['<color theme="0" tint="-0.05"/>', undefined, ''],
    ['<color theme="0" tint="-0.9"/>', undefined, '17'],
    ['<vertAlign val="superscript"/>', undefined, '17'],
    ['<b/>', undefined, '17'],
  ])('in the font %s, on %s', async (font, fill, said) => {
    expect(await textsIn(font, fill)).toEqual(['标签', said, '18']);
  });
});

describe('whole cells of XLS', () => {
  const WHITE_INK = (font: Buffer) => font.writeUInt16LE(9, 4);
  const filled = (colour: number) => (format: Buffer) => {
    format.writeUInt32LE(2 ** 26, 14);
    format.writeUInt16LE(colour, 18);
  };
  it.each<[string, (font: Buffer) => void, (format: Buffer) => void, string]>([
    ['struck through', (font) => font.writeUInt16LE(8, 2), () => undefined, 'struck'],
    ['white', WHITE_INK, () => undefined, ''],
    ['white on a colour', WHITE_INK, filled(18), '17'],
    ['white on a pattern', WHITE_INK, (format) => format.writeUInt32LE(2 * 2 ** 26, 14), '17'],
    ['raised', (font) => font.writeUInt16LE(1, 8), () => undefined, '17'],
    ['black on black', (font) => font.writeUInt16LE(8, 4), filled(8), 'struck'],
  ])('%s', async (_, ofFont, ofFormat, said) => {
    const stream = openOle(bytesOf([['标签', 17]], undefined, 'biff8')).stream('Workbook')!;
    for (let at = 0; at < stream.length; at += 4 + stream.readUInt16LE(at + 2)) {
      const body = stream.subarray(at + 4, at + 4 + stream.readUInt16LE(at + 2));
      if (stream.readUInt16LE(at) === 0x31) ofFont(body);
      if (stream.readUInt16LE(at) === 0xe0) ofFormat(body);
    }
    const [block] = (await readXlsx(packOle({ Workbook: stream }))).blocks;
    const cells = block?.kind === 'table' ? block.rows[0]! : [];
    expect(cells.length === 0 ? '' : (cells[1]!.unread ?? cells[1]!.text)).toBe(said);
  });
});

it('gives the pictures on the sheets of XLSX with their bytes', async () => {
  const related = (type: string, target: string) =>
    `<Relationships><Relationship Id="r1" Type="http://x/${type}" Target="${target}"/></Relationships>`;
  const bytes = repacked(bytesOf([['某年报']]), (parts) => ({
    ...parts,
    'xl/worksheets/_rels/sheet1.xml.rels': related('drawing', '../drawings/drawing1.xml'),
    'xl/drawings/drawing1.xml': '<xdr:wsDr/>',
    'xl/drawings/_rels/drawing1.xml.rels': related('image', '/xl/media/image1.png'),
    'xl/media/image1.png': 'png',
  }));
  const { blocks } = await readXlsx(bytes);
  const origin = 'sheet 1 (一)';
  expect(blocks.at(-1)).toEqual({
    kind: 'picture',
    source: 'xl/media/image1.png',
    alt: '',
    origin,
    bytes: Buffer.from('png'),
  });
});

describe('strings that cells of XLSX hold themselves', () => {
  it('are read as runs', async () => {
    const row = `<row r="1"><c r="A1" t="inlineStr"><is><t>标签</t></is></c><c r="B1" t="inlineStr"><is><r><t>17</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></is></c><c t="inlineStr"><is><r><rPr><strike/></rPr><t>4</t></r><r><t>18</t></r></is></c></row>`;
    expect(texts(await readXlsx(sheetXml(`<sheetData>${row}</sheetData>`)))).toEqual([[['标签', '17 (2)', '18']]]);
  });
});

type Change = (sheet: WorkSheet, book: WorkBook) => void;
const bytesOf = (rows: unknown[][], change: Change = () => undefined, bookType: 'xlsx' | 'biff8' | 'xlml' = 'xlsx') => {
  const sheet = utils.aoa_to_sheet(rows);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '一');
  change(sheet, book);
  return new Uint8Array(write(book, { type: 'buffer', bookType }));
};
const read = (...args: Parameters<typeof bytesOf>): Promise<Doc> => readXlsx(bytesOf(...args));
const formatted =
  (formats: Record<string, string>): Change =>
  (sheet) => {
    for (const [at, z] of Object.entries(formats)) sheet[at].z = z;
  };
const texts = (doc: Doc) => tablesOf(doc).map((rows) => rows.map((row) => row.map(([text]) => text)));

describe.each(['xlsx', 'biff8'] as const)('readXlsx on cells of %s', (type) => {
  it('gives the text that is displayed, blanks and dashes apart', async () => {
    const rows = [['标签', 1234567.5, 0, 0, null, 0.256, 45000, '甲\n乙', true, -46]];
    const change = formatted({ B1: '#,##0.00', C1: '0;-0;"-"', F1: '0.0%', G1: 'yyyy-mm-dd' });
    expect(texts(await read(rows, change, type))).toEqual([
      [['标签', '1,234,567.50', '-', '0', '', '25.6%', '2023-03-15', '甲\n乙', 'TRUE', '-46']],
    ]);
  });

  it('gives a number in Chinese numerals as the number', async () => {
    const change = formatted({ B1: '[DBNum1][$-804]General' });
    expect(texts(await read([['标签', 61]], change, type))).toEqual([[['标签', '61']]]);
  });

  it('shows the text of a merge that begins in a hidden column in what is shown of it', async () => {
    const doc = await read(
      [
        ['a', '行政诉讼', null, 'b'],
        [1, 2, 3, 4],
      ],
      (sheet) => {
        sheet['!merges'] = [{ s: { r: 0, c: 1 }, e: { r: 0, c: 2 } }];
        sheet['!cols'] = [{}, { hidden: true }];
      },
      type,
    );
    expect(texts(doc)).toEqual([
      [
        ['a', '行政诉讼', 'b'],
        ['1', '3', '4'],
      ],
    ]);
  });

  it('keeps all digits of a number in the format of texts', async () => {
    const change = formatted({ B1: '@' });
    expect(texts(await read([['标签', 480526708.34]], change, type))).toEqual([[['标签', '480526708.34']]]);
  });

  it('keeps all digits of a number without a format', async () => {
    expect(texts(await read([['a', 58869.917055, 1471599.16, 480526708.34, 2122500000]], undefined, type))).toEqual([
      [['a', '58869.917055', '1471599.16', '480526708.34', '2122500000']],
    ]);
  });

  it('leaves out hidden rows, columns and sheets, shortens merges over them, and says so', async () => {
    // The library that composes these files does not write hidden rows into the old format.
    const rowHidden = type === 'xlsx';
    const doc = await read(
      [
        ['组', 'a', 'b', 'c'],
        [null, 1, 2, 3],
        [null, 4, 5, 6],
        ['d', 7, 8, 9],
      ],
      (sheet, book) => {
        sheet['!merges'] = [utils.decode_range('A1:A3')];
        sheet['!rows'] = [{}, { hidden: true }];
        sheet['!cols'] = [{}, {}, { hidden: true }];
        utils.book_append_sheet(book, utils.aoa_to_sheet([['秘', 1]]), '二');
        book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };
      },
      type,
    );
    expect(tablesOf(doc)).toEqual([
      [
        [
          ['组', 1, rowHidden ? 2 : 3],
          ['a', 1, 1],
          ['c', 1, 1],
        ],
        ...(rowHidden
          ? []
          : [
              [
                ['1', 1, 1],
                ['3', 1, 1],
              ],
            ]),
        [
          ['4', 1, 1],
          ['6', 1, 1],
        ],
        [
          ['d', 1, 1],
          ['7', 1, 1],
          ['9', 1, 1],
        ],
      ],
    ]);
    expect(doc.metas.hidden).toBe(`${rowHidden ? 'row 2 of sheet 一; ' : ''}column C of sheet 一; sheet 二`);
  });
});

describe('readXlsx on sheets', () => {
  it('reads SpreadsheetML', async () => {
    expect(texts(await read([['a', 1]], undefined, 'xlml'))).toEqual([[['a', '1']]]);
  });

  it('does not take a formula that was never computed for a blank', async () => {
    const doc = await read([['a', 1, null]], (sheet) => {
      sheet.C1 = { t: 'n', f: 'SUM(B1:B1)' };
      sheet['!ref'] = 'A1:C1';
    });
    expect(texts(doc)).toEqual([[['a', '1', '=SUM(B1:B1)']]]);
  });

  it('keeps a label without numbers as a row, and a row that only continues a merge', async () => {
    const doc = await read(
      [
        ['组', '行', 'x'],
        ['一、本年新收', null, null],
        [null, null, null],
        ['尾', 't', 5],
      ],
      (sheet) => {
        sheet['!merges'] = [utils.decode_range('A2:A3')];
      },
    );
    expect(tablesOf(doc)[0]).toEqual([
      [
        ['组', 1, 1],
        ['行', 1, 1],
        ['x', 1, 1],
      ],
      [
        ['一、本年新收', 1, 2],
        ['', 1, 1],
        ['', 1, 1],
      ],
      [
        ['', 1, 1],
        ['', 1, 1],
      ],
      [
        ['尾', 1, 1],
        ['t', 1, 1],
        ['5', 1, 1],
      ],
    ]);
  });

  it('parts a sheet at blank rows, titles and sentences', async () => {
    const doc = await read([['某年报'], ['a', 1], [null], ['b', 2], ['三、收到和处理情况'], ['c', 3]], (sheet) => {
      sheet['!merges'] = [utils.decode_range('A1:B1'), utils.decode_range('A5:B5')];
    });
    expect(texts(doc)).toEqual([[['a', '1']], [['b', '2']], [['c', '3']]]);
    expect(linesOf(doc)).toEqual(['某年报', '三、收到和处理情况']);
  });

  it('keeps the reach of a header over columns that print nothing, and of a line over all the table no more', async () => {
    const doc = await read([['某年报'], ['a', 'b', null], [1, 2, null], ['注：无']], (sheet) => {
      sheet['!merges'] = ['A1:F1', 'B2:C2', 'A4:B4'].map((range) => utils.decode_range(range));
    });
    expect(linesOf(doc)).toEqual(['某年报', '注：无']);
    expect(tablesOf(doc)[0]).toEqual([
      [
        ['a', 1, 1],
        ['b', 2, 1],
      ],
      [
        ['1', 1, 1],
        ['2', 1, 1],
        ['', 1, 1],
      ],
    ]);
  });

  it('is not led astray by a declared range or merge of the whole sheet', async () => {
    const doc = await read(
      [
        ['a', 1],
        ['b', 2],
      ],
      (sheet) => {
        sheet['!merges'] = [utils.decode_range('C3:XFD1048576')];
      },
    );
    expect(texts(doc)).toEqual([
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ]);
    const wide = sheetXml(
      '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>8</v></c></row></sheetData>',
    );
    expect(texts(await readXlsx(wide))).toEqual([[['7', '8']]]);
  });
});

/** A workbook of one sheet around the XML of its inside. */
const sheetXml = (inside: string) =>
  packZip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/workbook.xml':
      '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="一" sheetId="1" r:id="s1"/></sheets></workbook>',
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${inside}</worksheet>`,
  });

describe('readXlsx on what it cannot read', () => {
  const farCells = '<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>';
  const manyMerges = `<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="SF1048576"><v>1</v></c></row></sheetData><mergeCells>${'<mergeCell ref="A1:SF1048576"/>'.repeat(50)}</mergeCells>`;
  it.each([
    [
      'a protected workbook',
      packOle({ EncryptedPackage: Buffer.alloc(10), EncryptionInfo: Buffer.alloc(300) }),
      'encrypted',
    ],
    ['no bytes', new Uint8Array(), 'unreadable'],
    ['text', Buffer.from('标签,1\n'), 'unreadable'],
    ['an archive without a workbook', packZip({ 'a.txt': 'a' }), 'unreadable'],
    ['text in column XFD', sheetXml(farCells), 'too_large'],
    ['merges over everything', sheetXml(manyMerges), 'too_large'],
  ])('says why: %s', async (_, bytes, code) => {
    await expect(readXlsx(bytes)).rejects.toMatchObject({ name: 'Unreadable', code });
  });
});
