import { foldForms } from '../characters/radicals.ts';
import { simplifyText } from '../characters/simplify.ts';
import { judgeTitle, piecesOf, withoutSuffix, YEAR } from './title.ts';

/** The title of an annual disclosure report, taken apart. */
export interface Title {
  /** As printed, white space gone. */
  text: string;
  publisher: string | null;
  year: number | null;
}

const DATED = String.raw`(?<year>${YEAR})(?:年度?)?`;
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
export function parseTitle(printed: string): Title | null {
  if (!printed.includes('公') || judgeTitle(printed).kind !== 'report') return null;
  const text = simplifyText(foldForms(printed).replace(/\s+/g, ''), 'traditional')
    .replace(/资讯公开/g, '信息公开')
    .replace(DOMAIN, '')
    .replace(TWIN, '')
    .replace(/^(?:附件\d{0,2}[:.、]?|\d{1,2}[.、](?=\D)|[【[][^】\]]{0,10}[】\]])/, '')
    .replace(/^[《"“]|[》"”]$/g, '');
  const title = withoutSuffix(text);
  const read = [title, ...piecesOf(title)].map(parseClean).find((t) => t !== null);
  return read ?? { text: title, publisher: null, year: yearOf(new RegExp(DATED, 'u').exec(title)?.groups?.year) };
}

function parseClean(text: string): Title | null {
  if (text.length < 6 || text.length > 80 || !/公开/.test(text)) return null;
  for (const form of FORMS) {
    const match = form.exec(text);
    if (match) return { text, ...datedOrgan(match.groups!.organ ?? '', yearOf(match.groups!.year)) };
  }
  return null;
}

/** A month after the year, or a year before the organ or the year, is of the publication or makes the year doubtful. */
function datedOrgan(organ: string, year: number | null): { publisher: string | null; year: number | null } {
  const range = /20\d\d年?度?[-–—~至和、]+$/.exec(organ);
  if (range) return { publisher: organOf(organ.slice(0, range.index)), year: null };
  if (/^\d{1,2}月/.test(organ))
    return { publisher: organOf(organ.replace(/^\d{1,2}月(?:\d{1,2}日)?/, '')), year: null };
  return { publisher: organOf(organ.replace(/^20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?/, '')), year };
}

/** A domain that a clone site swapped into a title, even inside the organ's name. */
const DOMAIN = /(?:https?:\/\/)?(?:[a-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org|cc|info|top|xyz|vip)(?:\/\S*)?/gi;

/** A title announced inside a sentence: "现公布广州市人民政府办公厅2021年政府信息公开工作年度报告。" */
export function findTitle(sentence: string): Title | null {
  const text = foldForms(sentence)
    .replace(/\s+/g, '')
    .replace(/资讯公开/g, '信息公开')
    .replace(DOMAIN, '');
  const announced = new RegExp(
    String.raw`(?:公布|发布|编制|制作|公开|撰写|形成|现将|的|,|。|:|^)(?<title>(?<organ>[\p{Script=Han}()、·]{3,40}?)${DATED}(?:的)?${WORDS})`,
    'gu',
  );
  for (const match of text.matchAll(announced)) {
    const organ = organOf(match.groups!.organ!);
    if (organ && ORGAN.test(organ))
      return {
        text: organ + match.groups!.title!.slice(match.groups!.organ!.length),
        publisher: organ,
        year: yearOf(match.groups!.year),
      };
  }
  return null;
}

const ORGAN =
  /(?:政府|办公室|办公厅|办|局|委员会|委|厅|院|部|署|处|中心|街道|镇|乡|会|社|馆|队|所|站|行|集团|公司|学校|医院|大学)$/;

function organOf(printed: string): string | null {
  const organ = printed
    .replace(/^(?:现将|现)?(?:关于|公布|发布|编制|撰写|制作|形成)?(?:了)?/, '')
    .replace(/(?:关于|的|[:：、,·—-])+$/, '');
  return /\p{Script=Han}{2}/u.test(organ) ? organ : null;
}

function yearOf(printed: string | undefined): number | null {
  if (!printed) return null;
  const digits = printed
    .replace(/[一二三四五六七八九]/g, (ch) => String('一二三四五六七八九'.indexOf(ch) + 1))
    .replace(/[〇○零Oo]/g, '0');
  const year = Number(digits);
  return year >= 2003 && year <= 2099 ? year : null;
}
