import { column, equation, line, ofColumns, type FormGrid } from './form.ts';

/** Section 四, the same in the editions 2019 and 2021. */

const results = [
  column('upheld', '结果维持', 'upheld', { aliases: ['维持', '维持结果'] }),
  column('corrected', '结果纠正', 'corrected', { aliases: ['纠正', '被纠正'] }),
  column('other', '其他结果', 'other result', { aliases: ['其它结果', '其他'] }),
  column('pending', '尚未审结', 'pending', { aliases: ['未审结', '尚未审理'] }),
  column('total', '总计', 'total', { aliases: ['合计', '总数'] }),
];

export const disputes: FormGrid = {
  code: 'disputes',
  section: 4,
  zh: '政府信息公开行政复议、行政诉讼情况',
  en: 'administrative reconsideration and litigation',
  lines: [
    line('reconsideration', '行政复议', 'administrative reconsideration', results, { aliases: ['行政覆议'] }),
    line('litigation_direct', '未经复议直接起诉', 'litigation without prior reconsideration', results, {
      group: ['行政诉讼'],
      aliases: ['未经行政复议直接起诉', '直接起诉'],
    }),
    line('litigation_after_reconsideration', '复议后起诉', 'litigation after reconsideration', results, {
      group: ['行政诉讼'],
      aliases: ['经复议后起诉', '行政复议后起诉'],
    }),
  ],
  furniture: ['行政诉讼'],
  oneRow: true,
};

export const disputeEquations = [
  equation('disputes.row', {
    grid: 'disputes',
    left: ofColumns('total'),
    right: ofColumns('upheld', 'corrected', 'other', 'pending'),
    level: 'error',
    zh: '总计等于结果维持、结果纠正、其他结果与尚未审结之和',
    en: 'total = upheld + corrected + other + pending',
  }),
];
