import { memo } from '../memo.ts';
import { inYuan, unitBehind, type Money, type Stated } from './money.ts';

/**
 * One printed cell → a value or a kind of absence. Absent is not zero: a number, `0`, a blank, a dash and a slash are
 * five different things. What is not clearly one number is `text`, never a guess.
 */
export interface Printed {
  value: number | null;
  absence: 'blank' | 'dash' | 'slash' | 'text' | null;
  /** Money unit printed with the number; `value` has applied it where it is known. */
  money: Stated | null;
  /** What was odd about the printed form, for a finding; none when it is an ordinary number or absence. */
  oddities: Oddity[];
}

/** What can be odd about a printed value; the last is of cells of the form and not of numbers. */
export type Oddity =
  | 'commas'
  | 'digits'
  | 'figure'
  | 'hidden'
  | 'long'
  | 'note'
  | 'one'
  | 'parted'
  | 'signs'
  | 'stray'
  | 'unit'
  | 'white_space'
  | 'words'
  | 'zero'
  | 'money';

const COUNTERS = '件次条个项宗起人份部篇期场家种例';

const absent = (absence: Printed['absence'], ...oddities: Oddity[]): Printed => ({
  value: null,
  absence,
  money: null,
  oddities,
});

/** Footnote marks behind a number: NFKC would make digits of them (12① → 121). */
const MARKS = new RegExp(
  `(?<=\\d\\s*)(?![¼-¾⅐-⅟↉])(?:\\p{No}|[*＊※†‡]|注\\p{N}{0,2})+(?=\\s*[${COUNTERS}]?\\s*$)`,
  'u',
);

/** A note in brackets behind a number, or behind what stands in its place; it may hold anything. */
const NOTED = /^(.*?\d.*?|[-‐‑‒–—―─━_~/\\|]+\s*)[(（〔[【].*[)）〕\]】]\s*$/su;
const withoutNote = (text: string): string => NOTED.exec(text)?.[1] ?? text;

/** Marks that have no shape of their own and may turn the digits after them around. */
const TURNING = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
const UNSEEN = `\\u200b-\\u200d\\u2060-\\u2064\\ufeff\\u00ad`;
/**
 * What is shown is not what is written: an override turns all digits after it, and a mark between digits parts them. Marks
 * at the ends of a cell come from copying, and change nothing.
 */
const TURNED = new RegExp(
  `[\\u202d\\u202e].*\\d|[\\d.,，][\\s${UNSEEN}]*[${TURNING}][\\s${UNSEEN}${TURNING}]*[\\d.,，]`,
  'su',
);
/** Marks without width between digits are not seen: the number that is shown is the one without them. */
const PARTED = new RegExp(`[\\d.,，][${UNSEEN}]+[\\d.,，]`, 'u');
const HIDDEN = new RegExp(`[${TURNING}${UNSEEN}]`, 'gu');

/** A text with its unseen marks named, for a message that they would turn around. */
export const withMarksNamed = (text: string): string =>
  text.replace(HIDDEN, (mark) => `‹U+${mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`);

/** Before an amount; it tells no unit, as ￥12 stands under 万元 too. */
const CURRENCY = /^(?:人民币|RMB|¥)\s?/i;

/** A stop behind a number is that of a sentence; a point may be what is left of a fraction. */
const STOP = /(?<=\d)\s*[。,，、;；]$/u;
/** Apostrophes between groups of three digits part thousands, as commas do. */
const withCommas = (text: string): string =>
  /^[+-]?\d{1,3}(?:['’]\d{3})+(?:\.\d+)?$/.test(text) ? text.replace(/['’]/g, ',') : text;

/** A printed number with its unit and note is shorter; prose is not searched for one. */
const LONGEST = 200;

