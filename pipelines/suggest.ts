import { closest, distance } from 'fastest-levenshtein';

/** ` (did you mean X?)` where one of the known words is like what was typed, else nothing. */
export function didYouMean(typed: string, known: string[]): string {
  if (typed === '' || known.length === 0) return '';
  const word = typed.toLowerCase();
  const like = closest(word, known);
  const far = distance(word, like);
  // Two letters that changed places are two; of a short word most others are as like.
  if (far <= Math.max(2, word.length / 3) && far * 2 < word.length) return ` (did you mean ${like}?)`;
  const begun = known.filter((one) => one.startsWith(word));
  return begun.length === 1 ? ` (did you mean ${begun[0]}?)` : '';
}
