import { eachOf, formulaOf, kindOf } from '../transforms/forms/form.ts';
import { forms } from '../transforms/forms/index.ts';
import type { TableRow } from './schema.ts';

/** The statutory forms as rows of the codebook tables. */
export function formRows(): Record<'form_lines' | 'form_columns' | 'form_equations' | 'form_terms', TableRow[]> {
  const form_lines: TableRow[] = [];
  const form_columns: TableRow[] = [];
  const form_equations: TableRow[] = [];
  const form_terms: TableRow[] = [];
  for (const { edition, grids, equations } of forms) {
    for (const grid of grids) {
      grid.lines.forEach(({ code, number, zh, en, group, columns }, i) => {
        const group_zh = group.join('/');
        const { section } = grid;
        form_lines.push({ edition, grid: grid.code, line: code, position: i + 1, section, number, zh, en, group_zh });
        columns.forEach((c, j) => {
          const column = {
            col: c.code,
            position: j + 1,
            zh: c.zh,
            en: c.en,
            group_zh: c.group.join('/'),
            unit: c.unit,
          };
          form_columns.push({ edition, grid: grid.code, line: code, ...column });
        });
      });
    }
    for (const equation of equations) {
      const { code, grid, level, zh, en } = equation;
      const rendered = { kind: kindOf(equation), over: eachOf(equation), formula: formulaOf(equation) };
      form_equations.push({ edition, code, grid, ...rendered, level, zh, en });
      for (const side of ['left', 'right'] as const)
        equation[side].forEach(({ sign, year, line, col, stated }, i) => {
          const names = { line: line ?? null, col: col ?? null, stated: stated ?? null };
          form_terms.push({ edition, code, side, position: i + 1, sign, year, ...names });
        });
    }
  }
  return { form_lines, form_columns, form_equations, form_terms };
}
