import type { FormGrid, FormLine } from '../../transforms/forms/form.ts';
import { gridOf } from '../../transforms/forms/index.ts';
import { gridCodes, key, type Cells, type Edition, type GridCode } from './cells.ts';
import type { PrintedBlock } from './blocks.ts';
import { createRandom, type Random } from './random.ts';
import { composeProactive } from './proactive.ts';
import { composeDisputes, composeRequests } from './requests.ts';

export { gridCodes, key, type Cells, type Edition, type GridCode };

/** Numbers stated in the text of a report; null when it does not state one. */
export interface ProseNumbers {
  received: number | null;
  carried_in: number | null;
  concluded: number | null;
  carried_out: number | null;
  reconsideration: number | null;
  litigation: number | null;
}

/** All numbers of one report and whose they are: every composer prints these, and they are the truth of what it prints. */
export interface Figures {
  publisher: string;
  division_code: string;
  year: number;
  edition: Edition;
  /** Lines that the report does not print have no cells. */
  cells: Cells;
  prose: ProseNumbers;
  /** YYYY-MM-DD, local. */
  published_on: string;
  /** True for places that do not exist: the pages then say so. */
  invented: boolean;
  /** Further sentences of section 一, printed as they are. */
  remarks?: string[];
  /** What the formats of an office print in place of the six sections: the annex of earlier years. */
  printed?: PrintedBlock[];
  /** [grid, line, col] of a printed number that breaks an equation on purpose. */
  error_planted?: [string, string, string];
}

export interface FiguresOptions {
  seed: number;
  publisher: string;
  division_code: string;
  year: number;
  edition: Edition;
  /** `large`: a county or city government, thousands of requests; `small`: a department, mostly zeros. */
  size?: 'small' | 'large';
  /** Last year's figures of the same publisher: then the `series.*` equations hold too. */
  previous?: Figures;
  /** Section 三 with the one line (六)其他处理 of 2019 in a report that otherwise follows 2021. */
  mixed?: boolean;
  /** Only for a place that exists; composed figures belong to invented places unless a caller knows better. */
  invented?: boolean;
}

/** Every `within` equation of the form holds. The same options always give the same figures. */
export function composeFigures(o: FiguresOptions): Figures {
  const random = createRandom(o.seed);
  const size = o.size ?? 'small';
  const before = o.previous?.cells;
  const cells: Cells = new Map();
  composeProactive(cells, o.edition, size, random, before);
  composeRequests(cells, o.mixed ? '2019' : o.edition, size, random, before);
  composeDisputes(cells, size, random);
  const figures = {
    publisher: o.publisher,
    division_code: o.division_code,
    year: o.year,
    edition: o.edition,
    cells,
    published_on: publishedOn(o.year, size, random),
    invented: o.invented ?? true,
  };
  return { ...figures, prose: proseOf(cells) };
}

const publishedOn = (year: number, size: 'small' | 'large', random: Random) =>
  size === 'large'
    ? `${year + 1}-03-${String(random.whole(10, 31))}`
    : `${year + 1}-01-${String(random.whole(12, 31))}`;

/** What a text that agrees with its tables states; null for a total that the tables do not print. */
export function proseOf(cells: Cells): ProseNumbers {
  const total = (grid: GridCode, line: string) => cells.get(key(grid, line, 'total')) ?? null;
  const direct = total('disputes', 'litigation_direct');
  const after = total('disputes', 'litigation_after_reconsideration');
  return {
    received: total('requests', 'received'),
    carried_in: total('requests', 'carried_in'),
    concluded: total('requests', 'concluded'),
    carried_out: total('requests', 'carried_out'),
    reconsideration: total('disputes', 'reconsideration'),
    litigation: direct === null || after === null ? null : direct + after,
  };
}

export interface PrintedGrid {
  code: GridCode;
  /** Edition whose form the block follows: a block may differ from the report's edition. */
  edition: Edition;
  grid: FormGrid;
  /** The lines of the form that this report prints, in order. */
  lines: FormLine[];
}

/** The grids that a report prints, each under the edition whose lines and columns its cells have. */
export function printedGrids(f: Figures): PrintedGrid[] {
  return gridCodes.flatMap((code) => {
    const wanted = [...f.cells.keys()].filter((k) => k.startsWith(`${code}/`));
    if (wanted.length === 0) return [];
    const editions: Edition[] = f.edition === '2019' ? ['2019', '2021'] : ['2021', '2019'];
    for (const edition of editions) {
      const grid = gridOf(edition, code);
      const has = new Set(grid.lines.flatMap((l) => l.columns.map((c) => key(code, l.code, c.code))));
      if (wanted.every((k) => has.has(k))) {
        const lines = grid.lines.filter((l) => l.columns.some((c) => f.cells.has(key(code, l.code, c.code))));
        return [{ code, edition, grid, lines }];
      }
    }
    throw new Error(`the cells of ${code} belong to no edition: ${f.publisher} ${f.year}`);
  });
}

/** How amounts are printed: the unit in words, or no unit at all with the number in 万元. */
export type Amounts = '万元' | '元' | 'none';

export interface Truth {
  report: { publisher: string; division_code: string; year: number };
  error_planted?: [string, string, string];
  facts: { grid: string; line: string; col: string; value: number | null }[];
}

/**
 * What a reader must find. Amounts in yuan, or as printed when they are printed without a unit: the same
 * `amounts` must be given that the document was made with.
 */
export function truthOf(f: Figures, amounts: Amounts = '万元'): Truth {
  const facts = printedGrids(f).flatMap(({ code, lines }) =>
    lines.flatMap((line) =>
      line.columns.flatMap((column) => {
        const value = f.cells.get(key(code, line.code, column.code));
        if (value === undefined) return [];
        const printed =
          value !== null && column.unit === 'yuan' && amounts === 'none' ? Number(tenThousands(value)) : value;
        return [{ grid: code, line: line.code, col: column.code, value: printed }];
      }),
    ),
  );
  return {
    report: { publisher: f.publisher, division_code: f.division_code, year: f.year },
    ...(f.error_planted ? { error_planted: f.error_planted } : {}),
    facts,
  };
}

/** Yuan → the digits of the amount in 万元, exact: 480526708.34 → "48052.670834". */
export function tenThousands(yuan: number): string {
  const cents = String(Math.round(Math.abs(yuan) * 100)).padStart(7, '0');
  const digits = `${cents.slice(0, -6)}.${cents.slice(-6)}`.replace(/\.?0+$/, '');
  return yuan < 0 ? `-${digits}` : digits;
}
