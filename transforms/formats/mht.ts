import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Splitter, type MimeNode, type SplitterChunk, type SplitterOptions } from '@zone-eu/mailsplit';
import { decode } from '../characters/decode.ts';
import type { Doc } from '../doc/doc.ts';
import { said, Unreadable } from '../findings.ts';
import { readHtml } from './html/html.ts';

interface Part {
  node: MimeNode;
  /** As it was sent, in its transfer encoding. */
  body: Buffer[];
}

/** Word writes some dozen parts: a picture, its copy for old programs, a header for each section. */
const LIMITS: SplitterOptions = { maxHeadSize: 1 << 18, maxChildNodes: 2000 };

/**
 * Reads a page that was saved in one file together with its pictures (MHT, a MIME message of several parts): the page as
 * any page, whatever its label says of its encoding, and the pictures where it shows them. Throws Unreadable.
 */
export async function readMht(bytes: Uint8Array): Promise<Doc> {
  const parts = await partsOf(bytes);
  const pages = parts.filter(({ node }) => PAGE_TYPES.has(node.contentType || ''));
  const [page] = pages;
  if (!page) throw new Unreadable('unreadable', { why: 'mht_without_page' });
  const [first = Buffer.alloc(0), ...others] = await Promise.all(pages.map(contentOf));
  // A workbook is saved as a page of frames, each a sheet.
  const shown = FRAMES.test(first.toString('latin1')) ? Buffer.concat(others) : first;
  const { text, ...encoding } = decode(shown, headerOf(page.node, 'Content-Type') || null);
  const at = (address: string) => absolute(address, absolute(headerOf(page.node, 'Content-Location'), NOWHERE));
  return { ...withPictures(readHtml(text), await picturesOf(parts), at), encoding };
}

const PAGE_TYPES = new Set(['text/html', 'application/xhtml+xml']);
const FRAMES = /<frameset[\s>]/i;
/** Where a part is that does not say it (RFC 2557). */
const NOWHERE = 'thismessage:/';

async function partsOf(bytes: Uint8Array): Promise<Part[]> {
  const parts = new Map<MimeNode, Part>();
  for (const chunk of await split(afterBlankLines(bytes))) {
    if (chunk.type === 'node') parts.set(chunk, { node: chunk, body: [] });
    else if (chunk.type === 'body') parts.get(chunk.node)?.body.push(chunk.value);
  }
  return [...parts.values()];
}

/** What the splitter throws is the document's fault, and nothing else is: none of our code runs in between. */
async function split(bytes: Uint8Array): Promise<SplitterChunk[]> {
  const splitter = new Splitter(LIMITS);
  const chunks: SplitterChunk[] = [];
  splitter.on('data', (chunk) => chunks.push(chunk));
  try {
    await pipeline(Readable.from([bytes]), splitter);
  } catch (error) {
    throw new Unreadable('unreadable', { why: 'document_damaged', said: said(error) });
  }
  return chunks;
}

/** A blank line before the headers would end them. */
function afterBlankLines(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte > 0x20 && byte < 0x7f);
  return bytes.subarray(Math.max(first, 0));
}

const contentOf = ({ node, body }: Part): Promise<Buffer> => buffer(Readable.from(body).pipe(node.getDecoder()));

const headerOf = ({ headers }: MimeNode, name: string): string => (headers ? headers.getFirst(name) : '');

/** Bytes of the pictures by each address under which the page may show them. */
async function picturesOf(parts: Part[]): Promise<Map<string, Uint8Array>> {
  const pictures = new Map<string, Uint8Array>();
  for (const part of parts) {
    if (!(part.node.contentType || '').startsWith('image/')) continue;
    const bytes = await contentOf(part);
    const id = headerOf(part.node, 'Content-ID').replace(/^<|>$/g, '');
    const location = headerOf(part.node, 'Content-Location');
    if (id) pictures.set(`cid:${id}`, bytes);
    if (location) pictures.set(absolute(location, NOWHERE), bytes);
  }
  return pictures;
}

/** Files beside the page are on the machine that saved it: what is left to offer is elsewhere on the web. */
const withPictures = (doc: Doc, pictures: Map<string, Uint8Array>, at: (address: string) => string): Doc => ({
  ...doc,
  blocks: doc.blocks.map((block) => {
    const bytes = block.kind === 'picture' ? pictures.get(at(block.source)) : undefined;
    return bytes ? { ...block, bytes } : block;
  }),
  files: (doc.files ?? []).flatMap((file) => {
    const address = at(file.address);
    return /^https?:/.test(address) && !pictures.has(address) ? [{ ...file, address }] : [];
  }),
});

const absolute = (address: string, base: string): string =>
  URL.canParse(address, base) ? new URL(address, base).href : address;
