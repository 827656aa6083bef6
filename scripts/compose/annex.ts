import { type PrintedBlock, cell, type PrintedCell, type PrintedTable } from './printed.ts';
import { edition2014 } from '../../transforms/forms/edition-2014.ts';
import type { FormLine } from '../../transforms/forms/form.ts';
import type { ComposedTruth } from './composed.ts';
import { proseOf, tenThousands, type Figures } from './figures.ts';
import { titleOf, inventedNotice } from './prose.ts';
import { createRandom, seedOf, type Random } from './random.ts';
import { articlePage, escapeHtml, type Shell } from './shell.ts';
import { brackets } from './wording.ts';

/** The statistical annex of a report on 2014 to 2018. */
export interface Annex {
  publisher: string;
  division_code: string;
  year: number;
  /** Line → number, amounts in yuan; null: printed without a number. */
  values: Map<string, number | null>;
  /** Nothing above the table says what it is. */
  uncaptioned?: boolean;
}

export interface AnnexStyle {
  /** A column with the unit of every line; without it the labels of amounts name theirs. */
  unitColumn: boolean;
  /** Seed that chooses among label variants; null: as in the notice. */
  aliases: number | null;
  brackets: 'fullwidth' | 'ascii';
  indent: '' | '\u00a0\u00a0' | '\u3000';
  /** Header of the numbers. */
  header: string;
  /** What the rows of parts hold under 单位 and 统计数. */
  partMark: '——' | '-' | '';
  absent: '' | '-' | '/';
  /** The numbers in front of labels are lost. */
  numbers: boolean;
  commas: boolean;
}

const [grid] = edition2014.grids;
if (!grid) throw new Error('the edition of 2014 has no grid');

/** Every equation of the annex holds. */
export function composeAnnex(o: Omit<Annex, 'values'> & { seed: number; size: 'small' | 'large' }): Annex {
  const random = createRandom(o.seed);
  const values = new Map<string, number | null>();
  for (const line of grid!.lines) {
    const yuan = line.columns[0]?.unit === 'yuan';
    const most = o.size === 'large' ? (line.code === 'disclosed' ? 60_000 : 120) : 9;
    const some = random.chance(o.size === 'large' ? 0.7 : 0.3) ? random.whole(1, most) : 0;
    values.set(line.code, yuan ? some * random.pick([100, 1000, 10_000]) : some);
  }
  // Twice: the reasons of a refusal add up to a line that itself is a part.
  for (const { left, right } of [...edition2014.equations, ...edition2014.equations])
    values.set(
      left[0]!.line!,
      right.reduce((sum, { line }) => sum + (values.get(line!) ?? 0), 0),
    );
  const { publisher, division_code, year } = o;
  return { publisher, division_code, year, values };
}

/** Zeros are left blank. */
export const blankAnnexZeros = (annex: Annex): Annex => ({
  ...annex,
  values: new Map([...annex.values].map(([line, value]) => [line, value === 0 ? null : value])),
});

export function drawAnnexStyle(seed: number): AnnexStyle {
  const random = createRandom(seed);
  return {
    unitColumn: random.chance(0.7),
    aliases: random.chance(0.5) ? seed : null,
    brackets: random.pick(['fullwidth', 'ascii']),
    indent: random.pick(['', '\u00a0\u00a0', '\u3000']),
    header: random.pick(['统计数', '统计数据', '数量', '数值']),
    partMark: random.pick(['——', '-', '']),
    absent: random.pick(['', '-', '/']),
    numbers: random.chance(0.85),
    commas: random.chance(0.3),
  };
}

export const annexTruth = (annex: Annex, tags: string[]): ComposedTruth => ({
  tags,
  report: { publisher: annex.publisher, division_code: annex.division_code, year: annex.year },
  error_planted: null,
  facts: grid!.lines.map((line) => ({
    grid: grid!.code,
    line: line.code,
    col: 'value',
    value: annex.values.get(line.code) ?? null,
  })),
  undecidable: [],
});

/** Rows that only head others, before the line of the code. */
const heads: Record<string, string> = {
  via_gazette: '（二）通过不同渠道和方式公开政府信息的情况',
  press_conferences: '（二）通过不同渠道和方式回应解读的情况',
};

function annexTable(annex: Annex, style: AnnexStyle): PrintedTable {
  const line3 = (label: string, unit: string, value: string, role: 'label' | 'group' | 'header') => [
    cell(brackets(label, style), role),
    ...(style.unitColumn ? [cell(unit, 'header')] : []),
    cell(value, role === 'label' ? 'number' : 'header'),
  ];
  const rows = [line3('统 计 指 标', '单位', style.header, 'header')];
  let part: string | undefined;
  for (const line of grid!.lines) {
    if (line.group[0] !== undefined && line.group[0] !== part && !ownLine(line.group[0]))
      rows.push(line3(line.group[0], style.partMark, style.partMark, 'group'));
    part = line.group[0];
    const head = heads[line.code];
    if (head) rows.push(line3(style.indent + head, style.partMark, style.partMark, 'group'));
    rows.push(
      line3(labelOf(line, style), unitOf(line), valueOf(annex.values.get(line.code) ?? null, line, style), 'label'),
    );
  }
  return { grid: grid!.code, section: grid!.section, rows };
}

/** 四、行政复议数量 is a line with a number and heads the next lines too. */
const ownLine = (label: string) => grid!.lines.some((line) => line.number + line.zh === label);

