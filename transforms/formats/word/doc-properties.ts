import { i16, slice, sprms, tableDefinition, u16, u32, u8, type Sprm } from './doc-bytes.ts';
import { located, type WordFile } from './doc-file.ts';

/** What matters here of the properties of a paragraph. */
export interface ParagraphProperties {
  /** Levels of tables it is in: 0 for none. */
  depth: number;
  /** Its mark ends a cell of an inner table (in the outermost the mark itself tells). */
  innerCellEnd: boolean;
  rowEnd: boolean;
  /** Of a row end: its cells. */
  row: RowDefinition | null;
  /** From 1; null for body text. */
  heading: number | null;
  /** List number from 1 (0 for none) and level from 0. */
  list: number;
  listLevel: number;
}

export interface RowDefinition {
  /** Left edge of each cell and right edge of the last, in twips. */
  edges: number[];
  cells: { down: 'first' | 'continued' | null; across: number }[];
}

interface Run {
  from: number;
  to: number;
  list: Buffer;
}

/** Looks up paragraphs by the FC of their mark. */
export function readParagraphs(file: WordFile): (fc: number) => ParagraphProperties {
  const runs = paragraphRuns(file);
  return (fc) => paragraphOf(findRun(runs, fc), file);
}

/** Paragraphs by FC: two bytes of their style, then their own properties. */
export const paragraphRuns = (file: WordFile): Run[] =>
  readRuns(file, 13, (page, count, i) => {
    const at = u8(page, (count + 1) * 4 + i * 13) * 2;
    if (at === 0) return Buffer.alloc(2);
    const half = u8(page, at);
    return half > 0 ? slice(page, at + 1, half * 2 - 1) : slice(page, at + 2, u8(page, at + 1) * 2);
  });

export const characterRuns = (file: WordFile): Run[] =>
  readRuns(file, 12, (page, count, i) => {
    const at = u8(page, (count + 1) * 4 + i) * 2;
    return at === 0 ? Buffer.alloc(0) : slice(page, at + 1, u8(page, at));
  });

/** Property pages (FKP) of 512 bytes, found through the table at `index` of the header. */
function readRuns(file: WordFile, index: number, listOf: (page: Buffer, count: number, i: number) => Buffer): Run[] {
  const plc = located(file, index);
  const pages = Math.floor((plc.length - 4) / 8);
  const runs: Run[] = [];
  for (let p = 0; p < pages; p++) {
    const number = u32(plc, (pages + 1) * 4 + p * 4) & 0x3fffff;
    const page = slice(file.main, number * 512, 512);
    const count = u8(page, 511);
    for (let i = 0; i < count; i++) {
      runs.push({ from: u32(page, i * 4), to: u32(page, i * 4 + 4), list: listOf(page, count, i) });
    }
  }
  return runs.toSorted((a, b) => a.from - b.from);
}

function findRun(runs: Run[], fc: number): Run | undefined {
  let low = 0;
  let high = runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (!run) return undefined;
    if (fc < run.from) high = middle - 1;
    else if (fc >= run.to) low = middle + 1;
    else return run;
  }
  return undefined;
}

function paragraphOf(run: Run | undefined, file: WordFile): ParagraphProperties {
  const properties: ParagraphProperties = {
    depth: 0,
    innerCellEnd: false,
    rowEnd: false,
    row: null,
    heading: null,
    list: 0,
    listLevel: 0,
  };
  if (!run || run.list.length < 2) return properties;
  // The first nine styles after the normal one are the headings, whatever they are called.
  const style = u16(run.list, 0);
  if (style >= 1 && style <= 9) properties.heading = style;
  for (const sprm of expanded(run.list.subarray(2), file)) apply(sprm, properties);
  return properties;
}

/** Long lists of properties lie in the data stream, and the page only says where. */
function* expanded(list: Buffer, file: WordFile): Generator<Sprm> {
  for (const sprm of sprms(list)) {
    if (sprm.code !== 0x6645 && sprm.code !== 0x6646 && sprm.code !== 0x646b) yield sprm;
    else {
      const at = u32(sprm.operand, 0);
      yield* sprms(slice(file.data, at + 2, u16(file.data, at)));
    }
  }
}

function apply({ code, operand }: Sprm, into: ParagraphProperties): void {
  const flag = (operand[0] ?? 0) !== 0;
  if (code === 0x2416) into.depth = flag ? Math.max(into.depth, 1) : 0;
  else if (code === 0x6649) into.depth = Math.min(u32(operand, 0), 64);
  else if (code === 0x2417 || code === 0x244c) into.rowEnd = flag;
  else if (code === 0x244b) into.innerCellEnd = flag;
  else if (code === 0x2640) into.heading = u8(operand, 0) < 9 ? u8(operand, 0) + 1 : null;
  else if (code === 0x460b) into.list = Math.max(i16(operand, 0), 0);
  else if (code === 0x260a) into.listLevel = Math.min(u8(operand, 0), 8);
  else if (code === tableDefinition) into.row = rowOf(operand);
  else if (code === 0xd62b && into.row) {
    const cell = into.row.cells[u8(operand, 1)];
    if (cell) cell.down = downOf(u8(operand, 2));
  } else if (code === 0x5624 && into.row) {
    for (let i = u8(operand, 0); i < u8(operand, 1); i++) {
      const cell = into.row.cells[i];
      if (cell) cell.across = i === u8(operand, 0) ? 1 : 2;
    }
  }
}

/** sprmTDefTable: count, edges, then 20 bytes a cell, of which trailing ones may be left out. */
function rowOf(operand: Buffer): RowDefinition {
  const count = u8(operand, 2);
  const edges: number[] = [];
  for (let i = 0; i <= count; i++) edges.push(i16(operand, 3 + i * 2));
  const cells: RowDefinition['cells'] = [];
  for (let i = 0; i < count; i++) {
    const at = 3 + (count + 1) * 2 + i * 20;
    const flags = at + 2 <= operand.length ? u16(operand, at) : 0;
    cells.push({ down: downOf((flags >> 5) & 3), across: flags & 3 });
  }
  return { edges, cells };
}

const downOf = (flags: number): 'first' | 'continued' | null =>
  flags === 0 ? null : flags === 1 ? 'continued' : 'first';
