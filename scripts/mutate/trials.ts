import { compare, type Truth } from '../compare.ts';
import {
  annexFigures,
  annexTruth,
  blankAnnexZeros,
  composeAnnex,
  drawAnnexStyle,
  pageOfBlocks,
} from '../compose/annex.ts';
import { blankTotals, blankZeros } from '../compose/damage.ts';
import { docxFile, docxStyles } from '../compose/docx.ts';
import { drawFigures } from '../compose/draw.ts';
import { printedGrids, truthOf, type Figures } from '../compose/figures.ts';
import { htmlPage } from '../compose/html.ts';
import { districts, governmentOf } from '../compose/names.ts';
import type { PrintedBlock, PrintedTable } from '../compose/printed.ts';
import { createRandom, seedOf, type Random } from '../compose/random.ts';
import { cleanStyle, styleOf } from '../compose/styles.ts';
import { unsplit, type Splits } from '../compose/tables.ts';
import { plainWording } from '../compose/wording.ts';
import { xlsxFile, xlsxStyles } from '../compose/xlsx.ts';
import { read } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { isUntellable, structureChanges } from './structure.ts';

/** One document with one thing wrong in the structure of one of its tables, and how it was read. */
export interface Trial {
  seed: number;
  format: Format;
  grid: string;
  change: string;
  /** What was changed, for a person. */
  touched: string;
  /** Cells of the form that were read as another number than stood in them before the change. */
  moved: number;
  /** Those that are `verified` all the same. */
  verified: number;
  /** Those that neither their status nor a finding names. */
  silent: number;
  look: string[];
}

const formats = ['html', 'docx', 'xlsx'] as const;
type Format = (typeof formats)[number];

const fillings = {
  full: (f: Figures) => f,
  blank_zeros: (f: Figures) => blankZeros(f),
  all_blank_zeros: (f: Figures) =>
    blankZeros(
      f,
      printedGrids(f).map(({ code }) => code),
    ),
  blank_totals: (f: Figures) => blankTotals(f),
};

/** A report with a table of it changed by what is given, in one format. */
interface Changed {
  grid: string;
  truth: Truth;
  bytes: Uint8Array;
}
type Alter = (table: PrintedTable) => PrintedTable[];
type Draw = (seed: number, random: Random, format: Format, alter: Alter) => Changed;

const ofForm: Draw = (seed, random, format, change) => {
  const f = random.pick(Object.values(fillings))(drawFigures(seed));
  const grid = random.pick(printedGrids(f)).code;
  const alter: Splits['alter'] = (tables) => tables.flatMap((table) => (table.grid === grid ? change(table) : [table]));
  return { grid, truth: truthOf(f, '万元'), bytes: printed(f, format, seed, random, alter) };
};

function printed(f: Figures, format: Format, seed: number, random: Random, alter: Splits['alter']): Uint8Array {
  const { amounts } = plainWording;
  if (format === 'xlsx')
    return xlsxFile(f, { ...random.pick([xlsxStyles.plain, xlsxStyles.sheets, xlsxStyles.tight]), amounts, alter });
  if (format === 'docx') {
    const style = random.pick([docxStyles.plain, docxStyles.edited, docxStyles.tracked, docxStyles.nested]);
    return docxFile(f, { ...style, ...unsplit, amounts, alter });
  }
  const style = { ...styleOf(seedOf(seed, 'style')), ...unsplit, amounts, aliases: null };
  return Buffer.from(htmlPage(f, { ...style, script: 'simplified', alter }));
}

