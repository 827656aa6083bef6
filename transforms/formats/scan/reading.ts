import { isNumbered } from '../../printed/numbering.ts';
import type { Recognised } from './ctc.ts';
import type { Box } from '../geometry/box.ts';
import type { GrayImage } from './image.ts';
import { cropLines } from './blots.ts';

/** Recognition only: every crop holds one line of writing, trimmed to its ink. Answers in the order of the crops. */
export interface Recogniser {
  recognise(crops: GrayImage[]): Promise<Recognised[]>;
}

/** Writing to be read as one: boxes on the page, set side by side, and the height of a line. */
export interface Piece {
  lines: Box[];
  size: number;
}

/** Stands for ink that was not understood, as printers do: such a cell is not blank. */
export const unread = '〓';

/**
 * Reads every piece, and short ones that were not understood once more with other margins: a lone digit may vanish at
 * one of them. Numbers with fewer digits than their width has room for (11 read as 1) are read again with the digits
 * set apart.
 */
export async function readPieces(
  page: GrayImage,
  pieces: Piece[],
  margin: number,
  recogniser: Recogniser,
): Promise<Recognised[]> {
  const all = pieces.map((_, i) => i);
  const read: Recognised[] = [];
  const pass = async (
    which: number[],
    crop: (piece: Piece) => GrayImage,
    accept: (now: Recognised, i: number) => boolean,
  ) => {
    const found = which.length === 0 ? [] : await recogniser.recognise(which.map((i) => crop(pieces[i]!)));
    which.forEach((i, k) => {
      if (accept(found[k]!, i)) read[i] = found[k]!;
    });
  };
  await pass(
    all,
    ({ lines, size }) => cropLines(page, lines, size, margin),
    () => true,
  );
  for (const again of [margin + 0.15, margin / 2])
    await pass(
      all.filter((i) => isShort(pieces[i]!) && certainty(read[i]!) < 0.6),
      ({ lines, size }) => cropLines(page, lines, size, again),
      (now, i) => certainty(now) > certainty(read[i]!),
    );
  const short = all.filter((i) => digitsMissing(pieces[i]!, read[i]!));
  await pass(
    short,
    ({ lines, size }) => cropLines(page, slices(lines[0]!, digitsIn(lines[0]!)), size, 4 * margin),
    (now, i) =>
      readsAsDigits(now) && now.digitsConfidence >= 0.5 && now.digits.length === digitsIn(pieces[i]!.lines[0]!),
  );
  // Width and reading still disagree: not to be trusted, whatever the recogniser says.
  for (const i of short)
    if (digitsMissing(pieces[i]!, read[i]!)) read[i] = { ...read[i]!, digitsConfidence: read[i]!.digitsConfidence / 2 };
  return read;
}

const certainty = (line: Recognised): number => (readsAsDigits(line) ? line.digitsConfidence : line.confidence);

const isShort = ({ lines, size }: Piece): boolean => lines.reduce((sum, line) => sum + line.x1 - line.x0, 0) < 5 * size;

/** Digits are all as wide as one another in print, about 0.7 of their height from one to the next; a 1 fills less. */
const digitsIn = (line: Box): number => Math.round((line.x1 - line.x0) / (0.7 * (line.y1 - line.y0)) + 0.2);

function digitsMissing(piece: Piece, line: Recognised): boolean {
  const only = piece.lines.length === 1 ? piece.lines[0]! : null;
  if (!only || only.y1 - only.y0 < 0.5 * piece.size || !isShort(piece)) return false;
  const known = /^\d*$/.test(line.digits) && (line.text === '' || readsAsDigits(line));
  return known && digitsIn(only) <= 6 && line.digits.length < digitsIn(only);
}

function slices(line: Box, count: number): Box[] {
  const width = (line.x1 - line.x0) / count;
  return Array.from({ length: count }, (_, i) => ({
    ...line,
    x0: Math.round(line.x0 + i * width),
    x1: Math.round(line.x0 + (i + 1) * width),
  }));
}

/** Characters a recogniser sees where a digit is printed, and letters, which no cell of the form holds. */
const mistaken = /[一丨口〇日囗|!'"“”‘’()（）[\]\s·。、A-Za-zα-ω]/gu;

/** Whether the line's digits are to be believed: it is a number, or characters that digits are mistaken for. A unit or a note stays text. */
export function readsAsDigits(line: Recognised): boolean {
  if (line.text === '' || isNumbered(line.text, 'chinese', 'bracketed')) return false;
  const rest = line.text.replace(/[0-9０-９+\-－—–.,，/／]/gu, '');
  return rest === '' || rest.replace(mistaken, '') === '';
}
