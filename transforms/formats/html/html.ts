import { isDocument, isTag, isText, type ChildNode, type Element, type ParentNode } from 'domhandler';
import type { Cell, Doc, Picture, Table } from '../../doc/doc.ts';
import { pagesBehind } from './behind.ts';
import { bodiesElsewhere } from './elsewhere.ts';
import { offersOf, pictureAddress } from './offers.ts';
import { markAside, type Built, type BuiltFile } from './aside.ts';
import {
  BLOCKS,
  cellText,
  collapse,
  fieldText,
  LINE_END,
  MAX_DEPTH,
  rawText,
  rowsOf,
  runOf,
  SKIPPED,
  tidy,
  type CellText,
} from './cell.ts';
import { hasColours, hideByColour } from './colours.ts';
import { PLAINLY, seenIn, type Seen } from './look.ts';
import { writeSheetsIntoElements } from './style-sheets.ts';
import { nodesIn, treeOf } from './tree.ts';
import { sayRuns, type Run } from '../../doc/runs.ts';
import { isNumber } from '../../printed/number.ts';
import { isSectionTitle } from '../../printed/section-titles.ts';
import { Unreadable } from '../../findings.ts';

/**
 * HTML → Doc. Tables that only lay out the page are opened and their cells read as text; tables with data keep their
 * spans. Blocks outside the smallest element that holds the statutory sections (navigation, footer) are marked aside.
 * The files that the page refers to come from everywhere in it, as attachments stand outside the article or hidden too.
 * Throws Unreadable too_large for nesting beyond 512.
 */
export function readHtml(text: string): Doc {
  return readPage(text, 0);
}

/** A body inside a body is a page that quotes one: so deep, and no deeper, are they opened. */
const MOST_WITHIN = 2;

function readPage(text: string, within: number): Doc {
  const root = treeOf(text);
  const colours = hasColours(text);
  writeSheetsIntoElements(root, text, colours);
  if (colours) hideByColour(root, text);
  const builder = createBuilder();
  builder.walk(root.children, 0, null, PLAINLY);
  builder.flush(null);
  const metas = builder.metas;
  const { shown, source } = apartFromSource(builder.built);
  let built = shown;
  const { base, ...links } = linksOf(root);
  let { files } = links;
  if (!hasSections(built)) built = [...built, ...builder.unseen.flatMap(revealed)];
  if (!hasSections(built) && within < MOST_WITHIN) {
    for (const inner of elsewhere(root, source, within + 1)) {
      built = [...built, ...inner.blocks.map((block) => ({ block, node: null }))];
      files = [...files, ...(inner.files ?? []).map((file) => ({ file, node: null }))];
    }
  }
  markAside(built, files);
  return {
    title: builder.title(),
    metas,
    blocks: built.map((b) => b.block),
    files: files.map((f) => f.file),
    ...(base === undefined ? {} : { base }),
  };
}

/** Markup that was escaped once too often is shown as its source: in one paragraph, or a line of it in each. */
function apartFromSource(built: Built[]): { shown: Built[]; source: string[] } {
  const isSource = ({ block }: Built) => block.kind !== 'table' && block.kind !== 'picture' && SOURCE.test(block.text);
  const tags = built
    .filter(isSource)
    .reduce((sum, { block }) => sum + ('text' in block ? block.text.split('</').length - 1 : 0), 0);
  if (tags < FEWEST_TAGS) return { shown: built, source: [] };
  const [from, to] = [built.findIndex(isSource), built.findLastIndex(isSource) + 1];
  const lines = built.slice(from, to).map(({ block }) => ('text' in block ? block.text : ''));
  return { shown: [...built.slice(0, from), ...built.slice(to)], source: [lines.join('\n')] };
}
const SOURCE = /^<\/?[a-z][^<>]{0,500}>/i;
/** Prose about markup shows a tag or two. */
const FEWEST_TAGS = 3;

/** The bodies that hold sections, or where none does, all. */
function elsewhere(root: ParentNode, source: string[], within: number): Doc[] {
  const inner = [...source, ...bodiesElsewhere(nodesIn(root))].map((body) => readPage(body, within));
  const sectioned = inner.filter(({ blocks }) => hasSections(blocks.map((block) => ({ block }))));
  return sectioned.length > 0 ? sectioned : inner;
}

