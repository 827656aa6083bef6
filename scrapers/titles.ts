import { withoutFileType } from '../transforms/printed/file-types.ts';

/** Whether a title names an annual report on disclosure of government information. */
export type TitleVerdict = { kind: 'report' } | { kind: 'other'; reason: string };

/** Traditional and Taiwan forms of the characters that decide; for matching only, no text is converted with it. */
const FOLDED = new Map(
  '開开報报資资訊讯務务總总結结網网編编關关於于讀读圖图辦办評评審审統统計计徵征見见擬拟單单導导範范樣样說说規规劃划錄录環环財财預预學学醫医員员會会則则問问訓训準准業业檔档製制轉转發发稱称議议項项購购簡简閱阅檢检測测調调動动態态書书'
    .match(/../gu)
    ?.map((pair): [string, string] => [pair.slice(0, 1), pair.slice(1)]),
);

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

/** What a report ends in. A bare 报告 may be of any kind: then the title must say the year. */
const ANNUAL_HEAD =
  /(?:年度(?:工作)?报告|年度(?:工作)?情况(?:的)?报告|年报|年报告)(?:书)?(?:的?附[表件]|统计[报表]表?)?$/;
const BARE_HEAD = /报告(?:书)?$/;

/** 政府信息公开, also as 信息公开 or 主动公开; but not the disclosure of one kind of information under other rules. */
const TOPIC = /信息(?:主动)?(?:和?政务)?公开|政务公开.{0,2}(?:政府)?信息公开/;
const OTHER_TOPIC =
  /(?:环境|财政|财务|预算|决算|预决算|信用|食品安全|征地|土地|采购|招投标|企业|企事业单位|公共资源|项目|校务|院务|大学|学院|中学|小学|学校|幼儿园|医院|公司|银行)(?:(?:20)?\d\d(?:-\d+)?(?:学年|年)?度?)?信息公开/;
const POLICY_ANNUAL = /政务公开(?:工作)?(?:(?:20\d\d)年)?(?:年度(?:工作)?报告|年报)$/;
const PART_OF_YEAR = /季度|半年|月份|(?<!1月?[-~至到—]1)\d月(?!\d)|月报|季报|阶段性/;
const EXPLANATORY = /解读|读懂|看懂|问答|导读|速览|划重点/;
const ABOUT_WRITING = /(?:编制|编写|撰写|起草|报送|填报|上报|征集|征求|做好|开展|推进|加强).{0,30}(?:工作|事宜|意见)$/;
const DRAFT = /征求意见稿|草案|送审稿|模板|模版|样表|格式|样本|范本|参考文本/;
const YEAR = /(?:19|20)\d\d|二[〇○零O0][〇○零一二三四五六七八九]{2}|年度|全年|本年/;

/**
 * Judges a printed title, Simplified or Traditional, by the noun it ends in, its topic and its period. Notices about
 * reports, explanations, work summaries and reports on websites are `other`; picture twins (【图解】…, …（图片版）) are
 * reports, being witnesses of one.
 */
export function judgeTitle(title: string): TitleVerdict {
  // Some portals print the whole article in the title attribute; it also bounds the time of the patterns below.
  if (title.length > 400) return { kind: 'other', reason: 'too long for a title' };
  const folded = fold(title);
  const brackets = [...folded.matchAll(BRACKETED)].map((match) => match[1] ?? '');
  const bare = stripEnd(folded.replace(BRACKETED, ''));

  if (!bare) return other('no title');
  if (brackets.some((text) => DRAFT.test(text))) return other('template');
  if (EXPLANATORY.test(bare) || brackets.some((text) => EXPLANATORY.test(text) && !text.includes('附')))
    return other('explanation');
  if (ABOUT_WRITING.test(bare)) return other('notice');
  const head = HEADS.find(([pattern]) => pattern.test(bare));
  if (head) return other(head[1]);
  const annual = ANNUAL_HEAD.test(bare);
  if (!annual && !BARE_HEAD.test(bare)) return other('not a report');
  if (!TOPIC.test(bare)) return POLICY_ANNUAL.test(bare) ? { kind: 'report' } : other('another topic');
  if (OTHER_TOPIC.test(bare) && !/(?:政府|政务)信息公开/.test(bare)) return other('another topic');
  if (PART_OF_YEAR.test(bare) || brackets.some((text) => /季度|半年/.test(text))) return other('part of a year');
  if (!annual && !YEAR.test(folded)) return other('no period');
  return { kind: 'report' };
}

function other(reason: string): TitleVerdict {
  return { kind: 'other', reason };
}

const BRACKETED = /[([{【〔〖]([^()[\]{}【】〔〕〖〗]*)[)\]}】〕〗]/g;

function fold(title: string): string {
  return (
    [...title.normalize('NFKC')]
      .map((char) => FOLDED.get(char) ?? char)
      .join('')
      .replace(/[\p{Z}\p{C}\s《》〈〉“”"'‘’「」『』·]/gu, '')
      // Clone sites print readings after characters: 政(zheng)府(fu).
      .replace(/\((?:[a-zà-ÿāēīōūǎěǐǒǔǘǚǜü]+)\)/giu, '')
      .replace(/资讯|资(?=公开)/g, '信息')
      .replace(/讯息/g, '信息')
  );
}

const ENDINGS = [
  /[-_—–:：,，。.、!！…|]+$/,
  /(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?$/,
  /(?:图解|图片|图文|网页|公开|文字|电子|简)版$|(?:正文|全文)$/,
  /(?<=报告|年报)[-_—–:：|]*\d{1,2}$/,
  // Some titles name the publisher last, and page titles the site.
  /(?<=报告|年报)[-_—–:：|]*[\p{Script=Han}]{1,25}(?:局|委|厅|委员会|管委会|镇|乡|街道|政府|办公室|办事处|中心|分局|区|县|市|网|网站|门户)$/u,
];

/** Takes off what follows the noun without changing it. */
function stripEnd(text: string): string {
  const shorter = ENDINGS.reduce((rest, ending) => rest.replace(ending, ''), withoutFileType(text));
  return shorter === text ? text : stripEnd(shorter);
}
