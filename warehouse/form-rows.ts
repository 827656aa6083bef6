import { forms } from '../transforms/forms/index.ts';
import type { Row } from './schema.ts';

/** The statutory forms as rows of the codebook tables. */
export function formRows(): { form_lines: Row[]; form_columns: Row[]; form_equations: Row[] } {
  const form_lines: Row[] = [];
  const form_columns: Row[] = [];
  const form_equations: Row[] = [];
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
    for (const { code, kind, grid, each, left, right, level, zh, en } of equations) {
      const terms = { left_terms: left.join(' '), right_terms: right.join(' ') };
      form_equations.push({ edition, code, kind, grid, over: each, ...terms, level, zh, en });
    }
  }
  return { form_lines, form_columns, form_equations };
}
