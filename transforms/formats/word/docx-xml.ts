import { load } from 'cheerio';
import { isTag, isText, type Element, type ParentNode } from 'domhandler';
import { Unreadable } from '../../findings.ts';

/**
 * Names are compared without their prefix: which prefix stands for WordprocessingML is the writer's choice.
 * Entities of a DTD are not expanded.
 */
export const nameOf = (element: Element) => element.name.slice(element.name.indexOf(':') + 1);

export function parseXml(bytes: Buffer): Element {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const text = wide
    ? new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
    : bytes.toString('utf8');
  guardNesting(text);
  const root = load(text, { xml: true }).root()[0]?.children.find(isTag);
  if (!root) throw new Unreadable('unreadable', { why: 'xml_none' });
  return root;
}

const maxNesting = 5000;

/** The parser takes time that grows with the square of the depth: it must not see a document without end. */
function guardNesting(text: string): void {
  let depth = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const next = text[at + 1];
    if (next === '/') depth--;
    else if (next !== '!' && next !== '?' && text[text.indexOf('>', at) - 1] !== '/') depth++;
    if (depth > maxNesting) throw new Unreadable('too_large', { what: 'nested_elements', limit: maxNesting });
  }
}

export const childrenOf = (parent: ParentNode): Element[] => parent.children.filter(isTag);

export const child = (parent: ParentNode | undefined, name: string): Element | undefined =>
  parent?.children.find((node): node is Element => isTag(node) && nameOf(node) === name);

/** Value of an attribute whatever its prefix; null when there is none. */
export function attribute(element: Element | undefined, name: string): string | null {
  if (!element) return null;
  for (const [key, value] of Object.entries(element.attribs)) {
    if (key === name || key.endsWith(`:${name}`)) return value;
  }
  return null;
}

/** An on/off property such as `w:vanish`: there and not switched off. */
export function isOn(parent: ParentNode | undefined, name: string): boolean {
  const element = child(parent, name);
  return element !== undefined && !['0', 'false', 'off'].includes(attribute(element, 'val') ?? '1');
}

export const numberOf = (value: string | null): number | null =>
  value !== null && /^[+-]?\d+$/.test(value.trim()) ? Number(value) : null;

/** Text of a leaf such as the title, or of a run's `w:t`. */
export function textOf(parent: ParentNode): string {
  let text = '';
  for (const node of parent.children) if (isText(node)) text += node.data;
  return text;
}
