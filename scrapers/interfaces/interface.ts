import type { Rows } from '../family.ts';
import type { ListPage } from '../rows.ts';

type ListRow = ListPage['rows'][number];

/** One request of an interface. `{page}` (from 1), `{first}` and `{last}` (rows, from 1) stand for what is asked for. */
export interface Ask {
  url: string;
  /** Posted, as a form or as JSON; null where the address says all. */
  form: string | null;
}

/** One list behind a column's page. */
export interface Feed {
  /** For messages. */
  name: string;
  /** In the order in which they are tried: the first that gives rows is kept. */
  asks: Ask[];
  /** Rows that one request asks for. */
  size: number;
  /** The page does not say that this is a list. */
  guessed?: boolean;
  /** Page from which rows are asked for: the column's page holds those before. */
  from: number;
  /** Which it holds. */
  rows: ListRow[];
  stated: Stated;
}

/** No column has more lists; of one that does, one more is enough to tell. */
export const MAX_FEEDS = 50;

/** What is printed about the length of a list; null where nothing is. */
export interface Stated {
  total: number | null;
  pages: number | null;
}

/** What the page of a column holds and names. */
export interface Opening {
  /** Beside those of the feeds. */
  rows: ListRow[];
  feeds: Feed[];
}

export interface Answer extends Stated {
  rows: ListRow[];
  /** Rows that cannot be read. */
  bad: number;
}

/**
 * How one system puts its lists behind an interface: pure functions of what it sent.
 * @throws UnexpectedPage where that cannot be read
 */
export interface Interface {
  /** Of the page of a column. `url` is its address. */
  open(html: string, url: string, rows: Rows): Opening;
  /** Of one answer to an `Ask`. */
  read(text: string, url: string, rows: Rows): Answer;
}
