import type { FormGrid, FormLine } from '../forms/form.ts';
import { memo } from '../memo.ts';
import { keyOf, labelKeys, similarity, withoutNumber } from '../printed/labels.ts';
import { withoutUnit } from '../printed/money.ts';
import { isNumber } from '../printed/number.ts';
import { cellKeys, groupKey, innerGroups } from './lexicon.ts';
import type { Row } from './row.ts';

/** How a row was recognised as a line. */
export interface Match {
  line: FormLine;
  how: 'exact' | 'fuzzy' | 'order';
  score: number;
  /** A row of other numbers that is no line bears the same label: which of the two is the line, order alone has decided. */
  contested?: true;
}

/** Similarity below which two labels have nothing to do with each other. */
const ALIKE = 0.6;
const EXACT = 10;
const BY_ORDER = 1.5;
const LOST_ROW = -2;
const OTHER_GROUP = -3;

/**
 * Rows to lines of the form, as two sequences in the same order: labels and groups are scores, and the
 * best increasing assignment wins. So a lost or misspelt label is recovered by its neighbours, and 总计, 其他 and the
 * restarting numbers fall under their own group. A row with an unmistakable label out of order is matched afterwards.
 */
export function linesOf(rows: Row[], grid: FormGrid): (Match | null)[] {
  const lines = grid.lines;
  const scores = rows.map((row, i) => scoreRow(row, rows[i - 1], lines));
  const matches = bestPath(rows, lines, scores);
  recoverOutOfOrder(rows, lines, scores, matches);
  dropAmbiguousOrder(rows, lines, matches);
  dropTies(rows, lines, scores, matches);
  contest(rows, lines, scores, matches);
  return matches.map((match, i) => (match && rows[i]!.ahead ? { ...match, how: 'order' } : match));
}

interface Score {
  value: number;
  how: Match['how'];
}

function scoreRow(row: Row, previous: Row | undefined, lines: FormLine[]): (Score | null)[] {
  if (row.ahead?.read === 'none' || linesJoined(row, lines).length > 0) return lines.map(() => null);
  const bounded = isBounded(row);
  const { whole: own, unnumbered: bare } = cellKeys(withoutUnit(row.own));
  const direct = linesByKey(lines, own, bare);
  if (bounded && direct.length > 0) {
    const before = keyOf(row.before);
    const scores: (Score | null)[] = lines.map(() => null);
    for (const at of direct) scores[at] = { value: EXACT + context(lines[at]!, row, before), how: 'exact' };
    return scores;
  }
  const before = keyOf(row.before).slice(-120);
  const after = keyOf(row.after).slice(0, 60);
  const exact = lines.map((line) => exactScore(line, row, own, bare, before, after));
  if (exact.some((s) => s !== null)) return exact;
  if (own === '' && (before === '' || bounded)) {
    const lost = bounded && previous ? BY_ORDER : BY_ORDER - 0.5;
    return lines.map((line) => {
      const value = lost + context(line, row, before);
      return value > 0 ? { value, how: 'order' as const } : null;
    });
  }
  return lines.map((line) => {
    const best = Math.max(
      ...labelKeys(line).map((label) => Math.max(similarity(bare, label), bounded ? 0 : tailSimilarity(before, label))),
    );
    if (best >= ALIKE) return { value: EXACT * best - 3 + context(line, row, before), how: 'fuzzy' as const };
    return bounded || !hasNumber(row) ? null : { value: 0.25, how: 'order' as const };
  });
}

/**
 * The lines that a label names which holds the first number of its row as well, so that the others have moved or are too
 * few: which number is of which column nothing says. Beside as many numbers as the line has, it is the mark of a note.
 */
export function linesJoined(row: Row, lines: FormLine[]): FormLine[] {
  const label = withoutNumber(row.own);
  if (row.cells === 'words' || label === row.own) return [];
  const named = (text: string) => {
    const { whole, unnumbered } = cellKeys(withoutUnit(text));
    return linesByKey(lines, whole, unnumbered);
  };
  if (named(row.own).length > 0) return [];
  const printed = row.values.filter(({ raw }) => raw !== '').length;
  return named(label)
    .map((at) => lines[at]!)
    .filter(({ columns }) => printed < columns.length);
}

