import iconv from 'iconv-lite';
import { toTraditional } from '../compose/html.ts';
import type { Random } from '../compose/random.ts';

/** A change of a page that changes nothing of what it shows, or only what `shows` says: the facts stay the same. */
export interface Relation<T> {
  name: string;
  change: (page: T, random: Random) => T | Uint8Array;
  /** What a printed number of the page is afterwards; itself when left out. */
  shows?: (value: number | null) => number | null;
}

/** Markup of the composed pages in pieces; what is inside scripts, styles, titles and text areas is one piece. */
const PIECES = /<!--[\s\S]*?-->|<(script|style|title|textarea)\b[\s\S]*?<\/\1>|<!?\/?[a-z][^>]*>|[^<]+|</gi;

interface Piece {
  text: string;
  kind: 'tag' | 'text' | 'raw';
  /** Inside a cell of a table. */
  inCell: boolean;
}

function piecesOf(page: string): Piece[] {
  let depth = 0;
  return (page.match(PIECES) ?? []).map((text) => {
    if (/^<(!|script|style|title|textarea)/i.test(text)) return { text, kind: 'raw', inCell: depth > 0 };
    const tag = /^<(\/?)([a-z]\w*)/i.exec(text);
    if (!tag) return { text, kind: 'text', inCell: depth > 0 };
    if (tag[2] === 'td') depth += tag[1] ? -1 : 1;
    return { text, kind: 'tag', inCell: depth > 0 };
  });
}

type OfPiece = (text: string, random: Random, piece: Piece) => string;

const pieces =
  (kind: 'tag' | 'text', of: OfPiece) =>
  (page: string, random: Random): string =>
    piecesOf(page)
      .map((p) => (p.kind === kind ? of(p.text, random, p) : p.text))
      .join('');
const tags = (of: OfPiece) => pieces('tag', of);
const texts = (of: OfPiece) => pieces('text', of);
const cellTexts = (of: OfPiece) =>
  texts((t, r, p) => (p.inCell && t.trim() !== '' && !t.includes('&') ? of(t, r, p) : t));
const labels = (of: OfPiece) => cellTexts((t, r, p) => (/\p{Script=Han}{2}/u.test(t) ? of(t, r, p) : t));
const numbers = (of: OfPiece) => cellTexts((t, r, p) => (/^\s*\d+\s*$/.test(t) ? of(t, r, p) : t));
/** Something put into a text at one place, or between all its characters. */
const inside =
  (what: string): OfPiece =>
  (text, random) => {
    const all = [...text];
    if (all.length < 2) return text;
    const at = random.whole(1, all.length - 1);
    return all.slice(0, at).join('') + what + all.slice(at).join('');
  };
const between =
  (what: string): OfPiece =>
  (text) =>
    [...text].join(what);
const around =
  (before: string, after: string): OfPiece =>
  (text) =>
    before + text + after;

const start = (names: string) => new RegExp(`^<(${names})\\b([^>]*)>$`, 'i');
const onStart = (names: string, of: (name: string, attributes: string, random: Random) => string) =>
  tags((t, random) => {
    const found = start(names).exec(t);
    return found ? of(found[1]!, found[2]!, random) : t;
  });
