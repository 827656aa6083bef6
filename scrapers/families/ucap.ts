import type { Family } from '../family.ts';

/** UCAP: lists are static HTML whose file bears its template's name; it prints what its pager is to call the others. */
export const ucap: Family = {
  id: 'ucap',
  zh: '开普集约化平台',
  en: 'UCAP, static lists of YYYYMM/<32 hex>.shtml',
  listing: {
    how: 'pages',
    rows: {
      address: /\/20\d{4}\/(?<id>[0-9a-f]{32}|(?:c\d\d_)?\d{4,})\.s?html?$|\/c\d{4,}\/content\.s?html?$/i,
      files: /\/(?:files|\w*attachments?)\//i,
      only: 'all',
      columns: { root: /^.*\//, address: /^(?!20\d{4}\/)[\w%-]+\/(?:\w+\.shtml)?$/i },
    },
    paging: { by: 'pager' },
    render: 'never',
  },
  twins: [],
};
