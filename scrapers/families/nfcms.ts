import type { Family, Pages, Twin } from '../family.ts';

export const columns: Pages = {
  how: 'pages',
  rows: {
    address: /\/content\/(?:.{0,200}\/)?m?post_(?<id>\d+)(?:_app)?\.html$/i,
    files: /\/attachment\//i,
    only: 'all',
    columns: { root: /^.*\//, address: /^(?:[\w%-]+\/){1,3}(?:index\.html)?$/i },
  },
  paging: { by: 'number', name: 'index_{number}.html', second: 2 },
  render: 'never',
};

export const twins: Twin[] = [
  { part: /mpost_(?=\d)/i, article: 'post_' },
  { part: /_app(?=[./])/i, article: '' },
];

/** 南方网 CMS: the portals of Guangdong's cities and districts. Lists are static HTML. */
export const nfcms: Family = {
  id: 'nfcms',
  zh: '南方网内容管理系统',
  en: 'NFCMS, static lists of post_N.html',
  listing: columns,
  twins,
};
