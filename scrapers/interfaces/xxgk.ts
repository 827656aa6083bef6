import { readRows } from '../rows.ts';
import type { Interface } from './interface.ts';
import { addressIn, query, rowsIn } from './page.ts';

/** Hanweb's directory of disclosed information: tables in pieces of HTML, asked for by category and unit. */
export const xxgk: Interface = {
  open(html, url, rows) {
    const here = SEARCH.test(url) ? new URL(url) : null;
    const search = here ?? addressIn(html, SEARCH, url) ?? new URL('/module/xxgk/search.jsp', url);
    const parameters = new Map(search.searchParams);
    const named = { infotypeId: 'infotypeId', jdid: 'jdid', area: 'vc_xxgkarea', divid: 'divid' };
    for (const [name, variable] of Object.entries(named)) {
      const value = new RegExp(`\\b${variable}\\s*[:=]\\s*["']?([\\w,]{1,200})`).exec(html)?.[1];
      if (!parameters.get(name) && value !== undefined) parameters.set(name, value);
    }
    const asked = `${new URL(search.pathname, search).href}?${query(parameters, { currpage: '{page}' })}`;
    const stated = { total: null, pages: null };
    const feed = { name: parameters.get('infotypeId') || '#1', size: 1, rows: [], stated, from: 1 };
    return { rows: readRows(html, url, rows).rows, feeds: [{ ...feed, asks: [{ url: asked, form: null }] }] };
  },

  read: (text, url, rows) => ({ ...rowsIn(text, url, rows), bad: 0 }),
};

const SEARCH = /\/module\/xxgk\/search\.jsp/;
