import { UnexpectedPage } from '../errors.ts';
import { readRows } from '../rows.ts';
import { jsonOf, textAt } from './json.ts';
import { MAX_FEEDS, type Feed, type Interface, type Stated } from './interface.ts';
import { numberIn, query, rowsIn } from './page.ts';

/** Hanweb's `jpaas`: a column is made of pieces that are published by themselves, a list a piece that is asked for page by page. */
export const jpaas: Interface = {
  open(html, url, rows) {
    const units = unitsIn(html);
    const lists = units.filter(({ parameters }) => /列表|list/i.test(parameters.get('tagId') ?? ''));
    return {
      rows: readRows(html, url, rows).rows,
      feeds: (lists.length > 0 ? lists : units).map(({ parameters, stated, size }, i): Feed => {
        const at = new URL(ADDRESS, url).href;
        const page = `${encodeURIComponent('{"pageNo":')}{page}${encodeURIComponent(`,"pageSize":${size}}`)}`;
        return {
          name: parameters.get('tagId') ?? `#${i + 1}`,
          asks: [{ url: `${at}?${query([...parameters, ['editType', 'null']], { paramJson: page })}`, form: null }],
          size,
          ...(lists.length > 0 ? {} : { guessed: true }),
          from: 1,
          rows: [],
          stated,
        };
      }),
    };
  },

  read(text, url, rows) {
    const html = textAt(jsonOf(text), ['data.html']);
    if (html === null) throw new UnexpectedPage('the answer has no data.html');
    const { rows: found, pages, total } = rowsIn(html, url, rows);
    return { rows: found, pages, total: numberIn(html, COUNT) ?? total, bad: 0 };
  },
};

const ADDRESS = '/api-gateway/jpaas-publish-server/front/page/build/unit';

/** Of the rows of the list, in the tag of its pager. */
const COUNT = /\bcount\s*=\s*["']?(\d{1,7})\b/i;

interface Unit {
  parameters: Map<string, string>;
  size: number;
  stated: Stated;
}

/** What stands in the attribute is an object of JavaScript, with its quotes the one way or the other. */
function unitsIn(html: string): Unit[] {
  const pieces = html.split(/\bquerydata\s*=\s*/i);
  return pieces.slice(1, MAX_FEEDS + 2).map((piece) => {
    const quote = piece[0] === "'" ? "'" : '"';
    const text = piece.slice(1, 3000);
    const end = quote === "'" && /^\s*\{\s*'/.test(text) ? text.indexOf("}'") + 1 : text.indexOf(quote);
    const written = text.slice(0, end).replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
    const pairs = [...written.matchAll(/["'](\w{1,40})["']\s*:\s*(?:"([^"]*)"|'([^']*)')/g)];
    return {
      parameters: new Map(pairs.map(([, name = '', double, single]) => [name, double ?? single ?? ''])),
      size: Number(/\brows\s*=\s*["']?(\d{1,3})\b/i.exec(piece)?.[1] ?? 10),
      stated: { total: numberIn(piece, COUNT), pages: null },
    };
  });
}
