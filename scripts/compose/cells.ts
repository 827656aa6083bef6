import type { FormGrid } from '../../transforms/forms/form.ts';
import type { Random } from './random.ts';

/** `${grid}/${line}/${col}` → number (amounts in yuan); null when the cell is printed without a number. */
export type Cells = Map<string, number | null>;

export const key = (grid: string, line: string, col: string) => `${grid}/${line}/${col}`;

/** Fills a grid with numbers as offices report them; `before` are last year's cells. */
export type Drawer = (cells: Cells, grid: FormGrid, size: 'small' | 'large', random: Random, before?: Cells) => void;
