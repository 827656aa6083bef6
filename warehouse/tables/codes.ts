import { coded, field, type Table } from '../schema.ts';

export const finding_codes: Table = {
  name: 'finding_codes',
  zh: '问题代码：全部，包括勾稽关系',
  en: 'every code that a finding may have, those of the equations of the form included',
  key: ['code'],
  fields: [
    field('code', 'VARCHAR', '代码', 'code'),
    field('about', 'VARCHAR', '所涉', 'what it is about', {
      values: [
        coded('unread', '未读或未读全的文档', 'a document that was not read, or not all of it'),
        coded('document', '文档', 'a document'),
        coded('report', '多份文档与数据表', 'several documents, or the tables'),
        coded('file', '页面的附件', 'the files of a page'),
        coded('portal', '门户的列表', 'the list of a portal'),
        coded('night', '每夜运行', 'a night, for whoever watches it'),
        coded('equation', '勾稽关系', 'an equation of the form'),
      ],
    }),
    field('level', 'VARCHAR', '级别', 'level', {
      values: [
        coded('error', '错误', 'error'),
        coded('warning', '警告', 'warning'),
        coded('info', '提示', 'information'),
      ],
    }),
    field('zh', 'VARCHAR', '含义（中文）', 'meaning in Chinese'),
    field('en', 'VARCHAR', '含义（英文）', 'meaning in English'),
  ],
};
