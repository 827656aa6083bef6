import type { Figures } from './figures.ts';

/** Titles as portals, converters and copies print them; each names the organ and the year, among other things. */
type Print = (f: Pick<Figures, 'publisher' | 'year'>) => string;

const usual: Print = ({ publisher, year }) => `${publisher}${year}年政府信息公开工作年度报告`;

export const titles = {
  year_last: ({ publisher, year }) => `${publisher}政府信息公开工作年度报告${year}年`,
  year_first: ({ publisher, year }) => `${year}年${publisher}政府信息公开工作年度报告`,
  in_brackets: ({ publisher, year }) => `${year}年政府信息公开工作年度报告（${publisher}）`,
  corrected: (f) => `${usual(f)}（更正版）`,
  latest: (f) => `${usual(f)}-最终版`,
  dated: (f) => `${usual(f)} ${f.year + 1}年1月20日 10时30分`,
  download: (f) => `${usual(f)}.doc 下载`,
  field: (f) => `标题：${usual(f)}`,
  bullet: (f) => `• ${usual(f)}`,
  trail: (f) => `当前位置：首页 > 政务公开 > 政府信息公开年报 > ${usual(f)}`,
  trail_collapsed: (f) => `当前位置： 首页政务公开政府信息公开年报 ${usual(f)}`,
  beside_source: (f) => `${usual(f)} 来源：示例市 时间：${f.year + 1}-01-18`,
  advertised: (f) => `365示例(中国)官方网站-${usual(f)}`,
  script: (f) => `<script>alert(1)</script>${usual(f)}`,
  formula: (f) => `=cmd|' /C calc'!A0 ${usual(f)}`,
  unseen_marks: (f) => `\u202e\u200b${usual(f)}\u202c`,
  notice: (f) => `关于公布${usual(f)}的公告`,
  sentence: (f) => `根据规定，现发布《${usual(f)}》。本报告的统计期限如下。`,
} satisfies Record<string, Print>;
