import { load } from 'cheerio';
import { isTag, isText, type ChildNode, type Element } from 'domhandler';
import type { Cell, Doc, Table } from './doc.ts';
import { embeddedBodies } from './embedded.ts';
import { markAside, type Built } from './html-aside.ts';
import { isNumber } from './number.ts';
import { isSectionTitle } from './section-titles.ts';
import { Unreadable } from './unreadable.ts';

/** Deeper nesting is an attack or a broken generator; browsers cut at the same depth. */
const MAX_DEPTH = 512;

/**
 * HTML → Doc. Tables that only lay out the page are opened and their cells read as text; tables with data keep their
 * spans. Blocks outside the smallest element that holds the statutory sections (navigation, footer) are marked aside.
 * Throws Unreadable too_large for nesting beyond 512.
 */
export function readHtml(text: string): Doc {
  guardDepth(text);
  const root = load(text).root()[0]!;
  const builder = createBuilder();
  builder.walk(root.children, 0, null);
  builder.flush(null);
  const metas = builder.metas;
  let built = builder.built;
  const bodies = built.some(
    (b) => b.block.kind !== 'picture' && b.block.kind !== 'table' && isSectionTitle(b.block.text),
  )
    ? []
    : embeddedBodies(builder.scripts);
  for (const body of bodies) {
    const inner = readHtml(body);
    built = [...built, ...inner.blocks.map((block) => ({ block, node: null }))];
  }
  markAside(built);
  return { title: builder.title(), metas, blocks: built.map((b) => b.block) };
}

/** Parsing takes time quadratic in depth: count open elements before, when there are enough tags to matter. */
function guardDepth(text: string): void {
  if (text.length < 50_000) return;
  let depth = 0;
  for (const [, close, name] of text.matchAll(/<(\/?)([a-z]+)/gi)) {
    if (IMPLIED_END.has(name!.toLowerCase())) continue;
    depth = close ? Math.max(0, depth - 1) : depth + 1;
    if (depth > 8 * MAX_DEPTH) throw new Unreadable('too_large', `elements nested deeper than ${8 * MAX_DEPTH}`);
  }
}
/** Elements without an end tag, or whose end tag may be left out. */
const IMPLIED_END = new Set(
  'area base br col embed hr img input link meta param source track wbr p li td th tr dd dt option tbody thead tfoot colgroup'.split(
    ' ',
  ),
);

function createBuilder() {
  const built: Built[] = [];
  const metas: Record<string, string> = {};
  const scripts: string[] = [];
  let title: string | null = null;
  let inline: string[] = [];
  let tables = 0;

  const flush = (node: Element | null, level?: number) => {
    const text = tidy(inline.join(''));
    inline = [];
    for (const line of text.split('\n')) {
      if (line === '') continue;
      const origin = node ? pathOf(node) : 'body';
      built.push({
        node,
        block: level ? { kind: 'heading', level, text: line, origin } : { kind: 'paragraph', text: line, origin },
      });
    }
  };

  const walk = (nodes: ChildNode[], depth: number, parent: Element | null) => {
    if (depth > MAX_DEPTH) throw new Unreadable('too_large', `elements nested deeper than ${MAX_DEPTH}`);
    for (const node of nodes) {
      if (isText(node)) inline.push(node.data.replace(/[ \t\r\n\f]+/g, ' '));
      else if (isTag(node)) element(node, depth, parent);
    }
  };

  const element = (node: Element, depth: number, parent: Element | null) => {
    const name = node.name;
    if (name === 'script') return void scripts.push(rawText(node));
    if (name === 'meta') return meta(node);
    if (name === 'title' && title === null && depth < 6) return void (title = tidy(rawText(node)));
    if (SKIPPED.has(name) || isHidden(node)) return;
    if (name === 'br') return void inline.push('\n');
    const shown = fieldText(node) ?? noteMark(node, inline.at(-1));
    if (shown !== null) return void inline.push(shown);
    if (name === 'img') {
      const source = node.attribs.src ?? '';
      if (source)
        built.push({ node, block: { kind: 'picture', source, alt: node.attribs.alt ?? '', origin: pathOf(node) } });
      return;
    }
    if (name === 'table') {
      flush(parent);
      const rows = rowsOf(node);
      if (isLayout(node, rows)) {
        for (const row of rows)
          for (const td of row) {
            walk(td.children, depth + 3, td);
            flush(td);
          }
      } else {
        tables++;
        built.push({ node, block: toTable(node, rows, `table ${tables}`, depth) });
      }
      return;
    }
    if (!BLOCKS.has(name)) return walk(node.children, depth + 1, parent);
    flush(parent);
    walk(node.children, depth + 1, node);
    flush(node, /^h[1-6]$/.test(name) ? Number(name[1]) : undefined);
  };

  const meta = (node: Element) => {
    const name = node.attribs.name ?? node.attribs.property;
    if (name && metas[name] === undefined) metas[name] = tidy(node.attribs.content ?? '');
  };

  return { built, metas, scripts, walk, flush, title: () => title };
}

/** Not shown, or shown struck through: not printed as the author's text. `rt` and `rp` are readings beside characters. */
const SKIPPED = new Set(
  'style noscript template option object embed svg math audio video canvas del s strike rt rp'.split(' '),
);
const BLOCKS = new Set(
  'html head body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd section article main header footer nav aside form fieldset blockquote pre center address figure figcaption hr tbody thead tfoot tr td th caption ucapcontent'.split(
    ' ',
  ),
);

