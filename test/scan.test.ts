import { interpret } from '../transforms/interpret.ts';
import { describe, expect, test } from 'vitest';
import { decodeCtc } from '../transforms/formats/scan/ctc.ts';
import { blankImage, crop, resize, rotate, transpose, type GrayImage } from '../transforms/formats/scan/image.ts';
import { flatten, inkMap, levelsOf, paperLevel } from '../transforms/formats/scan/ink.ts';
import {
  readScan,
  readScannedDoc,
  unread,
  type Recognised,
  type Recogniser,
} from '../transforms/formats/scan/index.ts';
import { skewOf } from '../transforms/formats/scan/skew.ts';
import { flowOf, flowToBlocks } from '../transforms/formats/geometry/prose.ts';
import { sizeLines } from '../transforms/formats/scan/prose.ts';

type Rect = [x0: number, y0: number, x1: number, y1: number];

function drawn(width: number, height: number, rects: Rect[], noise = 0): GrayImage {
  const image = blankImage(width, height);
  for (const [x0, y0, x1, y1] of rects)
    for (let y = y0; y < y1; y++) image.data.fill(0, y * width + x0, y * width + x1);
  let state = 1;
  if (noise > 0)
    for (let i = 0; i < image.data.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const value = image.data[i]! * 0.9 + ((state >>> 8) / 16777216 - 0.5) * 2 * noise;
      image.data[i] = Math.max(0, Math.min(255, value));
    }
  return image;
}

const across = (y: number, x0: number, x1: number): Rect => [x0, y, x1, y + 2];
const down = (x: number, y0: number, y1: number): Rect => [x, y0, x + 2, y1];

/** Three columns; the first row is one cell, the left cells of rows 2 and 3 are one. */
const table: Rect[] = [
  ...[100, 160, 280].map((y) => across(y, 100, 1100)),
  across(220, 400, 1100),
  ...[100, 1098].map((x) => down(x, 100, 282)),
  ...[400, 700].map((x) => down(x, 160, 282)),
];

/** Says for each crop how wide its ink is in columns: the writing of these tests is blots of known width. */
const measuring: Recogniser = {
  recognise: async (crops) =>
    crops.map((image) => {
      let width = 0;
      for (let x = 0; x < image.width; x++)
        if (Array.from({ length: image.height }, (_, y) => image.data[y * image.width + x]!).some((v) => v < 128))
          width++;
      return reading(`宽度${Math.round(width / 10)}`);
    }),
};

const reading = (text: string, confidence = 0.9, digits = '', digitsConfidence = 0): Recognised => ({
  text,
  confidence,
  digits,
  digitsConfidence,
});

const blot = (x: number, y: number, width: number): Rect => [x, y, x + width, y + 20];

describe('images', () => {
  test('a crop that reaches beyond the image is filled with white', () => {
    const image = drawn(4, 4, [[0, 0, 4, 4]]);
    expect([...crop(image, { x0: -1, y0: 3, x1: 2, y1: 5 }).data]).toEqual([255, 0, 0, 255, 255, 255]);
  });

  test('shrinking keeps a thin stroke visible', () => {
    const small = resize(drawn(40, 40, [[0, 19, 40, 21]]), 10, 10);
    expect(Math.min(...small.data)).toBeLessThan(200);
  });

  test('transposing twice gives the image back', () => {
    const image = drawn(70, 33, [[3, 5, 50, 9]]);
    expect(transpose(transpose(image))).toEqual(image);
  });

  test('shaded cells and grey paper become paper', () => {
    const image = blankImage(400, 400);
    image.data.fill(180, 0, 400 * 200);
    for (let y = 50; y < 54; y++) image.data.fill(40, y * 400 + 50, y * 400 + 150);
    const flat = flatten(image, 40);
    expect(flat.data[10 * 400 + 10]).toBe(paperLevel);
    expect(flat.data[300 * 400 + 10]).toBe(paperLevel);
    expect(inkMap(flat, levelsOf(flat).ink).data.reduce((a, b) => a + b, 0)).toBe(400);
  });
});

test.each([-2.5, -0.7, 0.4, 1, 3])('a page turned by %d degrees is found to be', (angle) => {
  const page = rotate(drawn(1200, 800, [...table, ...[400, 500, 600].map((y) => across(y, 100, 1100))]), angle);
  expect(skewOf(inkMap(page, 150))).toBeCloseTo(angle, 1);
});

