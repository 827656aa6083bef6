import type { Mention, Section } from '../report.ts';

/**
 * Numbers that the prose states for a line of the form, each with its sentence. They never become facts; the
 * `prose.*` equations compare them with the tables.
 *
 * A sentence is cut into clauses and a clause at its counted numbers. The words between a number and the one before it
 * say what it counts; where they say nothing, the words behind it do (`9件结转下年度`).
 */
export function mentionsOf(sections: Section[]): Mention[] {
  return sections.flatMap((section) => sentencesOf(section.text).flatMap(mentionsIn));
}

type Line = 'received' | 'carried_in' | 'concluded' | 'handled' | 'carried_out' | 'reconsideration' | 'litigation';

const YEAR_BEFORE = String.raw`(?:上|去|前|往)一?个?年(?:度)?`;
const YEAR_AFTER = String.raw`(?:下|次|翌|明|20\d\d)一?个?年(?:度)?`;
const CARRY = '(?:结转|转结|接转|转接|遗留|留转|顺延|延续|延期|移交|跨年|转入|转来|转)';

/** Words that tell what a number counts; of two that begin at one place the first in this list. */
const WORDS = {
  // Lines of the form that are named by one phrase.
  carriedOut: `${CARRY}(?:至|到|入|往|在|于)?${YEAR_AFTER}|(?:留|放)(?:至|到|待)${YEAR_AFTER}|下一?年(?:度)?(?:继续)?(?:办|处)理|(?:正|尚|仍|还)(?:在|处于)(?:办|处)理(?:过程)?|(?:尚|仍|还)?未办(?:结|理完)`,
  carriedIn: `${YEAR_BEFORE}(?:尚?未办[结理]|${CARRY})|${CARRY}(?:自|于|的)?${YEAR_BEFORE}`,
  carried: '结转|转结',
  litigation: '诉讼|起诉|应诉',
  reconsideration: '复议',
  // What becomes of a request is no line that prose is compared with.
  outcome:
    '予以公开|部分公开|同意公开|依法公开|不予|无法提供|维持|纠正|纠错|撤[销回]|驳回|违法|审[结理]|[败胜]诉|逾期|超期|超时|延期|未(?:按|在|能|予)|补正|告知|移送|转办|不存在|不属于|非政府信息|重复|其他处理|其他结果|不掌握',
  totalHandled: '办理总[数量]',
  concluded: '办结|办理完[毕结成]|办毕|办完|答复|回复',
  newlyReceived: '新(?:收到?|受理|接[收到]?)',
  received: '收到|接收到?|接到|收悉|受理|提交|递交|提出|新增|收(?=取?(?:政府|信息|依申请|各类|申请))',
  handled: '办理|处理|处置',
  // Other matters that are received, answered and handled.
  other:
    '投诉|举报|信访|来信|来电|来访|咨询|留言|建议|提案|议案|热线|工单|诉求|网友|信箱|信件|问题|处罚|许可|审批|培训|会议|文件|主动公开|人大|政协|舆情|意见|提问|记者',
  // A bare 申请 may be for anything (申请低保): it ends the words, or goes on to how many.
  request: '公开件|信息公开|公开信息|政府信息|公开申请|依申请|申请(?=$|[件宗事数总共合为是已均全])',
  // One way in, or one kind of applicant, is a part of the whole; several are all of it.
  portion:
    '互联网|网[络上站页]|在线|线上|平台|当面|当场|现场|信函|邮[寄政递件箱]|传真|电子|窗口|自然人|公民|个人|法人|企业|组织|机构',
  // Not the number of this year.
  difference: '增[加长多幅]|减[少幅]|上升|下降|上涨|同比|环比|(?:比|较)(?=上|去|前|往|20)',
  otherPeriod: `${YEAR_BEFORE}|季度|[上下]半年|历年|以来`,
  joint: '[、和及与并或]|以及|等',
};
type Word = keyof typeof WORDS;

const WORD = new RegExp(
  Object.entries(WORDS)
    .map(([word, pattern]) => `(?<${word}>${pattern})`)
    .join('|'),
  'gu',
);

interface Said {
  word: Word;
  at: number;
  /** `收到的申请`: it tells which requests, and another verb what was done with them. */
  relative: boolean;
}

function wordsOf(text: string): Said[] {
  return [...text.matchAll(WORD)].map((match) => ({
    word: Object.entries(match.groups!).find(([, found]) => found !== undefined)![0] as Word,
    at: match.index,
    relative: text[match.index + match[0].length] === '的',
  }));
}

