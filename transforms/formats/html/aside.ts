import { isTag, type Element } from 'domhandler';
import type { Block, LinkedFile } from '../../doc/doc.ts';
import { isSectionTitle } from '../../printed/section-titles.ts';

/** A block and the element it came from; null for a body that a script carried. */
export interface Built {
  block: Block;
  node: Element | null;
}

/** A file that the page refers to, and the element that does. */
export interface BuiltFile {
  file: LinkedFile;
  node: Element | null;
}

/** Mark what stands outside the article: found as the smallest element around all section titles and their tables. */
export function markAside(built: Built[], files: BuiltFile[]): void {
  const anchors = built.filter(
    ({ block }) => (block.kind === 'paragraph' || block.kind === 'heading') && isSectionTitle(block.text),
  );
  const first = built.indexOf(anchors[0]!);
  const last = built.indexOf(anchors.at(-1)!);
  if (anchors.length < 3) return;
  const container = commonAncestor(built.slice(first, last + 1).map((b) => b.node));
  if (!container || container.name === 'body' || container.name === 'html') return;
  for (const { block, node } of built) if (node && !isInside(node, container)) block.aside = true;
  for (const { file, node } of files) if (node && !isInside(node, container)) file.aside = true;
}

function commonAncestor(nodes: (Element | null)[]): Element | null {
  const chain = (node: Element | null): Element[] => {
    const up: Element[] = [];
    for (let at = node; at; at = at.parent && isTag(at.parent) ? at.parent : null) up.unshift(at);
    return up;
  };
  let common: Element[] | null = null;
  for (const node of nodes) {
    if (!node) return null;
    // The block's own element is not a container of the others.
    const up = chain(node.parent && isTag(node.parent) ? node.parent : null);
    if (!common) common = up;
    else {
      let i = 0;
      while (i < common.length && i < up.length && common[i] === up[i]) i++;
      common = common.slice(0, i);
    }
  }
  return common?.at(-1) ?? null;
}

function isInside(node: Element, container: Element): boolean {
  for (let at: Element | null = node; at; at = at.parent && isTag(at.parent) ? at.parent : null)
    if (at === container) return true;
  return false;
}
