import type { Box } from '../geometry/box.ts';
import { sayRuns, within, type Look, type Run, type Said } from '../../doc/runs.ts';
import { isLatin } from '../geometry/prose.ts';
import type { Glyph } from './types.ts';

/** Glyphs that share a baseline, from left to right. */
export interface Line extends Box {
  base: number;
  size: number;
  /** Baseline of its largest glyphs: marks stand off it. */
  floor: number;
  glyphs: Glyph[];
}

/** Share of the em that baselines of one line may differ. */
const SAME_LINE = 0.45;

/** Lines from top to bottom. */
export function groupLines(glyphs: Glyph[]): Line[] {
  const sorted = glyphs.toSorted((a, b) => a.base - b.base || a.x0 - b.x0);
  const lines: Line[] = [];
  for (let start = 0; start < sorted.length;) {
    let first = sorted[start]!;
    let end = start + 1;
    for (; end < sorted.length; end++) {
      const glyph = sorted[end]!;
      if (glyph.base - first.base > SAME_LINE * Math.max(first.size, glyph.size)) break;
      // Marks stand above the line that they are on: its own glyphs say where it is.
      if (first.size <= SMALL * glyph.size) first = glyph;
    }
    lines.push(makeLine(sorted.slice(start, end)));
    start = end;
  }
  return lines;
}

function makeLine(glyphs: Glyph[]): Line {
  const ordered = dropDoubles(glyphs.sort((a, b) => a.x0 - b.x0));
  let size = 0;
  let y0 = Infinity;
  let y1 = -Infinity;
  for (const glyph of ordered) {
    size = Math.max(size, glyph.size);
    y0 = Math.min(y0, glyph.y0);
    y1 = Math.max(y1, glyph.y1);
  }
  const first = ordered[0]!;
  const floor = ordered.find((glyph) => glyph.size === size)!.base;
  return { x0: first.x0, x1: ordered.at(-1)!.x1, y0, y1, base: first.base, size, floor, glyphs: ordered };
}

/** Fake bold and shadows print a glyph twice, over most of itself. */
function dropDoubles(ordered: Glyph[]): Glyph[] {
  return ordered.filter((glyph, i) => {
    const reach = DOUBLED * (glyph.x1 - glyph.x0);
    for (let j = i - 1; j >= 0 && glyph.x0 - ordered[j]!.x0 < reach; j--)
      if (ordered[j]!.char === glyph.char) return false;
    return true;
  });
}
/** Share of its width by which the second printing of a glyph may stand aside: the same glyph once more stands a width aside. */
const DOUBLED = 0.4;

/** Ems of a number within which what its cell broke goes on below it. */
const BELOW = 2;
/** Ems that part what stands in different cells. */
const CELL_GAP = 0.3;

/** Lines in which the mark of a note that the end of its cell broke (注 and, below it, 5) is whole where it begins. */
export function wholeMarks(lines: Line[]): Line[] {
  const glyphs = lines.map((line) => line.glyphs);
  for (const [i, line] of lines.entries()) {
    for (const { x0, x1, glyphs: own } of splitLine(line, CELL_GAP)) {
      if (own.length >= LONGEST_MARK) continue;
      for (let j = i - 1; j >= 0 && line.base - lines[j]!.base < BELOW * lines[j]!.size; j--) {
        const above = lines[j]!;
        const begun = splitLine(above, CELL_GAP)
          .find((piece) => piece.x0 < x1 && piece.x1 > x0)
          ?.glyphs.at(-1);
        if (!begun || lookOf(begun, above) !== 'raised' || own.some(({ size }) => size !== begun.size)) continue;
        // Where it begins, and no wider: there was no room for it.
        const moved = own.map((glyph) => ({ ...glyph, x0: begun.x1, x1: begun.x1, base: begun.base }));
        glyphs[j] = [...glyphs[j]!, ...moved];
        glyphs[i] = glyphs[i]!.filter((glyph) => !own.includes(glyph));
        break;
      }
    }
  }
  if (glyphs.every((own, i) => own === lines[i]!.glyphs)) return lines;
  return glyphs.flatMap((own) => (own.length > 0 ? [makeLine(own)] : []));
}

