import type { Equation } from './forms/form.ts';
import type { EquationCode } from './forms/index.ts';
import type { LabelsAhead, Shown } from './locate/row.ts';
import type { Oddity } from './printed/number.ts';

/** A cell of the form: the three codes of `docs/codebook`. */
export interface CellRef {
  grid: string;
  line: string;
  col: string;
}

export type Level = 'error' | 'warning' | 'info';

/** What is wrong, as data. Never thrown: a finding is published beside the numbers it is about. */
interface FindingOf<C extends FindingCode> {
  code: C;
  level: Level;
  cells: CellRef[];
  /** What the message says, as plain JSON data: whoever wants to know more than the code looks here, never in the message. */
  details: DetailsOf<C>;
  expected: number | null;
  actual: number | null;
  /** English but for what is printed, one line, made of all the others; `messageOf` gives it in other languages. */
  message: string;
}
/** Its code tells what its details are. */
export type Finding = { [C in FindingCode]: FindingOf<C> }[FindingCode];
export type FindingWith<C extends FindingCode> = Extract<Finding, { code: C }>;

/** A kind of finding: its level and, as a type alone, its details. */
interface Kind<D> {
  level: Level;
  details?: D;
}
type None = Record<string, never>;
const error = <D = None>(): Kind<D> => ({ level: 'error' });
const warning = <D = None>(): Kind<D> => ({ level: 'warning' });
const info = <D = None>(): Kind<D> => ({ level: 'info' });

/** In the words of a library or of a reader, see `said`. */
interface Said {
  said: string;
}
/** A document that could not be read beside the page that offers it. */
interface OfFile {
  /** Address of the file; none where the document itself is meant. */
  file?: string;
}
/** Two statements of one thing, in the order in which they are believed. */
interface Two<T> {
  first: T;
  second: T;
}
/** A printed value and the labels of its line and column. */
export interface Printed {
  label: string;
  column: string;
  value: string;
}
/** The values of a row, for more or fewer columns; `rows` have the same fault. */
export interface Shape {
  rows: number;
  label: string;
  values: string[];
  columns: number;
  /** How many ways to place them the equations accept; null where none was tried. */
  placings: number | null;
}
/** Labels of one table as they are `printed` (null where a page break lost it), and what each was read as. */
interface Labels {
  labels: { printed: string | null; label: string }[];
}
/** A table: its place in the document, or its code. */
interface Where {
  where: string;
}

export type Excess =
  | { what: 'bytes' | 'pages' | 'result'; count: number; limit: number }
  | {
      what:
        | 'cells'
        | 'characters'
        | 'columns'
        | 'entries'
        | 'json_values'
        | 'merged_cells'
        | 'merged_ranges'
        | 'nested_elements'
        | 'nested_tables';
      limit: number;
    }
  | { what: 'text' | 'drawing'; page: number }
  | { what: 'pixels'; width: number; height: number }
  | { what: 'unpacked'; name: string }
  | ({ what: 'memory' | 'picture' } & Said);

/** Why a document cannot be read: by itself, or with what was said or is meant. */
export type Why =
  | 'bytes_gone'
  | 'embedded_page'
  | 'empty'
  | 'json_broken'
  | 'json_empty'
  | 'mht_without_page'
  | 'not_ooxml'
  | 'not_regular'
  | 'ole_without_word'
  | 'ole_without_workbook'
  | 'pages_without_text'
  | 'word_95'
  | 'word_before_97'
  | 'workbook_none'
  | 'xml_none'
  | 'zip_without_document'
  | 'zip_without_workbook';
export type WhySaid =
  | 'archive_damaged'
  | 'cannot_open'
  | 'document_damaged'
  | 'no_pages'
  | 'no_reader'
  | 'ole_damaged'
  | 'page_broken'
  | 'pdf_failed'
  | 'pdf_refused'
  | 'picture_damaged'
  | 'workbook_damaged';

