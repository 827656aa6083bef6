import { alter, changed, holdsNumber, numberRows, type Rows } from './changes.ts';
import type { ComposedFact } from './composed.ts';
import { gridInSection, type Figures } from './figures.ts';
import { cell } from './printed.ts';
import { titleOf } from './prose.ts';
import type { Random } from './random.ts';
import { textPage, textStyles, type TextStyle } from './text.ts';

/** Text that converters and clipboards made of tables: each is a thing that was done to the text, whatever the numbers are. */
export interface Loose {
  text: string;
  /** Cells that may be left out, with a finding. */
  undecidable?: (fact: ComposedFact) => boolean;
  /** The title was lost too. */
  untitled?: true;
  /** What is printed, where it is not what was given. */
  figures?: Figures;
}

const printed = (f: Figures, name: keyof typeof textStyles, more: Partial<TextStyle> = {}): string =>
  textPage(f, { ...textStyles[name], ...more });

/** Lines in which the cells of a row are parted by pipes, with numbers in all but the labels. */
const isNumberRow = (line: string): boolean => /^\|.*\D.*?(?:\| [\d.]+ )+\|$/.test(line) && cellsOf(line).length > 4;
const cellsOf = (line: string): string[] =>
  line
    .slice(1, -1)
    .split('|')
    .map((c) => c.trim());
const isNumber = (text: string): boolean => /^[\d.]+$/.test(text);
const labelOf = (line: string): string => cellsOf(line).findLast((c) => c !== '' && !isNumber(c)) ?? '';
const numbersOf = (line: string): string[] => cellsOf(line).filter(isNumber);
const pipes = (cells: string[]): string => `| ${cells.join(' | ')} |`;
const wrapped = (text: string): string => (text.match(/.{1,11}/gu) ?? []).join('\n');

/** Rows of section 三 from the n-th on, of lines of the form that follow each other. */
const inSection3 = (f: Figures) => gridInSection(f, 3)!;

/** A few labels, and then as many rows as are left of theirs. */
function labelsAhead(f: Figures, random: Random, lose: 'none' | 'label' | 'row'): Loose {
  const { code, lines } = inSection3(f);
  const count = random.whole(2, 4);
  const from = random.whole(2, lines.length - 3 - count);
  const gone = random.whole(0, count - 1);
  const page = printed(f, 'markdown', { wrap: 11 }).split('\n');
  const at = page.flatMap((line, i) => (isNumberRow(line) && cellsOf(line).length >= 8 ? [i] : []));
  const rows = at.slice(from, from + count).map((i) => page[i]!);
  const labels = rows.map((row) => wrapped(labelOf(row))).filter((_, i) => lose !== 'label' || i !== gone);
  const numbers = rows.map((row) => pipes(numbersOf(row))).filter((_, i) => lose !== 'row' || i !== gone);
  const text = page.toSpliced(at[from]!, count, '', ...labels, ...numbers, '').join('\n');
  const codes = lines.slice(from, from + count).map((line) => line.code);
  return {
    text,
    undecidable: ({ grid, line }) => lose !== 'none' && grid === code && codes.includes(line),
  };
}

/** A cell a line with its pipe, and pipes alone at the end of a row. */
const cellsALine =
  (mark: (text: string) => string, end: string) =>
  (f: Figures): Loose => ({
    text: printed(f, 'tabs')
      .split('\n')
      .map((line) =>
        line.includes('\t')
          ? [
              ...line
                .split('\t')
                .filter((c) => c !== '')
                .map(mark),
              end,
            ].join('\n')
          : line,
      )
      .join('\n'),
  });

const pipeBehind = cellsALine((text) => `${text} |`, '||');

const untitled = ({ text }: Loose, f: Figures): Loose => ({
  text: text
    .replace(titleOf(f), '')
    .replace('一、总体情况', `一、总体情况\n\n本报告统计期限自${f.year}年1月1日至12月31日。`),
  untitled: true,
});

