import type { Block, Doc, Part } from '../../doc/doc.ts';
import { joinAcrossPages } from '../geometry/page-breaks.ts';
import { isPageNumber } from '../../printed/page-number.ts';
import { flowOf, flowToBlocks } from '../geometry/prose.ts';
import { toTable } from '../geometry/placed-table.ts';
import type { GrayImage } from './image.ts';
import { readScan, type ScanPage } from './page.ts';
import type { Recogniser } from './reading.ts';

export type { Recognised } from './ctc.ts';
export { attempts, readScan } from './page.ts';
export { unread, type Crop, type Recogniser } from './reading.ts';

/** What reading images needs from outside: pages as pixels, and a recogniser. Made by `pipelines/reading/ocr.ts`. */
export interface Ocr {
  /** Opens an image file or a PDF of scanned pages. Pages are decoded one at a time, by `load`. Throws `Unreadable`. */
  pages(bytes: Uint8Array, mediaType: string): Promise<Pages>;
  recogniser: Recogniser;
}

export interface Pages {
  count: number;
  /** A page, or a part of it. */
  load(index: number, part?: Part): Promise<GrayImage>;
}

/** A page takes seconds: documents of more pages than any report has are cut, and say so by `Doc.cut`. */
const mostPages = 60;

/**
 * Reads an image file or a PDF of scanned pages. `attempt` 0, 1, … selects detector and thresholds: read again with the
 * next one while the equations of the form fail (`attempts` says how many differ).
 */
export async function readScanned(bytes: Uint8Array, mediaType: string, ocr: Ocr, attempt: number): Promise<Doc> {
  return readScannedDoc(await ocr.pages(bytes, mediaType), ocr.recogniser, attempt);
}

export async function readScannedDoc(pages: Pages, recogniser: Recogniser, attempt: number): Promise<Doc> {
  const read: ScanPage[] = [];
  const count = Math.min(pages.count, mostPages);
  for (let i = 0; i < count; i++) read.push(await readScan(await pages.load(i), recogniser, attempt, `page ${i + 1}`));
  const doc: Doc = { title: null, metas: {}, blocks: blocksOf(read) };
  return pages.count > count ? { ...doc, cut: { read: count, pages: pages.count } } : doc;
}

/** Blocks of all pages in reading order. */
function blocksOf(pages: ScanPage[]): Block[] {
  const tables = joinAcrossPages(
    pages.map(({ tables: own, lines }) => ({ tables: own, lines: lines.filter((line) => !isFoot(line.text)) })),
  );
  return flowToBlocks(
    pages.flatMap(({ lines }, i) => {
      const placed = tables[i]!.map((table) => ({ box: table.box, block: toTable(table) }));
      return flowOf(i + 1, placed, lines);
    }),
  );
}

/** A page number at the head or foot of a page, of whose strokes the recogniser may have missed some. */
const isFoot = (text: string): boolean => isPageNumber(text) || /^\d{1,3}$/.test(text.replace(/[-—–─·•第页\s]/gu, ''));
