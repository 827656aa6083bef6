import type { About, Excess, Instead, Language, Printed, Shape, Why, WhySaid } from '../finding-kinds.ts';
import { eachOf } from '../forms/form.ts';
import type { Shown } from '../locate/row.ts';
import { withMarksNamed, type Oddity } from '../printed/number.ts';

export const instead: Record<Instead, string> = {
  wall: 'the page of a firewall that refuses',
  login: 'a form to log in',
  maintenance: 'a notice of maintenance',
  error: 'the page of an error',
  index: 'a page of links',
  picture: 'a picture',
  other_text: 'another text than a report',
  other_year: 'the report on another year',
  other_publisher: 'the report of another organ',
  unnamed: 'a report without its publisher or year',
  emptied: 'the report without tables that it had',
  cut: 'the report cut short',
  unreadable: 'nothing that can be read',
};
const why: Record<Why, string> = {
  bytes_gone: 'its bytes in the archive are missing or damaged',
  embedded_page: 'the text is an embedded web page, which Word would convert on opening',
  empty: 'the file is empty',
  json_broken: 'broken JSON',
  json_empty: 'no article in the JSON answer',
  mht_without_page: 'the file of several parts holds no page',
  not_ooxml: 'a compound file, not an OOXML document',
  not_regular: 'not a regular file',
  ole_without_word: 'a compound file that holds no Word document',
  ole_without_workbook: 'a compound file that holds no workbook',
  pages_without_text: 'no page of the PDF can be opened and has text or pictures',
  word_95: 'a document of Word 95 or older, or no Word document',
  word_before_97: 'a document of a Word older than Word 97',
  workbook_none: 'not a workbook',
  xml_none: 'a part of the document holds no XML',
  zip_without_document: 'the archive holds no text document',
  zip_without_workbook: 'the archive holds no workbook',
};
const whySaid: Record<WhySaid, string> = {
  archive_damaged: 'damaged archive',
  cannot_open: 'the file cannot be opened',
  document_damaged: 'damaged document',
  no_pages: 'no pages to look at in the type',
  no_reader: 'no reader for the type',
  ole_damaged: 'damaged compound file',
  page_broken: 'a page that cannot be opened',
  pdf_failed: 'PDFium failed',
  pdf_refused: 'not a PDF that can be opened',
  picture_damaged: 'damaged picture',
  workbook_damaged: 'damaged workbook',
};
const encrypted = {
  document: 'the document is protected by a password',
  workbook: 'the workbook is protected by a password',
  pdf: 'the PDF needs a password',
  pdf_scheme: 'the PDF uses an unsupported security scheme',
};

const andMore = (more: unknown[], what: string): string =>
  more.length === 0 ? '' : ` and ${more.length} more ${what}${more.length > 1 ? 's' : ''}`;

function excess(e: Excess): string {
  switch (e.what) {
    case 'bytes':
      return `${e.count} bytes; the limit is ${e.limit}`;
    case 'result':
      return `a result of ${e.count} bytes; the limit is ${e.limit}`;
    case 'pages':
      return `${e.count} pages; the limit is ${e.limit}`;
    case 'cells':
      return `more than ${e.limit} cells`;
    case 'characters':
      return `a text of more than ${e.limit} characters`;
    case 'columns':
      return `text beyond column ${e.limit}`;
    case 'entries':
      return `more than ${e.limit} entries in the archive`;
    case 'json_values':
      return `more than ${e.limit} values in JSON`;
    case 'merged_cells':
      return `merged ranges over more than ${e.limit} cells`;
    case 'merged_ranges':
      return `more than ${e.limit} merged ranges`;
    case 'nested_elements':
      return `elements nested deeper than ${e.limit}`;
    case 'nested_tables':
      return `tables nested deeper than ${e.limit}`;
    case 'text':
      return `too much text on page ${e.page}`;
    case 'drawing':
      return `too much drawing on page ${e.page}`;
    case 'pixels':
      return `a picture of ${e.width} × ${e.height} pixels`;
    case 'unpacked':
      return `${e.name} in the archive unpacks to more than allowed or declared`;
    case 'memory':
      return `it does not fit in memory: ${e.said}`;
    case 'picture':
      return e.said;
  }
}

