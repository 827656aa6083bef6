import type { Doc } from '../../doc/doc.ts';
import { blocksOf } from './across-pages.ts';
import type { GrayImage } from './image.ts';
import { readScan, type ScanPage } from './page.ts';
import type { Recogniser } from './reading.ts';

export type { Recognised } from './ctc.ts';
export { attempts, readScan } from './page.ts';
export { unread, type Recogniser } from './reading.ts';

/** What reading images needs from outside: pages as pixels, and a recogniser. Made by `pipelines/reading/ocr.ts`. */
export interface Ocr {
  /** Opens an image file or a PDF of scanned pages. Pages are decoded one at a time, by `load`. Throws `Unreadable`. */
  pages(bytes: Uint8Array, mediaType: string): Promise<Pages>;
  recogniser: Recogniser;
}

export interface Pages {
  count: number;
  load(index: number): Promise<GrayImage>;
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
