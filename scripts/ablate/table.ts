import { format } from 'prettier';
import type { Effect } from './measure.ts';
import type { Mechanism } from './mechanisms.ts';
import type { Weight } from './weights.ts';

export interface TableLine {
  mechanism: Mechanism;
  effect: Effect;
}

const change = ([before, after]: [number, number]): string => {
  const by = after - before;
  return by === 0 ? '' : by > 0 ? `+${by}` : `−${-by}`;
};

/** The table of docs/reading.md. */
export function tableOf(rows: TableLine[]): string {
  const head = ['without', 'what it is for', 'facts', 'findings', 'other', 'right', 'wrong', 'unflagged', 'a page'];
  const lines = rows.map(({ mechanism: { name, what }, effect }) => [
    `\`${name}\``,
    what,
    ...[effect.facts, effect.findings, effect.rest].map((n) => (n === 0 ? '' : String(n))),
    change(effect.right),
    change(effect.wrong),
    change(effect.unflagged),
    effect.page === null ? 'none' : `\`${effect.page}\``,
  ]);
  const table = [head, head.map((_, i) => (i > 1 && i < 8 ? '---:' : '---')), ...lines];
  return table.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** What another number in the place of a weight changes. */
export interface WeightLine {
  weight: Weight;
  tried: { other: string; effect: Effect }[];
}

const parts: [string, (effect: Effect) => string][] = [
  ['facts of', ({ facts }) => (facts === 0 ? '' : String(facts))],
  ['findings of', ({ findings }) => (findings === 0 ? '' : String(findings))],
  ['right', ({ right }) => change(right)],
  ['wrong', ({ wrong }) => change(wrong)],
  ['unflagged', ({ unflagged }) => change(unflagged)],
];

const effectText = (effect: Effect): string =>
  parts.flatMap(([name, of]) => (of(effect) === '' ? [] : [`${name} ${of(effect)}`])).join(', ') || 'nothing';

export function weightTableOf(rows: WeightLine[]): string {
  const lines = rows.map(({ weight: { file, what, value }, tried }) => [
    `\`${file}\``,
    what,
    value,
    tried.map(({ other, effect }) => `${other}: ${effectText(effect)}`).join('; '),
  ]);
  const head = ['file', 'what it decides', 'number', 'another number changes'];
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

export const tableFile = 'docs/reading.md';

/** The document with a table between its markers. */
export async function withTable(document: string, name: 'mechanisms' | 'weights', table: string): Promise<string> {
  const markers = [`<!-- measured: ${name} -->`, `<!-- end of ${name} -->`] as const;
  const [before, rest] = document.split(markers[0]);
  const [, after] = rest?.split(markers[1]) ?? [];
  if (before === undefined || after === undefined)
    throw new Error(`${tableFile} has no ${markers.join(' and ')} to write between`);
  const filled = `${before}${markers[0]}\n\n${table}\n${markers[1]}${after}`;
  return format(filled, { parser: 'markdown', printWidth: 120 });
}

/** The page that needs each mechanism, as the table has it. */
export const pagesIn = (document: string): Map<string, string> =>
  new Map(
    [...document.matchAll(/^\| `([^`]+)` +\|.*\| `([^`]+)` +\|$/gm)].map((m): [string, string] => [m[1]!, m[2]!]),
  );
