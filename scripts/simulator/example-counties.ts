import { counties, departmentOf, governmentOf, type InventedPlace } from '../compose/names.ts';
import { cleanStyle, type HtmlStyleName } from '../compose/styles.ts';
import { attachedReport } from './attached.ts';
import { decoysOf } from './decoys.ts';
import { encodings, reportsOf, turn, type Encoding } from './organs.ts';
import { hexOf, uuidOf, type SystemName } from './systems.ts';
import type { AttachedFile, Entry, OtherEntry, Plan } from './types.ts';

/** The counties of 示例市: nothing of them exists. One for each system of static lists, with what tells a list of it from the next. */
interface County {
  slug: string;
  family: Plan['family'];
  system?: SystemName;
  folder: string;
  /** Frame of the articles. */
  frame: (typeof cleanStyle)['frame'];
  encoding?: Encoding;
  /** What one organ publishes in place of a page. */
  file?: Required<Pick<AttachedFile, 'format' | 'path'>>;
  columns?: Record<string, string>;
  /** In which column a report on a year of the government or of a department is listed. */
  columnOf?: (year: number, ofGovernment: boolean) => string;
  /** A department publishes only on 2023, and its column is the report. */
  instead?: string;
  plan?: Partial<Plan>;
}

const all: County[] = [
  {
    slug: 'zi',
    family: 'trs',
    system: 'trs',
    folder: '/zwgk_229/zfxxgknb_97166/',
    frame: 'indexed',
    // Years are called as their reports are.
    columns: {
      '2023n/': '2023年政府信息公开年度报告',
      '2023n/xzf/': '县政府',
      '2023n/bmdw/': '部门单位',
      '2024n/': '2024年政府信息公开年度报告',
    },
    columnOf: (year, ofGovernment) =>
      year < 2023 ? '' : year === 2024 ? '2024n/' : ofGovernment ? '2023n/xzf/' : '2023n/bmdw/',
  },
  {
    slug: 'chou',
    family: 'trs',
    system: 'trsCount',
    folder: '/xxgk_59/ndbg_1/',
    frame: 'trs',
    encoding: encodings.gb18030,
  },
  { slug: 'yin', family: 'trs', system: 'trsFromTwo', folder: '/zfxxgk/gknb_18067/', frame: 'trs' },
  {
    slug: 'mao',
    family: 'ucap',
    system: 'ucap',
    folder: '/maoxian/zfxxgknb/',
    frame: 'ucap',
    file: { format: 'docx', path: '/maoxian/c100028/c1000394/1000394_attachments/1000549.shtml' },
  },
  {
    slug: 'chen',
    family: 'ucap',
    system: 'ucapNumbered',
    folder: '/chenxian/c111239/',
    frame: 'ucap',
    columns: { 'xxgkxzf/': '县政府', 'xxgkbm/': '县级部门' },
    columnOf: (_, ofGovernment) => (ofGovernment ? 'xxgkxzf/' : 'xxgkbm/'),
  },
  {
    slug: 'si',
    family: 'vsb',
    system: 'vsb',
    folder: '/zfxxgk/zfxxgknb/',
    frame: 'vsb',
    file: {
      format: 'doc',
      path: '/system/_content/download.jsp?owner=1021&urltype=news.DownloadAttachUrl&wbfileid=57E1B2',
    },
    columns: { 'n2023n/': '2023年', 'n2023n/xjbm/': '县级部门', 'n2023n/xjbm/xswj/': '县水务局' },
    instead: 'n2023n/xjbm/xswj/',
  },
  {
    slug: 'wu',
    family: 'openness',
    system: 'branches',
    folder: '/opennessAnnualReport/',
    frame: 'plain',
    columns: {
      [`?branch_id=${hexOf('government', 24)}`]: '县政府',
      [`?branch_id=${hexOf('department', 24)}`]: '县水务局',
    },
    columnOf: (_, ofGovernment) => `?branch_id=${hexOf(ofGovernment ? 'government' : 'department', 24)}`,
  },
  {
    slug: 'wei',
    family: 'openness',
    system: 'annualReports',
    folder: '/XxgkAnnualReport/showList/865/',
    frame: 'plain',
  },
  { slug: 'shen', family: 'folders', system: 'numbers', folder: '/zwgk/xxgknb/qzfxxgknb/', frame: 'plain' },
  {
    slug: 'you',
    family: 'folders',
    system: 'contents',
    folder: '/25221/25222/26735/',
    frame: 'layout',
    columns: { '27205/': '县水务局' },
    instead: '27205/',
  },
  { slug: 'xu', family: 'hebei', system: 'blocks', folder: `/columns/${uuidOf('column')}/`, frame: 'nfcms' },
  {
    slug: 'hai',
    family: 'nfcms',
    system: 'nfcms',
    folder: '/zwgk/zfxxgknb/',
    frame: 'nfcms',
    columns: { 'bm/': '部门', 'bm/2023n/': '2023年', 'bm/2024n/': '2024年', 'xzf/': '县政府' },
    columnOf: (year, ofGovernment) => (ofGovernment ? 'xzf/' : `bm/${year}n/`),
  },
  {
    slug: 'ren',
    family: 'gkmlpt',
    folder: '/rxswj/',
    frame: 'gkmlpt',
    plan: { shell: 'annualreport', fragment: true, end: 'empty' },
  },
  { slug: 'gui', family: 'ilist', system: 'ilist', folder: '/info/', frame: 'plain' },
];

