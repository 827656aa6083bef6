import type { Element } from 'domhandler';
import type { Cell, Table } from '../../doc/doc.ts';
import { maxSpan, mergeDown, type MergeCell } from './merges.ts';
import { chosen, guardDepth } from './docx-inline.ts';
import { attribute, child, childrenOf, nameOf, numberOf } from './docx-xml.ts';

/** What the content of a cell comes to. */
export interface CellContent {
  text: string;
  nested: Table[];
  unread?: Cell['unread'];
}

const wrappers = new Set(['sdt', 'sdtContent', 'customXml', 'smartTag', 'ins', 'moveTo', 'AlternateContent']);

/** Rows of a `w:tbl`: tracked rows as accepted, merges as spans, columns left out before and after a row as blank cells. */
export function readRows(table: Element, readCell: (cell: Element) => CellContent): Table['rows'] {
  const rows: MergeCell[][] = [];
  for (const row of unwrapped(table, 'tr', 0)) {
    const properties = child(row, 'trPr');
    if (child(properties, 'del')) continue;
    rows.push([
      ...skippedColumns(properties, 'gridBefore'),
      ...cellsOf(row, readCell),
      ...skippedColumns(properties, 'gridAfter'),
    ]);
  }
  return mergeDown(rows);
}

function cellsOf(row: Element, readCell: (cell: Element) => CellContent): MergeCell[] {
  const cells: MergeCell[] = [];
  for (const element of unwrapped(row, 'tc', 0)) {
    const properties = child(element, 'tcPr');
    if (child(properties, 'cellDel')) continue;
    const columns = Math.min(Math.max(numberOf(attribute(child(properties, 'gridSpan'), 'val')) ?? 1, 1), maxSpan);
    const last = cells.at(-1);
    const sideways = child(properties, 'hMerge');
    if (sideways && attribute(sideways, 'val') !== 'restart' && last) last.columns += columns;
    else cells.push({ ...readCell(element), columns, down: mergeOf(properties) });
  }
  return cells;
}

/** A `w:vMerge` without a value continues; a tracked merge of cells counts as done. */
function mergeOf(properties: Element | undefined): MergeCell['down'] {
  const tracked = attribute(child(properties, 'cellMerge'), 'vMerge');
  if (tracked !== null) return tracked === 'rest' ? 'first' : 'continued';
  const merge = child(properties, 'vMerge');
  if (!merge) return null;
  return attribute(merge, 'val') === 'restart' ? 'first' : 'continued';
}

function skippedColumns(properties: Element | undefined, name: 'gridBefore' | 'gridAfter'): MergeCell[] {
  const columns = numberOf(attribute(child(properties, name), 'val')) ?? 0;
  return columns > 0 ? [{ text: '', columns: Math.min(columns, maxSpan), down: null, nested: [] }] : [];
}

function unwrapped(parent: Element, wanted: 'tr' | 'tc', depth: number): Element[] {
  guardDepth(depth);
  return childrenOf(parent).flatMap((element) => {
    const name = nameOf(element);
    if (name === wanted) return [element];
    return wrappers.has(name) ? unwrapped(chosen(element), wanted, depth + 1) : [];
  });
}
