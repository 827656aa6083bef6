import { compare, type Truth } from '../compare.ts';
import { blankTotals, blankZeros } from '../compose/damage.ts';
import { docxFile, docxStyles } from '../compose/docx.ts';
import { drawFigures } from '../compose/draw.ts';
import { printedGrids, truthOf, type Figures } from '../compose/figures.ts';
import { htmlPage } from '../compose/html.ts';
import { createRandom, seedOf, type Random } from '../compose/random.ts';
import { styleOf } from '../compose/styles.ts';
import { unsplit, type Splits } from '../compose/tables.ts';
import { plainWording } from '../compose/wording.ts';
import { read } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { structureChanges } from './structure.ts';

/** One document with one thing wrong in the structure of one of its tables, and how it was read. */
export interface Trial {
  seed: number;
  format: 'html' | 'docx';
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

/** A seed decides everything: figures, how they are printed, which table is changed and how. Null where nothing was. */
function changedDocument(seed: number) {
  const random = createRandom(seedOf(seed, 'trial'));
  const f = random.pick(Object.values(fillings))(drawFigures(seed));
  const grid = random.pick(printedGrids(f)).code;
  const [change, act] = random.pick(Object.entries(structureChanges));
  const format = random.pick(['html', 'docx'] as const);
  let touched: string | null = null;
  const alter: Splits['alter'] = (tables) =>
    tables.map((table) => {
      if (table.grid !== grid) return table;
      const rows = table.rows.map((row) => row.map((cell) => ({ ...cell })));
      touched = act(rows, createRandom(seedOf(seed, 'change')));
      return { ...table, rows };
    });
  const bytes = printed(f, format, seed, random, alter);
  return touched === null ? null : { seed, format, grid, change, touched: String(touched), bytes, f };
}

async function trialOf(seed: number): Promise<Trial | null> {
  const changed = changedDocument(seed);
  if (!changed) return null;
  const { bytes, f, ...what } = changed;
  const reading = await read({ bytes, path: 'trial', sha256: '' });
  return { ...what, ...judged({ ...truthOf(f, '万元'), error_planted: null }, reading) };
}

function printed(f: Figures, format: Trial['format'], seed: number, random: Random, alter: Splits['alter']) {
  const { amounts } = plainWording;
  if (format === 'docx') {
    const style = random.pick([docxStyles.plain, docxStyles.edited, docxStyles.tracked]);
    return docxFile(f, { ...style, ...unsplit, amounts, alter });
  }
  const style = { ...styleOf(seedOf(seed, 'style')), ...unsplit, amounts, aliases: null, nested: false };
  return Buffer.from(htmlPage(f, { ...style, script: 'simplified', alter }));
}

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
  trials: number;
  moved: number;
  verified: number;
  silent: number;
}

export const sumUp = (trials: Trial[]): Sum[] =>
  Object.keys(structureChanges).map((change) => {
    const own = trials.filter((t) => t.change === change);
    const some = (of: 'moved' | 'verified' | 'silent') => own.filter((t) => t[of] > 0).length;
    return { change, trials: own.length, moved: some('moved'), verified: some('verified'), silent: some('silent') };
  });
