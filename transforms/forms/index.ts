import { edition2014 } from './edition-2014.ts';
import { edition2019 } from './edition-2019.ts';
import { edition2021 } from './edition-2021.ts';
import type { Equation, Form, FormGrid, FormLine } from './form.ts';
import { memo, once } from '../memo.ts';

const editions = [edition2014, edition2019, edition2021];

/** The code of every equation there is: a finding that one does not hold has it. */
export type EquationCode = (typeof editions)[number]['equations'][number]['code'];

/** Every edition the project reads, oldest first. A further edition is one more file of data and one more entry above. */
export const forms: Form<EquationCode>[] = editions;

export const formOf = (edition: string): Form<EquationCode> => {
  const form = forms.find((f) => f.edition === edition);
  if (!form) throw new Error(`no form of edition ${edition}`);
  return form;
};

/** What a code of an equation means is the same in every edition that has it. */
export const equationOf = (code: EquationCode): Equation<EquationCode> => {
  const equation = forms.flatMap((f) => f.equations).find((e) => e.code === code);
  if (!equation) throw new Error(`no equation ${code} in any edition`);
  return equation;
};

export const gridOf = (edition: string, code: string): FormGrid => {
  const grid = formOf(edition).grids.find((g) => g.code === code);
  if (!grid) throw new Error(`no grid ${code} in edition ${edition}`);
  return grid;
};

/** Codes of all grids, in the order of the editions that have most of them. */
export const gridCodes = once(() => [
  ...new Set([...forms].sort((a, b) => b.grids.length - a.grids.length).flatMap((f) => f.grids.map((g) => g.code))),
]);

/** Every edition's grid of one code. */
export const gridsOf = memo((code: string): FormGrid[] => forms.flatMap((f) => f.grids.filter((g) => g.code === code)));

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
export const formFor = (year: number | null): Form<EquationCode> | null =>
  forms.findLast((f) => year === null || f.since <= year) ?? null;
