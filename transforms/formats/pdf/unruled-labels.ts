import { cell, type Cell } from '../../doc/doc.ts';
import { joinTexts } from '../geometry/prose.ts';
import { isNumbered, numberingOf } from '../../printed/numbering.ts';
import type { Piece, CutLine } from './unruled-zones.ts';

/** Label cells of each row of numbers: the groups that begin there, then the row's own label. */
export interface LabelRows {
  /** Number of label columns. */
  depth: number;
  cells: Cell[][];
  /** Label below the last row of numbers that begins another row: its numbers stand on the next page. */
  tail: string;
}

/** Words that stand together in one label column, over several lines. */
interface Blob {
  text: string;
  top: number;
  bottom: number;
}

/**
 * Labels wrap over lines above, beside and below their numbers, and group labels stand beside several rows. A number
 * at the start of a line begins a label; what follows it down the same column continues it.
 */
export function labelRows(body: CutLine[], edge: number): LabelRows {
  const anchors = body.filter((row) => row.values > 0);
  const labels = body.flatMap((row) => row.pieces.slice(0, row.pieces.length - row.values));
  if (labels.every((piece) => piece.x0 >= edge)) return { depth: 0, cells: anchors.map(() => []), tail: '' };
  const isOwn = ownColumn(body);
  const { own, tail } = ownBlobs(body, isOwn);
  const groups = blobs(labels.filter((piece) => !isOwn(piece)));
  const outer = groups.filter((group) => isNumbered(group.text, 'chinese'));
  const inner = groups.filter((group) => !outer.includes(group));
  const depth = 1 + (inner.length > 0 ? 1 : 0) + (outer.length > 0 ? 1 : 0);
  const cells = own.map((text): Cell[] => [cell(text, depth)]);

  for (const group of inner)
    insertGroup(
      cells,
      group,
      runOf(own, anchors, group, (t) => isNumbered(t, 'decimal')),
    );
  const inOuter = (text: string): boolean => !isNumbered(text, 'chinese');
  for (const group of outer) insertGroup(cells, group, runOf(own, anchors, group, inOuter, false));
  return { depth, cells, tail };
}

/** Whether a piece is (part of) a row's own label: it stands in the column of the most deeply numbered labels. */
function ownColumn(body: CutLine[]): (piece: Piece) => boolean {
  const last = body.flatMap((row) => (row.values > 0 && row.pieces.length > row.values ? [lastLabel(row)] : []));
  const nearest = new Set(last);
  const labels = body.flatMap((row) => row.pieces.slice(0, row.pieces.length - row.values));
  const deep = labels.filter((piece) => isNumbered(piece.text, 'decimal'));
  if (deep.length === 0) return () => true;
  const x0 = Math.min(...deep.map((piece) => piece.x0));
  const overlaps = (piece: Piece): boolean => piece.x1 - Math.max(piece.x0, x0) > 0.5 * (piece.x1 - piece.x0);
  return (piece) => overlaps(piece) || (nearest.has(piece) && isNumbered(piece.text) && piece.text.length > 6);
}

const lastLabel = (row: CutLine): Piece => row.pieces[row.pieces.length - row.values - 1]!;

/** The text of each row's own label: lines go to the row they stand beside, else to the nearer numbered beginning. */
function ownBlobs(body: CutLine[], isOwn: (piece: Piece) => boolean): { own: string[]; tail: string } {
  const lines = body.map((row) => ({
    anchor: row.values > 0,
    base: row.line.base,
    text: joinTexts(
      row.pieces
        .slice(0, row.pieces.length - row.values)
        .filter(isOwn)
        .map((piece) => piece.text),
    ),
  }));
  const anchors = [...lines.keys()].filter((i) => lines[i]!.anchor);
  const after = lines.findIndex((line, i) => i > anchors.at(-1)! && isNumbered(line.text));
  const end = after === -1 ? lines.length : after;
  const textOf = (from: number, to: number): string => joinTexts(lines.slice(from, to).map((line) => line.text));
  const own: string[] = [];
  for (const [k, at] of anchors.entries()) {
    const previous = k === 0 ? -1 : anchors[k - 1]!;
    const next = anchors[k + 1];
    own.push(textOf(startOf(lines, previous, at), next === undefined ? end : startOf(lines, at, next)));
  }
  return { own, tail: textOf(end, lines.length) };
}

interface LabelLine {
  anchor: boolean;
  base: number;
  text: string;
}

/** First line of the label of the row at `at`; lines between it and the row before belong to one of the two. */
function startOf(lines: LabelLine[], previous: number, at: number): number {
  if (previous === -1) return 0;
  for (let i = previous + 1; i < at; i++) if (isNumbered(lines[i]!.text)) return i;
  if (isNumbered(lines[at]!.text)) return at;
  // No numbers to go by: the widest gap parts the two labels.
  let widest = at;
  for (let i = previous + 1; i <= at; i++) {
    if (gapBefore(lines, i) > gapBefore(lines, widest) + 0.5) widest = i;
  }
  return widest;
}

const gapBefore = (lines: LabelLine[], i: number): number => lines[i]!.base - lines[i - 1]!.base;

function blobs(pieces: Piece[]): Blob[] {
  const found: (Blob & { x0: number; x1: number })[] = [];
  for (const piece of pieces) {
    const above = found.findLast((blob) => piece.x0 < blob.x1 && piece.x1 > blob.x0);
    if (above && !isNumbered(piece.text) && piece.base - above.bottom < 3 * piece.size) {
      above.text += piece.text;
      above.bottom = piece.base;
      above.x0 = Math.min(above.x0, piece.x0);
      above.x1 = Math.max(above.x1, piece.x1);
    } else found.push({ text: piece.text, top: piece.base, bottom: piece.base, x0: piece.x0, x1: piece.x1 });
  }
  return found;
}

/** Rows around the middle of a group label that can be its members; each `1.` begins another run of members. */
function runOf(
  own: string[],
  anchors: CutLine[],
  group: Blob,
  member: (text: string) => boolean,
  restarts = true,
): [number, number] | null {
  const middle = (group.top + group.bottom) / 2;
  let nearest = -1;
  for (const [i, row] of anchors.entries()) {
    if (!member(own[i]!)) continue;
    const distance = Math.abs(row.line.base - middle);
    if (nearest === -1 || distance < Math.abs(anchors[nearest]!.line.base - middle)) nearest = i;
  }
  if (nearest === -1) return null;
  const first = (text: string): boolean => restarts && isNumbered(text, 'decimal') && numberingOf(text)!.value === 1;
  let from = nearest;
  while (from > 0 && member(own[from - 1]!) && !first(own[from]!)) from--;
  let to = nearest + 1;
  while (to < own.length && member(own[to]!) && !first(own[to]!)) to++;
  return [from, to];
}

/** The group becomes a cell before its rows, which become narrower by it. */
function insertGroup(cells: Cell[][], group: Blob, run: [number, number] | null): void {
  if (!run) {
    cells[0]?.unshift(cell(group.text));
    return;
  }
  const [from, to] = run;
  for (let i = from; i < to; i++) {
    const label = cells[i]!.at(-1)!;
    label.colspan = Math.max(1, label.colspan - 1);
  }
  cells[from]!.unshift(cell(group.text, 1, to - from));
}