describe('tables', () => {
  const cellsOf = async (image: GrayImage, attempt = 0) =>
    (await readScan(image, measuring, attempt)).tables.map((t) =>
      t.rows.map((row) => row.map((c) => [c.text, c.rowspan, c.colspan])),
    );
  const writing = [blot(500, 120, 200), blot(150, 210, 100), blot(450, 180, 50), blot(800, 240, 80)];
  const expected = [
    [
      [['宽度20', 1, 3]],
      [
        ['宽度10', 2, 1],
        ['宽度5', 1, 1],
        ['', 1, 1],
      ],
      [
        ['', 1, 1],
        ['宽度8', 1, 1],
      ],
    ],
  ];

  test.each([0, 1, 2, 3])('spans follow from missing rules, blanks stay blank (attempt %d)', async (attempt) => {
    expect(await cellsOf(drawn(1200, 500, [...table, ...writing]), attempt)).toEqual(expected);
  });

  test('the same on a turned and grainy page', async () => {
    const image = rotate(drawn(1200, 500, [...table, ...writing]), 1);
    const grainy = drawn(1200, 500, [], 40);
    const page = { ...image, data: image.data.map((v, i) => Math.min(v, grainy.data[i]!)) };
    const found = await cellsOf(page);
    expect(found.map((t) => t.map((row) => row.map((c) => c.slice(1))))).toEqual(
      expected.map((t) => t.map((row) => row.map((c) => c.slice(1)))),
    );
  });

  test('a border with holes is a border', async () => {
    const image = drawn(1200, 500, [...table, ...writing]);
    for (let x = 400; x < 1100; x += 40)
      for (let y = 218; y < 224; y++) image.data.fill(255, y * 1200 + x, y * 1200 + x + 8);
    expect(await cellsOf(image, 1)).toEqual(expected);
  });

  test('two tables on a page, and the text between them', async () => {
    const second = table.map(([x0, y0, x1, y1]): Rect => [x0, y0 + 400, x1, y1 + 400]);
    const page = await readScan(drawn(1200, 900, [...table, blot(100, 340, 300), ...second]), measuring);
    expect(page.tables.map((t) => t.rows.length)).toEqual([3, 3]);
    expect(page.lines.map((line) => line.text)).toEqual(['宽度30']);
  });

  test('lines make paragraphs: figures are lower than words, and only the end of a paragraph stands at the margin', () => {
    const line = (x0: number, x1: number, y1: number, height: number, text: string) => ({
      x0,
      x1,
      y0: y1 - height,
      y1,
      text,
    });
    const lines = [
      line(157, 924, 322, 26, '本报告所列数据的统计期限自１月１日起，至１２月３１日止。'),
      line(159, 1109, 376, 26, '全年新收申请９件，上年结转０件，本年度办结７件，结转下年度继续办理'),
      line(107, 139, 430, 18, '2.'),
      line(158, 714, 484, 26, '因政府信息公开引起的行政复议１件。'),
    ];
    const blocks = flowToBlocks(flowOf(1, [], sizeLines(lines, 2)));
    expect(blocks.map((block) => 'text' in block && block.text)).toEqual([
      lines[0]!.text,
      `${lines[1]!.text}2.`,
      lines[3]!.text,
    ]);
  });

  test('a page without ink has nothing, and nobody is asked to read it', async () => {
    const never: Recogniser = { recognise: async () => Promise.reject(new Error('nothing to read')) };
    const page = await readScan(blankImage(1200, 800), never);
    expect([page.tables, page.lines]).toEqual([[], []]);
  });
});

test('a scan of more pages than are read says how many were', async () => {
  let loaded = 0;
  const pages = (count: number) => ({ count, load: async () => (loaded++, drawn(8, 8, [])) });
  const long = interpret(await readScannedDoc(pages(61), measuring, 0));
  expect([loaded, long.findings[0]?.code, long.findings[0]?.details]).toEqual([
    60,
    'pages_unread',
    { read: 60, pages: 61 },
  ]);
  const short = interpret(await readScannedDoc(pages(60), measuring, 0));
  expect(short.findings.map(({ code }) => code)).not.toContain('pages_unread');
});

test('a table cut by a page break is one table, and a cell open at the break one cell', async () => {
  const first = [
    ...[100, 160].map((y) => across(y, 100, 1100)),
    across(220, 400, 1100),
    ...[100, 400, 1098].map((x) => down(x, 100, 222)),
    blot(150, 190, 100),
    blot(450, 180, 50),
  ];
  const second = [
    ...[160, 220].map((y) => across(y, x0(y), 1100)),
    ...[100, 400, 1098].map((x) => down(x, 100, 222)),
    blot(450, 120, 60),
    blot(450, 180, 70),
  ];
  function x0(y: number): number {
    return y === 160 ? 400 : 100;
  }
  const images = [drawn(1200, 800, first), drawn(1200, 800, second)];
  const doc = await readScannedDoc({ count: 2, load: async (i) => images[i]! }, measuring, 0);
  const tables = doc.blocks.flatMap((b) =>
    b.kind === 'table' ? [b.rows.map((row) => row.map((c) => [c.text, c.rowspan]))] : [],
  );
  expect(tables).toEqual([
    [
      [
        ['', 1],
        ['', 1],
      ],
      [
        ['宽度10', 3],
        ['宽度5', 1],
      ],
      [['宽度6', 1]],
      [['宽度7', 1]],
    ],
  ]);
});

