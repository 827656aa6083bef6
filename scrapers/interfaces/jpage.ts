import { load } from 'cheerio';
import { guardDepth, readRows } from '../rows.ts';
import { MAX_FEEDS, type Ask, type Feed, type Interface } from './interface.ts';
import { addressIn, numberIn, query, rowsIn } from './page.ts';

/** Hanweb's `jpage`: records of a list in XML, the first of them inside the page, all others from `dataproxy.jsp`. */
export const jpage: Interface = {
  open(html, url, rows) {
    const feeds = storesIn(html).map((store, i): Feed => {
      const { records, total } = recordsOf(store.xml);
      const perPage = numberIn(store.script, /\bperpage["']?\s*[:=]\s*["']?([1-9]\d{0,2})\b/i) ?? 15;
      const size = GROUP * perPage;
      return {
        name: `#${i + 1}`,
        asks: asksOf(store, perPage, url),
        size,
        from: Math.floor(records.length / size) + 1,
        rows: rowsIn(records.join('\n'), url, rows).rows,
        stated: { total: total ?? numberIn(store.script, TOTAL), pages: null },
      };
    });
    return { rows: readRows(html, url, rows).rows, feeds };
  },

  read(text, url, rows) {
    const { records, total } = recordsOf(text);
    const { rows: found } = rowsIn(records.join('\n'), url, rows);
    // Its pages are those of one view, of which a request gives several.
    return { rows: found, total, pages: null, bad: Math.max(0, records.length - found.length) };
  },
};

const TOTAL = /\btotal_?records?["']?\s*[:=>]\s*["']?(\d{1,7})\b/i;

/** Views of `perpage` rows that the script asks for at once. */
const GROUP = 3;

interface Store {
  xml: string;
  /** The script that shows it. */
  script: string;
  /** Of the element around it, which is that of the list. */
  unit: string | undefined;
}

function storesIn(html: string): Store[] {
  const pieces = html.split(/<datastore\b/i);
  return pieces.slice(1, MAX_FEEDS + 2).map((piece, i) => {
    const end = piece.search(/<\/datastore/i);
    const at = end === -1 ? piece.length : end;
    const unit = UNIT.exec((pieces[i] ?? '').slice(-500))?.[1];
    const called = unit === undefined ? -1 : html.search(new RegExp(`#${unit}["'][^;]{0,20}\\.jpage\\b`));
    const script = called === -1 ? piece.slice(at) : html.slice(called, called + 5000);
    return { xml: `<datastore${piece.slice(0, at)}</datastore>`, script, unit };
  });
}

/** The element that holds a store, before the store. */
const UNIT =
  /\bid\s*=\s*["']?([\w-]{1,50})["']?[^<>]{0,300}>\s*(?:<script[^<>]{0,100}>\s*)?(?:<\?xml[^<>]{0,100}>\s*)?$/i;

/** Each record by itself, so that the date of one is not taken for that of another. The last may be an empty trailer. */
function recordsOf(xml: string): { records: string[]; total: number | null } {
  guardDepth(xml.replace(/<!\[CDATA\[|\]\]>/g, ' '));
  const $ = load(xml, { xml: true });
  const records = $('record')
    .toArray()
    .map((record) => ($(record).children().length > 0 ? ($(record).html() ?? '') : $(record).text()).trim())
    .filter((record) => /<a\s/i.test(record))
    .map(boxed);
  return { records, total: numberIn(xml.split(/<recordset\b/i)[0] ?? '', TOTAL) };
}

/** Rows of tables are no rows outside of one. */
function boxed(record: string): string {
  if (/^<td\b/i.test(record)) return `<div><table><tr>${record}</tr></table></div>`;
  return /^<tr\b/i.test(record) ? `<div><table>${record}</table></div>` : `<div>${record}</div>`;
}

/** The address and parameters that the page names, posted as its script does, or in the address as others do. */
function asksOf({ xml, script, unit }: Store, perPage: number, url: string): Ask[] {
  const proxy = addressIn(xml + script, /\/dataproxy\.jsp/i, url);
  const at = proxy ?? new URL('/module/web/jpage/dataproxy.jsp', url);
  const parameters = new Map(at.searchParams);
  ['page', 'startrecord', 'endrecord', 'perpage'].forEach((name) => parameters.delete(name));
  for (const name of ['webid', 'path', 'columnid', 'unitid', 'sourceContentType', 'webname', 'permissiontype']) {
    const value = new RegExp(`\\b${name}["']?\\s*:\\s*["']?([^"',{}\\s]{1,100})`).exec(script)?.[1];
    if (!parameters.has(name) && value !== undefined) parameters.set(name, value);
  }
  const named = {
    columnid: /\/col(\d+)\//.exec(url)?.[1],
    unitid: unit,
  };
  for (const [name, value] of Object.entries(named))
    if (value !== undefined && !parameters.has(name)) parameters.set(name, value);
  const page = new URL(at.pathname, at).href;
  const range = `startrecord={first}&endrecord={last}&perpage=${perPage}`;
  const rest = query([['col', '1'], ['appid', '1'], ...parameters]);
  return [
    { url: `${page}?${range}`, form: rest },
    { url: `${page}?${range}&${rest}`, form: null },
  ];
}
