import { cell, type Cell, type Table } from '../../doc/doc.ts';
import { digitsBehind } from '../../printed/number.ts';
import { headerColumns, headerRows } from './unruled-headers.ts';
import { labelRows } from './unruled-labels.ts';
import type { Box } from '../geometry/box.ts';
import { CAPTION, isValue, joinedOf, type Band, type Piece, type CutLine, type Zone } from './unruled-zones.ts';

/** Header lines and the rows of numbers under them. */
interface Block {
  header: CutLine[];
  body: CutLine[];
}

export interface LooseTable {
  box: Box;
  block: Table;
  /** Columns of its last rows. */
  bands: Band[] | null;
}

/**
 * A table from the places of its numbers. `aligned` only when every number of every row falls into one column of its
 * block; otherwise each row is its labels and then its numbers in order.
 * `before`: columns of the table that this one goes on with from the page before.
 */
export function looseTable(zone: Zone, page: number, before: Band[] | null): LooseTable {
  const blocks = cutBlocks(zone).map(freeNumbers);
  const laid = blocks.map((block, i) => {
    const printed = i === 0 && block.header.length === 0 ? before : headsOf(block);
    const bands = addBlankBands(block, findBands(block, printed));
    return {
      block: bands ? takeStrays(block, bands) : block,
      bands: i === 0 && block.header.length === 0 ? goOn(bands, before) : bands,
    };
  });
  const columns = Math.max(...laid.map(({ block, bands }) => bands?.length ?? valueCount(block)));
  const aligned = laid.every(({ bands }) => bands !== null);
  const labels = laid.map(({ block, bands }) => labelRows(block.body, leftOf(block, bands)));
  const depth = Math.max(...labels.map((rows) => rows.depth));
  const rows: Cell[][] = [];
  for (const [i, { block, bands }] of laid.entries()) {
    rows.push(...headerRows(block.header, aligned ? bands : null, leftOf(block, bands), depth, columns));
    const anchors = block.body.filter((row) => row.values > 0);
    for (const [j, anchor] of anchors.entries()) {
      const values = anchor.pieces.slice(-anchor.values);
      const label = labels[i]!.cells[j] ?? [];
      rows.push([...widen(label, labels[i]!.depth, depth), ...valueCells(values, aligned ? bands : null, columns)]);
    }
    const { tail } = labels[i]!;
    if (tail !== '') rows.push([cell(tail, depth), ...emptyCells(aligned ? bands : null, columns)]);
  }
  const lines = zone.rows.map((row) => row.line);
  const box = {
    x0: Math.min(...lines.map((line) => line.x0)),
    x1: Math.max(...lines.map((line) => line.x1)),
    y0: lines[0]!.y0,
    y1: lines.at(-1)!.y1,
  };
  const table: Table = { kind: 'table', rows: rows.filter((row) => row.length > 0), aligned, origin: `page ${page}` };
  return { box, block: table, bands: laid.at(-1)!.bands };
}

const valueCount = (block: Block): number => Math.max(1, ...block.body.map((row) => row.values));

const leftOfValues = (block: Block): number =>
  Math.min(...block.body.flatMap((row) => (row.values > 0 ? [row.pieces[row.pieces.length - row.values]!.x0] : [])));

/** A line with words where the numbers stand begins a new header. */
function cutBlocks({ rows, anchors }: Zone): Block[] {
  const blocks: Block[] = [firstRow(rows.slice(0, anchors[0]), rows[anchors[0]!]!)];

  for (let i = 1; i < anchors.length; i++) {
    const between = rows.slice(anchors[i - 1]! + 1, anchors[i]);
    const current = blocks.at(-1)!;
    const from = leftOfValues(current);
    const head = between.findIndex((row) => CAPTION.test(row.pieces[0]!.text) || hasWords(row, from));
    if (head === -1) current.body.push(...between, rows[anchors[i]!]!);
    else {
      current.body.push(...between.slice(0, head));
      blocks.push(firstRow(between.slice(head), rows[anchors[i]!]!));
    }
  }
  blocks.at(-1)!.body.push(...rows.slice(anchors.at(-1)! + 1));
  return blocks;
}

