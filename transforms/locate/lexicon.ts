import { forms } from '../forms/index.ts';
import { columnsOf, type FormGrid } from '../forms/form.ts';
import { keyOf, labelKeys, splitNumbering } from '../printed/labels.ts';
import type { GridCode } from './row.ts';

/** What a header or label cell may mean, by key: renderings of the forms. */
interface Lexicon {
  columns: Map<string, { grid: GridCode; col: string }[]>;
  lines: Map<string, { grid: GridCode; line: string }[]>;
  furniture: Map<string, GridCode[]>;
}

let made: Lexicon | undefined;

function lexicon(): Lexicon {
  if (made) return made;
  made = { columns: new Map(), lines: new Map(), furniture: new Map() };
  for (const form of forms) for (const grid of form.grids) addGrid(made, grid);
  return made;
}

function addGrid(into: Lexicon, grid: FormGrid): void {
  const add = <T>(map: Map<string, T[]>, key: string, value: T) => {
    const known = map.get(key) ?? [];
    if (!known.some((k) => JSON.stringify(k) === JSON.stringify(value))) map.set(key, [...known, value]);
  };
  for (const column of columnsOf(grid))
    for (const key of labelKeys(column)) add(into.columns, key, { grid: grid.code, col: column.code });
  for (const line of grid.lines) {
    for (const key of labelKeys(line)) add(into.lines, key, { grid: grid.code, line: line.code });
    for (const column of line.columns)
      for (const key of labelKeys(column)) add(into.columns, key, { grid: grid.code, col: column.code });
  }
  for (const word of grid.furniture) add(into.furniture, keyOf(word), grid.code);
}

/** Keys of a printed cell: whole, without bracketed notes, without numbering. */
export function cellKeys(text: string): { whole: string; bare: string; unnumbered: string } {
  const known = keysOfCell.get(text);
  if (known) return known;
  const bare = keyOf(text.replace(/[（(【[][^）)】\]]*[）)】\]]/g, '')) || keyOf(text);
  const keys = { whole: keyOf(text), bare, unnumbered: keyOf(splitNumbering(text).rest) };
  if (keysOfCell.size > 20_000) keysOfCell.clear();
  keysOfCell.set(text, keys);
  return keys;
}
const keysOfCell = new Map<string, { whole: string; bare: string; unnumbered: string }>();

export type Meaning =
  | { kind: 'column'; of: { grid: GridCode; col: string }[] }
  | { kind: 'line'; of: { grid: GridCode; line: string }[] }
  | { kind: 'furniture'; of: GridCode[] }
  | null;

/** A header cell is never numbered, so a numbered label ("（七）总计", "3.其他") is a line, not a column. */
export function meaningOf(text: string): Meaning {
  let meaning = meanings.get(text);
  if (meaning === undefined) {
    if (meanings.size > 20_000) meanings.clear();
    meanings.set(text, (meaning = lookUp(text)));
  }
  return meaning;
}
const meanings = new Map<string, Meaning>();

function lookUp(text: string): Meaning {
  if (text === '') return null;
  const { columns, lines, furniture } = lexicon();
  const { whole, bare, unnumbered } = cellKeys(text);
  if (whole === '') return null;
  const word = furniture.get(whole) ?? furniture.get(bare) ?? (unnumbered ? furniture.get(unnumbered) : undefined);
  if (word) return { kind: 'furniture', of: word };
  if (whole.includes('勾稽关系')) return { kind: 'furniture', of: ['requests'] };
  const column = columns.get(whole) ?? columns.get(bare);
  if (column) return { kind: 'column', of: column };
  const line = lines.get(whole) ?? lines.get(unnumbered) ?? lines.get(bare);
  if (line) return { kind: 'line', of: line };
  return null;
}