export const parsePrinted = memo((raw: string): Printed => {
  if (raw.length > LONGEST && raw.trim().length > LONGEST) return absent('text', 'long');
  if (TURNED.test(raw)) return absent('text', 'hidden');
  const printed = raw.replace(/[０-９]/g, (ch) => String(ch.charCodeAt(0) - 0xff10));
  const unmarked = printed.replace(MARKS, '');
  if (/\p{No}/u.test(withoutNote(unmarked))) return absent('text', 'figure');
  const text = normalise(unmarked);
  if (text === '') return absent('blank');
  const bare = unitBehind(text) ? text : withoutNote(text).trim();
  const note: Oddity[] = bare !== text || unmarked !== printed ? ['note'] : [];
  if (/^[-‐‑‒–—―─━一_~]+$/.test(bare)) return absent('dash', ...note, ...(bare === '一' ? (['one'] as const) : []));
  if (/^[/\\|]+$/.test(bare)) return absent('slash', ...note);
  const own = unitBehind(bare);
  const body = withCommas((own?.number ?? bare).replace(CURRENCY, '').replace(STOP, ''));
  const match = /^([?�'‘’]\s*)?([+-]*)\s*(\d[\d,，\s]*(?:\.\s?\d[\d\s]*)?|\.\d+)\s*([^\d\s]{0,3})$/u.exec(body);
  if (!match) return absent('text', 'words');
  const [, stray, signs, digits, unit] = match as unknown as [string, string?, string?, string?, string?];
  if (unit && !(unit.length === 1 && COUNTERS.includes(unit))) return absent('text', 'unit');
  const oddities = note;
  if (stray || body.length !== (own?.number ?? bare).length) oddities.push('stray');
  if (PARTED.test(raw)) oddities.push('hidden');
  if (signs!.length > 1) oddities.push('signs');
  if (/\d\s+\d/.test(digits!)) oddities.push(isOne(digits!) ? 'white_space' : 'parted');
  if (/[,，]/.test(digits!) && !/^\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(digits!.replace(/\s/g, '')))
    oddities.push('commas');
  if (/^0\d/.test(digits!)) oddities.push('zero');
  const plain = digits!.replace(/[,，\s]/g, '');
  if (plain.replace(/^0+|\D/g, '').length > 15) return absent('text', 'digits');
  const magnitude = Number(own?.unit.money ? inYuan(plain, own.unit.money) : plain);
  const negative = /-/.test(signs!) && magnitude !== 0;
  return {
    value: negative ? -magnitude : magnitude,
    absence: null,
    money: own?.unit ?? null,
    oddities,
  };
});

/** What is a number by itself, thousands parted or not. */
const WHOLE = /^(?:0|[1-9]\d*|[1-9]\d{0,2}(?:[,，]\d{3})+)(?:\.\d+)?$/;

/** Digits among blanks are of one number where these part its thousands, or where a piece is no number by itself (56 00). */
function isOne(digits: string): boolean {
  const whole = digits.replace(/ ?([.,，]) ?/g, '$1').trim();
  const pieces = whole.split(' ');
  return (
    /^\d{1,3}(?: \d{3})+(?:\.\d+)?$/.test(whole) || (!/^0\d/.test(whole) && pieces.some((piece) => !WHOLE.test(piece)))
  );
}

/** Its digits may be of two numbers, or of one with a decimal comma: the value is a supposition, to be confirmed by sums. */
export const isSupposed = ({ oddities }: Pick<Printed, 'oddities'>): boolean =>
  oddities.includes('parted') || oddities.includes('commas');

/** The amount in yuan of a number that is printed in a money unit which stands elsewhere; null for what has a unit of its own. */
export function amountIn(raw: string, money: Money): number | null {
  const printed = parsePrinted(withoutNote(raw.replace(MARKS, '')) + money);
  return printed.money?.money === money ? printed.value : null;
}

/** True when a text could stand in a value cell: a number or one of the printed forms of absence. */
export const isValueLike = (raw: string): boolean => parsePrinted(raw).absence !== 'text';

/** True when the text is a printed number. */
export const isNumber = (raw: string): boolean => parsePrinted(raw).value !== null;

/** The digits that a text ends in, when something else stands before them (a label that touches its number), else ''. */
export const digitsBehind = (text: string): string => /[^\d０-９]([\d０-９]+)$/u.exec(text)?.[1] ?? '';

function normalise(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(HIDDEN, '')
    .replace(/[−﹣－]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}