/** Indexes of the lines by the keys of their labels. */
const indexOf = memo((lines: FormLine[]): Map<string, number[]> => {
  const index = new Map<string, number[]>();
  for (const [at, line] of lines.entries())
    for (const key of labelKeys(line)) index.set(key, [...(index.get(key) ?? []), at]);
  return index;
});

/** Indexes of the lines that a whole label names. */
function linesByKey(lines: FormLine[], own: string, bare: string): number[] {
  const index = indexOf(lines);
  const whole = index.get(own) ?? [];
  return own === bare ? whole : [...whole, ...(index.get(bare) ?? []).filter((at) => !whole.includes(at))];
}

function exactScore(line: FormLine, row: Row, own: string, bare: string, before: string, after: string): Score | null {
  let value = 0;
  for (const label of labelKeys(line)) {
    if (own === label || bare === label) value = Math.max(value, EXACT);
    // Text that runs together, or label cells that a table broke apart: the path as a whole ends with the label.
    else if (before.endsWith(label)) value = Math.max(value, label.length >= 4 ? EXACT - 1 : EXACT - 3);
    else if (!isBounded(row) && label.length >= 5 && splitAround(before, after, label))
      value = Math.max(value, EXACT - 2);
  }
  return value > 0 ? { value: value + context(line, row, before), how: 'exact' } : null;
}

/** Against a line: a row of a table under another group, whose label could as well be one of that group. */
const context = (line: FormLine, row: Row, before: string): number =>
  isUnderOtherGroup(line, row, before) ? OTHER_GROUP : 0;

/** Only another inner group than the line's own is printed before the label. */
export function isUnderOtherGroup(line: FormLine, row: Row, before = keyOf(row.before)): boolean {
  if (line.group.length < 2 || !isBounded(row)) return false;
  const own = groupKey(line.group.at(-1)!);
  return !before.includes(own) && innerGroups(row.grid).some((word) => word !== own && before.includes(word));
}

/** A label whose first part stands before the numbers and whose rest follows them. */
function splitAround(before: string, after: string, label: string): boolean {
  for (let cut = label.length - 1; cut >= 2; cut--)
    if (before.endsWith(label.slice(0, cut)) && after.startsWith(label.slice(cut))) return true;
  return false;
}

/** Likeness of a label to the end of a text, whatever stands before it. */
function tailSimilarity(text: string, label: string): number {
  if (label.length < 4) return 0;
  return Math.max(...[-1, 0, 1].map((extra) => similarity(text.slice(-(label.length + extra)), label)));
}

function bestPath(rows: Row[], lines: FormLine[], scores: (Score | null)[][]): (Match | null)[] {
  const n = rows.length;
  const m = lines.length;
  const best = Array.from({ length: n + 1 }, () => new Float64Array(m + 1));
  // best[i][at]: rows i… against lines at…; column m means that no line is left.
  for (let i = n - 1; i >= 0; i--) {
    const [own, below] = [best[i]!, best[i + 1]!];
    const skip = skipCost(rows[i]!);
    own[m] = below[m]! + skip;
    for (let at = m - 1; at >= 0; at--) {
      const score = scores[i]![at];
      own[at] = Math.max(below[at]! + skip, own[at + 1]!, score ? score.value + below[at + 1]! : -Infinity);
    }
  }
  const matches: (Match | null)[] = rows.map(() => null);
  for (let i = 0, at = 0; i < n && at < m;) {
    const score = scores[i]![at];
    if (score && best[i]![at] === score.value + best[i + 1]![at + 1]!) {
      matches[i] = { line: lines[at]!, how: score.how, score: score.value };
      i++;
      at++;
    } else if (best[i]![at] === best[i]![at + 1]!) at++;
    else i++;
  }
  return matches;
}

