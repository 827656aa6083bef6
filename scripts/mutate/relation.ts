import type { Random } from '../compose/random.ts';

/** A change of a document that changes nothing of what it shows, or only what `shows` says: the facts stay the same. */
export interface Relation<T> {
  name: string;
  /** The document itself where there is nothing to change. */
  change: (document: T, random: Random) => T | Uint8Array | Promise<T | Uint8Array>;
  /** What a printed number of the document is afterwards; itself when left out. */
  shows?: (value: number | null) => number | null;
  /** What its server says that it is. */
  declared?: string;
}

export const noZeros = (value: number | null): number | null => (value === 0 ? null : value);

/** A cell that prints nothing but a zero, with its counter or unit. */
export const isZero = (text: string): boolean =>
  /^[+＋]?[0０][.．0０]*\s*(\p{Script=Han}|[万萬]元)?$/u.test(text.trim());
