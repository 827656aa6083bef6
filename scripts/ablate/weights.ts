import type { Mechanism } from './mechanisms.ts';

/** A number that decides something, set to half and to double: what that changes is how much it matters. */
const weight = (file: string, what: string, as: string, ...others: string[]): Mechanism[] =>
  others.map((other) => ({
    name: other.replace(/^(export )?const |;$/g, ''),
    file,
    what,
    changes: [[as, other]],
  }));

export const weights: Mechanism[] = [
  ...weight(
    'locate/lines.ts',
    'likeness of labels',
    'const ALIKE = 0.6;',
    'const ALIKE = 0.45;',
    'const ALIKE = 0.75;',
  ),
  ...weight('locate/lines.ts', 'a label as it should be', 'const EXACT = 10;', 'const EXACT = 5;', 'const EXACT = 20;'),
  ...weight(
    'locate/lines.ts',
    'a line by its place alone',
    'const BY_ORDER = 1.5;',
    'const BY_ORDER = 0.75;',
    'const BY_ORDER = 3;',
  ),
  ...weight(
    'locate/lines.ts',
    'a row that is no line',
    'const LOST_ROW = -2;',
    'const LOST_ROW = -1;',
    'const LOST_ROW = -4;',
  ),
  ...weight(
    'locate/lines.ts',
    'another group above',
    'const OTHER_GROUP = -3;',
    'const OTHER_GROUP = -1.5;',
    'const OTHER_GROUP = -6;',
  ),
  ...weight('locate/edition.ts', 'a column that the line does not have', 'score -= 2;', 'score -= 1;', 'score -= 4;'),
  ...weight('locate/edition.ts', 'a header in the words of the edition', '? 1.2 : 1;', '? 1 : 1;', '? 2.4 : 1;'),
  ...weight(
    'locate/edition.ts',
    'columns named in text around the rows',
    '+ 3 * statedColumns(rows, grid)',
    '+ 1.5 * statedColumns(rows, grid)',
    '+ 6 * statedColumns(rows, grid)',
  ),
  ...weight(
    'locate/candidates.ts',
    'cells too many in a row of a table',
    'const MOST_TOO_MANY = 2;',
    'const MOST_TOO_MANY = 1;',
    'const MOST_TOO_MANY = 4;',
  ),
  ...weight(
    'locate/candidates.ts',
    'ways of one row',
    'const MAX_WAYS = 6_500;',
    'const MAX_WAYS = 650;',
    'const MAX_WAYS = 65_000;',
  ),
  ...weight(
    'locate/settle.ts',
    'ways of several rows together',
    'const MAX_JOINT = 4_000;',
    'const MAX_JOINT = 400;',
    'const MAX_JOINT = 40_000;',
  ),
  ...weight(
    'locate/settle.ts',
    'rows that agree on blank columns',
    'const COMMON_ROWS = 5;',
    'const COMMON_ROWS = 2;',
    'const COMMON_ROWS = 10;',
  ),
  ...weight(
    'locate/read-grid.ts',
    'rows too long',
    'const SIDE_BY_SIDE = 3;',
    'const SIDE_BY_SIDE = 1;',
    'const SIDE_BY_SIDE = 6;',
  ),
  ...weight(
    'locate/header-lines.ts',
    'characters of a column',
    'const LONGEST_COLUMN = 6;',
    'const LONGEST_COLUMN = 3;',
    'const LONGEST_COLUMN = 12;',
  ),
];
