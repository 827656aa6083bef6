import type { Block, Doc } from '../doc/doc.ts';
import { finding, type CellRef, type Finding } from '../findings.ts';
import { refOf } from '../forms/check.ts';
import { formFor, gridCodes, gridOf, gridsOf } from '../forms/index.ts';
import type { Form } from '../forms/form.ts';
import { keyOf } from '../printed/labels.ts';
import { statedAround, type Stated } from '../printed/money.ts';
import { isNumber } from '../printed/number.ts';
import type { Fact } from '../report.ts';
import type { Span } from '../prose/sections.ts';
import { withCaption } from './captions.ts';
import { bestFit } from './edition.ts';
import type { Header } from './headers.ts';
import { isAnnex, isSameInAllEditions } from './lexicon.ts';
import { captionIsEarlier, printingsOf, rejoin, yearAbove } from './printings.ts';
import { readGrid, type GridReading, type ReadRow } from './read-grid.ts';
import type { Row } from './row.ts';
import { rowsOfTable, type Carry } from './rows-of-tables.ts';
import { rowsOfText } from './rows-of-text.ts';
import { formUnknown, isFormOfItsOwn, joinedGrids, unknownAnnex } from './unreadable.ts';

export interface Located {
  facts: Fact[];
  findings: Finding[];
  /** Blocks that were read as rows of a table, so that they are not prose. */
  consumed: Set<number>;
  /** Edition of each grid that was found; null where it is printed in a way that cannot be read, which a finding names. */
  editions: Map<string, Form['edition'] | null>;
  /** What became of every printed row of numbers. */
  rows: ReadRow[];
  /** Those of a further printing of a grid, of which no fact is made. */
  printedAgain: ReadRow[];
  /** Headers of the tables, by the index of their block. */
  headers: Map<number, Header[]>;
}

/** Find the statutory tables of a Doc and read their cells. `year` chooses between tables or columns of several years. */
export function locate(doc: Doc, spans: Span[], year: number | null): Located {
  const printed = rowsOfDoc(doc, spans, year);
  const located: Located = {
    facts: [],
    findings: printed.findings,
    consumed: printed.consumed,
    editions: new Map(),
    rows: [],
    printedAgain: [],
    headers: printed.headers,
  };
  for (const code of printed.unread) located.editions.set(code, null);
  for (const code of gridCodes()) {
    const rows = rejoin(printed.rows.filter((r) => r.grid === code));
    const parts = partsIn(rows);
    if (parts.length > 1) {
      located.findings.push(finding('lines_parted', [], { grid: code, label: gridsOf(code)[0]!.zh, parts }));
      located.editions.set(code, null);
      continue;
    }
    const read = readingsOf(code, rows, doc, year);
    const chosen = chooseReading(code, read);
    if (!chosen) continue;
    if (isAnnex(code) && isFormOfItsOwn(chosen.rows, doc)) {
      const grid = gridOf(chosen.edition, code);
      located.findings.push(formUnknown(doc, grid, chosen.rows[0]!.row.block, chosen.rows.length));
      located.editions.set(code, null);
      continue;
    }
    located.findings.push(...chosen.findings);
    located.facts.push(...chosen.facts);
    located.rows.push(...chosen.rows);
    located.printedAgain.push(...read.flatMap((other) => (other.rows === chosen.rows ? [] : other.rows)));
    located.editions.set(code, chosen.facts.length > 0 ? chosen.edition : null);
  }
  const unread = unreadable(doc, located, year);
  located.findings.push(...unread);
  // What columns were taken for tells nothing where the one cause is that their numbers stand in their header.
  const joined = unread.flatMap((f) => (f.code === 'cells_joined' ? f.details.grids : []));
  located.findings = located.findings.filter((f) => f.code !== 'column_guessed' || !joined.includes(f.details.grid));
  sameEdition(located, year);
  located.findings.push(...mixedEditions(located));
  return located;
}

/** What rows are of that print a line once for each part of an organ, and once for the whole. */
const PART =
  /^(?:[省市州县区旗]?本级|本部|机关本级|合计|小计|全[省市州县区旗](?:合计|总计)?|[下所直]属(?:单位|部门|机构))$/;
/** One or two rows that say so are a misprint. */
const SOME_PARTS = 3;

function partsIn(rows: Row[]): string[] {
  const labels = rows.map(({ own }) => keyOf(own)).filter((label) => PART.test(label));
  return labels.length < SOME_PARTS ? [] : [...new Set(labels)];
}

/** Tables of the year's form that were not found, and stand in the document in a way that cannot be read. */
function unreadable(doc: Doc, { editions, consumed }: Located, year: number | null): Finding[] {
  const lost = (formFor(year)?.grids ?? []).filter((grid) => !editions.has(grid.code));
  const joined = joinedGrids(doc, lost);
  const annex = lost.find((grid) => isAnnex(grid.code) && !joined.includes(grid));
  const own = annex ? unknownAnnex(doc, consumed) : -1;
  for (const { code } of annex && own >= 0 ? [...joined, annex] : joined) editions.set(code, null);
  return [
    ...(joined.length > 0
      ? [finding('cells_joined', [], { grids: joined.map((g) => g.code), labels: joined.map((g) => g.zh) })]
      : []),
    ...(annex && own >= 0 ? [formUnknown(doc, annex, own, 0)] : []),
  ];
}

