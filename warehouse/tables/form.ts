import { coded, field, type Table } from '../schema.ts';

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
      '对每一行还是每一列',
      'evaluated for each line (terms are columns) or each column (terms are lines)',
      {
        values: [coded('line', '每一行', 'every line'), coded('column', '每一列', 'every column')],
      },
    ),
    field('left_terms', 'VARCHAR', '左边各项，以空格分隔', 'terms on the left, separated by spaces'),
    field('right_terms', 'VARCHAR', '右边各项，以空格分隔', 'terms on the right, separated by spaces'),
    field('level', 'VARCHAR', '不成立时的级别', 'level of the finding when it fails', {
      values: [coded('error', '错误', 'error'), coded('warning', '警告', 'warning')],
    }),
    zh('关系'),
    en,
  ],
};