/** Labels are cells of their own; in text label and neighbours may run together. */
const isBounded = (row: Row): boolean => row.cells === 'spans';

const hasNumber = (row: Row): boolean => row.values.some((v) => isNumber(v.raw));

const skipCost = (row: Row): number => (row.values.some((v) => v.raw !== '') ? LOST_ROW : 0);

function recoverOutOfOrder(
  rows: Row[],
  lines: FormLine[],
  scores: (Score | null)[][],
  matches: (Match | null)[],
): void {
  const taken = new Set(matches.map((m) => m?.line.code));
  rows.forEach((_, i) => {
    if (matches[i]) return;
    const exact = lines
      .map((line, j) => ({ line, score: scores[i]![j] }))
      .filter((c) => c.score?.how === 'exact' && c.score.value >= EXACT - 1);
    const only = exact.length === 1 ? exact[0]! : null;
    if (only && !taken.has(only.line.code)) {
      matches[i] = { line: only.line, how: 'exact', score: 0 };
      taken.add(only.line.code);
    }
  });
}

/** A label that is printed twice, where the label of a neighbour should be, names neither row. */
function contest(rows: Row[], lines: FormLine[], scores: (Score | null)[][], matches: (Match | null)[]): void {
  const numbersOf = (row: Row) => row.values.map((v) => v.raw).join(' ');
  for (const [i, row] of rows.entries()) {
    if (matches[i] || !hasNumber(row)) continue;
    const named = lines.filter((_, at) => scores[i]![at]?.how === 'exact');
    const rival = named.length === 1 ? matches.findIndex((m) => m?.line === named[0]) : -1;
    if (rival >= 0 && numbersOf(rows[rival]!) !== numbersOf(row))
      matches[rival] = { ...matches[rival]!, contested: true };
  }
}

/** Order alone decides a row only when exactly as many lines are open between its neighbours as there are such rows. */
function dropAmbiguousOrder(rows: Row[], lines: FormLine[], matches: (Match | null)[]): void {
  for (let i = 0; i < rows.length; i++) {
    if (matches[i]?.how !== 'order') continue;
    let end = i;
    while (end < rows.length && (matches[end] === null || matches[end]!.how === 'order')) end++;
    let start = i - 1;
    while (start >= 0 && matches[start] === null) start--;
    const low = start >= 0 ? lines.indexOf(matches[start]!.line) : -1;
    const high = end < rows.length ? lines.indexOf(matches[end]!.line) : lines.length;
    const open = high - low - 1;
    if (open !== end - start - 1) for (let k = start + 1; k < end; k++) matches[k] = null;
    else
      for (let k = start + 1; k < end; k++)
        matches[k] = { line: lines[low + k - start]!, how: 'order', score: BY_ORDER };
    i = end - 1;
  }
}

/** A label that several lines bear (其他情形数) decides nothing when the row could as well be another of them. */
function dropTies(rows: Row[], lines: FormLine[], scores: (Score | null)[][], matches: (Match | null)[]): void {
  const taken = new Set(matches.map((m) => m?.line.code));
  const at = (m: Match | null | undefined) => (m ? lines.indexOf(m.line) : -1);
  const ties: number[] = [];
  for (const [i, match] of matches.entries()) {
    if (match?.how !== 'exact' || isBounded(rows[i]!)) continue;
    const low = at(matches.slice(0, i).findLast((m) => m !== null));
    const next = matches.slice(i + 1).find((m) => m !== null);
    const high = next ? at(next) : lines.length;
    const own = scores[i]![at(match)]?.value ?? 0;
    const rival = lines.some(
      (line, j) =>
        j > low &&
        j < high &&
        !taken.has(line.code) &&
        (scores[i]![j]?.value ?? 0) >= own &&
        scores[i]![j]?.how === 'exact',
    );
    if (rival) ties.push(i);
  }
  for (const i of ties) matches[i] = null;
}
