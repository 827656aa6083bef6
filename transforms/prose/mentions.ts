import type { StatedLine } from '../forms/across.ts';
import type { Mention, Section } from '../report.ts';
import { tokensOf, type Count, type Kind, type Token } from './words.ts';

/**
 * Numbers that the prose states for a line of the form, each with its sentence. They never become facts; the
 * `prose.*` equations compare them with the tables.
 */
export function mentionsOf(sections: Section[]): Mention[] {
  const year = reportedYear(sections);
  return sections.flatMap((section) => {
    let topic: Topic = null;
    return sentencesOf(section.text).flatMap((sentence) => {
      const text = sentence.normalize('NFKC').replace(/[\s\p{Cf}]+/gu, '');
      const { phrases, topic: next } = phrasesOf(tokensOf(text), topic, year);
      topic = next === 'dispute' ? null : next;
      const mentions = stated(phrases).filter(
        ({ line }) => !UNRELATED.test(text) || !(DISPUTES as string[]).includes(line),
      );
      return mentions.map((mention) => ({ ...mention, sentence }));
    });
  });
}

/** 收到行政复议申请5件，均与政府信息公开无关: how many of them are over information nothing says. */
const UNRELATED = /信息公开[^,。;]{0,8}(?:无关|不相关|没有关系)|(?:不涉及|未涉及|不属于|并非|均非)[^,。;]{0,6}信息公开/;

/** What the clauses before speak of: requests, disputes over them, or other things that are received and answered. */
type Topic = 'request' | 'dispute' | 'other' | null;

/** A number with its classifier, and the words of its clause before and after it. */
interface Phrase {
  count: Count;
  left: Token[];
  right: Token[];
  /** The clause before, where it holds no number of its own. */
  before: Token[];
  topic: Topic;
  /** The number in whose brackets it stands. */
  within: Phrase | null;
  /** Whether no mark parts it from the number before: what stands between may belong to either. */
  after: Phrase | null;
}