const hasSections = (built: Pick<Built, 'block'>[]): boolean =>
  built.some(({ block }) => (block.kind === 'paragraph' || block.kind === 'heading') && isSectionTitle(block.text));

/** Where the page shows no section, a script shows those in an element that is hidden; of a template, a table as well. */
function revealed(node: Element): Built[] {
  const builder = createBuilder();
  builder.walk(node.children, 0, node, PLAINLY);
  builder.flush(node);
  const written = node.name === 'template' && builder.built.some(({ block }) => block.kind === 'table');
  return written || hasSections(builder.built) ? builder.built : [];
}

/** Documents and pictures that the page links to, frames or shows, and the address to which theirs are relative. */
function linksOf(root: ParentNode): { files: BuiltFile[]; base: string | undefined } {
  const files: BuiltFile[] = [];
  let base: string | undefined;
  const nodes = nodesIn(root);
  for (const node of nodes) {
    if (!isTag(node)) continue;
    if (node.name === 'base') base ??= node.attribs.href;
    const text = node.name === 'a' ? textIn(node) : '';
    for (const offer of offersOf(node, text)) {
      const name = text || (node.attribs.title ?? node.attribs.alt ?? '');
      files.push({ node, file: { ...offer, name, origin: pathOf(node) } });
    }
  }
  const offering = new Set(files.map(({ node }) => node));
  for (const { node, address } of pagesBehind(nodes))
    if (!offering.has(node)) files.push({ node, file: { how: 'framed', address, name: '', origin: pathOf(node) } });
  return { files, base };
}

/** The text of a link, as far as a name goes: a link may hold anything. */
function textIn(link: Element): string {
  let text = '';
  for (const node of nodesIn(link)) {
    if (isText(node)) text += node.data.slice(0, LONGEST_NAME);
    if (text.length >= LONGEST_NAME) break;
  }
  return tidy(collapse(text.slice(0, LONGEST_NAME)));
}
const LONGEST_NAME = 200;

