import type { PrintedTable } from '../scripts/compose/printed.ts';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { composeFigures } from '../scripts/compose/figures.ts';
import { composePdf, launchBrowser, pdfStyles, type PdfStyleName } from '../scripts/compose/pdf.ts';
import { cleanStyle } from '../scripts/compose/styles.ts';
import type { Table } from '../transforms/doc/doc.ts';
import { cellsOf, layOut } from '../transforms/doc/grid.ts';
import { readPdf } from '../transforms/formats/pdf/index.ts';

const figures = composeFigures({
  seed: 5,
  publisher: '示例市云溪区人民政府',
  division_code: '990101',
  year: 2022,
  edition: '2021',
  size: 'large',
});

// Printing takes a browser a second or more a document.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launchBrowser();
  folder = mkdtempSync(join(tmpdir(), 'pdf-'));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

const squeeze = (text: string): string => text.replace(/\s+/g, '');

/** Texts of the cells that cover each row, from left to right, whatever their spans are. */
function rowsOf(table: Table): string[][] {
  const grid = layOut(table);
  return table.rows.map((_, row) => cellsOf(grid, row).map(({ cell }) => squeeze(cell.text)));
}

const printedRows = (tables: PrintedTable[]): string[][] =>
  tables.flatMap(({ rows }) => rowsOf({ kind: 'table', rows, aligned: true, origin: '' }));

/** A row as printed, except that a group label stands only on the page where its group begins. */
const isRow = (read: string[], printed: string[]): boolean =>
  read.length === printed.length &&
  read.every((text, i) => text === printed[i] || (text === '' && i < printed.length - 8));

/** Rows of digits of `pdftotext`, which knows nothing of our reader. */
function independentDigits(bytes: Uint8Array): string[] {
  const path = join(folder, 'digits.pdf');
  writeFileSync(path, bytes);
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).match(/\d+(?:\.\d+)?/g) ?? [];
}

async function readStyle(name: PdfStyleName, wording: Partial<typeof cleanStyle> = {}) {
  const { bytes, tables } = await composePdf(figures, { ...cleanStyle, ...wording }, pdfStyles[name], browser);
  const doc = await readPdf(bytes);
  const read = doc.blocks.filter((block) => block.kind === 'table');
  return { bytes, doc, read, rows: read.flatMap(rowsOf), printed: printedRows(tables) };
}

/** Every printed row in order; rows in between must be a header printed again. */
function expectRows(rows: string[][], printed: string[][]): void {
  let at = 0;
  for (const row of printed) {
    const found = rows.findIndex((read, i) => i >= at && isRow(read, row));
    expect(found, `row ${row.join('|')} not found after row ${at}`).toBeGreaterThanOrEqual(0);
    for (const extra of rows.slice(at, found)) expect(printed.some((header) => isRow(extra, header))).toBe(true);
    at = found + 1;
  }
  expect(rows.slice(at)).toEqual([]);
}

describe('tables with rules of every kind', () => {
  const names: PdfStyleName[] = ['dashed', 'double', 'fills', 'white'];
  test.each(names)('%s: every row, cell by cell', async (name) => {
    const { rows, printed, read } = await readStyle(name);
    expect(read.every((table) => table.aligned)).toBe(true);
    expectRows(rows, printed);
  });

  test('header printed again on every page, downwards; dashes for nothing', async () => {
    const { rows, printed } = await readStyle('landscape', { vertical: true, absent: '-', explanation: true });
    expectRows(rows, printed);
  });

  test('digits as an independent reader finds them', async () => {
    const { bytes, doc } = await readStyle('dotted');
    const all = doc.blocks.flatMap((block) => {
      if (block.kind === 'table') return block.rows.flat().map((cell) => cell.text);
      return block.kind === 'picture' ? [] : [block.text];
    });
    const digits = all.flatMap((text) => text.match(/\d+(?:\.\d+)?/g) ?? []);
    expect(digits.toSorted()).toEqual(independentDigits(bytes).toSorted());
  });
});

test('a table cut by page ends is one table, a row cut by one is one row, and nothing of the page’s foot is in it', async () => {
  const { rows, printed, read } = await readStyle('cut_top');
  expect(read.map((table) => table.origin)).toEqual(['page 1 to page 2', 'page 2 to page 4', 'page 4']);
  expectRows(rows, printed);
});

test.each(['borderless_top', 'across'] as const)('%s: labels and numbers in their columns', async (name) => {
  const { rows, printed, read } = await readStyle(name);
  expect(read.every((table) => table.aligned)).toBe(true);
  const numbers = (all: string[][]): string[] =>
    all.filter((row) => row.length >= 8 && /^\d+$/.test(row.at(-1)!)).map((row) => row.slice(-8).join('|'));
  expect(numbers(rows)).toEqual(numbers(printed));
});

test('prose around the tables: title, headings, paragraphs', async () => {
  const { doc } = await readStyle('large');
  const [title, ...blocks] = doc.blocks.filter((block) => block.kind === 'heading');
  expect(title).toMatchObject({ level: 1, text: '示例市云溪区人民政府2022年政府信息公开工作年度报告' });
  expect(blocks.map((block) => block.text.slice(0, 2))).toEqual(['一、', '二、', '三、', '四、', '五、', '六、']);
  const paragraphs = doc.blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []));
  expect(paragraphs).toContain(
    `全年新收政府信息公开申请${figures.prose.received}件，上年结转${figures.prose.carried_in}件，本年度办结${figures.prose.concluded}件，结转下年度继续办理${figures.prose.carried_out}件。`,
  );
  expect(paragraphs.filter((text) => /example\.invalid|^\d+\/\d+$/.test(text))).toEqual([]);
});