/** What a site shows in place of a document: to whoever it does not serve now, or where it sends visitors. */
export const pageKinds = ['wall', 'login', 'maintenance', 'error', 'index'] as const;
export type PageKind = (typeof pageKinds)[number];
/** What a copy of a page is that is no version of the report which earlier copies are. */
export type Instead =
  PageKind | 'picture' | 'other_text' | 'other_year' | 'other_publisher' | 'unnamed' | 'emptied' | 'cut' | 'unreadable';

/** A list of a portal: its address, or that of the page in question. */
interface List {
  list: string;
}
interface Answer {
  /** Of HTTP; null where there was no answer. */
  status: number | null;
}

/** What a document says is not known, or not all of it. */
export const unread = {
  unreadable: error<OfFile & ({ why: Why } | ({ why: WhySaid } & Said))>(),
  encrypted: error<
    OfFile & ({ what: 'document' | 'workbook' | 'pdf' | 'pdf_scheme' } | { what: 'entry'; name: string })
  >(),
  too_large: error<OfFile & Excess>(),
  /** `missing`: why no recogniser is there. */
  needs_ocr: error<OfFile & { what: 'image' | 'pdf'; missing?: string }>(),
  limit_time: error<OfFile & { seconds: number }>(),
  limit_memory: error<OfFile & { megabytes: number }>(),
  crashed: error<OfFile & ({ how: 'not_started' } | ({ how: 'ended' | 'failed' } & Said))>(),
  picture_unread: warning<OfFile & { pictures: number }>(),
  /** `lost`: which page could not be read, and why; without it the last ones were not tried. */
  pages_unread: error<OfFile & { read: number; pages: number; lost?: string }>(),
};

/** Of a document that was read. */
const ofDocuments = {
  /** `page`: what it plainly is, where it is no article. */
  not_a_report: info<{ page?: PageKind }>(),
  second_report: error<Where>(),
  // text
  encoding_lost: warning<{ characters: number }>(),
  encoding_repaired: info(),
  encoding_mixed: info<Two<string>>(),
  foreign_domain: warning<{ domain: string }>(),
  clone_text: warning<{ readings: number }>(),
  // identity
  publisher_unknown: error(),
  publisher_disagrees: warning<Two<string>>(),
  year_unknown: error(),
  /** `by`: what states the second year. */
  year_disagrees: warning<Two<number | null> & { by: 'title' | 'period' }>(),
  division_unknown: warning<{ publisher: string }>(),
  division_disagrees: warning<{ organ: string; portal: string }>(),
  // tables
  grid_missing: error<{ grid: string; label: string }>(),
  /** A table in the place of the grid that follows no edition of the form. */
  form_unknown: error<Where & { grid: string; label: string; rows: number }>(),
  /** The labels and numbers of these tables are printed, with nothing between the cells. */
  cells_joined: error<{ grids: string[]; labels: string[] }>(),
  /** All cells are blank, of a table about which the text states these numbers. */
  grid_blank: warning<{ grid: string; label: string; stated: number[] }>(),
  /** A whole table, of which one printing was read, or one cell of a table. */
  grid_repeated: error<{ grid: string; times: number; read: 'first' | 'of_year' } | Two<string>>(),
  /** `without`: columns that the lines are printed without; none where they are not printed at all. */
  line_missing: warning<{ labels: string[]; without: string[] }>(),
  line_hidden: warning<{ labels: string[] }>(),
  label_fuzzy: warning<Labels>(),
  label_lost: warning<Labels>(),
  /** Of lines, or of columns. */
  order_unusual: warning<{ labels: string[] }>(),
  labels_ahead: warning<{ grid: string; labels: string[]; rows: number; read: LabelsAhead['read'] }>(),
  row_leftover: warning<{ grid: string; rows: { printed: string; values: string[] }[] }>(),
  row_shape: error<Shape>(),
  row_ambiguous: error<Shape>(),
  /** Cells that rows of a table do not print, as the equations tell: one finding a table. */
  cell_missing: warning<{ labels: string[] }>(),
  cell_leftover: warning<{ printed: { value: string; header: string }[]; label: string | null }>(),
  columns_repeated: error<Where>(),
  /** Lines of the form that are printed in several rows, by `parts` of the organ. */
  lines_parted: error<{ grid: string; label: string; parts: string[] }>(),
  header_displaced: warning<Where>(),
  column_guessed: warning<Where & { header: string; grid: string; col: string }>(),
  /** `header`: null where the text lost its columns. */
  column_unknown: warning<Where & { header: string | null }>(),
  table_too_large: error<Where>(),
  edition_mixed: info<{ editions: { grid: string; edition: string }[] }>(),
  edition_unclear: warning<{ edition: string }>(),
  // values; the first four once for all cells of a table that are printed so
  value_text: warning<Printed & { oddities: Oddity[] }>(),
  value_odd: warning<Printed & { oddities: Oddity[] }>(),
  /** All cells of one table that show this, once. */
  cell_unread: warning<{ shows: Shown }>(),
  value_fraction: warning<Printed>(),
  value_negative: warning<Printed>(),
  /** The amounts of one table that show this, once; `units` as they are printed. */
  unit_unknown: warning<Printed & { units: string[] }>(),
  unit_conflict: warning<Printed & { units: string[] }>(),
  /** All cells of one table, once: the least sure first, in per cent. */
  ocr_doubt: warning<Printed & { confidence: number }>(),
  total_absent: warning<{ labels: string[] }>(),
  /** The equations that would hold. */
  suspect_cell: warning<{ row: EquationCode; column: EquationCode }>(),
  local_regulations: info<{ publisher: string }>(),
};