/** Pieces of a line between gaps wider than `gap` ems. */
export function splitLine(line: Line, gap: number): Line[] {
  const pieces: Line[] = [];
  let start = 0;
  for (let i = 1; i <= line.glyphs.length; i++) {
    const glyph = line.glyphs[i];
    if (glyph && glyph.x0 - line.glyphs[i - 1]!.x1 <= gap * Math.max(glyph.size, line.glyphs[i - 1]!.size)) continue;
    const part = line.glyphs.slice(start, i);
    pieces.push({ ...line, x0: part[0]!.x0, x1: part.at(-1)!.x1, glyphs: part });
    start = i;
  }
  return pieces;
}

/** Ems between glyphs that mean a blank: Latin words stand closer than ideographs that a justified line spreads. */
const LATIN_GAP = 0.22;
const WIDE_GAP = 0.9;

/** Of the size of its line and of its em: marks of notes are smaller than this, and stand further off the line. */
const SMALL = 0.87;
const RAISED = 0.15;

function lookOf({ struck, pale, size, base }: Glyph, line: Line): Look {
  if (struck) return 'struck';
  if (size <= SMALL * line.size && Math.abs(base - line.floor) >= RAISED * line.size) return 'raised';
  return pale ? 'pale' : 'plain';
}

export const sayLine = (line: Line): Said => sayRuns(runsOf(line));
export const lineText = (line: Line): string => sayLine(line).text;

function runsOf(line: Line): Run[] {
  const runs: Run[] = [];
  const say = (text: string, look: Look): void => {
    const last = runs.at(-1);
    if (last?.look === look) last.text += text;
    else runs.push({ text, look });
  };
  for (const [i, glyph] of line.glyphs.entries()) {
    if (i > 0) {
      const before = line.glyphs[i - 1]!;
      const gap = (glyph.x0 - before.x1) / Math.max(glyph.size, before.size);
      const latin = isLatin(glyph.char) && isLatin(before.char);
      // A blank in the content counts only where it takes room: producers also put blanks between cells and lines.
      if (gap > (latin ? LATIN_GAP : WIDE_GAP) || (glyph.spaced && gap > 0.1)) say(' ', lookOf(before, line));
    }
    say(glyph.char, lookOf(glyph, line));
  }
  return runs;
}

/** Text of a cell: its lines joined by line breaks. Upright text in columns comes in the order it is read. */
export function cellText(glyphs: Glyph[]): Said {
  if (glyphs.length === 0) return { text: '', unread: null };
  const turned = glyphs[0]!.turn;
  if (turned === 0 && !runsDown(glyphs)) return sayLines(groupLines(glyphs));
  return sayLines(groupLines(glyphs.map((glyph) => layDown(glyph, turned === 90))));
}

/** A mark that the end of its cell pushed onto a line of its own is still a mark. */
function sayLines(lines: Line[]): Said {
  const size = Math.max(...lines.map((line) => line.size));
  const isMark = (line: Line): boolean => line.size <= SMALL * size && line.glyphs.length <= LONGEST_MARK;
  return sayRuns(
    lines.flatMap((line, i): Run[] => [
      ...(i > 0 ? [{ text: '\n', look: 'plain' as const }] : []),
      ...(isMark(line) ? runsOf(line).map((run) => ({ ...run, look: within(run.look, 'raised') })) : runsOf(line)),
    ]),
  );
}
const LONGEST_MARK = 3;

/** Columns of vertical text, or text turned by a quarter, laid down so that it runs to the right. */
function layDown(glyph: Glyph, upwards: boolean): Glyph {
  const middle = (glyph.x0 + glyph.x1) / 2;
  return upwards
    ? { ...glyph, x0: -glyph.y1, x1: -glyph.y0, base: middle }
    : { ...glyph, x0: glyph.y0, x1: glyph.y1, base: -middle };
}

/** Vertical writing: the content goes down glyph by glyph, and there is more than one column. */
function runsDown(glyphs: Glyph[]): boolean {
  let down = 0;
  let along = 0;
  let columns = false;
  for (let i = 1; i < glyphs.length; i++) {
    const a = glyphs[i - 1]!;
    const b = glyphs[i]!;
    const sameColumn = Math.abs(b.x0 + b.x1 - a.x0 - a.x1) / 2 < 0.3 * a.size;
    if (sameColumn && b.base - a.base > 0.5 * a.size) down++;
    else if (Math.abs(b.base - a.base) < SAME_LINE * a.size) along++;
    if (!sameColumn) columns = true;
  }
  return columns && down > along;
}
