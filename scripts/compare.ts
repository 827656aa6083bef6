import { z } from 'zod';
import type { CellRef } from '../transforms/findings.ts';
import type { Reading } from '../transforms/report.ts';

/** What a document says, known from elsewhere. A cell with value null is printed without a number. */
export const Truth = z.object({
  /** Null for a document that is no report. */
  report: z
    .object({
      publisher: z.string().nullish(),
      division_code: z.string().nullish(),
      year: z.number().nullish(),
      script: z.string().nullish(),
    })
    .nullable(),
  tags: z.array(z.string()).nullish(),
  facts: z.array(z.object({ grid: z.string(), line: z.string(), col: z.string(), value: z.number().nullable() })),
  /** Cell whose printed number breaks an equation: the reader must say so. */
  error_planted: z.tuple([z.string(), z.string(), z.string()]).nullish(),
});
export type Truth = z.infer<typeof Truth>;

export interface Comparison {
  right: number;
  /** Another value than printed. */
  wrong: number;
  missing: number;
  /** A cell that the document does not print. */
  extra: number;
  /** Wrong and extra numbers that neither their status nor any finding calls into question. */
  unflagged: number;
  /** For a person, one line a problem. */
  look: string[];
}

export const countsOf = ({ right, wrong, missing, extra, unflagged }: Comparison): number[] => [
  right,
  wrong,
  missing,
  extra,
  unflagged,
];

const nameOf = ({ grid, line, col }: CellRef): string => `${grid}/${line}/${col}`;

export function compare(truth: Truth, reading: Reading): Comparison {
  const wanted = new Map(truth.facts.map((fact) => [nameOf(fact), fact.value]));
  const named = new Set(
    reading.findings.filter(({ level }) => level !== 'info').flatMap(({ cells }) => cells.map(nameOf)),
  );
  const result: Comparison = { right: 0, wrong: 0, missing: 0, extra: 0, unflagged: 0, look: [] };
  for (const fact of reading.facts) {
    const name = nameOf(fact);
    const value = wanted.get(name);
    wanted.delete(name);
    if (value === fact.value) {
      result.right++;
      continue;
    }
    const flagged = fact.status === 'contradicted' || named.has(name);
    // A blank where nothing is printed misleads nobody.
    if (!flagged && (value !== undefined || fact.value !== null)) result.unflagged++;
    result[value === undefined ? 'extra' : 'wrong']++;
    const expected = value === undefined ? 'nothing' : String(value ?? 'no number');
    result.look.push(`${name}: ${fact.value} where ${expected} is printed${flagged ? ' (flagged)' : ' (NOT FLAGGED)'}`);
  }
  result.missing = wanted.size;
  const [first] = wanted.keys();
  if (first !== undefined) {
    const codes = [...new Set(reading.findings.map(({ code }) => code))].join(', ') || 'none';
    result.look.push(`${wanted.size} cells missing, ${first} the first; findings: ${codes}`);
  }
  return { ...result, look: [...result.look, ...plantedErrors(truth, reading, named)] };
}

function plantedErrors({ error_planted: planted }: Truth, { facts }: Reading, named: Set<string>): string[] {
  if (!planted) return [];
  const name = planted.join('/');
  const seen = named.has(name) || facts.some((fact) => nameOf(fact) === name && fact.status === 'contradicted');
  return seen ? [] : [`${name} breaks an equation of the form and nothing says so`];
}

export function identityErrors({ report: wanted }: Truth, { report, source }: Reading): string[] {
  if (wanted === null) return report === null ? [] : ['no report, read as one'];
  const read: Record<string, unknown> = { ...report, script: source.script };
  return Object.entries(wanted)
    .filter(([name, value]) => value !== undefined && value !== null && read[name] !== value)
    .map(([name, value]) => `${name} is ${value}, read ${String(read[name] ?? 'nothing')}`);
}