test('the half of a table above the page break may lack the columns of the half below', async () => {
  const rows = [100, 160, 220].map((y) => across(y, 100, 1100));
  const sides = [100, 700, 1098].map((x) => down(x, 100, 222));
  const images = [
    drawn(1200, 800, [...rows, ...sides, blot(150, 120, 50)]),
    drawn(1200, 800, [...rows, ...sides, down(400, 100, 222), blot(150, 120, 60)]),
  ];
  const doc = await readScannedDoc({ count: 2, load: async (i) => images[i]! }, measuring, 0);
  const tables = doc.blocks.flatMap((b) =>
    b.kind === 'table' ? [b.rows.map((row) => row.map((c) => c.colspan))] : [],
  );
  expect(tables).toEqual([
    [
      [2, 1],
      [2, 1],
      [1, 1, 1],
      [1, 1, 1],
    ],
  ]);
});

describe('recognised text', () => {
  const cellRead = async (answer: (crop: GrayImage, call: number) => Recognised) => {
    let call = 0;
    const recogniser: Recogniser = {
      recognise: async (crops) => {
        call++;
        return crops.map((image) => answer(image, call));
      },
    };
    const page = await readScan(drawn(1200, 500, [...table, [450, 180, 463, 200]]), recogniser);
    return page.tables[0]!.rows.flat().find((c) => c.text !== '');
  };

  test('a mark that looks like a letter is the digit, with the certainty of the digit', async () => {
    expect(await cellRead(() => reading('O', 0.5, '0', 0.97))).toMatchObject({ text: '0', ocr: 0.97 });
  });

  test('a Chinese word is not forced into digits', async () => {
    expect(await cellRead(() => reading('无', 0.9, '7', 0.1))).toMatchObject({ text: '无', ocr: 0.9 });
  });

  test.each([
    ['a certain number', reading('5', 0.95, '5', 0.95), [1]],
    ['a number in doubt', reading('5', 0.85, '5', 0.85), [1, 1.3]],
    ['words of a form', reading('法人或其他组织'), [0.35]],
    ['words like those of a form', reading('法人或其他组'), [0.35, 0.75]],
    ['a unit, of which nothing may be missing', reading('本年收费金额（单位：元）'), [0.35, 0.75]],
    ['words in doubt', reading('法人或其他组织', 0.5), [0.35, 0.75]],
  ])('%s: widths in which it is read', async (_, answer, widths) => {
    const stretches: number[] = [];
    const recogniser: Recogniser = {
      recognise: async (crops) => {
        stretches.push(...crops.map(({ stretch }) => stretch));
        return crops.map(() => answer);
      },
    };
    const right = answer.digits === '' ? 690 : 502;
    await readScan(drawn(1200, 500, [...table, [490, 180, right, 200]]), recogniser);
    expect(stretches).toEqual(widths);
  });

  test('what vanishes at one margin is read at another', async () => {
    expect(await cellRead((_, call) => (call === 1 ? reading('', 0) : reading('2', 0.9, '2', 0.9)))).toMatchObject({
      text: '2',
    });
  });

  test('ink that is never understood is not a blank', async () => {
    expect(await cellRead(() => reading('', 0))).toMatchObject({ text: unread, ocr: 0 });
  });
});

describe('CTC', () => {
  const alphabet = ['1', '0', 'O', '无'];
  const decode = (steps: number[][]) => decodeCtc(Float32Array.from(steps.flat()), steps.length, alphabet);
  const one = [0.1, 0.9, 0, 0, 0];
  const blank = [1, 0, 0, 0, 0];

  test('repeats are one character unless a blank parts them', () => {
    expect(decode([one, one, blank, one]).text).toBe('11');
  });

  test('digits are chosen where a letter is likelier', () => {
    const round = [0.05, 0.01, 0.3, 0.64, 0];
    const read = decode([blank, round, blank]);
    expect([read.text, read.digits]).toEqual(['O', '0']);
    expect(read.digitsConfidence).toBeGreaterThan(0.8);
  });

  test('nothing read has no confidence', () => {
    expect(decode([blank, blank])).toEqual({ text: '', confidence: 0, digits: '', digitsConfidence: 0 });
  });
});
