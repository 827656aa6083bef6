import type { CheerioAPI } from 'cheerio';
import { isTag, type Element } from 'domhandler';

/** Where an anchor stands: the element that holds its row and others, and the names of the elements from the row down to it. */
interface Place {
  list: Element;
  path: string;
}

/** The row is what HTML has for rows, else whatever is around the anchor. */
function placeOf($: CheerioAPI, anchor: Element): Place | null {
  const row = $(anchor).closest('li, tr, dl')[0] ?? anchor.parent;
  if (!row || !isTag(row) || !row.parent || !isTag(row.parent)) return null;
  const names: string[] = [];
  for (let at = anchor.parent; at && isTag(at) && at !== row.parent; at = at.parent) names.push(at.name);
  return { list: row.parent, path: names.join(' ') };
}

/** Whether an anchor stands as one of `rows` does, in the same list: lists repeat one shape. */
export function standsAmong($: CheerioAPI, rows: Element[]): (anchor: Element) => boolean {
  const paths = new Map<Element, Set<string>>();
  for (const row of rows) {
    const place = placeOf($, row);
    if (place) paths.set(place.list, (paths.get(place.list) ?? new Set()).add(place.path));
  }
  return (anchor) => {
    const place = placeOf($, anchor);
    return place !== null && paths.get(place.list)?.has(place.path) === true;
  };
}
