import { statedLines } from '../../transforms/forms/across.ts';
import { coded, field, optional, type Table } from '../schema.ts';
import { trustLevels } from './evidence.ts';

/** What was read: reports, their numbers, their prose, and what is wrong with them. */

const report_id = field('report_id', 'VARCHAR', '报告代码', 'code of the report');
const position = (zh: string, en: string) => field('position', 'INTEGER', zh, en);
const inReports = [{ fields: ['report_id'], table: 'reports', to: ['report_id'] }];

export const levels = [
  coded('province', '省级', 'province'),
  coded('prefecture', '地级', 'prefecture'),
  coded('county', '县级', 'county'),
  coded('township', '乡级', 'township'),
];

export const kinds = [
  coded('government', '人民政府', "a people's government of county level or above"),
  coded('office', '人民政府办公厅（室）', "the general office of a people's government"),
  coded('department', '部门', 'a department or agency'),
  coded('township', '乡镇人民政府、街道办事处', 'a township government or subdistrict office'),
  coded(
    'zone',
    '开发区、新区、风景区等（如管委会），行政区划代码可为其所在地的',
    'a development or other zone or its committee; without a code of its own it has that of the place it lies in',
  ),
  coded('other', '其他', 'any other'),
];

export const reports: Table = {
  name: 'reports',
  zh: '年度报告：每一发布机关每年一份',
  en: 'one annual report per publisher and year',
  key: ['report_id'],
  references: [{ fields: ['document_id'], table: 'documents', to: ['document_id'] }],
  fields: [
    report_id,
    field(
      'publisher',
      'VARCHAR',
      '发布机关（标题所载名称）',
      'organ that published it, by the name in the title of the report',
    ),
    optional(
      'division_code',
      'VARCHAR',
      '行政区划代码（GB/T 2260，六位）',
      'GB/T 2260 code of its division, six digits',
    ),
    optional('level', 'VARCHAR', '层级；空为行政区划不明', 'level of the publisher; null: its division is not known', {
      values: levels,
    }),
    field('kind', 'VARCHAR', '机关类别（依名称判定）', 'kind of organ, told by its name', {
      values: kinds,
    }),
    field(
      'year',
      'INTEGER',
      '报告年度（公历年）；高校按学年编制的信息公开年度报告依据另一办法，不收录',
      'calendar year it reports on; reports of universities on academic years follow another rule and are not read',
    ),
    optional('title', 'VARCHAR', '标题', 'title'),
    optional(
      'published_on',
      'DATE',
      '页面所载发布日期（北京时间）',
      'date of publication as the page states it (UTC+8)',
    ),
    optional(
      'edition',
      'VARCHAR',
      '所用表式版本，混用时以 + 连接；空为没有表',
      'editions of its tables, joined by +; null when it has no table',
    ),
    field('document_id', 'VARCHAR', '采用其数字的文档', 'the document that gives the numbers'),
    field('url', 'VARCHAR', '该文档的网址', 'address of that document'),
    field('sha256', 'VARCHAR', '该文档字节的 SHA-256', 'SHA-256 of its bytes'),
    optional('script', 'VARCHAR', '字形', 'script', {
      values: [
        coded('simplified', '简体', 'Simplified Chinese'),
        coded('traditional', '繁体', 'Traditional Chinese'),
        coded('mixed', '混用', 'mixed'),
      ],
    }),
    field('trust', 'VARCHAR', '该文档来源的可信程度', 'trust in the source of that document', { values: trustLevels }),
    field('simulated', 'BOOLEAN', '该文档是否来自门户模拟器', 'true when that document came from the portal simulator'),
    field(
      'invented',
      'BOOLEAN',
      '是否虚构的地方（行政区划代码的省级部分不在国家标准之内），其数字不得用于研究',
      'true for an invented place (the province part of its code is not assigned): its numbers are not data',
    ),
    field('witnesses', 'INTEGER', '登载该报告的文档数', 'number of documents that carry this report'),
    field('facts', 'INTEGER', '数字格数', 'number of cells read', { unit: 'count' }),
    field('errors', 'INTEGER', '错误级问题数', 'number of findings of level error about it'),
  ],
};