const ofAnnex: Draw = (seed, random, format, change) => {
  const place = random.pick(districts);
  const whole = composeAnnex({
    seed,
    size: random.pick(['small', 'large']),
    publisher: governmentOf(place),
    division_code: place.division_code,
    year: random.whole(2014, 2018),
  });
  const annex = random.chance(0.3) ? blankAnnexZeros(whole) : whole;
  const f = annexFigures(annex, { ...drawAnnexStyle(seedOf(seed, 'style')), aliases: null });
  const blocks = f.printed!.flatMap((block): PrintedBlock[] =>
    block.kind === 'table' ? change(block.table).map((table) => ({ kind: 'table', table })) : [block],
  );
  const bytes = {
    html: () => Buffer.from(pageOfBlocks(annex, blocks, cleanStyle)),
    docx: () => docxFile({ ...f, printed: blocks }, docxStyles.plain),
    xlsx: () => xlsxFile({ ...f, printed: blocks }, xlsxStyles.plain),
  }[format]();
  return { grid: 'annex', truth: annexTruth(annex, []), bytes };
};

/** A seed decides everything: figures, how they are printed, which table is changed and how. Null where nothing was. */
function changedDocument(seed: number) {
  const random = createRandom(seedOf(seed, 'trial'));
  const format = random.pick(formats);
  const [change, act] = random.pick(Object.entries(structureChanges));
  const draw = random.chance(ANNEXES) ? ofAnnex : ofForm;
  let touched: string | null = null;
  const changed = draw(seed, random, format, (table) => {
    const made = act(table, createRandom(seedOf(seed, 'change')));
    touched ??= made?.touched ?? null;
    return made?.tables ?? [table];
  });
  return touched === null ? null : { ...changed, seed, format, change, touched: String(touched) };
}
/** Their one table of one column of numbers has less to be changed than the three of the form. */
const ANNEXES = 0.1;

async function trialOf(seed: number): Promise<Trial | null> {
  const changed = changedDocument(seed);
  if (!changed) return null;
  const { bytes, truth, ...what } = changed;
  const reading = await read({ bytes, path: 'trial', sha256: '' });
  return { ...what, ...judged({ ...truth, error_planted: null }, reading) };
}

/** A trial that must not be: a number that moved is verified, or nothing names it. */
export const isBad = (t: Trial): boolean => t.verified + t.silent > 0 && !isUntellable(t.change, t.format);

/** Cells read as another number than was printed in them, and what the reading says about those. */
function judged(truth: Truth, reading: Reading): Pick<Trial, 'moved' | 'verified' | 'silent' | 'look'> {
  const nameOf = ({ grid, line, col }: Reading['facts'][number]) => `${grid}/${line}/${col}`;
  const before = new Map(truth.facts.map((fact) => [`${fact.grid}/${fact.line}/${fact.col}`, fact.value]));
  const moved = reading.facts.filter((fact) => {
    const was = before.get(nameOf(fact));
    return was !== fact.value && (was !== undefined || fact.value !== null);
  });
  const { unflagged, look } = compare(truth, reading);
  return {
    moved: moved.length,
    verified: moved.filter(({ status }) => status === 'verified').length,
    silent: unflagged,
    look: [
      ...moved
        .filter(({ status }) => status === 'verified')
        .map((fact) => `${nameOf(fact)}: ${fact.value} is verified`),
      ...look.filter((line) => line.includes('NOT FLAGGED')),
    ],
  };
}

/** The first `count` trials whose seeds begin with `seed`. */
export async function trialsFrom(seed: number, count: number): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (let at = seed; trials.length < count; at++) {
    const trial = await trialOf(at);
    if (trial) trials.push(trial);
  }
  return trials;
}

/** How many trials of one change there were, and in how many of them numbers were read elsewhere, `verified`, in silence. */
export interface Sum {
  change: string;
  untellable: boolean;
  trials: number;
  moved: number;
  verified: number;
  silent: number;
}

export const sumUp = (trials: Trial[]): Sum[] =>
  [false, true].flatMap((untellable) =>
    Object.keys(structureChanges).flatMap((change) => {
      const own = trials.filter((t) => t.change === change && isUntellable(change, t.format) === untellable);
      const some = (of: 'moved' | 'verified' | 'silent') => own.filter((t) => t[of] > 0).length;
      const counts = { moved: some('moved'), verified: some('verified'), silent: some('silent') };
      return own.length === 0 ? [] : [{ change, untellable, trials: own.length, ...counts }];
    }),
  );
