import { cell, type PrintedTable } from './printed.ts';
import { edition2014 } from '../../transforms/forms/edition-2014.ts';
import { figuresOfSeed, readSeeds } from '../simulator/seeds.ts';
import { annexPage, annexText, composeAnnex, pageWith, type Annex, type AnnexStyle } from './annex.ts';
import {
  alter,
  anotherOther,
  changed,
  changedTable,
  firstNumber,
  hasLabel,
  inCells,
  holdsNumber,
  linesInRows,
  number,
  numberRows,
  reworded,
  row,
  totalFirst,
  unlabelled,
  withoutRow,
  type Rows,
} from './changes.ts';
import { utf8 } from './composed.ts';
import { blankTotals, blankZeros, withoutLines } from './damage.ts';
import { packOle } from './doc.ts';
import { docxFile, docxStyles, type DocxStyle } from './docx.ts';
import { encode } from './encode.ts';
import { composeFigures, key, type Figures } from './figures.ts';
import { htmlPage, type HtmlStyle } from './html.ts';
import { layouts } from './layouts.ts';
import { captions, disputesApart, loose } from './loose.ts';
import { manyPages } from './many.ts';
import { titleOf } from './prose.ts';
import { provinceForms, provinceTable } from './province-kind.ts';
import { createRandom } from './random.ts';
import type { PageRecipe } from './recipe.ts';
import type { Article } from './shell.ts';
import { splitBefore, writtenOut } from './spans.ts';
import { cleanStyle } from './styles.ts';
import { printedTables } from './tables.ts';
import { textPage, textStyles, type TextStyle } from './text.ts';
import { stating, withUnit } from './units.ts';
import { plainWording } from './wording.ts';

/** Golden pages that are shaped by hand: each shows one thing that real pages do and no style prints. */

const bureau = composeFigures({
  seed: 11,
  publisher: '示例市己区交通运输局',
  division_code: '990106',
  year: 2023,
  edition: '2021',
  size: 'large',
});
/** Mostly zeros. */
const quiet = composeFigures({
  ...bureau,
  seed: 12,
  publisher: '示例市庚区民政局',
  division_code: '990107',
  size: 'small',
});

/** The figures with some cells given: `{ 'requests/granted/total': 5 }`; the prose stays as it was. */
const withCells = (f: Figures, cells: Record<string, number | null>): Figures => ({
  ...f,
  cells: new Map([...f.cells, ...Object.entries(cells)]),
});
/** The text states no numbers. */
const wordless = {
  received: null,
  carried_in: null,
  concluded: null,
  carried_out: null,
  reconsideration: null,
  litigation: null,
};
const silent: Figures = { ...bureau, prose: wordless };
const valueOf = (f: Figures, path: string): number => f.cells.get(path) ?? 0;

// What a page is printed as.

const html =
  (f: Figures, style: Partial<HtmlStyle> = {}, site: Partial<Article> = {}): PageRecipe =>
  () => ({ extension: 'html', bytes: utf8(htmlPage(f, { ...cleanStyle, ...style }, site)) });
const docx =
  (f: Figures, style: Partial<DocxStyle> = {}): PageRecipe =>
  () => ({ extension: 'docx', bytes: docxFile(f, { ...docxStyles.plain, ...style }) });
const loosely =
  (name: keyof typeof loose): PageRecipe =>
  () => ({ extension: 'txt', bytes: utf8(loose[name](bureau, createRandom(17)).text) });
/** The markup of a page changed in one place. */
const replaced =
  (f: Figures, from: string | RegExp, to: string, style: Partial<HtmlStyle> = {}): PageRecipe =>
  () => {
    const page = htmlPage(f, { ...cleanStyle, ...style });
    const after = page.replace(from, to);
    if (after === page) throw new Error(`nothing to replace: ${String(from)}`);
    return { extension: 'html', bytes: utf8(after) };
  };
const text =
  (f: Figures, style: TextStyle, change: Partial<TextStyle> = {}): PageRecipe =>
  () => ({ extension: 'txt', bytes: utf8(textPage(f, { ...style, ...change })) });
/** One printed number of section 二 replaced, which no equation covers. */
const printedAs = (printed: string) =>
  html(
    bureau,
    changed(
      'proactive',
      row('行政许可', (r) => r.map((c) => (holdsNumber(c) ? { ...c, text: printed } : c))),
    ),
  );

