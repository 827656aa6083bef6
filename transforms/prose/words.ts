import { groupedBy } from '../grouped.ts';

/**
 * The words of which statements about requests are made, by what they do in a clause. Everything else in a clause
 * says nothing about which line a number is of. The longest word wins, so a longer one also hides what it holds
 * (申请人 is no 申请, 答复率 no 答复).
 */
const VOCABULARY = {
  /** A request came in, and it is this year's for certain. */
  fresh: '新收 新收到 新受理 新接收 新接到 新接 新登记',
  receive: '收到 接收 受理 接到 接受 登记 收件 接件 共收 新增 收悉',
  /** Said of who asks; 提出的 describes a request, any other verb in the clause is the statement. */
  submit: '提交 提出 递交',
  handle: '办理 处理 处置 承办 经办',
  conclude:
    '办结 办理完毕 办理完结 办理完成 办理结束 办理办结 完成办理 办毕 办复 办完 处理完毕 处理完成 处理完结 处理办结 答复办结 办结答复',
  /** Conclude a request only where a request is named: other things are answered and completed too. */
  answer: '答复 回复 完成 反馈',
  pending:
    '正在办理 尚在办理 仍在办理 还在办理 在办 办理中 处理中 正在处理 尚在处理 仍在处理 未办结 尚未办结 暂未办结 未办理完毕 尚未办理完毕 未办理完结 未答复 尚未答复 待办结 待办理 待答复 未到期 尚未到期 未到答复期 未完成 尚未完成 未办完 未处理完毕',
  carry:
    '结转 转结 转入 接转 遗留 顺延 延续 转接 转到 转至 结余 留转 续办 延至 延到 移转 递延 结存 转来 跨年 跨年度 转',
  goOn: '继续办理 继续处理',
  last: '上年 上年度 上一年 上一年度 去年 去年度 往年 前一年 前一年度 上个年度 上一个年度 历年 以前年度 上年末',
  next: '下年 下年度 下一年 下一年度 次年 次年度 翌年 明年 明年度 来年 下个年度 下一个年度',
  current: '本年 本年度 今年 当年',
  /** A part of the year, or several years: its number is not the year's. */
  span: '季度 上半年 下半年 月份 半年 以来',
  compare: '较 比 同比 相比 环比 对比 相较',
  change:
    '增加 增长 增多 增幅 净增 减少 下降 上升 上涨 降低 降幅 回落 增加了 增长了 减少了 下降了 上升了 多收 少收 多出',
  /** Changes only right before their number (多20件), else part of another word. */
  changeBefore: '多 少 增 减 升 降 多了 少了',
  reach: '到 至 为 达 达到',
  inexact: '约 近 超 超过 逾 不足 接近 将近 大约 不超过',
  ratio: '占 占比 平均 人均 户均 每',
  origin: '由 从',
  negation:
    '未收到 没有收到 未受理 未接到 未接收 未发生 没有发生 未产生 未引发 未出现 未提起 未新增 无 没有 预计 计划 力争',
  include: '含 含有 包含 包括 其中含 其中包括 其中包含',
  among: '其中',
  exclude: '不含 不包括 不包含 未含 未包含 未包括 未计 不计 除 另 另有 另外 加上 剔除',
  reconsideration: '复议 行政复议',
  litigation: '诉讼 行政诉讼 起诉 直接起诉 应诉 行政应诉',
  /** What became of a dispute. */
  result:
    '维持 纠正 纠错 撤销 驳回 败诉 胜诉 尚未审结 未审结 审结 其他结果 确认违法 原答复 责令 终止 撤诉 调解 和解 终结 结果 正在审理 审理中',
  /** What became of a request, or how it went. */
  outcome:
    '予以公开 部分公开 予以部分公开 不予公开 无法提供 不予处理 其他处理 公开答复 同意公开 不属于 不存在 补正 补充 撤回 重复申请 放弃 公开出版物 非本机关 转办 转送 移送 转交 不予答复 区分处理 不掌握 逾期 超期 超时 延期 延长',
  request:
    '申请 依申请 申请件 依申请公开 公开申请 信息公开申请 政府信息公开申请 申请书 申请表 申请事项 依申请件 依申请公开件 公开件 依申请事项',
  disclosure: '政府信息公开 信息公开 申请人 申请者',
  other:
    '主动公开 投诉 举报 信访 咨询 提案 建议 议案 许可 处罚 热线 工单 解读 来信 来电 来访 留言 诉求 文件 公文 培训 会议 目录 审批 问政 检查 公示 新闻 资料 证照 政务服务 不动产 意见 稿件 推文 视频 回应 舆情 强制 收费 采购 规章 网民 民生 低保 补贴 救助 补助 公租房 廉租房 住房 贷款 法律援助 工伤 仲裁 户籍 资助',
  thing: '信息 政府信息 信件 案件 邮件 事项',
  slice:
    '网络 网上 线上 在线 当面 现场 信函 邮寄 电子邮件 传真 邮箱 窗口 平台 网站 快递 微信 来函 书面 口头 电话 自然人 企业 法人 社会组织 科研机构',
  /** Opens a slice again: "通过网站等途径", "公民、法人". */
  whole: '等 途径 渠道 方式 形式 公民 公众 群众 社会',
  body: '本级 本部 办公室 办公厅 部门 镇街 街道 乡镇 直属 分局 处室 科室',
  each: '各',
  respectively: '分别',
  /** Holds a word of the above and means something else. */
  silent:
    '申请量 答复率 办结率 办理率 受理率 回复率 受理点 受理窗口 受理渠道 办理流程 办理时限 办理时间 办理质量 办理情况 办理结果 办理期限 答复书 答复函 答复期限 答复时限 答复意见 完成率 复议后 行政复议后 经复议后 经行政复议后 未经复议 未经行政复议 经复议 经行政复议 复议机关 复议机构 行政复议机关 复议决定 行政复议决定 行政复议局 下一步 近年 近年来 近三年 每年 除外 每月 比例 比重 占用 各类 各项 各级 各种 各部门 各单位 各科室 各镇 各街道 各乡镇 等级 无偿 无论 多次 多种 多个 减轻 增强 转变 转型 转载 从严 从而 除了 由于 社会组织等 公开网站 至今 因为 成为 作为 较为 比较 为准 到位 到期',
} as const;