/**
 * The lines whose number follows the words `before`; none where they count something else, null where they say nothing.
 * What is counted may stand behind the number (`收到106件信息公开申请`).
 */
function countedAfter(before: string, behind: string): Line[] | null {
  const words = wordsOf(before);
  const has = (...kinds: Word[]): boolean => words.some(({ word }) => kinds.includes(word));
  const lastOf = (...kinds: Word[]): number => words.findLastIndex(({ word }) => kinds.includes(word));
  if (has('difference', 'otherPeriod') || isPortion(words)) return [];

  const dispute = lastOf('litigation', 'reconsideration');
  if (dispute >= 0) {
    const line = words[dispute]!.word as Line;
    const joined = words.slice(0, dispute).findLast(({ word }) => word === 'joint' || word !== 'request');
    const other = words.slice(0, dispute).findLast(({ word }) => word === 'litigation' || word === 'reconsideration');
    const isSum = other && other.word !== line && joined?.word === 'joint' && joined.at > other.at;
    return isSum || lastOf('outcome', 'concluded') > dispute ? [] : [line];
  }
  if (has('carriedOut')) return has('outcome') ? [] : ['carried_out'];
  if (has('outcome')) return [];
  if (has('carriedIn')) return has('concluded') ? [] : ['carried_in'];
  if (has('carried')) return null;
  if (has('totalHandled')) return ['handled'];
  return doneWith([
    ...words,
    ...wordsOf(behind)
      .slice(0, 1)
      .filter(({ word }) => word === 'request' || word === 'other'),
  ]);
}

/** What was done with requests, by the verb that is not about which requests they are. */
function doneWith(words: Said[]): Line[] | null {
  const verbs = words.filter(({ word }) => isVerb(word));
  if (verbs.length === 0) return null;
  if (words.some(({ word }) => word === 'other')) return [];
  const own = verbs.filter(({ relative }) => !relative);
  const said = new Set((own.length > 0 ? own : verbs).map(({ word }) => word));
  const isNew = said.has('newlyReceived');
  const ofRequests = words.some(({ word }) => word === 'request');
  const receives = isNew || (said.has('received') && ofRequests);
  if (receives && said.has('concluded')) {
    const [first, second] = own;
    const between = words.filter(({ at }) => at > first!.at && at < second!.at);
    // `收到并办结申请12件` says both; else the last verb has the number.
    if (between.length > 0 && between.every(({ word }) => word === 'joint')) return ['received', 'concluded'];
    return [own.at(-1)!.word === 'concluded' ? 'concluded' : 'received'];
  }
  if (receives) return ['received'];
  if (said.has('concluded')) return ['concluded'];
  return said.has('handled') && ofRequests ? ['handled'] : null;
}

const isVerb = (word: Word): boolean => /^(concluded|newlyReceived|received|handled)$/.test(word);

function isPortion(words: Said[]): boolean {
  const portions = words.filter(({ word }) => word === 'portion');
  const verb = words.some(({ word }) => isVerb(word));
  return verb && portions.length === 1 && !words.some(({ word }, i) => word === 'joint' && isBeside(words, i));
}
const isBeside = (words: Said[], i: number): boolean =>
  words[i - 1]?.word === 'portion' || words[i + 1]?.word === 'portion';

/** The lines of a number with these words behind it: what became of so many. */
function countedBefore(text: string): Line[] {
  const words = wordsOf(text);
  const first = words.find(({ word }) => word !== 'request');
  if (!first || words.some(({ word }) => word === 'outcome' || word === 'difference')) return [];
  if (first.word === 'carriedOut') return ['carried_out'];
  if (first.word === 'carriedIn') return ['carried_in'];
  if (first.word === 'litigation' || first.word === 'reconsideration')
    return [words.findLast(({ word }) => word === 'litigation' || word === 'reconsideration')!.word as Line];
  return first.word === 'concluded' && /已|均|全部/.test(text) ? ['concluded'] : [];
}

const NUMBER = /(?<![\d.]|\d,)(?<value>\d[\d,]{0,14})(?<unit>件次|件|宗|条|起|例|次|份|项)(?!以[上下内])/gu;

interface Counted {
  value: number;
  unit: string;
  at: number;
  end: number;
}

const numbersIn = (text: string): Counted[] =>
  [...text.matchAll(NUMBER)].map((match) => ({
    value: Number(match.groups!.value!.replaceAll(',', '')),
    unit: match.groups!.unit!,
    at: match.index,
    end: match.index + match[0].length,
  }));