const annexStyle: AnnexStyle = {
  unitColumn: true,
  aliases: null,
  brackets: 'fullwidth',
  indent: '',
  header: '统计数',
  partMark: '',
  absent: '',
  numbers: true,
  commas: false,
};
const annex = composeAnnex({
  seed: 13,
  size: 'large',
  publisher: '示例市辛区人民政府',
  division_code: '990108',
  year: 2015,
});
const sums: (string | undefined)[] = edition2014.equations.flatMap(({ left }) => left.map(({ line }) => line));
/** Every line that is the sum of others is printed too high, each by another number: 不同意公开 is a part of a sum and a sum. */
const wrongSums: Annex = {
  ...annex,
  values: new Map(
    [...annex.values].map(([line, value]) => [line, value === null ? null : value + sums.indexOf(line) + 1]),
  ),
};

/** Another year's figures of the same organ. */
const lastYear = composeFigures({ ...bureau, seed: 14, year: 2022 });
/** Numbers of last year in the same rows, under the header of this year. */
const besideLastYear = (f: Figures, withHeader = false) => ({
  alter: (tables: PrintedTable[]): PrintedTable[] => {
    const other = printedTables(f, plainWording).find((t) => t.grid === 'requests')?.rows ?? [];
    return tables.map((t) =>
      t.grid !== 'requests'
        ? t
        : {
            ...t,
            rows: t.rows.map((r, i) =>
              i > 2 || withHeader
                ? [...r, ...(other[i] ?? []).filter((c) => holdsNumber(c) || c.role === 'header')]
                : r,
            ),
          },
    );
  },
});
/** Two rows of section 三 print two numbers each, all others all of theirs. */
const twoGaps = (() => {
  const cells: Record<string, number | null> = {};
  for (const [line, col, n] of [
    ['granted', 'natural_person', 5],
    ['denied_third_party', 'enterprise', 2],
  ] as const)
    for (const path of bureau.cells.keys()) {
      const [grid, own, column] = path.split('/');
      if (grid === 'requests' && own === line) cells[path] = column === col || column === 'total' ? n : null;
    }
  return balanced(withCells(bureau, cells));
})();

/** The lines that close section 三 made to agree with the outcomes printed above them. */
function balanced(f: Figures): Figures {
  const cells = new Map(f.cells);
  const columns = [...cells.keys()].filter((p) => p.startsWith('requests/received/')).map((p) => p.split('/')[2]!);
  for (const col of columns) {
    let sum = 0;
    for (const [path, value] of cells) {
      const [grid, line = '', column] = path.split('/');
      if (grid === 'requests' && column === col && /^(granted|denied|unavailable|not_processed|other)/.test(line))
        sum += value ?? 0;
    }
    const open = valueOf(f, key('requests', 'carried_out', col));
    const before = valueOf(f, key('requests', 'carried_in', col));
    cells.set(key('requests', 'concluded', col), sum);
    cells.set(key('requests', 'received', col), sum + open - before);
  }
  return { ...f, cells };
}

/** Each line of section 三 in two rows, 本级 and 合计, as governments print theirs beside those of their departments. */
const inParts = (rows: Rows): Rows =>
  rows.flatMap((r, i) => {
    const first = firstNumber(r);
    const label = r[first - 1];
    if (first < 1 || !label) {
      const isGrown = (c: Rows[number][number]) => i === 0 && c.role === 'corner';
      return [r.map((c) => (isGrown(c) ? { ...c, colspan: c.colspan + 1 } : c))];
    }
    const longer = r.slice(0, first).map((c) => ({ ...c, rowspan: c.role === 'group' ? c.rowspan * 2 : 2 }));
    const all = r.slice(first).map((c) => ({ ...c, text: String(Number(c.text) + 3) }));
    return [
      [...longer, cell('本级', 'label'), ...r.slice(first)],
      [cell('合计', 'label'), ...all],
    ];
  });

/** Numbers of the site that are not of the form, beside words of it. */
const otherTable = `<table>${['规章', '规范性文件', '行政许可', '行政处罚'].map((word, i) => `<tr><td>${word}</td><td>${i + 3}</td><td>${i + 12}</td></tr>`).join('')}</table>`;

