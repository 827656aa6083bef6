import { isTag, isText, type AnyNode, type Element } from 'domhandler';

/** Looks into pieces of a page that end by themselves: pages nest and repeat as much as whoever sent them likes. */

/** Nodes in the order of the page, the piece itself first, and no more than `most`. */
export function nodesIn(piece: AnyNode, most: number, enter?: (at: AnyNode) => boolean): AnyNode[] {
  const found: AnyNode[] = [];
  const ahead = [piece];
  for (let at = ahead.pop(); at && found.length < most; at = ahead.pop()) {
    found.push(at);
    // One by one: a call takes no more arguments than fit on the stack.
    if ('children' in at && (enter?.(at) ?? true))
      for (const child of at.children.slice(0, most).toReversed()) ahead.push(child);
  }
  return found;
}

export const elementsIn = (piece: AnyNode, most: number): Element[] => nodesIn(piece, most).filter(isTag);

/** Text without scripts and styles, forms folded, white space single; of a long piece about the first `limit` characters. */
export function visibleText(piece: AnyNode | null | undefined, limit: number): string {
  if (!piece) return '';
  const shown = (at: AnyNode): boolean => at === piece || !isTag(at) || !HIDDEN.has(at.name);
  const nodes = nodesIn(piece, 4 * limit + 100, shown);
  const text = nodes.map((at) => (isText(at) ? at.data : ' ')).join('');
  return text
    .slice(0, 20 * limit)
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .trim();
}

const HIDDEN = new Set(['script', 'style', 'option', 'noscript']);