const oddities: Record<Oddity, string> = {
  commas: 'commas not at the thousands',
  digits: 'more digits than a number can hold',
  figure: 'a figure that is no plain digit',
  hidden: 'marks that are not seen among its digits',
  long: 'too long for a number',
  money: 'a count with a unit of money',
  note: 'a note in the cell',
  one: 'the character 一 where a dash is expected',
  parted: 'two numbers, or one in two pieces',
  signs: 'more than one sign',
  stray: 'a stray character beside the number',
  unit: 'an unknown unit',
  white_space: 'white space inside the number',
  words: 'no single number',
  zero: 'a leading zero',
};
const shown: Record<Shown, string> = {
  merged: 'one number merged over several lines',
  pale: 'digits so pale or so marked that they may not be a part of it',
  picture: 'a picture',
  struck: 'only what is struck through or blacked out',
  styled: 'what the style sheet of the page puts there',
  table: 'a table of its own',
};
const printed = ({ label, column, value }: Printed): string => `${label} · ${column}: "${withMarksNamed(value)}"`;
const others = ({ cells }: About): string => (cells.length > 1 ? ` and ${cells.length - 1} more cells` : '');
const odd = (d: Printed & { oddities: Oddity[] }, about: About): string =>
  `${printed(d)}${others(about)}: ${d.oddities.map((o) => oddities[o]).join(', ')}`;
const row = ({ label, values, columns, placings, rows }: Shape): string => {
  const what = rows > 1 ? `${label} and ${rows - 1} more rows` : label;
  const fit = placings === null ? '' : `; ${placings} placings fit the equations`;
  return `${what}: ${values.length} cells (${values.join(' ')}) for ${columns} columns${fit}`;
};

const answer = ({ status }: { status: number | null }): string => (status === null ? 'no answer' : `HTTP ${status}`);
const because = ({ said }: { said?: string }): string => (said === undefined ? '' : `: ${said}`);
const counts = (of: Record<string, number>): string =>
  Object.entries(of)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');

const overdue = { organ: 'a department or township', government: 'a government' };

