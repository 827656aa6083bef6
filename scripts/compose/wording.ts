import type { FormColumn, FormLine } from '../../transforms/forms/form.ts';
import { tenThousands, type Amounts } from './figures.ts';
import { createRandom, seedOf } from './random.ts';

/** How labels and numbers are written, whatever the file format. Data, so that a style is one literal. */
export interface Wording {
  /** Seed that chooses among the statutory label and its variants; null: always the statutory label. */
  aliases: number | null;
  amounts: Amounts;
  digits: 'plain' | 'commas' | 'fullwidth' | 'fullwidth_commas';
  /** Signs of differences (本年增/减). */
  signs: 'minus' | 'plus' | 'fullwidth';
  /** What is printed where there is no number. */
  absent: '' | '-' | '—' | '/';
  brackets: 'fullwidth' | 'ascii';
  /** The sentence on 勾稽关系 in the corner of section 三. */
  explanation: boolean;
  /** Explanations with digits in header cells, and a note behind one number. */
  notes: boolean;
  /** Captions 第二十条第（一）项 of section 二. */
  captions: boolean;
  /** Damage: rows 小计 that the form does not have. */
  subtotals: boolean;
  /** Headers written downwards, one character a line. */
  vertical: boolean;
  /** Word behind numbers in the text. */
  counter: '件' | '宗' | '条' | '起';
}

export const plainWording: Wording = {
  aliases: null,
  amounts: '万元',
  digits: 'plain',
  signs: 'minus',
  absent: '',
  brackets: 'fullwidth',
  explanation: false,
  notes: false,
  captions: true,
  subtotals: false,
  vertical: false,
  counter: '件',
};

export const brackets = (text: string, w: Pick<Wording, 'brackets'>) =>
  w.brackets === 'ascii' ? text.replaceAll('（', '(').replaceAll('）', ')') : text;

const variant = (item: { zh: string; aliases: string[] }, place: string, w: Wording) =>
  w.aliases === null ? item.zh : createRandom(seedOf(w.aliases, place)).pick([item.zh, ...item.aliases]);

export const lineLabel = (line: FormLine, grid: string, w: Wording) =>
  brackets(line.number + variant(line, `${grid}/${line.code}`, w), w);

/** Header label of a column; `place` keeps one choice of variant for one place of the form. */
export function columnLabel(column: FormColumn, place: string, w: Wording): string {
  const label = variant(column, `${place}/${column.code}`, w);
  if (column.unit === 'yuan') return brackets(w.amounts === '万元' ? label : label.replace(/（单位：.*）/, ''), w);
  if (column.signed && w.notes) return brackets(`${label}（正数为增，负数为减，如 -8）`, w);
  return brackets(label, w);
}

const widen = (text: string) => text.replace(/[0-9,]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

const grouped = (digits: string) => {
  const [whole = '', fraction] = digits.split('.');
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? parts : `${parts}.${fraction}`;
};

/** One cell of the form as printed. `label` is the header it stands under: it may already name the unit. */
export function cellText(value: number | null, column: FormColumn, label: string, w: Wording): string {
  if (value === null) return w.absent;
  const yuan = column.unit === 'yuan';
  const size = Math.abs(value);
  let digits = yuan && w.amounts !== '元' ? tenThousands(size) : String(yuan ? Math.round(size * 100) / 100 : size);
  if (w.digits === 'commas' || w.digits === 'fullwidth_commas') digits = grouped(digits);
  if (w.digits === 'fullwidth' || w.digits === 'fullwidth_commas') digits = widen(digits);
  const unit = yuan && w.amounts !== 'none' && !/单位/.test(label) ? w.amounts : '';
  const note =
    w.notes && column.code === 'made' && value > 3 ? brackets(`（其中修订${Math.floor(value / 3)}件）`, w) : '';
  return sign(value, column, w) + digits + unit + note;
}

function sign(value: number, column: FormColumn, w: Wording): string {
  if (value < 0) return w.signs === 'fullwidth' ? '－' : '-';
  if (value === 0 || !column.signed || w.signs === 'minus') return '';
  return w.signs === 'plus' ? '+' : '＋';
}
