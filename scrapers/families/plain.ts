import type { Family } from '../family.ts';

/** Lists made by hand, and lists whose rows a script writes into the page. */
export const plain: Family = {
  id: 'plain',
  zh: '手工栏目',
  en: 'hand-made lists, static or written by script',
  listing: {
    how: 'pages',
    rows: {
      address: /\.(?:s?html?|jsp|aspx?|php)(?:\?|$)|[?&](?:id|articleid|infoid)=/i,
      files: /^\//,
      only: 'dated',
    },
    paging: { by: 'pager' },
    render: 'when_empty',
  },
  twins: [],
};
