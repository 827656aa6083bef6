/**
 * A family says how one content management system lists its articles: a small literal in this closed vocabulary,
 * interpreted by `discover.ts` alone. A system that does not fit gets a new kind of listing here, never a flag.
 */
export interface Family {
  id: string;
  zh: string;
  en: string;
  listing: Pages | Catalogue;
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
  /** `dated`: only anchors with a date in their row or a year in their title, where addresses tell articles and navigation not apart. */
  only: 'all' | 'dated';
}

export type Paging =
  /** `index.html`, then `index_2.html`, `index_3.html`… beside it. */
  | { by: 'number'; first: 2 }
  /** The anchor that says 下一页. */
  | { by: 'next_link' };

/** The JSON interface behind a script-only catalogue of disclosed information. */
export interface Catalogue {
  how: 'catalogue';
  /** Which nodes of the tree hold annual reports, by their printed name, when the portal's address names no node. */
  nodes: RegExp;
  /** How the ordinary columns are listed that nodes with a `jump_url` lead to. */
  columns: Pages;
}
