import type { Browser } from 'playwright';
import type { Amounts, Figures } from './figures.ts';
import { redated } from './paged.ts';
import { PDFDocument } from 'pdf-lib';
import { composePdf, pdfStyles } from './pdf.ts';
import { createRandom, type Random } from './random.ts';
import {
  cleanScan,
  plainSheet,
  raster,
  scanned,
  scanPdf,
  scanSheets,
  scanStrip,
  type ScanDamage,
  type SheetStyle,
} from './scan.ts';
import { cleanStyle, htmlStyles } from './styles.ts';

const sheets: SheetStyle[] = [
  plainSheet,
  { ...plainSheet, font: 'Noto Sans CJK SC', html: { ...cleanStyle, ...htmlStyles.split } },
  { ...plainSheet, html: htmlStyles.dashes },
  { ...plainSheet, html: htmlStyles.commas, rule: 0.5 },
  { ...plainSheet, landscape: true, rule: 1 },
];

/** Noise, and up to a degree of skew, at 150 to 300 dpi. */
export async function scannedDocument(
  f: Figures,
  seed: number,
  browser: Browser,
): Promise<{ bytes: Uint8Array; extension: string; dpi: number; amounts: Amounts }> {
  const random = createRandom(seed);
  const sheet = random.pick(sheets);
  const damage: ScanDamage = {
    ...cleanScan,
    dpi: random.pick([150, 200, 300]),
    skew: random.pick([-1, -0.6, 0, 0.4, 1]),
    noise: random.whole(4, 14),
    jpeg: random.pick([null, 60, 80]),
  };
  const { dpi } = damage;
  const { amounts } = sheet.html;
  const as = random.pick(['pdf', 'pdf', 'png', 'tiff', 'page', 'table'] as const);
  if (as === 'page' || as === 'table') {
    const bytes = await mixedPdf(f, sheet.html, as, damage, random, browser);
    return { bytes: await redated(bytes), extension: 'pdf', dpi, amounts };
  }
  const pages = await scanSheets(f, sheet, damage, browser);
  switch (as) {
    case 'pdf':
      return { bytes: await redated(await scanPdf(pages, dpi)), extension: 'pdf', dpi, amounts };
    case 'png':
      return { bytes: await scanStrip(pages, 'image/png'), extension: 'png', dpi, amounts };
    case 'tiff':
      return { bytes: await scanStrip(pages, 'image/tiff'), extension: 'tif', dpi, amounts };
  }
}

/** A PDF with text of which one page is only a scan, or in which a table is a picture. */
export async function mixedPdf(
  f: Figures,
  html: SheetStyle['html'],
  as: 'page' | 'table',
  damage: ScanDamage,
  random: Random,
  browser: Browser,
): Promise<Uint8Array> {
  const pictured = as === 'table' ? random.pick([[2], [3], [4], [2, 4]]) : [];
  const { bytes } = await composePdf(f, html, { ...pdfStyles.solid, pictured }, browser);
  if (as === 'table') return bytes;
  const document = await PDFDocument.load(bytes);
  const pages = await raster(bytes, damage.dpi);
  const at = random.whole(0, pages.length - 1);
  const sheet = await scanned(pages[at]!, damage, random);
  const image =
    sheet.type === 'image/jpeg' ? await document.embedJpg(sheet.bytes) : await document.embedPng(sheet.bytes);
  const { width, height } = document.getPage(at).getSize();
  document.removePage(at);
  document.insertPage(at, [width, height]).drawImage(image, { x: 0, y: 0, width, height });
  return document.save();
}
