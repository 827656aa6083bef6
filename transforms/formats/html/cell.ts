import { isTag, isText, type ChildNode, type Element } from 'domhandler';
import { Unreadable } from '../../findings.ts';
import { CONTENT_ELEMENTS } from './systems.ts';

/** Deeper nesting is an attack or a broken generator; browsers cut at the same depth. */
export const MAX_DEPTH = 512;

/** Not shown, or shown struck through: not printed as the author's text. `rt` and `rp` are readings beside characters. */
export const SKIPPED = new Set(
  'style noscript template option object embed svg math audio video canvas del s strike rt rp'.split(' '),
);
export const BLOCKS = new Set(
  'html head body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd section article main header footer nav aside form fieldset blockquote pre center address figure figcaption hr tbody thead tfoot tr td th caption'
    .split(' ')
    .concat(CONTENT_ELEMENTS),
);

export function isHidden({ attribs }: Element): boolean {
  if (attribs.hidden !== undefined) return true;
  return attribs.style !== undefined && HIDDEN.test(attribs.style);
}
const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[^;]*line-through/i;

/** What a form field shows; null when the element is no field. */
export function fieldText(node: Element): string | null {
  if (node.name === 'input')
    return /^(hidden|checkbox|radio|button|submit|image)$/i.test(node.attribs.type ?? '')
      ? ''
      : (node.attribs.value ?? '');
  if (node.name === 'textarea') return rawText(node);
  if (node.name !== 'select') return null;
  const options = node.children.filter((c): c is Element => isTag(c) && c.name === 'option');
  const shown = options.find((o) => o.attribs.selected !== undefined) ?? options[0];
  return shown ? rawText(shown) : '';
}

/** A note mark (233¹) is set apart from the number it follows. */
export const noteMark = (node: Element, before: string | undefined): string | null => {
  if (node.name !== 'sup' && node.name !== 'sub') return null;
  const mark = rawText(node).trim();
  return /\d\s*$/.test(before ?? '') && mark !== '' ? ` (${mark})` : null;
};

/** Rows of a table as lists of td/th, without those of nested tables. */
export function rowsOf(table: Element): Element[][] {
  const rows: Element[][] = [];
  for (const child of table.children) {
    if (!isTag(child)) continue;
    if (isHidden(child)) continue;
    const trs =
      child.name === 'tr' ? [child] : /^t(head|body|foot)$/.test(child.name) ? child.children.filter(isTag) : [];
    for (const tr of trs)
      if (tr.name === 'tr' && !isHidden(tr))
        rows.push(
          tr.children.filter((c): c is Element => isTag(c) && (c.name === 'td' || c.name === 'th') && !isHidden(c)),
        );
  }
  return rows;
}

/** What one cell shows. */
export interface CellText {
  /** Without nested tables; blocks and `<br>` break lines. */
  text: string;
  tables: Element[];
  picture: boolean;
}

/** Text of a cell. A nested table of one cell is only a frame, and read as part of it. */
export function cellText(td: Element): CellText {
  const plain = plainText(td);
  if (plain !== null) return { text: tidy(collapse(plain)), tables: [], picture: false };
  const into = { parts: [] as string[], tables: [] as Element[], picture: false };
  addNodes(td.children, 0, into);
  return { text: tidy(into.parts.join('')), tables: into.tables, picture: into.picture };
}

/** The text of elements nested one in the other around it, which most cells are; null for anything else. */
function plainText(td: Element): string | null {
  let node: Element = td;
  for (let depth = 0; depth < 8; depth++) {
    if (node.children.length === 0) return '';
    if (node.children.length > 1) return null;
    const only = node.children[0]!;
    if (isText(only)) return only.data;
    if (!isTag(only) || !WRAPPERS.has(only.name) || isHidden(only)) return null;
    node = only;
  }
  return null;
}
const WRAPPERS = new Set(['p', 'span', 'div', 'b', 'strong', 'font', 'center']);

type Into = { parts: string[]; tables: Element[]; picture: boolean };

function addNodes(nodes: ChildNode[], depth: number, into: Into): void {
  if (depth > MAX_DEPTH) throw new Unreadable('too_large', { what: 'nested_elements', limit: MAX_DEPTH });
  for (const node of nodes) {
    if (isText(node)) into.parts.push(collapse(node.data));
    else if (isTag(node)) addElement(node, depth, into);
  }
}

function addElement(node: Element, depth: number, into: Into): void {
  const { name } = node;
  if (name === 'br') return void into.parts.push('\n');
  if (name === 'script' || SKIPPED.has(name) || isHidden(node)) return;
  const shown = fieldText(node) ?? noteMark(node, into.parts.at(-1));
  if (shown !== null) return void into.parts.push(shown);
  if (name === 'img') return void (into.picture = true);
  const frame = name === 'table' ? rowsOf(node).flat() : [];
  if (name === 'table' && frame.length !== 1) return void into.tables.push(node);
  const block = BLOCKS.has(name) || name === 'table';
  if (block) into.parts.push('\n');
  addNodes(frame[0]?.children ?? node.children, depth + 1, into);
  if (block) into.parts.push('\n');
}

/** Runs of white space in the source are one space. */
export const collapse = (text: string): string =>
  /[\t\r\n\f]| {2}/.test(text) ? text.replace(/[ \t\r\n\f]+/g, ' ') : text;

/** White space as a browser shows it; zero-width characters and soft hyphens go, NBSP becomes a space. */
export function tidy(text: string): string {
  if (/^[\p{Script=Han}\d]*$/u.test(text)) return text;
  return text
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[\u00a0 \t]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .replace(/^[\s\u3000]+|[\s\u3000]+$/g, '');
}

export const rawText = (node: Element): string => node.children.map((c) => (isText(c) ? c.data : '')).join('');
