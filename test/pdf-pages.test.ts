import { PDFDocument, PDFName, PDFNumber } from 'pdf-lib';
import { describe, expect, test, vi } from 'vitest';
import type { Block, Table } from '../transforms/doc/doc.ts';
import { readPdf } from '../transforms/formats/pdf/index.ts';
import { PDF_LIMITS } from '../transforms/formats/pdf/types.ts';
import { interpret } from '../transforms/interpret.ts';
import { withPdf } from '../transforms/formats/pdf/pdfium.ts';
import * as ruled from '../transforms/formats/pdf/ruled-tables.ts';
import { pageImages, renderPage } from '../transforms/formats/pdf/render.ts';
import { grid, line, picture, put, putGlyphs, rawPdf } from './pdf.fixture.ts';

vi.mock('../transforms/formats/pdf/ruled-tables.ts', { spy: true });

const tables = (blocks: Block[]): Table[] => blocks.filter((block) => block.kind === 'table');
const texts = (table: Table | undefined): string[][] => table?.rows.map((row) => row.map((c) => c.text)) ?? [];
const prose = (blocks: Block[]): string[] =>
  blocks.flatMap((block) => (block.kind === 'paragraph' || block.kind === 'heading' ? [block.text] : []));

const twoByTwo = grid([100, 200, 300], [600, 650, 700]);
const twoByTwoTexts = put('规章', 110, 670) + put('12', 210, 670) + put('行政许可', 110, 620) + put('-5', 210, 620);

describe('text', () => {
  test('fonts that are not embedded, and radicals in place of characters', async () => {
    const doc = await readPdf(rawPdf([{ content: put('⼀、⾏政⺠⻔（一）①㎡', 100, 700) }]));
    expect(prose(doc.blocks)).toEqual(['一、行政民门（一）①㎡']);
  });

  test('a glyph drawn twice is one; two equal digits side by side are two', async () => {
    const doc = await readPdf(rawPdf([{ content: put('总计１１', 100, 700) + put('总计１１', 100.4, 700) }]));
    expect(prose(doc.blocks)).toEqual(['总计１１']);
  });

  test('lines of a paragraph are joined, also over the end of a page, and page numbers go', async () => {
    const full = '行写满了从左到右的整个版心没有留下任何空白的地方所以下一行接着它写下去';
    const body = (name: string, y: number, count: number): string =>
      Array.from({ length: count }, (_, i) => put(name + full, 60, y - 20 * i)).join('');
    const doc = await readPdf(
      rawPdf([
        { content: put(`首${full.slice(2)}`, 84, 780) + body('甲', 760, 35) + put('- 1 -', 290, 30) },
        { content: body('乙', 780, 2) + put('末行。', 60, 740) + put('另一段。', 84, 720) + put('- 2 -', 290, 30) },
      ]),
    );
    const whole = `首${full.slice(2)}${`甲${full}`.repeat(35)}${`乙${full}`.repeat(2)}末行。`;
    expect(prose(doc.blocks)).toEqual([whole, '另一段。']);
  });

  test('a number at the foot that does not count the pages stays', async () => {
    const page = (number: string): { content: string } => ({
      content: put(`正文${number.length}`, 60, 500) + put(number, 290, 30),
    });
    const kept = await readPdf(rawPdf([page('550'), page('4119')]));
    expect(prose(kept.blocks)).toEqual(['正文3', '550', '正文4', '4119']);
    const dropped = await readPdf(rawPdf([page('7'), page('8')]));
    expect(prose(dropped.blocks)).toEqual(['正文1', '正文1']);
  });

  test('title, author and date of the information dictionary', async () => {
    const doc = await readPdf(
      rawPdf([{ content: put('正文', 60, 780) }], {
        info: '/Title (Annual) /Author (Office) /CreationDate (D:20240102030405Z)',
      }),
    );
    expect(doc.title).toBe('Annual');
    expect(doc.metas).toEqual({ Title: 'Annual', Author: 'Office', CreationDate: 'D:20240102030405Z' });
  });
});

