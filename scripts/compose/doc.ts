import type { PrintedRun, PrintedTable } from './printed.ts';
import { CFB } from '@e965/xlsx';
import { placedRows, printedBlocks, widthOf, type PlacedCell } from './blocks.ts';
import type { Figures } from './figures.ts';
import { unsplit, type Splits } from './tables.ts';
import { plainWording, type Wording } from './wording.ts';
import { characterStyle, writeWord97, type WordParagraph } from './word97.ts';

export interface DocStyle extends Wording, Splits {
  /** Before every number a wrong one, deleted while changes were tracked. */
  tracked: boolean;
  /** Every statutory table inside a cell of another table. */
  nested: boolean;
  /** Paragraphs hold a field: a hidden code and the text it shows. */
  fields: boolean;
  /** Edges of cells that should be in line are a little off, as tables drawn by hand are. */
  crooked: boolean;
  /** 一、 to 六、 of the headings are automatic numbers. */
  numbered: boolean;
  /** Latin text is stored in one byte a character, which parts the text into pieces. */
  pieces: boolean;
}

const plain: DocStyle = {
  ...plainWording,
  ...unsplit,
  tracked: false,
  nested: false,
  fields: false,
  crooked: false,
  numbered: false,
  pieces: false,
};

export const docStyles = {
  plain,
  crooked: { ...plain, crooked: true, explanation: true, absent: '-' },
  tracked: { ...plain, tracked: true, digits: 'commas' },
  nested: { ...plain, nested: true, vertical: true },
  numbered: { ...plain, numbered: true, absent: '—' },
  pieces: { ...plain, pieces: true, fields: true, brackets: 'ascii' },
  split: { ...plain, parts: 2, continued: 'empty', aliases: 3 },
} satisfies Record<string, DocStyle>;

/** A Word 97 document of our own making: text, paragraph and cell marks, row definitions with their merges. */
export function docFile(f: Figures, style: DocStyle): Uint8Array {
  const paragraphs = printedBlocks(f, style).flatMap((block): WordParagraph[] => {
    if (block.kind === 'table')
      return style.nested ? nestedTable(block.table, style) : tableRows(block.table, style, 1);
    const numbered = style.numbered && block.kind === 'heading';
    const printed = numbered ? block.text.replace(/^[一二三四五六]、/, '') : block.text;
    const text = style.fields ? `\x13 HYPERLINK "http://www.example.test/" \x14${printed}\x15` : printed;
    const level = block.kind === 'title' ? 1 : block.kind === 'heading' ? 2 : 0;
    return [{ runs: [{ text }], mark: '\r', style: level, properties: numbered ? listLevel(0) : [] }];
  });
  const { main, table, data } = writeWord97(paragraphs, style.pieces);
  return packOle({ WordDocument: main, '1Table': table, Data: data });
}

/** A compound file of streams; the same bytes for the same streams. */
export function packOle(streams: Record<string, Uint8Array>): Uint8Array {
  const container = CFB.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) CFB.utils.cfb_add(container, `/${name}`, Buffer.from(content));
  CFB.utils.cfb_del(container, '/\u0001Sh33tJ5');
  return new Uint8Array(CFB.write(container, { fileType: 'cfb', type: 'buffer' }));
}

/** Paragraph of the one list there is, at a level from 0. */
export const listLevel = (level: number) => [0x0a, 0x26, level, 0x0b, 0x46, 1, 0];

const inTable = [0x16, 0x24, 1];
const levelOf = (depth: number) => [0x49, 0x66, depth, 0, 0, 0];
const lines = (text: string) => text.replaceAll('\n', '\x0b');

