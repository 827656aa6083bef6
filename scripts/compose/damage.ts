import { gridOf } from '../../transforms/forms/index.ts';
import { key, printedGrids, type Cells, type Figures, type GridCode } from './figures.ts';
import { createRandom } from './random.ts';

/** Figures as some offices print them. Truth is always taken after the damage: it says what is printed. */

const changed = (f: Figures, change: (value: number | null, path: string) => number | null): Figures => {
  const cells: Cells = new Map();
  for (const [path, value] of f.cells) cells.set(path, change(value, path));
  return { ...f, cells };
};

/** Zeros of sections 三 and 四 are left without a number; the style says what stands there instead. */
export const blankZeros = (f: Figures, grids: GridCode[] = ['requests', 'disputes']): Figures =>
  changed(f, (value, path) => (value === 0 && grids.some((g) => path.startsWith(`${g}/`)) ? null : value));

/** The column 总计 of section 三 is empty. */
export const blankTotals = (f: Figures): Figures =>
  changed(f, (value, path) => (/^requests\/.*\/total$/.test(path) ? null : value));

/** Only 总计 of section 三 is filled in. */
export const onlyTotals = (f: Figures): Figures =>
  changed(f, (value, path) => (/^requests\/.*\/(?!total$)/.test(path) ? null : value));

/** The report does not print these lines. */
export function withoutLines(f: Figures, grid: GridCode, lines: string[]): Figures {
  const gone = lines.map((line) => `${grid}/${line}/`);
  return { ...f, cells: new Map([...f.cells].filter(([path]) => !gone.some((g) => path.startsWith(g)))) };
}

/** One outcome of section 三 is printed wrong by a little: its row and its column equation both fail. */
export function plantWrongSum(f: Figures, seed: number): Figures {
  const random = createRandom(seed);
  const grid = printedGrids(f).find((g) => g.code === 'requests');
  if (!grid) throw new Error('no section 三 to plant a wrong number in');
  const outcomes = grid.lines.map((l) => l.code).filter((l) => /^(granted|denied|unavailable)/.test(l));
  const line = random.pick(outcomes);
  const col = random.pick(
    gridOf(grid.edition, 'requests')
      .lines[0]?.columns.map((c) => c.code)
      .filter((c) => c !== 'total') ?? [],
  );
  const path = key('requests', line, col);
  const cells = new Map(f.cells);
  cells.set(path, (cells.get(path) ?? 0) + random.whole(1, 9));
  return { ...f, cells, error_planted: ['requests', line, col] };
}

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
