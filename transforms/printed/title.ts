import { simplifyText } from '../characters/simplify.ts';
import { foldForms } from '../characters/radicals.ts';
import { memo } from '../memo.ts';
import { withoutFileType } from './file-types.ts';

/**
 * What a printed title names. A `candidate` may be a report that only its page can show: a list cut the title short, or
 * a notice announces the report that stands below it.
 */
export type TitleVerdict = { kind: 'report' } | { kind: 'candidate' | 'other'; reason: string };

/** Some portals print the whole article in the title attribute; the bound is also that of the patterns' time. */
const LONGEST = 400;

/**
 * Judges a printed title, Simplified or Traditional, by the noun it ends in, its topic and its period. Notices about
 * reports, explanations, work summaries and reports on websites are `other`; picture twins (【图解】…, …（图片版）) are
 * reports, being witnesses of one. Where a site put its name or advertising around it, the title is found among the pieces.
 */
export const judgeTitle = memo((printed: string): TitleVerdict => {
  if (printed.length > LONGEST) return other('too long for a title');
  const folded = fold(printed);
  const whole = judge(folded);
  if (whole !== NO_NOUN) return whole;
  if (piecesOf(folded).some((piece) => judge(piece).kind === 'report')) return { kind: 'report' };
  return CUT.test(folded) ? { kind: 'candidate', reason: 'cut short' } : NO_NOUN;
});

const other = (reason: string): TitleVerdict => ({ kind: 'other', reason });
const NO_NOUN = other('not a report');

/** Chinese titles end in the noun that says what the document is; these may stand where a report's noun stands. */
const HEADS: [RegExp, string][] = [
  [/(?:通知|通报|通告|公告|公示|启事|函|批复|复函|答复)(?:书)?$/, 'notice'],
  [/总结(?:报告|材料)?$/, 'summary of work'],
  [/(?:解读|解析|问答|说明|简介|综述|亮点|摘要|要点|导读)$/, 'explanation'],
  [
    /(?:办法|规定|制度|意见|方案|细则|条例|规范|标准|要求|指南|指引|须知|计划|规划|流程|流程图|机制|目录)$/,
    'rule or guide',
  ],
  [/(?:格式|模板|模版|范本|样本|样表|样式|范例|提纲|空表)$/, 'template'],
  [/(?:会议|培训|培训会|推进会|工作会|动态|简报|新闻|快讯|活动|会|名单|名录|指数|结果|情况)$/, 'news or list'],
  [
    /(?:评估|考核|测评|自查|检查|调研|评议|调查|审计|评价|督查|整改|问卷|统计|分析|排名|述职|研究)(?:情况)?报告(?:书)?$/,
    'report of another kind',
  ],
];

const ANNUAL_HEAD =
  /(?:年度(?:工作)?报告|年度(?:工作)?情况(?:的)?报告|年报|年报告)(?:书)?(?:的?附[表件]|统计[报表]表?)?$/;
const BARE_HEAD = /报告(?:书)?$/;

/** 政府信息公开, also as 信息公开 or 主动公开; but not the disclosure of one kind of information under other rules. */
const TOPIC = /信息(?:主动)?(?:和?政务)?公开|政务公开.{0,2}(?:政府)?信息公开/;
const OTHER_TOPIC =
  /(?:环境|财政|财务|预算|决算|预决算|信用|食品安全|征地|土地|采购|招投标|企业|企事业单位|公共资源|项目|校务|院务|大学|学院|中学|小学|学校|幼儿园|医院|公司|银行)(?:(?:20)?\d\d(?:-\d+)?(?:学年|年)?度?)?信息公开/;
const POLICY_ANNUAL = /政务公开(?:工作)?(?:(?:20\d\d)年)?(?:年度(?:工作)?报告|年报)$/;
const PART_OF_YEAR = /季度|半年|月份|月报|季报|阶段性/;
/** With an annual noun, a month is that of publication. */
const MONTH = /(?<!1月?[-~至到—]1)\d月(?!\d)/;
/** Universities report on academic years, under another rule. */
const ACADEMIC = /学年/;
const EXPLANATORY = /解读|读懂|看懂|问答|导读|速览|划重点/;
const ABOUT_WRITING =
  /(?:编制|编写|撰写|起草|报送|填报|上报|征集|征求|做好|开展|推进|加强).{0,30}(?:工作|事宜|意见)$|关于(?:进一步|切实|认真)?(?:做好|报送|填报|上报|编制|征求)|(?<!机构)(?:编制|编写|撰写).{0,60}(?:报告|年报)$/;
const DRAFT = /征求意见稿|草案|送审稿|模板|模版|样表|格式|样本|范本|参考文本/;
/** A notice whose page is the report: it publishes one, and asks nobody to write one. */
const ANNOUNCES =
  /(?:公布|公开|发布|印发|公示).{0,60}(?:年度报告|工作报告|年报)|(?:年度报告|工作报告|年报).{0,4}(?:公布|发布|印发|公示)/;
const ASKS = /做好|编制|编写|填报|报送|上报|征求|征集|转发|统计|格式|开展|推进|加强/;
/**
 * A title that the list cut inside its last words, which so far are those of a report, or before them: after the year, or
 * after the organ.
 */
