import { toTraditional } from '../compose/html.ts';
import type { Random } from '../compose/random.ts';
import { encodings } from './encodings.ts';
import { isZero, noZeros, type Relation } from './relation.ts';

type OfLine = (line: string, random: Random) => string;

const lines =
  (of: OfLine) =>
  (text: string, random: Random): string =>
    text
      .split('\n')
      .map((line) => of(line, random))
      .join('\n');
const isPipes = (line: string) => /^\|.*\|$/.test(line);
const isRule = (line: string) => /^\|[-| ]+\|$/.test(line) && line.includes('---');
const isTabs = (line: string) => line.includes('\t');
const cellsOf = (line: string) => line.slice(1, -1).split('|');

/** Only of texts with pipe tables. */
const markdown = (change: (text: string, random: Random) => string) => (text: string, random: Random) =>
  text.split('\n').some(isRule) ? change(text, random) : text;

/** Rows of pipe tables, and their rules, each by itself. */
const rows = (of: OfLine) => lines((line, random) => (isPipes(line) && !isRule(line) ? of(line, random) : line));
const rules = (of: (line: string) => string) => lines((line) => (isRule(line) ? of(line) : line));
/** Cells of tables of either kind. */
const cells = (of: OfLine) =>
  lines((line, random) => {
    if (isRule(line)) return line;
    if (isTabs(line))
      return line
        .split('\t')
        .map((text) => of(text, random))
        .join('\t');
    if (!isPipes(line)) return line;
    return `|${cellsOf(line)
      .map((text) => (text.trim() === '' ? text : ` ${of(text.trim(), random)} `))
      .join('|')}|`;
  });
const numbers = (of: OfLine) => cells((text, random) => (/^\d+(\.\d+)?$/.test(text) ? of(text, random) : text));
const labels = (of: OfLine) => cells((text, random) => (/^[^\s\d|]{2,30}$/u.test(text) ? of(text, random) : text));
const pipeCells = (of: OfLine) => markdown(cells(of));

/** Words of lines that are no table: pasted text, prose. */
const loose = (of: OfLine) => lines((line, random) => (isTabs(line) || isPipes(line) ? line : of(line, random)));
const inside =
  (what: string): OfLine =>
  (text, random) => {
    const chars = [...text];
    if (chars.length < 2) return text;
    const at = random.whole(1, chars.length - 1);
    return chars.slice(0, at).join('') + what + chars.slice(at).join('');
  };
const around =
  (before: string, after = before): OfLine =>
  (text) =>
    before + text + after;
