import type { PrintedBlock } from './printed.ts';
import { kindOf, type FormGrid, type FormLine } from '../../transforms/forms/form.ts';
import { formFor, formOf, forms } from '../../transforms/forms/index.ts';
import { balance } from './balance.ts';
import { key, type Cells, type Drawer } from './cells.ts';
import { createRandom, type Random } from './random.ts';
import { composeProactive } from './proactive.ts';
import { composeDisputes, composeRequests } from './requests.ts';

export { key, type Cells };

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
  edition: string;
  /** Lines that the report does not print have no cells. */
  cells: Cells;
  prose: ProseNumbers;
  /** YYYY-MM-DD, local. */
  published_on: string;
  /** True for places that do not exist: the pages then say so. */
  invented: boolean;
  /** Printed in place of the title that is usual. */
  title?: string;
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
  /** Default: that in force for the year. */
  edition?: string | undefined;
  /** `large`: a county or city government, thousands of requests; `small`: a department, mostly zeros. */
  size?: 'small' | 'large';
  /** Last year's figures of the same publisher: then the `series.*` equations hold too. */
  previous?: Figures;
  /** Section 三 as in the edition before, in a report that otherwise follows its own. */
  mixed?: boolean;
  /** Only for a place that exists; composed figures belong to invented places unless a caller knows better. */
  invented?: boolean;
}

/** By grid, since codes never change their meaning; other grids are drawn evenly. */
const habits: Record<string, Drawer> = {
  proactive: composeProactive,
  requests: composeRequests,
  disputes: composeDisputes,
};

/** Every equation of the form holds within the report, and with last year's. The same options give the same figures. */
export function composeFigures(o: FiguresOptions): Figures {
  const random = createRandom(o.seed);
  const size = o.size ?? 'small';
  const form = o.edition === undefined ? formFor(o.year) : formOf(o.edition);
  if (!form) throw new Error(`no form for reports on ${o.year}`);
  const cells: Cells = new Map();
  for (const own of form.grids) {
    const older = o.mixed && own.section === 3 ? editionBefore(form.edition) : null;
    const { grids, equations } = older ?? form;
    const grid = grids.find((g) => g.code === own.code) ?? own;
    (habits[grid.code] ?? drawEvenly)(cells, grid, size, random, o.previous?.cells);
    balance(equations, grid, cells, o.previous?.cells);
  }
  const figures = {
    publisher: o.publisher,
    division_code: o.division_code,
    year: o.year,
    edition: form.edition,
    cells,
    published_on: publishedOn(o.year, size, random),
    invented: o.invented ?? true,
  };
  return { ...figures, prose: proseOf(form.edition, cells) };
}

/** Editions with the statutory sections: the one of 2014 has an annex instead. */
export const sectioned = () => forms.filter((form) => form.grids.every((grid) => grid.section > 0));

export const editionBefore = (edition: string) => {
  const all = sectioned();
  return all[all.findIndex((form) => form.edition === edition) - 1] ?? null;
};

const drawEvenly: Drawer = (cells, grid, size, random) => {
  for (const line of grid.lines)
    for (const column of line.columns) {
      const some = random.chance(0.7) ? random.whole(1, size === 'large' ? 400 : 9) : 0;
      cells.set(key(grid.code, line.code, column.code), column.unit === 'yuan' ? some * 10_000 : some);
    }
};

const publishedOn = (year: number, size: 'small' | 'large', random: Random) =>
  size === 'large'
    ? `${year + 1}-03-${String(random.whole(10, 31))}`
    : `${year + 1}-01-${String(random.whole(12, 31))}`;

/** What a text that agrees with its tables states, by the equations of the form; null for what the tables do not print. */
export function proseOf(edition: string, cells: Cells): ProseNumbers {
  const stated = (name: keyof ProseNumbers): number | null => {
    const { grid, right = [] } =
      formOf(edition).equations.find((e) => kindOf(e) === 'prose' && e.left[0]?.stated === name) ?? {};
    const terms = right.map(({ line = '', col = '', sign }) => {
      const value = cells.get(key(grid ?? '', line, col)) ?? null;
      return value === null ? null : sign * value;
    });
    return terms.length === 0 || terms.includes(null) ? null : terms.reduce<number>((sum, n) => sum + (n ?? 0), 0);
  };
  return {
    received: stated('received'),
    carried_in: stated('carried_in'),
    concluded: stated('concluded'),
    carried_out: stated('carried_out'),
    reconsideration: stated('reconsideration'),
    litigation: stated('litigation'),
  };
}

export interface PrintedGrid {
  code: string;
  /** Edition whose form the block follows: a block may differ from the report's edition. */
  edition: string;
  grid: FormGrid;
  /** The lines of the form that this report prints, in order. */
  lines: FormLine[];
}

/** The grids that a report prints, each under the edition whose lines and columns its cells have. */
export function printedGrids(f: Figures): PrintedGrid[] {
  const own = formOf(f.edition);
  return own.grids.flatMap(({ code }) => {
    const wanted = [...f.cells.keys()].filter((k) => k.startsWith(`${code}/`));
    if (wanted.length === 0) return [];
    for (const { edition, grids } of [own, ...forms]) {
      const grid = grids.find((g) => g.code === code);
      const has = new Set(grid?.lines.flatMap((l) => l.columns.map((c) => key(code, l.code, c.code))));
      if (grid && wanted.every((k) => has.has(k))) {
        const lines = grid.lines.filter((l) => l.columns.some((c) => f.cells.has(key(code, l.code, c.code))));
        return [{ code, edition, grid, lines }];
      }
    }
    throw new Error(`the cells of ${code} belong to no edition: ${f.publisher} ${f.year}`);
  });
}

/** The grid that a report prints in a section. */
export const gridInSection = (f: Figures, section: number) => printedGrids(f).find((p) => p.grid.section === section);

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
