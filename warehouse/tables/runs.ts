import { field, optional, type Table } from '../schema.ts';

/** How the data came to be: what each night did, and at which portal. */

export const runs: Table = {
  name: 'runs',
  zh: '运行记录：每夜一行',
  en: 'one row a night',
  key: ['run'],
  journal: true,
  fields: [
    field('run', 'VARCHAR', '运行代码：序号与开始时间', 'code of the run: its number and its start'),
    field('started', 'TIMESTAMP', '开始时间（UTC）', 'start (UTC)'),
    optional(
      'ended',
      'TIMESTAMP',
      '结束时间（UTC）；空为被中断，或数据表建立时尚未结束',
      'end (UTC); null when it was killed, or had not ended when the tables were made',
    ),
    optional(
      'exit',
      'INTEGER',
      '退出状态：0 无事，1 须有人处理，2 用法有误，3 失败；空同上',
      'exit status: 0 nothing new to see, 1 something needs a person, 2 wrong usage, 3 it failed; null as above',
    ),
    optional('failure', 'VARCHAR', '失败原因', 'why it failed'),
    field('code', 'VARCHAR', '读取程序的版本（散列）', 'version of what reads: its hash'),
    field('vantage', 'VARCHAR', '访问所用的网络', 'network it was made from'),
    field('portals', 'INTEGER', '访问的门户数', 'portals visited', { unit: 'portal' }),
    field('problems', 'INTEGER', '未决问题数', 'open problems at its end', { unit: 'problem' }),
    field('acknowledged', 'INTEGER', '其中已知悉者', 'of these, acknowledged', { unit: 'problem' }),
  ],
};

const count = (name: string, zh: string, en: string, unit: string) => field(name, 'INTEGER', zh, en, { unit });

export const visits: Table = {
  name: 'visits',
  zh: '访问记录：每夜每个门户一行',
  en: 'one row a night and portal',
  key: ['run', 'portal'],
  journal: true,
  references: [{ fields: ['run'], table: 'runs', to: ['run'] }],
  fields: [
    field('run', 'VARCHAR', '运行代码', 'code of the run'),
    field('portal', 'VARCHAR', '门户代码', 'code of the portal'),
    field('family', 'VARCHAR', '网站系统类型', 'family of content management systems'),
    count('listed', '当夜列表所载文章数', 'articles that its list gave that night', 'article'),
    field(
      'complete',
      'BOOLEAN',
      '列表是否完整读出',
      'true when its list was read whole; it may have given rise to problems all the same',
    ),
    count('reports', '数据表中该门户的报告数', 'its reports in the tables', 'report'),
    count('cells', '这些报告的单元格数', 'cells of these reports', 'cell'),
    count('requests', '请求数', 'requests', 'request'),
    count('new', '首次取得的文章与附件', 'articles and files with their first bytes', 'document'),
    count('changed', '内容有变的文章与附件', 'articles and files with other bytes than before', 'document'),
    count('unchanged', '内容未变的文章与附件', 'articles and files with the same bytes', 'document'),
    count(
      'refused',
      '被拒绝或 robots.txt 不允许的请求',
      'requests that were refused, or that robots.txt closes',
      'request',
    ),
    count('failed', '其他失败的请求', 'other requests that gave nothing', 'request'),
    field('bytes', 'BIGINT', '响应体字节数', 'size of all bodies', { unit: 'byte' }),
    field('seconds', 'DOUBLE', '自首次请求至最后响应的秒数', 'from the first request to the last answer', {
      unit: 'second',
    }),
  ],
};