/** Empty cells before and behind the numbers of the rows of some lines, as sheets leave them. */
const padded = (grid: string, isPadded: (row: Rows[number], i: number) => boolean): Partial<TextStyle> =>
  changed(
    grid,
    numberRows((row, i) =>
      row.some(holdsNumber) && isPadded(row, i)
        ? [...row.filter((c) => !holdsNumber(c)), cell('', 'header'), ...row.filter(holdsNumber), cell('', 'header')]
        : row,
    ),
  );
const blanked = (f: Figures, isBlank: (path: string) => boolean): Figures => ({
  ...f,
  cells: new Map([...f.cells].map(([path, value]) => [path, isBlank(path) ? null : value])),
});

/** The cell of a Markdown table in ways that all show the number alone, or with the mark of a note. */
const marked: ((n: string) => string)[] = [
  (n) => `~~9~~ ${n}`,
  (n) => `<del>9</del><ins>${n}</ins>`,
  (n) => `${n}$^{1}$`,
  (n) => `$${n}$`,
  (n) => `${n}<sup>②</sup>`,
  (n) => `${n}<!-- 9 -->`,
  (n) => `${n}\\*`,
  (n) => `${n}<span style="display: none">9</span>`,
  (n) => `<span hidden>9</span>${n}`,
  (n) => `<span style="color:#333">${n}</span>`,
  (n) => `*${n}*`,
  (n) => `\`${n}\``,
];

/** Tables drawn with strokes, which stand under every row, whose cells then break over lines, or around it all. */
function drawn(f: Figures, [bar, stroke, cross]: readonly [string, string, string], between: boolean): string {
  const page = printed(f, 'markdown').split('\n');
  const isRow = (line: string | undefined) => line?.startsWith('|') ?? false;
  const isMarkdownRule = (line: string) => /^[-| ]+$/.test(line) && line.includes('---');
  return page
    .flatMap((line, i) => {
      if (isMarkdownRule(line)) return [];
      if (!isRow(line)) return [line];
      const cells = cellsOf(line);
      const rule = `${cross}${cells.map(() => stroke.repeat(4)).join(cross)}${cross}`;
      const lines = cells.map((text) => (between ? (text.match(/.{1,9}/gu) ?? []) : [text]));
      const height = Math.max(1, ...lines.map((l) => l.length));
      const drawnLines = Array.from({ length: height }, (_, k) => bar + lines.map((l) => l[k] ?? '　').join(bar) + bar);
      const isFirst = !isRow(page[i - 1]);
      const isLast = !isRow(page[i + 1]);
      return [...(isFirst ? [rule] : []), ...drawnLines, ...(between || isFirst || isLast ? [rule] : [])];
    })
    .join('\n');
}

export const disputesApart = (caption: (label: string, i: number) => string): Pick<TextStyle, 'alter'> =>
  alter('disputes', (table) => {
    const { rows } = table;
    const results = headOf(rows);
    const numbers = rows.at(-1)!.filter(holdsNumber);
    return ['行政复议', '未经复议直接起诉', '复议后起诉'].map((label, i) => ({
      ...table,
      rows: [
        [cell(caption(label, i), 'caption', results.length)],
        results,
        numbers.slice(i * results.length, (i + 1) * results.length),
      ],
    }));
  });
/** 结果维持 … 总计, once. */
const headOf = (rows: Rows): Rows[number] =>
  (rows[1] ?? [])
    .filter((c) => c.role === 'header')
    .slice(0, 5)
    .map((c) => ({ ...c, rowspan: 1 }));

export const captions: ((label: string, i: number) => string)[] = [
  (label) => label,
  (label, i) => `（${'一二三'[i]}）${label}`,
  (label, i) => `${i + 1}.${label}情况`,
  (label, i) => (i === 0 ? `${label}情况` : `行政诉讼：${label}`),
];

