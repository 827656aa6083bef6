import { printedBlocks } from '../scripts/compose/blocks.ts';
import { composeFigures, type Figures } from '../scripts/compose/figures.ts';
import type { Splits } from '../scripts/compose/tables.ts';
import type { Wording } from '../scripts/compose/wording.ts';
import type { Cell, Doc } from '../transforms/doc/doc.ts';

export const editions = ['2019', '2021'] as const;

export const figuresOf = (edition: '2019' | '2021', seed = 11): Figures =>
  composeFigures({
    seed,
    publisher: '示例市甲区人民政府',
    division_code: '999901',
    year: 2023,
    edition,
    size: 'large',
  });

type Shown = [text: string, colspan: number, rowspan: number];
const shown = (rows: Pick<Cell, 'text' | 'colspan' | 'rowspan'>[][]): Shown[][] =>
  rows.map((row) => row.map((c) => [c.text, c.colspan, c.rowspan]));

/** Tables as rows of cells with their spans. */
export const tablesOf = (doc: Doc): Shown[][][] =>
  doc.blocks.flatMap((b) => (b.kind === 'table' ? [shown(b.rows)] : []));

export const linesOf = (doc: Doc): string[] =>
  doc.blocks.flatMap((b) => (b.kind === 'paragraph' || b.kind === 'heading' ? [b.text] : []));

/** What was printed, in the same shape. */
export function printed(f: Figures, style: Wording & Splits): { tables: Shown[][][]; lines: string[] } {
  const blocks = printedBlocks(f, style);
  return {
    tables: blocks.flatMap((b) => (b.kind === 'table' ? [shown(b.table.rows)] : [])),
    lines: blocks.flatMap((b) => (b.kind === 'table' ? [] : [b.text])),
  };
}
