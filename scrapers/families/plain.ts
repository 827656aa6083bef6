import type { Family, Pages } from '../family.ts';

/** Rows and pages of whatever system. */
export const anyList: Pages = {
  how: 'pages',
  rows: {
    address: /\.(?:s?html?|jsp|aspx?|php)(?:\?|$)|[?&](?:id|articleid|infoid)=/i,
    files: /^\//,
    only: 'dated',
    columns: {
      root: /^.*\//,
      // Years, and the initials of 部门 街道 镇 乡 区 县 市 政府 单位 年报.
      address:
        /^(?:(?=[\w-]*(?:20\d\d|nb|nd|bm|jd|jz|xz|zj|qz|xq|sz|sj|gq|qx|zf|dw|bs))[\w-]+\/){1,3}(?:(?:index|list|default|1)\.s?html?)?$/i,
    },
  },
  paging: { by: 'pager' },
  render: 'when_empty',
};

/** Lists made by hand, and lists whose rows a script writes into the page. */
export const plain: Family = {
  id: 'plain',
  zh: '手工栏目',
  en: 'hand-made lists, static or written by script',
  listing: anyList,
  twins: [],
};