const titles = (of: OfLine) => loose((line, r) => (/^[^，。]*(年度报告|年报)$/.test(line) ? of(line, r) : line));
const units = (what: string) => (text: string) => text.replace(/(?<=[万亿百千十])(?=元)/g, what);
/** Only of texts whose zeros are nothing but digits. */
const unmarked = (change: (text: string, random: Random) => string) => (text: string, random: Random) =>
  /[~<$`*]/.test(text) ? text : change(text, random);
/** Under a repeated header from a row of numbers on. */
const partedTables = (between: string) => (text: string, random: Random) => {
  const all = text.split('\n');
  const isNumbers = (i: number) => /^\|.*(\|\s*[\d.]+\s*){7}\|$/.test(all[i] ?? '');
  const first = all.findIndex((_, i) => isNumbers(i) && isNumbers(i + 1));
  if (first < 0) return text;
  let head = first;
  while (isPipes(all[head - 1] ?? '')) head--;
  let end = first;
  while (isNumbers(end)) end++;
  if (head === first) return text;
  const cut = random.whole(first + 1, end - 1);
  return all.toSpliced(cut, 0, '', ...(between ? [between, ''] : []), ...all.slice(head, first)).join('\n');
};

/** The charsets of texts, which have nowhere to say it. */
const inCharsets = encodings((text) => text).filter(({ name }) => !/label/.test(name));

export const textRelations: Relation<string>[] = [
  { name: 'lines end in CRLF', change: (text) => text.replace(/\n/g, '\r\n') },
  { name: 'lines end in CR', change: (text) => text.replace(/\n/g, '\r') },
  { name: 'no end of the last line', change: (text) => text.trimEnd() },
  { name: 'empty lines before', change: (text) => `\n\n\n${text}` },
  { name: 'white space behind lines', change: loose((line) => (line === '' ? line : `${line}  `)) },
  { name: 'wide spaces behind lines', change: loose((line) => (line === '' ? line : `${line}\u3000`)) },
  { name: 'wide spaces before lines', change: loose((line) => (line === '' ? line : `\u3000\u3000${line}`)) },
  { name: 'spaces before lines', change: loose((line) => (line === '' ? line : `  ${line}`)) },
  { name: 'several spaces for one', change: loose((line) => line.replaceAll(' ', '   ')) },
  { name: 'no-break spaces', change: loose((line) => line.replaceAll(' ', '\u00a0')) },
  { name: 'wide spaces for spaces', change: loose((line) => line.replaceAll(' ', '\u3000')) },
  { name: 'thin spaces for spaces', change: loose((line) => line.replaceAll(' ', '\u2009')) },
  { name: 'more empty lines', change: (text) => text.replace(/\n\n/g, '\n\n\n') },
  { name: 'white space in empty lines', change: (text) => text.replace(/\n\n/g, '\n  \n') },
  { name: 'page breaks in empty lines', change: (text) => text.replace(/\n\n/g, '\n\f\n') },
  {
    name: 'zero-width characters',
    change: (text) => text.replace(/(?<=[\p{Script=Han}\d])(?=[\p{Script=Han}\d])/gu, '\u200b'),
  },
  { name: 'byte order mark inside', change: loose((line) => (line === '' ? line : `\ufeff${line}`)) },
  {
    name: 'soft hyphens',
    change: cells((text, random) => (/^\d+$/.test(text) ? text : inside('\u00ad')(text, random))),
  },
  {
    name: 'wide digits',
    change: numbers((text) => text.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)))),
  },
  {
    name: 'thousands separators',
    change: numbers((text) => (text.includes('.') ? text : text.replace(/\B(?=(\d{3})+$)/g, ','))),
  },
  { name: 'wide brackets', change: (text) => text.replaceAll('(', '（').replaceAll(')', '）') },
  { name: 'narrow brackets', change: (text) => text.replaceAll('（', '(').replaceAll('）', ')') },
  { name: 'white space in labels', change: labels(inside(' ')) },
  { name: 'wide space in labels', change: labels(inside('\u3000')) },
  { name: 'white space in titles', change: titles(inside(' ')) },
  { name: 'white space around titles', change: titles(around('   ', '  ')) },
  { name: 'white space in units', change: units(' ') },
  { name: 'wide space in units', change: units('\u3000') },
  { name: 'no-break space in units', change: units('\u00a0') },
  { name: 'Traditional', change: (text) => toTraditional(text) },
  { name: 'zeros left blank', change: unmarked(cells((text) => (isZero(text) ? '' : text))), shows: noZeros },
  {
    name: 'tabs as pipes',
    change: lines((line) => (isTabs(line) ? `| ${line.replaceAll('\t', ' | ')} |` : line)),
  },
  { name: 'spaces around tabs', change: lines((line) => line.replaceAll('\t', ' \t ')) },
  {
    name: 'no outer pipes',
    change: markdown(rows((line) => (cellsOf(line)[0]!.trim() === '' ? line : line.slice(1, -1)))),
  },
  {
    name: 'no spaces beside pipes',
    change: rows(
      (line) =>
        `|${cellsOf(line)
          .map((c) => c.trim())
          .join('|')}|`,
    ),
  },
  {
    name: 'padded cells',
    change: markdown(
      rows(
        (line) =>
          `|${cellsOf(line)
            .map((c) => ` ${c.trim().padEnd(20)} `)
            .join('|')}|`,
      ),
    ),
  },
  { name: 'wide pipes', change: rows((line) => line.replaceAll('|', '｜')) },
  { name: 'pipes after spaces', change: rows((line) => `   ${line}`) },
  { name: 'rules with sides', change: rules((line) => line.replaceAll('---', ':---:')) },
  { name: 'long rules', change: rules((line) => line.replaceAll('---', '-------------')) },
  { name: 'cells in bold', change: pipeCells(around('**')) },
  { name: 'cells in italics', change: pipeCells(around('*')) },
  { name: 'numbers as code', change: numbers(around('`')) },
  { name: 'cells with comments', change: pipeCells(around('', '<!-- 7 -->')) },
  { name: 'breaks in labels', change: markdown(labels(inside('<br>'))) },
  { name: 'breaks in units', change: markdown(units('<br>')) },
  { name: 'cells in spans', change: pipeCells(around('<span>', '</span>')) },
  {
    name: 'entities',
    change: pipeCells((text) =>
      [...text].map((c) => (/[\p{Script=Han}\d]/u.test(c) ? `&#${c.codePointAt(0)};` : c)).join(''),
    ),
  },
  { name: 'entities of white space', change: pipeCells(around('&nbsp;', '&nbsp;')) },
  { name: 'links', change: pipeCells((text) => `[${text}](https://example.invalid/1)`) },
  { name: 'headings underlined', change: markdown(lines((line) => line.replace(/^# (.+)$/, '$1\n===='))) },
  { name: 'headings in bold', change: markdown(lines((line) => line.replace(/^#+ (.+)$/, '**$1**'))) },
  { name: 'headings closed', change: markdown(lines((line) => line.replace(/^(#+) (.+)$/, '$1 $2 $1'))) },
  { name: 'deeper headings', change: markdown(lines((line) => line.replace(/^#+ (.+)$/, '#### $1'))) },
  { name: 'quoted', change: markdown(lines((line) => `> ${line}`)) },
  { name: 'lines between sections', change: markdown((text) => text.replace(/\n## /g, '\n---\n\n## ')) },
  { name: 'front matter', change: markdown((text) => `---\nlayout: post\nviews: 12\n---\n\n${text}`) },
  { name: 'tables parted under a repeated header', change: partedTables('') },
  { name: 'tables parted by a page number', change: partedTables('- 4 -') },
  ...inCharsets,
];
