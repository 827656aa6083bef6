import { isTag, isText, type ChildNode, type Element } from 'domhandler';
import type { Cell } from '../../doc/doc.ts';
import { sayRuns, within, type Run } from '../../doc/runs.ts';
import { Unreadable } from '../../findings.ts';
import { same } from '../../memo.ts';
import { isGone, isOrdinary, PLAINLY, seenAround, seenIn, showsMoreThanText, type Seen } from './look.ts';
import { CONTENT_ELEMENTS } from './systems.ts';

/** Deeper nesting is an attack or a broken generator; browsers cut at the same depth. */
export const MAX_DEPTH = 512;

/** Drawn, so that its text, where it has any, does not tell how it is seen: 1/2 is two numbers. */
const DRAWN = new Set(['svg', 'math', 'canvas', 'object', 'embed']);

/** Not printed as the author's text. `rt` and `rp` are readings beside characters. */
export const SKIPPED = new Set(
  'script style noscript template option object embed svg math audio video canvas rt rp'.split(' '),
);
export const BLOCKS = new Set(
  'html head body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd section article main header footer nav aside form fieldset blockquote pre center address figure figcaption hr tbody thead tfoot tr td th caption'
    .split(' ')
    .concat(CONTENT_ELEMENTS),
);

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

/** Rows of a table as lists of td/th, without those of nested tables. */
export function rowsOf(table: Element): Element[][] {
  const rows: Element[][] = [];
  for (const child of table.children) {
    if (!isTag(child)) continue;
    if (isGone(child)) continue;
    const trs =
      child.name === 'tr' ? [child] : /^t(head|body|foot)$/.test(child.name) ? child.children.filter(isTag) : [];
    for (const tr of trs)
      if (tr.name === 'tr' && !isGone(tr))
        rows.push(
          tr.children.filter((c): c is Element => isTag(c) && (c.name === 'td' || c.name === 'th') && !isGone(c)),
        );
  }
  return rows;
}

/** What one cell shows. */
export interface CellText {
  /** Without nested tables; blocks and `<br>` break lines. */
  text: string;
  tables: Element[];
  unread: Cell['unread'];
}

/** Text of a cell. A nested table of one cell is only a frame, and read as part of it. */
export function cellText(td: Element): CellText {
  const plain = plainText(td);
  if (plain !== null) return { text: same(tidy(collapse(plain))), tables: [], unread: undefined };
  const into: Into = { runs: [], tables: [], picture: false, figure: false, styled: showsMoreThanText(td) };
  addNodes(td.children, 0, seenIn(td, seenAround(td)), into);
  const said = sayRuns(into.runs);
  const text = same(tidy(said.text));
  const pictured = into.figure || (into.picture && text === '');
  return {
    text,
    tables: into.tables,
    unread: into.styled ? 'styled' : pictured ? 'picture' : (said.unread ?? undefined),
  };
}

/** The text of elements nested one in the other around it, which most cells are; null for anything else. */
function plainText(td: Element): string | null {
  if (seenAround(td) !== PLAINLY) return null;
  let node: Element = td;
  for (let depth = 0; depth < 8; depth++) {
    if (!isOrdinary(node)) return null;
    if (node.children.length === 0) return '';
    if (node.children.length > 1) return null;
    const only = node.children[0]!;
    if (isText(only)) return only.data;
    if (!isTag(only) || !WRAPPERS.has(only.name)) return null;
    node = only;
  }
  return null;
}
const WRAPPERS = new Set(['p', 'span', 'div', 'b', 'strong', 'font', 'center']);

interface Into {
  runs: Run[];
  tables: Element[];
  picture: boolean;
  /** A picture that may be of digits. */
  figure: boolean;
  styled: boolean;
}

function addNodes(nodes: ChildNode[], depth: number, seen: Seen, into: Into): void {
  if (depth > MAX_DEPTH) throw new Unreadable('too_large', { what: 'nested_elements', limit: MAX_DEPTH });
  for (const node of nodes) {
    if (isText(node)) into.runs.push(runOf(node.data, seen));
    else if (isTag(node)) addElement(node, depth, seenIn(node, seen), into);
  }
}

function addElement(node: Element, depth: number, seen: Seen, into: Into): void {
  const { name } = node;
  if (name === 'br') return void into.runs.push(LINE_END);
  if (DRAWN.has(name) && seen.look !== 'unseen') into.figure ||= mayBeDigits(node);
  if (SKIPPED.has(name) || seen.look === 'unseen') return;
  const shown = fieldText(node);
  if (shown !== null) return void into.runs.push(runOf(shown, seen));
  if (name === 'img') {
    into.picture = true;
    into.figure ||= mayBeDigits(node);
    return;
  }
  into.styled ||= showsMoreThanText(node);
  const frame = name === 'table' ? rowsOf(node).flat() : [];
  if (name === 'table' && frame.length !== 1) return void into.tables.push(node);
  const block = BLOCKS.has(name) || name === 'table';
  if (block) into.runs.push(LINE_END);
  addNodes(frame[0]?.children ?? node.children, depth + 1, seen, into);
  if (block) into.runs.push(LINE_END);
}

export const LINE_END: Run = { text: '\n', look: 'plain' };

/** Text that the page turns around has the marks that turn it in plain text. */
export const runOf = (text: string, { look, tiny, inked, turned }: Seen): Run => ({
  text: turned ? `\u202e${collapse(text)}\u202c` : collapse(text),
  look: tiny ? 'unseen' : within(look, inked),
});

/** A picture beside a number, unless it is a spacer or says that it stands for no text. */
function mayBeDigits({ attribs: { alt, width, height } }: Element): boolean {
  if (alt !== undefined) return /\d/.test(alt);
  return !(Number.parseFloat(width ?? '') <= 2 || Number.parseFloat(height ?? '') <= 2);
}

/** Runs of white space in the source are one space. */
export const collapse = (text: string): string =>
  /[\t\r\n\f]| {2}/.test(text) ? text.replace(/[ \t\r\n\f]+/g, ' ') : text;

/** White space as a browser shows it; zero-width characters and soft hyphens go, NBSP becomes a space. */
export function tidy(text: string): string {
  if (!/[\s\u200b-\u200f\u2060\u00ad]/.test(text)) return text;
  return text
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[\u00a0 \t]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .replace(/^[\s\u3000]+|[\s\u3000]+$/g, '');
}

export const rawText = (node: Element): string => node.children.map((c) => (isText(c) ? c.data : '')).join('');