/** Of several documents, or of what the tables hold of one. */
const ofReports = {
  /** `unit`: which of the two alone says what the amount is in. */
  'witness.disagree': warning<Two<string> & { url: string; unit?: 'first' | 'second' }>(),
  'witness.missing': info<{ url: string }>(),
  'witness.extra': warning<{ url: string }>(),
  'fact.repeated': error<Two<string>>(),
  'identity.incomplete': error<{ lacks: 'reading' | 'publisher' | 'year' }>(),
  'date.invalid': warning<{ date: string }>(),
  /** `captured`: the day of the copy that is read; `instead`: what the latest copy is; `redirected`: where it led. */
  report_kept: warning<{ captured: string; instead: Instead; redirected?: string }>(),
  /** `captured` likewise; `since`: the day on which the page was first back at a content that it had before. */
  report_alternates: warning<{ captured: string; since: string }>(),
};

/** Of the files that a page offers. */
const ofFiles = {
  /** First what the page says, then what its file says. */
  'attachment.disagree': warning<Two<string | number | null> & { what: 'publisher' | 'division_code' | 'year' }>(),
  'attachment.not_fetched': error<{ url: string; outcome: string } & Partial<Said>>(),
};

/** Why the list of a portal is not, or may not be, complete. */
const ofPortals = {
  list_missing: error<List & Answer>(),
  list_blocked: error<List & Answer>(),
  list_empty: error<
    List &
      (
        | { how: 'page' }
        | ({ how: 'shell' } & Answer)
        | { how: 'ignored'; pages: number; ignored: Record<string, number> }
      )
  >(),
  list_error: error<List & Answer & { outcome: string } & Partial<Said>>(),
  /** The host is left alone for now: it asked for it, fails again and again, or has had its share of the run. */
  host_closed: error<List & Partial<Said>>(),
  /** Fewer articles, or pages, than the list itself states. */
  list_short: error<List & { stated: number } & ({ articles: number; column?: string } | { pages: number })>(),
  list_shrunk: error<List & { articles: number; before: number }>(),
  /**
   * Another page stands in place of the list: none of its articles is known, or half of the known reports is not on the page
   * that the address now leads to (`to`); with `known` 0, none is a report by its title.
   */
  list_wrong: error<List & { articles: number; known: number; to?: string }>(),
  /** Reports that list after list, each of them whole, no longer names: they are kept. */
  reports_unlisted: warning<List & { reports: number; examples: string[] }>(),
  list_failed: error<List & Said>(),
  page_error: error<
    List & (({ page: number; outcome: string } & Answer & Partial<Said>) | ({ column: string } & Said))
  >(),
  page_limit: error<List & ({ pages: number; column?: string } | { columns: number; read: number })>(),
  /** Pages of a list, by number, that are not there, have no row, or have the rows of an earlier page. */
  pages_lost: error<List & { pages: number[]; how: 'missing' | 'empty' | 'repeated' }>(),
  pages_scripted: error<List & { next: string }>(),
  robots_disallowed: error<List & Partial<Said>>(),
  /** `tried`: paths of the machine, for its user alone: none in what is kept. */
  browser_missing: error<List & { tried: string[] } & Partial<Said>>(),
  shell_unreadable: error<List & Partial<Said>>(),
  column_missing: error<List>(),
  column_off_site: error<List & { column: string; to: string }>(),
  row_unreadable: error<List & { column: string; rows: number }>(),
  /** Rows under titles of reports (`examples`) that lead to no address. */
  rows_astray: error<List & { reports: number; examples: string[] }>(),
  /** Reports, by their titles, at addresses that are not as the family's are: they are fetched, and the system may have changed. */
  rows_unlike: info<List & { reports: number; examples: string[] }>(),
  links_off_site: error<List & { reports: number; examples: string[] }>(),
};