describe('tables', () => {
  test.each([0, 90, 180, 270])('turned by %i degrees', async (rotate) => {
    const doc = await readPdf(rawPdf([{ content: twoByTwo + twoByTwoTexts, rotate }]));
    expect(texts(tables(doc.blocks)[0])).toEqual([
      ['规章', '12'],
      ['行政许可', '-5'],
    ]);
  });

  test('content drawn sideways on a turned page', async () => {
    const content = `q 0 1 -1 0 842 0 cm ${twoByTwo}${twoByTwoTexts} Q`;
    const doc = await readPdf(rawPdf([{ content, width: 842, height: 595, rotate: 90 }]));
    expect(texts(tables(doc.blocks)[0])).toEqual([
      ['规章', '12'],
      ['行政许可', '-5'],
    ]);
  });

  test('columns of vertical writing are read from the right', async () => {
    const down = (text: string, x: number): string => [...text].map((c, i) => put(c, x, 680 - 13 * i)).join('');
    const content =
      grid([100, 140, 300], [600, 700]) + down('三本年度', 122) + down('办理结果', 106) + put('7', 200, 650);
    const doc = await readPdf(rawPdf([{ content }]));
    expect(texts(tables(doc.blocks)[0])).toEqual([['三本年度\n办理结果', '7']]);
  });

  test('a table inside a cell is nested, and its text is not the cell’s', async () => {
    const inner = grid([110, 150, 190], [610, 630, 640]) + put('1', 120, 615, 8) + put('2', 160, 615, 8);
    const doc = await readPdf(rawPdf([{ content: twoByTwo + inner + put('外', 210, 670) + put('格', 110, 670) }]));
    const outer = tables(doc.blocks);
    expect(outer).toHaveLength(1);
    expect(texts(outer[0])).toEqual([
      ['格', '外'],
      ['', ''],
    ]);
    expect(texts(outer[0]?.rows[1]?.[0]?.nested?.[0]).at(-1)).toEqual(['1', '2']);
  });

  test('a table inside a row that has nothing else stays in that row, also where a page end cut it', async () => {
    // The second row is what a page break leaves of padding, but for the table in it.
    const outer = grid([100, 300], [600, 700, 720]) + line(200, 700, 200, 720) + put('规章', 110, 705);
    const inner = grid([110, 150, 190], [610, 630, 640]) + put('1', 120, 615, 8) + put('2', 160, 615, 8);
    const doc = await readPdf(rawPdf([{ content: outer + inner }]));
    const [table, ...others] = tables(doc.blocks);
    expect(others).toEqual([]);
    expect(texts(table)).toEqual([['规章', ''], ['']]);
    expect(texts(table?.rows[1]?.[0]?.nested?.[0]).at(-1)).toEqual(['1', '2']);
  });

  test('a frame around text and a line under a title are no table', async () => {
    const content =
      put('标题', 200, 750) + line(60, 740, 500, 740) + grid([60, 500], [600, 700]) + put('框中的话', 70, 650);
    const doc = await readPdf(rawPdf([{ content }]));
    expect(tables(doc.blocks)).toEqual([]);
    expect(prose(doc.blocks)).toEqual(['标题', '框中的话']);
  });

  test('the dash of an empty cell at the end of a line is kept', async () => {
    const content =
      twoByTwo + put('规章', 110, 670) + put('-', 210, 670) + put('行政许可', 110, 620) + put('—', 210, 620);
    const doc = await readPdf(rawPdf([{ content }]));
    expect(texts(tables(doc.blocks)[0])).toEqual([
      ['规章', '-'],
      ['行政许可', '—'],
    ]);
  });

  test.each([
    ['top', [700, 700, 700], 700],
    ['middle', [693, 700, 700], 693],
  ])(
    'without lines: a number that wraps in its cell is one number, cells aligned at the %s',
    async (_, [label, two, three], single) => {
      const row = (y: number, name: string): string =>
        put(name, 100, y) + put('３', 260, y) + put('０', 300, y) + put('５', 340, y);
      const wrapped =
        put('2.重复申请', 100, label!) +
        put('１', 260, two!) +
        put('４', 260, two! - 14) +
        put('０', 300, single!) +
        put('９', 340, three!) +
        put('８', 340, three! - 14);
      const doc = await readPdf(
        rawPdf([{ content: row(725, '1.信访举报') + wrapped + row(660, '3.公开出版物') + row(636, '4.大量申请') }]),
      );
      expect(texts(tables(doc.blocks)[0])).toEqual([
        ['1.信访举报', '３', '０', '５'],
        ['2.重复申请', '１４', '０', '９８'],
        ['3.公开出版物', '３', '０', '５'],
        ['4.大量申请', '３', '０', '５'],
      ]);
    },
  );

  /** Labels of two lines, a struck number above the one that holds, and rules that part the rows or only end the table. */
  const parted = (rules: number[]): string => {
    const row = (y: number, name: string): string =>
      put(name, 100, y + 7) + put('的申请', 100, y - 7) + put('3', 260, y) + put('0', 300, y) + put('5', 340, y);
    const struck = put('27', 258, 707) + line(258, 711, 271, 711) + put('9', 260, 693);
    const second = put('重复申请', 100, 700) + struck + put('1', 300, 700) + put('8', 340, 700);
    return row(740, '信访举报') + second + row(660, '公开出版物') + rules.map((y) => line(100, y, 360, y)).join('');
  };

  test('rules across, none down: what stands between two of them is one row', async () => {
    const [table] = tables((await readPdf(rawPdf([{ content: parted([763, 723, 683, 643]) }]))).blocks);
    expect(texts(table)).toEqual([
      ['信访举报的申请', '3', '0', '5'],
      ['重复申请', '9', '1', '8'],
      ['公开出版物的申请', '3', '0', '5'],
    ]);
  });

  test('rules above and below a table are no rows: a number on a line of its own is in the row next to it', async () => {
    const [table] = tables((await readPdf(rawPdf([{ content: parted([763, 643]) }]))).blocks);
    expect(texts(table)).toEqual([
      ['信访举报的申请', '3', '0', '5'],
      ['重复申请', '9', '1', '8'],
      ['公开出版物的申请', '3', '0', '5'],
    ]);
  });

  test('without lines: two numbers of one cell that are no wrapped one are said line by line', async () => {
    const row = (y: number, name: string, first: string) =>
      put(name, 100, y) + put(first, 260, y) + put('0', 300, y) + put('5', 340, y);
    const content =
      row(740, '信访举报', '1234') + row(700, '重复申请', '12') + put('6', 260, 688) + row(660, '其他', '7');
    const [table] = tables((await readPdf(rawPdf([{ content }]))).blocks);
    expect(texts(table)[1]).toEqual(['重复申请', '12\n6', '0', '5']);
  });

  test('without lines: a header over columns whose own headers stand on lines of their own', async () => {
    const down = (x: number, ys: number[]) => ys.map((y, i) => put('结果维持'[i]!, x, y)).join('');
    // Lines of the right half stand 4.5 points above those of the left: about one line with them.
    const content =
      put('行政复议', 113, 720) +
      put('行政诉讼', 203, 720) +
      put('直接起诉', 203, 701) +
      [100, 130, 160].map((x) => down(x, [690, 674, 658, 642])).join('') +
      down(190, [678.5, 662.5, 646.5, 630.5]) +
      down(220, [662.5, 646.5]) +
      down(250, [654.5]) +
      [100, 130, 160, 190, 220, 250].map((x, i) => put(String(i), x + 3, 600)).join('');
    const [table] = tables((await readPdf(rawPdf([{ content }]))).blocks);
    const header = table?.rows.slice(0, 2).map((row) => row.map((c) => [c.text, c.colspan]));
    expect(header).toEqual([
      [
        ['行政复议', 3],
        ['行政诉讼', 3],
      ],
      [
        ['', 3],
        ['直接起诉', 3],
      ],
    ]);
  });

  test('without lines: rows as close as lines stay rows', async () => {
    const names = ['1.信访举报', '2.重复申请', '3.公开出版物'];
    const rows = names.map(
      (name, i) => put(name, 100, 700 - 14 * i) + put('３', 260, 700 - 14 * i) + put('７', 300, 700 - 14 * i),
    );
    const doc = await readPdf(rawPdf([{ content: rows.join('') }]));
    expect(texts(tables(doc.blocks)[0])).toEqual(names.map((name) => [name, '３', '７']));
  });

  test('without lines: columns when every number falls into one, else only the order', async () => {
    const row = (label: string, xs: number[], y: number): string =>
      put(label, 60, y) + xs.map((x, i) => put(String(i + 10), x, y)).join('');
    const clear = row('规章', [200, 300, 400], 700) + row('文件', [200, 400], 680) + row('其他', [200, 300, 400], 660);
    const aligned = tables((await readPdf(rawPdf([{ content: clear }]))).blocks)[0];
    expect(aligned?.aligned).toBe(true);
    expect(texts(aligned)).toEqual([
      ['规章', '10', '11', '12'],
      ['文件', '10', '', '11'],
      ['其他', '10', '11', '12'],
    ]);

    const head = ['制发', '废止', '有效'].map((text, i) => put(text, 194 + 100 * i, 720)).join('');
    const blanks = row('规章', [200, 300], 700) + row('文件', [300, 400], 680) + row('其他', [200, 400], 660);
    const below = row('规章', [200], 780) + row('文件', [300, 400], 760);
    const pages = rawPdf([{ content: head + blanks }, { content: below }]);
    expect(tables((await readPdf(pages)).blocks).map(texts)).toEqual([
      [
        ['', '制发', '废止', '有效'],
        ['规章', '10', '11', ''],
        ['文件', '', '10', '11'],
        ['其他', '10', '', '11'],
      ],
      [
        ['规章', '10', '', ''],
        ['文件', '', '10', '11'],
      ],
    ]);

    const crooked = row('规章', [200, 300, 400], 700) + row('文件', [250, 360, 450], 680);
    const ordered = tables((await readPdf(rawPdf([{ content: crooked }]))).blocks)[0];
    expect(ordered?.aligned).toBe(false);
    expect(texts(ordered)).toEqual([
      ['规章', '10', '11', '12'],
      ['文件', '10', '11', '12'],
    ]);
  });
});

