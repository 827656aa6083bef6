import { disputeEquations, disputes } from './disputes.ts';
import { column, equation, line, ofColumns, term, type Form } from './form.ts';
import { RESULT, requestEquations, requests, row } from './requests.ts';
import { mentionEquations, carryEquation } from './across.ts';

const documents = [
  column('made', '本年新制作数量', 'made this year', { aliases: ['本年新制作数', '本年制作数量', '新制作数量'] }),
  column('disclosed', '本年新公开数量', 'newly disclosed this year', {
    aliases: ['本年新公开数', '本年公开数量', '新公开数量'],
  }),
  column('total_disclosed', '对外公开总数量', 'disclosed in total', { aliases: ['对外公开总数', '对外公开数量'] }),
];
const lastYear = column('items_last_year', '上一年项目数量', 'items last year', {
  aliases: ['上一年项目数', '上年项目数量', '上一年度项目数量'],
});
const change = column('change', '本年增/减', 'change this year', {
  aliases: ['本年增减', '本年增', '本年度增/减', '本年增／减'],
  signed: true,
});
const items = [
  lastYear,
  change,
  column('decisions', '处理决定数量', 'decisions', { aliases: ['处理决定数', '本年处理决定数量'] }),
];

const handled = requests([row('other', '（六）', '其他处理', 'other outcome', [RESULT], ['其它处理'])]);

/** 国办公开办函〔2019〕60号: reports on 2019 and 2020, and later ones that never changed their tables. */
export const edition2019 = {
  edition: '2019',
  notice: '国办公开办函〔2019〕60号',
  since: 2019,
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
        line('normative_documents', '规范性文件', 'normative documents', documents, {
          group: ['第二十条第（一）项'],
          aliases: ['行政规范性文件', '规范性档案', '行政规范性档案'],
        }),
        line('licensing', '行政许可', 'administrative licensing', items, { group: ['第二十条第（五）项'] }),
        line('other_services', '其他对外管理服务事项', 'other public services', items, {
          group: ['第二十条第（五）项'],
          aliases: ['其他对外管理服务', '其它对外管理服务事项'],
        }),
        line('penalties', '行政处罚', 'administrative penalties', items, { group: ['第二十条第（六）项'] }),
        line('coercion', '行政强制', 'administrative coercion', items, { group: ['第二十条第（六）项'] }),
        line('fees', '行政事业性收费', 'administrative fees', [lastYear, change], { group: ['第二十条第（八）项'] }),
        line(
          'procurement',
          '政府集中采购',
          'centralised procurement',
          [
            column('projects', '采购项目数量', 'projects', { aliases: ['采购项目数', '项目数量'] }),
            column('amount', '采购总金额', 'amount', { unit: 'yuan', aliases: ['采购金额', '采购总额'] }),
          ],
          { group: ['第二十条第（九）项'] },
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
    equation('series.items', {
      grid: 'proactive',
      left: ofColumns('items_last_year'),
      right: [term({ col: 'items_last_year', year: -1 }), term({ col: 'change', year: -1 })],
      level: 'warning',
      zh: '上一年项目数量等于上一年报告的上一年项目数量加本年增/减',
      en: 'items last year (y) = items last year (y-1) + change (y-1)',
    }),
    ...mentionEquations,
  ],
} satisfies Form;
