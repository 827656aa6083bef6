import type { Family } from '../family.ts';
import { columns, twins } from './nfcms.ts';

/** 政府信息公开目录平台: a script-only catalogue with a JSON interface, in Guangdong beside NFCMS, by the same maker. */
export const gkmlpt: Family = {
  id: 'gkmlpt',
  zh: '政府信息公开目录平台',
  en: 'gkmlpt, catalogue with a JSON interface',
  listing: {
    how: 'catalogue',
    root: /^[^?#]*\/gkmlpt(?=\/)/,
    articles: '{root}/api/all/{column}?page={page}&sid={site}',
    nodes: /(?:信息公开|政府信息).{0,60}(?:年度报告|年报|工作报告)|^(?:年度报告|年报|工作年度报告)$/,
    columns,
  },
  twins,
};
