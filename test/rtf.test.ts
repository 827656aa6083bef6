import { describe, expect, it } from 'vitest';
import { rtfFile, rtfStyles } from '../scripts/compose/rtf.ts';
import type { Doc, Table } from '../transforms/doc/doc.ts';
import { readRtf } from '../transforms/formats/word/rtf.ts';
import { editions, figuresOf, linesOf, printed, tablesOf } from './office.fixture.ts';

const read = (body: string): Promise<Doc> => readRtf(Buffer.from(`{\\rtf1\\ansi ${body}}`, 'latin1'));
const lines = async (body: string) => linesOf(await read(body));
const rows = async (body: string) => tablesOf(await read(body))[0];
const defined = (...edges: string[]) => `\\trowd ${edges.join('')}`;
const cell = (text: string) => `\\pard\\intbl ${text}\\cell`;

describe('readRtf on composed reports', () => {
  for (const edition of editions) {
    it.each(Object.entries(rtfStyles))(`reads every cell and line of ${edition} in style "%s"`, async (_, style) => {
      const figures = figuresOf(edition);
      const doc = await readRtf(rtfFile(figures, style));
      const want = printed(figures, style);
      expect(tablesOf(doc)).toEqual(want.tables);
      expect(linesOf(doc)).toEqual(want.lines);
      expect(doc.blocks.every((b) => b.kind !== 'table' || b.aligned)).toBe(true);
      expect(doc.blocks[1]).toMatchObject({ kind: 'heading', level: 2 });
      expect(doc.title).toBe(figures.publisher);
      expect(doc.encoding).toMatchObject({ declared: 'cp936', lost: 0 });
    });
  }
});

