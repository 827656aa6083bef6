import { readFileSync } from 'node:fs';
import { gridOf } from '../../transforms/forms/index.ts';
import { key, proseOf, type Cells, type Figures, type ProseNumbers } from '../compose/figures.ts';
// Only the type: it makes the compiler copy the file beside the built module.
import type seedsFile from './seeds.json';

/** Figures of one published report, as facts, as they were printed. */
export interface Seed {
  id: string;
  publisher: string;
  division_code: string;
  year: number;
  edition: string;
  published_on: string;
  note: string;
  /** Numbers stated only in the text; null: the text of our page repeats the totals of the tables. */
  prose: ProseNumbers | null;
  /** `${grid}/${line}` → values of its columns in the order of the form; amounts in yuan. */
  lines: Record<string, (number | null)[]>;
}

export function readSeeds(): Seed[] {
  const seeds: typeof seedsFile = JSON.parse(readFileSync(new URL('./seeds.json', import.meta.url), 'utf8'));
  return seeds as Seed[];
}

export function figuresOfSeed(seed: Seed): Figures {
  const cells: Cells = new Map();
  for (const [path, values] of Object.entries(seed.lines)) {
    const [grid = '', code = ''] = path.split('/');
    const line = gridOf(seed.edition, grid).lines.find((l) => l.code === code);
    if (!line || line.columns.length !== values.length)
      throw new Error(`seed ${seed.id}: ${path} does not fit the form`);
    line.columns.forEach((column, i) => cells.set(key(grid, code, column.code), values[i] ?? null));
  }
  const { publisher, division_code, year, edition, published_on } = seed;
  return {
    publisher,
    division_code,
    year,
    edition,
    cells,
    prose: seed.prose ?? proseOf(edition, cells),
    published_on,
    invented: false,
  };
}