const isHidden = (node: Element): boolean =>
  node.attribs.hidden !== undefined ||
  /display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[^;]*line-through/i.test(node.attribs.style ?? '');

/** What a form field shows; null when the element is no field. */
function fieldText(node: Element): string | null {
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
const noteMark = (node: Element, before: string | undefined): string | null => {
  if (node.name !== 'sup' && node.name !== 'sub') return null;
  const mark = rawText(node).trim();
  return /\d\s*$/.test(before ?? '') && mark !== '' ? ` (${mark})` : null;
};

/** Rows of a table as lists of td/th, without those of nested tables. */
function rowsOf(table: Element): Element[][] {
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

/** A table lays out the page when its cells hold tables or running text and it has hardly a number of its own. */
function isLayout(table: Element, rows: Element[][]): boolean {
  let numbers = 0;
  let prose = false;
  let nested = false;
  for (const row of rows)
    for (const td of row) {
      if (hasTable(td)) nested = true;
      else {
        const text = cellText(td).text;
        if (isNumber(text)) numbers++;
        else if (text.length > 200 && /。/.test(text)) prose = true;
      }
    }
  return (nested || prose || table.attribs.role === 'presentation') && numbers < 6;
}

function hasTable(node: Element): boolean {
  const stack: Element[] = [node];
  while (stack.length > 0)
    for (const child of stack.pop()!.children)
      if (isTag(child)) {
        if (child.name === 'table') return true;
        stack.push(child);
      }
  return false;
}

function toTable(table: Element, rows: Element[][], origin: string, depth: number): Table {
  if (depth > MAX_DEPTH) throw new Unreadable('too_large', `tables nested deeper than ${MAX_DEPTH}`);
  const toCell = (td: Element): Cell => {
    const { text, tables, picture } = cellText(td);
    const nested = tables.map((t, i) => toTable(t, rowsOf(t), `${origin} nested ${i + 1}`, depth + 1));
    return {
      text,
      ...(picture ? { picture } : {}),
      colspan: span(td.attribs.colspan),
      rowspan: span(td.attribs.rowspan),
      ...(nested.length > 0 ? { nested } : {}),
    };
  };
  return {
    kind: 'table',
    aligned: true,
    origin: `${origin} at ${pathOf(table)}`,
    rows: rows.map((row) => row.map(toCell)),
  };
}

/** As HTML parses it: leading digits, otherwise 1. */
const span = (value: string | undefined): number => {
  const n = parseInt(value ?? '1', 10);
  return Number.isNaN(n) || n < 0 ? 1 : Math.min(n, 65_534);
};

interface CellText {
  text: string;
  tables: Element[];
  picture: boolean;
}

/** Text of a cell without its nested tables; blocks and `<br>` break lines. A nested table of one cell is only a frame. */
function cellText(td: Element): CellText {
  const only = td.children.length === 1 ? td.children[0]! : null;
  if (only && isText(only)) return { text: tidy(only.data.replace(/[ \t\r\n\f]+/g, ' ')), tables: [], picture: false };
  const parts: string[] = [];
  const found: CellText = { text: '', tables: [], picture: false };
  const walk = (nodes: ChildNode[], depth: number) => {
    if (depth > MAX_DEPTH) throw new Unreadable('too_large', `elements nested deeper than ${MAX_DEPTH}`);
    for (const node of nodes) {
      if (isText(node)) parts.push(node.data.replace(/[ \t\r\n\f]+/g, ' '));
      else if (isTag(node)) element(node, depth);
    }
  };
  const element = (node: Element, depth: number) => {
    const { name } = node;
    if (name === 'br') return void parts.push('\n');
    if (name === 'script' || SKIPPED.has(name) || isHidden(node)) return;
    const shown = fieldText(node) ?? noteMark(node, parts.at(-1));
    if (shown !== null) return void parts.push(shown);
    if (name === 'img') return void (found.picture = true);
    const frame = name === 'table' ? rowsOf(node).flat() : [];
    if (name === 'table' && frame.length !== 1) return void found.tables.push(node);
    const block = BLOCKS.has(name) || name === 'table';
    if (block) parts.push('\n');
    walk(frame[0]?.children ?? node.children, depth + 1);
    if (block) parts.push('\n');
  };
  walk(td.children, 0);
  found.text = tidy(parts.join(''));
  return found;
}

/** White space as a browser shows it; zero-width characters and soft hyphens go, NBSP becomes a space. */
function tidy(text: string): string {
  if (/^[\p{Script=Han}\d]*$/u.test(text)) return text;
  return text
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[\u00a0 \t]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .replace(/^[\s\u3000]+|[\s\u3000]+$/g, '');
}

const rawText = (node: Element): string => node.children.map((c) => (isText(c) ? c.data : '')).join('');

function pathOf(node: Element): string {
  const parts: string[] = [];
  for (let at: Element | null = node; at && parts.length < 8; at = at.parent && isTag(at.parent) ? at.parent : null) {
    const id = at.attribs.id ? `#${at.attribs.id}` : at.attribs.class ? `.${at.attribs.class.split(/\s+/)[0]}` : '';
    parts.unshift(`${at.name}${id}`);
    if (at.attribs.id) break;
  }
  return parts.join('>').slice(0, 200);
}