function createBuilder() {
  const built: Built[] = [];
  const metas: Record<string, string> = {};
  const unseen: Element[] = [];
  let title: string | null = null;
  let inline: Run[] = [];
  let tables = 0;

  const flush = (node: Element | null, level?: number) => {
    if (inline.length === 0) return;
    const text = tidy(sayRuns(inline).text);
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

  const walk = (nodes: ChildNode[], depth: number, parent: Element | null, seen: Seen) => {
    if (depth > MAX_DEPTH) throw new Unreadable('too_large', { what: 'nested_elements', limit: MAX_DEPTH });
    for (const node of nodes) {
      if (isText(node)) inline.push(runOf(node.data, seen));
      else if (isTag(node)) element(node, depth, parent, seenIn(node, seen));
      else if (isDocument(node)) walk(node.children, depth + 1, parent, seen);
    }
  };

  const element = (node: Element, depth: number, parent: Element | null, seen: Seen) => {
    const name = node.name;
    // What a <template> or a hidden field holds a script may show: it is seen as what is hidden by style.
    if (name === 'template') return void unseen.push(node);
    if (name === 'meta') return meta(node);
    if (name === 'title' && title === null && depth < 6) return void (title = tidy(rawText(node)));
    if (SKIPPED.has(name)) return;
    if (seen.look === 'unseen') return void (BLOCKS.has(name) && unseen.push(node));
    if (name === 'br') return void inline.push(LINE_END);
    const shown = fieldText(node);
    if (shown !== null) return void inline.push(runOf(shown, seen));
    if (name === 'img') {
      const source = pictureAddress(node.attribs);
      if (source === '') return;
      const picture: Picture = { kind: 'picture', source, alt: node.attribs.alt ?? '', origin: pathOf(node) };
      const bytes = inlineBytes(source);
      if (bytes) picture.bytes = bytes;
      built.push({ node, block: picture });
      return;
    }
    if (name === 'table') {
      if (seen.look === 'struck') return;
      flush(parent);
      const rows = rowsOf(node);
      const texts = textsOf(rows);
      if (isLayout(node, texts)) {
        for (const row of rows)
          for (const td of row) {
            walk(td.children, depth + 3, td, seenIn(td, PLAINLY));
            flush(td);
          }
      } else {
        tables++;
        built.push({ node, block: toTable(node, rows, texts, `table ${tables}`, depth) });
      }
      return;
    }
    if (!BLOCKS.has(name)) return walk(node.children, depth + 1, parent, seen);
    flush(parent);
    walk(node.children, depth + 1, node, seen);
    flush(node, /^h[1-6]$/.test(name) ? Number(name[1]) : undefined);
  };

  const meta = (node: Element) => {
    const name = node.attribs.name ?? node.attribs.property;
    if (name && metas[name] === undefined) metas[name] = tidy(node.attribs.content ?? '');
  };

  return { built, metas, unseen, walk, flush, title: () => title };
}

/** Of a picture that stands in its own address. */
function inlineBytes(source: string): Uint8Array | null {
  const match = /^data:image\/[\w.+-]{1,40}(?:;[\w=-]{1,40})*;base64,/i.exec(source);
  return match ? Buffer.from(source.slice(match[0].length), 'base64') : null;
}

/** A table lays out the page when its cells hold tables or running text and it has hardly a number of its own. */
function isLayout(table: Element, cells: CellText[][]): boolean {
  const suspect = (c: CellText) => c.tables.length > 0 || (c.text.length > 200 && c.text.includes('。'));
  if (table.attribs.role !== 'presentation' && !cells.some((row) => row.some(suspect))) return false;
  return cells.reduce((sum, row) => sum + row.filter((c) => c.tables.length === 0 && isNumber(c.text)).length, 0) < 6;
}

function toTable(table: Element, rows: Element[][], texts: CellText[][], origin: string, depth: number): Table {
  if (depth > MAX_DEPTH) throw new Unreadable('too_large', { what: 'nested_tables', limit: MAX_DEPTH });
  const left = rowsLeft(rows);
  const toCell = (td: Element, { text, tables, unread }: CellText, r: number): Cell => {
    const cell: Cell = {
      text,
      colspan: span(td.attribs.colspan),
      rowspan: Math.min(span(td.attribs.rowspan) || Infinity, left[r]!),
    };
    if (unread) cell.unread = unread;
    if (tables.length > 0)
      cell.nested = tables.map((t, i) => {
        const inner = rowsOf(t);
        return toTable(t, inner, textsOf(inner), `${origin} nested ${i + 1}`, depth + 1);
      });
    return cell;
  };
  return {
    kind: 'table',
    aligned: true,
    origin: `${origin} at ${pathOf(table)}`,
    rows: rows.map((row, r) => row.map((td, c) => toCell(td, texts[r]![c]!, r))),
  };
}

/** Rows from each to the end of its group (thead, tbody, tfoot), where a rowspan ends; one of 0 reaches to there. */
function rowsLeft(rows: Element[][]): number[] {
  const left: number[] = [];
  let below: ParentNode | null = null;
  for (let r = rows.length - 1; r >= 0; r--) {
    const group: ParentNode | null = rows[r]![0]?.parent?.parent ?? below;
    left[r] = below === null || group === below ? (left[r + 1] ?? 0) + 1 : 1;
    below = group;
  }
  return left;
}

const textsOf = (rows: Element[][]): CellText[][] => rows.map((row) => row.map(cellText));

/** As HTML parses it: leading digits, otherwise 1. */
const span = (value: string | undefined): number => {
  const n = parseInt(value ?? '1', 10);
  return Number.isNaN(n) || n < 0 ? 1 : Math.min(n, 65_534);
};

function pathOf(node: Element): string {
  const parts: string[] = [];
  for (let at: Element | null = node; at && parts.length < 8; at = at.parent && isTag(at.parent) ? at.parent : null) {
    const id = at.attribs.id ? `#${at.attribs.id}` : at.attribs.class ? `.${at.attribs.class.split(/\s+/)[0]}` : '';
    parts.unshift(`${at.name}${id}`);
    if (at.attribs.id) break;
  }
  return parts.join('>').slice(0, 200);
}
