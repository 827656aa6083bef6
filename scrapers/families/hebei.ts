import type { Family } from '../family.ts';

/** Hebei's portals: a list is a block of a template, of which the page holds the first rows. */
export const hebei: Family = {
  id: 'hebei',
  zh: '河北集约化平台',
  en: "Hebei's portals, lists in blocks of templates",
  listing: {
    how: 'pages',
    rows: {
      address: /\/columns\/[0-9a-f-]{36}\/\d{6}\/\d\d\/(?<id>[0-9a-f-]{36})\.html$/i,
      files: /^\/(?:files?|attach\w*|upload\w*|columns)\//i,
      only: 'all',
    },
    paging: { by: 'pager' },
    render: 'never',
  },
  twins: [],
};
