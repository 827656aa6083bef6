import { isOfForm } from '../../locate/lexicon.ts';
import { isNumbered } from '../../printed/numbering.ts';
import type { Recognised } from './ctc.ts';
import type { Box } from '../geometry/box.ts';
import type { GrayImage } from './image.ts';
import { cropLines } from './blots.ts';

/** One line of writing, trimmed to its ink. */
export interface Crop extends GrayImage {
  /** Width in which it is read, against its own at the height that the recogniser reads. */
  stretch: number;
}

/** Recognition only. Answers in the order of the crops. */
export interface Recogniser {
  recognise(crops: Crop[]): Promise<Recognised[]>;
}

/** Writing to be read as one: boxes on the page, set side by side, and the height of a line. */
export interface Piece {
  lines: Box[];
  size: number;
  /** What it looks like before it is read; only prose is known to be what it looks like. */
  like: 'number' | 'words' | 'prose';
}

/** White beside and above a line, as shares of its height, and the width it is read in. */
interface Cut {
  beside: number;
  above: number;
  stretch: number;
}

/**
 * The cost of recognition is the width of what is recognised. Pressed together so far, one word of a form in fifteen is
 * misread, none as another word of a form; prose, whose digits nothing proves, is read in the width at which none is lost.
 */
const quick: Record<Piece['like'], Cut> = {
  number: { beside: 0, above: 0.16, stretch: 1 },
  words: { beside: 0, above: 0, stretch: 0.35 },
  prose: { beside: 0, above: 0, stretch: 0.6 },
};

/** Stands for ink that was not understood, as printers do: such a cell is not blank. */
export const unread = '〓';

/**
 * Reads the pieces of every cell and line: quickly first, then in full width what gave neither a number nor words of a
 * form. Short ones that were not understood are read with other margins too: a lone digit may vanish at
 * one of them. Numbers with fewer digits than their width has room for (11 read as 1) are read again with the digits
 * set apart.
 */
export async function readWritings(
  page: GrayImage,
  writings: Piece[][],
  margin: number,
  recogniser: Recogniser,
): Promise<Recognised[][]> {
  const pieces = writings.flat();
  const all = pieces.map((_, i) => i);
  const read: Recognised[] = [];
  const inOrder = () => {
    let i = 0;
    return writings.map((writing) => writing.map(() => i++));
  };
  const cut = ({ lines, size }: Piece, { beside, above, stretch }: Cut): Crop => ({
    ...cropLines(page, lines, size, margin + beside, margin + above),
    stretch,
  });
  const inFull = (piece: Piece, more = 0): Crop => {
    const crop = cut(piece, { beside: more, above: more, stretch: 1 });
    return { ...crop, stretch: isLong(crop) ? 0.75 : 1.3 };
  };
  const pass = async (
    which: number[],
    crop: (piece: Piece) => Crop,
    accept: (now: Recognised, i: number) => boolean,
  ) => {
    const found = which.length === 0 ? [] : await recogniser.recognise(which.map((i) => crop(pieces[i]!)));
    which.forEach((i, k) => {
      if (accept(found[k]!, i)) read[i] = found[k]!;
    });
  };
  await pass(
    all,
    (piece) => cut(piece, quick[piece.like]),
    () => true,
  );
  await pass(
    inOrder().flatMap((own) =>
      isUnderstood(
        own.map((i) => pieces[i]!),
        own.map((i) => read[i]!),
      )
        ? []
        : own,
    ),
    (piece) => inFull(piece),
    () => true,
  );
  for (const more of [0.15, -margin / 2])
    await pass(
      all.filter((i) => isShort(pieces[i]!) && certainty(read[i]!) < 0.6),
      (piece) => inFull(piece, more),
      (now, i) => certainty(now) > certainty(read[i]!),
    );
  const short = all.filter((i) => digitsMissing(pieces[i]!, read[i]!));
  await pass(
    short,
    (piece) => inFull({ ...piece, lines: slices(piece.lines[0]!, digitsIn(piece.lines[0]!)) }, 3 * margin),
    (now, i) =>
      readsAsDigits(now) && now.digitsConfidence >= 0.5 && now.digits.length === digitsIn(pieces[i]!.lines[0]!),
  );
  // Width and reading still disagree: not to be trusted, whatever the recogniser says.
  for (const i of short)
    if (digitsMissing(pieces[i]!, read[i]!)) read[i] = { ...read[i]!, digitsConfidence: read[i]!.digitsConfidence / 2 };
  return inOrder().map((own) => own.map((i) => read[i]!));
}

/** Longer than any number. Text is read as well at three quarters of its width, in three quarters of the time. */
const isLong = (crop: GrayImage): boolean => crop.width > 6 * crop.height;

/** Whether what was read quickly is what it would be in full width: a certain number, words of a form, certain prose. */
function isUnderstood(pieces: Piece[], read: Recognised[]): boolean {
  const [piece] = pieces;
  const [line] = read;
  if (!piece || !line) return true;
  if (piece.like === 'number') return pieces.length === 1 && readsAsDigits(line) && line.digitsConfidence >= 0.9;
  if (read.some(({ confidence }) => confidence < 0.6)) return false;
  return piece.like === 'prose' || isOfForm(read.map(({ text }) => text).join(''));
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