const CUT =
  /(?:政府信息?|信息公?|信息公开(?:工作?|情况?|的|年|度|报告?|[(]|(?:19|20)?\d{1,2}){0,8}|^(?!关于)[^,。:;!?]{2,40}(?:(?<!\d)20\d{0,2}年?度?政?府?|局|厅|委|委员会|办公?室?|办事处|政府|院|队|中心|镇|乡|街道))(?:\.{2,}|…)$/;

function judge(title: string): TitleVerdict {
  const brackets = [...title.matchAll(BRACKETED)].map((match) => match[1] ?? '');
  const bare = stripEnd(title.replace(BRACKETED, '').replace(BRACKETED, ''));
  if (!bare) return other('no title');
  if (bare.includes('。')) return other('a sentence');
  if (brackets.some((text) => DRAFT.test(text))) return other('template');
  if (EXPLANATORY.test(bare) || brackets.some((text) => EXPLANATORY.test(text) && !text.includes('附')))
    return other('explanation');
  if (ABOUT_WRITING.test(bare)) return other('notice');
  // What stands where a list cut is no noun: 委员会….
  const head = /(?:\.{2}|…)$/.test(title) ? undefined : HEADS.find(([pattern]) => pattern.test(bare))?.[1];
  if (head === 'notice' && TOPIC.test(bare) && ANNOUNCES.test(bare) && !ASKS.test(bare))
    return { kind: 'candidate', reason: 'announces a report' };
  if (head) return other(head);
  const annual = ANNUAL_HEAD.test(bare);
  if (!annual && !BARE_HEAD.test(bare)) return NO_NOUN;
  if (!TOPIC.test(bare)) return POLICY_ANNUAL.test(bare) ? { kind: 'report' } : other('another topic');
  if (ACADEMIC.test(bare)) return other('academic year');
  if (OTHER_TOPIC.test(bare) && !/(?:政府|政务)信息公开/.test(bare)) return other('another topic');
  if (PART_OF_YEAR.test(bare) || (!annual && MONTH.test(bare)) || brackets.some((text) => /季度|半年/.test(text)))
    return other('part of a year');
  return { kind: 'report' };
}

const BRACKETED = /[([{【〔〖]([^()[\]{}【】〔〕〖〗]*)[)\]}】〕〗]/g;

/** Forms and script folded; white space, marks that are not seen and colours of terminals gone. */
export const plainTitle = (title: string): string =>
  // eslint-disable-next-line no-control-regex
  simplifyText(foldForms(title.replace(/\u001b\[[\d;]{0,20}m/g, '')).replace(/[\p{Z}\p{C}\s]+/gu, ''), 'traditional');

/** For judging only: quotation marks and the readings of clone sites gone as well. */
const fold = (title: string): string =>
  plainTitle(title)
    .replace(/[《》〈〉“”"'‘’「」『』·•]/g, '')
    // Clone sites print readings after characters: 政(zheng)府(fu).
    .replace(/\((?:[a-zà-ÿāēīōūǎěǐǒǔǘǚǜü]+)\)/giu, '')
    .replace(/资讯|资(?=公开)/g, '信息')
    .replace(/讯息/g, '信息');

/** A year as titles print it. */
export const YEAR = '(?:20\\d\\d|二[〇○零Oo0][一二三四五六七八九〇○零Oo0]{2})';
/** What follows the noun without changing it. */
const SUFFIXES = [
  /(?<![-_—–:：,，、!！…|.])[-_—–:：,，、!！…|.]+$/,
  /(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}[:时]\d\d分?(?::?\d\d秒?)?)?$/,
  /\(?(?:图解|图片|图文|网页|公开|文字|电子|简|修订|修改|更正|更新|最终|正式|定|终)[版稿]\)?$|(?:正文|全文|附件)?(?:下载|new)$|(?:正文|全文)$/i,
  /(?<=报告|年报)[-_—–:：|]*\d{1,2}$/,
];
const ENDINGS = [
  ...SUFFIXES,
  new RegExp(`(?<=报告书?|年报)${YEAR}年?度?$`),
  // Some titles name the publisher last, and page titles the site.
  /(?<=报告|年报)[-_—–:：|]*[\p{Script=Han}]{1,25}(?:局|委|厅|委员会|管委会|镇|乡|街道|政府|办公室|办事处|中心|分局|区|县|市|网|网站|门户)$/u,
];

function strip(text: string, endings: RegExp[]): string {
  const shorter = endings.reduce((rest, ending) => rest.replace(ending, ''), withoutFileType(text));
  return shorter === text ? text : strip(shorter, endings);
}
const stripEnd = (text: string): string => strip(text, ENDINGS);

/** A title without what only says which version, file or day it is. */
export const withoutSuffix = (title: string): string => strip(title, SUFFIXES);

/** A clause about a report goes on with these, a site's name does not. */
const PROSE = /(?:年度报告|工作报告|年报)[^_|<>-]{0,60}(?:[的了]|进行|如下|显示|获评)/;

/** Pieces of a title to which a site added its own name or advertising, with or without a mark between. */
export const piecesOf = (text: string): string[] => [
  ...text.split(/[_|丨【】《》<>「」!,，。;]|-{1,2}|—{1,2}/),
  ...(PROSE.test(text) ? [] : (/^.*?(?:年度报告|工作报告|年报)/.exec(text) ?? [])),
];
