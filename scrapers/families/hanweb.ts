import type { Family, Rows } from '../family.ts';

const rows: Rows = {
  address: /\/art_\d+_(?<id>\d+)\.html$|\/art_[0-9a-f]{32}\.html$/,
  files: /\/(?:module\/download|attach|picture)\//,
  only: 'all',
};

/** 大汉 (Hanweb), lists of records: the first in the page, all others from an interface. */
export const jpage: Family = {
  id: 'jpage',
  zh: '大汉 jpage 列表',
  en: 'Hanweb jpage, records in the page and behind an interface',
  listing: { how: 'interface', system: 'jpage', rows },
  twins: [],
};

/** 大汉, directory of disclosed information. */
export const xxgk: Family = {
  id: 'xxgk',
  zh: '大汉信息公开目录',
  en: 'Hanweb xxgk, directory of disclosed information',
  listing: { how: 'interface', system: 'xxgk', rows },
  twins: [],
};

/** 大汉, module of annual reports: one address for each unit and year. */
export const xxgkAnnual: Family = {
  id: 'xxgk-annual',
  zh: '大汉信息公开年报模块',
  en: 'Hanweb xxgkAnnualReport, a page for each unit and year',
  listing: { how: 'annual' },
  twins: [],
};

/** 大汉, the generation whose columns are made of pieces. */
export const jpaas: Family = {
  id: 'jpaas',
  zh: '大汉 jpaas',
  en: 'Hanweb jpaas, pieces of pages behind an interface',
  listing: { how: 'interface', system: 'jpaas', rows },
  twins: [],
};
