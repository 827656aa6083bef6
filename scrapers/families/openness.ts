import type { Family } from '../family.ts';

/** Registers of disclosed information in which reports are a kind of their own: Anhui's, and those with 24-digit ids. */
export const openness: Family = {
  id: 'openness',
  zh: '政府信息公开平台（年报专栏）',
  en: 'openness registers, lists of annual reports by unit',
  listing: {
    how: 'pages',
    rows: {
      address: /\/(?:doc_)?(?<id>[0-9a-f]{24})\.html$|\/\w*Annual_?Reports?\/show\/\d+\.html$/i,
      files: /\/(?:attach\w*|upload\w*|files?)\//i,
      only: 'all',
      // Only from the page of all units: the list of one names the others as well.
      columns: {
        root: /^(?:\/\w+){0,3}\/\w*Annual_?Reports?\/(?:showList\/)?$/i,
        address: /^(?:\?branch_?id=\w{1,32}|(?:showList\/)?\d+\/(?:\d+\/)?(?:page_1\.html)?)$/i,
      },
    },
    paging: { by: 'pager' },
    render: 'never',
  },
  twins: [],
};