export type Kind = keyof typeof VOCABULARY;

const KIND_OF = new Map<string, Kind>(
  (Object.entries(VOCABULARY) as [Kind, string][]).flatMap(([kind, words]) =>
    words.split(' ').map((word): [string, Kind] => [word, kind]),
  ),
);
/** The words that begin with a character, the longest first. */
const WORDS_BY_FIRST = groupedBy(
  [...KIND_OF.keys()].sort((a, b) => b.length - a.length),
  (word) => [word.charAt(0)],
);

interface Word {
  kind: Kind;
  word: string;
  /** The character after it. */
  following: string;
}
export interface Count {
  kind: 'count';
  value: number;
  unit: string;
  /** Of a range (3至5件) or a rank (第3件): no number of things. */
  inexact: boolean;
}
interface Other {
  /** A year in digits; text that says nothing; a mark that parts clauses, or a bracket. */
  kind: 'year' | 'text' | 'comma' | 'pause' | 'open' | 'close';
  word: string;
}
export type Token = Word | Count | Other;

const MARKS: Record<string, Other['kind']> = {
  ...Object.fromEntries([...',:。;!?'].map((mark) => [mark, 'comma'] as const)),
  '、': 'pause',
  '(': 'open',
  ')': 'close',
};
const NUMBER = /\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,12}/y;
const NUMERAL = /[〇零一二两三四五六七八九十百千]{1,9}/y;
const UNIT = /件次|件|宗|条|起|例|次|份|项|封|个(?=$|[,、()。;!?:]|政府|信息|行政|申请|案件|依申请)/y;
/** 一起, 一次 and 一条 are words of their own unless the clause ends after them. */
const NUMERAL_UNIT = /件(?!套|事)|宗|(?:起|例|份|条)(?=$|[,、()。;!?:])/y;

