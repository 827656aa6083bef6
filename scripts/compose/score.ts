import { compare, identityErrors } from '../compare.ts';
import type { Reading } from '../../transforms/report.ts';
import { pathOf, type ComposedTruth } from './composed.ts';

/** How well one composed document was read. */
export interface Score {
  /** Cells that a reader can be sure of, and those of them read as printed. */
  decidable: number;
  right: number;
  /** Decidable cells read as something else, or read where nothing is printed. */
  wrong: number;
  /** Wrong numbers, undecidable ones too, that nothing calls into question. */
  unflagged: number;
  /** Wrong numbers that the equations of the form seem to confirm. */
  verifiedWrong: number;
  /** Every decidable cell right, nothing else read, whose report it is too. */
  exact: boolean;
  /** For a person, one line a problem. */
  look: string[];
}

export function scoreOf(truth: ComposedTruth, reading: Reading): Score {
  const unsure = new Set(truth.undecidable);
  const sure = compare(
    { ...truth, facts: truth.facts.filter((fact) => !unsure.has(pathOf(fact))) },
    { ...reading, facts: reading.facts.filter((fact) => !unsure.has(pathOf(fact))) },
  );
  const printed = new Map(truth.facts.map((fact) => [pathOf(fact), fact.value]));
  const all = compare(truth, reading);
  const identity = identityErrors(truth, reading);
  // Undecidable cells may be missing, but not in silence.
  const silent =
    all.missing > 0 && !reading.findings.some(({ code, level }) => level !== 'info' || code === 'not_a_report');
  const decidable = truth.facts.length - unsure.size;
  return {
    decidable,
    right: sure.right,
    wrong: sure.wrong + sure.extra,
    unflagged: all.unflagged,
    verifiedWrong: reading.facts.filter(
      (fact) => fact.status === 'verified' && printed.get(pathOf(fact)) !== fact.value,
    ).length,
    exact:
      sure.right === decidable &&
      sure.wrong + sure.extra === 0 &&
      identity.length === 0 &&
      all.unflagged === 0 &&
      !silent,
    look: [
      ...identity,
      ...sure.look,
      ...all.look.filter((line) => line.includes('NOT FLAGGED') && !sure.look.includes(line)),
      ...(silent ? ['cells are missing and no finding says so'] : []),
    ],
  };
}