function countyPlan(county: County, place: InventedPlace, index: number): Plan {
  const base = 7_300_000 + index * 1000;
  const encoding = county.encoding ?? encodings.utf8;
  const over = { frame: county.frame, charset: encoding.label };
  const organ = {
    division_code: place.division_code,
    encodings: [encoding],
    styles: ['clean'] satisfies HtmlStyleName[],
  };
  const columnOf = county.columnOf ?? (() => '');
  const government = governmentOf(place);
  const reports = [
    ...reportsOf({ ...organ, publisher: government, size: 'large', years: [2020, 2023, 2024] }, base),
    ...reportsOf({ ...organ, publisher: departmentOf(place, '水务局'), size: 'small', years: [2023, 2024] }, base + 20),
  ].map((entry): Entry => {
    const ofGovernment = entry.figures.publisher === government;
    const stands = county.instead !== undefined && !ofGovernment && entry.figures.year === 2023;
    return {
      ...entry,
      style: { ...entry.style, ...over },
      column: stands ? county.instead! : columnOf(entry.figures.year, ofGovernment),
      ...(stands ? { instead: true } : {}),
    };
  });
  const others: OtherEntry[] = [
    ...decoysOf(place.name, base + 40, encoding, over),
    ...neighboursOf(place, base + 50, encoding, over),
  ];
  if (county.file) others.push(attachedReport(place, base + 43, county.file.format, encoding, over, county.file.path));
  const first = columnOf(2020, true);
  return {
    id: `sim-shilixian-${county.slug}`,
    division: place.division_code,
    name: government,
    family: county.family,
    host: `www.${county.slug}xian.shili.simulator.test`,
    folder: county.folder,
    entries: [...reports, ...others.map((entry) => ({ ...entry, column: first }))].toSorted(
      (a, b) => b.date.localeCompare(a.date) || a.id - b.id,
    ),
    note: 'invented place (虚构)',
    invented: true,
    contentType: 'text/html',
    listCharset: 'utf-8',
    ...(county.system ? { system: county.system } : {}),
    ...(county.columns ? { columns: county.columns } : {}),
    ...county.plan,
  };
}

/** What else stands in columns of disclosed information: guides, forms, letters of citizens. */
const neighboursOf = (place: InventedPlace, firstId: number, encoding: Encoding, over: Partial<typeof cleanStyle>) =>
  [
    `${place.name}政府信息公开指南`,
    `${place.name}政府信息公开申请表`,
    `关于${place.name}年报公布时间的咨询（来信）`,
  ].map((title, i): OtherEntry => ({
    kind: 'other',
    id: firstId + i,
    title,
    date: turn(['2023-05-04', '2022-03-01', '2020-07-15'], i),
    charset: encoding.charset,
    style: { ...cleanStyle, ...over },
    body: '<p>联系电话：0000-0000000。</p>',
  }));

export const countyPlans = (): Plan[] => all.map((county, i) => countyPlan(county, turn(counties, i), i));
