import { foldForms } from '../characters/radicals.ts';
import { memo } from '../memo.ts';
import { organName } from './organ.ts';
import { judgeTitle, piecesOf, plainTitle, withoutSuffix, YEAR } from './title.ts';

/** The title of an annual disclosure report, taken apart. */
export interface Title {
  /** As printed, white space gone. */
  text: string;
  publisher: string | null;
  year: number | null;
}

const DATED = String.raw`[(]?(?<year>${YEAR})(?:年度?)?[)]?`;
const WORDS = String.raw`(?:(?:政府)?信息(?:主动)?(?:和?政务)?公开|政务公开)(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:年度)?(?:情况)?(?:报告?书?|年报|总结报告)`;
const FORMS = [
  new RegExp(String.raw`^(?<organ>.*?)(?:关于)?${DATED}(?:度)?(?:的)?(?:全?[省市区县镇乡])?${WORDS}$`, 'u'),
  new RegExp(String.raw`^${DATED}(?<organ>.*?)${WORDS}$`, 'u'),
  new RegExp(
    String.raw`^(?<organ>.*?)(?:政府)?信息公开(?:工作)?${DATED}(?:度)?(?:年度)?(?:工作)?(?:年度)?(?:情况)?(?:的)?(?:报告|年报)$`,
    'u',
  ),
  new RegExp(String.raw`^(?<organ>.*?)${WORDS}[(]?${DATED}[)]?$`, 'u'),
  new RegExp(String.raw`^(?<organ>.*?)${WORDS}$`, 'u'),
];
const TWIN =
  /[(（【[](?:图解|图片版?|图文|文字版?|pdf版?|word版?|一图读懂|公开稿|全文)[^)）】\]]*[)）】\]]|^(?:图解|一图读懂)[:：|丨]?|[_\-|丨—]{1,2}[^_|丨—]{2,40}(?:门户)?(?:网站?|网|政府)$/gi;

/** Take a title apart; null when it is not judged to be the title of a report. */
export const parseTitle = memo((printed: string): Title | null => {
  if (!printed.includes('公') || judgeTitle(printed).kind !== 'report') return null;
  const text = cleaned(printed);
  const title = bare(text);
  const whole = parseClean(title);
  if (whole?.publisher && !whole.cut) return titleOf(whole);
  // What a site or list put before a title ends with white space or with a mark that no title holds.
  const tails = [...printed.matchAll(/\s+(?=\S)/g)]
    .slice(0, MOST_TAILS)
    .map(({ index }) => bare(cleaned(printed.slice(index))));
  const run = /[^\p{Script=Han}〇()、·\d]([\p{Script=Han}〇()、·\d]+)$/u.exec(title)?.[1] ?? '';
  const read = [whole, ...[...tails, run, ...piecesOf(title), title.replace(/[《》]/g, '')].map(parseClean)].filter(
    (t) => t !== null,
  );
  const named = read.find((t) => t.publisher !== null && !t.cut) ?? read.find((t) => t.publisher !== null);
  if (named) return titleOf(named);
  const dated = read.find((t) => t.year !== null) ?? read[0];
  return {
    text: dated?.text ?? title,
    publisher: organInBrackets(text) ?? organBefore(printed) ?? organBehind(printed),
    year: dated ? dated.year : yearIn(title),
  };
});

/** A trail of links has fewer words. */
const MOST_TAILS = 20;
const titleOf = ({ text, publisher, year }: Title): Title => ({ text, publisher, year });

/**
 * Likewise the title of a notice that announces a report, or one that a list cut short: whose and of which year the
 * report is, if the page is one.
 */
export function parseCandidate(printed: string): Title | null {
  if (!printed.includes('信') || judgeTitle(printed).kind !== 'candidate') return null;
  const text = cleaned(printed);
  const announced = /^.*(?:年度报告|工作报告|年报)/.exec(text)?.[0];
  const read = announced === undefined ? null : parseClean(announced);
  if (read) return { ...titleOf(read), text };
  const { organ, year } = new RegExp(`^(?<organ>.*?)${DATED}`, 'u').exec(text)?.groups ?? {};
  return { text, ...datedOrgan(organ ?? '', yearOf(year)) };
}

/** Plain, without what a title's site or list put around it. */
const cleaned = (printed: string): string =>
  plainTitle(printed)
    .replace(/资讯公开/g, '信息公开')
    .replace(DOMAIN, '')
    .replace(TWIN, '')
    .replace(/^(?:附件\d{0,2}[:.、]?|\d{1,2}[.、](?=\D)|[【[][^】\]]{0,10}[】\]])/, '')
    .replace(/^[《"“]|[》"”]$/g, '');