/** The year that the text speaks of most, of several the last; 结转至2025年 leads on to another. */
function reportedYear(sections: Section[]): number | null {
  const times = new Map<number, number>();
  for (const { text } of sections)
    for (const [, year] of text.matchAll(/(?<![\d至到入转结往在于])((?:19|20)\d\d)年/g))
      times.set(Number(year), (times.get(Number(year)) ?? 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? null;
}

/** Of the words before a bracket: more than any phrase has, and few enough to copy at every bracket. */
const WORDS_BEFORE = 20;

interface Level {
  left: Token[];
  before: Token[];
  last: Phrase | null;
  within: Phrase | null;
  /** Whether the clause has named a dispute since its last number. */
  disputed: boolean;
}

/** Cuts a sentence at its numbers, marks and brackets; 、 joins what no number parts. */
function phrasesOf(tokens: Token[], topic: Topic, year: number | null): { phrases: Phrase[]; topic: Topic } {
  const phrases: Phrase[] = [];
  const levels: Level[] = [{ left: [], before: [], last: null, within: null, disputed: false }];
  const end = (level: Level, mark: 'comma' | 'pause') => {
    if (level.last) {
      if (has(level.last.right, 'other') && !has(level.last.right, 'request')) topic = 'other';
      level.before = [];
    } else if (mark === 'pause') {
      level.left.push({ kind: 'text', word: '、' });
      return;
    } else if (level.left.length > 0) level.before = level.left;
    level.left = [];
    level.last = null;
    level.disputed = false;
  };
  for (const token of tokens) {
    const level = levels.at(-1)!;
    if (token.kind === 'open') {
      // 行政诉讼（4件）: a number alone in brackets is of the words before them.
      levels.push({
        left: [],
        before: level.last ? [] : level.left.slice(-WORDS_BEFORE),
        last: null,
        within: level.last,
        disputed: false,
      });
    } else if (token.kind === 'close') {
      if (levels.length > 1) levels.pop();
    } else if (token.kind === 'comma' || token.kind === 'pause') end(level, token.kind);
    else if (token.kind === 'count') {
      const left = level.last ? joined(level.last) : level.left;
      const phrase: Phrase = {
        count: token,
        left,
        right: [],
        before: level.last ? [] : level.before,
        topic,
        within: level.within,
        after: level.last,
      };
      phrases.push(phrase);
      level.last = phrase;
      level.disputed = false;
      if (has(left, 'other') && !has(left, 'request')) topic = 'other';
    } else {
      const clause = level.last?.right ?? level.left;
      // 行政复议申请 is no request for information.
      if (token.kind === 'request' && !level.disputed) topic = 'request';
      if ((DISPUTES as string[]).includes(token.kind)) {
        topic = 'dispute';
        level.disputed = true;
      }
      clause.push(token.kind === 'year' ? named(token.word, year) : token);
    }
  }
  return { phrases, topic };
}

/** What stands before a number that another precedes; 由48件增加到60件 is said of the later. */
const joined = ({ left, right, after }: Phrase): Token[] =>
  after === null && left.at(-1)?.kind === 'origin' && has(right, 'reach') ? [...left.slice(0, -1), ...right] : right;

/** A year in digits, told from the year of the report. */
function named(word: string, year: number | null): Token {
  const distance = year === null ? 0 : Number(word) - year;
  if (distance < 0) return { kind: 'last', word, following: '' };
  if (distance > 0) return { kind: 'next', word, following: '' };
  return { kind: 'current', word, following: '' };
}

const has = (tokens: Token[], ...kinds: Kind[]): boolean => tokens.some((t) => (kinds as string[]).includes(t.kind));
const wordOf = (token: Token | undefined): string => (token && 'word' in token ? token.word : '');
const lastAt = (tokens: Token[], kind: Kind): number => tokens.findLastIndex((t) => t.kind === kind);

/** What a clause says: the lines that its number is of, that it is of none (`no`), or nothing (`open`). */
type Said = StatedLine[] | 'no' | 'open';

const DISPUTES: Kind[] = ['reconsideration', 'litigation'];
const OBJECTS: Kind[] = ['request', 'disclosure', 'other', 'thing', ...DISPUTES];

function said(phrase: Phrase, left: Token[], concluded: boolean): Said {
  const { count, right, before, topic } = phrase;
  if (count.inexact || isChange(left)) return 'no';
  // 收到106件信息公开申请: the object follows its number.
  const object = has(left, ...OBJECTS) ? [] : right.slice(0, leadingObjects(right));
  // 2件复议案件被维持 tells what became of some.
  if (has(object, ...DISPUTES) && has(right, 'result')) return 'no';
  const context = { topic, concluded };
  const first = judge([...left, ...object], context);
  if (first !== 'open') return first;
  // 5件申请结转下年度: so does the verb.
  const second = has(left, 'among') && has(right, 'receive', 'fresh') ? 'no' : judge([...left, ...right], context);
  if (second !== 'open' || phrase.within) return second;
  // 受理政府信息公开申请，共计153件: nothing but a filler stands with the number.
  const bare = [...left, ...right].every((t) => t.kind === 'current' || (t.kind === 'text' && isFiller(t.word)));
  return bare ? judge([...before, ...left], context) : 'open';
}

function leadingObjects(right: Token[]): number {
  const end = right.findIndex(
    (t) => t.kind !== 'text' && t.kind !== 'slice' && !(OBJECTS as string[]).includes(t.kind),
  );
  return end < 0 ? right.length : end;
}

const FILLERS = new Set('共计合总数量为累达到是有全年一了的其中、');
const isFiller = (text: string): boolean => [...text].every((c) => FILLERS.has(c));

/** By how much a number changed, or about how much it is: no number of the year. */
function isChange(left: Token[]): boolean {
  const nearest = left.at(-1)?.kind;
  if (nearest === 'changeBefore' || nearest === 'inexact' || nearest === 'origin') return true;
  const change = lastAt(left, 'change');
  // 增加到120件 states the number itself.
  if (change >= 0) return !has(left.slice(change + 1), 'reach');
  return has(left, 'compare');
}

interface Context {
  topic: Topic;
  /** Whether the sentence has told what was concluded. */
  concluded: boolean;
}

/** The rules, in the order of their force. */
function judge(words: Token[], { topic, concluded }: Context): Said {
  if (has(words, 'negation', 'ratio', 'span')) return 'no';
  const disputes = (['reconsideration', 'litigation'] as const).filter((kind) => has(words, kind));
  if (disputes.length > 0) {
    if (has(words, 'result', 'carry', 'pending', 'conclude')) return 'no';
    if (disputes.length === 1 || has(words, 'each', 'respectively')) return inOrder(words, disputes);
    return 'no';
  }
  if (has(words, 'other') || has(words, 'result')) return 'no';
  const moved = moving(words, { topic, concluded });
  if (moved !== 'open') return moved;
  if (has(words, 'outcome', 'last', 'next') || isSlice(words)) return 'no';
  return acted(words, topic);
}

const inOrder = (words: Token[], kinds: ('reconsideration' | 'litigation')[]): StatedLine[] =>
  [...kinds].sort((a, b) => words.findIndex((t) => t.kind === a) - words.findIndex((t) => t.kind === b));

/** 结转 and what is still being handled, by the year that stands with it in either order. */
function moving(words: Token[], { topic, concluded }: Context): Said {
  const moves = has(words, 'carry', 'goOn') || (has(words, 'next') && has(words, 'handle', 'conclude', 'answer'));
  const open = has(words, 'pending');
  if (!moves && !open) return 'open';
  if (topic !== 'request' && topic !== null && !has(words, 'request')) return 'no';
  const [last, next, carry] = [lastAt(words, 'last'), lastAt(words, 'next'), lastAt(words, 'carry')];
  if (next > last) return ['carried_out'];
  if (last >= 0) return ['carried_in'];
  if (open) return has(words, 'outcome') ? 'no' : ['carried_out'];
  const current = lastAt(words, 'current');
  // 结转至2022年 leads on, 结转至今年 up to here.
  if (carry >= 0 && current > carry)
    return !/\d/.test(wordOf(words[current]))
      ? ['carried_in']
      : has(words.slice(carry), 'reach')
        ? ['carried_out']
        : 'no';
  return concluded || has(words, 'goOn') ? ['carried_out'] : 'no';
}

/** Said of one way or one kind of applicant: a part of the whole, unless several are listed. */
function isSlice(words: Token[]): boolean {
  const slices = words.filter((t, i) => t.kind === 'slice' && words[i - 1]?.kind !== 'slice');
  return slices.length === 1 && !has(words, 'whole');
}

const ACTS: Kind[] = ['fresh', 'receive', 'submit', 'handle', 'conclude', 'answer'];

/** The verb decides; what it is done to must be a request, named here or spoken of before. */
function acted(words: Token[], topic: Topic): Said {
  const request = has(words, 'request');
  if (!request && (topic === 'other' || topic === 'dispute' || has(words, 'thing')))
    return has(words, 'thing') ? 'no' : 'open';
  const known = request || topic === 'request';
  const verbs = words.flatMap((token, i) => {
    if (!('following' in token) || !ACTS.includes(token.kind)) return [];
    const previous = words[i - 1];
    const negated = previous?.kind === 'text' && /[未待]/.test(previous.word);
    return [
      {
        i,
        kind: token.kind,
        word: token.word,
        describes: token.following === '的' || token.following === '后',
        negated,
      },
    ];
  });
  if (verbs.some((v) => v.negated)) return 'no';
  const main = verbs.filter((v) => !v.describes);
  const acts = main.length > 0 ? main : verbs;
  const [first, second] = acts;
  const both =
    (first?.kind === 'receive' || first?.kind === 'fresh') &&
    (second?.kind === 'conclude' || second?.kind === 'answer') &&
    words
      .slice(first.i + 1, second.i)
      .every((t) => t.kind === 'text' && [...t.word].every((c) => '并且和与及、以'.includes(c)));
  if (both && (known || first.kind === 'fresh')) return ['received', 'concluded'];
  const does = (kind: Kind) => acts.find((v) => v.kind === kind);
  const disclosure = has(words, 'disclosure');
  if (does('fresh')) return ['received'];
  const receive = does('receive');
  if (receive && (known || (disclosure && receive.word !== '新增'))) return ['received'];
  if (does('conclude')) return ['concluded'];
  const answer = does('answer');
  if (answer && (known || (disclosure && answer.word !== '完成'))) return ['concluded'];
  if (does('handle') && (known || disclosure)) return ['handled'];
  if (does('submit') && request) return ['received'];
  return 'open';
}

type Stated = Omit<Mention, 'sentence'>;

interface Found extends Stated {
  phrase: Phrase;
  /** Received, without 新: what was carried in may be counted in. */
  gross: boolean;
  /** 未经复议直接起诉 or 复议后起诉, each a part of the litigation where both or the whole are told. */
  half: boolean;
}

/** The mentions of a sentence: what each number says, given what was said before it. */
function stated(phrases: Phrase[]): Stated[] {
  let found: Found[] = [];
  const usedRight = new Set<Phrase>();
  /** A narrower body after 其中, with the largest number of its own; what exceeds that is of the whole again. */
  let body: number | null = null;
  /** The number whose terms are being told: 收到593件（含新收575件、上年结转18件）. */
  let sum: Found | undefined;
  let waiting: StatedLine[] = [];
  /** Lines that were told of several bodies, and never of all of them. */
  const scattered = new Set<StatedLine>();
  for (const phrase of phrases) {
    const { count, within } = phrase;
    const left = phrase.after && usedRight.has(phrase.after) ? [] : phrase.left;
    const concluded = found.some((m) => m.line === 'concluded');
    let lines = waiting.length > 0 ? [waiting.shift()!] : said(phrase, left, concluded);
    if (typeof lines !== 'string' && !has(left, 'reconsideration', 'litigation', ...VERBS)) usedRight.add(phrase);
    if (typeof lines !== 'string' && has(left, 'respectively')) {
      waiting = lines.slice(1);
      lines = lines.slice(0, 1);
    }
    const clause = [...phrase.before, ...left];
    const includes = has(clause, 'include', 'among');
    if (has(clause, 'exclude')) sum = undefined;
    else if (within) sum ??= found.find((m) => m.phrase === within);
    else if (includes) sum = found.at(-1);
    if (typeof lines === 'string') {
      sum = undefined;
      continue;
    }
    const among = has(clause, 'among') || within !== null;
    for (const line of lines) {
      const whole = found.find((m) => m.line === line && !m.part);
      const byBody = isOfSome(left) && (among || whole !== undefined || scattered.has(line));
      // 各镇收到20件，区级部门收到30件: neither is the whole.
      if (byBody && !among && whole && (isOfSome(whole.phrase.left) || count.value > whole.value)) {
        scattered.add(line);
        found = found.filter((m) => m !== whole);
      }
      if (byBody && scattered.has(line)) continue;
      if (byBody) body = Math.max(body ?? 0, count.value);
      else if (body !== null && count.value > body) body = null;
      const half = line === 'litigation' && isHalf(left);
      const fresh = has(left, 'fresh');
      const term = line === 'carried_in' || (line === 'received' && fresh);
      if (!term) sum = undefined;
      else if (sum?.gross && body === null && (includes || fresh)) found.splice(found.indexOf(sum), 1);
      if (sum && !found.includes(sum)) sum = undefined;
      const part = byBody || body !== null;
      if (whole && found.includes(whole) && !part && !half && count.value <= whole.value) continue;
      found.push({
        line,
        value: count.value,
        unit: count.unit,
        ...(part ? { part: true as const } : {}),
        phrase,
        gross: line === 'received' && !fresh,
        half,
      });
    }
  }
  const litigation = found.filter((m) => m.line === 'litigation').length;
  return found.map(({ line, value, unit, part, half }) => ({
    line,
    value,
    unit,
    ...(part || (half && litigation > 1) ? { part: true as const } : {}),
  }));
}

const VERBS: Kind[] = [...ACTS, 'carry', 'pending'];

/** Of one body, or of each of several. */
const isOfSome = (left: Token[]): boolean =>
  left.some(
    (token) =>
      token.kind === 'body' ||
      /^各(?:部门|单位|科室|镇|街道|乡镇)$/.test(wordOf(token)) ||
      (token.kind === 'each' && /[区县市镇乡街局委办]/.test(token.following)),
  );

const isHalf = (left: Token[]): boolean => left.some((t) => t.kind === 'silent' && /复议后?$/.test(t.word));

/** Sentences with their closing mark; line ends part sentences too. */
function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => line.match(/[^。；;！？!?]+[。；;！？!?]*/gu) ?? [])
    .map((s) => s.trim())
    .filter((s) => s !== '');
}
