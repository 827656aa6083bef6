import type { Charset } from '../compose/encode.ts';
import type { Figures } from '../compose/figures.ts';
import type { HtmlStyle } from '../compose/html.ts';
import type { BehindName } from './behind.ts';
import type { SystemName } from './systems.ts';

/** An article of a portal before it is a page. */
export type Entry = ReportEntry | OtherEntry;

interface Common {
  /** Post id, unique on its host. */
  id: number;
  title: string;
  /** YYYY-MM-DD, local. */
  date: string;
  charset: Charset;
  style: HtmlStyle;
  /** Also served under the address for telephones, and listed there. */
  twin?: boolean;
  /** Lies in a folder that robots.txt closes. */
  closed?: boolean;
  /** Static lists: the column it is listed in, of `Plan.columns`; the first one by default. */
  column?: string;
  /** Static lists: the address of `column` holds not a list but this article. */
  instead?: boolean;
}

export interface ReportEntry extends Common {
  kind: 'report';
  figures: Figures;
}

export interface AttachedFile {
  format: 'pdf' | 'docx' | 'doc' | 'xlsx';
  /** Its address, where that is not the one of NFCMS; parameters sorted. */
  path?: string;
  /** The report in the file; null: the file has no table. */
  figures: Figures | null;
  /** What it says then. */
  lines?: string[];
}

export interface OtherEntry extends Common {
  /** `attachment`: an annual report whose page only links to `file`. The others are no annual reports. */
  kind: 'attachment' | 'notice' | 'website_report' | 'summary' | 'other';
  body: string;
  file?: AttachedFile;
}

export interface Plan {
  id: string;
  division: string;
  name: string;
  /** Key of the families that are read. */
  family: string;
  /** What the register says instead. */
  registered?: string;
  host: string;
  /** Folder of the column, `/…/`. */
  folder: string;
  entries: Entry[];
  note: string;
  invented: boolean;
  /** Content-Type of pages as the server sends it. */
  contentType: string;
  /** Charset of the list pages. */
  listCharset: Charset;
  /** Lists are in Traditional script. */
  traditional?: boolean;
  /** gkmlpt: what follows the last page. */
  end?: 'empty' | 'not_found';
  /** gkmlpt: the register names the node of the tree, or discovery finds it by its printed name. */
  fragment?: boolean;
  /** gkmlpt: the page that runs the catalogue, and whether its rows lead to articles with `?jump=true`. */
  shell?: 'index' | 'annualreport';
  /** plain: the rows are written by a script. */
  scripted?: boolean;
  /** What lies behind the column. */
  behind?: BehindName;
  /** Where that answers, when not on the same host. */
  searchHost?: string;
  /** How static lists are written. */
  system?: SystemName;
  /** Columns of years and units in the first one: path from `folder` → printed name. */
  columns?: Record<string, string>;
}

export interface Reply {
  status: number;
  type: string;
  body: Uint8Array;
}

export interface Route {
  kind: 'list' | 'article' | 'attachment';
  /** Given the parameters of the address and of what was posted. */
  reply: (asked?: URLSearchParams) => Reply;
}

/** Path and query, or path alone where the reply looks at the rest itself → what is served there. */
export type Routes = Map<string, Route>;

/** How a portal can be wrong. */
export const misbehaviours = {
  ok: 'as it should be',
  down: 'it does not answer',
  empty: 'its lists have no rows',
  moved: 'its list is not there any more (404)',
  dead: 'its list leads to a newest report that is not there (404)',
  blocked: 'it refuses, with 412 and a script that sets a cookie',
  slow: 'it answers late',
  changed: 'its newest report was silently edited',
  redesigned: 'all its articles are in other markup',
} as const;
export type Misbehaviour = keyof typeof misbehaviours;
