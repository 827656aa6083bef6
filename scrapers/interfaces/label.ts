import { readRows } from '../rows.ts';
import type { Ask, Interface } from './interface.ts';
import { addressIn, query, rowsIn } from './page.ts';

/** Columns at `/public/column/`: the page's script asks a label of the site for pieces of HTML with the rows. */
export const label: Interface = {
  open(html, url, rows) {
    const { rows: own, pager } = readRows(html, url, rows);
    const feed = { name: new URL(url).searchParams.get('catId') ?? '#1', size: 1, rows: [], from: 1 };
    return {
      rows: own,
      feeds: [{ ...feed, asks: asksOf(html, url), stated: { pages: pager.pages, total: pager.rows } }],
    };
  },

  // A category without articles says so in words; a column that is asked for its own pages answers with whole ones.
  read(text, url, rows) {
    if (!/<body\b/i.test(text)) return { ...rowsIn(text, url, rows), bad: 0 };
    const { rows: found, pager } = readRows(text, url, rows);
    return { rows: found, total: pager.rows, pages: pager.pages, bad: 0 };
  },
};

/** What the label is asked for, wherever it is named: in the address, in the script, in the column's own address. */
const NAMES = `labelName siteId pageSize action isDate dateFormat organId type catId catIds cId result file
  IsAjax dataType`.split(/\s+/);

/** What a variable far from the call may say. */
const OF_SITE = /^(?:siteId|organId|catId)$/;

/** The server cuts titles at so many characters: longer than any. */
const LONG_ENOUGH = '400';

function asksOf(html: string, url: string): Ask[] {
  const here = new URL(url);
  const called = addressIn(html, /\/site\/label\/\d/, url);
  const own = new URL(here.pathname, here).href;
  if (called === null) return [{ url: `${own}?${query(here.searchParams, { pageIndex: '{page}' })}`, form: null }];
  const parameters = new Map([['IsAjax', '1'], ['dataType', 'html'], ...called.searchParams]);
  parameters.delete('_');
  const around = html.slice(Math.max(0, html.search(/\/site\/label\/\d/) - 3000)).slice(0, 6000);
  for (const name of NAMES) {
    const pattern = new RegExp(`\\b${name}["']?\\s*[:=]\\s*(?:"([^"<>]{0,200})"|'([^'<>]{0,200})'|([\\w-]{1,200}))`);
    const value = pattern.exec(around) ?? (OF_SITE.test(name) ? pattern.exec(html) : null);
    const named = here.searchParams.get(name) ?? (name === 'organId' ? organOf(here) : null);
    const found = value?.[1] ?? value?.[2] ?? value?.[3] ?? named ?? undefined;
    if (!parameters.has(name) && found !== undefined) parameters.set(name, found);
  }
  parameters.set('length', LONG_ENOUGH);
  const at = new URL(called.pathname, called).href;
  return [{ url: `${at}?${query(parameters, { pageIndex: '{page}' })}`, form: null }];
}

const organOf = ({ pathname }: URL): string | null => /\/public\/column\/(\d+)/.exec(pathname)?.[1] ?? null;
