import type { Element } from 'domhandler';
import { decode } from '../../characters/decode.ts';
import type { Block, Doc, Picture, Table } from '../../doc/doc.ts';
import { chosen, guardDepth, readInline, type Inline } from './docx-inline.ts';
import { lookOf, shadeOf } from './docx-look.ts';
import { orElse, paragraphStyle, readNumbering, readStyles, type Style } from './docx-styles.ts';
import { readRows } from './docx-table.ts';
import { attribute, child, childrenOf, nameOf, parseXml, textOf } from './docx-xml.ts';
import { cellOf, isLayout } from '../../doc/layout.ts';
import { WHITE, type Colour } from '../../doc/ink.ts';
import { sayRuns, unreadWith, type Said } from '../../doc/runs.ts';
import { createCounter } from './list-numbers.ts';
import { readHtml } from '../html/html.ts';
import { mediaTypes } from '../index.ts';
import { readMht } from '../mht.ts';
import { isOle, openOle } from '../ole.ts';
import { sniff } from '../sniff.ts';
import { Unreadable } from '../../findings.ts';
import { openZip, type Zip } from '../zip.ts';
import { readRtf } from './rtf.ts';

/**
 * Reads an OOXML text document: tracked changes as accepted, automatic numbers written out, text boxes after the
 * paragraph they hang on. Headers, footers, notes and comments are left out. Throws Unreadable.
 */
export const readDocx = (bytes: Uint8Array): Promise<Doc> => readPackage(bytes, 0);

async function readPackage(bytes: Uint8Array, depth: number): Promise<Doc> {
  if (isOle(bytes)) throw protectedOrNot(bytes);
  const zip = await openZip(bytes);
  const part = await mainPart(zip);
  const main = await zip.read(part);
  if (!main) throw new Unreadable('unreadable', { why: 'zip_without_document' });
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const reader = createReader(
    readStyles(await readPart(zip, `${folder}styles.xml`)),
    readNumbering(await readPart(zip, `${folder}numbering.xml`)),
    await relations(zip, folder, part),
    await embeddedDocuments(zip, folder, part, depth),
  );
  const blocks = reader(parseXml(main));
  for (const block of blocks) if (block.kind === 'picture') await unpack(block, zip);
  const properties = await readPart(zip, 'docProps/core.xml');
  return { title: propertyOf(properties, 'title'), metas: metasOf(properties), blocks };
}

