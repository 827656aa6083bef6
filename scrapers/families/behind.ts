import type { Family } from '../family.ts';

/** `/public/column/`, in Anhui, Qinghai, Hubei, Jiangxi and Hunan; its maker is not known for sure. */
export const publicColumn: Family = {
  id: 'public-column',
  zh: '信息公开栏目（public/column）',
  en: '/public/column/, rows from a label of the site',
  listing: {
    how: 'interface',
    system: 'label',
    rows: { address: /\/public\/(?:\d+|content)\/(?<id>\d+)(?:\.html)?$/, files: /^\//, only: 'all' },
  },
  twins: [],
};

/** TRS columns without a list of their own, which ask a search. */
export const trsSearch: Family = {
  id: 'trs-search',
  zh: '拓尔思检索列表',
  en: 'TRS, rows from a search in JSON',
  listing: {
    how: 'interface',
    system: 'search',
    rows: { address: /\/t\d{8}_(?<id>\d+)(?:\.s?html?)?$/, files: /\/P0\d{18}\.\w+$/, only: 'all' },
  },
  twins: [],
};

/** TRS columns that ask the search called IRS. */
export const irs: Family = {
  id: 'irs',
  zh: '拓尔思 IRS 检索列表',
  en: 'TRS IRS, rows from a search whose fields have made-up names',
  listing: {
    how: 'interface',
    system: 'irs',
    rows: { address: /\/t(?:\d{8}_)?(?<id>\d+)(?:\.s?html?)?$/, files: /\/P0\d{18}\.\w+$/, only: 'all' },
  },
  twins: [],
};

/** UCAP columns without rows of their own, which ask for those of their channel. */
export const ucapChannel: Family = {
  id: 'ucap-channel',
  zh: '开普栏目接口',
  en: 'UCAP, rows of a channel in JSON',
  listing: {
    how: 'interface',
    system: 'channel',
    rows: { address: /\/\d{6}\/(?:[0-9a-f]{32}|c\d{2}_(?<id>\d+))\.s?html?$/, files: /^\//, only: 'all' },
  },
  twins: [],
};