describe('pictures', () => {
  test('scanned pages need recognition, also with a hidden text layer', async () => {
    const scan = picture(0, 0, 595, 842);
    await expect(readPdf(rawPdf([{ content: scan }]))).rejects.toMatchObject({ code: 'needs_ocr' });
    const hidden = scan + put('看不见的字'.repeat(40), 10, 700, 2, 3);
    await expect(readPdf(rawPdf([{ content: hidden }]))).rejects.toMatchObject({ code: 'needs_ocr' });
    const behind = put('图片后面的字'.repeat(40), 10, 700, 2) + scan;
    await expect(readPdf(rawPdf([{ content: behind }]))).rejects.toMatchObject({ code: 'needs_ocr' });
  });

  test('text over a picture of the whole page is text', async () => {
    const doc = await readPdf(
      rawPdf([{ content: picture(0, 0, 595, 842) + put('背景上面的字'.repeat(20), 10, 700, 4) }]),
    );
    expect(prose(doc.blocks)).toEqual(['背景上面的字'.repeat(20)]);
  });

  test('a scanned page among pages of text is a picture in its place', async () => {
    const doc = await readPdf(
      rawPdf([
        { content: put('第一页', 60, 700) },
        { content: picture(50, 50, 500, 700) },
        { content: put('第三页', 60, 700) },
      ]),
    );
    expect(doc.blocks.map((b) => (b.kind === 'picture' ? b.source : b.kind))).toEqual([
      'paragraph',
      'page 2',
      'paragraph',
    ]);
  });

  test('a picture in an article stands beside its text', async () => {
    const doc = await readPdf(
      rawPdf([{ content: put('表格见下图。'.repeat(11), 60, 780, 7) + picture(60, 300, 400, 300) }]),
    );
    expect(doc.blocks.map((block) => block.kind)).toEqual(['paragraph', 'picture']);
  });

  test('a picture in a page of text is the part of it that it takes, in its place, strips together', async () => {
    const text = (y: number) => put('表格见下图。'.repeat(11), 60, y, 7);
    const strips = [400, 340, 280].map((y) => picture(60, y, 476, 60)).join('');
    const banner = picture(60, 800, 200, 30);
    const { blocks } = await readPdf(rawPdf([{ content: text(700) + strips + banner + text(200) }]));
    expect(blocks.map((block) => block.kind)).toEqual(['paragraph', 'picture', 'paragraph']);
    const [part] = blocks.flatMap((block) => (block.kind === 'picture' ? [block.part!] : []));
    expect(part!.x0 * 595).toBeCloseTo(60);
    expect(part!.x1 * 595).toBeCloseTo(536);
    expect(part!.y0 * 842).toBeCloseTo(842 - 460);
    expect(part!.y1 * 842).toBeCloseTo(842 - 280);
  });

  test('a part of a page is drawn alone; of a page that lies on its side all is', async () => {
    const bytes = rawPdf([{ content: picture(60, 400, 300, 200) }]);
    const part = { x0: 60 / 595, y0: 242 / 842, x1: 360 / 595, y1: 442 / 842 };
    const drawn = await renderPage(bytes, 0, 72, part);
    expect([drawn.width, drawn.height]).toEqual([300, 200]);
    expect(drawn.gray.every((dot) => dot < 200)).toBe(true);
    const lying = rawPdf([
      { content: put('表格见下图。'.repeat(11), 60, 780, 7) + picture(60, 300, 400, 300), rotate: 90 },
    ]);
    const [whole] = (await readPdf(lying)).blocks.filter((block) => block.kind === 'picture');
    expect(whole?.part).toBeUndefined();
  });

  test('resolution of a scan, and the page drawn at it', async () => {
    const bytes = rawPdf([{ content: picture(0, 0, 60, 80), width: 60, height: 80 }]);
    const { images, dpi } = await pageImages(bytes, 0);
    expect(images).toMatchObject([{ pixelWidth: 60, pixelHeight: 80, x0: 0, y0: 0, x1: 60, y1: 80 }]);
    expect(dpi).toBe(72);
    const page = await renderPage(bytes, 0, 72);
    expect([page.width, page.height]).toEqual([60, 80]);
    expect(Math.abs(page.gray[60 * 40 + 30]! - 0x80)).toBeLessThan(3);
    await expect(renderPage(bytes, 0, 1e6)).rejects.toMatchObject({ code: 'too_large' });
    await expect(renderPage(bytes, 1, 72)).rejects.toMatchObject({ code: 'unreadable' });
  });
});