const at = (pattern: RegExp, text: string, index: number): string | null => {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0] ?? null;
};

/** Tokens of a sentence without white space, in one pass. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < text.length;) {
    const mark = MARKS[text[i]!];
    const number = at(NUMBER, text, i);
    const word = number === null && mark === undefined ? wordAt(text, i) : null;
    const numeral = number === null && word === null ? at(NUMERAL, text, i) : null;
    if (mark !== undefined) {
      tokens.push({ kind: mark, word: text[i]! });
      i += 1;
    } else if (number !== null) {
      const end = i + number.length;
      const unit = at(UNIT, text, end);
      if (unit !== null) {
        const inexact = /[第\d.]$|\d[^\d]{0,2}[-~—至到]$/.test(text.slice(Math.max(0, i - 4), i));
        tokens.push({ kind: 'count', value: Number(number.replaceAll(',', '')), unit, inexact });
        i = end + unit.length;
      } else if (/^(?:19|20)\d\d$/.test(number) && text[end] === '年') {
        tokens.push({ kind: 'year', word: number });
        i = end + (text[end + 1] === '度' ? 2 : 1);
      } else if (text[end] === '月') {
        // 3月 alone is a part of the year; 12月31日 and 1至12月 are not.
        const whole =
          /\d/.test(text[end + 1] ?? '') ||
          /[至到\-~—]/.test(text[i - 1] ?? '') ||
          /[至到\-~—]/.test(text[end + 1] ?? '');
        tokens.push(whole ? { kind: 'text', word: '' } : { kind: 'span', word: '月份', following: '' });
        i = end + (text[end + 1] === '份' ? 2 : 1);
      } else {
        tokens.push({ kind: 'text', word: number });
        i = end;
      }
    } else if (numeral !== null) {
      const end = i + numeral.length;
      const unit = at(NUMERAL_UNIT, text, end);
      const value = unit === null ? null : numeralValue(numeral);
      if (unit !== null && value !== null) {
        tokens.push({ kind: 'count', value, unit, inexact: /[第每逐同某任数几]/.test(text[i - 1] ?? '') });
        i = end + unit.length;
      } else {
        tokens.push({ kind: 'text', word: numeral });
        i = end;
      }
    } else if (word !== null) {
      tokens.push({ kind: KIND_OF.get(word)!, word, following: text[i + word.length] ?? '' });
      i += word.length;
    } else {
      const last = tokens.at(-1);
      if (last?.kind === 'text') last.word += text[i]!;
      else tokens.push({ kind: 'text', word: text[i]! });
      i += 1;
    }
  }
  return tokens;
}

const wordAt = (text: string, index: number): string | null =>
  WORDS_BY_FIRST.get(text[index]!)?.find((word) => text.startsWith(word, index)) ?? null;

const DIGITS = '零一二三四五六七八九';
const TENS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };

/** 一百零五 is 105, 十二 is 12, 二〇 is 20; null for what is no number. */
function numeralValue(numeral: string): number | null {
  const text = numeral.replaceAll('〇', '零').replaceAll('两', '二');
  if (!/[十百千]/.test(text)) return Number([...text].map((c) => DIGITS.indexOf(c)).join(''));
  let sum = 0;
  let digit: number | null = null;
  let below = Infinity;
  for (const c of text) {
    const ten = TENS[c];
    if (ten === undefined) {
      if (digit !== null && digit !== 0) return null;
      digit = DIGITS.indexOf(c);
    } else {
      if (ten >= below) return null;
      sum += (digit === null || (digit === 0 && ten === 10) ? 1 : digit) * ten;
      below = ten;
      digit = null;
    }
  }
  return sum + (digit ?? 0);
}
