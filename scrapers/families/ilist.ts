import type { Family } from '../family.ts';

/** Lists and articles by one page, `iList.jsp`, told apart by its parameters: Shaanxi's and Guangdong's among others. */
export const ilist: Family = {
  id: 'ilist',
  zh: 'iList 栏目',
  en: 'iList.jsp, lists and articles by their parameters',
  listing: {
    how: 'pages',
    rows: {
      address: /\/info\/iList\.jsp\?(?:.{0,200}&)?info_id=(?<id>\d{1,20})/i,
      files: /\/(?:attach\w*|upload\w*|files?|resource)\//i,
      only: 'all',
    },
    paging: { by: 'pager' },
    render: 'never',
  },
  twins: [],
};
