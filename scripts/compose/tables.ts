import { type PrintedTable, type PrintedCell, cell } from './printed.ts';
import {
  columnsOf,
  hasFixedColumns,
  type FormColumn,
  type FormGrid,
  type FormLine,
} from '../../transforms/forms/form.ts';
import { key, printedGrids, type Figures, type PrintedGrid } from './figures.ts';
import { brackets, cellText, columnLabel, lineLabel, type Wording } from './wording.ts';

export interface Splits {
  /** Number of tables that a table under one header is cut into, each with the header block. */
  parts: 1 | 2 | 3;
  /** What stands in the group cell of a part that begins inside a group. */
  continued: 'empty' | 'repeated';
  /** Damage to the tables themselves, before any format prints them. */
  alter?: (tables: PrintedTable[]) => PrintedTable[];
}

export const unsplit: Splits = { parts: 1, continued: 'empty' };

const downwards = (text: string, w: Wording) => (w.vertical ? [...text].join('\n') : text);

/** One or several tables of each grid, in printed order. */
export function printedTables(f: Figures, w: Wording, splits: Splits = unsplit): PrintedTable[] {
  const tables = printedGrids(f).flatMap((printed) => {
    if (printed.grid.oneRow) return [tableOfOneRow(f, printed, w)];
    return hasFixedColumns(printed.grid) ? tablesUnderOneHeader(f, printed, w, splits) : [tableOfGroups(f, printed, w)];
  });
  return splits.alter ? splits.alter(tables) : tables;
}

/** Lines with fewer columns widen the last cell. A caption and a header row for each group. */
function tableOfGroups(f: Figures, { code, grid, lines }: PrintedGrid, w: Wording): PrintedTable {
  const rows: PrintedCell[][] = [];
  const most = Math.max(...grid.lines.map((l) => l.columns.length));
  let above: FormLine | undefined;
  for (const line of lines) {
    const columns = line.columns.filter((c) => f.cells.has(key(code, line.code, c.code)));
    const span = (i: number) => (i === columns.length - 1 ? most + 1 - columns.length : 1);
    const place = `${code}/${line.group.join('/')}`;
    const labels = columns.map((c) => columnLabel(c, place, w));
    const [group] = line.group;
    if (above?.columns !== line.columns || above.group[0] !== group) {
      if (w.captions && group !== undefined && group !== above?.group[0])
        rows.push([cell(brackets(group, w), 'caption', most + 1)]);
      rows.push([cell(grid.corner ?? '', 'header'), ...labels.map((l, i) => cell(l, 'header', span(i)))]);
    }
    above = line;
    rows.push([
      cell(lineLabel(line, code, w), 'label'),
      ...columns.map((c, i) =>
        cell(cellText(f.cells.get(key(code, line.code, c.code)) ?? null, c, labels[i] ?? '', w), 'number', span(i)),
      ),
    ]);
  }
  return { grid: code, section: grid.section, rows };
}

const width = (lines: FormLine[]) => lines.reduce((n, l) => n + l.columns.length, 0);

/** All results of all lines side by side, one row of numbers. */
function tableOfOneRow(f: Figures, { code, grid, lines }: PrintedGrid, w: Wording): PrintedTable {
  const ungrouped = lines.filter((l) => l.group.length === 0);
  const grouped = lines.filter((l) => l.group.length > 0);
  const results = (some: FormLine[], rowspan: number) =>
    some.flatMap((l) => l.columns.map((c) => cell(downwards(columnLabel(c, code, w), w), 'header', 1, rowspan)));
  const groups = [...new Set(grouped.map((l) => l.group[0] ?? ''))];
  const label = (l: FormLine) => cell(lineLabel(l, code, w), 'label', l.columns.length);
  return {
    grid: code,
    section: grid.section,
    rows: [
      [
        ...ungrouped.map(label),
        ...groups.map((g) => cell(g, 'header', width(grouped.filter((l) => l.group[0] === g)))),
      ],
      [...results(ungrouped, 2), ...grouped.map(label)],
      results(grouped, 1),
      [...ungrouped, ...grouped].flatMap((l) =>
        l.columns.map((c) => cell(cellText(f.cells.get(key(code, l.code, c.code)) ?? null, c, '', w), 'number')),
      ),
    ].filter((row) => row.length > 0),
  };
}

