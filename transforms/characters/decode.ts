import { isAscii, isUtf8, transcode } from 'node:buffer';
import iconv from 'iconv-lite';
import { memo, once } from '../memo.ts';
import { decodeHz } from './hz.ts';
import { regionsOf } from './mixed.ts';
import { repairMojibake } from './mojibake.ts';
import { utf16 } from './wide.ts';

/** The evidence for the encoding that a text was read with. */
export interface Encoding {
  /** Label the document or its transport claims, lower case; null when there is none. */
  declared: string | null;
  used: Charset | 'hz-gb-2312';
  /** The encoding of the smaller part, where the page is written in two. */
  beside: Charset | null;
  /** True when text that had been decoded wrongly before it was published was undone byte for byte. */
  repaired: boolean;
  /** Characters lost beyond repair: replacement characters and 锟斤拷. */
  lost: number;
}

export interface Decoded extends Encoding {
  text: string;
}

export type Charset = 'utf-8' | 'gb18030' | 'big5' | 'utf-16le' | 'utf-16be';

/**
 * Decode by content. The label decides nothing: it is wrong in both directions on real portals. BOM first, then the
 * decoding whose characters are the likeliest Chinese; a strict UTF-8 test would fail on one stray byte.
 */
export function decode(bytes: Uint8Array, contentType: string | null = null): Decoded {
  const { text: decoded, used, beside } = decoding(bytes);
  const { text, repaired } = repairMojibake(decoded.replace(BOM, ''));
  return { text, declared: declaredCharset(bytes, contentType), used, beside, repaired, lost: countLost(text) };
}

function decoding(bytes: Uint8Array): Pick<Decoded, 'text' | 'used' | 'beside'> {
  const used = detect(bytes);
  if (used.startsWith('utf-16')) return { text: decodeAs(bytes, used), used, beside: null };
  const hz = isAscii(bytes) ? decodeHz(bytes) : null;
  if (hz !== null && likelihood(hz) > 0) return { text: hz, used: 'hz-gb-2312', beside: null };
  return decodeMixed(bytes) ?? { text: decodeAs(bytes, used), used, beside: null };
}

/** Every GB label means GB18030 (Node's `gbk` lacks four-byte codes); Node's `big5` maps a quarter of the index wrongly. */
export function decodeAs(bytes: Uint8Array, charset: Charset): string {
  if (charset === 'big5')
    return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 'big5-hkscs');
  // A decoder takes half as much time again.
  if (charset === 'utf-8' && isUtf8(bytes))
    return transcode(bytes, 'utf8', 'utf16le').toString('utf16le').replace(BOM, '');
  return decoderOf(charset).decode(bytes);
}

const BOM = /^\uFEFF/;

const decoderOf = memo((charset: string) => new TextDecoder(charset));

/** Bytes looked at when scoring: enough for certainty, little enough for speed. */
const SAMPLE = 8_190;

function detect(bytes: Uint8Array): Charset {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  const wide = utf16(bytes);
  if (wide) return wide;
  if (isUtf8(bytes) && nonAscii(bytes, CERTAIN).length === CERTAIN) return 'utf-8';
  const sample = nonAscii(bytes, SAMPLE);
  if (sample.length === 0) return 'utf-8';
  return likeliest(sample, ['utf-8', 'gb18030', 'big5']);
}

function likeliest<C extends Charset>(sample: Uint8Array, charsets: readonly [C, ...C[]]): C {
  let best = charsets[0];
  let bestScore = -Infinity;
  for (const charset of charsets) {
    const score = likelihood(decodeAs(sample, charset)) / sample.length;
    if (score > bestScore) [best, bestScore] = [charset, score];
    // Bytes of another charset give mostly replacement characters as UTF-8: a good score is certain.
    if (charset === 'utf-8' && score > 0.5) break;
  }
  return best;
}

/** A page in two encodings, each region in its own; null where it is in one. */
function decodeMixed(bytes: Uint8Array): { text: string; used: Charset; beside: Charset } | null {
  if (isUtf8(bytes)) return null;
  const regions = regionsOf(bytes, (piece) => likeliest(piece, ['utf-8', 'gb18030', 'big5']) !== 'utf-8');
  if (regions === null) return null;
  const pieces = regions.map(({ utf8, end }, i) => ({ utf8, bytes: bytes.subarray(regions[i - 1]?.end ?? 0, end) }));
  const other = likeliest(nonAscii(Buffer.concat(pieces.filter((p) => !p.utf8).map((p) => p.bytes)), SAMPLE), [
    'gb18030',
    'big5',
  ]);
  const text = pieces.map((piece) => decodeAs(piece.bytes, piece.utf8 ? 'utf-8' : other)).join('');
  const size = (utf8: boolean) => pieces.reduce((sum, p) => sum + (p.utf8 === utf8 ? p.bytes.length : 0), 0);
  return size(true) >= size(false) ? { text, used: 'utf-8', beside: other } : { text, used: other, beside: 'utf-8' };
}

