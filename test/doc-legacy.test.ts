import WordExtractor from 'word-extractor';
import { describe, expect, it } from 'vitest';
import { docFile, docStyles, listLevel, packOle } from '../scripts/compose/doc.ts';
import { writeWord97, type WordParagraph } from '../scripts/compose/word97.ts';
import { readDoc } from '../transforms/formats/word/doc.ts';
import { editions, figuresOf, linesOf, printed, tablesOf } from './office.fixture.ts';

describe('readDoc on composed reports', () => {
  for (const edition of editions) {
    it.each(Object.entries(docStyles))(`reads every cell and line of ${edition} in style "%s"`, async (_, style) => {
      const figures = figuresOf(edition);
      const doc = await readDoc(docFile(figures, style));
      const want = printed(figures, style);
      expect(tablesOf(doc)).toEqual(want.tables);
      expect(linesOf(doc)).toEqual(want.lines);
      expect(doc.blocks.every((b) => b.kind !== 'table' || b.aligned)).toBe(true);
      expect(doc.blocks[0]).toMatchObject({ kind: 'heading', level: 1 });
    });
  }

  it.each(['plain', 'pieces', 'split'] as const)(
    'agrees with word-extractor on the order of all cells in style "%s"',
    async (name) => {
      const bytes = docFile(figuresOf('2021', 4), docStyles[name]);
      const body = (await new WordExtractor().extract(Buffer.from(bytes))).getBody();
      const theirs = body.split(/[\t\n\r]+/).filter((text: string) => text !== '');
      const doc = await readDoc(bytes);
      const ours = doc.blocks
        .flatMap((b) => (b.kind === 'table' ? b.rows.flat().map((c) => c.text) : b.kind === 'picture' ? [] : [b.text]))
        .filter((text) => text !== '')
        // It straightens quotation marks.
        .map((text) => text.replace(/[“”]/g, '"'));
      expect(ours).toEqual(theirs);
    },
  );
});

const compose = (paragraphs: WordParagraph[], boxes: WordParagraph[] = []) => {
  const { main, table, data } = writeWord97(paragraphs, false, boxes);
  return { main, bytes: () => packOle({ WordDocument: main, '1Table': table, Data: data }) };
};
const paragraph = (text: string, mark: '\r' | '\x07' = '\r', properties: number[] = []): WordParagraph => ({
  runs: [{ text }],
  mark,
  style: 0,
  properties,
});
const inTable = [0x16, 0x24, 1];

describe('readDoc on what lies in the data stream', () => {
  const numbers = (...values: number[]) => Buffer.from(values.flatMap((value) => [value & 255, value >> 8]));
  /** A structure with its length and the length of its header before it. */
  const stored = (body: Buffer) => {
    const head = Buffer.alloc(68);
    head.writeUInt32LE(head.length + body.length, 0);
    head.writeUInt16LE(head.length, 4);
    return Buffer.concat([head, body]);
  };
  const text = (said: string) => Buffer.concat([numbers(said.length), Buffer.from(said, 'utf16le'), numbers(0)]);
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('pixels')]);
  const field = stored(
    Buffer.concat([
      numbers(0xffff, 0xffff, 2 | (1 << 2), 0, 0),
      text('名'),
      numbers(0),
      ...['', '', '', '', ''].map(text),
      numbers(0xffff, 2, 0, 2),
      Buffer.from('17', 'utf16le'),
      numbers(2),
      Buffer.from('18', 'utf16le'),
    ]),
  );
  const data = Buffer.concat([stored(Buffer.concat([Buffer.from('shape'), png])), field]);
  const at = (place: number, ...more: number[]) => {
    const modifiers = Buffer.from([0x03, 0x6a, 0, 0, 0, 0, ...more]);
    modifiers.writeUInt32LE(place, 2);
    return { text: '\x01', modifiers: [...modifiers] };
  };
  const isData = [0x06, 0x08, 1];
  const blocksOf = async (runs: WordParagraph['runs'], mark: '\r' | '\x07' = '\r') => {
    const body = [{ ...paragraph('', mark, mark === '\r' ? [] : inTable), runs }, paragraph('末')];
    const { main, table } = writeWord97(body, false);
    return (await readDoc(packOle({ WordDocument: main, '1Table': table, Data: data }))).blocks;
  };

  it('gives pictures with their bytes', async () => {
    const blocks = await blocksOf([{ text: '图' }, at(0)]);
    expect(blocks).toMatchObject([{ kind: 'picture', bytes: png }, { text: '图' }, { text: '末' }]);
  });

  it('takes a cell that shows a picture alone for no blank', async () => {
    const [table] = await blocksOf([at(0)], '\x07');
    expect(table?.kind === 'table' && table.rows[0]![0]!.unread).toBe('picture');
  });

  it.each([
    ['\x13 FORMDROPDOWN ', [at(data.length - field.length, ...isData)], '18'],
    ['\x13 FORMDROPDOWN ', [at(data.length + 9, ...isData)], 'FORMDROPDOWN'],
    ['\x13 =SUM(ABOVE) ', [], '=SUM(ABOVE)'],
    ['\x13 PAGE ', [], ''],
  ])('says what a field without a result shows: %j', async (begin, runs, said) => {
    const blocks = await blocksOf([{ text: `甲${begin}` }, ...runs, { text: '\x14\x15乙' }]);
    expect(blocks[0]).toMatchObject({ text: `甲${said}乙` });
  });
});

