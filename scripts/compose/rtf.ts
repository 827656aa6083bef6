import iconv from 'iconv-lite';
import { placedRows, printedBlocks, widthOf, type PlacedCell } from './blocks.ts';
import type { Figures } from './figures.ts';
import type { PrintedRun, PrintedTable } from './printed.ts';
import { unsplit, type Splits } from './tables.ts';
import { plainWording, type Wording } from './wording.ts';

export interface RtfStyle extends Wording, Splits {
  /** Characters beyond ASCII: escaped or raw bytes of GB18030, or by number, with a question mark or GB18030 for old readers. */
  characters: 'escaped' | 'raw' | 'numbered' | 'both';
  /** Cells that go on to the right, each written out and marked as merged, as old writers do. */
  mergedAcross: boolean;
  /** Before every number a wrong one, deleted while changes were tracked. */
  tracked: boolean;
  /** Every statutory table inside a cell of another table. */
  nested: boolean;
  /** 一、 to 六、 of the headings are automatic numbers. */
  numbered: boolean;
  /** Paragraphs are the result of a field and carry a note; a header and a footer with numbers. */
  furnished: boolean;
  /** Rows are defined once, before their cells, as simple writers do. */
  simple: boolean;
}

const plain: RtfStyle = {
  ...plainWording,
  ...unsplit,
  characters: 'escaped',
  mergedAcross: false,
  tracked: false,
  nested: false,
  numbered: false,
  furnished: false,
  simple: false,
};

export const rtfStyles = {
  plain,
  unicode: { ...plain, characters: 'numbered', simple: true, absent: '-' },
  both: { ...plain, characters: 'both', explanation: true },
  raw: { ...plain, characters: 'raw', mergedAcross: true, absent: '—' },
  merged: { ...plain, mergedAcross: true, vertical: true },
  tracked: { ...plain, tracked: true, digits: 'commas', characters: 'both' },
  nested: { ...plain, nested: true, vertical: true },
  numbered: { ...plain, numbered: true, absent: '/' },
  furnished: { ...plain, furnished: true, brackets: 'ascii' },
  split: { ...plain, parts: 2, continued: 'repeated', aliases: 3 },
} satisfies Record<string, RtfStyle>;

export function rtfFile(f: Figures, style: RtfStyle): Uint8Array {
  const write = (text: string) => written(text, style.characters);
  const body = printedBlocks(f, style).map((block) => {
    if (block.kind === 'table')
      return style.nested ? nestedTable(block.table, style) : tableRows(block.table, style, 1);
    if (block.kind !== 'heading') return paragraph(furnished(write(block.text), style));
    const [number = ''] = /^[一二三四五六]、/.exec(block.text) ?? [];
    if (!style.numbered || number === '') return paragraph(write(block.text), '\\s2\\outlinelevel1');
    const label = `{\\listtext\\pard\\plain\\f1 ${write(number)}\\tab}`;
    return paragraph(`${label}\\ls1 ${write(block.text.slice(number.length))}`, '\\s2\\outlinelevel1');
  });
  const furniture = style.furnished
    ? `{\\header\\pard\\plain ${write('第12345页')}\\par}{\\footer\\pard\\plain 678\\par}`
    : '';
  const head =
    `{\\rtf1\\ansi\\ansicpg936\\uc${style.characters === 'both' ? 2 : 1}\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}` +
    `{\\f1\\fnil\\fcharset134{\\*\\falt SimSun}${write('宋体')};}}{\\colortbl;\\red0\\green0\\blue0;\\red255\\green255\\blue255;\\red201\\green201\\blue201;\\red31\\green78\\blue121;}` +
    `{\\stylesheet{\\s2 ${write('标题')} 2;}{\\*\\cs10 Default Paragraph Font;}}{\\*\\generator Invented 1.0;}{\\info{\\title ${write(f.publisher)}}{\\author 12}}`;
  return Buffer.from(`${head}${furniture}\n${body.join('\n')}\n}`, 'latin1');
}

const paragraph = (content: string, properties = '') => `\\pard\\plain${properties}\\f1\\fs32 ${content}\\par`;

const furnished = (content: string, { furnished: on }: RtfStyle) =>
  on
    ? `{\\field{\\*\\fldinst  HYPERLINK "http://www.example.test/99" }{\\fldrslt ${content}}}{\\super\\chftn{\\footnote\\pard\\plain{\\super\\chftn} 注 77\\par}}`
    : content;

function written(text: string, characters: RtfStyle['characters']): string {
  let out = '';
  for (const unit of text.split('')) {
    if (unit === '\n') out += '\\line ';
    else if (unit === '\u00a0') out += '\\~';
    else if ('\\{}'.includes(unit)) out += `\\${unit}`;
    else if (unit < '\x80') out += unit;
    else if (characters === 'numbered') out += `\\u${signed(unit)}?`;
    else if (characters === 'both') out += `\\u${signed(unit)}${inTwoBytes(unit)}`;
    else
      out +=
        characters === 'escaped'
          ? escapes(unit)
          : iconv
              .encode(unit, 'gb18030')
              .toString('latin1')
              .replace(/[\\{}]/g, '\\$&');
  }
  return out;
}

