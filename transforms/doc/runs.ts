import { isValueLike } from '../printed/number.ts';

/**
 * How a run of text stands in a document, whatever its format says it with: on the line, so pale that it may not be meant
 * to be seen, off the line and smaller (the mark of a note), struck through, or not shown to a reader at all.
 */
export type Look = 'plain' | 'pale' | 'raised' | 'struck' | 'unseen';

/** Half points of the smallest size that word processors set: a dot on paper, and who knows whether it is to be read. */
export const TINY = 2;

export interface Run {
  text: string;
  look: Look;
}

/** Of a run within another: what is unseen around it is unseen in it, and so on. */
export const within = (outer: Look, inner: Look): Look => (RANK[outer] > RANK[inner] ? outer : inner);
const RANK: Record<Look, number> = { plain: 0, pale: 1, raised: 2, struck: 3, unseen: 4 };

/** What a reader takes from the runs of a cell or paragraph. */
export interface Said {
  text: string;
  /** All that is printed is struck through; or pale digits touch others, and who knows whether they are one number. */
  unread: 'struck' | 'pale' | null;
}

/**
 * What is struck or unseen is not said. A mark that touches a number is set apart from it, behind it in brackets: 233¹ is
 * 233 with a note, never 2331. Elsewhere (m², a word) it is text as any other.
 */
export function sayRuns(runs: Run[]): Said {
  if (runs.every(({ look }) => look === 'plain')) return { text: textOf(runs), unread: null };
  const shown = joined(runs.filter(({ look }) => look !== 'struck' && look !== 'unseen'));
  const sure = shown.filter((_, i) => !isDoubtful(shown, i));
  const text = withMarks(joined(sure.map((run) => (run.look === 'pale' ? { ...run, look: 'plain' } : run))));
  if (sure.length < shown.length) return { text, unread: 'pale' };
  const struck = text.trim() === '' && runs.some((run) => run.look === 'struck' && run.text.trim() !== '');
  return { text, unread: struck ? 'struck' : null };
}

/** Whether the pale run at `i` touches digits of another: all else that is pale is only set in another colour. */
function isDoubtful(shown: Run[], i: number): boolean {
  const { text, look } = shown[i]!;
  if (look !== 'pale') return false;
  const behind = BEGINS_NUMBER.test(text) && ENDS_NUMBER.test(shown[i - 1]?.text ?? '');
  return behind || (ENDS_NUMBER.test(text) && BEGINS_NUMBER.test(shown[i + 1]?.text ?? ''));
}
const BEGINS_NUMBER = /^\s*[\d.,０-９．，]/;
const ENDS_NUMBER = /[\d.,０-９．，]\s*$/;

function withMarks(shown: Run[]): string {
  const plain = textOf(shown.filter(({ look }) => look === 'plain')).trim();
  const marks = shown.flatMap(({ look, text }) => (look === 'raised' && text.trim() !== '' ? [text.trim()] : []));
  if (marks.length > 0 && plain !== '' && isValueLike(plain)) return `${plain} (${marks.join(', ')})`;
  let said = '';
  for (const { text, look } of shown) said += look === 'raised' && /[\d０-９]\s*$/.test(said) ? setApart(text) : text;
  return said;
}

const setApart = (mark: string): string => (mark.trim() === '' ? mark : ` (${mark.trim()})`);

/** Of a cell with several paragraphs. */
export const unreadWith = (first: Said['unread'], then: Said['unread']): Said['unread'] =>
  first === 'pale' ? first : (then ?? first);

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