export const facts: Table = {
  name: 'facts',
  zh: '数字：法定表格的每一格，照印刷原样',
  en: 'one row per printed cell of the statutory tables, as printed; a line the document does not print has no row',
  key: ['report_id', 'grid', 'line', 'col'],
  references: [
    ...inReports,
    // Without the edition: some reports that otherwise follow 2021 keep the one line (六)其他处理 of 2019.
    { fields: ['grid', 'line', 'col'], table: 'form_columns', to: ['grid', 'line', 'col'] },
  ],
  fields: [
    report_id,
    field('grid', 'VARCHAR', '表', 'table of the form'),
    field('line', 'VARCHAR', '行', 'line of the form'),
    field('col', 'VARCHAR', '列', 'column of the form'),
    field('edition', 'VARCHAR', '该表的版本', 'edition of the table it stands in'),
    // DOUBLE and not DECIMAL: readings are JSON, so the number has already been a binary64, which holds every count
    // below 2^53 and every amount of up to 15 digits exactly as printed and prints it back the same; a DECIMAL scale
    // would have to be guessed and would round, and many readers of Parquet hand DECIMAL out as text. `raw` keeps the print.
    optional('value', 'DOUBLE', '数值：件数，金额折为元；空见 absence', 'number; amounts in yuan; null: see absence'),
    optional(
      'absence',
      'VARCHAR',
      '没有数值时印的是什么；空白不等于零',
      'what is printed instead of a number; absent is not zero',
      {
        values: [
          coded('blank', '空白', 'blank'),
          coded('dash', '横线', 'a dash'),
          coded('slash', '斜线（不适用）', 'a slash (not applicable)'),
          coded('text', '文字', 'words'),
        ],
      },
    ),
    field('unit', 'VARCHAR', '单位', 'unit', {
      values: [
        coded('count', '数量', 'a count'),
        coded('yuan', '元', 'yuan'),
        coded('unknown', '金额未注明单位，照印刷原样', 'an amount printed without a unit, kept as printed'),
      ],
    }),
    field('raw', 'VARCHAR', '印刷原文', 'text of the cell as printed'),
    field('status', 'VARCHAR', '表内勾稽关系核对结果', 'result of the equations within the report', {
      values: [
        coded(
          'verified',
          '覆盖此格的勾稽关系全部成立，且数目足够：行列均由自身标签确定的一条，其余（placed 或 read_by 非空）两条，一行一列',
          'all equations that cover it hold, and enough of them: one where labels of its own name its line and column, else (placed or read_by is set) two, one along its line and one along its column',
        ),
        coded('contradicted', '有勾稽关系不成立', 'an equation that covers it fails'),
        coded('unverified', '没有勾稽关系可用，或成立的不够', 'no equation applies, or too few'),
      ],
    }),
    field(
      'proofs',
      'INTEGER',
      '覆盖此格、可以核算且成立的勾稽关系数',
      'equations that cover it, could be evaluated and hold',
    ),
    optional(
      'placed',
      'VARCHAR',
      '行列如何确定；空为按自身的行标签和列标签',
      'how its line and column were decided; null: by labels of their own',
      {
        values: [
          coded('by_equation', '由勾稽关系推定', 'by arithmetic'),
          coded('by_order', '行按前后各行的次序', 'its line by its place among its neighbours'),
          coded('by_likeness', '行或列按相近的标签', 'its line or column by a label that is like its own'),
          coded('by_count', '列按单元格个数', 'its column by the number of cells'),
        ],
      },
    ),
    optional('read_by', 'VARCHAR', '如何读出；空为文本', 'how it was read; null: as text', {
      values: [coded('ocr', '图像识别', 'recognised from an image')],
    }),
    field('document_id', 'VARCHAR', '所出文档', 'document it was read from'),
    field('block', 'INTEGER', '文档中的块序，自零起', 'index of the block in the document, from 0'),
    field('row', 'INTEGER', '表内行序，自零起', 'row in the table, from 0'),
    field('cell_column', 'INTEGER', '表内列序，自零起', 'column in the table, from 0'),
  ],
};