/** Rows of numbers of the whole document, in printed order. */
function rowsOfDoc(doc: Doc, spans: Span[], year: number | null) {
  const { rows, consumed, findings, unread } = rowsOfText(doc, spans);
  const headers = new Map<number, Header[]>();
  let carry: Carry | null = null;
  doc.blocks.forEach((block, index) => {
    if (block.kind !== 'table' || !block.aligned || block.aside) return;
    const read = rowsOfTable(block, index, year, carry);
    const beside = unitsBeside(doc.blocks, index);
    rows.push(
      ...read.rows.map((row) => (beside.length > 0 ? { ...row, around: [...(row.around ?? []), ...beside] } : row)),
    );
    findings.push(...read.findings);
    for (const grid of read.unread) unread.add(grid);
    carry = read.carry;
    if (read.headers.length > 0) headers.set(index, read.headers);
    if (read.rows.length > 0) consumed.add(index);
  });
  rows.sort((a, b) => a.block - b.block || a.row - b.row);
  return { rows: rows.map((row) => withCaption(row, doc)), consumed, findings, unread, headers };
}

/** Blocks above and below a table in which its unit may be stated. */
const BESIDE = 2;

/** Units that captions above a table and notes under it state. What stands right above another table is of that one. */
function unitsBeside(blocks: Block[], index: number): Stated[] {
  const stated = (at: number): Stated[] => {
    const block = blocks[at];
    if (!block || block.aside || block.kind === 'table' || block.kind === 'picture') return [];
    return statedAround(block.text);
  };
  const run = (step: 1 | -1): number[] => {
    const places = Array.from({ length: BESIDE }, (_, i) => index + step * (i + 1));
    const end = places.findIndex((at) => blocks[at]?.kind === 'table');
    // Under a table, a caption of the next one ends the run; above it, the notes of the one before do.
    return end < 0 ? places : places.slice(0, step > 0 ? Math.max(0, end - 1) : end);
  };
  return [...run(-1), ...run(1)].flatMap(stated);
}

type Printing = GridReading & { ofYear: boolean; ofEarlier: boolean };

/** Each printing of the grid, read under the edition that it fits best. */
function readingsOf(code: string, rows: Row[], doc: Doc, year: number | null): Printing[] {
  const printings = printingsOf(rows);
  // The only printing is read whatever year stands above it.
  const isKnown = printings.length > 1 && year !== null;
  return printings.flatMap((printing) => {
    const fit = bestFit(code, printing, year);
    if (!fit) return [];
    const ofYear = isKnown && yearAbove(doc, printing[0]!) === year;
    return [{ ...readGrid(printing, fit), ofYear, ofEarlier: isKnown && captionIsEarlier(doc, printing[0]!, year) }];
  });
}

/**
 * Of several printings, the one of the report's year, else the first that is neither a fragment nor blank: never tables
 * of one report among those of another, nor of an earlier year in place of one that cannot be read. Where another prints
 * other numbers, a finding names the cells.
 */
function chooseReading(code: string, all: Printing[]): GridReading | null {
  if (all.length === 0) return null;
  const ofReport = all.filter((r) => !r.ofEarlier);
  const read = ofReport.length > 0 ? ofReport : all;
  const numbersOf = ({ facts }: Printing) => facts.filter((f) => f.value !== null).length;
  const most = Math.max(...read.map(numbersOf));
  const whole = read.filter((r) => numbersOf(r) * 2 >= most);
  const best = whole.find((r) => r.ofYear) ?? whole[0]!;
  const differing = all.filter((r) => r !== best).flatMap((other) => disagreement(best.facts, other));
  if (differing.length === 0) return best;
  return {
    ...best,
    findings: [
      ...best.findings,
      finding('grid_repeated', differing, {
        grid: code,
        times: all.length,
        read: best !== all[0] && (best.ofYear || all[0]!.ofEarlier) ? 'of_year' : 'first',
      }),
    ],
  };
}

/** Cells that another printing has other numbers for, or in rows that could not be read. */
function disagreement(kept: Fact[], { facts, rows }: GridReading): CellRef[] {
  const values = new Map(facts.map((f) => [`${f.line}/${f.col}`, f.value]));
  const isUnread = ({ row, settled }: ReadRow) => !settled?.way && row.values.some((v) => isNumber(v.raw));
  const lost = rows.filter(isUnread).map(({ match }) => match?.line.code);
  return kept
    .filter((f) => {
      const other = values.get(`${f.line}/${f.col}`);
      return other === undefined ? lost.includes(f.line) || lost.includes(undefined) : other !== f.value;
    })
    .map(refOf);
}

/** Editions of the grids that tell editions apart, in the order of the form. */
const tellingEditions = ({ editions }: Located): [string, Form['edition']][] =>
  gridCodes().flatMap((code) => {
    const edition = editions.get(code);
    return edition && !isSameInAllEditions(code) ? [[code, edition]] : [];
  });

/** Tables of different editions in one report are read each under its own, and said to be so. */
function mixedEditions(located: Located): Finding[] {
  const telling = tellingEditions(located);
  if (new Set(telling.map(([, edition]) => edition)).size < 2) return [];
  return [finding('edition_mixed', [], { editions: telling.map(([grid, edition]) => ({ grid, edition })) })];
}

/** A grid that is the same in all editions is of the edition of the report's other tables, else of the year's. */
function sameEdition(located: Located, year: number | null): void {
  const others = tellingEditions(located);
  for (const [code, own] of located.editions) {
    if (own === null || !isSameInAllEditions(code)) continue;
    const prescribed = formFor(year);
    const edition = others.at(-1)?.[1] ?? (prescribed?.grids.some((g) => g.code === code) ? prescribed.edition : own);
    located.editions.set(code, edition);
    for (const fact of located.facts) if (fact.grid === code) fact.edition = edition;
  }
}
