import { memo } from '../memo.ts';

/**
 * A statutory form as data. Reading aligns tables to it, checking evaluates its equations, the dictionary and the
 * SQL views print it: all are renderings of these literals. Codes never change once published; labels are data.
 */
export interface Form<C extends string = string> {
  edition: string;
  /** Number of the notice that prescribes it. */
  notice: string;
  /** First year that reports on it account for; the next edition ends it. */
  since: number;
  grids: FormGrid[];
  equations: Equation<C>[];
}

export interface FormGrid {
  code: string;
  /** Statutory section the grid stands in (1 to 6); 0 for an annex. */
  section: number;
  zh: string;
  en: string;
  /** In the printed order: the order is evidence. */
  lines: FormLine[];
  /** Label words of header cells that are neither a line nor a column (申请人情况, 信息内容). */
  furniture: string[];
  /** Words that only explanations in the header hold, whatever stands around them. */
  notes?: string[];
  /** Which of them stands over the labels of the lines, and which over all columns. */
  corner?: string;
  head?: string;
  /** All lines stand beside each other in the header, over one row of numbers. */
  oneRow?: true;
}

export interface FormLine {
  code: string;
  /** Printed label without numbering. */
  zh: string;
  en: string;
  /** Other printed forms of the label, seen in real reports. */
  aliases: string[];
  /** Numbering printed before the label: "1." "（七）" "四、"; '' when none. */
  number: string;
  /** Labels of the groups it stands under, outermost first. */
  group: string[];
  columns: FormColumn[];
  /** 规章, which only governments of provinces and of cities with districts make. */
  ofLawmakers?: true;
}

export interface FormColumn {
  code: string;
  zh: string;
  en: string;
  aliases: string[];
  unit: 'count' | 'yuan';
  /** Header label above it, if any (法人或其他组织). */
  group: string[];
  /** A difference, which may be negative; all other numbers may not. */
  signed?: true;
}

/**
 * Sum of `left` = sum of `right`, in one grid. Terms that name a line only, or a column only, make it an equation for
 * each column, or each line, of the grid; terms that name both make it one between those cells.
 */
export interface Equation<C extends string = string> {
  code: C;
  grid: string;
  left: Term[];
  right: Term[];
  level: 'error' | 'warning';
  zh: string;
  en: string;
}

/** A cell of the grid, or the number that the text states, with its sign. */
export interface Term {
  sign: 1 | -1;
  /** 0: this report; -1: last year's report of the same publisher. */
  year: 0 | -1;
  line?: string;
  col?: string;
  /** `line` of the mention whose number it is, in place of a cell. */
  stated?: string;
}

/** Its code is also that of the finding that it does not hold, so the compiler has to know it. */
export const equation = <C extends string>(code: C, rest: Omit<Equation, 'code'>): Equation<C> => ({ code, ...rest });

export const term = (of: Partial<Term>): Term => ({ sign: 1, year: 0, ...of });
export const ofLines = (...codes: string[]): Term[] => codes.map((line) => term({ line }));
export const ofColumns = (...codes: string[]): Term[] => codes.map((col) => term({ col }));

export const termsOf = ({ left, right }: Equation): Term[] => [...left, ...right];

/** `within` one report, a `series` of two years' reports of one publisher, or the `prose` of a report and its tables. */
export const kindOf = memo((equation: Equation): 'within' | 'series' | 'prose' => {
  const terms = termsOf(equation);
  if (terms.some((t) => t.stated !== undefined)) return 'prose';
  return terms.some((t) => t.year !== 0) ? 'series' : 'within';
});

/** What it holds for: each line (its terms are columns), each column (its terms are lines), or once. */
export const eachOf = memo((equation: Equation): 'line' | 'column' | 'once' => {
  const cells = termsOf(equation).filter((t) => t.stated === undefined);
  if (cells.every((t) => t.line === undefined)) return 'line';
  return cells.every((t) => t.col === undefined) ? 'column' : 'once';
});

/** Columns of a grid that an equation for every line makes the sum of others. */
export const totalColumns = (equations: Equation[], grid: string): string[] =>
  equations
    .filter((e) => e.grid === grid && kindOf(e) === 'within' && eachOf(e) === 'line')
    .flatMap((e) => e.left.map((t) => t.col!));

/** The equation in the codes of its terms: "in_force = in_force(y-1) + issued - repealed". */
export const formulaOf = ({ left, right }: Equation): string => `${sumText(left)} = ${sumText(right)}`;

const sumText = (terms: Term[]): string =>
  terms
    .map((t, i) => `${t.sign < 0 ? '- ' : i > 0 ? '+ ' : ''}${nameOfTerm(t)}${t.year === 0 ? '' : `(y${t.year})`}`)
    .join(' ');

const nameOfTerm = ({ line, col, stated }: Term): string =>
  stated === undefined ? [line, col].filter((code) => code !== undefined).join('/') : `stated(${stated})`;

export const column = (
  code: string,
  zh: string,
  en: string,
  more: Partial<Pick<FormColumn, 'aliases' | 'unit' | 'group' | 'signed'>> = {},
): FormColumn => ({ code, zh, en, aliases: [], unit: 'count', group: [], ...more });

export const line = (
  code: string,
  zh: string,
  en: string,
  columns: FormColumn[],
  more: Partial<Pick<FormLine, 'aliases' | 'number' | 'group' | 'ofLawmakers'>> = {},
): FormLine => ({ code, zh, en, columns, aliases: [], number: '', group: [], ...more });

/** Columns of a grid in first-seen order, whatever line they belong to. */
export function columnsOf(grid: FormGrid): FormColumn[] {
  const seen = new Map<string, FormColumn>();
  for (const l of grid.lines) for (const c of l.columns) if (!seen.has(c.code)) seen.set(c.code, c);
  return [...seen.values()];
}

/** True when every line has the same columns, so that one header holds for all. */
export const hasFixedColumns = ({ lines: [first, ...rest] }: FormGrid): boolean =>
  rest.every(
    (l) => l.columns.length === first?.columns.length && l.columns.every((c, i) => c.code === first.columns[i]!.code),
  );