const signed = (unit: string) => (unit.charCodeAt(0) << 16) >> 16;
const escapes = (unit: string) =>
  [...iconv.encode(unit, 'gb18030')].map((byte) => `\\'${byte.toString(16).padStart(2, '0')}`).join('');
const inTwoBytes = (unit: string) => (iconv.encode(unit, 'gb18030').length === 2 ? escapes(unit) : "\\'a1\\'f5");

/** How Word makes a run look so. */
const lookRtf: Partial<Record<PrintedRun['look'], ((text: string) => string)[]>> = {
  plain: [(text) => text, (text) => `{\\b ${text}}`],
  raised: [
    (text) => `{\\super ${text}}`,
    (text) => `{\\up10\\fs18 ${text}}`,
    (text) => `\\super ${text}\\nosupersub `,
    (text) => `{\\cs15\\super ${text}{\\footnote\\pard\\plain 99\\par}}`,
  ],
  struck: [
    (text) => `{\\strike ${text}}`,
    (text) => `{\\striked1 ${text}}`,
    (text) => `\\strike ${text}\\strike0 `,
    (text) => `{\\rtlch\\fcs1\\af0\\ltrch\\fcs0\\strike\\f0 ${text}}`,
  ],
  white: [(text) => `{\\cf2 ${text}}`, (text) => `\\cf2 ${text}\\cf0 `, (text) => `{\\cf1\\highlight1 ${text}}`],
  pale: [(text) => `{\\cf3 ${text}}`, (text) => `{\\fs2 ${text}}`],
  light: [(text) => `{\\cf2\\chcbpat4 ${text}}`, (text) => `{\\cf2\\highlight4 ${text}}`],
  unseen: [
    (text) => `{\\v ${text}}`,
    (text) => `{\\deleted\\revauthdel1 ${text}}`,
    (text) => `\\v ${text}\\v0 `,
    (text) => `{\\strike\\v ${text}}`,
  ],
};

function runRtf({ text, look, way }: PrintedRun, style: RtfStyle): string {
  const ways = lookRtf[look];
  if (!ways) throw new Error(`a document has no text that is ${look}`);
  return ways[way % ways.length]!(written(text, style.characters));
}

const columnWidth = 640;

function tableRows(table: PrintedTable, style: RtfStyle, depth: 1 | 2): string {
  const width = widthOf(table);
  return placedRows(table)
    .map((row) => {
      const cells = style.mergedAcross ? row.flatMap(columnsOf) : row.map((placed) => ({ ...placed, across: '' }));
      const definition = `\\trowd\\trgaph108\\trleft-108${cells
        .map(({ cell, column, continues, across }) => {
          const down = cell.rowspan === 1 ? '' : continues ? '\\clvmrg' : '\\clvmgf';
          const right = column + (style.mergedAcross ? 1 : cell.colspan);
          return `${down}${across}\\clbrdrt\\brdrs\\brdrw10\\cltxlrtb\\cellx${Math.min(right, width) * columnWidth - 108}`;
        })
        .join('')}`;
      const end = depth === 1 ? '\\cell' : '\\nestcell{\\nonesttables\\par}';
      const contents = cells.map(({ cell, continues, across }) => {
        const empty = continues || across === '\\clmrg';
        return `\\pard\\plain\\intbl${depth === 2 ? '\\itap2' : ''}\\f1 ${empty ? '' : contentOf(cell, style)}${end}`;
      });
      if (depth === 2) return `${contents.join('')}{\\*\\nesttableprops${definition}\\nestrow}{\\nonesttables\\par}`;
      return style.simple
        ? `${definition}\n${contents.join('')}\\row`
        : `${definition}\n${contents.join('')}\\pard\\plain\\intbl{${definition}\\row}`;
    })
    .join('\n');
}

function contentOf(cell: PlacedCell['cell'], style: RtfStyle): string {
  const deleted = style.tracked && cell.role === 'number' && cell.text !== '' ? '{\\deleted 77}' : '';
  if (cell.runs) return cell.runs.map((run) => runRtf(run, style)).join('');
  return deleted + written(cell.text, style.characters);
}

/** A cell over several columns as cells of one that are marked as merged. */
const columnsOf = (placed: PlacedCell): (PlacedCell & { across: string })[] =>
  Array.from({ length: placed.cell.colspan }, (_, i) => ({
    ...placed,
    column: placed.column + i,
    across: placed.cell.colspan === 1 ? '' : i === 0 ? '\\clmgf' : '\\clmrg',
  }));

function nestedTable(table: PrintedTable, style: RtfStyle): string {
  const definition = `\\trowd\\trleft-108\\cellx${widthOf(table) * columnWidth}`;
  return `${definition}\n${tableRows(table, style, 2)}\\pard\\plain\\intbl\\cell{${definition}\\row}`;
}
