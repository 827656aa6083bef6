import type { Patch } from './sources.ts';

/** A part of reading that could be left out, and how. */
export interface Mechanism extends Patch {
  name: string;
  /** What it is for, as a line of the table in docs/reading.md. */
  what: string;
}

/** Leaves out a statement, or replaces an expression. */
const off = (name: string, file: string, what: string, ...changes: Patch['changes']): Mechanism => ({
  name,
  file,
  what,
  changes,
});

const locate = [
  // rows-of-tables.ts
  off(
    'inherited-header',
    'locate/rows-of-tables.ts',
    'a table without a header goes on under that of the table before',
    [
      'headers.length === 0 && carry?.columns === grid.columns ? continued(carry.header) : null',
      'null as Header | null',
    ],
  ),
  off('is-of-the-form', 'locate/rows-of-tables.ts', 'a table of other things that has labels of the form is not read', [
    '&& !isOfTheForm(rows))',
    '&& !isOfTheForm && rows)',
  ]),
  off('cell-across-first-column', 'locate/rows-of-tables.ts', 'a cell that reaches from the labels into the numbers', [
    '    if (placed.column < header.firstValue && end > header.firstValue) return null;\n',
    '',
  ]),
  off('header-too-narrow', 'locate/rows-of-tables.ts', 'a header that ends to the left of its rows lacks a cell', [
    'if (isNarrower(grid, header, end) ||',
    'if ((isNarrower(grid, header, end) && false) ||',
  ]),
  off('numbers-under-blank', 'locate/rows-of-tables.ts', 'a header with an empty cell over numbers is not believed', [
    '|| hasHeadless(grid, header, end))',
    '|| (hasHeadless(grid, header, end) && false))',
  ]),
  off('header-among-rows', 'locate/rows-of-tables.ts', 'a header cell that reaches into the rows is not of them', [
    'p.row >= h.from && p.row < h.to)',
    'p.row >= h.from && p.row < h.from)',
  ]),
  off('number-under-no-header', 'locate/rows-of-tables.ts', 'a row longer than its header is not read by position', [
    '      if (placed.column >= header.reach || isHeadless(placed, header)) return null;\n',
    '',
  ]),
  off('words-among-values', 'locate/rows-of-tables.ts', 'a remark among the numbers of a row is no label of it', [
    'return most < 1 ?',
    'return most < texts.length ?',
  ]),
  off('number-among-labels', 'locate/rows-of-tables.ts', 'a row whose numbers begin to the left of their header', [
    "    if (placed.row === row && placed.cell.text !== '' && isValueLike(placed.cell.text)) return null;\n",
    '',
  ]),
  off('label-among-numbers', 'locate/rows-of-tables.ts', 'a row whose label reaches to the right of its header', [
    "    if (!isValueLike(placed.cell.text) && meaningOf(placed.cell.text)?.kind === 'line') return null;\n",
    '',
  ]),
  off('over-columns', 'locate/rows-of-tables.ts', 'a number over two columns is of neither', [
    '      if (values.at(-1)!.target!.col !== target.col || values.at(-1)!.target!.line !== target.line) return null;\n',
    '',
  ]),
  off(
    'header-over-two',
    'locate/rows-of-tables.ts',
    'a header cell over two numbers is too wide, and others have moved',
    [
      "    if (placed.cell.text !== '' && values.some(isSame)) return null;\n",
      "    if (placed.cell.text !== '' && values.some(isSame)) continue;\n",
    ],
  ),
  off('number-for-unit', 'locate/rows-of-tables.ts', 'a number in the column of units has lost its place', [
    '(p.column !== header?.unit || isNumber(p.cell.text)) &&',
    'p.column !== header?.unit &&',
  ]),
  off('shared-by-lines', 'locate/rows-of-tables.ts', 'a number over two lines is of neither, read by position', [
    'if (!placed || sharedByLines(grid, placed, header)) return null;',
    'if (!placed || !sharedByLines) return null;',
  ]),
  off('merged-in-order', 'locate/rows-of-tables.ts', 'a number over two lines is of neither, read in order', [
    'const merged = own.some((p) => p.rowspan > 1);',
    'const merged = false as boolean;',
  ]),
  off(
    'awaited-row',
    'locate/rows-of-tables.ts',
    'an empty row under a header that holds the lines is a row of blanks',
    [
      "if (!awaited && cells.every((p) => p.cell.text === '')) return null;",
      "if (cells.every((p) => p.cell.text === '') || (awaited && false)) return null;",
    ],
  ),
  off('own-label', 'locate/rows-of-tables.ts', 'cells that began in a row above are groups, not the label', [
    'labels.findLast((p) => p.row === row) ?? labels.at(-1)',
    'labels.at(-1)',
  ]),
  off('picture-in-cell', 'locate/rows-of-tables.ts', 'a cell with a picture or a table in it is no blank', [
    "  if (cell.unread) value.unread = cell.unread;\n  else if (cell.text === '' && cell.nested) value.unread = 'table';\n",
    '',
  ]),
  off('unknown-columns', 'locate/rows-of-tables.ts', 'columns with numbers that the form does not have are named', [
    'if (column > header.firstValue && hasNumbersBelow(grid, header, column))',
    'if (false && column > header.firstValue && hasNumbersBelow(grid, header, column))',
  ]),

  // headers.ts
  off('numbered-is-line', 'locate/headers.ts', 'a numbered label is a line, never a header', [
    "    if (meaning?.kind === 'line' && cellKeys(cell.text).number !== '') return false;\n",
    '',
  ]),
  off(
    'copies',
    'locate/headers.ts',
    'a column that prints what the one before it prints is a cell of both, written out',
    ['copies: copiesIn(grid, from, to),', 'copies: new Set<number>((() => [])()),'],
  ),
  off('lines-above-columns', 'locate/headers.ts', 'a line over several cells of a header is one line', [
    "else if (meaning?.kind === 'line') lines.add(cell.text);",
    "else if (meaning?.kind === 'line') lines.add(`${lines.size}`);",
  ]),
  off(
    'over-a-lacking-column',
    'locate/headers.ts',
    'a header cell over two columns may stand over one that is lacking',
    ['  if (lacking && leavesOf(header).some((leaf) => leaf.target && leaf.columns.length > 1)) return true;\n', ''],
  ),
  off(
    'lacks-column-of-a-line',
    'locate/headers.ts',
    'a column is lacking where one line of several does not print it',
    [
      '[...lines].some((line) => !printed.has(`${line}/${c.code}`))',
      '[...lines].every((line) => !printed.has(`${line}/${c.code}`))',
    ],
  ),
  off('unit-column', 'locate/headers.ts', 'a column that states the unit of each row', [
    'if (isUnit) header.unit = column;',
    '',
  ]),
  off('counters', 'locate/headers.ts', 'a column that numbers the rows holds no values', [
    'if (isCounter) header.counters.add(column);',
    '',
  ]),
  off('fill-by-order', 'locate/headers.ts', 'a misspelt header cell is the column missing between its neighbours', [
    '  fillByOrder(header);\n',
    '',
  ]),
  off('fill-alike', 'locate/headers.ts', 'of several misspelt header cells each is the column it is like', [
    'gap[open.indexOf(leaf)] : gap.find(alike);',
    'gap[open.indexOf(leaf)] : undefined;',
  ]),
  off('overflows', 'locate/headers.ts', 'header cells pushed out from under their group by a wrong colspan', [
    'overflows(header) || lacksLine(header)',
    '(!overflows && false) || lacksLine(header)',
  ]),
  off('lacks-line', 'locate/headers.ts', 'a header that holds the lines and lacks one for a column lost a cell', [
    'overflows(header) || lacksLine(header)',
    'overflows(header) || !lacksLine',
  ]),
  off('lacks-column', 'locate/headers.ts', 'a group over more columns than stand below it lacks a header cell', [
    'lacksLine(header) || lacksColumn(header);',
    'lacksLine(header) || !lacksColumn;',
  ]),
  off('choose-year', 'locate/headers.ts', 'of two sets of the same columns the one of the year, or none', [
    '  chooseYear(header, years, year);\n',
    '  if (!chooseYear) return null;\n',
  ]),

  // text-items.ts, rows-of-text.ts, header-lines.ts
  off('page-numbers', 'locate/text-items.ts', 'page numbers are neither labels nor values', [
    '  if (isPageNumber(block.text)) return [];\n',
    '',
  ]),
  off('numbers-in-prose', 'locate/text-items.ts', 'numbers at the end of a sentence are no values', [
    'const prose = label.length > 60 || /[。；]/.test(label);',
    'const prose = false as boolean;',
  ]),
  off('numbers-before-label', 'locate/text-items.ts', 'numbers before a text are values only in a run', [
    '  if (start < 3) start = 0;\n',
    '',
  ]),
  off('numbers-in-one-cell', 'locate/text-items.ts', 'one cell that holds the numbers of all columns', [
    'const several = filled.length === 1 ? tokens(filled[0]!.text) : null;',
    'const several = filled.length === 9e9 ? tokens(filled[0]!.text) : null;',
  ]),
  off('unit-of-text', 'locate/text-items.ts', 'the unit between label and number of a line of text', [
    'isBefore ? words[end - 1]! : null',
    'null as string | null',
  ]),
  off('unit-of-table-row', 'locate/text-items.ts', 'the unit between label and number of a row of text', [
    'const label = before.filter((c) => !isUnit(c));',
    'const label = before;',
  ]),
  off('region-by-words', 'locate/rows-of-text.ts', 'words of a grid begin it where its heading is lost', [
    "item.kind === 'label' ? gridOfText(item.text) : null",
    'null as string | null',
  ]),
  off('prose-sections', 'locate/rows-of-text.ts', 'sections of prose hold no grid', [
    'const prose = !grid && (headed || span.number > lastSection());',
    'const prose = !grid && false && (headed || span.number > lastSection());',
  ]),
  off('header-padding', 'locate/rows-of-text.ts', 'empty cells beside a header are no row of blanks', [
    'items.filter((i) => !isHeaderPadding(i, grid))',
    'items.filter(() => !!isHeaderPadding)',
  ]),
  off('joined-numbers', 'locate/rows-of-text.ts', 'numbers one a line are a row together', [
    'if (last.values.length + item.values.length <= full) {',
    'if (false && last.values.length + item.values.length <= full) {',
  ]),
  off('header-of-text', 'locate/rows-of-text.ts', 'the order and the columns that a header in text states', [
    'const next = headerOf(item.cells ?? [], grid);',
    'const next = null as ReturnType<typeof headerOf>;',
  ]),
  off('row-counter-of-text', 'locate/rows-of-text.ts', 'the number of a row in text is no value', [
    "header.counter && isNumber(item.values[first]?.text ?? '') ? item.values.slice(first + 1) : item.values",
    'item.values.filter(() => !!isNumber && first > -9)',
  ]),
  off('text-after', 'locate/rows-of-text.ts', 'the rest of a label after its numbers', [
    '      if (rows.length > 0) rows.at(-1)!.after += item.text;\n',
    '',
  ]),
  off('corner-of-text', 'locate/header-lines.ts', 'words over the labels of a text are no column', [
    'i === 0 && CORNER.test(keyOf(text))',
    'i < 0 && CORNER.test(keyOf(text))',
  ]),
  off('join-headers', 'locate/rows-of-text.ts', 'a header of several lines of text', [
    'fresh ? joinHeaders(header, next) : next',
    'joinHeaders ? next : header',
  ]),

  // printings.ts, index.ts
  off('printings', 'locate/printings.ts', 'the same lines once more are another printing of the grid', [
    'if (!current || (repeated && restOfBlockRepeats(rows, i, current.labels)))',
    'if (!current || (false && repeated && restOfBlockRepeats(rows, i, current.labels)))',
  ]),
  off('label-printed-twice', 'locate/printings.ts', 'one label twice is a misprint, not another printing', [
    'return again >= Math.min(3, next.length);',
    'return again >= 1;',
  ]),
  off('rejoin-row', 'locate/printings.ts', 'a label that the end of a page parted from its numbers', [
    "else if (last && empty && row.own === '' && row.block !== last.block && follows(last, rows[i + 1]))",
    "else if (false && last && empty && row.own === '' && row.block !== last.block && follows(last, rows[i + 1]))",
  ]),
  off('year-above', 'locate/index.ts', 'of several printings the one whose caption states the year', [
    'whole.find((r) => r.ofYear) ?? whole[0]!',
    'whole[0]!',
  ]),
  off('not-a-fragment', 'locate/index.ts', 'a fragment and a blank form are not chosen', [
    'read.filter((r) => numbersOf(r) * 2 >= most)',
    'read.filter(() => most >= 0)',
  ]),
  off('same-edition', 'locate/index.ts', 'a grid that is the same in all editions is of the edition of the others', [
    '  sameEdition(located, year);\n',
    '  if (!sameEdition) return located;\n',
  ]),

  // lines.ts
  off('label-with-number', 'locate/lines.ts', 'a row whose label cell holds its first number is of no line', [
    '|| linesJoined(row, lines).length > 0)',
    '|| linesJoined(row, []).length > 0)',
  ]),
  off('order-of-lines', 'locate/lines.ts', 'a lost label is the one line open between its neighbours', [
    '  const matches = bestPath(rows, lines, scores);',
    "  const matches = bestPath(rows, lines, scores.map((s) => s.map((x) => (x?.how === 'order' ? null : x))));",
  ]),
  off('fuzzy', 'locate/lines.ts', 'a misspelt label is the line it is most like', [
    'if (best >= ALIKE)',
    'if (best >= 9)',
  ]),
  off('tail-similarity', 'locate/lines.ts', 'a misspelt label at the end of a text', [
    'bounded ? 0 : tailSimilarity(before, label)',
    'tailSimilarity ? 0 : 1',
  ]),
  off('label-broken-by-table', 'locate/lines.ts', 'a label whose pieces stand in several cells', [
    'else if (before.endsWith(label)) value',
    'else if (!isBounded(row) && before.endsWith(label)) value',
  ]),
  off('split-around', 'locate/lines.ts', 'a label that goes on after its numbers', [
    'else if (!isBounded(row) && label.length >= 5 && splitAround(before, after, label))',
    'else if (!splitAround || after === null)',
  ]),
  off('context-other-group', 'locate/lines.ts', 'another group printed before a label speaks against its line', [
    'isUnderOtherGroup(line, row, before) ? OTHER_GROUP : 0;',
    'isUnderOtherGroup(line, row, before) ? 0 : 0;',
  ]),
  off('recover-out-of-order', 'locate/lines.ts', 'an unmistakable label out of order', [
    '  recoverOutOfOrder(rows, lines, scores, matches);\n  drop',
    '  if (!recoverOutOfOrder) return [];\n  drop',
  ]),
  off('drop-ambiguous-order', 'locate/lines.ts', 'order decides nothing when more lines than rows are open', [
    '  dropAmbiguousOrder(rows, lines, matches);\n  dropTies',
    '  if (!dropAmbiguousOrder) return [];\n  dropTies',
  ]),
  off('drop-ties', 'locate/lines.ts', 'a label of several lines decides nothing when another of them is open', [
    '  dropTies(rows, lines, scores, matches);\n  contest',
    '  if (!dropTies) return [];\n  contest',
  ]),
  off('contested-label', 'locate/lines.ts', 'of two rows with one label, neither is the line for certain', [
    '  contest(rows, lines, scores, matches);\n',
    '  if (!contest) return [];\n',
  ]),

  // edition.ts
  off('edition', 'locate/edition.ts', 'the edition whose lines and columns fit, not the one of the year', [
    'return fits.toSorted((a, b) => b.score - a.score)[0] ?? null;',
    'return fits[0] ?? null;',
  ]),
  off('header-score', 'locate/edition.ts', 'columns in the header speak for an edition', [
    'lines + headerScore(rows, matches) +',
    'lines + (headerScore ? 0 : 1) +',
  ]),
  off('stated-columns', 'locate/edition.ts', 'columns named in text around the rows speak for an edition', [
    'score: lines + headerScore(rows, matches) + 3 * statedColumns(rows, grid)',
    'score: lines + headerScore(rows, matches)',
  ]),
  off('closeness', 'locate/edition.ts', 'the edition of the year is tried first', [
    '[...forms].sort((a, b) => closeness(b, year) - closeness(a, year))',
    '[...forms].filter(() => !!closeness || year)',
  ]),

  // candidates.ts
  off('whole-grid', 'locate/candidates.ts', 'a row that holds all lines of section 四 side by side', [
    'isWhole(row, grid) ? whole : matches[i]',
    'isWhole(row, grid) && false ? whole : matches[i]',
  ]),
  off('padding', 'locate/candidates.ts', 'empty cells too many, the same in the rows around', [
    'const cuts = paddingOf(rows, slots);',
    'const cuts = paddingOf([], slots);',
  ]),
  off('padding-by-sums', 'locate/candidates.ts', 'the sums of all rows say where numbers among empty cells begin', [
    '  if (end !== null) for (const row of longer)',
    '  if (end !== null && end < 0) for (const row of longer)',
  ]),
  off('padding-undecided', 'locate/candidates.ts', 'where numbers among empty cells may begin in several places', [
    'return ways.length === 1 ? ways : [];',
    'return ways.slice(0, 1);',
  ]),
  off('too-many', 'locate/candidates.ts', 'a row of a table with a cell too many', [
    'return isMisprint ? withoutSome(values, order) : [];',
    'return isMisprint && false ? withoutSome(values, order) : [];',
  ]),
  off('too-many-rivals', 'locate/candidates.ts', 'to leave out a number is a rival of leaving out a blank', [
    '  const printed = (way: Way) =>',
    '  if (ways.length > 0) return ways.filter((w) => w.leaves.length === 0);\n  const printed = (way: Way) =>',
  ]),
  off('blanks-between', 'locate/candidates.ts', 'fewer numbers than cells: blanks between them', [
    'return blanksBetween(values, order);',
    'return values.length < 0 ? blanksBetween(values, order) : [];',
  ]),
  off('header-order', 'locate/candidates.ts', 'columns in the order that a header in text prints', [
    '  const lines = row.header?.orders ?? [];',
    '  const lines: string[][] = [];',
  ]),
  off('header-group-line', 'locate/candidates.ts', 'a group on one line of the header, its columns on the next', [
    'const whole = [...lines, joined].findLast(',
    'const whole = [...lines, ...(joined ? [] : [])].findLast(',
  ]),
  // settle.ts
  off('equations-choose', 'locate/settle.ts', 'equations choose among the ways to read a row', [
    'item.ways = item.ways.filter((way) => accepts([way]));',
    'item.ways = item.ways.filter((way) => !way);',
  ]),
  off('rows-help-rows', 'locate/settle.ts', 'rows that are decided help to decide others', [
    'for (const { slot, value } of way.cells) known.set(',
    'for (const { slot, value } of byEquation ? [] : way.cells) known.set(',
  ]),
  off('common-blanks', 'locate/settle.ts', 'the same columns blank in every row', [
    'onlyCommonBlanks(open, accepts) ?? onlyJointWays(open, accepts)',
    '(false as boolean && onlyCommonBlanks(open, accepts)) || onlyJointWays(open, accepts)',
  ]),
  off('joint-ways', 'locate/settle.ts', 'several rows decided together', [
    '?? onlyJointWays(open, accepts);',
    '?? (onlyJointWays ? null : null);',
  ]),
  off('leaves-refused', 'locate/settle.ts', 'a way that leaves out a number is never taken', [
    'if (item.ways.length !== 1 || item.ways[0]!.leaves.length > 0) continue;',
    'if (item.ways.length !== 1) continue;',
  ]),

  // read-grid.ts
  off('side-by-side', 'locate/read-grid.ts', 'rows with more numbers than columns are two tables side by side', [
    'if (found.filter(isTooLong).length >= SIDE_BY_SIDE)',
    'if (found.filter(isTooLong).length >= SIDE_BY_SIDE + 999)',
  ]),
  off('number-over-blank', 'locate/read-grid.ts', 'of a cell read twice the number, not the blank', [
    "    else if (first.absence === 'blank' && fact.value !== null) kept[place] = fact;\n",
    '',
  ]),
  off('parted-withheld', 'locate/read-grid.ts', 'two numbers in one cell, or one in two pieces, are none', [
    'failed.has(name) || !held.has(name)',
    'failed.has(name) && !held.has(name)',
  ]),
  off('parted-by-sums', 'locate/read-grid.ts', 'but where a sum with another number says so', [
    "result === 'holds' && hasAnother",
    "result === 'open' && hasAnother",
  ]),
  off('lost-totals', 'locate/read-grid.ts', 'a row without its total, where others print theirs', [
    '    ...lostTotals(once.facts, totals, grid),\n',
    '    ...lostTotals([], totals, grid),\n',
  ]),
  off('column-somewhere', 'locate/read-grid.ts', 'cells beside a column of unknown place are named', [
    '    ...unknownColumns(found, settled, facts, grid),\n',
    '    ...unknownColumns([], settled, facts, grid),\n',
  ]),
  off('unclear-edition', 'locate/read-grid.ts', 'cells that another edition would read otherwise are named', [
    '    ...unclearEdition(rows, facts, grid, form),\n',
    '    ...unclearEdition([], facts, grid, form),\n',
  ]),
  off('one-cause', 'locate/read-grid.ts', 'the same fault of several rows is one finding', [
    'const causes = new Map<string, Candidate[]>();',
    'const causes = { ...null, n: 0, all: [] as [string, Candidate[]][], get: (_: string): Candidate[] | undefined => undefined, set(k: string, v: Candidate[]) { this.all.push([k, v]); }, values() { return this.all.map((a) => a[1]); } };',
  ]),
  off('missing-undecided', 'locate/read-grid.ts', 'a line that is printed and undecided is not missing', [
    'if (cells.size === line.columns.length || undecided.has(line.code)) continue;',
    'if (cells.size === line.columns.length) continue;',
  ]),
  off('misplaced', 'locate/read-grid.ts', 'a label out of order is named', [
    '    ...unusualOrder(rows, facts, grid, totals),\n',
    '',
  ]),

  // index.ts
  off('lines-parted', 'locate/index.ts', 'lines printed in several rows, by parts of the organ, are not read', [
    'if (parts.length > 1) {',
    'if (parts.length > 99) {',
  ]),

  // interpret.ts
  off('lacking-a-column', 'interpret.ts', 'rows that lack a column are verified by no sum', [
    'return lacking.length === 0 ? cells :',
    'return lacking.length >= 0 ? cells :',
  ]),
] satisfies Mechanism[];

export const mechanisms: Mechanism[] = [...locate];