describe('readDoc on parts', () => {
  it('prints special characters and field results, not codes', async () => {
    const doc = await readDoc(
      compose([
        paragraph('甲\x0b乙\x1e丙\x1f丁\x13 REF \x13 PAGE \x143\x15 \x14果\x15\x01\x08'),
        paragraph('“引”'),
      ]).bytes(),
    );
    expect(linesOf(doc)).toEqual(['甲\n乙-丙丁果', '“引”']);
  });

  it('joins a paragraph whose mark was deleted to the next', async () => {
    const deleted: WordParagraph = {
      ...paragraph('上'),
      runs: [{ text: '上' }, { text: '中', deleted: true }],
      joined: true,
    };
    expect(linesOf(await readDoc(compose([deleted, paragraph('下')]).bytes()))).toEqual(['上下']);
  });

  it('knows only the order of cells where rows have lost their definition', async () => {
    const doc = await readDoc(
      compose([
        paragraph('标签', '\x07', inTable),
        paragraph('1', '\x07', inTable),
        paragraph('', '\x07', inTable),
        paragraph('', '\x07', [...inTable, 0x17, 0x24, 1]),
        paragraph('后'),
      ]).bytes(),
    );
    expect(doc.blocks[0]).toMatchObject({ kind: 'table', aligned: false });
    expect(tablesOf(doc)).toEqual([
      [
        [
          ['标签', 1, 1],
          ['1', 1, 1],
          ['', 1, 1],
        ],
      ],
    ]);
    expect(linesOf(doc)).toEqual(['后']);
  });

  it('writes automatic numbers out and counts each level', async () => {
    const levels = [0, 1, 1, 0, 1].map((level, i) => paragraph(`第${i}`, '\r', listLevel(level)));
    expect(linesOf(await readDoc(compose(levels).bytes()))).toEqual([
      '一、第0',
      '（1）第1',
      '（2）第2',
      '二、第3',
      '（1）第4',
    ]);
  });

  it('reads text boxes after the body', async () => {
    const doc = await readDoc(compose([paragraph('正文')], [paragraph('框')]).bytes());
    expect(doc.blocks.map((b) => b.origin)).toEqual(['paragraph 1', 'text box 1']);
    expect(linesOf(doc)).toEqual(['正文', '框']);
  });

  it('takes apart a table that only arranges others', async () => {
    const figures = figuresOf('2021');
    const doc = await readDoc(docFile(figures, docStyles.nested));
    expect(
      doc.blocks.flatMap((b) => (b.kind === 'table' ? b.rows.flat().map((c) => c.nested) : [])).every((n) => !n),
    ).toBe(true);
  });

  it('keeps the lines of a cell apart', async () => {
    const doc = await readDoc(
      compose([
        paragraph('一', '\r', inTable),
        paragraph('二', '\x07', inTable),
        paragraph('', '\x07', [...inTable, 0x17, 0x24, 1]),
      ]).bytes(),
    );
    expect(tablesOf(doc)).toEqual([[[['一\n二', 1, 1]]]]);
  });
});

const changed = (change: (main: Buffer) => void) => {
  const { main, bytes } = compose([paragraph('年报')]);
  change(main);
  return bytes();
};

describe('readDoc on what it cannot read', () => {
  it.each([
    ['a protected document', changed((main) => main.writeUInt16LE(0x0300, 0x0a)), 'encrypted'],
    ['a protected package', packOle({ EncryptedPackage: Buffer.alloc(10) }), 'encrypted'],
    ['Word 95', changed((main) => main.writeUInt16LE(0xa5dc, 0)), 'unreadable'],
    ['a workbook', packOle({ Workbook: Buffer.alloc(5000) }), 'unreadable'],
    ['pieces beyond the stream', changed((main) => main.writeUInt32LE(0x7fffffff, 0x9a + 33 * 8)), 'unreadable'],
    ['a missing table stream', changed((main) => main.writeUInt16LE(0, 0x0a)), 'unreadable'],
    ['no compound file', Buffer.from('PK\x03\x04'), 'unreadable'],
  ])('says why: %s', async (_, bytes, code) => {
    await expect(readDoc(bytes)).rejects.toMatchObject({ name: 'Unreadable', code });
  });
});
