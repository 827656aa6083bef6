import { isValueLike } from '../printed/number.ts';

/**
 * How a run of text stands in a document, whatever its format says it with: on the line, off it and smaller (the mark of
 * a note), struck through, or not shown to a reader at all.
 */
export type Look = 'plain' | 'raised' | 'struck' | 'unseen';

export interface Run {
  text: string;
  look: Look;
}

/** Of a run within another: what is unseen around it is unseen in it, and so on. */
export const within = (outer: Look, inner: Look): Look => (RANK[outer] > RANK[inner] ? outer : inner);
const RANK: Record<Look, number> = { plain: 0, raised: 1, struck: 2, unseen: 3 };

/** What a reader takes from the runs of a cell or paragraph. */
export interface Said {
  text: string;
  /** Something is printed, and all of it is struck through. */
  struck: boolean;
}

/**
 * What is struck or unseen is not said. A mark that touches a number is set apart from it, behind it in brackets: 233¹ is
 * 233 with a note, never 2331. Elsewhere (m², a word) it is text as any other.
 */
export function sayRuns(runs: Run[]): Said {
  if (runs.every(({ look }) => look === 'plain')) return { text: textOf(runs), struck: false };
  const shown = joined(runs.filter(({ look }) => look === 'plain' || look === 'raised'));
  const text = withMarks(shown);
  return { text, struck: text.trim() === '' && runs.some((run) => run.look === 'struck' && run.text.trim() !== '') };
}

function withMarks(shown: Run[]): string {
  const plain = textOf(shown.filter(({ look }) => look === 'plain')).trim();
  const marks = shown.flatMap(({ look, text }) => (look === 'raised' && text.trim() !== '' ? [text.trim()] : []));
  if (marks.length > 0 && plain !== '' && isValueLike(plain)) return `${plain} (${marks.join(', ')})`;
  let said = '';
  for (const { text, look } of shown) said += look === 'raised' && /\d\s*$/.test(said) ? setApart(text) : text;
  return said;
}

const setApart = (mark: string): string => (mark.trim() === '' ? mark : ` (${mark.trim()})`);

const textOf = (runs: Run[]): string => runs.map(({ text }) => text).join('');

/** Neighbours of one look as one run: an edit parts them anywhere. */
function joined(runs: Run[]): Run[] {
  const whole: Run[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    if (last?.look === run.look) last.text += run.text;
    else whole.push({ ...run });
  }
  return whole;
}
