import { utf8 } from './composed.ts';
import { docFile, docStyles } from './doc.ts';
import { docxFile, docxStyles } from './docx.ts';
import type { Figures } from './figures.ts';
import { htmlPage } from './html.ts';
import type { PrintedCell, PrintedRun } from './printed.ts';
import type { Random } from './random.ts';
import type { Page } from './recipe.ts';
import { rtfFile, rtfStyles } from './rtf.ts';
import { cleanStyle } from './styles.ts';
import type { Splits } from './tables.ts';
import { xlsxFile, xlsxStyles } from './xlsx.ts';

type LookFormat = 'html' | 'docx' | 'doc' | 'rtf' | 'xlsx' | 'xls';
export type LookName = keyof typeof looks;

/** Formats, besides paper, that can make numbers look so. */
export const formatsOf = (name: LookName): readonly LookFormat[] => {
  if (isOfPaper(name)) return [];
  if (name === 'styled' || name === 'pictured') return ['html'];
  // Workbooks hide nothing within a cell, and colour cells as a whole.
  return name === 'unseen' || name === 'light'
    ? ['html', 'docx', 'doc', 'rtf']
    : ['html', 'docx', 'doc', 'rtf', 'xlsx', 'xls'];
};
const isOfPaper = (name: LookName): boolean => ['covered', 'clipped', 'field'].includes(name);

/** Looks that a printed page can have. */
export const onPaper = [
  'note_mark',
  'struck',
  'unseen',
  'only_struck',
  'white',
  'light',
  'pale',
  'covered',
  'clipped',
  'field',
] as const satisfies LookName[];

/** Numbers with something beside them that a reader does not take for a part of them. */
export interface Looks {
  f: Figures;
  alter: NonNullable<Splits['alter']>;
}

const plain = (text: string): PrintedRun => ({ text, look: 'plain', way: 0 });

/** `share` of the cells with a number get other runs. */
const inNumbers =
  (random: Random, share: number, runsOf: (text: string) => PrintedRun[]): Looks['alter'] =>
  (tables) =>
    changed(tables, (c) => (c.text !== '' && random.chance(share) ? { ...c, runs: runsOf(c.text) } : c));

const changed = (tables: Parameters<Looks['alter']>[0], change: (c: PrintedCell) => PrintedCell) =>
  tables.map((t) => ({ ...t, rows: t.rows.map((row) => row.map((c) => (c.role === 'number' ? change(c) : c))) }));

const way = (random: Random) => random.whole(0, 99);

export const looks = {
  note_mark: (f, random) => ({
    f,
    alter: inNumbers(random, 0.06, (text) => [
      plain(text),
      { text: random.pick(['1', '2', '3', '[4]', '注5', '①', '*']), look: 'raised', way: way(random) },
    ]),
  }),
  struck: (f, random) => ({
    f,
    alter: inNumbers(random, 0.06, (text) => [
      { text: String(random.whole(1, 9999)), look: 'struck', way: way(random) },
      plain(text),
    ]),
  }),
  unseen: (f, random) => beside(f, random, 'unseen'),
  white: (f, random) => beside(f, random, 'white'),
  covered: (f, random) => beside(f, random, 'covered'),
  clipped: (f, random) => beside(f, random, 'clipped'),
  light: (f, random) => instead(f, random, 'light'),
  field: (f, random) => instead(f, random, 'field'),
  only_struck: (f, random) => unread(f, random, 'struck'),
  pale: (f, random) => beside(f, random, 'pale'),
  styled: (f, random) => unread(f, random, 'styled'),
  pictured: (f, random) => unread(f, random, 'pictured'),
} satisfies Record<string, (f: Figures, random: Random) => Looks>;

/** Some numbers have digits beside them that a reader does not see, or may not be meant to. */
const beside = (f: Figures, random: Random, look: PrintedRun['look']): Looks => ({
  f,
  alter: inNumbers(random, 0.06, (text) => {
    const run: PrintedRun = { text: String(random.whole(0, 99)), look, way: way(random) };
    // Where two digits that are the same lie over each other, PDFium keeps one.
    return look !== 'clipped' && random.chance(0.5) ? [run, plain(text)] : [plain(text), run];
  }),
});

/** Some numbers are printed otherwise, and seen as all others. */
const instead = (f: Figures, random: Random, look: PrintedRun['look']): Looks => ({
  f,
  alter: inNumbers(random, 0.2, (text) => [{ text, look, way: way(random) }]),
});

/** Nothing that could be read stands in some cells. */
function unread(f: Figures, random: Random, look: PrintedRun['look']): Looks {
  const cells = new Map([...f.cells].map(([path, value]) => [path, random.chance(0.03) ? null : value]));
  const run = (): PrintedRun => ({ text: String(random.whole(1, 99)), look, way: way(random) });
  return {
    f: { ...f, cells },
    alter: (tables) => changed(tables, (c) => (c.text === '' ? { ...c, runs: [run()] } : c)),
  };
}

export function drawLook(f: Figures, alter: Looks['alter'], format: LookFormat): Page {
  switch (format) {
    case 'html':
      return { extension: format, bytes: utf8(htmlPage(f, { ...cleanStyle, alter })) };
    case 'docx':
      return { extension: format, bytes: docxFile(f, { ...docxStyles.plain, alter }) };
    case 'doc':
      return { extension: format, bytes: docFile(f, { ...docStyles.plain, alter }) };
    case 'rtf':
      return { extension: format, bytes: rtfFile(f, { ...rtfStyles.plain, alter }) };
    case 'xlsx':
      return { extension: format, bytes: xlsxFile(f, { ...xlsxStyles.plain, alter }) };
    case 'xls':
      return { extension: format, bytes: xlsxFile(f, { ...xlsxStyles.old, alter }) };
  }
}