function tableRows(table: PrintedTable, style: DocStyle, depth: 1 | 2): WordParagraph[] {
  const outer = depth === 1;
  const inside = [...inTable, ...levelOf(depth)];
  return placedRows(table).flatMap((row, r) => {
    const cells = row.map(({ cell, continues }): WordParagraph => {
      const wrong = style.tracked && cell.role === 'number' && cell.text !== '' && !continues;
      return {
        runs: cell.runs
          ? cell.runs.map(runOf)
          : [...(wrong ? [{ text: '77', deleted: true }] : []), { text: continues ? '' : lines(cell.text) }],
        mark: outer ? '\x07' : '\r',
        style: 0,
        properties: outer ? inside : [...inside, 0x4b, 0x24, 1],
      };
    });
    const definition = rowDefinition(row, widthOf(table), style.crooked ? (r % 5) * 12 : 0);
    const end = outer ? [0x17, 0x24, 1] : [0x4c, 0x24, 1];
    return [
      ...cells,
      { runs: [], mark: outer ? '\x07' : '\r', style: 0, properties: [...inside, ...end, ...definition] },
    ];
  });
}

/** One cell around the table; Word ends such a cell with an empty paragraph. */
function nestedTable(table: PrintedTable, style: DocStyle): WordParagraph[] {
  const around: PlacedCell = { cell: { text: '', colspan: 1, rowspan: 1, role: 'label' }, column: 0, continues: false };
  const inside = [...inTable, ...levelOf(1)];
  return [
    ...tableRows(table, style, 2),
    { runs: [], mark: '\x07', style: 0, properties: inside },
    { runs: [], mark: '\x07', style: 0, properties: [...inside, 0x17, 0x24, 1, ...rowDefinition([around], 1, 0)] },
  ];
}

/** How Word makes a run look so: modifiers of its characters. */
const modifiers: Partial<Record<PrintedRun['look'], number[][]>> = {
  raised: [[0x48, 0x2a, 1], [0x48, 0x2a, 2], [0x45, 0x48, 10, 0], characterStyle(10)],
  struck: [[0x37, 0x08, 1], [0x53, 0x2a, 1], characterStyle(11)],
  white: [
    [0x70, 0x68, 255, 255, 255, 0],
    [0x42, 0x2a, 8],
    [0x42, 0x2a, 1, 0x0c, 0x2a, 1],
  ],
  pale: [
    [0x70, 0x68, 201, 201, 201, 0],
    [0x70, 0x68, 217, 217, 217, 0],
    [0x43, 0x4a, 2, 0],
  ],
  light: [
    [0x70, 0x68, 255, 255, 255, 0, 0x71, 0xca, 10, 0, 0, 0, 0xff, 31, 78, 121, 0, 0, 0],
    [0x42, 0x2a, 8, 0x0c, 0x2a, 9],
  ],
  unseen: [[0x3c, 0x08, 1], [0x00, 0x08, 1], characterStyle(12), [0x37, 0x08, 1, 0x3c, 0x08, 1]],
};

function runOf({ text, look, way }: PrintedRun): WordParagraph['runs'][number] {
  const ways = modifiers[look];
  return ways ? { text, modifiers: ways[way % ways.length]! } : { text };
}

const columnWidth = 640;

/** sprmTDefTable: how many cells, their edges in twips, and twenty bytes a cell, of which the merges matter. */
function rowDefinition(row: PlacedCell[], width: number, shift: number): number[] {
  const edges = [...row.map((placed) => placed.column), width].map(
    (column) => column * columnWidth - 100 + (column > 0 ? shift : 0),
  );
  const operand = Buffer.alloc(1 + edges.length * 2 + row.length * 20);
  operand[0] = row.length;
  edges.forEach((edge, i) => operand.writeInt16LE(edge, 1 + i * 2));
  row.forEach(({ cell, continues }, i) => {
    const flags = cell.rowspan === 1 ? 0 : continues ? 0x20 : 0x60;
    operand.writeUInt16LE(flags, 1 + edges.length * 2 + i * 20);
  });
  const length = operand.length + 1;
  return [0x08, 0xd6, length & 0xff, length >> 8, ...operand];
}
