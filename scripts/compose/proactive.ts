import { key, type Drawer } from './cells.ts';

/** Section 二. Last year's cells, where their edition has them, make the `series.*` equations hold. */
export const composeProactive: Drawer = (cells, grid, size, random, before) => {
  const large = size === 'large';
  const makesRegulations = large && random.chance(0.3);
  for (const { code: line, columns } of grid.lines) {
    const set = (col: string, value: number) => cells.set(key(grid.code, line, col), value);
    const last = (col: string) => before?.get(key(grid.code, line, col)) ?? null;
    const some = (most: number, probability: number) => (random.chance(probability) ? random.whole(1, most) : 0);
    const documents =
      line === 'normative_documents' ? some(large ? 60 : 6, 0.8) : makesRegulations ? random.whole(1, 9) : 0;
    const stock = documents === 0 ? 0 : documents + random.whole(large ? 40 : 2, large ? 400 : 30);
    for (const { code: col } of columns) {
      switch (col) {
        case 'made':
        case 'disclosed':
        case 'issued':
          set(col, documents);
          break;
        case 'total_disclosed':
          set(col, stock);
          break;
        case 'repealed':
          set(col, Math.min(some(large ? 12 : 2, 0.5), last('in_force') ?? stock));
          break;
        case 'in_force': {
          const inForce = last('in_force');
          const repealed = cells.get(key(grid.code, line, 'repealed')) ?? 0;
          set(col, inForce === null ? stock : inForce + documents - repealed);
          break;
        }
        case 'items_last_year': {
          const items = last('items_last_year');
          set(col, items === null ? some(large ? 6000 : 80, large ? 1 : 0.4) : items + (last('change') ?? 0));
          break;
        }
        case 'change': {
          const items = cells.get(key(grid.code, line, 'items_last_year')) ?? 0;
          set(col, random.chance(0.35) ? 0 : Math.max(-items, random.whole(large ? -120 : -6, large ? 250 : 9)));
          break;
        }
        case 'decisions':
          set(col, some(large ? 900_000 : 300, large ? 0.95 : 0.35));
          break;
        case 'projects':
          set(col, some(large ? 900 : 20, large ? 1 : 0.5));
          break;
        case 'amount':
          set(col, some(large ? 3_000_000_000_00 : 400_000_00, large ? 1 : 0.4) / 100);
          break;
        default:
          set(col, some(large ? 400 : 9, 0.7));
      }
    }
  }
};