/** A picture that the archive does not hold, or that cannot be unpacked, stays without its bytes. */
async function unpack(picture: Picture, zip: Zip): Promise<void> {
  try {
    const bytes = await zip.read(picture.source);
    if (bytes) picture.bytes = bytes;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
}

function protectedOrNot(bytes: Uint8Array): Unreadable {
  return openOle(bytes).names.includes('EncryptedPackage')
    ? new Unreadable('encrypted', { what: 'document' })
    : new Unreadable('unreadable', { why: 'not_ooxml' });
}

async function readPart(zip: Zip, name: string): Promise<Element | null> {
  const bytes = await zip.read(name);
  return bytes && bytes.length > 0 ? parseXml(bytes) : null;
}

/** Some writers give the main part another name; the relationships of the package say which it is. */
async function mainPart(zip: Zip): Promise<string> {
  const root = await readPart(zip, '_rels/.rels');
  const main = root && childrenOf(root).find((r) => attribute(r, 'Type')?.endsWith('/officeDocument'));
  return attribute(main ?? undefined, 'Target')?.replace(/^\//, '') ?? 'word/document.xml';
}

/** Relationship id → name in the archive, or the url of what is outside. */
async function relations(zip: Zip, folder: string, part: string): Promise<Map<string, string>> {
  const root = await readPart(zip, `${folder}_rels/${part.slice(folder.length)}.rels`);
  return new Map(
    (root ? childrenOf(root) : []).map((r) => {
      const target = attribute(r, 'Target') ?? '';
      const inside = attribute(r, 'TargetMode') !== 'External';
      return [attribute(r, 'Id') ?? '', inside ? (target.startsWith('/') ? target.slice(1) : folder + target) : target];
    }),
  );
}

/** Documents may hold documents; Word's own converters go no deeper. */
const MOST_EMBEDDED = 2;

/** What stands in the parts that Word converts on opening (`w:altChunk`): web pages and documents, by their relationship. */
async function embeddedDocuments(zip: Zip, folder: string, part: string, depth: number): Promise<Map<string, Block[]>> {
  const root = await readPart(zip, `${folder}_rels/${part.slice(folder.length)}.rels`);
  const read = new Map<string, Block[]>();
  for (const relation of root ? childrenOf(root) : []) {
    if (!attribute(relation, 'Type')?.endsWith('/aFChunk')) continue;
    const target = attribute(relation, 'Target') ?? '';
    const bytes = await zip.read(target.startsWith('/') ? target.slice(1) : folder + target);
    const blocks = bytes && (await embeddedBlocks(bytes, depth));
    if (blocks) read.set(attribute(relation, 'Id') ?? '', blocks);
  }
  return read;
}

async function embeddedBlocks(bytes: Uint8Array, depth: number): Promise<Block[] | null> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return depth < MOST_EMBEDDED ? (await readPackage(bytes, depth + 1)).blocks : null;
  const type = sniff(bytes);
  if (type === mediaTypes.mhtml) return (await readMht(bytes)).blocks;
  if (type === mediaTypes.rtf) return (await readRtf(bytes)).blocks;
  const { text } = decode(bytes);
  return /^\s*</.test(text) ? readHtml(text).blocks : null;
}

const propertyOf = (root: Element | null, name: string) => {
  const element = root && child(root, name);
  return (element && textOf(element).trim()) || null;
};

function metasOf(root: Element | null): Record<string, string> {
  const metas: Record<string, string> = {};
  for (const name of ['subject', 'keywords', 'description', 'created', 'modified']) {
    const value = propertyOf(root, name);
    if (value !== null) metas[name] = value;
  }
  return metas;
}

function createReader(
  styles: Map<string, Style>,
  lists: ReturnType<typeof readNumbering>,
  targets: Map<string, string>,
  inside: Map<string, Block[]>,
): (root: Element) => Block[] {
  const count = createCounter();
  let paragraphs = 0;
  let tables = 0;
  let embedded = 0;
  /** Of the cell that is being read. */
  let unread: Said['unread'] = null;
  /** Of the cell that is being read, or of the paper; null where it is not known. */
  let ground: Colour | null = WHITE;

  function styleOf(paragraph: Element): Style {
    const properties = child(paragraph, 'pPr');
    const named = attribute(child(properties, 'pStyle'), 'val');
    const own = paragraphStyle(properties);
    const style = named === null ? undefined : styles.get(named);
    return style ? orElse(own, style) : own;
  }

  function labelOf(style: Style): string {
    const list = style.list === null ? undefined : lists.get(style.list);
    return list ? count(list.key, list.levels, Math.min(Math.max(style.listLevel ?? 0, 0), 8)) : '';
  }

  /** `carried`: text before a paragraph mark that was deleted, which this paragraph goes on with. */
  function readParagraph(paragraph: Element, carried: string, depth: number, blocks: Block[]): string {
    paragraphs++;
    const inline: Inline = { runs: [], boxes: [], pictures: [], fields: [] };
    const style = styleOf(paragraph);
    const shade = shadeOf(child(paragraph, 'pPr'));
    const under = shade === undefined ? ground : shade;
    readInline(paragraph, inline, depth, { styles, paragraph: style.look, ground: under }, lookOf(style.look, under));
    const said = sayRuns(inline.runs);
    unread = unreadWith(unread, said.unread);
    const mark = child(child(paragraph, 'pPr'), 'rPr');
    const joined = child(mark, 'del') !== undefined || child(mark, 'moveFrom') !== undefined;
    const origin = `paragraph ${paragraphs}`;
    const body = carried + said.text;
    // Word numbers an empty list paragraph too; a paragraph joined to the next one is not a paragraph any more.
    const text = joined ? body : labelOf(style) + body;
    if (!joined && text.trim() !== '') {
      if (style.heading === null) blocks.push({ kind: 'paragraph', text, origin });
      else blocks.push({ kind: 'heading', level: style.heading, text, origin });
    }
    for (const { source, alt } of inline.pictures) {
      if (source !== '') blocks.push({ kind: 'picture', source: targets.get(source) ?? source, alt, origin });
    }
    for (const box of inline.boxes) readBlocks(box, depth + 1, blocks);
    return joined ? text : '';
  }

  function readTable(element: Element, depth: number, blocks: Block[]): void {
    const table: Table = { kind: 'table', origin: `table ${++tables}`, rows: [], aligned: true };
    const contents: Block[] = [];
    const around = groundOfTable(element, ground);
    table.rows = readRows(element, (cell) => {
      const content: Block[] = [];
      unread = null;
      const outer = ground;
      const shade = shadeOf(child(cell, 'tcPr'));
      ground = shade === undefined ? around : shade;
      readBlocks(cell, depth + 1, content);
      contents.push(...content);
      ground = outer;
      return cellOf(content, unread);
    });
    if (isLayout(table)) blocks.push(...contents);
    else blocks.push(table, ...contents.filter((block) => block.kind === 'picture'));
  }

  function groundOfTable(element: Element, outer: Colour | null): Colour | null {
    const properties = child(element, 'tblPr');
    const own = shadeOf(properties);
    if (own !== undefined) return own;
    const named = attribute(child(properties, 'tblStyle'), 'val');
    return named !== null && styles.get(named)?.shaded ? null : outer;
  }

  function readEmbedded(element: Element, blocks: Block[]): void {
    const read = inside.get(attribute(element, 'id') ?? '');
    if (read) blocks.push(...read);
    else embedded++;
  }

  function readBlocks(parent: Element, depth: number, blocks: Block[]): void {
    guardDepth(depth);
    let carried = '';
    for (const element of childrenOf(parent)) {
      const name = nameOf(element);
      if (name === 'p') carried = readParagraph(element, carried, depth + 1, blocks);
      else if (name === 'tbl') readTable(element, depth + 1, blocks);
      else if (name === 'altChunk') readEmbedded(element, blocks);
      else if (name !== 'del' && name !== 'moveFrom') readBlocks(chosen(element), depth + 1, blocks);
    }
    if (carried.trim() !== '') blocks.push({ kind: 'paragraph', text: carried, origin: `paragraph ${paragraphs}` });
  }

  return (root) => {
    const blocks: Block[] = [];
    readBlocks(root, 0, blocks);
    if (blocks.length === 0 && embedded > 0) {
      throw new Unreadable('unreadable', { why: 'embedded_page' });
    }
    return blocks;
  };
}
