import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { encode, type Charset } from '../scripts/compose/encode.ts';
import { htmlPage, toTraditional } from '../scripts/compose/html.ts';
import { departments, districts, governmentOf } from '../scripts/compose/names.ts';
import { titleOf } from '../scripts/compose/prose.ts';
import { htmlStyles } from '../scripts/compose/styles.ts';
import { hz, inTwoEncodings } from '../scripts/compose/two-encodings.ts';
import { textPage, textStyles } from '../scripts/compose/text.ts';
import { decode, decodeAs } from '../transforms/characters/decode.ts';
import { repairMojibake } from '../transforms/characters/mojibake.ts';
import { figuresOf } from './reading.fixture.ts';

const shared = join(import.meta.dirname, '../../shared');
const tables = join(shared, 'suites/encoding');
const figures = figuresOf();
const page = htmlPage(figures, htmlStyles.clean);
const traditional = htmlPage(figures, htmlStyles.traditional);

it('tables drawn with characters are not taken for Big5, whose hanzi have the same bytes', () => {
  const text = `${titleOf(figures)}\n┌${'────┬'.repeat(9)}\n│规章│ 3 │\n└${'────┴'.repeat(9)}\n`;
  expect(decode(encode(text, 'gb18030'))).toMatchObject({ text, used: 'gb18030', lost: 0 });
});

describe('two encodings in one page', () => {
  it.each([
    ['gb18030', 'utf-8'],
    ['utf-8', 'gb18030'],
    ['big5', 'utf-8'],
    ['utf-8', 'big5'],
  ] as const)('%s before %s: each region in its own, whatever the label', (first, second) => {
    const text = first === 'big5' || second === 'big5' ? traditional : page;
    const decoded = decode(inTwoEncodings(text, first, second), 'text/html; charset=big5');
    expect(decoded.text).toBe(text);
    expect([decoded.used, decoded.beside].sort()).toEqual([first, second].sort());
    expect(decoded).toMatchObject({ repaired: false, lost: 0 });
  });

  it('cells that take turns, and a piece that both can be goes with the one before', () => {
    const cells = Array.from({ length: 40 }, (_, i) =>
      encode(`<td>本机关${i}</td>`, i % 2 === 0 ? 'gb18030' : 'utf-8'),
    );
    // 联通 in GBK is valid UTF-8 of two letters.
    const bytes = Buffer.concat([...cells, encode('<td>公开</td><td>联通</td>', 'gb18030')]);
    expect(decode(bytes).text).toBe(
      `${Array.from({ length: 40 }, (_, i) => `<td>本机关${i}</td>`).join('')}<td>公开</td><td>联通</td>`,
    );
  });

  it('a character cut in a page of UTF-8 makes no second encoding', () => {
    const bytes = Buffer.concat([
      encode('<p>政府信息公开工作', 'utf-8'),
      Buffer.from([0xe6, 0x8a]),
      encode(`</p>${page}`, 'utf-8'),
    ]);
    expect(decode(bytes)).toMatchObject({ used: 'utf-8', beside: null, lost: 1 });
  });

  it('HZ is read', () => {
    expect(decode(hz(page))).toMatchObject({ used: 'hz-gb-2312', text: page });
    expect(decode(encode('a ~{ b ~} c ~{ab~}', 'utf-8')).used).toBe('utf-8');
  });
});

