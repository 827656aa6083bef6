import { composeAnnex, figuresWith, pageWith, textWith, type Annex } from './annex.ts';
import { utf8, withoutDivision, type ComposedTruth } from './composed.ts';
import { docxFile, docxStyles } from './docx.ts';
import { districts, governmentOf } from './names.ts';
import { cell, type PrintedTable } from './printed.ts';
import { createRandom, seedOf, type Random } from './random.ts';
import type { Recipe } from './recipe.ts';
import { cleanStyle } from './styles.ts';
import { xlsxFile, xlsxStyles } from './xlsx.ts';

/** Forms that provinces kept beside the national one, by their lines; `-`: a line that only heads others. */
const ownForms = {
  /** Lines of Fujian. */
  sixteen: [
    '主动公开文件数',
    '其中：1.政府网站公开数',
    '2.政府公报公开数',
    '受理依申请公开信息总数',
    '其中：1.当面申请数',
    '2.网上申请数',
    '3.信函、传真申请数',
    '对申请的答复总数',
    '其中：1.同意公开答复数',
    '2.同意部分公开答复数',
    '3.不予公开答复数',
    '4.其他类型答复数',
    '政府信息公开收费减免金额',
    '接受行政诉讼、举报数',
    '行政复议数',
    '行政诉讼数',
  ],
  /** Invented: no line bears a label of the national form. */
  channels: [
    '网站发布条数',
    '公告栏发布条数',
    '广播电视发布条数',
    '接待查阅人次',
    '电话咨询人次',
    '信函咨询件数',
    '办理申请件数',
    '按期办理件数',
    '逾期办理件数',
  ],
};

/** The table of a province: each line with the year's number and that of all years. */
export function provinceTable(lines: readonly string[], year: number, random: Random): PrintedTable {
  const heads = ['指标名称', '计量单位', `${year}年度`, '历年累计'];
  const rows = lines.map((label) => {
    const own = random.whole(0, 400);
    const all = own + random.whole(0, 4000);
    return [cell(label, 'label'), cell('条', 'header'), cell(String(own), 'number'), cell(String(all), 'number')];
  });
  return { grid: 'annex', section: 0, rows: [heads.map((text) => cell(text, 'header')), ...rows] };
}

export const provinceForms: Record<keyof typeof ownForms, readonly string[]> = ownForms;

/** A report of 2014 to 2018 with a table of its province's own: no cell of the national form, and one finding. */
export const province: Recipe = (seed) => {
  const random = createRandom(seed);
  const place = random.pick(districts);
  const composed = composeAnnex({
    seed: seedOf(seed, 'figures'),
    size: 'small',
    publisher: governmentOf(place),
    division_code: place.division_code,
    year: random.whole(2014, 2018),
  });
  const [name, lines] = random.pick(Object.entries(provinceForms));
  const format = random.pick(['html', 'html', 'tabs', 'docx', 'xlsx'] as const);
  const annex: Annex = { ...composed, uncaptioned: random.chance(0.4) };
  // Other years had fewer lines.
  const table = provinceTable(lines.slice(0, random.whole(6, lines.length)), annex.year, random);
  const truth: ComposedTruth = {
    tags: ['province', name, format],
    report: { publisher: annex.publisher, division_code: annex.division_code, year: annex.year },
    error_planted: null,
    facts: [],
    undecidable: [],
  };
  switch (format) {
    case 'html':
      return { extension: 'html', bytes: utf8(pageWith(annex, table, cleanStyle)), truth };
    case 'docx':
      return {
        extension: 'docx',
        bytes: docxFile(figuresWith(annex, table), docxStyles.plain),
        truth: withoutDivision(truth),
      };
    case 'xlsx':
      return {
        extension: 'xlsx',
        bytes: xlsxFile(figuresWith(annex, table), xlsxStyles.plain),
        truth: withoutDivision(truth),
      };
    default:
      return { extension: 'txt', bytes: utf8(textWith(annex, table, format)), truth: withoutDivision(truth) };
  }
};
