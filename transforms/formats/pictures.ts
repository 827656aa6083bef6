import type { Block, Doc, Picture } from '../doc/doc.ts';
import { readScanned, readScannedDoc, type Ocr } from './scan/index.ts';
import { sniff } from './sniff.ts';
import { Unreadable } from '../findings.ts';

/** More pictures than the pages of any report: the rest stays unread. */
const MOST = 20;

/** Pictures in the article of a document, which may hold what its text lacks. */
export const picturesOf = (doc: Doc): Picture[] =>
  doc.blocks.filter((b): b is Picture => b.kind === 'picture' && !b.aside);

/**
 * The Doc with its pictures (those that have bytes, and pages of a PDF that are images) replaced by what is read in
 * them. A picture that cannot be opened stays a picture.
 */
export async function withPicturesRead(
  doc: Doc,
  bytes: Uint8Array,
  type: string,
  ocr: Ocr,
  attempt: number,
): Promise<Doc> {
  const blocks: Block[] = [];
  let left = MOST;
  for (const block of doc.blocks) {
    const read =
      block.kind === 'picture' && !block.aside && left-- > 0
        ? await readPicture(block, bytes, type, ocr, attempt)
        : null;
    blocks.push(...(read ?? [block]));
  }
  return { ...doc, blocks };
}

async function readPicture(
  { source, origin, part, bytes: picture }: Picture,
  bytes: Uint8Array,
  type: string,
  ocr: Ocr,
  attempt: number,
): Promise<Block[] | null> {
  try {
    const page = /^page (\d+)$/.exec(source)?.[1];
    if (type === 'application/pdf' && page) {
      const pages = await ocr.pages(bytes, type);
      const one = { count: 1, load: () => pages.load(Number(page) - 1, part) };
      return (await readScannedDoc(one, ocr.recogniser, attempt)).blocks;
    }
    if (!picture || !sniff(picture).startsWith('image/')) return null;
    const read = await readScanned(picture, sniff(picture), ocr, attempt);
    return read.blocks.map((b) => ({ ...b, origin: `${origin} ${b.origin}` }));
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}
