import type { Random } from './random.ts';

/**
 * Mistakes of markup that pages are published with. Browsers make a tree of each of them by rule, so what a reader of the
 * page sees is what that tree holds, and a parser of another kind loses the cells. Each gets a page without mistakes.
 */
export type Mistake = (page: string, random: Random) => string;

/** One place of several, drawn at random. */
const once =
  (pattern: RegExp, change: (match: string) => string): Mistake =>
  (page, random) => {
    const found = [...page.matchAll(pattern)];
    const { 0: match, index } = found[random.whole(0, found.length - 1)]!;
    return page.slice(0, index) + change(match) + page.slice(index + match.length);
  };
const every =
  (pattern: RegExp, change: (match: string) => string): Mistake =>
  (page) =>
    page.replace(pattern, change);
const lost = () => '';
const before = (text: string) => (match: string) => text + match;
const after = (text: string) => (match: string) => match + text;

const TABLE = /<table[^>]*>/g;
const TABLE_END = /<\/table>/g;
const ROW = /<tr>/g;
const ROW_END = /<\/tr>/g;
const CELL = /<td[^>]*>/g;
const CELL_END = /<\/td>/g;
const ARTICLE = /<div class="(?:article-content|TRS_Editor|content)">/g;

/** The rest of the page is lost from a place in its last part on: a transfer that broke off. */
const cut =
  (pattern: RegExp, into: (match: string) => string): Mistake =>
  (page, random) => {
    const found = [...page.matchAll(pattern)].filter(({ index }) => index > page.length / 2);
    const { 0: match, index } = found[random.whole(0, found.length - 1)]!;
    return page.slice(0, index) + into(match);
  };

export const mistakes = {
  row_not_opened: once(ROW, lost),
  rows_not_opened: every(ROW, lost),
  row_not_closed: once(ROW_END, lost),
  rows_not_closed: every(ROW_END, lost),
  cell_not_closed: once(CELL_END, lost),
  cells_not_closed: every(CELL_END, lost),
  cells_and_rows_not_closed: every(/<\/t[dr]>/g, lost),
  row_closed_twice: once(ROW_END, after('</tr>')),
  cell_closed_twice: once(CELL_END, after('</td>')),
  table_closed_twice: every(TABLE_END, after('</table>')),
  table_closed_in_row: once(CELL_END, after('</table>')),
  table_not_closed: once(TABLE_END, lost),
  navigation_not_closed: (page) => page.replace('</table></div>', '</div>'),
  form_in_table: every(TABLE, after('<form action="/">')),
  form_around_rows: (page) => page.replace(TABLE, '$&<form>').replace(TABLE_END, '</form>$&'),
  form_in_row: every(ROW, after('<form>')),
  hidden_field_in_table: every(TABLE, after('<input type="hidden" value="12">')),
  field_in_row: once(ROW, after('<input type="text" value="12">')),
  font_in_table: every(TABLE, after('<font color="red">')),
  font_in_row: once(ROW, after('<font size="2">')),
  div_in_table: every(TABLE, after('<div align="center">')),
  div_around_cells: (page) => page.replace(ROW, '<tr><div>').replace(ROW_END, '</div></tr>'),
  div_around_row: (page) => page.replace(ROW, '<div><tr>').replace(ROW_END, '</tr></div>'),
  center_in_table: every(TABLE, after('<center>')),
  text_in_table: once(ROW, before('单位：件')),
  caption_not_closed: every(TABLE, after('<caption>附表')),
  colgroup_not_closed: every(TABLE, after('<colgroup><col width="80"><col width="80">')),
  columns_closed: every(TABLE, after('<col width="80"></col><col></col>')),
  bodies_nested: every(TABLE, after('<tbody><tbody>')),
  heads_not_closed: every(TABLE, after('<thead>')),
  div_closed_in_cell: once(CELL_END, before('</div>')),
  paragraph_closed_in_cells: every(CELL_END, before('</p>')),
  span_closed_in_cells: every(CELL_END, before('</span>')),
  paragraph_not_closed_in_cells: every(CELL, after('<p>')),
  bold_not_closed_in_cells: every(CELL, after('<b>')),
  link_not_closed_in_cell: once(CELL, after('<a name="x">')),
  bold_around_article: every(ARTICLE, after('<b><font face="宋体">')),
  bold_and_paragraph_crossed: (page) => page.replace(/<p>/g, '<b><p>').replace(/<\/p>/g, '</b></p>'),
  heading_around_table: every(TABLE, before('<h3>')),
  paragraph_around_table: (page) => page.replace(TABLE, '<p>$&').replace(TABLE_END, '$&</p>'),
  attributes_not_quoted: every(/="(\w+)"/g, (match) => match.replaceAll('"', '')),
  attributes_twice: every(CELL, (match) =>
    match.replace('<td', '<td align=left').replace('>', ' colspan="9" align="x">'),
  ),
  cut_in_tag: cut(CELL, (match) => match.slice(0, 2)),
  cut_after_cell: cut(CELL_END, (match) => match),
} satisfies Record<string, Mistake>;
