import { alter, holdsNumber, type Rows } from './changes.ts';
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
