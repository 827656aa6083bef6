/**
 * A statutory form as data. Reading aligns tables to it, checking evaluates its equations, the dictionary and the
 * SQL views print it: all are renderings of these literals. Codes never change once published; labels are data.
 */
export interface Form {
  edition: '2014' | '2019' | '2021';
  /** Number of the notice that prescribes it. */
  notice: string;
  /** Years that reports on it account for, first and last; the last is null while it is in force. */
  years: [number, number | null];
  grids: FormGrid[];
  equations: Equation[];
}

export interface FormGrid {
  code: 'proactive' | 'requests' | 'disputes' | 'annex';
  /** Statutory section the grid stands in (1 to 6); 0 for an annex. */
  section: number;
  zh: string;
  en: string;
  /** In the printed order: the order is evidence. */
  lines: FormLine[];
  /** Label words of header cells that are neither a line nor a column (申请人情况, 信息内容). */
  furniture: string[];
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
}

export interface FormColumn {
  code: string;
  zh: string;
  en: string;
  aliases: string[];
  unit: 'count' | 'yuan';
  /** Header label above it, if any (法人或其他组织). */
  group: string[];
}

/**
 * Sum of `left` = sum of `right`, for each line (terms are columns) or each column (terms are lines) of one grid.
 * `series` equations compare with last year's report of the same publisher and are evaluated in SQL, `prose`
 * equations compare a mention with the table.
 */
export interface Equation {
  code: string;
  kind: 'within' | 'series' | 'prose';
  grid: FormGrid['code'];
  each: 'line' | 'column';
  left: string[];
  right: string[];
  level: 'error' | 'warning';
  zh: string;
  en: string;
}

export const column = (
  code: string,
  zh: string,
  en: string,
  more: Partial<Pick<FormColumn, 'aliases' | 'unit' | 'group'>> = {},
): FormColumn => ({ code, zh, en, aliases: [], unit: 'count', group: [], ...more });

export const line = (
  code: string,
  zh: string,
  en: string,
  columns: FormColumn[],
  more: Partial<Pick<FormLine, 'aliases' | 'number' | 'group'>> = {},
): FormLine => ({ code, zh, en, columns, aliases: [], number: '', group: [], ...more });

/** Columns of a grid in first-seen order, whatever line they belong to. */
export function columnsOf(grid: FormGrid): FormColumn[] {
  const seen = new Map<string, FormColumn>();
  for (const l of grid.lines) for (const c of l.columns) if (!seen.has(c.code)) seen.set(c.code, c);
  return [...seen.values()];
}
