import { column, equation, line, ofLines, type Equation, type Form, type FormLine } from './form.ts';

const VALUE = { aliases: ['统计数据', '数量', '数值', '统计数字', '指标数', '本年度', '合计'] };
const count = [column('value', '统计数', 'value', VALUE)];
const money = [column('value', '统计数', 'value', { ...VALUE, unit: 'yuan' })];

const PART = {
  disclosure: '一、主动公开情况',
  responses: '二、回应解读情况',
  requests: '三、依申请公开情况',
  reconsideration: '四、行政复议数量',
  litigation: '五、行政诉讼数量',
  bodies: '八、机构建设和保障经费情况',
  meetings: '九、会议和培训情况',
} as const;

type Entry = [code: string, number: string, zh: string, en: string, aliases?: string[]];

const part = (name: keyof typeof PART | null, columns: typeof count, entries: Entry[]): FormLine[] =>
  entries.map(([code, number, zh, en, aliases = []]) =>
    line(code, zh, en, columns, { number, aliases, group: name ? [PART[name]] : [] }),
  );

const lines: FormLine[] = [
  ...part('disclosure', count, [
    [
      'disclosed',
      '（一）',
      '主动公开政府信息数（不同渠道和方式公开相同信息计1条）',
      'items disclosed',
      ['主动公开政府信息数'],
    ],
    ['disclosed_normative_documents', '其中：', '主动公开规范性文件数', 'of which normative documents'],
    ['issued_normative_documents', '', '制发规范性文件总数', 'normative documents issued', ['制发规范性文件数']],
    ['via_gazette', '1.', '政府公报公开政府信息数', 'via the gazette'],
    ['via_website', '2.', '政府网站公开政府信息数', 'via the website'],
    ['via_weibo', '3.', '政务微博公开政府信息数', 'via Weibo'],
    ['via_wechat', '4.', '政务微信公开政府信息数', 'via WeChat'],
    ['via_other', '5.', '其他方式公开政府信息数', 'via other channels'],
  ]),
  ...part('responses', count, [
    [
      'responses',
      '（一）',
      '回应公众关注热点或重大舆情数',
      'responses to public concerns',
      ['回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）'],
    ],
    ['press_conferences', '1.', '参加或举办新闻发布会总次数', 'press conferences', ['参加或举办新闻发布会次数']],
    ['press_conferences_by_leaders', '其中：', '主要负责同志参加新闻发布会次数', 'of which with the principal leaders'],
    ['online_interviews', '2.', '政府网站在线访谈次数', 'online interviews'],
    [
      'online_interviews_by_leaders',
      '其中：',
      '主要负责同志参加政府网站在线访谈次数',
      'of which with the principal leaders',
    ],
    ['interpretations', '3.', '政策解读稿件发布数', 'policy interpretations published'],
    ['weibo_wechat_responses', '4.', '微博微信回应事件数', 'responses via Weibo and WeChat'],
    ['other_responses', '5.', '其他方式回应事件数', 'responses in other ways'],
  ]),
  ...part('requests', count, [
    ['received', '（一）', '收到申请数', 'requests received'],
    ['received_in_person', '1.', '当面申请数', 'in person'],
    ['received_by_fax', '2.', '传真申请数', 'by fax'],
    ['received_online', '3.', '网络申请数', 'online'],
    ['received_by_letter', '4.', '信函申请数', 'by letter'],
    ['concluded', '（二）', '申请办结数', 'requests concluded'],
    ['concluded_on_time', '1.', '按时办结数', 'on time'],
    ['concluded_extended', '2.', '延期办结数', 'after an extension'],
    ['replied', '（三）', '申请答复数', 'requests answered'],
    ['already_public', '1.', '属于已主动公开范围数', 'already public'],
    ['granted', '2.', '同意公开答复数', 'granted'],
    ['granted_in_part', '3.', '同意部分公开答复数', 'granted in part'],
    ['denied', '4.', '不同意公开答复数', 'denied'],
    ['denied_state_secret', '其中：1.', '涉及国家秘密', 'denied: state secret'],
    ['denied_trade_secret', '2.', '涉及商业秘密', 'denied: trade secret'],
    ['denied_privacy', '3.', '涉及个人隐私', 'denied: privacy'],
    ['denied_security_stability', '4.', '危及国家安全、公共安全、经济安全和社会稳定', 'denied: security and stability'],
    ['denied_not_government_information', '5.', '不是《条例》所指政府信息', 'denied: not government information'],
    ['denied_other_law', '6.', '法律法规规定的其他情形', 'denied: other grounds in law'],
    ['not_this_organ', '5.', '不属于本行政机关公开数', 'not for this organ to disclose'],
    ['not_existing', '6.', '申请信息不存在数', 'information does not exist'],
    ['asked_to_amend', '7.', '告知作出更改补充数', 'asked to amend the request', ['告知做出更改补充数']],
    ['redirected', '8.', '告知通过其他途径办理数', 'redirected'],
  ]),
  ...part(null, count, [['reconsideration', '四、', '行政复议数量', 'administrative reconsideration']]),
  ...part('reconsideration', count, [
    ['reconsideration_upheld', '（一）', '维持具体行政行为数', 'upheld'],
    ['reconsideration_corrected', '（二）', '被依法纠错数', 'corrected'],
    ['reconsideration_other', '（三）', '其他情形数', 'other'],
  ]),
  ...part(null, count, [['litigation', '五、', '行政诉讼数量', 'administrative litigation']]),
  ...part('litigation', count, [
    [
      'litigation_upheld',
      '（一）',
      '维持具体行政行为或者驳回原告诉讼请求数',
      'upheld or claim rejected',
      ['维持具体行政行为或驳回原告诉讼请求数'],
    ],
    ['litigation_corrected', '（二）', '被依法纠错数', 'corrected'],
    ['litigation_other', '（三）', '其他情形数', 'other'],
  ]),
  ...part(null, count, [['complaints', '六、', '举报投诉数量', 'complaints', ['被举报投诉数量', '举报投诉数']]]),
  ...part(null, money, [
    [
      'fees',
      '七、',
      '依申请公开信息收取的费用',
      'fees for disclosure on request',
      ['依申请公开信息收取的费用（万元）', '依申请公开收取的费用'],
    ],
  ]),
  ...part('bodies', count, [
    ['dedicated_bodies', '（一）', '政府信息公开工作专门机构数', 'dedicated bodies'],
    ['reading_points', '（二）', '设置政府信息公开查阅点数', 'reading points', ['政府信息公开查阅点数']],
    ['staff', '（三）', '从事政府信息公开工作人员数', 'staff'],
    ['staff_full_time', '1.', '专职人员数', 'full-time staff', ['专职人员数（不包括政府公报及政府网站工作人员数）']],
    ['staff_part_time', '2.', '兼职人员数', 'part-time staff'],
  ]),
  ...part('bodies', money, [
    [
      'budget',
      '（四）',
      '政府信息公开专项经费',
      'dedicated budget',
      [
        '政府信息公开专项经费（万元）',
        '政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）',
      ],
    ],
  ]),
  ...part('meetings', count, [
    ['meetings', '（一）', '召开政府信息公开工作会议或专题会议数', 'meetings'],
    ['trainings', '（二）', '举办各类培训班数', 'training courses'],
    ['trainees', '（三）', '接受培训人员数', 'people trained'],
  ]),
];

