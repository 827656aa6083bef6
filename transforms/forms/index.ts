import { edition2014 } from './edition-2014.ts';
import { edition2019 } from './edition-2019.ts';
import { edition2021 } from './edition-2021.ts';
import type { Form, FormGrid, FormLine } from './form.ts';

/** Every edition the project reads, oldest first. A further edition is one more file of data and one more entry here. */
export const forms: Form[] = [edition2014, edition2019, edition2021];

export const formOf = (edition: string): Form => {
  const form = forms.find((f) => f.edition === edition);
  if (!form) throw new Error(`no form of edition ${edition}`);
  return form;
};

export const gridOf = (edition: string, code: string): FormGrid => {
  const grid = formOf(edition).grids.find((g) => g.code === code);
  if (!grid) throw new Error(`no grid ${code} in edition ${edition}`);
  return grid;
};

/** The line of the form that a cell stands in; undefined when its edition has no such line. */
export const lineOf = ({
  edition,
  grid,
  line,
}: {
  edition: string;
  grid: string;
  line: string;
}): FormLine | undefined =>
  forms
    .find((f) => f.edition === edition)
    ?.grids.find((g) => g.code === grid)
    ?.lines.find((l) => l.code === line);

/** The edition prescribed for reports on a year; null before the first. Without a year, the one in force. */
export const formFor = (year: number | null): Form | null =>
  forms.findLast((f) => year === null || f.since <= year) ?? null;
