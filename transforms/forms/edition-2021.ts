import { disputeEquations, disputes } from './disputes.ts';
import { column, equation, line, ofColumns, term, type Form } from './form.ts';
import { RESULT, requestEquations, requests, row } from './requests.ts';
import { mentionEquations, carryEquation } from './across.ts';

const documents = [
  column('issued', '本年制发件数', 'issued this year', { aliases: ['本年制发数', '本年度制发件数', '制发件数'] }),
  column('repealed', '本年废止件数', 'repealed this year', { aliases: ['本年废止数', '本年度废止件数', '废止件数'] }),
  column('in_force', '现行有效件数', 'in force', { aliases: ['现行有效数', '现行有效'] }),
];
const decisions = [
  column('decisions', '本年处理决定数量', 'decisions this year', {
    aliases: ['处理决定数量', '本年度处理决定数量', '本年处理决定数'],
  }),
];

const OTHER = [RESULT, '（六）其他处理'];
const handled = requests([
  row(
    'other_not_corrected',
    '1.',
    '申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
    'closed: not corrected in time',
    OTHER,
    ['申请人无正当理由逾期不补正'],
  ),
  row(
    'other_fee_unpaid',
    '2.',
    '申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请',
    'closed: fee not paid in time',
    OTHER,
    ['申请人逾期未按收费通知要求缴纳费用'],
  ),
  row('other_other', '3.', '其他', 'other', OTHER, ['其它']),
]);

/** 国办公开办函〔2021〕30号: reports on 2021 and later. */
export const edition2021 = {
  edition: '2021',
  notice: '国办公开办函〔2021〕30号',
  since: 2021,
  grids: [
    {
      code: 'proactive',
      section: 2,
      zh: '主动公开政府信息情况',
      en: 'proactive disclosure',
      lines: [
        line('regulations', '规章', 'regulations', documents, {
          group: ['第二十条第（一）项'],
          ofLawmakers: true,
        }),
        line('normative_documents', '行政规范性文件', 'normative documents', documents, {
          group: ['第二十条第（一）项'],
          aliases: ['规范性文件', '规范性档案', '行政规范性档案'],
        }),
        line('licensing', '行政许可', 'administrative licensing', decisions, { group: ['第二十条第（五）项'] }),
        line('penalties', '行政处罚', 'administrative penalties', decisions, { group: ['第二十条第（六）项'] }),
        line('coercion', '行政强制', 'administrative coercion', decisions, { group: ['第二十条第（六）项'] }),
        line(
          'fees',
          '行政事业性收费',
          'administrative fees',
          [
            column('amount', '本年收费金额（单位：万元）', 'amount collected', {
              unit: 'yuan',
              aliases: ['本年收费金额', '本年度收费金额', '收费金额'],
            }),
          ],
          { group: ['第二十条第（八）项'] },
        ),
      ],
      furniture: ['信息内容'],
      corner: '信息内容',
    },
    handled,
    disputes,
  ],
  equations: [
    ...requestEquations(handled),
    ...disputeEquations,
    carryEquation,
    equation('series.in_force', {
      grid: 'proactive',
      left: ofColumns('in_force'),
      right: [term({ col: 'in_force', year: -1 }), term({ col: 'issued' }), term({ col: 'repealed', sign: -1 })],
      level: 'warning',
      zh: '现行有效件数等于上年现行有效件数加本年制发件数减本年废止件数',
      en: 'in force (y) = in force (y-1) + issued (y) − repealed (y)',
    }),
    ...mentionEquations,
  ],
} satisfies Form;
