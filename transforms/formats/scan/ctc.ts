import { memo } from '../../memo.ts';

/** What a recogniser sees in one crop, read twice from the same pass over the image. */
export interface Recognised {
  text: string;
  /** Of the least certain character, 0 to 1; 0 when there is no text. */
  confidence: number;
  /** The same line read by somebody who knows that it holds a number: only 0–9 - + . , / —. */
  digits: string;
  digitsConfidence: number;
}

const numeric = new Set('0123456789-+.,/—');

/** The classes of the characters that a number may have. */
const numericClasses = memo((alphabet: string[]) =>
  alphabet.flatMap((character, i) => (numeric.has(character) ? [i + 1] : [])),
);

/**
 * Decodes the output of a CTC recogniser. `scores` holds for every step one probability a class; class 0 is the blank,
 * class i is `alphabet[i - 1]`.
 */
export function decodeCtc(scores: Float32Array, steps: number, alphabet: string[]): Recognised {
  const classes = alphabet.length + 1;
  const allowed = numericClasses(alphabet);
  const any: Choice[] = [];
  const number: Choice[] = [];
  for (let step = 0; step < steps; step++) {
    const from = step * classes;
    let best = 0;
    let most = scores[from]!;
    for (let i = 1; i < classes; i++) {
      const score = scores[from + i]!;
      if (score > most) {
        most = score;
        best = i;
      }
    }
    any.push({ index: best, score: most });
    // A step that holds ink holds a digit, even when a letter looks more likely.
    if (best === 0) {
      number.push({ index: 0, score: scores[from]! });
      continue;
    }
    let digit = allowed[0]!;
    let possible = scores[from]!;
    for (const i of allowed) {
      possible += scores[from + i]!;
      if (scores[from + i]! > scores[from + digit]!) digit = i;
    }
    // A round 0 that might be an O is still a certain 0 among digits.
    number.push({ index: digit, score: scores[from + digit]! / possible });
  }
  const text = collapse(any, alphabet);
  const digits = collapse(number, alphabet);
  return { text: text.text, confidence: text.confidence, digits: digits.text, digitsConfidence: digits.confidence };
}

interface Choice {
  index: number;
  score: number;
}

/** Repeats of a class are one character unless a blank parts them. */
function collapse(choices: Choice[], alphabet: string[]): { text: string; confidence: number } {
  let text = '';
  let confidence = 1;
  let before = 0;
  let peak = 0;
  for (const { index, score } of [...choices, { index: 0, score: 1 }]) {
    if (index === before) {
      peak = Math.max(peak, score);
      continue;
    }
    if (before !== 0) {
      text += alphabet[before - 1]!;
      confidence = Math.min(confidence, peak);
    }
    before = index;
    peak = score;
  }
  return { text, confidence: text === '' ? 0 : confidence };
}
