import { forms } from '../transforms/forms/index.ts';
import { licence, type Resource } from './datapackage.ts';
import type { CodedValue } from './schema.ts';
import { tableOf } from './tables.ts';
import type { VersionEntry } from './versions.ts';

/** README.md of a snapshot, for people who never saw this project. */
export function researcherReadme(entry: VersionEntry, resources: Resource[]): string {
  const warning = entry.ok
    ? ''
    : `\n**This snapshot failed ${entry.failures.length} of its checks (${entry.failures.join(', ')}) and is kept for inspection only. Do not use it.**\n`;
  return `# 政府信息公开工作年度报告数据 ${entry.version}

The statutory tables of the annual disclosure reports of Chinese administrative organs, as data: ${entry.reports} reports,
${entry.facts} cells, each as printed, with the document, block, row and column it was read from.
${warning}
## Files

| file | rows | what it holds |
|---|---:|---|
${resources.map((r) => `| \`${r.table.name}.parquet\` | ${r.rows} | ${r.table.zh} · ${r.table.en} |`).join('\n')}

\`datapackage.json\` describes every column in Chinese and English; so does the metadata inside each file.
\`CHANGES.md\` says what is different from the snapshot before. \`sha256sum -c SHA256SUMS\` shows that nothing is damaged.

## Asking

In this folder, with [DuckDB](https://duckdb.org) (any reader of Parquet will do):

\`\`\`sql
-- requests received, by publisher and year
SELECT r.publisher, r.year, f.value AS received, f.status
FROM 'facts.parquet' f JOIN 'reports.parquet' r USING (report_id)
WHERE f.grid = 'requests' AND f.line = 'received' AND f.col = 'total' AND NOT r.invented
ORDER BY r.publisher, r.year;
\`\`\`

\`\`\`sql
-- how complete it is: governments that ought to have reported, in the provinces in which portals were asked, and those found
SELECT e.year, e.level, count(*) AS expected, count(r.year) AS found
FROM 'expected_publishers.parquet' e
LEFT JOIN (SELECT DISTINCT division_code, year FROM 'reports.parquet' WHERE kind = 'government') r USING (division_code, year)
WHERE e.source = 'regulations'
GROUP BY ALL ORDER BY ALL;
\`\`\`

\`\`\`sql
-- numbers to be careful with, and why
SELECT r.publisher, r.year, n.code, n.cells, n.expected, n.actual, n.message
FROM 'findings.parquet' n JOIN 'reports.parquet' r USING (report_id)
WHERE n.level = 'error'
ORDER BY r.publisher, r.year, n.code;
\`\`\`

\`\`\`sql
-- what the codes mean
SELECT l.line, c.col, l.zh, c.zh AS column_zh, l.en, c.en AS column_en, c.unit
FROM 'form_lines.parquet' l JOIN 'form_columns.parquet' c USING (edition, grid, line)
WHERE edition = '${forms.at(-1)!.edition}' ORDER BY l.grid, l.position, c.position;
\`\`\`

## Reading the numbers

A number is named by \`grid\`, \`line\` and \`col\`; the editions of the form (${forms.map((f) => f.edition).join(', ')}) differ and are never mapped onto each other.
Amounts are in yuan. Numbers are what was printed, wrong sums included: a finding says so, nothing is repaired.

- **Absent is not zero.** Where \`value\` is null, \`absence\` says what is printed instead: ${vocabulary('facts', 'absence')}. A line that the document does not print has no row.
- **\`status\`** is the result of the equations of the form within one report: ${vocabulary('facts', 'status')}. What two years of one publisher contradict is in \`findings\` (\`scope = 'series'\`).
- **\`invented\`** reports belong to places that do not exist and test the software. Leave them out: \`WHERE NOT invented\`.
- **\`simulated\`** documents came from a simulator of portals. Their figures may be those of a real report, but the page was not fetched from the real portal for this snapshot.
- **\`trust\`**: ${vocabulary('documents', 'trust')}. Several documents of one report are its witnesses; the most trusted gives the numbers, and where another prints something else there is a finding \`witness.disagree\`.

## Citing

> gongkai, snapshot ${entry.version}, digest sha256:${entry.digest}.

The compilation is licensed under ${licence.name} (${licence.path}). The reports are official documents of state organs.
`;
}

function vocabulary(table: string, field: string): string {
  const values = tableOf(table).fields.find((f) => f.name === field)?.values ?? [];
  return values.map((v: CodedValue) => `\`${v.code}\` (${v.zh}, ${v.en})`).join(', ');
}
