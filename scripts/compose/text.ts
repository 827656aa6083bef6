import type { PrintedCell, PrintedTable } from './printed.ts';
import type { Figures } from './figures.ts';
import { reportSections, inventedNotice, titleOf } from './prose.ts';
import { printedTables, unsplit, type Splits } from './tables.ts';
import { plainWording, type Wording } from './wording.ts';

/** How the same report looks after its layout was lost. */
export interface TextStyle extends Wording, Splits {
  /**
   * `tabs`: a spreadsheet pasted as text; `markdown`: pipe tables; `markdown_lines`: a pipe table for every line of the
   * form under headers that a converter invented; `pasted`: copied out of a PDF, blanks collapsed; `cell_per_line`:
   * copied out of a PDF, every cell on its own line.
   */
  layout: 'tabs' | 'markdown' | 'markdown_lines' | 'pasted' | 'cell_per_line';
  /** Characters after which a PDF breaks a label or a sentence. */
  wrap: number;
  /** The numbers of a pasted row follow the last or the first piece of its label. */
  numbersAfter: 'last' | 'first';
  /** `- 3 -` after every table. */
  pageNumbers: boolean;
  /** A page ends after so many rows of a table, without a new header; null: never inside of one. */
  pageRows: number | null;
  /** The title again at the head of every page. */
  runningHead: boolean;
}

const plain: TextStyle = {
  ...plainWording,
  ...unsplit,
  layout: 'tabs',
  wrap: 34,
  numbersAfter: 'last',
  pageNumbers: false,
  pageRows: null,
  runningHead: false,
};

export const textStyles = {
  tabs: { ...plain, explanation: true, brackets: 'ascii' },
  tabs_split: { ...plain, parts: 2, explanation: true },
  markdown: { ...plain, layout: 'markdown' },
  markdown_lines: { ...plain, layout: 'markdown_lines' },
  markdown_cut: { ...plain, layout: 'markdown', pageRows: 11 },
  pasted: { ...plain, layout: 'pasted', wrap: 14, pageNumbers: true },
  pasted_split: { ...plain, layout: 'pasted', wrap: 10, parts: 2, pageNumbers: true },
  pasted_first: { ...plain, layout: 'pasted', wrap: 12, numbersAfter: 'first', pageNumbers: true },
  pasted_heads: { ...plain, layout: 'pasted', wrap: 14, pageNumbers: true, pageRows: 9, runningHead: true },
  cell_per_line: { ...plain, layout: 'cell_per_line', wrap: 40, pageNumbers: true },
} satisfies Record<string, TextStyle>;

export function textPage(f: Figures, style: TextStyle): string {
  const tables = printedTables(f, style, style);
  const markdown = style.layout === 'markdown' || style.layout === 'markdown_lines';
  const title = titleOf(f);
  const blocks = [markdown ? `# ${title}` : title];
  let page = 0;
  const turn = () => `- ${++page} -${style.runningHead ? `\n${title}` : ''}`;
  for (const section of reportSections(f, style)) {
    blocks.push((markdown ? '## ' : '') + section.title, ...section.paragraphs.map((p) => wrapped(p, style)));
    for (const table of tables.filter((t) => t.section === section.number)) {
      blocks.push(tableText(table, style, turn));
      if (style.pageNumbers) blocks.push(turn());
    }
  }
  if (f.invented) blocks.push(inventedNotice);
  return `${blocks.join('\n\n')}\n`;
}

const pdfLike = (style: TextStyle) => style.layout === 'pasted' || style.layout === 'cell_per_line';

const chunks = (text: string, size: number): string[] => text.match(new RegExp(`.{1,${size}}`, 'gu')) ?? [''];

const wrapped = (text: string, style: TextStyle) =>
  pdfLike(style) ? chunks(text, Math.max(style.wrap, 30)).join('\n') : text;

function tableText(table: PrintedTable, style: TextStyle, turn: () => string): string {
  const rows = rowTexts(table, style);
  const size = style.pageRows ?? rows.length;
  const pages = Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));
  return pages.map((page, i) => (i === 0 ? '' : `\n${turn()}\n\n`) + page.join('\n')).join('\n');
}

function rowTexts(table: PrintedTable, style: TextStyle): string[] {
  switch (style.layout) {
    case 'tabs':
      return spread(table.rows, 'narrow').map((row) => row.map(flat).join('\t'));
    case 'markdown':
      return spread(table.rows, 'wide').flatMap((row, i) =>
        i === 0 ? [pipes(row.map(flat)), rule(row.length)] : [pipes(row.map(flat))],
      );
    case 'markdown_lines':
      return spread(table.rows, 'wide').map((row) =>
        [pipes(row.map((_, i) => `列${i + 1}`)), rule(row.length), pipes(row.map(flat)), ''].join('\n'),
      );
    case 'pasted':
      return table.rows.map((row) => pastedRow(row, style));
    case 'cell_per_line':
      return table.rows.flatMap((row) =>
        row.filter((c) => c.text !== '').map((c) => chunks(flat(c), style.wrap).join('\n')),
      );
  }
}

const pipes = (cells: string[]) => `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`;
const rule = (width: number) => `|${' --- |'.repeat(width)}`;

const flat = (c: PrintedCell | null) => (c === null ? '' : c.text.replaceAll('\n', ''));

/** Cells in their columns; null where a span from above (and, when `wide`, from the left) covers the place. */
function spread(rows: PrintedCell[][], width: 'narrow' | 'wide'): (PrintedCell | null)[][] {
  const open: number[] = [];
  return rows.map((row) => {
    const out: (PrintedCell | null)[] = [];
    let x = 0;
    const skipCovered = () => {
      while ((open[x] ?? 0) > 0) {
        open[x] = (open[x] ?? 0) - 1;
        out.push(null);
        x++;
      }
    };
    for (const c of row) {
      skipCovered();
      out.push(c);
      for (let i = 0; i < c.colspan; i++) {
        if (i > 0 && width === 'wide') out.push(null);
        open[x++] = c.rowspan - 1;
      }
    }
    skipCovered();
    return out;
  });
}

/** Labels break over lines and the numbers follow one piece of the last; an empty cell leaves nothing behind. */
function pastedRow(row: PrintedCell[], style: TextStyle): string {
  const numbers = row.filter((c) => c.role === 'number' && c.text !== '').map(flat);
  const labels = row.filter((c) => c.role !== 'number' && c.text !== '').map((c) => chunks(flat(c), style.wrap));
  if (numbers.length === 0) return labels.map((l) => l.join('\n')).join(row[0]?.role === 'label' ? '\n' : ' ');
  const [first = '', ...rest] = labels.at(-1) ?? [];
  const pieces =
    style.numbersAfter === 'first' ? [`${first} ${numbers.join(' ')}`, ...rest] : [...(labels.at(-1) ?? [])];
  if (style.numbersAfter === 'last') pieces.push(`${pieces.pop() ?? ''} ${numbers.join(' ')}`);
  return [...labels.slice(0, -1).flat(), ...pieces].join('\n').trim();
}
