import { PDFDocument } from 'pdf-lib';
import type { Browser } from 'playwright';
import type { Figures } from './figures.ts';
import type { HtmlStyle } from './html.ts';
import { composePdf, pdfStyles, type PdfStyle } from './pdf.ts';
import { createRandom } from './random.ts';

export const pdfStyleOf = (seed: number): [string, PdfStyle] =>
  createRandom(seed).pick(Object.entries<PdfStyle>(pdfStyles));

/** A PDF drawn from a seed, free of the time it was made at. */
export async function pdfDocument(f: Figures, wording: HtmlStyle, seed: number, browser: Browser) {
  const [name, style] = pdfStyleOf(seed);
  const { bytes } = await composePdf(f, wording, style, browser);
  return { bytes: isPlain(bytes) ? undated(bytes) : await redated(bytes), style: name };
}

/** As the browser printed it. */
const isPlain = (bytes: Uint8Array): boolean => Buffer.from(bytes).includes('(D:20');

/** Dates of the browser are plain text in the file: others of the same length keep every offset. */
const undated = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(
    Buffer.from(
      Buffer.from(bytes)
        .toString('latin1')
        .replace(/\(D:\d{14}/g, '(D:20240101000000'),
      'latin1',
    ),
  );

export async function redated(bytes: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  document.setCreationDate(new Date(0));
  document.setModificationDate(new Date(0));
  return document.save();
}