describe('every pair of real and declared encodings', () => {
  const real: [string, Charset, string][] = [
    ['Simplified', 'utf-8', page],
    ['Simplified', 'gb18030', page],
    ['Traditional', 'utf-8', traditional],
    ['Traditional', 'gb18030', traditional],
    ['Traditional', 'big5', traditional],
  ];
  const labels = ['utf-8', 'gb2312', 'gbk', 'gb18030', 'big5', 'iso-8859-1', 'windows-1252', 'x-unknown', null];
  it.each(real.flatMap(([script, charset, text]) => labels.map((label) => ({ script, charset, label, text }))))(
    '$script in $charset labelled $label',
    ({ charset, label, text }) => {
      const labelled = text.replace(/charset=["']?[\w-]+["']?/g, label === null ? '' : `charset="${label}"`);
      const decoded = decode(encode(labelled, charset));
      expect(decoded.used).toBe(charset);
      expect(decoded.text).toBe(labelled);
      expect(decoded.declared).toBe(label);
      expect(decoded).toMatchObject({ repaired: false, lost: 0 });
    },
  );

  it('a label in the header is evidence, not a decision; it stands before the one of the page', () => {
    expect(decode(encode(page, 'gb18030'), 'text/html; charset=UTF-8')).toMatchObject({
      used: 'gb18030',
      declared: 'utf-8',
      text: page,
    });
    expect(decode(encode(page, 'utf-8'), 'text/html;charset=GBK')).toMatchObject({
      used: 'utf-8',
      declared: 'gbk',
      text: page,
    });
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)('a BOM of %s decides and is not text', (charset) => {
    const bytes = iconv.encode(page, charset, { addBOM: true });
    expect(decode(bytes)).toMatchObject({ used: charset, text: page });
  });

  it.each(['utf-16le', 'utf-16be'] as const)('%s without a BOM', (charset) => {
    expect(decode(iconv.encode(page, charset))).toMatchObject({ used: charset, text: page });
  });

  it('ASCII alone, and nothing at all', () => {
    expect(decode(Buffer.from('<p>12</p>'))).toMatchObject({ text: '<p>12</p>', lost: 0, declared: null });
    expect(decode(new Uint8Array())).toMatchObject({ text: '', lost: 0 });
  });
});

describe('little text', () => {
  const prose = textPage(figures, textStyles.tabs);
  const sources: [string, Charset, string][] = [
    ['Simplified', 'utf-8', prose],
    ['Simplified', 'gb18030', prose],
    ['Traditional', 'utf-8', toTraditional(prose)],
    ['Traditional', 'gb18030', toTraditional(prose)],
    ['Traditional', 'big5', toTraditional(prose)],
  ];
  it.each(sources)('pieces of 200 bytes cut anywhere: %s in %s', (_, charset, text) => {
    const bytes = encode(text, charset);
    const wrong: string[] = [];
    let pieces = 0;
    for (let at = 0; at + 200 < bytes.length; at += 61) {
      const piece = bytes.subarray(at, at + 200);
      if (piece.filter((b) => b >= 0x80).length < 24) continue;
      pieces++;
      const { used } = decode(piece);
      if (used !== charset) wrong.push(`${at}: ${used}`);
    }
    expect(pieces).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  const titles = districts.flatMap((place, i) => [
    titleOf({ publisher: governmentOf(place), year: 2015 + i }),
    `${place.name}${departments[i]}${2015 + i}年政府信息公开年报`,
    `${departments[i]}信息公开年报`,
    '政府信息公开',
  ]);
  it.each(['utf-8', 'gb18030', 'big5'] as const)('titles in %s', (charset) => {
    for (const title of titles.map((t) => (charset === 'big5' ? toTraditional(t) : t)))
      expect(decode(encode(title, charset))).toMatchObject({ used: charset, text: title });
  });

  it.each(sources)('stray and cut bytes: %s in %s', (_, charset, text) => {
    const bytes = encode(text, charset);
    for (let i = 1; i < 20; i++) {
      const at = Math.floor((bytes.length * i) / 20);
      const stray = Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at)]);
      const short = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
      for (const damaged of [stray, short, bytes.subarray(0, at)]) expect(decode(damaged).used).toBe(charset);
    }
  });

  it('lost characters are counted', () => {
    const bytes = encode(prose, 'utf-8');
    const at = bytes.findIndex((b, i) => i > 300 && b >= 0xe0);
    const cut = Buffer.concat([bytes.subarray(0, at + 2), bytes.subarray(at + 3)]);
    expect(decode(cut).lost).toBeGreaterThan(0);
    expect(decode(Buffer.from('本年度锟斤拷报告')).lost).toBe(1);
    expect(decode(bytes).lost).toBe(0);
  });
});

const conformance = existsSync(tables);
if (!conformance) console.log('decode: the WHATWG tables are not here, their comparison is skipped');

describe.runIf(conformance)('the WHATWG tables', () => {
  const rows = (name: string): [pointer: number, code: number][] =>
    readFileSync(join(tables, name), 'utf8')
      .split('\n')
      .filter((line) => /^\s*\d/.test(line))
      .map((line) => line.trim().split(/\s+/))
      .map(([pointer, code]) => [Number(pointer), Number(code)]);

  /** Every pointer decoded alone on a line; the first differences, if any. */
  const differences = (charset: Charset, codes: { bytes: number[]; text: string }[]): string[] => {
    const decoded = decodeAs(Uint8Array.from(codes.flatMap((c) => [...c.bytes, 0x0a])), charset).split('\n');
    return codes.flatMap((c, i) =>
      decoded[i] === c.text ? [] : [`${c.bytes.map((b) => b.toString(16)).join(' ')}: ${decoded[i]} for ${c.text}`],
    );
  };

  it('GB18030 in two bytes', () => {
    const codes = rows('index-gb18030.txt').map(([pointer, code]) => {
      const trail = pointer % 190;
      return {
        bytes: [Math.floor(pointer / 190) + 0x81, trail + (trail < 0x3f ? 0x40 : 0x41)],
        text: String.fromCodePoint(code),
      };
    });
    expect(codes.length).toBe(23940);
    expect(differences('gb18030', codes)).toEqual([]);
  });

  it('GB18030 in four bytes', () => {
    const ranges = rows('index-gb18030-ranges.txt');
    const codeOf = (pointer: number) => {
      if (pointer === 7457) return 0xe7c7;
      const [start, code] = ranges.findLast(([from]) => from <= pointer)!;
      return code + pointer - start;
    };
    const pointers = [
      ...Array.from({ length: 39_420 }, (_, p) => p),
      ...Array.from({ length: 5000 }, (_, i) => 189_000 + i * 209),
    ];
    const codes = pointers.map((p) => ({
      bytes: [
        Math.floor(p / 12_600) + 0x81,
        Math.floor((p % 12_600) / 1260) + 0x30,
        Math.floor((p % 1260) / 10) + 0x81,
        (p % 10) + 0x30,
      ],
      text: String.fromCodePoint(codeOf(p)),
    }));
    expect(differences('gb18030', codes)).toEqual([]);
  });

  it('Big5', () => {
    const two: Record<number, string> = {
      1133: '\u00ca\u0304',
      1135: '\u00ca\u030c',
      1164: '\u00ea\u0304',
      1166: '\u00ea\u030c',
    };
    const codes = [
      ...rows('index-big5.txt').map(([pointer, code]): [number, string] => [pointer, String.fromCodePoint(code)]),
      ...Object.entries(two).map(([pointer, text]): [number, string] => [Number(pointer), text]),
    ].map(([pointer, text]) => {
      const trail = pointer % 157;
      return { bytes: [Math.floor(pointer / 157) + 0x81, trail + (trail < 0x3f ? 0x40 : 0x62)], text };
    });
    expect(codes.length).toBeGreaterThan(18_000);
    expect(differences('big5', codes)).toEqual([]);
  });
});

describe('text decoded wrongly before it was published', () => {
  const sentences = ['政府信息公开', '新收政府信息公开申请', '本年度办结的申请，', '规范性文件', '（一）予以公开'];

  it.each(sentences)('UTF-8 read as Latin-1 or windows-1252: %s', (text) => {
    const bytes = Buffer.from(text, 'utf8');
    expect(repairMojibake(bytes.toString('latin1'))).toEqual({ text, repaired: true });
    const western = iconv.decode(bytes, 'windows-1252');
    if (iconv.encode(western, 'windows-1252').equals(bytes))
      expect(repairMojibake(western)).toEqual({ text, repaired: true });
  });

  it('UTF-8 read as GBK, where no byte was lost', () => {
    let undone = 0;
    for (const text of [...sentences, '政府信息', '公开', '年度报告', '申请数量']) {
      const bytes = Buffer.from(text, 'utf8');
      const wrong = iconv.decode(bytes, 'gb18030');
      if (!iconv.encode(wrong, 'gb18030').equals(bytes)) continue;
      undone++;
      expect(repairMojibake(`<p>${wrong} 12</p>甲`)).toEqual({ text: `<p>${text} 12</p>甲`, repaired: true });
    }
    expect(undone).toBeGreaterThan(3);
  });

  it('known examples', () => {
    expect(repairMojibake('鏀垮簻淇℃伅').text).toBe('政府信息');
    expect(repairMojibake('æ”¿åºœ').text).toBe('政府');
  });

  it('a whole page: undone, and said to be', () => {
    const wrong = Buffer.from(page, 'utf8').toString('latin1');
    const decoded = decode(Buffer.from(wrong, 'utf8'));
    expect(decoded.text === page).toBe(true);
    expect(decoded.repaired).toBe(true);
  });

  it('what cannot be undone is flagged and stays', () => {
    const decoded = decode(Buffer.from('本年度锟斤拷锟斤拷的报告。'));
    expect(decoded.text).toBe('本年度锟斤拷锟斤拷的报告。');
    expect(decoded.repaired).toBe(false);
    expect(decoded.lost).toBe(2);
  });

  it.each([
    '政府信息公开工作年度报告',
    'café, naïve, Zürich, Ærøskøbing, São Paulo, Ð¡, ½ ² ® ©',
    '“三安全一稳定”……——',
    '鑫淼鏀科技、锦绣鍏、鎶鐢、璇、浜、銆、涓浜',
    '鐢璇路12号；鍏龙桥；锛；浜渤',
    '价格：€100 ℃ № ㎡ ①②③',
    '政府資訊公開工作年度報告',
    '凉粉、乾隆、后稷、里長',
    'Å Ä Ö é è ç ä',
    page,
    traditional,
  ])('ordinary text is never touched: %.30s', (text) => {
    expect(repairMojibake(text)).toEqual({ text, repaired: false });
  });

  const corpus = join(shared, 'corpus');
  if (!existsSync(corpus)) console.log('decode: the corpus is not here, its texts are skipped');
  it.runIf(existsSync(corpus))('no text of the corpus is touched', () => {
    const texts = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter(
      // Below faults/ lie pages damaged on purpose, in mixed encodings too.
      (name) => /source\.(txt|html)$/.test(name) && !name.startsWith('faults/'),
    );
    expect(texts.length).toBeGreaterThan(5);
    for (const name of texts) expect([name, decode(readFileSync(join(corpus, name))).repaired]).toEqual([name, false]);
  });
});