/** `cut`: words before the organ's name were left out of it. */
function parseClean(text: string): (Title & { cut: boolean }) | null {
  if (text.length < 6 || text.length > LONGEST_TITLE || !/公开/.test(text)) return null;
  for (const form of FORMS) {
    const match = form.exec(text);
    if (!match) continue;
    const organ = match.groups!.organ ?? '';
    const read = datedOrgan(organ, yearOf(match.groups!.year));
    const at = read.publisher === null ? 0 : organ.indexOf(read.publisher);
    const before = organ.slice(0, at);
    // Field names, bullets and navigation before the organ are no part of the title.
    const lead = text.startsWith(organ) ? (LEADING.exec(before)?.[0].length ?? 0) : 0;
    const year = read.year ?? yearOf(YEAR_BEFORE.exec(before)?.groups?.year);
    return { text: text.slice(lead), publisher: read.publisher, year, cut: before !== '' };
  }
  return null;
}

/** With a trail of links before it. */
const LONGEST_TITLE = 200;
/** 现公布2022年某局…, but not 2020-2021年. */
const YEAR_BEFORE = new RegExp(String.raw`(?<!\d年?度?[-–—~至和])${DATED}$`, 'u');
/** All up to the last character that no organ's name holds. */
const LEADING = /^.*[^\p{Script=Han}〇()、·\d]/u;

/** 2022年政府信息公开工作年度报告（示例市水务局） */
const IN_BRACKETS = /(?<=报告|年报)\(((?:[^()]|\([^()]{1,20}\)){3,40})\)$/;
const organInBrackets = (title: string): string | null => organName(IN_BRACKETS.exec(title)?.[1] ?? '');

/** 【示例市水务局】2022年政府信息公开工作年度报告 */
const organBefore = (printed: string): string | null =>
  organName(/^[([【]([^()[\]【】]{3,40})[)\]】]/.exec(plainTitle(printed))?.[1] ?? '');

/** 2022年政府信息公开工作年度报告——示例市水务局; behind a shorter dash stands the name of a site. */
const organBehind = (printed: string): string | null =>
  organName(/(?<=报告|年报)[—–―]{2}([^—–―]{3,40})$/.exec(plainTitle(printed))?.[1] ?? '');

/** Without suffixes and an organ in brackets. */
const bare = (title: string): string =>
  withoutSuffix(organInBrackets(title) === null ? title : title.replace(IN_BRACKETS, ''));

/** A month after the year, or a year before the organ or the year, is of the publication or makes the year doubtful. */
function datedOrgan(organ: string, year: number | null): { publisher: string | null; year: number | null } {
  const range = /20\d\d年?度?[-–—~至和、]+$/.exec(organ);
  if (range) return { publisher: organName(organ.slice(0, range.index)), year: null };
  if (/^\d{1,2}月/.test(organ))
    return { publisher: organName(organ.replace(/^\d{1,2}月(?:\d{1,2}日)?/, '')), year: null };
  return { publisher: organName(organ.replace(/^20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?/, '')), year };
}

/** A domain that a clone site swapped into a title, even inside the organ's name. */
const DOMAIN = /(?:https?:\/\/)?(?:[a-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org|cc|info|top|xyz|vip)(?:\/\S*)?/gi;

/**
 * A title that a sentence announces: "现公布广州市人民政府办公厅2021年政府信息公开工作年度报告。", also in book marks. A
 * verb must stand before it, and organ and year in it: prose names reports of others, laws and formats too.
 */
export function findTitle(sentence: string): Title | null {
  const text = foldForms(sentence)
    .replace(/[\s\p{C}]+/gu, '')
    .replace(/资讯公开/g, '信息公开')
    .replace(DOMAIN, '');
  for (const { index, 0: verb } of text.matchAll(ANNOUNCING)) {
    const rest = text.slice(index + verb.length, index + verb.length + LONGEST_ANNOUNCED);
    const title = parseClean(ANNOUNCED.exec(rest)?.[1] ?? '');
    if (title === null || title.year === null) continue;
    const { publisher, year } = title;
    if (publisher === null && OWN.test(rest)) return { text: title.text, publisher, year };
    if (publisher !== null)
      return { text: title.text.slice(Math.max(0, title.text.indexOf(publisher))), publisher, year };
  }
  return null;
}

const ANNOUNCING = /(?:公布|发布|公开|印发|编制|制作|撰写|形成|现将)了?《?|^《?/g;
/** Our own, which only the year is known of. */
const OWN = /^[我本](?:\p{Script=Han}|单位|机关|部门|街道)(?=20|二)/u;
const LONGEST_ANNOUNCED = 100;
const ANNOUNCED = /^([^,。;:!?《》]*?(?:年度报告|年度情况报告|工作报告|年报)书?)(?!格式|模[板版]|编制|的?通知|解读)/;

const yearIn = (text: string): number | null => yearOf(new RegExp(DATED, 'u').exec(text)?.groups?.year);

function yearOf(printed: string | undefined): number | null {
  if (!printed) return null;
  const digits = printed
    .replace(/[一二三四五六七八九]/g, (ch) => String('一二三四五六七八九'.indexOf(ch) + 1))
    .replace(/[〇○零Oo]/g, '0');
  const year = Number(digits);
  return year >= 2003 && year <= 2099 ? year : null;
}