/** The pairs of rows of section 二 that follow each other, each given as a label and numbers. */
function inPairs(page: string, between: string, pair: (labels: string[], numbers: string[]) => string): string {
  const row = `^([^\\s\\d]+)${between}([\\d. ${between}-]+)$`;
  return page.replace(new RegExp(`${row}\n${row}`, 'gmu'), (all, a: string, m: string, b: string, n: string) =>
    /^(?:规章|行政处罚)$/.test(a) ? pair([a, b], [m, n]) : all,
  );
}

export const loose = {
  labels_ahead: (f, random) => labelsAhead(f, random, 'none'),
  labels_ahead_one_lost: (f, random) => labelsAhead(f, random, 'label'),
  row_lost_behind_labels: (f, random) => labelsAhead(f, random, 'row'),

  /** The same in section 二, whose numbers nothing else guards. */
  labels_ahead_unguarded: (f) => {
    const page = printed(f, 'markdown').split('\n');
    const at = page.findIndex((line) => line.startsWith('| 规章 '));
    const rows = page.slice(at, at + 2);
    return {
      text: page.toSpliced(at, 2, '', ...rows.map(labelOf), ...rows.map((row) => pipes(numbersOf(row))), '').join('\n'),
    };
  },

  /** Two labels, and the numbers of both in one line or in one line for each number. */
  labels_ahead_dealt: (f, random) => ({
    text: inPairs(printed(f, 'pasted'), ' ', (labels, numbers) =>
      [...labels, random.chance(0.5) ? numbers.join(' ') : numbers.join(' ').replaceAll(' ', '\n')].join('\n'),
    ),
  }),

  lines_side_by_side_tabs: (f) => ({
    text: inPairs(printed(f, 'tabs'), '\t', ([a, b], [m, n]) => [a, m, b, n].join('\t')),
  }),
  lines_side_by_side_pasted: (f) => ({
    text: inPairs(printed(f, 'pasted'), ' ', ([a, b], [m, n]) => [a, m, b, n].join(' ')),
  }),

  pipe_behind: pipeBehind,
  pipe_before: cellsALine((text) => `| ${text}`, '||'),
  pipe_below: cellsALine((text) => `${text}\n|`, '||||'),
  pipe_behind_untitled: (f) => untitled(pipeBehind(f), f),

  /** Of each row one number, and its blanks in one line of pipes: nobody can tell the column. */
  pipe_blanks_in_a_line: (f) => {
    const { code } = inSection3(f);
    const { text } = pipeBehind(f);
    return {
      text: text.replace(/^([^|\n]*\p{Script=Han}[^|\n]* \|\n)(\d+ \|\n)(?:\d+ \|\n){6}\|\|$/gmu, '$1$2||||||||'),
      undecidable: ({ grid }) => grid === code,
    };
  },

  /** A header that was broken over lines, and an empty cell behind some rows. */
  blank_behind_broken_header: (f, random) => {
    const page = printed(f, 'markdown').split('\n');
    const head = page.findIndex((line) => line.includes('申请人情况'));
    const body = page.findIndex((line, i) => i > head && isNumberRow(line));
    const broken = [
      '申请人情况',
      '法人或其他组织',
      '社会法律',
      '公益服务其他',
      '企业机构',
      '组织机构',
      '| 之和） | 自然人 | 商业 | 科研 | 总计 |',
      '|---|---|---|---|---|',
    ];
    const trailing = page.map((line, i) =>
      i >= body && isNumberRow(line) && cellsOf(line).length >= 8
        ? pipes([labelOf(line), ...numbersOf(line), ...(random.chance(0.4) ? [''] : [])])
        : line,
    );
    return { text: trailing.toSpliced(head, body - head, ...broken).join('\n') };
  },

  /** A word over the labels that the form does not have there, and an empty cell behind some rows. */
  blank_behind_corner: (f, random) => {
    const page = printed(f, 'markdown').split('\n');
    const head = page.findIndex((line) => line.includes('申请人情况'));
    const body = page.findIndex((line, i) => i > head && isNumberRow(line));
    const columns = inSection3(f).lines[0]!.columns.map((c) => c.zh);
    const corner = random.pick(['项目', '指标名称', '类别', '事项']);
    const rows = page.map((line, i) =>
      i >= body && isNumberRow(line) && cellsOf(line).length >= 8
        ? pipes([labelOf(line), ...numbersOf(line), ...(random.chance(0.4) ? [''] : [])])
        : line,
    );
    return { text: rows.toSpliced(head, body - head, pipes([corner, ...columns]), '|---|---|').join('\n') };
  },

  /** Two rows are blank at both ends: the others say where the numbers begin. */
  padded_rows: (f, random) => {
    const { code, lines } = inSection3(f);
    const [a, b] = [random.whole(0, 8), random.whole(9, lines.length - 1)].map((i) => `${code}/${lines[i]!.code}/`);
    const figures = blanked(
      f,
      (path) => [a!, b!].some((line) => path.startsWith(line)) && /natural_person|total/.test(path),
    );
    return { text: printed(figures, 'tabs', { absent: '', ...padded(code, () => true) }), figures };
  },

  /** No other row says where the numbers begin, and the last cell is blank. */
  padded_row_alone: (f) => {
    const figures = blanked(f, (path) =>
      /\/(?:regulations|normative_documents)\/(?:in_force|total_disclosed)$/.test(path),
    );
    return {
      text: printed(figures, 'tabs', { absent: '', ...padded('proactive', (row) => row.at(-1)!.text === '') }),
      figures,
      undecidable: ({ line }) => /^(regulations|normative_documents)$/.test(line),
    };
  },

  drawn_light: (f) => ({ text: drawn(f, ['│', '─', '┼'], true) }),
  drawn_heavy: (f) => ({ text: drawn(f, ['┃', '━', '╋'], false) }),
  drawn_double: (f) => ({ text: drawn(f, ['║', '═', '╬'], true) }),
  drawn_ascii: (f, random) => ({ text: drawn(f, ['|', random.pick(['-', '=']), '+'], true) }),
  drawn_full_width: (f) => ({
    text: printed(f, 'markdown')
      .replaceAll(/^\|[- |]+\|$\n?/gm, '')
      .replaceAll('|', '｜'),
  }),

  /** Numbers in the markup of Markdown and of HTML in it, and one that is struck through. */
  markdown_marks: (f, random) => {
    const { code, lines } = inSection3(f);
    const gone = lines[random.whole(0, lines.length - 1)]!;
    const figures = blanked(f, (path) => path === `${code}/${gone.code}/natural_person`);
    const rows = printed(f, 'markdown').split('\n');
    const inTable = rows.flatMap((line, i) => (isNumberRow(line) && cellsOf(line).length >= 8 ? [i] : []));
    const at = inTable[lines.indexOf(gone)];
    return {
      text: rows
        .map((line, i) => {
          if (!inTable.includes(i)) return line;
          const first = line.search(/\| \d+ \|/);
          const mark = i === at ? (n: string) => `~~${n}~~` : random.pick(marked);
          return line.slice(0, first) + line.slice(first).replace(/\d+/, mark);
        })
        .join('\n'),
      figures,
    };
  },

  disputes_apart_tabs: (f, random) => ({ text: printed(f, 'tabs', disputesApart(random.pick(captions))) }),
  disputes_apart_markdown: (f, random) => ({ text: printed(f, 'markdown', disputesApart(random.pick(captions))) }),
  disputes_apart_pasted: (f, random) => ({ text: printed(f, 'pasted', disputesApart(random.pick(captions))) }),
  disputes_apart_cells: (f, random) => ({ text: printed(f, 'cell_per_line', disputesApart(random.pick(captions))) }),

  /** Nothing is left between the cells. */
  cells_joined: (f, random) => ({
    text: printed(f, 'tabs')
      .replaceAll('\t', '')
      .replaceAll(/\n+/g, random.pick([' ', '\n'])),
    undecidable: () => true,
  }),
} satisfies Record<string, (f: Figures, random: Random) => Loose>;