describe('what a reader of the page sees', () => {
  const shownIn = async (content: string): Promise<string[][]> =>
    texts(tables((await readPdf(rawPdf([{ content }]))).blocks)[0]);
  const shown = async (content: string | Uint8Array): Promise<string[][] | undefined> => {
    const doc = await readPdf(typeof content === 'string' ? rawPdf([{ content: frame + content }]) : content);
    return tables(doc.blocks)[0]?.rows.map((row) => row.map((c) => c.text + (c.unread ? ` (${c.unread})` : '')));
  };
  const frame = twoByTwo + put('规章', 110, 670) + put('行政许可', 110, 620);
  const five = put('5', 210, 620);

  test.each<[string, string, string]>([
    ['clipped away', `q 0 0 10 10 re W n ${put('99', 230, 670)} Q ${put('12', 210, 670)}`, '12'],
    ['clipped away behind a number', `q 200 660 22 30 re W n ${put('1299', 210, 670)} Q`, '12'],
    ['inside its clipping path', `q 200 600 100 100 re W n ${put('1299', 210, 670)} Q`, '1299'],
    ['under something white', `${put('12', 210, 670)} q 1 g 205 665 40 20 re f Q`, ''],
    ['half under something white', `${put('1234', 210, 670)} q 1 g 222 665 40 20 re f Q`, '12'],
    ['blacked out', `${put('12', 210, 670)} q 0 g 205 665 40 20 re f Q`, ' (struck)'],
    ['blacked out beside its number', `${put('1234', 210, 670)} q 0 g 222 665 40 20 re f Q`, '12'],
    ['on a highlight', `q 1 1 0 rg 209 668 14 14 re f Q ${put('12', 210, 670)}`, '12'],
    ['pale beside a number', `${put('12', 210, 670)} q 0.75 g ${put('34', 223.5, 670)} Q`, '12 (pale)'],
    ['pale by itself', `q 0.75 g ${put('34', 222, 670)} Q`, '34'],
    [
      'white on a colour, in a font that is not there',
      `q 0 0 1 rg 201 651 98 48 re f 1 g ${put('１２', 210, 670)} Q`,
      '１２',
    ],
    ['white on paper, in a font that is not there', `q 1 g ${put('１２', 210, 670)} Q`, ''],
    [
      'white beside others that reach into them',
      `${put('370', 204, 670, 9)} q 1 g ${put('6', 217.5, 670, 9)} Q`,
      '370',
    ],
    [
      'pale beside others that reach into them',
      `${put('30', 204, 670, 9)} q 0.75 g ${put('7', 213, 670, 9)} Q`,
      '30 (pale)',
    ],
    ['white on a colour, of PDFium’s', `q 0 0 1 rg 201 651 98 48 re f 1 g ${put('0120', 210, 670)} Q`, '0120'],
    ['pale, in a font that is not there', `${put('１', 210, 670)} q 0.75 g ${put('２', 222, 670)} Q`, '１ (pale)'],
    ['in a clip, in a font that is not there', `q 200 600 100 100 re W n ${put('１２', 210, 670)} Q`, '１２'],
  ])('digits %s', async (_, content, expected) => {
    expect(await shown(`${content}\n${five}`)).toEqual([
      ['规章', expected],
      ['行政许可', '5'],
    ]);
  });

  test.each([[0x32], [0x20], [0x0a], [0xa0], [0x02], [0xad], [0x13], [0xc8]])(
    'glyphs of which the file does not say what they mean are no blank, no dash and no digit: number %i',
    async (code) => {
      expect(await shown(put('1', 204, 670) + putGlyphs([code], 210, 670) + five)).toEqual([
        ['规章', '1\ufffd'],
        ['行政许可', '5'],
      ]);
    },
  );

  test.each([0, 90, 180, 270])('fields without an appearance, on a page turned by %i', async (turn) => {
    const content = turn === 90 ? `q 0 1 -1 0 595 0 cm ${frame} Q` : frame;
    const document = await PDFDocument.load(rawPdf([{ content, rotate: turn }]));
    const page = document.getPages()[0]!;
    const form = document.getForm();
    const text = form.createTextField('a');
    text.setText('1234');
    const choice = form.createDropdown('b');
    choice.setOptions(['56', '78']);
    choice.select('78');
    // The second page is drawn sideways: its fields are as well.
    const place = (y: number) =>
      turn === 90 ? { x: 595 - y - 40, y: 205, width: 40, height: 80 } : { x: 205, y, width: 80, height: 40 };
    text.addToPage(page, place(655));
    choice.addToPage(page, place(605));
    const widgets = form.getFields().flatMap((field) => field.acroField.getWidgets());
    for (const { dict } of widgets) dict.delete(PDFName.of('AP'));
    const filled = await document.save({ updateFieldAppearances: false });
    expect(await shown(filled)).toEqual([
      ['规章', '1234'],
      ['行政许可', '78'],
    ]);
    for (const { dict } of widgets) dict.set(PDFName.of('F'), PDFNumber.of(2));
    expect(await shown(await document.save({ updateFieldAppearances: false }))).toEqual([
      ['规章', ''],
      ['行政许可', ''],
    ]);
  });

  test('without lines: a field says nothing of how wide its column is', async () => {
    const row = (y: number, name: string, value: string) => put(name, 100, y) + put(value, 258, y) + put('0', 300, y);
    const wrapped = put('重复申请', 100, 690) + put('１', 258, 697) + put('２', 258, 683) + put('0', 300, 690);
    const content = row(720, '信访举报', '３') + wrapped + put('其他', 100, 660) + put('0', 300, 660);
    const document = await PDFDocument.load(rawPdf([{ content }]));
    const field = document.getForm().createTextField('a');
    field.setText('4567');
    field.addToPage(document.getPages()[0]!, { x: 252, y: 655, width: 30, height: 18 });
    field.acroField.getWidgets()[0]!.dict.delete(PDFName.of('AP'));
    const filled = await document.save({ updateFieldAppearances: false });
    expect(texts(tables((await readPdf(filled)).blocks)[0])).toEqual([
      ['信访举报', '３', '0'],
      ['重复申请', '１２', '0'],
      ['其他', '4567', '0'],
    ]);
  });

  test('without lines: a number that is only struck through is not blank', async () => {
    const row = (label: string, numbers: string[], y: number) =>
      put(label, 60, y) + numbers.map((number, i) => put(number, 200 + 100 * i, y)).join('');
    const content =
      row('规章', ['10', '11', '12'], 700) + row('文件', ['10', '11', '12'], 680) + line(299, 684, 313, 684);
    const [table] = tables((await readPdf(rawPdf([{ content }]))).blocks);
    expect(table?.rows[1]).toMatchObject([
      { text: '文件' },
      { text: '10' },
      { text: '', unread: 'struck' },
      { text: '12' },
    ]);
  });

  test.each([
    ['one row', [1]],
    ['most rows go on beside them', [0, 1, 2]],
  ])('without lines: numbers on cells of a colour stay in their row: %s', async (_, coloured) => {
    const rows = [
      ['', '制发', '废止', ''],
      ['规章', '10', '11', '12'],
      ['文件', '20', '21', '22'],
    ];
    const grounds = coloured.map((y) => [180, 240].map((x) => `${x} ${694 - 20 * y} 60 20 re f\n`).join('')).join('');
    const words = rows.flatMap((row, y) => row.map((text, x) => put(text, 140 + 60 * x, 700 - 20 * y))).join('');
    const { blocks } = await readPdf(rawPdf([{ content: `q 0.8 0.9 1 rg ${grounds}Q ${words}` }]));
    expect(tables(blocks).map(texts)).toEqual([rows]);
  });

  test.each([
    ['of a colour', (x: number) => `q 0.9 g ${x} 650 20 50 re f ${x} 600 20 50 re f Q `],
    ['of rules', (x: number) => `q 1 w ${x} 600 20 50 re S ${x} 650 20 50 re S Q `],
  ])('a number on a highlight in a narrow cell %s is in the row of the others', async (_, cell) => {
    const highlight = 'q 1 1 0 rg 204 664 12 15 re f Q ';
    const numbers = `${put('４', 204, 667)}${put('１２', 104, 667)}${put('１', 204, 617)}${put('３', 104, 617)}`;
    const wide = 'q 0.8 g 100 650 100 50 re f 100 600 100 50 re f Q ';
    expect(await shownIn(wide + cell(200) + highlight + numbers)).toEqual([
      ['１２', '４'],
      ['３', '１'],
    ]);
  });

  test('with lines: a table stays one, whatever stands beside its rows', async () => {
    const content = twoByTwo + twoByTwoTexts + put('一', 60, 670) + put('二', 60, 620);
    const { blocks } = await readPdf(rawPdf([{ content }]));
    expect(texts(tables(blocks)[0])).toEqual([
      ['规章', '12'],
      ['行政许可', '-5'],
    ]);
  });
});