export const en: Language = {
  not_a_report: [
    'the document is not an annual report',
    ({ page }) => (page ? instead[page] : 'neither the title, the tables nor the sections of an annual report'),
  ],
  unreadable: ['the document cannot be read', (d) => ('said' in d ? `${whySaid[d.why]}: ${d.said}` : why[d.why])],
  encrypted: [
    'the document is encrypted',
    (d) => (d.what === 'entry' ? `${d.name} in the archive is encrypted` : encrypted[d.what]),
  ],
  too_large: ['the document exceeds a limit', excess],
  needs_ocr: [
    'the document is an image and was not recognised',
    ({ what, missing }) =>
      `${what === 'image' ? 'the document is an image' : 'the pages of the PDF are pictures'}; ` +
      `install the optional OCR packages to read it${missing === undefined ? '' : ` (${missing})`}`,
  ],
  limit_time: ['reading took longer than its limit', ({ seconds }) => `not read within ${seconds} s`],
  limit_memory: [
    'reading needed more memory than its limit',
    ({ megabytes }) => `needed more than ${megabytes} MB of memory`,
  ],
  crashed: [
    'the process that read the document crashed',
    (d) =>
      d.how === 'not_started'
        ? 'the reading process did not start'
        : d.how === 'ended'
          ? `the reading process ended with ${d.said}`
          : `the reader failed: ${d.said}`,
  ],
  picture_unread: [
    'a picture in the article was not read',
    ({ pictures }) => `a table is missing and ${pictures} pictures of the article were not read`,
  ],
  pages_unread: [
    'pages of the document were not read',
    ({ read, pages, lost }) =>
      lost === undefined
        ? `the first ${read} of ${pages} pages were read`
        : `${read} of ${pages} pages were read; ${lost}`,
  ],
  second_report: [
    'the document holds another report, which was not read',
    ({ where }) => `another report begins at ${where} and was not read`,
  ],
  encoding_lost: ['characters were lost in an encoding', ({ characters }) => `${characters} characters were lost`],
  encoding_mixed: [
    'a page is written in two encodings',
    ({ first, second }) => `${first} and ${second}: each part is read in its own`,
  ],
  encoding_repaired: [
    'wrongly decoded text was restored',
    () => 'text decoded wrongly before it was published was restored',
  ],
  foreign_domain: ['the text names a domain outside .gov.cn', ({ domain }) => `the text names ${domain}`],
  clone_text: [
    'readings inserted by a clone site were removed',
    ({ readings }) => `${readings} readings in brackets were taken out`,
  ],
  publisher_unknown: ['no publisher could be read', () => 'no title or text names the organ'],
  publisher_disagrees: [
    'title, text and metadata name different publishers',
    ({ first, second }) => `"${first}" in the title, "${second}" elsewhere`,
  ],
  year_unknown: ['no year could be read', () => 'no title or text states the year'],
  year_disagrees: [
    'title, text and url state different years',
    ({ first, second, by }) =>
      by === 'title'
        ? `${first} in the title, ${second} elsewhere`
        : `${first} in the title, the figures are of ${second}`,
  ],
  division_unknown: [
    'no division code could be derived',
    ({ publisher }) => `no division of GB/T 2260 in "${publisher}"`,
  ],
  division_disagrees: [
    'title and metadata point to different divisions',
    ({ organ, portal }) => `the organ is in ${organ}, the portal says ${portal}`,
  ],
  grid_missing: [
    'a statutory table is not in the document',
    ({ label }) => `${label}: the table is not in the document`,
  ],
  form_unknown: [
    'a table follows no edition of the form that is known',
    ({ label, where, rows }) => `${label}: the ${rows} rows at ${where} are of no known edition; none was read`,
  ],
  cells_joined: [
    'the cells of a table are printed without anything between them',
    ({ labels }) => `${labels.join('; ')}: labels and numbers run together; none was read`,
  ],
  grid_blank: [
    'a table is blank of which the text states numbers, or all tables are',
    ({ label, stated }) =>
      `${label}: every cell is blank${stated.length > 0 ? `, and the text states ${stated.join(', ')}` : ', of the whole form'}`,
  ],
  grid_repeated: [
    'a statutory table is printed more than once',
    (d, { cells }) =>
      'times' in d
        ? `${d.grid} is printed ${d.times} times with different numbers; ` +
          `the ${d.read === 'first' ? 'first' : 'one of the report’s year'} was read`
        : `${cells[0]?.line}/${cells[0]?.col} is printed twice: "${d.first}" and "${d.second}"`,
  ],
  line_hidden: [
    'a line of the form is in the document, which does not show it',
    ({ labels }) => `not shown, and read: ${labels.join('; ')}`,
  ],
  line_missing: [
    'a line of the form is not printed',
    ({ labels, without }) =>
      `${labels.join('; ')}: ${without.length > 0 ? `printed without ${without.join(', ')}` : 'not printed'}`,
  ],
  label_fuzzy: [
    'lines were recognised by similar labels',
    ({ labels: [first, ...more] }) => `"${first?.printed}" read as ${first?.label}${andMore(more, 'label')}`,
  ],
  label_lost: [
    'lines were recognised by their place alone',
    ({ labels: [first, ...more] }) =>
      first?.printed === null
        ? `numbers without a label after a page break read as ${first.label}${andMore(more, 'label')}`
        : `"${first?.printed}" read as ${first?.label} by its place${andMore(more, 'label')}`,
  ],
  order_unusual: [
    'lines or columns stand out of the statutory order',
    ({ labels }) => `${labels.join(', ')} out of the order of the form`,
  ],
  labels_ahead: [
    'labels stand together before several rows without any',
    ({ grid, labels, rows, read }) =>
      read === 'each'
        ? `${grid}: ${labels.join('; ')} stand before the numbers of all, read in their order`
        : `${grid}: ${labels.length} labels${labels.length > 0 ? ` (${labels.join('; ')})` : ''} stand before ${rows} ${rows === 1 ? 'row' : 'rows'}, ${read === 'last' ? `read as the ${rows === 1 ? 'last one’s' : 'last ones’'}` : 'none of which was read'}`,
  ],
  row_leftover: [
    'a row with numbers is no line of the form',
    ({ grid, rows: [first, ...more] }) =>
      `${grid}: "${first?.printed}" ${first?.values.join(' ')}${more.length > 0 ? ` and ${more.length} more rows` : ''}`,
  ],
  row_shape: ['the cells of a row do not fit its columns', row],
  row_ambiguous: ['where the blanks of a row were cannot be decided', row],
  cell_missing: [
    'rows have fewer cells than columns, and the equations say which are missing',
    ({ labels }) => `cells of ${labels.join(', ')} are not printed: these, by the equations`,
  ],
  cell_leftover: [
    'a printed number has no column in its line',
    ({ printed, label }) =>
      `${printed.map((p) => `"${p.value}" under "${p.header}"`).join(', ')}: no column of ${label ?? 'this row'}`,
  ],
  lines_parted: [
    'each line is printed in several rows, by parts of the organ',
    ({ label, parts }) => `${label}: its lines are printed in several rows (${parts.join(', ')}); none was read`,
  ],
  columns_repeated: [
    'the same columns stand side by side',
    ({ where }) => `${where}: the same columns stand side by side; none was read`,
  ],
  header_displaced: [
    'a header does not stand above its numbers',
    ({ where }) => `${where}: the header lacks a cell or a group reaches too far; its numbers were read by their count`,
  ],
  column_guessed: [
    'a column was recognised by its place or likeness',
    ({ where, header, grid, col }) => `${where}: header "${header}" taken for ${grid} ${col} by its place`,
  ],
  column_unknown: [
    'a column is not of the form',
    ({ where, header }) =>
      header === null
        ? `${where}: the header has a column that is not of the form`
        : `${where}: column "${header}" is not of the form; its numbers were not read`,
  ],
  table_too_large: ['a table is larger than is believable', ({ where }) => `${where}: the table was cut`],
  edition_mixed: [
    'tables of different editions in one report',
    ({ editions }) => editions.map((e) => `${e.grid} follows the edition ${e.edition}`).join(', '),
  ],
  edition_unclear: [
    'no header says which edition a table follows',
    ({ edition }) => `no header names these columns; read as the edition ${edition}`,
  ],
  value_text: ['a value cell holds text', odd],
  value_odd: ['a number is printed oddly', odd],
  cell_unread: [
    'cells show something that is not read as text',
    ({ shows }, about) =>
      `${about.cells[0]?.line} · ${about.cells[0]?.col}${others(about)} of ${about.cells[0]?.grid}: shows ${shown[shows]}`,
  ],
  value_fraction: ['a count has a fraction', (d, about) => `${printed(d)}${others(about)}: a count is whole`],
  value_negative: ['a count is negative', (d, about) => `${printed(d)}${others(about)}: a count is not negative`],
  unit_unknown: [
    'the unit of an amount is not known',
    (d) =>
      `${printed(d)}: ${d.units.length === 0 ? 'no unit in the cell, its header, its row or around its table' : `the unit is printed as ${d.units.join(', ')}`}; the number is kept as printed`,
  ],
  unit_conflict: [
    'different units are printed for one amount',
    (d) => `${printed(d)}: the units ${d.units.join(' and ')} are printed for it`,
  ],
  ocr_doubt: [
    'a number was recognised with little confidence',
    (d, about) =>
      `${printed(d)}${others(about)}: recognised with ${about.cells.length > 1 ? 'at least ' : ''}${d.confidence} % confidence`,
  ],
  total_absent: [
    'rows have numbers but no total, unlike the others',
    ({ labels }) => `${labels.join('; ')}: numbers without a total, which other rows have`,
  ],
  suspect_cell: [
    'a failing row and a failing column cross in this cell',
    (d, { cells, expected, actual }) =>
      `${d.row} and ${d.column} would both hold if ${cells[0]?.line} · ${cells[0]?.col} were ${expected}, not ${actual}`,
  ],
  local_regulations: [
    'an organ without the power to make regulations reports some',
    ({ publisher }) => `${publisher} reports regulations, which it has no power to make`,
  ],
  'witness.disagree': [
    'another document of the report prints another number',
    ({ url, first, second, unit }) =>
      `${url} prints “${second}” where the chosen document prints “${first}”` +
      (unit ? `; only the ${unit === 'first' ? 'chosen' : 'other'} document states the unit` : ''),
  ],
  'witness.missing': [
    'another document of the report lacks cells',
    ({ url }, { cells }) => `${cells.length} cells: ${url} lacks them`,
  ],
  'witness.extra': [
    'another document of the report has cells that the chosen one lacks',
    ({ url }, { cells }) => `${cells.length} cells: only ${url} has them`,
  ],
  'fact.repeated': [
    'one cell was read twice in a document',
    (d) => `the document prints this cell again: “${d.first}”, then “${d.second}”`,
  ],
  'identity.incomplete': [
    'a report without publisher or year is in no table of reports',
    ({ lacks }) => (lacks === 'reading' ? 'there is no reading of it' : `its ${lacks} is not known`),
  ],
  'date.invalid': ['a printed date does not exist', ({ date }) => `listed on “${date}”`],
  report_kept: [
    'the page no longer is the report; an earlier copy of it is read',
    (d) =>
      `read from the copy of ${d.captured}; the latest is ${instead[d.instead]}${d.redirected ? `, at ${d.redirected}` : ''}`,
  ],
  report_alternates: [
    'the page shows several versions of the report in turns; the latest that was new is read',
    ({ captured, since }) => `read from the copy of ${captured}; since ${since} the page goes back and forth`,
  ],
  'attachment.disagree': [
    'a page and its file say different things of the report',
    (d) => `${d.what}: the page says ${d.first}, its file ${d.second}`,
  ],
  'attachment.not_fetched': [
    'a file of a page without its tables could not be had',
    (d) => `${d.url}: ${d.outcome}${because(d)}`,
  ],
  list_missing: ['the list is not there', (d) => `the list is not there (${answer(d)})`],
  list_blocked: ['the portal refuses', (d) => `the portal refuses (${answer(d)})`],
  list_empty: [
    'the list has no article',
    (d) =>
      d.how === 'page'
        ? 'the page lists no article'
        : d.how === 'shell'
          ? `the list is an empty shell (${answer(d)})`
          : `${d.pages} pages list no article of this portal (ignored: ${counts(d.ignored)})`,
  ],
  list_error: ['the list cannot be had', (d) => `${d.outcome} (${answer(d)})${because(d)}`],
  host_closed: ['the host is left alone for now', (d) => `the host is left alone for now${because(d)}`],
  list_short: [
    'a list has less than it states',
    (d) =>
      'pages' in d
        ? `${d.pages} of ${d.stated} pages`
        : `${d.column === undefined ? '' : `column ${d.column}: `}${d.articles} of ${d.stated} articles`,
  ],
  list_shrunk: [
    'the list has half of what it had, or less',
    (d) => `lists ${d.articles} articles where it listed ${d.before}`,
  ],
  list_wrong: [
    'another page stands in place of the list',
    ({ articles, known, to }) =>
      `${to === undefined ? 'the page' : to} lists ${articles} articles, ${known === 0 ? 'none of them a report by its title' : `and not the ${known} known reports`}`,
  ],
  reports_unlisted: [
    'reports are no longer listed',
    ({ reports, examples }) => `${reports} reports are no longer listed: ${examples.join(' ')}`,
  ],
  list_failed: ['reading the list failed', (d) => d.said],
  page_error: [
    'a further page of the list cannot be had',
    (d) => ('page' in d ? `page ${d.page}: ${d.outcome} (${answer(d)})${because(d)}` : `column ${d.column}: ${d.said}`),
  ],
  page_limit: [
    'the list is longer than is believable',
    (d) =>
      'columns' in d
        ? `${d.columns} columns, ${d.read} read`
        : `${d.column === undefined ? '' : `column ${d.column}: `}more than ${d.pages} pages`,
  ],
  pages_scripted: [
    'further pages open by a script alone',
    ({ next }) => `the next page is not an address of this portal: ${next}`,
  ],
  pages_lost: [
    'pages of the list are not there, or not themselves',
    ({ pages, how }) =>
      `${pages.length === 1 ? 'page' : 'pages'} ${pages.slice(0, 10).join(', ')}${pages.length > 10 ? ' …' : ''}: ${{ missing: 'not there', empty: 'without any row', repeated: 'the rows of an earlier page' }[how]}`,
  ],
  robots_disallowed: [
    'robots.txt disallows the list',
    (d) => (d.said === undefined ? 'robots.txt disallows the list' : `the list may not be fetched: ${d.said}`),
  ],
  browser_missing: [
    'the list needs a browser, and there was none',
    (d) =>
      d.tried.length === 0
        ? 'the list needs a browser, and the machine that asked had none'
        : `${d.said}; tried ${d.tried.join(', ')}`,
  ],
  shell_unreadable: [
    'the page of a catalogue platform is not as expected',
    (d) => d.said ?? 'the address is not that of such a catalogue',
  ],
  column_missing: ['no column for annual reports was found', () => 'no column of the tree is named as annual reports'],
  column_off_site: ['a column is on another site', ({ column, to }) => `column ${column} leads to ${to}`],
  row_unreadable: [
    'rows of the list cannot be read',
    ({ column, rows }) => `column ${column}: ${rows} rows cannot be read`,
  ],
  rows_astray: [
    'rows of reports lead nowhere',
    ({ reports, examples }) => `${reports} rows with titles of reports lead to no address: ${examples.join('; ')}`,
  ],
  rows_unlike: [
    'reports lie at addresses that are new to the family',
    ({ reports, examples }) => `${reports} reports at addresses that are none of the family's: ${examples.join(' ')}`,
  ],
  links_off_site: [
    'reports are on other sites',
    ({ reports, examples }) =>
      `${reports} reports are on other sites, which need lines of their own in the register: ${examples.join(' ')}`,
  ],
  article_gone: ['the article is no longer there', (d) => `the article is no longer there (${answer(d)})`],
  article_blocked: [
    'the portal refuses the article',
    (d) => `the portal refuses the article (${answer(d)})${because(d)}`,
  ],
  article_failed: ['the article cannot be had', (d) => `${d.outcome} (${answer(d)})${because(d)}`],
  file_failed: ['a file of the article cannot be had', (d) => `${d.outcome}${because(d)}`],
  document_unread: ['the document could not be read', (d) => `the document could not be read: ${d.said}`],
  report_lost: [
    'the page is no longer the report that it was; the copy before is kept',
    (d) => `the page is no longer the report that it was: it is ${instead[d.instead]}`,
  ],
  report_unsteady: [
    'the page shows several versions of the report in turns',
    ({ since }) => `since ${since} the page goes back and forth between versions of the report`,
  ],
  articles_alike: [
    'several articles of the portal are in one state',
    (d) => `${d.articles} articles (${d.examples.join(', ')}, …): ${d.alike}`,
  ],
  report_without_table: [
    'no table of the report was found',
    ({ year }) => `no table was found in the report of ${year}`,
  ],
  report_overdue: [
    'the report of last year was due, and was not published',
    ({ year, of, by }) =>
      `no report of ${year} of ${of.map((one) => overdue[one]).join(' or ')} is there, which was due by ${by}; there is one of the year before`,
  ],
  reports_fell: [
    'the portal has fewer reports than it had',
    ({ now, before, on }) => `${now} reports, ${before} on ${on}`,
  ],
  cells_fell: [
    'the reports of the portal have fewer cells than they had',
    ({ now, before, on }) => `${now} cells, ${before} on ${on}`,
  ],
  portals_unreached: [
    'portals need a network that is not the one of this run, whose name the register does not have',
    ({ vantage, portals }) =>
      `no portal has the vantage ${vantage}, and ${portals.length} need another: ${portals.slice(0, 5).join(', ')}`,
  ],
  check_failed: ['a check of the tables failed', (d) => `${d.check}: ${d.said} (${d.rows})`],
  archive_damaged: ['a file of the archive was damaged', (d) => d.said],
  equation: (equation, d, { expected, actual }) =>
    'at' in d
      ? `${equation.en}: ${d.at === null ? '' : `${eachOf(equation)} ${d.at}: `}${actual} ≠ ${expected}`
      : `${equation.en}: the text says ${d.stated.join(', ')}, the table ${actual}`,
};
