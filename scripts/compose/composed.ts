import { truthOf, type Amounts, type Figures } from './figures.ts';

/** One document of the composed corpus and what it prints. */
export interface Composed {
  /** Of the file, without the dot. */
  extension: string;
  bytes: Uint8Array;
  truth: ComposedTruth;
}

export interface ComposedFact {
  grid: string;
  line: string;
  col: string;
  /** Amounts in yuan, or as printed without a unit; null: printed without a number. */
  value: number | null;
}

/** The content of `truth.json`. */
export interface ComposedTruth {
  tags: string[];
  /** Null where the document does not state it, or states it unreadably. */
  report: { publisher: string | null; division_code: string | null; year: number | null };
  error_planted: [string, string, string] | null;
  facts: ComposedFact[];
  /**
   * `grid/line/col` of printed cells that no reader can be sure of. They may be missing when a finding says that
   * something is wrong with the document; a wrong number without a flag is a defect here too.
   */
  undecidable: string[];
}

export const pathOf = ({ grid, line, col }: { grid: string; line: string; col: string }) => `${grid}/${line}/${col}`;

/** What prints the figures plainly; `undecidable` chooses among the cells. */
export function composedTruth(
  f: Figures,
  tags: string[],
  amounts: Amounts,
  undecidable: (fact: ComposedFact) => boolean = () => false,
): ComposedTruth {
  const { report, facts, error_planted } = truthOf(f, amounts);
  const unsure = facts.filter(undecidable).map(pathOf);
  return {
    tags: unsure.length > 0 ? [...tags, 'undecidable'] : tags,
    report,
    error_planted: error_planted ?? null,
    facts,
    undecidable: unsure,
  };
}

/** For formats without metadata: invented places are in no list of divisions, so only a page's metas state the code. */
export const withoutDivision = (truth: ComposedTruth): ComposedTruth => ({
  ...truth,
  report: { ...truth.report, division_code: null },
});

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
