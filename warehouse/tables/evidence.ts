import { coded, field, optional, type Table } from '../schema.ts';

/** Where the data came from: portals, every response they gave, every document they listed. */

const simulated = field(
  'simulated',
  'BOOLEAN',
  '是否来自本项目的门户模拟器（而非真实门户）',
  'true when the bytes came from the portal simulator of this project and not from a real portal',
);

/** Best first. */
export const trustLevels = [
  coded('official', '官方网站', 'an official site'),
  coded('known', '已知的其他网站', 'another known host'),
  coded('clone', '转载或克隆网站', 'a clone'),
  coded('simulated', '模拟器', 'the simulator'),
];

export const portals: Table = {
  name: 'portals',
  zh: '门户登记表：某一发布机关在某一时期的年报栏目',
  en: "the register of portals: one publisher's column of annual reports in one epoch",
  key: ['portal'],
  fields: [
    field('portal', 'VARCHAR', '门户代码', 'code of the portal'),
    field('division_code', 'VARCHAR', '行政区划代码（GB/T 2260，六位）', 'GB/T 2260 code of the division, six digits'),
    field('name', 'VARCHAR', '名称', 'name of the organ or column'),
    field('family', 'VARCHAR', '网站系统类型', 'family of content management systems that explains its markup'),
    field('index_url', 'VARCHAR', '栏目首页网址', 'address of the first list page'),
    optional('valid_from', 'DATE', '启用日期；空为自始', 'first day the address was in use; null: always'),
    optional('valid_until', 'DATE', '停用日期；空为仍在使用', 'last day the address was in use; null: still is'),
    field('vantage', 'VARCHAR', '须从何处网络访问', 'network from which it has to be visited'),
    optional(
      'aliases',
      'VARCHAR',
      '该栏目以往所在的域名，以空格分隔；空为未知',
      'hosts at which the column stood before, a blank between; null when none is known',
    ),
    optional('how', 'VARCHAR', '网址的来历；空为未载', 'how the address is known; null when the line does not say', {
      values: [
        coded('seen', '见到该网址本身', 'this very address was seen'),
        coded('derived', '由所见报告的网址推出', 'it follows from the address of a report that was seen'),
      ],
    }),
    optional(
      'seen_in',
      'VARCHAR',
      '何处所见：网址或文字；空为未载',
      'where it was seen: an address, or in words; null when the line does not say',
    ),
    optional(
      'verified',
      'DATE',
      '有人确认该栏目能够访问之日；空为从未试过',
      'day on which a person saw that the column answers; null: never tried',
    ),
    field('note', 'VARCHAR', '备注', 'note'),
  ],
};

export const captures: Table = {
  name: 'captures',
  zh: '抓取记录：每一次响应的凭据，原始字节按 sha256 存档',
  en: 'evidence of every response; the bytes are archived under their sha256',
  key: ['url', 'requested_at', 'nth'],
  ordinal: 'nth',
  journal: true,
  fields: [
    field('url', 'VARCHAR', '请求网址', 'address asked for'),
    field('requested_at', 'TIMESTAMP', '请求时间（UTC）', 'time of the request (UTC)'),
    field(
      'nth',
      'INTEGER',
      '同一网址同一时刻的第几次，自零起',
      'ordinal among requests of one address at one instant, from 0',
    ),
    field('final_url', 'VARCHAR', '重定向后的网址', 'address after redirects'),
    field('portal', 'VARCHAR', '门户代码', 'code of the portal it was asked for'),
    field('kind', 'VARCHAR', '请求目的', 'what was asked for', {
      values: [
        coded('robots', 'robots.txt', 'robots.txt'),
        coded('list', '列表页', 'a list page'),
        coded('api', '列表接口', 'a list interface'),
        coded('article', '文章页', 'an article page'),
        coded('attachment', '附件', 'an attachment'),
      ],
    }),
    optional('status', 'INTEGER', 'HTTP 状态码；空为没有响应', 'HTTP status; null when nothing answered'),
    field('headers', 'VARCHAR', '有关响应头（JSON，名称小写）', 'the headers that matter, JSON, lower-case names'),
    optional('sha256', 'VARCHAR', '响应体的 SHA-256；空为没有响应体', 'SHA-256 of the body; null when there is none'),
    field('bytes', 'BIGINT', '响应体字节数', 'size of the body', { unit: 'byte' }),
    optional('media_type', 'VARCHAR', '声明的媒体类型', 'declared media type'),
    field('outcome', 'VARCHAR', '结果', 'outcome', {
      values: [
        coded('ok', '成功', 'answered'),
        coded('not_found', '不存在', 'not there'),
        coded('blocked', '被拒绝', 'refused'),
        coded('empty', '空响应', 'an empty shell'),
        coded('too_large', '超出大小上限', 'over the size limit'),
        coded('error', '出错', 'failed'),
        coded('disallowed', 'robots.txt 不允许', 'robots.txt forbids it'),
      ],
    }),
    optional('error', 'VARCHAR', '出错信息', 'error message'),
    field('vantage', 'VARCHAR', '访问所用的网络', 'network it was made from'),
    simulated,
    field('via', 'VARCHAR', '访问方式', 'how it was asked for', {
      values: [coded('http', 'HTTP 客户端', 'HTTP client'), coded('browser', '浏览器', 'browser')],
    }),
  ],
};

