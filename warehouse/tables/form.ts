import { coded, field, optional, type Table } from '../schema.ts';

/** The codebook as tables: the statutory form is data here as it is in the code. */

const edition = field('edition', 'VARCHAR', '表式版本', 'edition of the form');
const grid = field('grid', 'VARCHAR', '表', 'table of the form');
const zh = (of: string) => field('zh', 'VARCHAR', `${of}（中文）`, 'printed label');
const en = field('en', 'VARCHAR', '英文说明', 'meaning in English');
const group = field(
  'group_zh',
  'VARCHAR',
  '上级标题，自外而内，以 / 分隔',
  'labels of the groups above it, outermost first, separated by /',
);

export const form_lines: Table = {
  name: 'form_lines',
  zh: '表式各行',
  en: 'lines of the form',
  key: ['edition', 'grid', 'line'],
  fields: [
    edition,
    grid,
    field('line', 'VARCHAR', '行', 'code of the line'),
    field('position', 'INTEGER', '印刷次序，自一起', 'printed order, from 1'),
    field('section', 'INTEGER', '所在部分', 'statutory section of the table'),
    field('number', 'VARCHAR', '印刷编号', 'printed numbering'),
    zh('标签'),
    en,
    group,
  ],
};

export const form_columns: Table = {
  name: 'form_columns',
  zh: '表式各格：每一行所有的列',
  en: 'cells of the form: the columns that each line has',
  key: ['edition', 'grid', 'line', 'col'],
  references: [{ fields: ['edition', 'grid', 'line'], table: 'form_lines', to: ['edition', 'grid', 'line'] }],
  fields: [
    edition,
    grid,
    field('line', 'VARCHAR', '行', 'code of the line'),
    field('col', 'VARCHAR', '列', 'code of the column'),
    field('position', 'INTEGER', '在该行中的次序，自一起', 'order within the line, from 1'),
    zh('列标题'),
    en,
    group,
    field('unit', 'VARCHAR', '单位', 'unit', {
      values: [coded('count', '数量', 'a count'), coded('yuan', '元', 'yuan')],
    }),
  ],
};

export const form_equations: Table = {
  name: 'form_equations',
  zh: '勾稽关系',
  en: 'equations between cells',
  key: ['edition', 'code'],
  fields: [
    edition,
    field('code', 'VARCHAR', '代码', 'code'),
    field('kind', 'VARCHAR', '种类', 'kind', {
      values: [
        coded('within', '表内', 'within one table'),
        coded('series', '跨年度', 'between two years of one publisher'),
        coded('prose', '正文与表', 'between prose and table'),
      ],
    }),
    grid,
    field(
      'over',
      'VARCHAR',
      '对每一行、每一列还是一次',
      'evaluated for each line (terms are columns), each column (terms are lines), or once',
      {
        values: [
          coded('line', '每一行', 'every line'),
          coded('column', '每一列', 'every column'),
          coded('once', '一次', 'once'),
        ],
      },
    ),
    field(
      'formula',
      'VARCHAR',
      '关系式，以编码表示；(y-1) 为上年报告，stated() 为正文所述',
      'the equation in codes; (y-1) is the report of last year, stated() a number of the text',
    ),
    field('level', 'VARCHAR', '不成立时的级别', 'level of the finding when it fails', {
      values: [coded('error', '错误', 'error'), coded('warning', '警告', 'warning')],
    }),
    zh('关系'),
    en,
  ],
};

export const form_terms: Table = {
  name: 'form_terms',
  zh: '勾稽关系各项：两边各项乘以正负号后相加，两和相等',
  en: 'terms of the equations: the terms of both sides, times their sign, have equal sums',
  key: ['edition', 'code', 'side', 'position'],
  references: [{ fields: ['edition', 'code'], table: 'form_equations', to: ['edition', 'code'] }],
  fields: [
    edition,
    field('code', 'VARCHAR', '勾稽关系代码', 'code of the equation'),
    field('side', 'VARCHAR', '左边或右边', 'side of the equation', {
      values: [coded('left', '左', 'left'), coded('right', '右', 'right')],
    }),
    field('position', 'INTEGER', '在该边的次序，自一起', 'order within the side, from 1'),
    field('sign', 'INTEGER', '正负号：1 或 -1', '1 or -1'),
    field(
      'year',
      'INTEGER',
      '年度：0 为本报告，-1 为上年报告',
      '0: the report itself; -1: that of last year, same publisher',
    ),
    optional('line', 'VARCHAR', '行；空为对每一行', 'line; null: every line'),
    optional('col', 'VARCHAR', '列；空为对每一列', 'column; null: every column'),
    optional(
      'stated',
      'VARCHAR',
      '正文所述之数（mentions 的 line）；空为表中之数',
      'line of the mention whose number it is; null: a cell',
    ),
  ],
};