/** 其中 before a narrower body (市本级, 办公室) makes what follows a part of the whole. */
const PART = /其中[^。;]{0,20}(?:本级|机关本部|本部门|办公[室厅]|镇街|街道|部门)/;

function mentionsIn(sentence: string): Mention[] {
  const text = sentence.normalize('NFKC').replace(/\s+/g, '');
  const numbers = numbersIn(text);
  if (numbers.length === 0) return [];
  const clauses = clausesOf(text, numbers);
  const part = PART.exec(text);
  const partFrom = part ? part.index + part[0].length : Infinity;
  const years = yearsIn(text);
  let concluded = false;
  let ofOther = false;
  return numbers.flatMap(({ value, unit, at, end }, i) => {
    const { before, behind } = clauses[i]!;
    let lines = countedAfter(before, behind) ?? countedBefore(behind);
    // `办结9件,结转2件`: what is not concluded is carried on.
    if (lines.length === 0 && concluded && /^[^\d]{0,4}(?:结转|转结)[^\d上去]{0,8}$/.test(before))
      lines = ['carried_out'];
    if (lines.includes('received') && (isSum(text.slice(end, end + 40)) || years.isEarlier(at))) lines = [];
    // `收到工单9件,办结8件`: of what was said before.
    const words = wordsOf(before + behind);
    if (lines.length === 0 && words.some(({ word }) => word === 'other')) ofOther = true;
    else if (words.some(({ word }) => word === 'request')) ofOther = false;
    else if (ofOther && lines.includes('concluded')) lines = [];
    concluded ||= lines.includes('concluded');
    return lines.map((line) => ({ line, value, unit, sentence, ...(at > partFrom ? { part: true as const } : {}) }));
  });
}

/** Words that say nothing by themselves: `收到申请,共计12件`. */
const FILLER = /^(?:[共总合]?计?|其中|总[数量]|数量|为|是|达到?|有)*$/;

/**
 * The words before each number and behind it, up to the next number or the end of the clause. Parentheses are clauses of
 * their own, without which the text around them is read; a number alone in them belongs to the words before them.
 */
function clausesOf(text: string, numbers: Counted[]): { before: string; behind: string }[] {
  const found = numbers.map(() => ({ before: '', behind: '' }));
  let next = 0;
  let at = 0;
  const read = (depth: number): void => {
    let words = '';
    let before = '';
    let last: number | null = null;
    const end = (): void => {
      if (last !== null) found[last]!.behind = words;
      // Words of a clause without a number go on to a number that has no words.
      before = last === null ? words : '';
      [words, last] = ['', null];
    };
    for (; at < text.length; at++) {
      const number = numbers[next];
      if (number?.at === at) {
        if (last !== null) found[last]!.behind = words;
        found[next]!.before = FILLER.test(words) && last === null ? before + words : words;
        [words, before, last] = ['', '', next++];
        at = number.end - 1;
      } else if (text[at] === '(' && depth < 4) {
        at++;
        const inner = next;
        read(depth + 1);
        // `行政诉讼(4件)`
        if (next === inner + 1 && found[inner]!.before === '' && found[inner]!.behind === '')
          found[inner]!.before = words;
      } else if (text[at] === ')' && depth > 0) break;
      else if (/[,;。!?]/.test(text[at]!)) end();
      else words += text[at]!;
    }
    if (last !== null) found[last]!.behind = words;
  };
  read(0);
  return found;
}

/** "收到申请593件（含新收575件、上年结转18件）": the number is a sum over two lines, not 新收. */
const isSum = (rest: string): boolean =>
  /^[(,]?(?:其中|[包]?含|包括)[:,]?[^未不,()]{0,8}?(?:新收|[上去]一?年)/.test(rest) || /^\([^()\d]{0,6}新收/.test(rest);

/** Where a sentence compares years, the last of them is the report's. */
function yearsIn(text: string): { isEarlier: (at: number) => boolean } {
  const years = [...text.matchAll(/(?<!\d|至|到|入|转)(20\d\d)年/g)].map((m) => ({ at: m.index, year: Number(m[1]) }));
  const latest = Math.max(...years.map(({ year }) => year));
  return {
    isEarlier: (at) => {
      const own = years.findLast((year) => year.at < at);
      return own !== undefined && own.year < latest;
    },
  };
}

/** Sentences with their closing mark; line ends part sentences too. */
function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => line.match(/[^。；;！？!?]+[。；;！？!?]*/gu) ?? [])
    .map((s) => s.trim())
    .filter((s) => s !== '');
}
