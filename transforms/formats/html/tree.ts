import { Element, hasChildren, type AnyNode, type ChildNode, type Document, type ParentNode } from 'domhandler';
import { parse, type TreeAdapter } from 'parse5';
import { adapter as complete, type Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import { Unreadable } from '../../findings.ts';
import type { Styled } from './look.ts';

/** Parsing takes time quadratic in depth. What is not shown may nest deeper than what is read, but not without limit. */
const MAX_DEPTH = 4096;

/** An element of a page. */
export class PageElement extends Element {
  depth = 0;
  /** What its declarations say, once somebody asked (`look.ts`). */
  styled: Styled | null = null;
}

/** Nothing is inherited, as of `Object.create(null)`, which makes a hash table of each however few attributes there are. */
const Attributes = function () {} as unknown as new () => Element['attribs'];
Attributes.prototype = Object.create(null);

/**
 * The tree that browsers build of a page, in the nodes that selectors work on. Of attributes only their values are kept:
 * their namespaces and prefixes, two more objects an element, are half of what the adapter of the library costs.
 */
export const treeOf = (page: string): Document => parse(page, { treeAdapter: adapter });

const adapter: TreeAdapter<Htmlparser2TreeAdapterMap> = {
  ...complete,
  createElement(name, namespace, attributes) {
    const attribs = new Attributes();
    for (const { name, value } of attributes) attribs[name] = value;
    const element = new PageElement(name, attribs, []);
    element.namespace = namespace;
    return element;
  },
  adoptAttributes({ attribs }, attributes) {
    for (const { name, value } of attributes) attribs[name] ??= value;
  },
  appendChild(parent, node) {
    goDeeper(parent, node);
    complete.appendChild(parent, node);
  },
  insertBefore(parent, node, next) {
    goDeeper(parent, node);
    complete.insertBefore(parent, node, next);
  },
};

function goDeeper(parent: ParentNode, node: AnyNode): void {
  if (!(node instanceof PageElement)) return;
  // What a <template> holds hangs below it in a document of its own.
  const above = parent instanceof PageElement ? parent : parent.parent;
  node.depth = above instanceof PageElement ? above.depth + 1 : 0;
  if (node.depth > MAX_DEPTH) throw new Unreadable('too_large', { what: 'nested_elements', limit: MAX_DEPTH });
}

/** Everything below a node, in the order of the page; without recursion, as what is hidden may nest without limit. */
export function nodesIn(root: ParentNode): ChildNode[] {
  const nodes: ChildNode[] = [];
  const open = root.children.toReversed();
  for (let node = open.pop(); node; node = open.pop()) {
    nodes.push(node);
    if (hasChildren(node)) for (let i = node.children.length - 1; i >= 0; i--) open.push(node.children[i]!);
  }
  return nodes;
}
