/**
 * The name of an organ as it stands in a title, Simplified and folded: the last stretch of letters of the script, without
 * what announces the report or leads to it (现公布, 标题, 首页…), when it ends as organs do. Null for all else: pronouns
 * (我局), names of columns (街道办事处), of sites and of whatever a mirror put there, clauses of prose.
 */
export function organName(printed: string): string | null {
  if (printed.length > LONGEST_PRINTED) return null;
  const [stretch] = /[\p{Script=Han}〇()、·\d]+$/u.exec(printed.replace(UNSEEN, '').replace(TRAIL, '')) ?? [''];
  const name = balanced(stretch.slice(LEAD.exec(stretch)?.[0].length ?? 0).replace(VERBS, '')).replace(EDGE, '');
  const own = name.replace(/\([^()]*\)$/, '');
  const isOrgan = name.length <= LONGEST && ENDING.test(own) && !GENERIC.test(own) && !PRONOUN.test(own);
  return isOrgan && !NO_NAME.test(name) ? name : null;
}

/** The longest names of organs, those of joint offices with a second name in brackets, have about 45 characters. */
const LONGEST = 50;

/** As that of titles. */
const LONGEST_PRINTED = 400;

const UNSEEN = /[\p{C}\p{Z}\s]/gu;
/** Between the organ and the year. */
const TRAIL = /(?:关于|公布|发布|公开|印发|公示|编制|的|[:、,·—-])+$/;
/** Words that no name holds, before one: of navigation, of field names, of announcing. */
const LEAD = /^.*(?:首页|年报|年度报告|专栏|栏目|标题|关于|公布|印发|转发|现将|撰写|向社会(?:各界|公众)?)/;
/** Names hold these too (机构编制委员会), but do not begin with them. */
const VERBS = /^(?:公开|发布|公示|编制|制作|形成|了)+/;
/** Bullets, numbers and bracketed notes before a name. */
const EDGE = /^(?:\d+年?度?|[、·]|\([^()]*\))+/;

/** From the last bracket on that has no partner. */
function balanced(text: string): string {
  const open: number[] = [];
  let from = 0;
  for (const [i, char] of [...text].entries())
    if (char === '(') open.push(i);
    else if (char === ')' && open.pop() === undefined) from = i + 1;
  return text.slice(Math.max(from, ...open.filter((i) => i >= from).map((i) => i + 1)));
}

/** How organs end, and the divisions, towns and zones that stand for theirs. */
const ENDING =
  /.(?:[省市县区州旗盟镇乡局委厅院部署处办会社馆队所站行司团校府室组狱师]|街道|苏木|地区|海关|中心|大学|中学|小学|幼儿园|集团|新城|科技城|产业园|工业园|[农林牧渔茶机]场|[象震视电文]台|支库|[残文妇侨科商记台]联|[科作记]协|农垦|[城交国]投)$/;
/** What names no organ in particular: the name of a column of many. */
const GENERIC =
  /^(?:各|市直|县直|区直|下属|直属|乡镇|镇街|街镇|街道|乡|镇|区县|县区|县市|市县|园区|部门|单位|机关|机构|人民政府|政府|办公[室厅]|办事处|委员会|管委会|管理委员会|委|局|办)+$/;
const PRONOUN =
  /^(?:(?:我|本|该|各|此)(?:单位|机关|部门|[省市县区州旗盟镇乡局委厅院部署处办会站所校级府]|街道|辖区|地区|政府|行政|中心)|全[省市县区镇乡])/;
const NO_NAME =
  /[的我]|网站|官网|平台|首页|年报|报告|条例|根据|按照|依据|参照|上级|规定|要求|通知|以下|其中|学年|\d[年月日号条件项个]/;
