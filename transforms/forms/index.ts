import { edition2019 } from './edition-2019.ts';
import { edition2021 } from './edition-2021.ts';
import type { Form, FormGrid } from './form.ts';

/** Every edition the project reads. A further edition is one more file of data and one more entry here. */
export const forms: Form[] = [edition2019, edition2021];

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

/** Grids that a report of a year must have, in any edition; none before the first prescribed form. */
export const gridsExpected = (year: number | null): FormGrid[] =>
  year !== null && year < 2019 ? [] : formOf(year !== null && year < 2021 ? '2019' : '2021').grids;