/** Label lines of the first row may stand above its numbers: they are left of them, and close. */
function firstRow(above: CutLine[], row: CutLine): Block {
  const lines = [...above, row];
  const edge = row.pieces[row.pieces.length - row.values]!.x0;
  let own = above.length;
  while (own > 0 && isLabelLine(lines[own - 1]!, edge) && isClose(lines[own - 1]!, lines[own]!)) own--;
  return { header: lines.slice(0, own), body: lines.slice(own) };
}

const isLabelLine = (row: CutLine, edge: number): boolean =>
  row.values === 0 && row.pieces.every((p) => p.x1 <= edge + 1);
const hasWords = (row: CutLine, from: number): boolean =>
  !isLabelLine(row, from) && row.pieces.some((piece) => piece.x1 > from + 1 && !isValue(piece.text));
const isClose = (above: CutLine, below: CutLine): boolean => below.line.base - above.line.base < 1.7 * above.line.size;

/** A number that touches its label is known by the column it stands in, when the row lacks just that one. */
function freeNumbers(block: Block): Block {
  const most = valueCount(block);
  const full = block.body.filter((row) => row.values === most);
  const firsts = full.map((row) => row.pieces[row.pieces.length - most]!);
  const column = { x0: Math.min(...firsts.map((p) => p.x0)), x1: Math.max(...firsts.map((p) => p.x1)) };
  const body = block.body.map((row) => {
    if (row.values !== most - 1 || row.pieces.length <= row.values || most < 3) return row;
    const at = row.pieces.length - row.values - 1;
    const glued = row.pieces[at]!;
    const digits = digitsBehind(glued.text);
    const glyphs = row.line.glyphs.filter((g) => g.x0 >= glued.x0 && g.x1 <= glued.x1).slice(-digits.length);
    const x0 = glyphs[0]?.x0 ?? 0;
    if (digits === '' || x0 >= column.x1 || glued.x1 <= column.x0) return row;
    const label = { ...glued, text: glued.text.slice(0, -digits.length), x1: x0 };
    const number = { ...glued, text: digits, x0 };
    return { ...row, values: most, pieces: row.pieces.toSpliced(at, 1, label, number) };
  });
  return { ...block, body };
}

/**
 * Columns of numbers; null when the numbers of some row do not fall into one column each. Where no row has a number in
 * each, the columns that are `printed` tell: each column of numbers stands in one of its own.
 */
function findBands(block: Block, printed: Band[] | null): Band[] | null {
  const rows = block.body.filter((row) => row.values > 0).map((row) => row.pieces.slice(-row.values));
  const sorted = rows.flat().sort((a, b) => a.x0 - b.x0);
  const bands: Band[] = [];
  for (const piece of sorted) {
    const last = bands.at(-1);
    if (last && piece.x0 < last.x1) last.x1 = Math.max(last.x1, piece.x1);
    else bands.push({ x0: piece.x0, x1: piece.x1 });
  }
  if (bands.length === valueCount(block)) return bands;
  const isOneEach = rows.every((row) => new Set(row.map((piece) => bandOf(bands, piece))).size === row.length);
  return printed && isOneEach && homesOf(bands, printed) ? bands : null;
}

/** For each band the one column that it stands in; null when some stand in none, in several or in the same. */
function homesOf(bands: Band[], columns: Band[]): number[] | null {
  const homes = bands.map((band) => columns.flatMap((c, i) => (c.x0 < band.x1 && c.x1 > band.x0 ? [i] : [])));
  if (homes.some((home) => home.length !== 1) || new Set(homes.flat()).size < bands.length) return null;
  return homes.flat();
}

/**
 * A number on a line of its own among columns belongs to the row that it stands nearest to: it is no word of a label. Where
 * that row has one in the column as well, both are said, one line each.
 */