export const documents: Table = {
  name: 'documents',
  zh: '文档：门户上发现的每一条链接，各占一行',
  en: 'every link discovered on a portal, one row each, whatever became of it',
  key: ['document_id'],
  references: [{ fields: ['report_id'], table: 'reports', to: ['report_id'] }],
  fields: [
    field('document_id', 'VARCHAR', '文档代码', 'code of the document'),
    field('portal', 'VARCHAR', '门户代码', 'code of the portal that listed it'),
    field('url', 'VARCHAR', '网址', 'address'),
    field('title', 'VARCHAR', '列表所载标题', 'title as listed'),
    optional('listed_on', 'DATE', '列表所载日期', 'date as listed'),
    optional(
      'sha256',
      'VARCHAR',
      '所读字节的 SHA-256，即首次载有此内容者；空为未抓取',
      'SHA-256 of the bytes read, the first that had this content; null when not fetched',
    ),
    field('outcome', 'VARCHAR', '处理结果', 'what became of it', {
      values: [
        coded('report', '年度报告', 'an annual report'),
        coded('not_a_report', '不是年度报告', 'not an annual report'),
        coded('unread', '未能读出', 'could not be read'),
        coded('not_fetched', '未抓取', 'was not fetched'),
      ],
    }),
    optional('reason', 'VARCHAR', '不是年度报告或未能读出的原因', 'why it gave no report'),
    optional(
      'captured_at',
      'TIMESTAMP',
      '首次取得这些字节的时间（UTC）',
      'when these very bytes were first seen (UTC)',
    ),
    field(
      'revisions',
      'INTEGER',
      '该报告先后有过的不同内容数（仅浏览次数等不同者不计）',
      'number of contents that it had as a report; copies that differ in a counter or in markup are one',
    ),
    optional(
      'withdrawn_on',
      'DATE',
      '门户撤下报告的首日：网址三日均答复不存在（404、410），或完整列表七次未列而页面亦非报告；报告仍予保留',
      'first day on which the portal had taken it away: its address said on three days that nothing is there (404, 410), or seven complete lists left it out and its page is no report; it stays here',
    ),
    simulated,
    field('trust', 'VARCHAR', '来源可信程度', 'trust in the source', { values: trustLevels }),
    optional(
      'suggested_url',
      'VARCHAR',
      '克隆文档的原件可能所在的网址（推测，未经访问）',
      'for a clone, the address where its original may be (a guess: nothing was asked there)',
    ),
    optional('report_id', 'VARCHAR', '所属报告', 'report it is a witness of'),
    optional('witness', 'VARCHAR', '在该报告中的地位', 'its part in that report', {
      values: [
        coded('chosen', '采用其数字', 'gives the numbers'),
        coded('other', '仅作旁证', 'is compared with the chosen one'),
      ],
    }),
  ],
};