export const mentions: Table = {
  name: 'mentions',
  zh: '正文中陈述的数字（不作为表中数字）',
  en: 'numbers stated in the prose; they never become facts',
  key: ['report_id', 'position'],
  references: inReports,
  fields: [
    report_id,
    position('出现次序，自零起', 'order of appearance, from 0'),
    field('line', 'VARCHAR', '所述事项', 'what it counts', {
      values: statedLines.map(({ line, zh, en }) => coded(line, zh, en)),
    }),
    field('value', 'DOUBLE', '数值', 'number'),
    field('unit', 'VARCHAR', '量词', 'measure word as printed'),
    field('sentence', 'VARCHAR', '所在句', 'the sentence'),
    field('part', 'BOOLEAN', '是否“其中”一部分', 'true when the sentence says it is a part of the whole'),
  ],
};

export const sections: Table = {
  name: 'sections',
  zh: '正文各部分',
  en: 'the prose, by section',
  key: ['report_id', 'position'],
  references: inReports,
  fields: [
    report_id,
    position('出现次序，自零起', 'order of appearance, from 0'),
    field(
      'number',
      'INTEGER',
      '法定部分序号一至六；零为首个标题之前',
      'statutory section 1 to 6; 0 before the first heading',
    ),
    field('title', 'VARCHAR', '标题', 'heading'),
    field('text', 'VARCHAR', '正文', 'text'),
  ],
};

export const findings: Table = {
  name: 'findings',
  zh: '问题：与数字一并公布',
  en: 'what is wrong, published beside the numbers it is about',
  key: ['finding_id'],
  references: [
    ...inReports,
    { fields: ['document_id'], table: 'documents', to: ['document_id'] },
    { fields: ['code'], table: 'finding_codes', to: ['code'] },
  ],
  fields: [
    field(
      'finding_id',
      'VARCHAR',
      '问题代码（由所述对象与内容推出，跨版本不变）',
      'code, derived from what it is about; stable over snapshots',
    ),
    field('scope', 'VARCHAR', '所述对象', 'what it is about', {
      values: [
        coded('report', '所公布的报告', 'the report as published'),
        coded('witness', '旁证文档', 'another document of that report'),
        coded('series', '同一机关相邻年度', 'two years of one publisher'),
        coded('document', '没有读出报告的文档', 'a document that gave no report'),
        coded('portal', '门户', 'a portal'),
      ],
    }),
    optional('report_id', 'VARCHAR', '报告代码', 'code of the report'),
    optional('document_id', 'VARCHAR', '文档代码', 'code of the document'),
    optional('portal', 'VARCHAR', '门户代码', 'code of the portal'),
    field('code', 'VARCHAR', '问题类型或不成立的勾稽关系', 'kind of finding, or the equation that fails'),
    field('level', 'VARCHAR', '级别', 'level', {
      values: [
        coded('error', '错误', 'error'),
        coded('warning', '警告', 'warning'),
        coded('info', '提示', 'information'),
      ],
    }),
    optional(
      'cells',
      'VARCHAR',
      '所涉各格：表/行/列，以空格分隔',
      'cells it is about, grid/line/col, separated by spaces',
    ),
    optional(
      'details',
      'VARCHAR',
      '说明所据的数据（JSON）',
      'the data that the message is made of, as JSON; null where the code says all',
    ),
    optional('expected', 'DOUBLE', '应为', 'expected number'),
    optional('actual', 'DOUBLE', '实为', 'actual number'),
    field('message', 'VARCHAR', '说明', 'message'),
  ],
};