/** So many bytes of double-byte text are never valid UTF-8 by chance; and a page doubly encoded is UTF-8 however odd it reads. */
const CERTAIN = 72;

/** The first non-ASCII bytes, so `most` of them, with the ASCII second bytes that GB and Big5 use. */
function nonAscii(bytes: Uint8Array, most: number): Uint8Array {
  const out = new Uint8Array(most);
  let n = 0;
  for (let i = 0; i < bytes.length && n < most; i++) {
    const wanted = bytes[i]! >= 0x80 || (i > 0 && bytes[i - 1]! >= 0x80);
    if (wanted) out[n++] = bytes[i]!;
  }
  return out.subarray(0, n);
}

/** The most frequent characters of Chinese official prose, both scripts. */
const FREQUENT =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严龙飞行政执法申请公开答复诉讼规章许可处罚强制收费采购总计自然人商业企业科研机构社会公益组织律服务其他本年新收上结转予以部分不予公开属于国家秘密危及稳定保护第三方合法权益内部事务信息过程性案卷查询事项掌握没有现成需要另行制作补正仍明确访举投重复出版物无正当理由大量反复机关确认或获取理网站镇街道办厅委员州' +
  '這個為來們時會對發學經產種後體動機點業當還說過開關實現從應電進樣與題數義問條並總統設級團圖單標報議認據區產員組織縣廳廣東門網站務請處罰強製復訴訟規許購計機構會益結轉屬於國祕護權內過詢項現確舉類復辦監導準書處聯優勢號專題歡迎';
/** Hanzi of a stretch of a double-byte charset. */
export function hanziOf(charset: 'gb18030' | 'big5', leads: [number, number], trails: [number, number][]): Set<string> {
  const bytes: number[] = [];
  for (let lead = leads[0]; lead <= leads[1]; lead++)
    for (const [from, to] of trails) for (let trail = from; trail <= to; trail++) bytes.push(lead, trail);
  return new Set(decodeAs(Uint8Array.from(bytes), charset).match(/\p{Script=Han}/gu) ?? []);
}

/** What one character says for a decoding, by code unit: frequent and first-plane hanzi for it, rubbish against it. */
const weightTable = once((): Int8Array => {
  const gb: [number, number][] = [[0xa1, 0xfe]];
  const big5: [number, number][] = [
    [0x40, 0x7e],
    [0xa1, 0xfe],
  ];
  const table = new Int8Array(0x10000).fill(-2);
  const set = (characters: Iterable<string>, weight: number) => {
    for (const ch of characters) table[ch.charCodeAt(0)] = weight;
  };
  table.fill(0, 0, 0x80);
  table.fill(-6, 0x80, 0xa0);
  table.fill(-6, 0xe000, 0xf900);
  table.fill(1, 0xff01, 0xff5f);
  set([...hanziOf('gb18030', [0xd8, 0xf7], gb), ...hanziOf('big5', [0xc9, 0xf9], big5)], -1);
  set([...hanziOf('gb18030', [0xb0, 0xd7], gb), ...hanziOf('big5', [0xa4, 0xc6], big5)], 2);
  set('，。、；：？！“”‘’（）《》〈〉【】〔〕—…·　－％①②③④⑤⑥\u00a0', 3);
  // What tables are drawn with, which is as frequent there: its GB codes are all hanzi of Big5.
  for (let code = 0x2500; code < 0x2580; code++) table[code] = 3;
  set(FREQUENT, 6);
  table[0xfffd] = -6;
  return table;
});

/** How likely a text is Chinese as people write it: a sum over its characters, to be divided by its bytes. */
function likelihood(text: string): number {
  const weights = weightTable();
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += weights[text.charCodeAt(i)]!;
  return sum;
}

const countLost = (text: string): number => (text.match(/\uFFFD|锟斤拷|锘挎/g) ?? []).length;

function declaredCharset(bytes: Uint8Array, contentType: string | null): string | null {
  const header = /charset\s*=\s*["']?([\w-]+)/i.exec(contentType ?? '')?.[1];
  if (header) return header.toLowerCase();
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 65_536)).toString('latin1');
  const meta =
    /<meta[^>]{0,300}charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]+)/i.exec(head)?.[1] ??
    /^<\?xml[^>]{0,200}encoding=["']([\w-]+)/i.exec(head)?.[1];
  return meta?.toLowerCase() ?? null;
}
