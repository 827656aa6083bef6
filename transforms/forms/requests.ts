import { column, equation, line, ofColumns, ofLines, type FormGrid, type FormLine } from './form.ts';

/** Section 三: since 2019 editions differ only in (六)其他处理. */

const CORNER = '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）';
const HEAD = '申请人情况';
const ORG = ['法人或其他组织'];
const applicants = [
  column('natural_person', '自然人', 'natural persons', { aliases: ['公民'] }),
  column('enterprise', '商业企业', 'commercial enterprises', { group: ORG, aliases: ['商企业', '企业'] }),
  column('research_institution', '科研机构', 'research institutions', { group: ORG }),
  column('public_welfare_org', '社会公益组织', 'public-welfare organisations', { group: ORG, aliases: ['公益组织'] }),
  column('legal_service_org', '法律服务机构', 'legal-service organisations', { group: ORG, aliases: ['法律机构'] }),
  column('other_org', '其他', 'other organisations', { group: ORG, aliases: ['其它', '其他组织'] }),
  column('total', '总计', 'total', { aliases: ['合计', '总数'] }),
];

export const RESULT = '三、本年度办理结果';
const GRANTED_NONE = [RESULT, '（三）不予公开'];
const UNAVAILABLE = [RESULT, '（四）无法提供'];
const NOT_PROCESSED = [RESULT, '（五）不予处理'];

/** A line of the table. */
export const row = (
  code: string,
  number: string,
  zh: string,
  en: string,
  group: string[] = [],
  aliases: string[] = [],
) => line(code, zh, en, applicants, { number, group, aliases });

const before: FormLine[] = [
  row(
    'received',
    '一、',
    '本年新收政府信息公开申请数量',
    'new requests received this year',
    [],
    ['本年新收政府信息公开申请数', '本年新收政府信息公开申请', '本年度新收政府信息公开申请数量', '本年新收申请数量'],
  ),
  row(
    'carried_in',
    '二、',
    '上年结转政府信息公开申请数量',
    'requests carried over from last year',
    [],
    ['上年结转政府信息公开申请数', '上年结转政府信息公开申请', '上年度结转政府信息公开申请数量', '上年结转申请数量'],
  ),
  row('granted', '（一）', '予以公开', 'disclosed', [RESULT]),
  row(
    'granted_in_part',
    '（二）',
    '部分公开（区分处理的，只计这一情形，不计其他情形）',
    'disclosed in part',
    [RESULT],
    ['部分公开', '部分公开（区分处理的，只计这一情形）'],
  ),
  row('denied_state_secret', '1.', '属于国家秘密', 'denied: state secret', GRANTED_NONE, ['涉及国家秘密']),
  row('denied_other_law', '2.', '其他法律行政法规禁止公开', 'denied: forbidden by another law', GRANTED_NONE, [
    '其他法律、行政法规禁止公开',
    '其他法律行政止公开',
    '法律行政法规禁止公开',
  ]),
  row('denied_security_stability', '3.', '危及“三安全一稳定”', 'denied: security and stability', GRANTED_NONE, [
    '涉及“三安全一稳定”',
    '危及三安全一稳定',
  ]),
  row('denied_third_party', '4.', '保护第三方合法权益', 'denied: lawful interests of a third party', GRANTED_NONE),
  row('denied_internal_affairs', '5.', '属于三类内部事务信息', 'denied: internal affairs', GRANTED_NONE),
  row('denied_process_information', '6.', '属于四类过程性信息', 'denied: deliberative information', GRANTED_NONE),
  row('denied_enforcement_file', '7.', '属于行政执法案卷', 'denied: enforcement case file', GRANTED_NONE, [
    '属于行政执法案卷信息',
  ]),
  row(
    'denied_administrative_query',
    '8.',
    '属于行政查询事项',
    'denied: matter for administrative query',
    GRANTED_NONE,
    ['属于行政查询事项信息'],
  ),
  row('unavailable_not_held', '1.', '本机关不掌握相关政府信息', 'unavailable: not held', UNAVAILABLE),
  row(
    'unavailable_needs_creation',
    '2.',
    '没有现成信息需要另行制作',
    'unavailable: would have to be created',
    UNAVAILABLE,
    ['没有现成信息需另行制作', '没有现成信息，需要另行制作'],
  ),
  row('unavailable_still_unclear', '3.', '补正后申请内容仍不明确', 'unavailable: request still unclear', UNAVAILABLE),
  row('not_processed_petition', '1.', '信访举报投诉类申请', 'not processed: petition or complaint', NOT_PROCESSED),
  row('not_processed_duplicate', '2.', '重复申请', 'not processed: duplicate', NOT_PROCESSED),
  row('not_processed_publication', '3.', '要求提供公开出版物', 'not processed: asks for a publication', NOT_PROCESSED),
  row('not_processed_excessive', '4.', '无正当理由大量反复申请', 'not processed: excessive', NOT_PROCESSED),
  row(
    'not_processed_reconfirmation',
    '5.',
    '要求行政机关确认或重新出具已获取信息',
    'not processed: asks to confirm or reissue',
    NOT_PROCESSED,
  ),
];

const after: FormLine[] = [
  row('concluded', '（七）', '总计', 'concluded', [RESULT], ['合计']),
  row(
    'carried_out',
    '四、',
    '结转下年度继续办理',
    'carried over to next year',
    [],
    ['结转下年度继续办理数量', '结转下年继续办理'],
  ),
];

/** `others` are its lines of (六). */
export const requests = (others: FormLine[]): FormGrid => ({
  code: 'requests',
  section: 3,
  zh: '收到和处理政府信息公开申请情况',
  en: 'requests received and handled',
  lines: [...before, ...others, ...after],
  furniture: [HEAD, ...ORG, CORNER, '本年度办理结果'],
  notes: ['勾稽关系'],
  corner: CORNER,
  head: HEAD,
});

export const requestEquations = ({ lines }: FormGrid) => [
  equation('requests.row', {
    grid: 'requests',
    left: ofColumns('total'),
    right: ofColumns(...applicants.map((c) => c.code).filter((c) => c !== 'total')),
    level: 'error',
    zh: '总计等于自然人与五类法人或其他组织之和',
    en: 'total = the six applicant columns',
  }),
  equation('requests.outcomes', {
    grid: 'requests',
    left: ofLines('concluded'),
    right: ofLines(
      ...lines.map((l) => l.code).filter((l) => !['received', 'carried_in', 'concluded', 'carried_out'].includes(l)),
    ),
    level: 'error',
    zh: '（七）总计等于各项办理结果之和',
    en: 'concluded = all outcomes',
  }),
  equation('requests.flow', {
    grid: 'requests',
    left: ofLines('received', 'carried_in'),
    right: ofLines('concluded', 'carried_out'),
    level: 'error',
    zh: '第一项加第二项之和，等于第三项加第四项之和',
    en: 'received + carried in = concluded + carried out',
  }),
];
