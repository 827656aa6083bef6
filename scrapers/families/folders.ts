import type { Family } from '../family.ts';

/** Systems whose articles are called by their number in the folder of their column: Shaanxi, Hunan, Shanghai and others. */
export const folders: Family = {
  id: 'folders',
  zh: '按编号命名的静态栏目',
  en: 'static lists whose articles are numbers: content_N.html, 19 digits, 24 or 32 hex digits',
  listing: {
    how: 'pages',
    rows: {
      // By themselves, shorter numbers are pages and years.
      address:
        /\/(?:[a-z]{0,20}-?(?:content|article|show|detail|description)s?[_/-](?:\d{1,10}-)?(?=\d)|[a-z]{1,20}[_-](?=\d{6})|i(?=\d{5})|(?=\d{5}|[0-9a-f]{24}|[0-9a-f]{8}-))(?<id>\d{1,24}|[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f-]{36})(?:\.s?html?)?$/i,
      files: /^\//,
      only: 'all',
      columns: { root: /^.*\//, address: /^(?:[\w%-]+\/){1,3}(?:(?:index|default|1)\.s?html?)?$/i },
    },
    paging: { by: 'pager' },
    render: 'never',
  },
  twins: [],
};
