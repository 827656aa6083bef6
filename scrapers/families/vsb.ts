import type { Family } from '../family.ts';

/** 博达 VisualSiteBuilder: pages of a list count down, and the column of a unit may be its report. */
export const vsb: Family = {
  id: 'vsb',
  zh: '博达站群',
  en: 'VisualSiteBuilder, static lists of info/C/N.htm',
  listing: {
    how: 'pages',
    rows: {
      address: /\/info\/\d+\/(?<id>\d+)\.htm$|[?&]wbnewsid=\d+/i,
      files: /\/__local\/|\/system\/_content\//,
      only: 'all',
      // Further pages of `nb.htm` are `nb/4.htm`, its columns `nb/n2023n.htm`.
      columns: { root: /^.+?(?=(?:\/(?:index|\d+))?\.htm$)/, address: /^(?:\/[\w-]+){0,2}\/(?!\d+\.htm)[\w-]+\.htm$/i },
    },
    paging: { by: 'pager' },
    render: 'never',
  },
  twins: [],
};