describe('refused', () => {
  const healthy = rawPdf([{ content: twoByTwo + twoByTwoTexts }]);

  test.each([
    ['nothing', new Uint8Array()],
    ['no PDF', new TextEncoder().encode('<html>404</html>')],
    ['cut off', healthy.slice(0, 300)],
    ['no text at all', rawPdf([{ content: '' }])],
  ])('%s', async (_, bytes) => {
    await expect(readPdf(bytes)).rejects.toMatchObject({ code: 'unreadable' });
  });

  test('encrypted', async () => {
    const secret = '0'.repeat(64);
    const trailer = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${secret}> /U <${secret}> >> /ID [<00> <00>]`;
    await expect(readPdf(rawPdf([{ content: '' }], { trailer }))).rejects.toMatchObject({ code: 'encrypted' });
  });

  test.each([
    ['pages', 0],
    ['glyphs', 10],
    ['segments', 3],
  ])('too large: %s', async (limit, most) => {
    await expect(readPdf(healthy, { ...PDF_LIMITS, [limit]: most })).rejects.toMatchObject({ code: 'too_large' });
  });

  test('an error of our own is not PDFium’s, and costs one page', async () => {
    const own = new TypeError('a fault of ours');
    await expect(
      withPdf(healthy, () => {
        throw own;
      }),
    ).rejects.toBe(own);
    vi.spyOn(ruled, 'ruledTables').mockImplementationOnce(() => {
      throw own;
    });
    const doc = await readPdf(rawPdf([{ content: put('第一页', 60, 700) }, { content: put('第二页', 60, 700) }]));
    expect(doc.blocks).toMatchObject([
      { kind: 'picture', source: 'page 1', alt: 'this page was not read' },
      { kind: 'paragraph', text: '第二页' },
    ]);
    expect(doc.cut).toEqual({ read: 1, pages: 2, lost: 'page 1: a fault of ours' });
    expect(interpret(doc).findings.map(({ code }) => code)).toContain('pages_unread');
    vi.spyOn(ruled, 'ruledTables').mockImplementationOnce(() => {
      throw own;
    });
    await expect(readPdf(healthy)).rejects.toBe(own);
  });

  test('a trap of PDFium is PDFium’s', async () => {
    const trap = withPdf(healthy, () => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
    await expect(trap).rejects.toMatchObject({ code: 'unreadable', message: 'PDFium failed: unreachable' });
  });

  test('a healthy document after each still reads', async () => {
    expect(texts(tables((await readPdf(healthy)).blocks)[0])).toEqual([
      ['规章', '12'],
      ['行政许可', '-5'],
    ]);
  });
});