function labelOf(line: FormLine, style: AnnexStyle): string {
  const yuan = line.columns[0]?.unit === 'yuan';
  const named = line.aliases.find((alias) => alias.includes('万元'));
  const plain = [line.zh, ...line.aliases.filter((alias) => !alias.includes('万元'))];
  const label =
    yuan && !style.unitColumn && named
      ? named
      : style.aliases === null
        ? line.zh
        : createRandom(seedOf(style.aliases, line.code)).pick(plain);
  const depth = /^\d/.test(line.number) ? 2 : line.number.startsWith('（') ? 1 : 0;
  return style.indent.repeat(depth) + (style.numbers ? line.number : '') + label;
}

function unitOf(line: FormLine): string {
  if (line.columns[0]?.unit === 'yuan') return '万元';
  if (/次|班/.test(line.zh)) return '次';
  if (line.code === 'trainees') return '人次';
  if (/人员/.test(line.zh)) return '人';
  return /机构|查阅点/.test(line.zh) ? '个' : /公开政府信息/.test(line.zh) ? '条' : '件';
}

function valueOf(value: number | null, line: FormLine, style: AnnexStyle): string {
  if (value === null) return style.absent;
  const digits = line.columns[0]?.unit === 'yuan' ? tenThousands(value) : String(value);
  return style.commas ? digits.replace(/\B(?=(\d{3})+$)/g, ',') : digits;
}

/** The report in the order of its time: prose, then the annex. */
function annexBlocks(annex: Annex, table: PrintedTable): PrintedBlock[] {
  const random: Random = createRandom(seedOf(annex.publisher, annex.year, 'annex'));
  const received = annex.values.get('received') ?? null;
  const paragraph = (text: string): PrintedBlock => ({ kind: 'paragraph', text });
  const caption = random.pick([
    `附表：政府信息公开情况统计表（${annex.year}年度）`,
    `附件：${annex.year}年政府信息公开工作情况统计表`,
    `政府信息公开情况统计表\n（${annex.year}年度）`,
  ]);
  return [
    { kind: 'title', text: titleOf(annex) },
    { kind: 'heading', text: '一、概述' },
    paragraph(`${annex.year}年，本机关按照规定公开政府信息，并更新公开指南和公开目录。`),
    { kind: 'heading', text: '二、政府信息依申请公开情况' },
    paragraph(received === null ? '受理情况见附表。' : `全年收到政府信息公开申请${received}件。`),
    { kind: 'heading', text: '三、存在的问题和改进措施' },
    paragraph('个别栏目更新不够及时，下一步将安排专人检查。'),
    ...(annex.uncaptioned ? [] : caption.split('\n').map(paragraph)),
    { kind: 'table', table },
    paragraph(inventedNotice),
  ];
}

export const annexPage = (annex: Annex, style: AnnexStyle, shell: Shell): string =>
  pageWith(annex, annexTable(annex, style), shell);

/** The report with another table in place of the annex. */
export const pageWith = (annex: Annex, table: PrintedTable, shell: Shell): string =>
  pageOfBlocks(annex, annexBlocks(annex, table), shell);

export function pageOfBlocks(annex: Annex, blocks: PrintedBlock[], shell: Shell): string {
  const cellHtml = ({ text, colspan, rowspan }: PrintedCell) =>
    `<td${colspan > 1 ? ` colspan="${colspan}"` : ''}${rowspan > 1 ? ` rowspan="${rowspan}"` : ''}>${escapeHtml(text)}</td>`;
  const body = blocks.map((block) =>
    block.kind === 'table'
      ? `<table border="1">${block.table.rows
          .map((row) => `<tr>${row.map(cellHtml).join('')}</tr>`)
          .join('\n')}</table>`
      : block.kind === 'title'
        ? ''
        : `<p>${escapeHtml(block.text)}</p>`,
  );
  return articlePage(
    {
      title: titleOf(annex),
      body: body.join('\n'),
      siteName: `${annex.publisher}门户网站`,
      siteIdCode: `${annex.division_code}0001`,
      column: '政府信息公开年报',
      published: `${annex.year + 1}-03-20`,
      source: annex.publisher,
      notice: inventedNotice,
      invented: true,
    },
    shell,
  );
}

/** `tabs`: pasted from a spreadsheet; `blanks`: from a PDF, a row a line; `cells`: from a PDF, a cell a line. */
export const annexText = (annex: Annex, style: AnnexStyle, layout: AnnexLayout): string =>
  textWith(annex, annexTable(annex, style), layout);

type AnnexLayout = 'tabs' | 'blanks' | 'cells';

export function textWith(annex: Annex, table: PrintedTable, layout: AnnexLayout): string {
  const separator = { tabs: '\t', blanks: ' ', cells: '\n' }[layout];
  const text = annexBlocks(annex, table).map((block) =>
    block.kind === 'table'
      ? block.table.rows
          .map((row) => {
            const texts = row.map((c) => c.text.trim());
            return (layout === 'tabs' ? texts : texts.filter((t) => t !== '')).join(separator);
          })
          .join('\n')
      : block.text,
  );
  return `${text.join('\n\n')}\n`;
}

/** For the formats of an office, which print `Figures`. */
export const annexFigures = (annex: Annex, style: AnnexStyle): Figures => figuresWith(annex, annexTable(annex, style));

export const figuresWith = (annex: Annex, table: PrintedTable): Figures => ({
  publisher: annex.publisher,
  division_code: annex.division_code,
  year: annex.year,
  edition: edition2014.edition,
  cells: new Map(),
  prose: proseOf(edition2014.edition, new Map()),
  published_on: `${annex.year + 1}-03-20`,
  invented: true,
  printed: annexBlocks(annex, table),
});
