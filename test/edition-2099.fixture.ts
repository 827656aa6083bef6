import { column, line, ofColumns, ofLines, term, type Form } from '../transforms/forms/form.ts';

/** An edition that nobody prescribed: other tables, other labels, an equation with a minus within the report. */

const letters = [
  column('drafted', '本年起草件数', 'drafted this year'),
  column('sent', '本年寄出件数', 'sent this year', { aliases: ['寄出件数'] }),
  column('kept', '年末留存件数', 'kept at the end of the year'),
];
const visits = [column('held', '本年接待场次', 'held this year'), column('guests', '本年接待人次', 'guests this year')];

const POST = ['来函单位'];
const senders = [
  column('villager', '村民', 'villagers'),
  column('workshop', '工坊', 'workshops', { group: POST }),
  column('academy', '书院', 'academies', { group: POST }),
  column('sum', '合共', 'together', { aliases: ['合共数'] }),
];

const answers = [
  column('agreed', '裁定同意', 'agreed'),
  column('refused', '裁定拒绝', 'refused'),
  column('all', '裁定总数', 'all rulings'),
];

export const edition2099: Form = {
  edition: '2099',
  notice: '虚构函〔2099〕1号',
  since: 2099,
  grids: [
    {
      code: 'outreach',
      section: 2,
      zh: '对外联络信息情况',
      en: 'outreach',
      corner: '联络内容',
      furniture: ['联络内容'],
      lines: [
        line('open_letters', '公开信', 'open letters', letters, { group: ['第九十条第（一）项'] }),
        line('notices', '告示', 'notices', letters, { group: ['第九十条第（一）项'], aliases: ['告示文书'] }),
        line('open_days', '开放日活动', 'open days', visits, { group: ['第九十条第（二）项'] }),
      ],
    },
    {
      code: 'inquiries',
      section: 3,
      zh: '收到和答复来函情况',
      en: 'inquiries received and answered',
      corner: '（本列数据满足：第一项加第二项减第三项等于第四项）',
      head: '来函人情况',
      furniture: ['来函人情况', '来函单位', '（本列数据满足：第一项加第二项减第三项等于第四项）', '本年度答复情况'],
      lines: [
        line('waiting_before', '上年未答复来函数量', 'waiting since last year', senders, { number: '一、' }),
        line('arrived', '本年收到来函数量', 'arrived this year', senders, { number: '二、' }),
        line('answered_fully', '全部答复', 'answered fully', senders, {
          number: '（一）',
          group: ['三、本年度答复情况'],
        }),
        line('answered_in_part', '部分答复', 'answered in part', senders, {
          number: '（二）',
          group: ['三、本年度答复情况'],
        }),
        line('answered', '答复总数', 'answered', senders, { number: '（三）', group: ['三、本年度答复情况'] }),
        line('waiting_after', '留待下年答复来函数量', 'left for next year', senders, { number: '四、' }),
      ],
    },
    {
      code: 'rulings',
      section: 4,
      zh: '来函答复申诉裁定情况',
      en: 'rulings on appeals',
      furniture: ['上级裁定'],
      oneRow: true,
      lines: [
        line('own', '本级裁定', 'by the office itself', answers),
        line('council', '议事会裁定', 'by the council', answers, { group: ['上级裁定'] }),
        line('arbiter', '仲裁人裁定', 'by an arbiter', answers, { group: ['上级裁定'] }),
      ],
    },
  ],
  equations: [
    {
      code: 'inquiries.row',
      grid: 'inquiries',
      left: ofColumns('sum'),
      right: ofColumns('villager', 'workshop', 'academy'),
      level: 'error',
      zh: '合共等于村民、工坊与书院之和',
      en: 'together = villagers + workshops + academies',
    },
    {
      code: 'inquiries.answered',
      grid: 'inquiries',
      left: ofLines('answered'),
      right: ofLines('answered_fully', 'answered_in_part'),
      level: 'error',
      zh: '答复总数等于全部答复与部分答复之和',
      en: 'answered = fully + in part',
    },
    {
      code: 'inquiries.rest',
      grid: 'inquiries',
      left: ofLines('waiting_after'),
      right: [...ofLines('waiting_before', 'arrived'), term({ line: 'answered', sign: -1 })],
      level: 'error',
      zh: '第一项加第二项减第三项等于第四项',
      en: 'left for next year = waiting since last year + arrived − answered',
    },
    {
      code: 'rulings.row',
      grid: 'rulings',
      left: ofColumns('all'),
      right: ofColumns('agreed', 'refused'),
      level: 'error',
      zh: '裁定总数等于同意与拒绝之和',
      en: 'all = agreed + refused',
    },
    {
      code: 'series.waiting',
      grid: 'inquiries',
      left: ofLines('waiting_before'),
      right: [term({ line: 'waiting_after', year: -1 })],
      level: 'error',
      zh: '上年未答复等于上年报告的留待下年答复',
      en: 'waiting since last year (y) = left for next year (y-1)',
    },
    {
      code: 'series.kept',
      grid: 'outreach',
      left: ofColumns('kept'),
      right: [term({ col: 'kept', year: -1 }), term({ col: 'drafted' }), term({ col: 'sent', sign: -1 })],
      level: 'warning',
      zh: '年末留存等于上年年末留存加本年起草减本年寄出',
      en: 'kept (y) = kept (y-1) + drafted (y) − sent (y)',
    },
    {
      code: 'prose.arrived',
      grid: 'inquiries',
      left: [term({ stated: 'received' })],
      right: [term({ line: 'arrived', col: 'sum' })],
      level: 'warning',
      zh: '正文所述来函等于表中数字',
      en: 'the number of letters stated in the text = the number in the table',
    },
  ],
};