const sum = <C extends string>(code: C, total: string, parts: string[], zh: string): Equation<`annex.${C}`> =>
  equation(`annex.${code}`, {
    grid: 'annex',
    left: ofLines(total),
    right: ofLines(...parts),
    level: 'error',
    zh,
    en: `${total} = ${parts.join(' + ')}`,
  });

/** 国办发〔2014〕32号: the statistical annex of the reports on 2014 to 2018. */
export const edition2014 = {
  edition: '2014',
  notice: '国办发〔2014〕32号',
  since: 2014,
  grids: [
    {
      code: 'annex',
      section: 0,
      zh: '政府信息公开情况统计表',
      en: 'statistical annex',
      lines,
      furniture: ['统计指标', '单位', '指标名称', '计量单位'],
    },
  ],
  equations: [
    sum(
      'received',
      'received',
      ['received_in_person', 'received_by_fax', 'received_online', 'received_by_letter'],
      '收到申请数等于四种方式之和',
    ),
    sum('concluded', 'concluded', ['concluded_on_time', 'concluded_extended'], '申请办结数等于按时与延期办结数之和'),
    sum(
      'replied',
      'replied',
      [
        'already_public',
        'granted',
        'granted_in_part',
        'denied',
        'not_this_organ',
        'not_existing',
        'asked_to_amend',
        'redirected',
      ],
      '申请答复数等于八类答复之和',
    ),
    sum(
      'denied',
      'denied',
      [
        'denied_state_secret',
        'denied_trade_secret',
        'denied_privacy',
        'denied_security_stability',
        'denied_not_government_information',
        'denied_other_law',
      ],
      '不同意公开答复数等于六类理由之和',
    ),
    sum(
      'reconsideration',
      'reconsideration',
      ['reconsideration_upheld', 'reconsideration_corrected', 'reconsideration_other'],
      '行政复议数量等于三类结果之和',
    ),
    sum(
      'litigation',
      'litigation',
      ['litigation_upheld', 'litigation_corrected', 'litigation_other'],
      '行政诉讼数量等于三类结果之和',
    ),
    sum('staff', 'staff', ['staff_full_time', 'staff_part_time'], '工作人员数等于专职与兼职人员数之和'),
  ],
} satisfies Form;