describe('readRtf on text', () => {
  it.each([
    ['escaped bytes', String.raw`\'b9\'ab\'bf\'aa`, '公开'],
    ['raw bytes, one of them a brace', '\xb9\xab\x81\\}', '公亇'],
    ['a trail byte written as a letter, and a line that ends between two bytes', "\\'8b\r\nB", '婤'],
    ['numbers with what stands for them', String.raw`\uc1\u20844?\u24320?`, '公开'],
    ['numbers with two bytes for each', String.raw`\uc2\u20844\'b9\'ab\u24320\'bf\'aa 1`, '公开 1'],
    ['numbers with nothing for them, in a group', String.raw`{\uc0\u20844\u24320}1`, '公开1'],
    ['numbers with a word for them', String.raw`\uc1\u8220\ldblquote 1\u8221\rdblquote`, '“1”'],
    ['a number whose substitute is left out', String.raw`\u20844\b\u24320\b0 12`, '公开12'],
    ['characters of two numbers', String.raw`\u-10179?\u-8704?`, '😀'],
    ['marks of a Latin font', String.raw`233\'b2{\'d6\'d0}\'97`, '233²中—'],
    [
      'Big5',
      String.raw`\'a4\'bd\'b6\'7d\'aa\'ba\'ac\'46\'a9\'b2\'b8\'ea\'b0\'54\'a6\'7e\'ab\'d7\'b3\'f8\'a7\'69`,
      '公開的政府資訊年度報告',
    ],
    ['symbols', String.raw`\{\\\}a\~b\_c\-d\emdash e\tab f\line g\ldblquote h`, '{\\}a\u00a0b-cd—e\tf\ng“h'],
    ['what no reader knows', String.raw`a\unheard12 b{\*\new c{\par d}}\*\'zz e`, 'abzz e'],
  ])('%s', async (_, body, text) => {
    expect(await lines(`${body}\\par`)).toEqual([text]);
  });

  it('counts what no charset has', async () => {
    const doc = await read(String.raw`\'b9\'ab\'bf\'aa\'ff\'ff\par`);
    expect(doc.encoding).toEqual({ declared: null, used: 'gb18030', beside: null, repaired: false, lost: 2 });
  });

  it.each([
    ['raised', String.raw`233{\super 1}`, '233 (1)'],
    ['raised by half points', String.raw`233{\up8 1}\up0 4`, '2334 (1)'],
    ['moved a little', String.raw`23{\up2 3}`, '233'],
    ['raised until it is not', String.raw`\super 1\nosupersub  23\plain`, '23 (1)'],
    ['struck', String.raw`{\strike 17}23`, '23'],
    ['not shown', String.raw`{\v 9}23{\deleted 8}`, '23'],
    ['shown again', String.raw`\v 9\v0 23\strike 1\plain 4`, '234'],
  ])('as it is seen: %s', async (_, body, text) => {
    expect(await lines(`${body}\\par`)).toEqual([text]);
    const table = await rows(`${defined('\\cellx900')}${cell(body)}\\row\\pard\\par`);
    expect(table).toEqual([[[text, 1, 1]]]);
  });

  it('says of a cell that all in it is struck', async () => {
    const { blocks } = await read(`${defined('\\cellx900')}${cell('{\\strike 17}')}\\row\\pard\\par`);
    expect((blocks[0] as Table).rows).toEqual([[{ text: '', colspan: 1, rowspan: 1, unread: 'struck' }]]);
  });

  it('sees text by its colour and what is behind it', async () => {
    const colours = String.raw`{\colortbl;\red255\green255\blue255;\red0\green0\blue0;\red31\green78\blue121;}`;
    const said = (body: string) => lines(`${colours}\\pard ${body}\\par`);
    expect(await said(String.raw`12{\cf1 34}`)).toEqual(['12']);
    expect(await said(String.raw`12\cf1 34\cf0 5`)).toEqual(['125']);
    expect(await said(String.raw`12{\cf1 34}\cf1\plain 5`)).toEqual(['125']);
    // White on colour, and the automatic colour on any, are read.
    expect(await said(String.raw`{\cf1\chcbpat3 34}`)).toEqual(['34']);
    expect(await said(String.raw`{\cf0\highlight2 34}`)).toEqual(['34']);
    // Behind a shaded cell stands a colour that is not known before its row ends: nothing is taken away.
    const [table] = await rows(`${colours}${defined('\\clcbpat3\\cellx1000')}\\pard\\intbl {\\cf1 34}\\cell\\row`).then(
      (found) => found ?? [],
    );
    expect(JSON.stringify(table)).toContain('34');
  });

  it('leaves out headers, notes and instructions, and reads results, numbers of lists and boxes', async () => {
    const body =
      String.raw`{\header 1\par}{\footnote 2\par}{\field{\*\fldinst PAGE}{\fldrslt 甲}}` +
      String.raw`{\*\bkmkstart x}{\annotation 3}\par{\listtext\pard 一、\tab}乙\par{\pntext 1.\tab}丙\par` +
      String.raw`丁{\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv 9}}{\shptxt\pard 戊\par}}{\shprslt 己\par}}庚`;
    const gb = body.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0)}?`);
    expect(await lines(gb)).toEqual(['甲', '一、乙', '1.丙', '丁', '戊', '庚']);
  });

  it('shows the choice of a list, and a formula that was never computed', async () => {
    const list = String.raw`{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl a}{\*\ffl b}}}}{\fldrslt }}`;
    expect(await lines(`${list}\\par{\\field{\\*\\fldinst =SUM(ABOVE)}{\\fldrslt }}\\par`)).toEqual([
      'b',
      '=SUM(ABOVE)',
    ]);
    expect(await lines(list.replace('fldrslt ', 'fldrslt c'))).toEqual(['c']);
  });

  it('keeps pictures with their bytes, once, beside the table that holds them', async () => {
    const picture =
      String.raw`{\*\shppict{\pict{\*\picprop 1}\pngblip 89504e` +
      '\r\n' +
      String.raw`47}}{\nonshppict{\pict\wmetafile8 00}}`;
    const binary = '{\\pict\\jpegblip\\bin4 {\\}\xff}';
    const { blocks } = await read(`a${picture}\\par${binary}${defined('\\cellx9')}${cell(picture)}\\row\\pard b\\par`);
    const shown = blocks.map((b) => (b.kind === 'picture' ? Buffer.from(b.bytes ?? []).toString('latin1') : b.kind));
    expect(shown).toEqual(['\x89PNG', 'paragraph', '{\\}\xff', 'table', '\x89PNG', 'paragraph']);
    expect((blocks[3] as Table).rows[0]?.[0]?.unread).toBe('picture');
  });
});

describe('readRtf on tables', () => {
  it('takes columns from the edges of all rows, and merges both ways', async () => {
    const body =
      `${defined('\\clmgf\\cellx300', '\\clmrg\\cellx600', '\\cellx900')}${cell('a')}${cell('')}${cell('b')}\\row` +
      `${defined('\\clvmgf\\cellx305', '\\cellx900')}${cell('c')}${cell('d')}\\row` +
      `${defined('\\clvmrg\\cellx300', '\\cellx600', '\\cellx900')}${cell('')}${cell('e')}${cell('f')}\\row\\pard\\par`;
    expect(await rows(body)).toEqual([
      [
        ['a', 2, 1],
        ['b', 1, 1],
      ],
      [
        ['c', 1, 2],
        ['d', 2, 1],
      ],
      [
        ['e', 1, 1],
        ['f', 1, 1],
      ],
    ]);
  });

  it('ends a row where its cells end, and knows no columns where there are more than are defined', async () => {
    const full = `${defined('\\cellx300', '\\cellx600')}${cell('a')}${cell('b')}\\row`;
    expect(await rows(`${full}${defined('\\cellx300', '\\cellx600')}${cell('c')}\\row\\pard\\par`)).toEqual([
      [
        ['a', 1, 1],
        ['b', 1, 1],
      ],
      [['c', 1, 1]],
    ]);
    const { blocks } = await read(`${full}${defined('\\cellx300')}${cell('c')}${cell('d')}\\row\\pard\\par`);
    expect(blocks[0]).toMatchObject({ kind: 'table', aligned: false });
  });

  it('keeps paragraphs of a cell in it where they do not say that they are in a table', async () => {
    const body = `${defined('\\cellx300', '\\cellx600')} a\\par b\\cell c\\cell\\row\\pard d\\par`;
    expect(await rows(body)).toEqual([
      [
        ['a\nb', 1, 1],
        ['c', 1, 1],
      ],
    ]);
    expect(await lines(body)).toEqual(['d']);
  });

  it('puts a table within a cell where it stands, with the row around it as it was', async () => {
    const inner =
      '\\pard\\intbl\\itap2 x\\nestcell{\\nonesttables\\par}{\\*\\nesttableprops\\trowd\\cellx300\\nestrow}' +
      '{\\nonesttables\\par}';
    const outer = `${defined('\\cellx600', '\\cellx900')}${inner}\\pard\\intbl\\itap1 1\\cell 2\\cell\\row\\pard\\par`;
    const { blocks } = await read(outer);
    // A table around another that holds hardly a number lays it out.
    expect(
      blocks.map((b) => (b.kind === 'table' ? tablesOf({ title: null, metas: {}, blocks: [b] })[0] : b.kind)),
    ).toEqual([[[['x', 1, 1]]], 'paragraph', 'paragraph']);
  });
});

describe('readRtf on hostile files', () => {
  it.each([
    ['groups without end', '{'.repeat(1000), { what: 'nested_elements' }],
    ['tables without end', '\\pard\\intbl\\itap2000000000 a\\par', { what: 'nested_tables' }],
    [
      'a row of too many cells',
      `${defined('\\cellx9'.repeat(250_000))}${'\\cell'.repeat(250_000)}\\row\\pard\\par`,
      { what: 'cells' },
    ],
  ])('refuses %s', async (_, body, details) => {
    await expect(read(body)).rejects.toMatchObject({ code: 'too_large', finding: { details } });
  });

  it.each([
    '}',
    '\\',
    "\\'",
    '{\\',
    '\\u',
    '{\\*x}',
    '\\bin99999999999 a',
    '\\cell',
    '\\nestrow\\row',
    '\\trowd\\row',
    '\\cellx9\\row',
  ])('goes on after %j', async (body) => {
    expect(await lines(`${body} \\par a\\par`)).toEqual(/bin/.test(body) ? [] : expect.arrayContaining(['a']));
  });

  it('reads what a cut file still gives', async () => {
    const bytes = rtfFile(figuresOf('2021'), rtfStyles.plain);
    for (let part = 1; part < 20; part++) {
      const doc = await readRtf(bytes.subarray(0, Math.floor((bytes.length * part) / 20)));
      expect(doc.encoding?.lost).toBeLessThan(2);
    }
  });

  it('costs as much time as it is long', async () => {
    const seconds = async (unit: string, times: number) => {
      const start = performance.now();
      await read(unit.repeat(times));
      return performance.now() - start;
    };
    for (const unit of [
      "\\'b9",
      '\\b ',
      'a\\par ',
      '{}',
      '\\trowd\\cellx9 a\\cell\\row ',
      '{\\field{\\fldrslt a}}',
      '{\\pict 00}',
      '\\u1?',
    ]) {
      await seconds(unit, 500);
      expect(await seconds(unit, 20_000), unit).toBeLessThan(40 * Math.max(await seconds(unit, 2_000), 20));
    }
  });
});
