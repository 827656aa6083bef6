import { columnsOf, type FormLine } from '../../transforms/forms/form.ts';
import { key, printedGrids, type Figures, type GridCode, type PrintedGrid } from './figures.ts';
import { brackets, cellText, columnLabel, lineLabel, type Wording } from './wording.ts';

/** The statutory tables of one report as printed, before any file format: HTML, text, DOCX and PDF all draw these. */
export interface PrintedTable {
  grid: GridCode | 'annex';
  rows: PrintedCell[][];
}

export interface PrintedCell {
  text: string;
  colspan: number;
  rowspan: number;
  role: 'caption' | 'header' | 'corner' | 'group' | 'label' | 'number' | 'continued';
}

export interface Splits {
  /** Number of tables that section 三 is cut into, each with the header block. */
  parts: 1 | 2 | 3;
  /** What stands in the group cell of a part that begins inside a group. */
  continued: 'empty' | 'repeated';
  /** Damage to the tables themselves, before any format prints them. */
  alter?: (tables: PrintedTable[]) => PrintedTable[];
}

export const unsplit: Splits = { parts: 1, continued: 'empty' };

export const cell = (text: string, role: PrintedCell['role'], colspan = 1, rowspan = 1): PrintedCell => ({
  text,
  colspan,
  rowspan,
  role,
});

const downwards = (text: string, w: Wording) => (w.vertical ? [...text].join('\n') : text);

/** One or several tables of each grid, in printed order. */
export function printedTables(f: Figures, w: Wording, splits: Splits = unsplit): PrintedTable[] {
  const tables = printedGrids(f).flatMap((printed) => {
    if (printed.code === 'proactive') return [proactiveTable(f, printed, w)];
    if (printed.code === 'disputes') return [disputesTable(f, printed, w)];
    return requestsTables(f, printed, w, splits);
  });
  return splits.alter ? splits.alter(tables) : tables;
}

/** Four columns; lines with fewer columns widen the last cell. A caption and a header row for each group. */
function proactiveTable(f: Figures, { code, lines }: PrintedGrid, w: Wording): PrintedTable {
  const rows: PrintedCell[][] = [];
  let group: string | undefined;
  for (const line of lines) {
    const columns = line.columns.filter((c) => f.cells.has(key(code, line.code, c.code)));
    const span = (i: number) => (i === columns.length - 1 ? 4 - columns.length : 1);
    const place = `proactive/${line.group.join('/')}`;
    const labels = columns.map((c) => columnLabel(c, place, w));
    if (line.group[0] !== group) {
      group = line.group[0];
      if (w.captions && group !== undefined) rows.push([cell(brackets(group, w), 'caption', 4)]);
      rows.push([cell('信息内容', 'header'), ...labels.map((l, i) => cell(l, 'header', span(i)))]);
    }
    rows.push([
      cell(lineLabel(line, 'proactive', w), 'label'),
      ...columns.map((c, i) =>
        cell(cellText(f.cells.get(key(code, line.code, c.code)) ?? null, c, labels[i] ?? '', w), 'number', span(i)),
      ),
    ]);
  }
  return { grid: code, rows };
}

const width = (lines: FormLine[]) => lines.reduce((n, l) => n + l.columns.length, 0);

/** All results of all lines side by side, one row of numbers. */
function disputesTable(f: Figures, { code, lines }: PrintedGrid, w: Wording): PrintedTable {
  const ungrouped = lines.filter((l) => l.group.length === 0);
  const grouped = lines.filter((l) => l.group.length > 0);
  const results = (some: FormLine[], rowspan: number) =>
    some.flatMap((l) => l.columns.map((c) => cell(downwards(columnLabel(c, code, w), w), 'header', 1, rowspan)));
  const groups = [...new Set(grouped.map((l) => l.group[0] ?? ''))];
  const label = (l: FormLine) => cell(lineLabel(l, code, w), 'label', l.columns.length);
  return {
    grid: code,
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

const explanation = '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）';
/** Label columns to the left of the numbers in section 三. */
const depth = 3;

function requestsTables(f: Figures, printed: PrintedGrid, w: Wording, splits: Splits): PrintedTable[] {
  const { lines } = printed;
  // Cuts fall inside groups where they can: that is where readers lose the group's label.
  const cuts = splits.parts === 1 ? [] : splits.parts === 2 ? [0.45] : [0.3, 0.62];
  const bounds = [0, ...cuts.map((c) => Math.floor(lines.length * c)), lines.length];
  return bounds.slice(1).map((end, i) => {
    const start = bounds[i] ?? 0;
    return {
      grid: 'requests' as const,
      rows: [...requestsHeader(printed, w), ...requestRows(f, lines, start, end, w, splits)],
    };
  });
}

function requestsHeader({ grid }: PrintedGrid, w: Wording): PrintedCell[][] {
  const columns = columnsOf(grid);
  const label = (c: (typeof columns)[number]) => downwards(columnLabel(c, 'requests', w), w);
  const inGroup = columns.filter((c) => c.group.length > 0);
  const first = columns.indexOf(inGroup[0] ?? columns[0]!);
  const alone = (from: number, to: number) =>
    columns
      .slice(from, to)
      .filter((c) => c.group.length === 0)
      .map((c) => cell(label(c), 'header', 1, 2));
  return [
    [
      cell(w.explanation ? brackets(explanation, w) : '', 'corner', depth, 3),
      cell('申请人情况', 'header', columns.length),
    ],
    [...alone(0, first), cell(inGroup[0]?.group[0] ?? '', 'header', inGroup.length), ...alone(first, columns.length)],
    inGroup.map((c) => cell(label(c), 'header')),
  ];
}

function requestRows(f: Figures, lines: FormLine[], start: number, end: number, w: Wording, splits: Splits) {
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
    cells.push(cell(lineLabel(line, 'requests', w), 'label', depth - line.group.length));
    for (const c of line.columns) {
      cells.push(cell(cellText(f.cells.get(key('requests', line.code, c.code)) ?? null, c, '', w), 'number'));
    }
    rows.push(cells);
    if (extra(i)) rows.push(subtotal(f, lines, i, w));
  }
  return rows;
}

const sharesGroup = (a: FormLine | undefined, b: FormLine, level: number) =>
  a !== undefined && b.group.slice(0, level + 1).every((g, i) => a.group[i] === g);

const endsGroup = (lines: FormLine[], i: number, level: number) => {
  const line = lines[i];
  return line !== undefined && line.group.length > level && !sharesGroup(lines[i + 1], line, level);
};

function subtotal(f: Figures, lines: FormLine[], last: number, w: Wording): PrintedCell[] {
  const line = lines[last];
  if (!line) throw new Error('no line to sum up');
  const members = lines.filter((l) => sharesGroup(l, line, 1));
  const sum = (col: string) => members.reduce((n, l) => n + (f.cells.get(key('requests', l.code, col)) ?? 0), 0);
  return [cell('小计', 'label'), ...line.columns.map((c) => cell(cellText(sum(c.code), c, '', w), 'number'))];
}
