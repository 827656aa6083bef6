import { BLACK, lookOnGround, WHITE, type Colour } from '../../doc/ink.ts';
import { TINY, within, type Look } from '../../doc/runs.ts';
import { Unreadable } from '../../findings.ts';
import { i16, slice, sprms, u16 } from './doc-bytes.ts';
import { located, type WordFile } from './doc-file.ts';
import { characterRuns, paragraphRuns } from './doc-properties.ts';

/** Characters by FC that do not simply stand on their line. */
export interface LookRun {
  from: number;
  to: number;
  look: Look;
}

/** Properties of characters that say how they are seen. */
interface Seen {
  /** Deleted while changes were tracked. */
  deleted: boolean;
  hidden: boolean;
  struck: boolean;
  raised: boolean;
  tiny: boolean;
  /** Null: automatic, which is seen on every ground. */
  ink: Colour | null;
  /** Highlighting or shading of the characters themselves; null for none. */
  ground: Colour | null;
}

const plain: Seen = {
  deleted: false,
  hidden: false,
  struck: false,
  raised: false,
  tiny: false,
  ink: null,
  ground: null,
};

/** Half points by which characters leave their line: fewer only adjust them. */
const RAISED = 4;

export function readLooks(file: WordFile): LookRun[] {
  const styles = readStyles(file);
  const paper = hasShadedCells(file) ? null : WHITE;
  return characterRuns(file).flatMap(({ from, to, list }) => {
    const look = list.length === 0 ? 'plain' : lookOf(seenBy(list, plain, styles), paper);
    return look === 'plain' ? [] : [{ from, to, look }];
  });
}

function lookOf({ deleted, hidden, struck, raised, tiny, ink, ground }: Seen, paper: Colour | null): Look {
  if (deleted || hidden) return 'unseen';
  return within(
    struck ? 'struck' : raised ? 'raised' : tiny ? 'pale' : 'plain',
    ink === null ? 'plain' : lookOnGround(ink, ground ?? paper),
  );
}

/** Some cells or paragraphs have a colour: which text stands on it is not known before their row ends. */
const hasShadedCells = (file: WordFile): boolean =>
  paragraphRuns(file).some(({ list }) =>
    [...sprms(list.subarray(2))].some(
      ({ code, operand }) => SHADINGS.has(code) && operand.subarray(1).some((byte) => byte !== 0 && byte !== 0xff),
    ),
  );
/** Of paragraphs, of cells, of tables; each as Word 97 writes it and as later versions do. */
const SHADINGS = new Set([0x442d, 0xc64d, 0xd609, 0xd612, 0xd616, 0xd60c, 0xd660, 0xd670]);

/** Modifiers in order; a flag above 127 is that of the style, or its opposite. */
function seenBy(list: Buffer, base: Seen, styles: Map<number, Seen>): Seen {
  let style = base;
  for (const { code, operand } of sprms(list)) if (code === 0x4a30) style = styles.get(i16(operand, 0)) ?? style;
  const seen = { ...style };
  const flag = (operand: Buffer, styled: boolean): boolean => {
    const value = operand[0] ?? 0;
    return value >= 0x80 ? styled !== ((value & 1) === 1) : (value & 1) === 1;
  };
  for (const { code, operand } of sprms(list)) {
    if (code === 0x0800) seen.deleted = flag(operand, false);
    else if (code === 0x083c) seen.hidden = flag(operand, style.hidden);
    else if (code === 0x0837) seen.struck = flag(operand, style.struck);
    else if (code === 0x2a53) seen.struck = (operand[0] ?? 0) === 1;
    else if (code === 0x2a48) seen.raised = (operand[0] ?? 0) > 0;
    else if (code === 0x4845) seen.raised ||= Math.abs(i16(operand, 0)) >= RAISED;
    else if (code === 0x4a43) seen.tiny = u16(operand, 0) <= TINY;
    else if (code === 0x2a42) seen.ink = PALETTE[operand[0] ?? 0] ?? null;
    else if (code === 0x6870) seen.ink = colourAt(operand, 0);
    else if (code === 0x2a0c) seen.ground = PALETTE[operand[0] ?? 0] ?? null;
    else if (code === 0xca71 && operand.length >= 11) seen.ground = colourAt(operand, 5);
  }
  return seen;
}

const colourAt = (operand: Buffer, at: number): Colour | null =>
  operand[at + 3] === 0xff ? null : [operand[at] ?? 0, operand[at + 1] ?? 0, operand[at + 2] ?? 0];

/** [MS-DOC] 2.9.119; the first is automatic. */
const PALETTE: (Colour | null)[] = [
  null,
  BLACK,
  [0, 0, 255],
  [0, 255, 255],
  [0, 255, 0],
  [255, 0, 255],
  [255, 0, 0],
  [255, 255, 0],
  WHITE,
  [0, 0, 128],
  [0, 128, 128],
  [0, 128, 0],
  [128, 0, 128],
  [128, 0, 0],
  [128, 128, 0],
  [128, 128, 128],
  [192, 192, 192],
];

const CHARACTER_STYLE = 2;
const DEEPEST = 20;

/** Character styles by number ([MS-DOC] 2.9.271); none where the style sheet is damaged, which costs no text. */
function readStyles(file: WordFile): Map<number, Seen> {
  const found = new Map<number, { list: Buffer; base: number }>();
  try {
    const sheet = located(file, 1);
    if (sheet.length === 0) return new Map();
    const baseSize = u16(sheet, 4);
    let at = 2 + u16(sheet, 0);
    for (let number = 0; at + 2 <= sheet.length; number++) {
      const size = u16(sheet, at);
      const style = slice(sheet, at + 2, size);
      at += 2 + size + (size % 2);
      if (size === 0 || (u16(style, 2) & 0xf) !== CHARACTER_STYLE) continue;
      const name = baseSize + 2 + u16(style, baseSize) * 2 + 2;
      found.set(number, { list: slice(style, name + 2, u16(style, name)), base: u16(style, 2) >> 4 });
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  const seenOf = (number: number, depth: number): Seen => {
    const style = depth < DEEPEST ? found.get(number) : undefined;
    return style ? seenBy(style.list, seenOf(style.base, depth + 1), new Map()) : plain;
  };
  return new Map([...found.keys()].map((number) => [number, seenOf(number, 0)]));
}