function takeStrays({ header, body }: Block, bands: Band[]): Block {
  const rows = body.map((row) => ({ ...row, pieces: [...row.pieces] }));
  const anchors = rows.filter((row) => row.values > 0);
  for (const row of rows.filter(({ values }) => values === 0)) {
    const strays = row.pieces.filter((piece) => isValue(piece.text) && bandOf(bands, piece) !== -1);
    if (strays.length === 0) continue;
    row.pieces = row.pieces.filter((piece) => !strays.includes(piece));
    const off = (anchor: CutLine): number => Math.abs(anchor.line.base - row.line.base);
    const home = anchors.reduce((nearest, anchor) => (off(anchor) < off(nearest) ? anchor : nearest));
    for (const stray of strays) {
      const at = bandOf(bands, stray);
      const isTaken = home.pieces.slice(-home.values).some((p) => p.text !== '' && bandOf(bands, p) === at);
      const below = row.line.base > home.line.base;
      const text = !isTaken || stray.text === '' ? stray.text : below ? `\n${stray.text}` : `${stray.text}\n`;
      const first = home.pieces.length - home.values;
      home.pieces.splice(below ? home.pieces.length : first, 0, { ...stray, text });
      home.values++;
    }
  }
  return { header, body: rows.filter(({ pieces }) => pieces.length > 0) };
}

/** Rows without a header go on with the columns of the page before, when each of their numbers stands in one of these. */
function goOn(bands: Band[] | null, before: Band[] | null): Band[] | null {
  if (!bands || !before || bands.length >= before.length) return bands;
  const homes = homesOf(bands, before);
  return homes ? before.map((band, i) => bands[homes.indexOf(i)] ?? band) : bands;
}

const leftOf = (block: Block, bands: Band[] | null): number =>
  Math.min(leftOfValues(block), bands?.[0]?.x0 ?? Infinity);

/** Columns without any number, known by their headers: only when each other column stands under a header of its own. */
function addBlankBands(block: Block, bands: Band[] | null): Band[] | null {
  if (!bands) return null;
  const heads = headsOf(block);
  const under = (head: Band): Band[] => bands.filter((band) => head.x0 < band.x1 && head.x1 > band.x0);
  const fits = bands.every((band) => heads.filter((head) => under(head).includes(band)).length === 1);
  if (!fits || heads.some((head) => under(head).length > 1)) return bands;
  return [...bands, ...heads.filter((head) => under(head).length === 0)].sort((a, b) => a.x0 - b.x0);
}

/** Columns that the header names, right of the labels. */
function headsOf({ header, body }: Block): Band[] {
  const labels = body.flatMap((row) => row.pieces.slice(0, row.pieces.length - row.values));
  return headerColumns(header, Math.max(0, ...labels.map((piece) => piece.x1)));
}

const bandOf = (bands: Band[], piece: Piece): number =>
  bands.findIndex((band) => piece.x0 < band.x1 && piece.x1 > band.x0);

function valueCells(values: Piece[], bands: Band[] | null, columns: number): Cell[] {
  if (!bands) return values.map((piece) => valueCell([piece], 1));
  const pieces = bands.map((): Piece[] => []);
  for (const piece of values) pieces[bandOf(bands, piece)]!.push(piece);
  // Blocks with fewer columns are as wide as the others: their last cell is.
  return pieces.map((own, i) => valueCell(own, i === bands.length - 1 ? columns - bands.length + 1 : 1));
}

function valueCell(pieces: Piece[], colspan: number): Cell {
  const { text, unread } = joinedOf(pieces);
  return { ...cell(text, colspan), ...(unread && { unread }) };
}

/** A row whose numbers stand on the next page. */
const emptyCells = (bands: Band[] | null, columns: number): Cell[] => (bands ? valueCells([], bands, columns) : []);

const widen = (label: Cell[], own: number, depth: number): Cell[] =>
  label.map((c, i) => (i === label.length - 1 ? { ...c, colspan: c.colspan + depth - own } : c));
