import { columnsOf, hasFixedColumns, totalColumns } from '../../transforms/forms/form.ts';
import { formOf } from '../../transforms/forms/index.ts';
import { gridInSection, key, printedGrids, type Cells, type Figures, type PrintedGrid } from './figures.ts';
import { createRandom } from './random.ts';

/** Figures as some offices print them. Truth is always taken after the damage: it says what is printed. */

const changed = (f: Figures, change: (value: number | null, path: string) => number | null): Figures => {
  const cells: Cells = new Map();
  for (const [path, value] of f.cells) cells.set(path, change(value, path));
  return { ...f, cells };
};

/** Zeros are left without a number, if not said otherwise in tables under one header; the style says what stands there. */
export const blankZeros = (f: Figures, grids = underOneHeader(f)): Figures =>
  changed(f, (value, path) => (value === 0 && grids.some((g) => path.startsWith(`${g}/`)) ? null : value));

const underOneHeader = (f: Figures) =>
  printedGrids(f).flatMap(({ code, grid }) => (hasFixedColumns(grid) ? [code] : []));

/** The column 总计 of section 三 is empty. */
export const blankTotals = (f: Figures): Figures =>
  changed(f, (value, path) => (isTotal(f, path) === true ? null : value));

/** Only 总计 of section 三 is filled in. */
export const onlyTotals = (f: Figures): Figures =>
  changed(f, (value, path) => (isTotal(f, path) === false ? null : value));

/** Null for a cell that is not of section 三. */
function isTotal(f: Figures, path: string): boolean | null {
  const printed = gridInSection(f, 3);
  const [grid, , col = ''] = path.split('/');
  return printed?.code === grid ? totalsOf(printed).includes(col) : null;
}

const totalsOf = ({ code, edition }: PrintedGrid) => totalColumns(formOf(edition).equations, code);

/** The report does not print these lines. */
export function withoutLines(f: Figures, grid: string, lines: string[]): Figures {
  const gone = lines.map((line) => `${grid}/${line}/`);
  return { ...f, cells: new Map([...f.cells].filter(([path]) => !gone.some((g) => path.startsWith(g)))) };
}

/** One outcome of section 三 is printed wrong by a little: its row and its column equation both fail. */
export function plantWrongSum(f: Figures, seed: number): Figures {
  const random = createRandom(seed);
  const printed = gridInSection(f, 3);
  if (!printed) throw new Error('no section 三 to plant a wrong number in');
  const outcomes = printed.lines.map((l) => l.code).filter((l) => /^(granted|denied|unavailable)/.test(l));
  const line = random.pick(outcomes);
  const col = random.pick(partsOf(printed));
  const path = key(printed.code, line, col);
  const cells = new Map(f.cells);
  cells.set(path, (cells.get(path) ?? 0) + random.whole(1, 9));
  return { ...f, cells, error_planted: [printed.code, line, col] };
}

const partsOf = (printed: PrintedGrid) =>
  columnsOf(printed.grid)
    .map((c) => c.code)
    .filter((code) => !totalsOf(printed).includes(code));

const oneMore = (n: number | null) => (n === null ? null : n + 1);

/** The report as silently edited later: one more request, granted, to a natural person. Every equation still holds. */
export function revised(f: Figures): Figures {
  const touched = ['received', 'granted', 'concluded'].flatMap((line) =>
    ['natural_person', 'total'].map((col) => key('requests', line, col)),
  );
  const next = changed(f, (value, path) => (value !== null && touched.includes(path) ? value + 1 : value));
  const { received, concluded } = f.prose;
  return { ...next, prose: { ...f.prose, received: oneMore(received), concluded: oneMore(concluded) } };
}