const attributed = (names: string, more: string) => onStart(names, (name, own) => `<${name}${own}${more}>`);
const attributesOf = (text: string) => text.match(/\s[\w:-]+(="[^"]*")?/g) ?? [];

const body = (before: string, after: string) => (page: string) =>
  page.replace(/<body[^>]*>/, (t) => t + before).replace('</body>', () => `${after}</body>`);
const innermost = (of: (table: string) => string) => (page: string) =>
  page.replace(/<table[^>]*>(?:(?!<table)[\s\S])*?<\/table>/g, of);
const nav = '<div class="menu"><ul><li><a href="/a">首页</a></li><li>信息公开年报</li><li>总计 12</li></ul></div>';

/** With a label or none: what a page says of its charset is not believed. */
const labelled = (page: string, charset: string | null) =>
  page
    .replace(/<meta http-equiv="Content-Type"[^>]*>/g, '')
    .replace(/<head>/, (t) => t + (charset === null ? '' : `<meta charset="${charset}">`));
const encoded = (name: string, charset: string, label: string | null): Relation<string> => ({
  name,
  change: (page) => {
    const text = labelled(page, label);
    const bytes = iconv.encode(text, charset, { addBOM: charset.startsWith('utf-16') });
    return iconv.decode(bytes, charset) === text ? bytes : text;
  },
});

const digits =
  (to: (digit: string) => string): OfPiece =>
  (text) =>
    text.replace(/\d/g, to);

/** Whole cells, whatever runs their digits are parted into. */
const zerosBlank = (page: string) =>
  page.replace(/<td[^>]*>(?:(?!<\/?td)[\s\S])*<\/td>/g, (cell) =>
    /^\s*[+＋]?[0０][.．0０]*\s*([万]?元)?\s*$/.test(cell.replace(/<[^>]*>/g, ''))
      ? cell.replace(/>[^<]+</g, '><')
      : cell,
  );

export const htmlRelations: Relation<string>[] = [
  { name: 'comments between tags', change: tags((t, r) => (r.chance(0.3) ? `${t}<!-- 总计 7 -->` : t)) },
  { name: 'comments inside texts', change: cellTexts(inside('<!--3-->')) },
  { name: 'empty spans', change: cellTexts(inside('<span></span>')) },
  {
    name: 'attributes reordered',
    change: onStart('td|table|meta', (n, a) => `<${n}${attributesOf(a).toReversed().join('')}>`),
  },
  {
    name: 'attributes of looks',
    change: attributed('td', ' bgcolor="#fff" style="text-align:center;color:#000" width="72" nowrap'),
  },
  { name: 'ids and classes', change: onStart('td|tr|p', (n, a, r) => `<${n}${a} id="c${r.whole(1, 99999)}">`) },
  { name: 'single quotes', change: onStart('td|table', (n, a) => `<${n}${a.replaceAll('"', "'")}>`) },
  { name: 'no quotes', change: onStart('td', (n, a) => `<${n}${a.replaceAll('"', '')}>`) },
  { name: 'th for td', change: tags((t) => t.replace(/^(<\/?)td\b/, '$1th')) },
  {
    name: 'colgroup',
    change: innermost((t) => t.replace(/>/, '><colgroup><col width="80"><col span="2"></colgroup>')),
  },
  { name: 'caption', change: innermost((t) => t.replace(/>/, '><caption></caption>')) },
  { name: 'tbody', change: innermost((t) => t.replace(/>/, '><tbody>').replace('</table>', '</tbody></table>')) },
  {
    name: 'thead and tfoot',
    change: innermost((t) =>
      t.replace(/>/, '><thead>').replace('</tr>', '</tr></thead><tbody>').replace('</table>', '</tbody></table>'),
    ),
  },
  { name: 'laid out by divs', change: innermost((t) => `<div><center><div align="center">${t}</div></center></div>`) },
  {
    name: 'laid out by a table',
    change: innermost((t) => `<table width="100%"><tr><td align="center">${t}</td></tr></table>`),
  },
  { name: 'navigation before', change: body(nav, '') },
  { name: 'navigation after', change: body('', nav) },
  { name: 'minified', change: (page) => page.replace(/>\s+</g, '><') },
  {
    name: 'pretty-printed',
    change: tags((t) => (/^<\/?(table|tr|td|p|div|tbody)\b/i.test(t) ? `\n      ${t}\n      ` : t)),
  },
  { name: 'lines end in CRLF', change: (page) => page.replace(/\r?\n/g, '\r\n') },
  { name: 'upper-case tags', change: tags((t) => t.replace(/^<\/?\w+/, (n) => n.toUpperCase())) },
  { name: 'no end tags of cells', change: (page) => page.replace(/<\/t[dr]>(?=\s*<(t[dr]|\/tr|\/table)\b)/g, '') },
  {
    name: 'spans of one',
    change: onStart(
      'td',
      (n, a) => `<${n}${a}${/rowspan/.test(a) ? '' : ' rowspan="1"'}${/colspan/.test(a) ? '' : ' colspan="1"'}>`,
    ),
  },
  { name: 'base address', change: (page) => page.replace('<head>', '<head><base href="http://example.invalid/x/">') },
  { name: 'no doctype', change: (page) => page.replace(/<!DOCTYPE[^>]*>\s*/i, '') },
  { name: 'XML declaration', change: (page) => `<?xml version="1.0"?>${page}` },
  { name: 'scripts between rows', change: tags((t) => (t === '</tr>' ? '</tr><script>var a = 3;</script>' : t)) },
  { name: 'style in cells', change: cellTexts(around('<style>.a{color:red}</style>', '')) },
  { name: 'fonts around texts', change: cellTexts(around('<font size="2"><b>', '</b></font>')) },
  { name: 'paragraphs in cells', change: cellTexts(around('<p class="a"><span>', '</span></p>')) },
  { name: 'empty paragraphs in cells', change: cellTexts(around('<p></p>', '<p>&nbsp;</p>')) },
  { name: 'anchors', change: cellTexts(around('<a name="_Toc1"></a>', '')) },
  { name: 'links around numbers', change: numbers(around('<a href="/x">', '</a>')) },
  {
    name: 'paragraphs of Word',
    change: cellTexts(around('<p class="MsoNormal"><span lang="EN-US">', '<o:p></o:p></span></p>')),
  },
  { name: 'white space around texts', change: cellTexts(around('\n\t  ', '  \n')) },
  { name: 'no-break spaces around texts', change: cellTexts(around('&nbsp;&ensp;', '&#12288;&nbsp;')) },
  { name: 'white space in labels', change: labels(inside(' ')) },
  { name: 'wide space in labels', change: labels(inside('&#x3000;')) },
  { name: 'breaks in labels', change: labels(inside('<br>')) },
  { name: 'labels downwards', change: labels(between('<br/>')) },
  { name: 'zero-width characters', change: cellTexts(between('&zwnj;')) },
  { name: 'wbr', change: labels(inside('<wbr>')) },
  { name: 'soft hyphens', change: labels(inside('&shy;')) },
  { name: 'decimal entities', change: cellTexts((t) => [...t].map((c) => `&#${c.codePointAt(0)};`).join('')) },
  {
    name: 'hexadecimal entities',
    change: cellTexts((t) => [...t].map((c) => `&#x${c.codePointAt(0)!.toString(16)};`).join('')),
  },
  { name: 'wide digits', change: numbers(digits((d) => String.fromCharCode(0xff10 + Number(d)))) },
  { name: 'thousands separators', change: numbers((t) => t.replace(/\B(?=(\d{3})+$)/g, ',')) },
  { name: 'zeros left blank', change: zerosBlank, shows: (v) => (v === 0 ? null : v) },
  { name: 'Traditional', change: (page) => toTraditional(page) },
  encoded('UTF-8 labelled GBK', 'utf-8', 'gb2312'),
  encoded('UTF-8 without a label', 'utf-8', null),
  encoded('GB 18030', 'gb18030', 'gb18030'),
  encoded('GB 18030 labelled UTF-8', 'gb18030', 'utf-8'),
  encoded('GBK without a label', 'gbk', null),
  encoded('UTF-16 with a mark', 'utf-16le', null),
];