/** A year in which the form of 2021 was prescribed. */
const late = composeFigures({ ...bureau, seed: 15, edition: '2019' });

/** Lines of the annex as pasted text left out, of which one of two has the label of a line that is printed. */
const withoutAnnexLines = (page: string): string => {
  const lines = page.split('\n');
  const from = lines.findIndex((line) => line.includes('五、行政诉讼数量'));
  const corrected = lines.findIndex((line, i) => i > from && line.includes('被依法纠错数'));
  return lines.filter((_, i) => i < from - 1 || i > corrected).join('\n');
};

export const shapedPages: Record<string, PageRecipe> = {
  // the document
  'html-notice-with-blank-form': html(
    { ...bureau, cells: new Map([...bureau.cells.keys()].map((k) => [k, null])), prose: wordless },
    {},
    {
      title: '关于做好2023年政府信息公开工作年度报告编制工作的通知',
    },
  ),
  'docx-truncated': () => ({ extension: 'docx', bytes: docxFile(bureau, docxStyles.plain).slice(0, 4000) }),
  'docx-encrypted': () => ({
    extension: 'docx',
    bytes: packOle({ EncryptionInfo: new Uint8Array(64).fill(4), EncryptedPackage: new Uint8Array(4096).fill(7) }),
  }),
  'html-nested-too-deep': () => ({ extension: 'html', bytes: utf8(`${'<div>'.repeat(6000)}${titleOf(bureau)}`) }),
  'html-table-too-large': replaced(
    bureau,
    '<p>五、',
    `<table>${'<tr><td colspan="1000">略</td></tr>'.repeat(201)}</table><p>五、`,
  ),

  // units of money
  'html-unit-unknown': html(bureau, changedTable('proactive', withUnit('52.5', stating({ header: '（单位：W元）' })))),
  'html-unit-parted': html(bureau, changedTable('proactive', withUnit('52.5', stating({ header: '（亿\u3000元）' })))),
  'html-unit-around-table': html(
    bureau,
    changedTable('proactive', withUnit('52.5', stating({ caption: '单位：件、千元' }))),
  ),
  'html-unit-beside-amount': html(bureau, changedTable('proactive', withUnit('52.5', stating({ beside: '百万元' })))),
  'html-units-that-conflict': html(
    bureau,
    changedTable('proactive', withUnit('52.5', stating({ header: '（万元）', caption: '单位：元' }))),
  ),
  'html-unit-behind-a-stroke': html(bureau, changedTable('proactive', withUnit('52.5', stating({ header: '/万元' })))),
  'html-amount-behind-currency': html(
    bureau,
    changedTable('proactive', withUnit('￥52.5', stating({ header: '（万元）' }))),
  ),
  'html-amount-counted-in-pieces': html(
    bureau,
    changedTable('proactive', withUnit('52件', stating({ header: '（万元）' }))),
  ),
  'html-digits-turned-by-markup': replaced(bureau, /(行政许可<\/td><td[^>]*>)(\d+)</, '$1<bdo dir="rtl">$2</bdo><'),
  'html-zeros-in-words': html(
    bureau,
    changed(
      'requests',
      inCells((c) => (c.role === 'number' && c.text === '0' ? { ...c, text: '无' } : c)),
    ),
  ),
  'html-digits-turned-around': html(
    bureau,
    changedTable('proactive', withUnit('52\u202e.5', stating({ header: '（万元）' }))),
  ),

  // characters
  'html-bytes-lost-in-gb18030': () => {
    const bytes = Buffer.from(encode(htmlPage(bureau, { ...cleanStyle, charset: 'gb2312' }), 'gb18030'));
    const at = bytes.indexOf(Buffer.from(encode('个别栏目', 'gb18030')));
    return {
      extension: 'html',
      bytes: Buffer.concat([
        bytes.subarray(0, Math.max(at, 200)),
        Buffer.from([0xff, 0xff]),
        bytes.subarray(Math.max(at, 200)),
      ]),
    };
  },

  // whose report, of which year
  'html-organ-named-nowhere': html(
    { ...bureau, publisher: '' },
    {},
    { title: '2023年政府信息公开工作年度报告', source: '' },
  ),
  'html-organs-differ': replaced(bureau, /<h1>[^<]*</, '<h1>示例市己区统计局2023年政府信息公开工作年度报告<'),
  'html-year-stated-nowhere': () => ({
    extension: 'html',
    bytes: utf8(
      htmlPage(bureau, cleanStyle, { title: '示例市己区交通运输局政府信息公开工作年度报告' }).replaceAll('2023年', ''),
    ),
  }),
  'html-years-differ': replaced(bureau, /<h1>[^<]*</, '<h1>示例市己区交通运输局2022年政府信息公开工作年度报告<'),
  'html-portal-of-another-division': () => {
    const seed = readSeeds()[0];
    if (!seed) throw new Error('no seed');
    return { extension: 'html', bytes: utf8(htmlPage(figuresOfSeed(seed), cleanStyle, { siteIdCode: '1100000001' })) };
  },

  // how a number is printed
  'html-value-in-words': printedAs('若干'),
  'html-value-with-blank-inside': printedAs('1 2'),
  'html-values-two-in-a-cell': printedAs('56\n60'),
  'html-values-in-two-pieces': html(
    bureau,
    changed(
      'requests',
      row('属于行政查询事项', (r) => r.map((c) => ({ ...c, text: c.text.replace(/^(\d)(\d+)$/, '$1\n$2') }))),
    ),
  ),
  'html-label-and-number-in-one-cell': html(
    bureau,
    changed(
      'requests',
      row('要求提供公开出版物', (r) => {
        const at = firstNumber(r);
        return r.toSpliced(at - 1, 2, { ...r[at - 1]!, text: `${r[at - 1]!.text} ${r[at]!.text}` });
      }),
    ),
  ),
  'html-value-fraction': printedAs('2.5'),
  'html-value-negative': printedAs('-3'),
  'html-value-over-two-columns': html(
    bureau,
    changed(
      'requests',
      row('予以公开', (r) => r.toSpliced(firstNumber(r) + 1, 2, cell('3', 'number', 2))),
    ),
  ),
  'html-number-under-a-column-of-other-lines': html(
    late,
    changed('proactive', (rows) => {
      const fees = rows.findIndex(hasLabel('行政事业性收费'));
      const items = rows[fees]!.filter(holdsNumber).map((c) => number(c.text));
      // Its own caption and header left out, the line stands under the header of the lines above, with a number more.
      return rows.toSpliced(fees - 2, 3, [rows[fees]![0]!, ...items, number('7')]);
    }),
  ),
  'html-value-shared-by-two-lines': html(
    bureau,
    changed('requests', (rows) => {
      const at = rows.findIndex(hasLabel('重复申请'));
      return rows
        .with(
          at,
          rows[at]!.map((c) => (holdsNumber(c) ? { ...c, rowspan: 2 } : c)),
        )
        .with(
          at + 1,
          rows[at + 1]!.filter((c) => !holdsNumber(c)),
        );
    }),
  ),
  'html-regulations-of-a-bureau': html(
    withCells(bureau, {
      'proactive/regulations/issued': 2,
      'proactive/regulations/repealed': 0,
      'proactive/regulations/in_force': 2,
    }),
  ),

  // sums
  'html-total-of-one-row-blank': html(
    bureau,
    changed(
      'requests',
      row('予以公开', (r) => [...r.slice(0, -1), number('')]),
    ),
  ),
  'html-disputes-sum-wrong': html(
    withCells(silent, { 'disputes/reconsideration/total': valueOf(bureau, 'disputes/reconsideration/total') + 1 }),
  ),
  'html-flow-wrong': html(
    withCells(
      silent,
      Object.fromEntries(
        ['natural_person', 'total'].map((col) => [
          `requests/carried_out/${col}`,
          valueOf(bureau, `requests/carried_out/${col}`) + 4,
        ]),
      ),
    ),
  ),
  'html-prose-contradicts-tables': html({
    ...bureau,
    prose: { received: 1, carried_in: 2, concluded: 3, carried_out: 4, reconsideration: 5, litigation: 6 },
    remarks: ['全年办理政府信息公开申请7件。'],
  }),
  'annex-sums-wrong': () => ({ extension: 'html', bytes: utf8(annexPage(wrongSums, annexStyle, cleanStyle)) }),

  'annex-text-label-of-two-lines': () => ({
    extension: 'txt',
    bytes: utf8(withoutAnnexLines(annexText(annex, annexStyle, 'blanks'))),
  }),

  // columns
  'html-header-misspelt': html(bureau, changed('requests', reworded('法律服务机构', '法律服物机构'))),
  'html-header-short-of-its-columns': html(
    bureau,
    changed(
      'requests',
      inCells((c) => (c.text === '法人或其他组织' ? { ...c, colspan: 4 } : c)),
    ),
  ),
  'html-header-cell-over-another': html(
    withCells(bureau, { 'disputes/litigation_direct/other': null, 'disputes/litigation_direct/pending': 2 }),
    changed('disputes', (rows) => rows.with(2, rows[2]!.toSpliced(2, 2, { ...rows[2]![2]!, colspan: 2 }))),
  ),
  'html-column-not-printed': html(
    bureau,
    changed('requests', ([top = [], groups = [], leaves = [], ...rest]) => [
      top.map((c) => (c.role === 'header' ? { ...c, colspan: c.colspan - 1 } : c)),
      groups.map((c) => (c.colspan > 1 ? { ...c, colspan: c.colspan - 1 } : c)),
      leaves.toSpliced(1, 1),
      ...rest.map((r) => r.toSpliced(firstNumber(r) + 2, 1)),
    ]),
  ),
  'html-lines-by-parts': html(bureau, changed('requests', inParts)),
  'text-lines-by-parts': text(bureau, textStyles.pasted, changed('requests', inParts)),
  'html-header-cell-too-wide': html(
    bureau,
    changed('proactive', (rows) =>
      rows.map((r) => (r.some(holdsNumber) || r.length < 4 ? r : [r[0]!, { ...r[1]!, colspan: 2 }, ...r.slice(3)])),
    ),
  ),
  'html-spans-written-out': html(bureau, { alter: (tables) => tables.map(writtenOut) }),
  'html-header-lacks-a-cell': html(
    blankZeros(bureau),
    changed('requests', (rows) => rows.with(2, rows[2]!.slice(1))),
  ),
  'html-remarks-under-short-header': html(
    bureau,
    changed('requests', (rows) =>
      rows.with(2, rows[2]!.slice(1)).map((r, y) => (y < 3 ? r : [...r, cell('8.5%', 'number', 1)])),
    ),
  ),
  'docx-header-lacks-a-cell': docx(
    blankZeros(quiet),
    changed('requests', (rows) => rows.with(2, rows[2]!.toSpliced(1, 1))),
  ),
  'html-header-lacks-its-group': html(
    blankZeros(quiet),
    changed('requests', (rows) => rows.with(1, rows[1]!.toSpliced(1, 1))),
  ),
  'html-header-columns-changed-places': html(
    bureau,
    changed('requests', (rows) => rows.with(2, [rows[2]![1]!, rows[2]![0]!, ...rows[2]!.slice(2)])),
  ),
  'html-header-cell-reaches-down': html(
    bureau,
    changed('disputes', (rows) =>
      rows.with(
        1,
        rows[1]!.map((c, i) => (i === 2 ? { ...c, rowspan: 3 } : c)),
      ),
    ),
  ),
  'html-header-narrower-than-its-rows': html(
    blankZeros(quiet, ['proactive']),
    changed('proactive', (rows) => rows.map((r) => (r.some(holdsNumber) || r.length < 4 ? r : r.toSpliced(1, 1)))),
  ),
  'html-header-cell-empty': html(
    bureau,
    changed('proactive', (rows) =>
      rows.map((r) => (r.some(holdsNumber) || r.length < 4 ? r : r.with(2, { ...r[2]!, text: '' }))),
    ),
  ),
  'html-column-of-row-numbers': html(
    bureau,
    changed('requests', (rows) =>
      numberRows((r, i) => r.toSpliced(firstNumber(r), 0, number(String(i + 1))))(
        rows.with(0, rows[0]!.toSpliced(1, 0, cell('行次', 'header', 1, 3))),
      ),
    ),
  ),
  'html-empty-row-in-header': html(
    bureau,
    changed('disputes', ([top = [], ...rest]) => [top.map((c) => ({ ...c, rowspan: c.rowspan + 1 })), [], ...rest]),
  ),
  'html-total-column-first': html(bureau, changed('requests', totalFirst)),
  'text-total-column-first': text(bureau, textStyles.tabs, changed('requests', totalFirst)),
  'html-years-side-by-side-named': () => ({
    extension: 'html',
    bytes: utf8(manyPages.years_side_by_side(bureau, { ...cleanStyle, explanation: true }).page),
  }),
  'markdown-totals-blank-without-closing-pipes': () => ({
    extension: 'txt',
    bytes: utf8(
      textPage(blankTotals(quiet), textStyles.markdown).replace(/^\| (?=[^|\n]*\p{Script=Han})(.*) \|$/gmu, '$1 '),
    ),
  }),
  'markdown-quoted': () => ({
    extension: 'txt',
    bytes: utf8(textPage(bureau, textStyles.markdown).replace(/^/gm, '> ')),
  }),
  'text-drawn-in-gb18030': () => ({
    extension: 'txt',
    bytes: encode(loose.drawn_light(bureau).text, 'gb18030'),
  }),
  'annex-unit-of-a-row-lost': () => ({
    extension: 'html',
    bytes: utf8(annexPage(annex, annexStyle, cleanStyle).replace(/<td[^>]*>件<\/td>(?=<td[^>]*>\d+<\/td>)/, '')),
  }),
  'markdown-column-of-row-numbers': text(bureau, textStyles.markdown, layouts.row_numbers(bureau)),
  'markdown-numbers-in-one-cell': text(bureau, textStyles.markdown, layouts.numbers_in_one_cell(bureau)),
  'text-years-side-by-side': text(bureau, textStyles.tabs, besideLastYear(lastYear, true)),
  'text-years-side-by-side-blanks-collapsed': text(
    blankZeros(bureau),
    textStyles.pasted,
    besideLastYear(blankZeros(lastYear)),
  ),
  'text-years-side-by-side-one-header': text(bureau, textStyles.tabs, besideLastYear(lastYear)),

  // rows
  'html-row-with-number-too-many': html(
    bureau,
    changed(
      'requests',
      row('予以公开', (r) => r.toSpliced(firstNumber(r), 0, number('77'))),
    ),
  ),
  'html-row-with-number-too-many-totals-blank': html(
    blankTotals(bureau),
    changed(
      'requests',
      row('予以公开', (r) => r.toSpliced(firstNumber(r), 0, number('77'))),
    ),
  ),
  'html-row-of-another-reason': html(
    withoutLines(bureau, 'requests', ['other_other']),
    changed('requests', anotherOther),
  ),
  'html-row-with-empty-cell-too-many': html(
    bureau,
    changed(
      'requests',
      row('予以公开', (r) => r.toSpliced(firstNumber(r), 0, number(''))),
    ),
  ),
  'html-row-with-cell-missing': html(
    bureau,
    changed(
      'requests',
      row('予以公开', (r) => r.toSpliced(firstNumber(r) + 2, 1)),
    ),
  ),
  'html-row-lacks-a-zero': html(
    bureau,
    changed(
      'requests',
      row('部分公开', (r) => r.toSpliced(firstNumber(r) + 2, 1)),
    ),
  ),
  'docx-label-behind-its-number': docx(
    withCells(silent, {
      'requests/other_not_corrected/natural_person': 0,
      'requests/other_not_corrected/total': 7,
      'requests/concluded/natural_person': 3577,
      'requests/concluded/total': 3698,
      'requests/carried_out/natural_person': 201,
      'requests/carried_out/total': 209,
    }),
    changed(
      'requests',
      row('逾期不补正', (r) => {
        const at = firstNumber(r);
        return r.with(at - 1, { ...r[at - 1]!, text: r[at]!.text }).with(at, { ...r[at]!, text: r[at - 1]!.text });
      }),
    ),
  ),
  'text-row-with-cell-missing': text(
    bureau,
    textStyles.tabs,
    changed(
      'requests',
      row('予以公开', (r) => r.toSpliced(firstNumber(r) + 2, 1)),
    ),
  ),
  'html-label-lost-beside-line-not-printed': html(
    bureau,
    changed('requests', (rows) =>
      unlabelled('属于三类内部事务信息')(withoutRow('属于四类过程性信息', '不予公开')(rows)),
    ),
  ),
  'html-label-printed-twice': html(
    bureau,
    changed('requests', reworded('5.属于三类内部事务信息', '4.保护第三方合法权益')),
  ),
  'html-label-of-the-line-below': html(
    bureau,
    changed('requests', reworded('5.属于三类内部事务信息', '6.属于四类过程性信息')),
  ),
  'html-group-label-one-row-too-long': html(
    bureau,
    changed(
      'requests',
      inCells((c) => (c.role === 'group' && c.text.includes('不予公开') ? { ...c, rowspan: c.rowspan + 1 } : c)),
    ),
  ),
  'text-labels-misspelt': text(
    bureau,
    { ...textStyles.pasted, wrap: 8 },
    changed('requests', (rows) =>
      reworded(
        '补正后申请内容仍不明确',
        '补正后申清内容仍不明确',
      )(reworded('要求行政机关确认或重新出具已获取信息', '要求行政机关确认或从新出具已获取信息')(rows)),
    ),
  ),

  // tables
  'html-goes-on-without-header': html(
    bureau,
    alter('requests', (table) => [...splitBefore(table, 15)]),
  ),
  'html-without-header': html(
    bureau,
    changed('requests', (rows) => rows.slice(3)),
  ),
  'html-proactive-without-header': html(
    bureau,
    changed('proactive', (rows) => rows.filter((r) => r.some(holdsNumber))),
  ),
  'html-another-table-with-labels-of-the-form': replaced(bureau, '<p>二、', `${otherTable}<p>二、`),
  'html-old-form-in-a-late-report': html(withoutLines(late, 'proactive', ['other_services', 'fees', 'procurement'])),
  'html-disputes-lines-in-rows': html(
    bureau,
    changed('disputes', (rows) => linesInRows(rows)),
  ),

  // blanks that left nothing behind
  'text-blanks-collapsed-totals-blank': text(blankTotals(bureau), textStyles.pasted),
  'text-blanks-collapsed-one-row': text(
    withCells(
      bureau,
      Object.fromEntries(
        [...bureau.cells]
          .filter(([p, v]) => p.startsWith('requests/denied_') && v === 0)
          .slice(0, 2)
          .map(([p]) => [p, null]),
      ),
    ),
    textStyles.pasted,
  ),
  'text-blanks-collapsed-joint': text({ ...twoGaps, prose: wordless }, textStyles.pasted),
  'text-tabs-blanks-kept': text(blankZeros(quiet), textStyles.tabs),

  // text that lost its layout
  'markdown-labels-ahead-of-rows': loosely('labels_ahead'),
  'markdown-labels-ahead-one-lost': loosely('labels_ahead_one_lost'),
  'text-labels-ahead-dealt': loosely('labels_ahead_dealt'),
  'text-lines-side-by-side': loosely('lines_side_by_side_tabs'),
  'text-lines-side-by-side-pasted': loosely('lines_side_by_side_pasted'),
  'markdown-blank-behind-broken-header': loosely('blank_behind_broken_header'),
  'text-cell-a-line-pipes': loosely('pipe_behind_untitled'),
  'markdown-blank-behind-corner': loosely('blank_behind_corner'),
  'text-padded-rows': loosely('padded_rows'),
  'text-padded-row-alone': loosely('padded_row_alone'),
  'text-table-drawn': loosely('drawn_light'),
  'text-table-drawn-around': loosely('drawn_heavy'),
  'markdown-marks': loosely('markdown_marks'),
  'text-cells-joined': loosely('cells_joined'),
  'text-disputes-apart': loosely('disputes_apart_tabs'),
  'html-disputes-apart': html(bureau, disputesApart(captions[3]!)),

  // tables that cannot be read
  'html-blank-cell-beside-label': html(
    bureau,
    changed('requests', (rows) =>
      rows.map((r) =>
        r.flatMap((c) => (c.role === 'label' && c.colspan === 2 ? [{ ...c, colspan: 1 }, cell('', 'label')] : [c])),
      ),
    ),
  ),
  'html-blank-table-beside-prose': html({
    ...bureau,
    cells: new Map([...bureau.cells].map(([path, n]) => [path, path.startsWith('requests/') ? null : n])),
  }),
  'html-form-of-a-province': () => ({
    extension: 'html',
    bytes: utf8(pageWith(annex, provinceTable(provinceForms.sixteen, annex.year, createRandom(16)), cleanStyle)),
  }),
};
