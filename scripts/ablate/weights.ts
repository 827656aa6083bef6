import type { Mechanism } from './mechanisms.ts';

/** A number that decides something, in the text around it that stands once in its file, and the numbers tried instead. */
export interface Weight {
  /** Below transforms/. */
  file: string;
  /** What it decides. */
  what: string;
  before: string;
  value: string;
  after: string;
  others: string[];
}

/** `text` holds the number in braces: `const ALIKE = {0.6};`. Tried are its half and its double, or shares that are given. */
function weight(file: string, what: string, text: string, others?: string[]): Weight {
  const [, before, value, after] = /^(.*)\{([\d._]+)\}(.*)$/s.exec(text) ?? [];
  if (before === undefined || value === undefined || after === undefined) throw new Error(`no number in ${text}`);
  const number = Number(value.replaceAll('_', ''));
  return { file, what, before, value, after, others: others ?? [number / 2, number * 2].map(String) };
}

/** The change of the sources that sets a weight to another number. */
export const otherwise = ({ file, what, before, value, after }: Weight, other: string): Mechanism => ({
  name: `${value} → ${other}`,
  file,
  what,
  changes: [[before + value + after, before + other + after]],
});

export const weights: Weight[] = [
  weight('locate/lines.ts', 'likeness of labels', 'const ALIKE = {0.6};', ['0.45', '0.75']),
  weight('locate/lines.ts', 'a label as it should be', 'const EXACT = {10};'),
  weight('locate/lines.ts', 'a line by its place alone', 'const BY_ORDER = {1.5};'),
  weight('locate/lines.ts', 'a row that is no line', 'const LOST_ROW = -{2};'),
  weight('locate/lines.ts', 'another group above', 'const OTHER_GROUP = -{3};'),
  weight('locate/edition.ts', 'a column that the line does not have', 'score -= {2};'),
  weight('locate/edition.ts', 'a header in the words of the edition', '? {1.2} : 1;', ['1', '2.4']),
  weight('locate/edition.ts', 'columns named in text around the rows', '+ {3} * statedColumns(rows, grid)'),
  weight('locate/candidates.ts', 'cells too many in a row of a table', 'const MOST_TOO_MANY = {2};'),
  weight('locate/candidates.ts', 'ways of one row', 'const MAX_WAYS = {6_500};', ['650', '65000']),
  weight('locate/settle.ts', 'ways of several rows together', 'const MAX_JOINT = {4_000};', ['400', '40000']),
  weight('locate/settle.ts', 'rows that agree on blank columns', 'const COMMON_ROWS = {5};'),
  weight('locate/read-grid.ts', 'rows too long', 'const SIDE_BY_SIDE = {3};'),
  weight('locate/header-lines.ts', 'characters of a column', 'const LONGEST_COLUMN = {6};'),
  weight('locate/headers.ts', 'likeness of a header to its column', 'cellKeys(c.zh).whole) >= {0.5}', ['0.35', '0.7']),
  weight('locate/lines.ts', 'a label like one of the form, less', '* best - {3} + context'),
  weight('locate/lines.ts', 'a row without a label where lines end', 'value: {0.25}, how: '),
  weight('formats/geometry/prose.ts', 'ems before the right edge where a line is full', 'right - {2.5} * size'),
  weight('formats/geometry/prose.ts', 'ems of an indented line', 'b.x0 > left + {1.2} * size'),
  weight('formats/geometry/prose.ts', 'sizes of one paragraph', '> {0.12} * a.size) return false;'),
  weight('formats/geometry/prose.ts', 'leading between paragraphs', 'gap > {1.35} * Math.max', ['1.1', '1.8']),
  weight('formats/geometry/prose.ts', 'a title is larger', 'line.size < {1.15} * size', ['1.05', '1.5']),
  weight('formats/geometry/prose.ts', 'characters of a line that tells the measure', 'inkOf(line) >= {15}'),
  weight('formats/geometry/prose.ts', 'lines that tell the measure of a page', 'long.length < {4}'),
  weight('formats/pdf/lines.ts', 'ems of a blank between ideographs', 'const WIDE_GAP = {0.9};'),
  weight('formats/pdf/lines.ts', 'ems of a blank between Latin letters', 'const LATIN_GAP = {0.22};'),
  weight('formats/pdf/ruled-tables.ts', 'cells that hold rows of numbers', 'crowded < {3}'),
  weight('formats/pdf/unruled-zones.ts', 'ems that part numbers', 'const DIGIT_GAP = {0.3};'),
  weight('formats/pdf/unruled-zones.ts', 'ems that part words', 'const WORD_GAP = {0.7};'),
  weight('formats/pdf/unruled-zones.ts', 'ems between rows of a table', 'rows[i]!, {8}); i++'),
  weight('formats/pdf/unruled-zones.ts', 'ems between the lines of a label', 'const BESIDE = {1.2};'),
  weight('formats/pdf/unruled-zones.ts', 'ems around a line of its own', 'const OWN_LINE = {1.3};', ['1.1', '2']),
  weight('formats/pdf/unruled-zones.ts', 'ems between header lines', 'Math.max({4.2}, '),
  weight('formats/pdf/unruled-labels.ts', 'ems between lines of a wrapped label', 'above.bottom < {3} * piece.size'),
  weight('formats/pdf/unruled-tables.ts', 'ems between lines of a header', '< {1.7} * above.line.size'),
  weight('formats/pdf/unruled-headers.ts', 'header lines at one height', '- first.base) < {0.5} * first.size'),
];
