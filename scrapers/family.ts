import type { interfaces } from './interfaces/index.ts';

/**
 * A family says how one content management system lists its articles: a small literal in this closed vocabulary,
 * interpreted by `discover.ts` and what it calls. A system that does not fit gets a new kind of listing here, never a
 * flag. What it writes into its articles is known to their reader, `transforms/formats/html/systems.ts`, and what stands
 * in front of any system is in `walls.ts`.
 */
export interface Family {
  id: string;
  zh: string;
  en: string;
  listing: Pages | Catalogue | Behind | Annual | { how: 'detected' };
  /** What tells the address of an article's second page, for telephones, from that of the article itself. */
  twins: Twin[];
}

export interface Twin {
  /** In the path of the second page. */
  part: RegExp;
  /** What stands in its place in the path of the article. */
  article: string;
}

/** Rows are anchors in pages of HTML. */
export interface Pages {
  how: 'pages';
  rows: Rows;
  paging: Paging;
  /** `when_empty`: a page without any row is opened in a browser, which runs its scripts. */
  render: 'never' | 'when_empty';
}

export interface Rows {
  /** Matches path and query of an article's address; the group `id`, where there is one, is the article's id on its site. */
  address: RegExp;
  /** Matches the path of a document or picture that a row may lead straight to; its name ends in a type of file. */
  files: RegExp;
  /** `dated`: only anchors with a date in their row or a year in their title, where addresses tell articles and navigation not apart. */
  only: 'all' | 'dated';
  /** Where a list may lead to others: of years, of kinds of units, of units. */
  columns?: Columns;
}

/** Lists in a list. What of a list is no row and fits is followed, a few levels deep. */
export interface Columns {
  /** What of the address of any page of a list, from its path on, the addresses of its columns begin with. */
  root: RegExp;
  /** Matches the rest of the address of a column. */
  address: RegExp;
}

/** What the pager of a page says of the others, in whatever form, comes first: `pager.ts`. */
type Paging =
  /** Where it says nothing: beside the first page, the name of the others, in which `{number}` counts up from that of the second. */
  | { by: 'number'; name: string; second: number }
  /** Where it says nothing, there are no others. */
  | { by: 'pager' };

/** The JSON interface behind a script-only catalogue of disclosed information; `catalogue.ts` knows its answers. */
export interface Catalogue {
  how: 'catalogue';
  /** What the address of the shell begins with, as far as the interface shares it: `{root}`. */
  root: RegExp;
  /** One page of a column, from 1: of `{root}`, `{column}`, `{page}` and the `{site}` that the shell names. */
  articles: string;
  /** Which nodes of the tree hold annual reports, by their printed name, when the portal's address names no node. */
  nodes: RegExp;
  /** How the ordinary columns are listed that nodes with a `jump_url` lead to. */
  columns: Pages;
}

/** An interface behind the page of a column, which names it: what is sent and answered is code, in `interfaces/`. */
export interface Behind {
  how: 'interface';
  system: keyof typeof interfaces;
  rows: Rows;
}

/** One address for each unit and year, and no list of them: `annual.ts`. */
export interface Annual {
  how: 'annual';
}
