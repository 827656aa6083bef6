import { isNumber } from '../printed/number.ts';
import type { Block, Cell, Table } from './doc.ts';
import type { Said } from './runs.ts';

/** What the blocks in a cell come to in a table: their text, and the tables among them. */
export function cellOf(
  content: Block[],
  said: Said['unread'],
): { text: string; nested: Table[]; unread?: Cell['unread'] } {
  const text = content.flatMap((b) => (b.kind === 'paragraph' || b.kind === 'heading' ? [b.text] : [])).join('\n');
  const nested = content.filter((b) => b.kind === 'table');
  if (text === '' && content.some((b) => b.kind === 'picture')) return { text, nested, unread: 'picture' };
  return said === 'pale' || (said === 'struck' && text === '') ? { text, nested, unread: said } : { text, nested };
}

/** Fewer cells with numbers beside inner tables than a row of any statutory table has. */
const fewNumbers = 6;

/** A table that only arranges the page, around tables or running text: its content counts as if it stood on the page. */
export function isLayout({ rows }: Table): boolean {
  const cells = rows.flat();
  const arranges = cells.some(
    ({ text, nested }) => (nested?.length ?? 0) > 0 || (text.length > 200 && text.includes('。')),
  );
  return arranges && cells.filter((cell) => isNumber(cell.text)).length < fewNumbers;
}
