import { crc32, deflateSync } from 'node:zlib';
import { said } from '../../transforms/findings.ts';
import { withPdf } from '../../transforms/formats/pdf/pdfium.ts';
import { renderPage } from '../../transforms/formats/pdf/render.ts';
import { resize, type GrayImage } from '../../transforms/formats/scan/image.ts';
import type { Ocr } from '../../transforms/formats/scan/index.ts';

/** A page of a document as it looks; without a picture where it cannot be drawn, `why` says that. */
export type PageImage = { number: number; source: string; why?: never } | { number: number; source: null; why: string };

/** No report has more pages that matter; the page that shows them must stay one that a browser opens. */
const MOST_PAGES = 40;
const MOST_BYTES = 24 * 2 ** 20;
/** Pixels: small print of A4 can be read, and a page of text takes some 100 kB. */
const WIDTH = 1000;
const A4_INCHES = 8.27;
/** What every browser shows as it is. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** The pages of a PDF or of an image; none for other documents. */
export async function pageImages(bytes: Uint8Array, mediaType: string, ocr: Ocr | null): Promise<PageImage[]> {
  try {
    if (mediaType === 'application/pdf') {
      const count = await withPdf(bytes, (pdf) => pdf.pages);
      return await upTo(count, async (index) => {
        const { width, height, gray } = await renderPage(bytes, index, WIDTH / A4_INCHES);
        return pngUrl({ width, height, data: gray });
      });
    }
    if (!mediaType.startsWith('image/')) return [];
    const source = SHOWN.has(mediaType) ? imageUrl(bytes, mediaType) : null;
    if (source) return [{ number: 1, source }];
    if (!ocr) return [{ number: 1, source: null, why: `${mediaType} is not shown` }];
    const pages = await ocr.pages(bytes, mediaType);
    return await upTo(pages.count, async (index) => {
      const page = await pages.load(index);
      return pngUrl(resize(page, WIDTH, Math.max(1, Math.round((page.height * WIDTH) / page.width))));
    });
  } catch (error) {
    return [{ number: 1, source: null, why: said(error) }];
  }
}

async function upTo(count: number, draw: (index: number) => Promise<string>): Promise<PageImage[]> {
  const images: PageImage[] = [];
  let size = 0;
  for (let index = 0; index < count; index++) {
    const number = index + 1;
    if (index === MOST_PAGES || size > MOST_BYTES) {
      images.push({ number, source: null, why: `pages ${number} to ${count} are not shown` });
      break;
    }
    try {
      const source = await draw(index);
      size += source.length;
      images.push({ number, source });
    } catch (error) {
      images.push({ number, source: null, why: said(error) });
    }
  }
  return images;
}

/** A picture as it came, for the browser to decode; null where it is too large or nothing that all browsers show. */
export const imageUrl = (bytes: Uint8Array, mediaType: string): string | null =>
  SHOWN.has(mediaType) && bytes.length <= MOST_BYTES
    ? `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`
    : null;

const pngUrl = (image: GrayImage): string => imageUrl(png(image), 'image/png')!;

/** 16 grays, two pixels a byte: enough to read, and an eighth of the size. */
function png({ width, height, data }: GrayImage): Buffer {
  const rowBytes = Math.ceil(width / 2) + 1;
  const rows = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * rowBytes + 1 + (x >> 1)]! |= (data[y * width + x]! >> 4) << (x % 2 === 0 ? 4 : 0);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 4;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