/** Label columns to the left of the numbers: the deepest groups, and the label. */
const depthOf = (grid: FormGrid) => 1 + Math.max(...grid.lines.map((l) => l.group.length));

function tablesUnderOneHeader(f: Figures, printed: PrintedGrid, w: Wording, splits: Splits): PrintedTable[] {
  const { lines } = printed;
  // Cuts fall inside groups where they can: that is where readers lose the group's label.
  const cuts = splits.parts === 1 ? [] : splits.parts === 2 ? [0.45] : [0.3, 0.62];
  const bounds = [0, ...cuts.map((c) => Math.floor(lines.length * c)), lines.length];
  return bounds.slice(1).map((end, i) => {
    const start = bounds[i] ?? 0;
    return {
      grid: printed.code,
      section: printed.grid.section,
      rows: [...headerRows(printed, w), ...lineRows(f, printed, start, end, w, splits)],
    };
  });
}

function headerRows({ code, grid }: PrintedGrid, w: Wording): PrintedCell[][] {
  const columns = columnsOf(grid);
  const label = (c: FormColumn, rowspan = 1) => cell(downwards(columnLabel(c, code, w), w), 'header', 1, rowspan);
  const inGroup = columns.filter((c) => c.group.length > 0);
  const height = inGroup.length > 0 ? 2 : 1;
  const upper = columns.flatMap((c, i) => {
    const [group] = c.group;
    if (group === undefined) return [label(c, height)];
    if (group === columns[i - 1]?.group[0]) return [];
    return [cell(group, 'header', columns.filter((other) => other.group[0] === group).length)];
  });
  const head = grid.head === undefined ? [] : [[cell(grid.head, 'header', columns.length)]];
  const rows = [...head, upper, ...(inGroup.length > 0 ? [inGroup.map((c) => label(c))] : [])];
  const corner = w.explanation ? brackets(grid.corner ?? '', w) : '';
  return rows.map((row, i) => (i === 0 ? [cell(corner, 'corner', depthOf(grid), rows.length), ...row] : row));
}

function lineRows(
  f: Figures,
  { code, grid, lines }: PrintedGrid,
  start: number,
  end: number,
  w: Wording,
  splits: Splits,
) {
  const rows: PrintedCell[][] = [];
  const extra = (i: number) => (w.subtotals && endsGroup(lines, i, 1) ? 1 : 0);
  for (let i = start; i < end; i++) {
    const line = lines[i];
    if (!line) continue;
    const cells: PrintedCell[] = [];
    line.group.forEach((group, level) => {
      const begins = i === 0 || !sharesGroup(lines[i - 1], line, level);
      if (!begins && i !== start) return;
      let span = 0;
      for (let j = i; j < end && sharesGroup(lines[j], line, level); j++) span += 1 + extra(j);
      const text = begins || splits.continued === 'repeated' ? brackets(group, w) : '';
      cells.push(cell(text, text === '' ? 'continued' : 'group', 1, span));
    });
    cells.push(cell(lineLabel(line, code, w), 'label', depthOf(grid) - line.group.length));
    for (const c of line.columns) {
      cells.push(cell(cellText(f.cells.get(key(code, line.code, c.code)) ?? null, c, '', w), 'number'));
    }
    rows.push(cells);
    if (extra(i)) rows.push(subtotal(f, code, lines, i, w));
  }
  return rows;
}

const sharesGroup = (a: FormLine | undefined, b: FormLine, level: number) =>
  a !== undefined && b.group.slice(0, level + 1).every((g, i) => a.group[i] === g);

const endsGroup = (lines: FormLine[], i: number, level: number) => {
  const line = lines[i];
  return line !== undefined && line.group.length > level && !sharesGroup(lines[i + 1], line, level);
};

function subtotal(f: Figures, code: string, lines: FormLine[], last: number, w: Wording): PrintedCell[] {
  const line = lines[last];
  if (!line) throw new Error('no line to sum up');
  const members = lines.filter((l) => sharesGroup(l, line, 1));
  const sum = (col: string) => members.reduce((n, l) => n + (f.cells.get(key(code, l.code, col)) ?? 0), 0);
  return [cell('小计', 'label'), ...line.columns.map((c) => cell(cellText(sum(c.code), c, '', w), 'number'))];
}
