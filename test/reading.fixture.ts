import type { PrintedCell, PrintedTable } from '../scripts/compose/printed.ts';
import {
  composeFigures,
  key,
  proseOf,
  truthOf,
  type Figures,
  type FiguresOptions,
} from '../scripts/compose/figures.ts';
import { escapeHtml } from '../scripts/compose/shell.ts';
import { printedTables } from '../scripts/compose/tables.ts';
import { plainWording, type Wording } from '../scripts/compose/wording.ts';
import { compare } from '../scripts/compare.ts';
import { mentions, titleOf } from '../scripts/compose/prose.ts';
import { notRead } from '../pipelines/reading/pool.ts';
import { broken, finding, type DetailsOf, type Finding } from '../transforms/findings.ts';
import { equationOf } from '../transforms/forms/index.ts';
import { read } from '../transforms/read.ts';
import type { Reading } from '../transforms/report.ts';

/** Reports of an invented place whose tables a test may deform before they are printed. */

export const figuresOf = (more: Partial<FiguresOptions> = {}): Figures =>
  composeFigures({
    seed: 7,
    publisher: '示例市甲区人民政府',
    division_code: '990101',
    year: 2022,
    edition: '2021',
    size: 'large',
    ...more,
  });

/** Figures with some cells given: `{ 'requests/granted/total': 5 }`. The prose follows the tables. */
export function withCells(f: Figures, cells: Record<string, number | null>): Figures {
  const changed = new Map([...f.cells, ...Object.entries(cells)]);
  return { ...f, cells: changed, prose: proseOf(f.edition, changed) };
}

export const readBytes = (bytes: Uint8Array, contentType: string | null = null): Promise<Reading> =>
  read({ bytes, path: 'test', sha256: '', contentType });
export const readString = (text: string): Promise<Reading> => readBytes(Buffer.from(text));

/** Of a document that cannot be read. */
export const unreadable = (path = '', sha256 = '', why: DetailsOf<'unreadable'> = { why: 'empty' }): Reading =>
  notRead(path, sha256, finding('unreadable', [], why));

/** That the total of a row of requests is not the sum of its columns. */
export const brokenRow = (line = 'granted', actual = 2): Finding =>
  broken(equationOf('requests.row'), [{ grid: 'requests', line, col: 'total' }], { at: line }, { expected: 1, actual });

export const codesOf = (reading: Reading): string[] => [...new Set(reading.findings.map((f) => f.code))].sort();

export const valueOf = (reading: Reading, path: string): number | null | undefined =>
  reading.facts.find((f) => `${f.grid}/${f.line}/${f.col}` === path)?.value;

/** Cells that are read and not as printed, told apart by whether anything calls them into question. */
export const against = (f: Figures, reading: Reading, amounts: Wording['amounts'] = '万元') =>
  compare({ ...truthOf(f, amounts), error_planted: null }, reading);

export const exact = { wrong: 0, missing: 0, extra: 0, unflagged: 0 };

export type Rows = PrintedCell[][];

/** A printed cell of a test's own. */
export const printedCell = (
  text: string,
  colspan = 1,
  rowspan = 1,
  role: PrintedCell['role'] = 'label',
): PrintedCell => ({
  text,
  colspan,
  rowspan,
  role,
});

/** The rows of the one table of a grid, to be changed freely. */
export function rowsOf(f: Figures, grid: string, wording: Partial<Wording> = {}): Rows {
  const table = printedTables(f, { ...plainWording, ...wording }).find((t: PrintedTable) => t.grid === grid);
  if (!table) throw new Error(`no table of ${grid}`);
  return table.rows.map((row) => row.map((cell) => ({ ...cell })));
}

/** The row whose last label holds a text. */
export function rowOf(rows: Rows, label: string): PrintedCell[] {
  const row = rows.find((cells) => cells.some((c) => c.role === 'label' && c.text.includes(label)));
  if (!row) throw new Error(`no row ${label}`);
  return row;
}

export function htmlTable(rows: Rows): string {
  const cellHtml = ({ text, colspan, rowspan }: PrintedCell) =>
    `<td${colspan === 1 ? '' : ` colspan="${colspan}"`}${rowspan === 1 ? '' : ` rowspan="${rowspan}"`}>${escapeHtml(text).replaceAll('\n', '<br>')}</td>`;
  return `<table border="1">${rows.map((row) => `<tr>${row.map(cellHtml).join('')}</tr>`).join('\n')}</table>`;
}

const headings = [
  '一、总体情况',
  '二、主动公开政府信息情况',
  '三、收到和处理政府信息公开申请情况',
  '四、政府信息公开行政复议、行政诉讼情况',
  '五、存在的主要问题及改进情况',
  '六、其他需要报告的事项',
];
const grids: (string | null)[] = [null, 'proactive', 'requests', 'disputes', null, null];

/** An article page; what is given for a grid stands in place of its table. */
export function pageOf(f: Figures, instead: Record<string, string> = {}, title = titleOf(f)): string {
  const sections = headings.map((heading, i) => {
    const grid = grids[i];
    const body = grid ? (instead[grid] ?? htmlTable(rowsOf(f, grid))) : `<p>${mentionsIn(f, i)}</p>`;
    return `<p>${heading}</p>\n${body}`;
  });
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><div class="article">${sections.join('\n')}</div></body></html>`;
}

const mentionsIn = (f: Figures, section: number): string =>
  section === 0 ? mentions(f, plainWording).join('') : '没有需要说明的情况。';

/** The same report as text with the cells of a row parted by tabs, each where it stands in its row. */
export function tabText(f: Figures, instead: Record<string, string> = {}): string {
  const sections = headings.map((heading, i) => {
    const grid = grids[i];
    const body = grid ? (instead[grid] ?? tabRows(rowsOf(f, grid))) : mentionsIn(f, i);
    return `${heading}\n${body}`;
  });
  return `${titleOf(f)}\n${sections.join('\n')}\n`;
}

export const tabRows = (rows: Rows): string =>
  rows.map((row) => row.map((cell) => cell.text.replaceAll('\n', '')).join('\t')).join('\n');

export { key, truthOf };
