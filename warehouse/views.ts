import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { columnsOf, type FormGrid } from '../transforms/forms/form.ts';
import { gridCodes, gridsOf } from '../transforms/forms/index.ts';
import { bilingual, quoteName, quoteText } from './ddl.ts';
import { folderOf } from './folder.ts';

/** A view of the warehouse: a query with a name and a description in both languages. */
export interface View {
  name: string;
  zh: string;
  en: string;
  sql: string;
}

/** Views written by hand in `views/*.sql`, and those that follow from the form. */
export const views = (): View[] => [...formViews(), ...fileViews()];

export const createView = (view: View): string[] => [
  `CREATE VIEW ${quoteName(view.name)} AS ${view.sql}`,
  `COMMENT ON VIEW ${quoteName(view.name)} IS ${quoteText(bilingual(view))}`,
];

/** The first two lines of a file are `-- zh: …` and `-- en: …`. Throws when they are not. */
function fileViews(): View[] {
  const folder = folderOf('views');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const head = /^-- zh: (.+)\n-- en: (.+)\n/.exec(text);
      if (!head?.[1] || !head[2]) throw new Error(`${file} does not begin with its descriptions`);
      return { name: file.slice(0, -'.sql'.length), zh: head[1], en: head[2], sql: text.slice(head[0].length) };
    });
}

const formViews = (): View[] => [...gridCodes().map(gridView), wideView()];

/** One row per report and line, a column for each column that the line has in any edition. */
function gridView(code: FormGrid['code']): View {
  const [grid] = gridsOf(code);
  const columns = [...new Set(gridsOf(code).flatMap((g) => columnsOf(g).map((c) => c.code)))];
  const pivoted = columns.map((c) => `max(f.value) FILTER (WHERE f.col = ${quoteText(c)}) AS ${quoteName(c)}`);
  return {
    name: code,
    zh: `${grid?.zh ?? code}：每份报告每行一行`,
    en: `${grid?.en ?? code}: one row per report and line; null is absent, not zero`,
    sql: `
SELECT f.report_id, r.publisher, r.division_code, r.year, f.edition, l.position, f.line, l.zh AS label,
  ${pivoted.join(',\n  ')},
  count(*) FILTER (WHERE f.status = 'contradicted') AS contradicted
FROM facts f
JOIN reports r USING (report_id)
LEFT JOIN form_lines l ON l.edition = f.edition AND l.grid = f.grid AND l.line = f.line
WHERE f.grid = ${quoteText(code)}
GROUP BY ALL
ORDER BY r.year, f.report_id, l.position`,
  };
}

/** Every cell that any edition has, as `grid__line__col`: for spreadsheets and regressions. */
function wideView(): View {
  const cells = new Set<string>();
  for (const grid of gridCodes().flatMap(gridsOf))
    for (const line of grid.lines) for (const c of line.columns) cells.add(`${grid.code}__${line.code}__${c.code}`);
  return {
    name: 'report_wide',
    zh: '每份报告一行，每格一列（表__行__列）',
    en: 'one row per report, one column per cell (grid__line__col); null is absent, not zero',
    sql: `
WITH cells AS (SELECT report_id, grid || '__' || line || '__' || col AS cell, value FROM facts),
wide AS (PIVOT cells ON cell IN (${[...cells].map(quoteText).join(', ')}) USING max(value) GROUP BY report_id)
SELECT r.report_id, r.publisher, r.division_code, r.year, r.edition, r.simulated, r.invented,
  wide.* EXCLUDE (report_id)
FROM reports r LEFT JOIN wide USING (report_id)
ORDER BY r.year, r.report_id`,
  };
}