/** An article that a list names: its address. */
interface Article {
  url: string;
}
/** Less than the best of the past year, and the day of that. */
interface Fall {
  now: number;
  before: number;
  on: string;
}

/** What a night leaves to a person besides: of articles, of what became of them, of the night itself. */
const ofNights = {
  article_gone: error<Article & Answer>(),
  article_blocked: error<Article & Answer & Partial<Said>>(),
  article_failed: error<Article & Answer & { outcome: string } & Partial<Said>>(),
  file_failed: error<Article & { file: string; outcome: string } & Partial<Said>>(),
  document_unread: error<Article & Said>(),
  report_lost: error<Article & { instead: Instead }>(),
  report_unsteady: error<Article & { since: string }>(),
  /** Several of a portal, `alike` in what is said of each. */
  articles_alike: error<{ kind: string; alike: string; articles: number; examples: string[] }>(),
  report_without_table: error<Article & { year: number }>(),
  /** `year`: that of the report that is not there; `of` whom, and the first of the days by which theirs were due. */
  report_overdue: error<List & { year: number; of: ('organ' | 'government')[]; by: string }>(),
  reports_fell: error<Fall>(),
  cells_fell: error<Fall>(),
  portals_unreached: error<{ vantage: string; portals: string[] }>(),
  check_failed: error<{ check: string; rows: number } & Said>(),
  archive_damaged: error<{ file: string } & Said>(),
};

/** Every code besides those of the equations of the form, by what a finding is about. */
export const kindsBy = {
  unread,
  document: ofDocuments,
  report: ofReports,
  file: ofFiles,
  portal: ofPortals,
  night: ofNights,
};
export const kinds = { ...unread, ...ofDocuments, ...ofReports, ...ofFiles, ...ofPortals, ...ofNights };

export type UnreadCode = keyof typeof unread;
export type PortalCode = keyof typeof ofPortals;
export type ListedCode = keyof typeof kinds;
/** Every code that there is: the list, and the equations of the form. */
export type FindingCode = ListedCode | EquationCode;

export type DetailsOf<C extends FindingCode> = C extends ListedCode
  ? (typeof kinds)[C] extends Kind<infer D>
    ? D
    : never
  : C extends `prose.${string}`
    ? { stated: number[] }
    : { at: string | null };

/** What the codes mean and what findings say, in one language: a further one is one more of these. */
export type Language = {
  [C in ListedCode]: [meaning: string, say: (details: DetailsOf<C>, about: About) => string];
} & {
  equation: (equation: Equation, details: DetailsOf<EquationCode>, about: About) => string;
};
export type About = Pick<Finding, 'cells' | 'expected' | 'actual'>;
