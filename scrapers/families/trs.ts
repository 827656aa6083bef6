import type { Family } from '../family.ts';

/** TRS WCM, the most numerous system: lists are static HTML, years and units often folders with lists of their own. */
export const trs: Family = {
  id: 'trs',
  zh: '拓尔思内容管理系统',
  en: 'TRS WCM, static lists of YYYYMM/tYYYYMMDD_N.html',
  listing: {
    how: 'pages',
    rows: {
      // Guangxi's have neither the month's folder nor the day.
      address: /\/t(?:(?:19|20)\d{6}_)?(?<id>\d{4,12})(?:_app)?(?:\.s?html?)?$/i,
      // Beside the article: P0 and 18 digits.
      files: /\/[PW]0\d{15,20}\.\w+$/,
      only: 'all',
      columns: { root: /^.*\//, address: /^(?:[\w%-]+\/){1,3}(?:index\.s?html?)?$/ },
    },
    paging: { by: 'pager' },
    render: 'never',
  },
  twins: [{ part: /_app(?=[./])/i, article: '' }],
};
