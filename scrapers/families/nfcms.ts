import type { Family, Pages } from '../family.ts';

export const columns: Pages = {
  how: 'pages',
  // `mpost_` is the twin for telephones. Rows may also lead straight to a document.
  rows: {
    address: /\/(?:content\/(?:.*\/)?m?post_(?<id>\d+)(?:_app)?\.html|attachment\/.+\.(?:pdf|docx?|xlsx?|wps))$/i,
    only: 'all',
  },
  paging: { by: 'number', first: 2 },
  render: 'never',
};

/** 南方网 CMS: the portals of Guangdong's cities and districts. Lists are static HTML. */
export const nfcms: Family = {
  id: 'nfcms',
  zh: '南方网内容管理系统',
  en: 'NFCMS, static lists of post_N.html',
  listing: columns,
};
