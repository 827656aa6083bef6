import type { Element } from 'domhandler';
import type { Picture } from '../../doc/doc.ts';
import { Unreadable } from '../../findings.ts';
import { attribute, child, childrenOf, isOn, nameOf, textOf } from './docx-xml.ts';

/** What the runs of a paragraph hold. */
export interface Inline {
  text: string;
  /** `w:txbxContent` of the text boxes anchored here. */
  boxes: Element[];
  /** Relationship ids of the pictures, with their alternative text. */
  pictures: Pick<Picture, 'source' | 'alt'>[];
}

const maxDepth = 300;

/** Word itself nests a few dozen levels; deeper is made to exhaust a reader. */
export function guardDepth(depth: number): void {
  if (depth > maxDepth) throw new Unreadable('too_large', { what: 'nested_elements', limit: maxDepth });
}

/** Deleted and moved-away text, field codes, readings above characters, and properties (which hold `w:tab` too). */
const skipped = new Set([
  'del',
  'moveFrom',
  'delText',
  'instrText',
  'delInstrText',
  'rt',
  'pPr',
  'rPr',
  'sdtPr',
  'footnoteReference',
]);

/** Reads tracked changes as accepted. Leaves hidden text out, as print does. */
export function readInline(element: Element, into: Inline, depth: number): void {
  guardDepth(depth);
  for (const node of childrenOf(element)) {
    const name = nameOf(node);
    if (skipped.has(name)) continue;
    if (name === 't') into.text += textOf(node).replace(/[\r\n]+/g, ' ');
    else if (name === 'tab' || name === 'ptab') into.text += '\t';
    else if (name === 'cr') into.text += '\n';
    else if (name === 'br') into.text += ['page', 'column'].includes(attribute(node, 'type') ?? '') ? '' : '\n';
    else if (name === 'noBreakHyphen') into.text += '-';
    else if (name === 'sym') into.text += symbol(node);
    else if (name === 'txbxContent') into.boxes.push(node);
    else if (name === 'blip') addPicture(attribute(node, 'embed') ?? attribute(node, 'link'), into);
    else if (name === 'imagedata') addPicture(attribute(node, 'id'), into, attribute(node, 'title'));
    else if (name === 'docPr') into.pictures.push({ source: '', alt: attribute(node, 'descr') ?? '' });
    else if (name === 'r' && isOn(child(node, 'rPr'), 'vanish')) continue;
    else readInline(chosen(node), into, depth + 1);
  }
}

/** Of alternatives the first: the fallback repeats the same content for older readers. */
export const chosen = (node: Element): Element =>
  nameOf(node) === 'AlternateContent' ? (child(node, 'Choice') ?? child(node, 'Fallback') ?? node) : node;

/** The alternative text comes before the picture it belongs to, in an element of its own. */
function addPicture(id: string | null, into: Inline, alt: string | null = null): void {
  if (id === null) return;
  const waiting = into.pictures.at(-1);
  if (waiting?.source === '') waiting.source = id;
  else into.pictures.push({ source: id, alt: alt ?? '' });
}

/** Symbol fonts keep their characters at U+F000 + code; those that show the character itself are moved back. */
function symbol(node: Element): string {
  const code = Number.parseInt(attribute(node, 'char') ?? '', 16);
  if (!(code > 0 && code <= 0xffff)) return '';
  const pictorial = /wingdings|webdings|symbol/i.test(attribute(node, 'font') ?? '');
  return String.fromCharCode(code >= 0xf020 && code <= 0xf0ff && !pictorial ? code - 0xf000 : code);
}
