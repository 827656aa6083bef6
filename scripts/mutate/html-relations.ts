import * as OpenCC from 'opencc-js';
import { toTraditional } from '../compose/html.ts';
import type { Random } from '../compose/random.ts';
import { encodings } from './encodings.ts';
import { asSerialized, splitWithHeader, spansWrittenOut } from './html-tables.ts';
import { isZero, noZeros, type Relation } from './relation.ts';

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

const digits =
  (to: (digit: string) => string): OfPiece =>
  (text) =>
    text.replace(/\d/g, to);

const entities = (text: string) => [...text].map((c) => (/\s/.test(c) ? c : `&#${c.codePointAt(0)};`)).join('');
const NAMES: Record<string, string> = {
  '·': '&middot;',
  '“': '&ldquo;',
  '”': '&rdquo;',
  '（': '&#xFF08;',
  '）': '&#xFF09;',
};

/** Whole cells, whatever runs their digits are parted into. */
const zerosBlank = (page: string) =>
  page.replace(/<td[^>]*>(?:(?!<\/?td)[\s\S])*<\/td>/g, (cell) =>
    isZero(cell.replace(/<[^>]*>/g, '')) ? cell.replace(/>[^<]+</g, '><') : cell,
  );

const inHongKong = OpenCC.Converter({ from: 'cn', to: 'hk' });

/** Texts outside of cells that a title stands in. */
const titles = (of: OfPiece) =>
  texts((t, r, p) => (/年度报告|年报/.test(t) && t.trim().length < 60 && !t.includes('&') ? of(t, r, p) : t));
/** The words of a unit taken apart: 万元, 亿元. */
const units = (what: string) => texts((t) => t.replace(/(?<=[万亿百千十])(?=元)/g, what));

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
  { name: 'as a browser writes it', change: asSerialized },
  { name: 'tables parted under a repeated header', change: splitWithHeader('') },
  { name: 'tables parted by a page number', change: splitWithHeader('<p>- 4 -</p>') },
  { name: 'spans written out', change: spansWrittenOut('repeated') },
  { name: 'spans written out with blanks', change: spansWrittenOut('blank') },
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
  { name: 'lines of the source in labels', change: labels(inside('\n     ')) },
  { name: 'white space in titles', change: titles(inside(' ')) },
  { name: 'wide space in titles', change: titles(inside('\u3000')) },
  { name: 'breaks in titles', change: titles(inside('<br>')) },
  { name: 'spans in titles', change: titles((t, r, p) => `<span>${inside('</span><span>')(t, r, p)}</span>`) },
  { name: 'white space around titles', change: titles(around('\n\t', ' \n')) },
  { name: 'white space in units', change: units(' ') },
  { name: 'wide space in units', change: units('&#12288;') },
  { name: 'no-break space in units', change: units('&nbsp;') },
  { name: 'breaks in units', change: units('<br>') },
  { name: 'lines of the source in units', change: units('\n  ') },
  { name: 'labels downwards', change: labels(between('<br/>')) },
  { name: 'zero-width characters', change: cellTexts(between('&zwnj;')) },
  { name: 'wbr', change: labels(inside('<wbr>')) },
  { name: 'soft hyphens', change: labels(inside('&shy;')) },
  { name: 'decimal entities', change: cellTexts((t) => [...t].map((c) => `&#${c.codePointAt(0)};`).join('')) },
  {
    name: 'hexadecimal entities',
    change: cellTexts((t) => [...t].map((c) => `&#x${c.codePointAt(0)!.toString(16)};`).join('')),
  },
  { name: 'entities of all characters', change: texts((t) => (t.includes('&') ? t : entities(t))) },
  { name: 'entities with zeros', change: cellTexts((t) => [...t].map((c) => `&#00${c.codePointAt(0)};`).join('')) },
  {
    name: 'entities with a capital X',
    change: cellTexts((t) => [...t].map((c) => `&#X${c.codePointAt(0)!.toString(16).toUpperCase()};`).join('')),
  },
  { name: 'entities without a semicolon', change: numbers((t) => [...t].map((c) => `&#${c.charCodeAt(0)}`).join('')) },
  { name: 'entities of white space', change: cellTexts(around('&#9;&Tab;', '&NewLine;&#10;&thinsp;')) },
  { name: 'named entities', change: texts((t) => t.replace(/[（）、·“”]/g, (c) => NAMES[c] ?? c)) },
  { name: 'wide digits', change: numbers(digits((d) => String.fromCharCode(0xff10 + Number(d)))) },
  { name: 'thousands separators', change: numbers((t) => t.replace(/\B(?=(\d{3})+$)/g, ',')) },
  { name: 'zeros left blank', change: zerosBlank, shows: noZeros },
  { name: 'Traditional', change: (page) => toTraditional(page) },
  { name: 'Traditional of Hong Kong', change: (page) => inHongKong(page) },
  ...encodings(labelled),
];
