import { format } from 'prettier';
import type { Effect } from './measure.ts';
import type { Mechanism } from './mechanisms.ts';

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

const markers = ['<!-- measured: mechanisms -->', '<!-- end of mechanisms -->'] as const;
export const tableFile = 'docs/reading.md';

/** The document with the table between its markers. */
export async function withTable(document: string, table: string): Promise<string> {
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
