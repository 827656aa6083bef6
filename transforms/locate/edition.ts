import { columnsOf, type Form, type FormGrid } from '../forms/form.ts';
import { formFor, forms } from '../forms/index.ts';
import { keyOf, labelKeys } from '../printed/labels.ts';
import { linesOf, type Match } from './lines.ts';
import { isUnderHeader, type Row } from './row.ts';

/** A grid read under one edition: what its cells say if the edition is right. */
export interface Fit {
  form: Form;
  grid: FormGrid;
  matches: (Match | null)[];
  score: number;
}

/** The edition under which the rows fit best. */
export function bestFit(code: string, rows: Row[], year: number | null): Fit | null {
  const fits: Fit[] = [];
  for (const form of [...forms].sort((a, b) => closeness(b, year) - closeness(a, year))) {
    const grid = form.grids.find((g) => g.code === code);
    if (!grid) continue;
    const matches = linesOf(rows, grid);
    // Nothing can fit better than every line under its own label with its own columns.
    if (isPerfect(rows, matches, grid)) return { form, grid, matches, score: Infinity };
    const lines = matches.reduce((sum, m) => sum + (m?.score ?? 0), 0);
    fits.push({ form, grid, matches, score: lines + headerScore(rows, matches) + 3 * statedColumns(rows, grid) });
  }
  return fits.toSorted((a, b) => b.score - a.score)[0] ?? null;
}

function isPerfect(rows: Row[], matches: (Match | null)[], grid: FormGrid): boolean {
  if (rows.length !== grid.lines.length) return false;
  return rows.every((row, i) => {
    const match = matches[i];
    if (match?.how !== 'exact' || !isUnderHeader(row) || row.values.length !== match.line.columns.length) return false;
    return row.values.every(({ target }, k) => target!.col === match.line.columns[k]!.code);
  });
}

/** Columns that the header states and the line has speak for an edition, others against it. */
function headerScore(rows: Row[], matches: (Match | null)[]): number {
  let score = 0;
  rows.forEach((row, i) => {
    const line = matches[i]?.line;
    if (!line) return;
    if (!isUnderHeader(row)) {
      score += row.values.length === line.columns.length ? 1 : -1;
      return;
    }
    for (const { target } of row.values) {
      const column = line.columns.find((c) => c.code === target!.col);
      if (!column) score -= 2;
      else
        score += labelKeys(column)[0] === keyOf(target!.header) || keyOf(column.zh) === keyOf(target!.header) ? 1.2 : 1;
    }
  });
  return score;
}

/** Columns of the form whose header is printed somewhere in the text around rows that lost their positions. */
export function statedColumns(rows: Row[], grid: FormGrid): number {
  const text = keyOf(rows.map((r) => (isUnderHeader(r) ? '' : r.before)).join(''));
  return text === '' ? 0 : columnsOf(grid).filter((c) => labelKeys(c).some((label) => text.includes(label))).length;
}

const closeness = (form: Form, year: number | null): number => (formFor(year) === form ? 1 : 0);
