import { readRows } from '../rows.ts';
import type { Interface } from './interface.ts';
import { answerOf, type Fields } from './json.ts';
import { addressIn, query } from './page.ts';

/** Searches that TRS columns ask in place of a static list: WAS, and the provinces' own whose answer is a call. */
export const search: Interface = {
  open(html, url, rows) {
    const named = SEARCH.test(url) ? new URL(url) : addressIn(html, SEARCH, url);
    const own = SEARCH.test(url) ? [] : readRows(html, url, rows).rows;
    if (named === null) return { rows: own, feeds: [] };
    const asked = `${new URL(named.pathname, named).href}?${query(named.searchParams, { page: '{page}' })}`;
    const name = named.searchParams.get('channelId') ?? named.searchParams.get('channelid') ?? '#1';
    const stated = { total: null, pages: null };
    return { rows: own, feeds: [{ name, asks: [{ url: asked, form: null }], size: 1, from: 1, rows: [], stated }] };
  },

  read: (text) => answerOf(text, fields),
};

const SEARCH = /\/(?:was\d{0,2}\/web\/search|govsearch\/jsonp\/)/;

const fields: Fields = {
  rows: ['docs', 'data', 'list', 'data.list', 'data.data'],
  title: ['title', 'DOCTITLE', 'doctitle'],
  url: ['puburl', 'docpuburl', 'DOCPUBURL', 'url'],
  date: ['tip.dates', 'pubtime', 'RELEASEDATE', 'dates', 'docreltime'],
  total: ['num', 'total', 'count', 'recordCount', 'data.total'],
  pages: ['nPage', 'pageCount', 'pages'],
};
