import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { copySources } from '../scripts/ablate/sources.ts';

/**
 * A mistake of our own in a reader is thrown as it is, which the pool calls a crash: it never passes for damage of the
 * document. Every place that catches what a library throws about a document has one beside it here.
 */
const mistake = "throw new TypeError('a mistake of our own');";

const readers: [page: string, file: string, after: string][] = [
  ['html-big5', 'html/cell.ts', 'export function rowsOf(table: Element): Element[][] {'],
  ['text-cell-a-line', 'text.ts', 'function cellsOfLine(raw: string): Cell[] | null {'],
  ['json-article', 'html/json.ts', 'function stringOf(node: Record<string, unknown>, key: RegExp): string | null {'],
  ['mht-of-word', 'mht.ts', 'for (const chunk of await split(afterBlankLines(bytes))) {'],
  ['docx-plain', 'word/docx-table.ts', "function mergeOf(properties: Element | undefined): MergeCell['down'] {"],
  ['docx-plain', 'zip.ts', '      chunks.push(chunk);'],
  ['docx-plain', 'zip.ts', '    if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);'],
  ['doc-plain', 'word/doc-properties.ts', 'function rowOf(operand: Buffer): RowDefinition {'],
  ['doc-plain', 'word/doc-looks.ts', '    const sheet = located(file, 1);'],
  [
    'rtf-plain',
    'word/rtf.ts',
    'function definitionOf({ edges, cells }: Definition, count: number): RowDefinition | null {',
  ],
  [
    'xlsx-one-sheet',
    'sheet/workbook.ts',
    'function hiddenOf(lines: { hidden?: boolean }[] | undefined): Set<number> {',
  ],
  ['xls-note-marks', 'sheet/old-looks.ts', 'function readString(reader: Reader): Rich {'],
  [
    'xlsx-note-marks',
    'sheet/cell-looks.ts',
    'function lookOfFont(font: Element | undefined, ground: Colour | null, palette: readonly Colour[]): Look {',
  ],
  ['xlsx-one-sheet', 'sheet/sheet.ts', 'function shownGrid(sheet: Sheet) {'],
  ['pdf-ruled', 'pdf/lines.ts', 'export function groupLines(glyphs: Glyph[]): Line[] {'],
];

const copy = copySources();
afterAll(copy.remove);

test.each(readers)('a mistake in reading %s, in %s', async (page, file, after) => {
  const folder = `test/pages/${page}`;
  const bytes = readFileSync(`${folder}/${readdirSync(folder).find((name) => name.startsWith('source.'))}`);
  const patch = { file: `formats/${file}`, changes: [[after, `${after}\n${mistake}`] as [string, string]] };
  const reading = copy.patched(patch, async ({ read }) => (await read())({ bytes, path: page, sha256: '' }));
  await expect(reading).rejects.toThrow('a mistake of our own');
});
